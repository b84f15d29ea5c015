"""What a file really is: its first bytes decide, not its name."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path

from vatra.linter.shape import fault
from vatra.sources.limits import Limits
from vatra.sources.zip_guard import guard
from vatra.tables import Finding

# A printed contract with its pictures; the tables in it are a small part of that.
LIMITS = Limits(max_bytes=100_000_000, max_unpacked_bytes=400_000_000)
_HEAD_BYTES = 1024
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"BM")
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_GUARD_CODES = {
    "sources.xlsx-bomb": "files.bomb",
    "sources.xlsx-encrypted": "files.encrypted",
    "sources.xlsx-entities": "files.entities",
}


class NotReadable(Exception):
    """A file that cannot be read, with the finding that says why."""

    def __init__(self, finding: Finding) -> None:
        self.finding = finding
        super().__init__(finding.code)


def kind_of(path: Path, name: str) -> str:
    """``pdf``, ``docx``, ``xlsx`` or ``text``; raise ``NotReadable`` for anything else."""
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
    if b"%PDF-" in head:
        return "pdf"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zipped(path, name)
    if head.startswith(_OLD_OFFICE):
        raise NotReadable(_old_office(path, name))
    if head.startswith(b"{\\rtf"):
        raise NotReadable(fault("files.save-as", name, kind="RTF", wanted="DOCX"))
    if head.startswith(_PICTURES):
        raise NotReadable(fault("files.picture", name))
    return "text"


def _old_office(path: Path, name: str) -> Finding:
    content = path.read_bytes()
    if _ENCRYPTED_STREAM in content:
        return fault("files.encrypted", name)
    sheets = any(mark.encode("utf-16-le") in content for mark in ("Workbook", "Book"))
    kind, wanted = ("XLS", "XLSX") if sheets else ("DOC", "DOCX")
    return fault("files.save-as", name, kind=kind, wanted=wanted)


def _zipped(path: Path, name: str) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            mime = archive.read("mimetype")[:100] if "mimetype" in names else b""
    except (zipfile.BadZipFile, NotImplementedError, EOFError, ValueError, RuntimeError, OSError):
        raise NotReadable(fault("files.broken", name)) from None
    if b"opendocument" in mime:
        sheets = b"spreadsheet" in mime
        kind, wanted = ("ODS", "XLSX") if sheets else ("ODT", "DOCX")
        raise NotReadable(fault("files.save-as", name, kind=kind, wanted=wanted))
    kind = _office_kind(names)
    if not kind:
        raise NotReadable(fault("files.archive", name))
    if kind == "xlsb":
        raise NotReadable(fault("files.save-as", name, kind="XLSB", wanted="XLSX"))
    try:
        found = guard(path, LIMITS)
    except (zlib.error, OSError):
        raise NotReadable(fault("files.broken", name)) from None
    if found is not None:
        raise NotReadable(fault(_GUARD_CODES.get(found.code, "files.broken"), name, **found.params))
    return kind


def _office_kind(names: set[str]) -> str:
    if "word/document.xml" in names:
        return "docx"
    if "xl/workbook.xml" in names:
        return "xlsx"
    return "xlsb" if "xl/workbook.bin" in names else ""
