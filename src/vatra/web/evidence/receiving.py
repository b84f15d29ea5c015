"""A file on its way in: straight to the disk, and no further than it may be long."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import SkipFile
from django.http import HttpRequest

from vatra.web.base.incoming import ToData
from vatra.web.evidence.sniffing import LIMITS

# What a form is besides its file.
FORM_BYTES = 1_000_000


class ToDisk(ToData):
    """Keeps a file on the disk; ``too_large`` once one was longer than allowed, and dropped."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.too_large = False

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if start + len(raw_data) > LIMITS.max_bytes:
            self.too_large = True
            self.file.close()
            raise SkipFile
        super().receive_data_chunk(raw_data, start)

    def let_go(self) -> None:
        """Take the file off the disk: who reads the form leaves it there when reading breaks off,
        and on a full disk that is the room that is lacking."""
        file = getattr(self, "file", None)
        if file is not None:
            with suppress(OSError):
                file.close()

    def file_complete(self, file_size: int) -> UploadedFile[Any] | None:
        return None if self.too_large else super().file_complete(file_size)


def is_far_too_large(request: HttpRequest) -> bool:
    """Whether the request says of itself that it is too long: then none of it is read."""
    said = request.META.get("CONTENT_LENGTH") or "0"
    return said.isdecimal() and int(said) > LIMITS.max_bytes + FORM_BYTES
