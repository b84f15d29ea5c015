"""The form in which a visitor hands in a contract."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest

from vatra.web.contracts.reading import MAX_BYTES, Unreadable, read_contract
from vatra.words import Language, say


@dataclass(frozen=True)
class ContractForm:
    """A file or a pasted text; exactly one of ``content`` and ``error`` is set once it is sent."""

    content: Any = None
    error: str = ""
    pasted: str = ""

    @classmethod
    def of(cls, request: HttpRequest, lang: Language) -> ContractForm:
        """What was sent, read; the error says what to do next."""
        pasted = request.POST.get("text", "")
        file = request.FILES.get("file")
        try:
            return cls(read_contract(_bytes(file, pasted)), "", "" if file else pasted)
        except Unreadable as problem:
            return cls(None, say(problem.key, lang, **problem.params), "" if file else pasted)


def _bytes(file: UploadedFile[bytes] | None, pasted: str) -> bytes:
    if file is None:
        return pasted.encode("utf-8", "replace")
    # One byte more than allowed, so that a longer one is seen without reading all of it.
    return file.read(MAX_BYTES + 1)
