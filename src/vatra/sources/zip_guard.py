"""Whether a zipped workbook may be unpacked: looked up before anything in it is parsed.

The sizes in the directory of the archive bind: the reader never unpacks more of a part than its
directory entry says.
"""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from vatra.sources.limits import BYTES_PER_MB, Limits
from vatra.tables import Finding

MOST_PARTS = 2_000
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_XML_ENDINGS = (".xml", ".rels", ".vml")
_PROLOG_BYTES = 65_536
_ROOT = re.compile(rb"<[A-Za-z_]")
_SHEET = re.compile(r"worksheets/[^/]+\.xml$", re.I)
_ROW = re.compile(rb"<(?:\w{1,20}:)?row[\s/>]")
_ROW_MARK_BYTES = 30
_BLOCK_BYTES = 1 << 20
# The widest row of a spreadsheet, 16,384 cells, takes about one million bytes.
_ROW_BYTES = 8 << 20
_ENCRYPTED_FLAG = 0x1
# Small parts compress well without being bombs: shared styles reach 1 to 50.
_SMALL_BYTES = 1_000_000


def guard(path: Path, limits: Limits) -> Finding | None:
    """Why a workbook must not be opened, or None."""
    with path.open("rb") as file:
        head = file.read(8)
    if head == _OLD_OFFICE:
        return _finding("sources.xlsx-old", path)
    try:
        with zipfile.ZipFile(path) as archive:
            return _parts(archive, path, limits)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, ValueError, RuntimeError):
        return _finding("sources.xlsx-not", path)


def _parts(archive: zipfile.ZipFile, path: Path, limits: Limits) -> Finding | None:
    parts = archive.infolist()
    names = {part.filename for part in parts}
    if any(part.flag_bits & _ENCRYPTED_FLAG for part in parts):
        return _finding("sources.xlsx-encrypted", path)
    total = sum(part.file_size for part in parts)
    if total > limits.max_unpacked_bytes or len(parts) > MOST_PARTS:
        return _bomb(path, total, limits)
    for part in parts:
        ratio = part.file_size / max(part.compress_size, 1)
        if part.file_size > _SMALL_BYTES and ratio > limits.max_ratio:
            return _bomb(path, total, limits)
    if "[Content_Types].xml" not in names or len(names) != len(parts):
        return _finding("sources.xlsx-not", path)
    if any(_declares_types(archive, part) for part in parts):
        return _finding("sources.xlsx-entities", path)
    if any(_has_endless_row(archive, part) for part in parts):
        return _finding("sources.xlsx-endless-row", path)
    return None


def _declares_types(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    """Whether an XML part has a document type, which workbooks never need and bombs do."""
    if not part.filename.casefold().endswith(_XML_ENDINGS):
        return False
    with archive.open(part) as stream:
        prolog = stream.read(_PROLOG_BYTES)
    if prolog.startswith((b"\xff\xfe", b"\xfe\xff")):
        prolog = prolog.decode("utf-16", "replace").encode()
    root = _ROOT.search(prolog)
    return bool(prolog) and (root is None or b"<!DOCTYPE" in prolog[: root.start()].upper())


def _has_endless_row(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    """Whether a row of a sheet is so long that its reader, who holds a row at a time, would need
    the memory of the whole sheet many times over."""
    if not _SHEET.search(part.filename) or part.file_size <= _ROW_BYTES:
        return False
    since = 0
    with archive.open(part) as stream:
        tail = b""
        while block := stream.read(_BLOCK_BYTES):
            since = 0 if _ROW.search(tail + block) else since + len(block)
            if since > _ROW_BYTES:
                return True
            tail = block[-_ROW_MARK_BYTES:]
    return False


def _bomb(path: Path, total_bytes: int, limits: Limits) -> Finding:
    return _finding(
        "sources.xlsx-bomb",
        path,
        {
            "size": -(-total_bytes // BYTES_PER_MB),
            "limit": limits.max_unpacked_bytes // BYTES_PER_MB,
        },
    )


def _finding(code: str, path: Path, params: dict[str, object] | None = None) -> Finding:
    return Finding(code, "error", path.name, params=params or {})
