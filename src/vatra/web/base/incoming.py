"""Files on their way in: on the disk of the data folder, where they are kept if they are taken.

A file lies here while its request lasts and is gone with it. What a process that was killed left
behind is removed by the sweep (``vatra.web.workspace.sweeping``).
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, TemporaryFileUploadHandler

# Beside what else only runs: no backup takes it along.
FOLDER = Path("run", "incoming")
SUFFIX = ".partial"


def folder() -> Path:
    """Where files on their way in lie."""
    return Path(settings.DATA) / FOLDER


class IncomingFile(TemporaryUploadedFile):
    """A file of a form in ``folder``; closing it takes it off the disk."""

    def __init__(self, name: str | None, content_type: str | None, more: dict[str, Any]) -> None:
        folder().mkdir(parents=True, exist_ok=True, mode=0o700)
        file = tempfile.NamedTemporaryFile(dir=folder(), suffix=SUFFIX)  # noqa: SIM115
        # Not that of the parent, which knows the system's folder only.
        UploadedFile.__init__(self, file, name, content_type, 0, **more)


class ToData(TemporaryFileUploadHandler):
    """Writes a file into the data folder while it comes."""

    file: Any

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        FileUploadHandler.new_file(self, *args, **kwargs)
        more = {"charset": self.charset, "content_type_extra": self.content_type_extra}
        self.file = IncomingFile(self.file_name, self.content_type, more)


class Bounded(FileUploadHandler):
    """Refuses a form with files that is too long before any of it is read or written.

    A form is read before anybody knows whether its sender may send it.
    """

    def handle_raw_input(
        self, input_data: Any, META: Any, content_length: int, *args: Any, **kwargs: Any
    ) -> None:
        if content_length > settings.FORM_LARGEST_BYTES:
            raise RequestDataTooBig("a form with files is too long")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """The next handler has it."""
