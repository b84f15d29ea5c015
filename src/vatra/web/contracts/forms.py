"""The form in which a visitor hands in a contract."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest

from vatra.web.contracts.reading import MAX_FILE_BYTES, Unreadable, read_contract
from vatra.words import Language, say


@dataclass(frozen=True)
class ContractForm:
    """A file or a pasted text; exactly one of ``content`` and ``error`` is set once it is sent."""

    content: Any = None
    error: str = ""
    pasted: str = ""

    @classmethod
    def of(cls, content: bytes, pasted: str, lang: Language) -> ContractForm:
        """What was sent, read; the error says what to do next."""
        try:
            return cls(read_contract(content), "", pasted)
        except Unreadable as problem:
            return cls(None, say(problem.key, lang, **problem.params), pasted)


def given(request: HttpRequest) -> tuple[bytes, str]:
    """The bytes that were handed in, and the text where they were pasted."""
    pasted = request.POST.get("text", "")
    file: UploadedFile[bytes] | None = request.FILES.get("file")
    if file is None:
        return pasted.encode("utf-8", "replace"), pasted
    # One byte more than allowed, so that a longer one is seen without reading all of it.
    return file.read(MAX_FILE_BYTES + 1), ""
