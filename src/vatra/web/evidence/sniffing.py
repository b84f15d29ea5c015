"""What a file is by its bytes, whatever its name says; and why one is not taken."""

from __future__ import annotations

import codecs
import re
import unicodedata
import zipfile
from pathlib import Path

from vatra.sources.encodings import wrong_encoding
from vatra.sources.limits import BYTES_PER_MB, Limits
from vatra.sources.zip_guard import guard
from vatra.tables import Finding, FindingsError

# What is held in memory while it is checked; measured in docs/how-to/hand-in-evidence.md.
LIMITS = Limits(max_rows=1_048_576, max_cells=8_000_000)
LARGEST_MB = LIMITS.max_bytes // BYTES_PER_MB
NAME_LENGTH = 120
# A disk takes 255; the rest is for the ending.
NAME_BYTES = 200
KIND_OF = {
    ".csv": "csv",
    ".tsv": "csv",
    ".txt": "csv",
    ".xlsx": "xlsx",
    ".epw": "epw",
    ".geojson": "geojson",
    ".json": "geojson",
}
_BLOCK = 1 << 20
_HEAD = 4096
# How files begin that are no table: what each is called in words.
_FOREIGN = (
    (b"MZ", "program"),
    (b"\x7fELF", "program"),
    (b"#!", "program"),
    (b"%PDF", "pdf"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"\x1f\x8b", "archive"),
    (b"7z\xbc\xaf", "archive"),
    (b"Rar!", "archive"),
    (b"<!DOCTYPE", "page"),
    (b"<html", "page"),
)
_ZIP = b"PK\x03\x04"
_ACTIVE = re.compile(
    r"(vbaProject|/activeX/|/embeddings/|/macrosheets/|/dialogsheets/|customUI)", re.I
)
_LINKED = re.compile(r"(^|/)(externalLinks/|connections\.xml|queryTables/)", re.I)
_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def plain_name(name: str) -> str:
    """A file's name without folders, signs that cannot be seen, or more length than a page has."""
    last = re.split(r"[\\/]", unicodedata.normalize("NFC", name))[-1]
    kept = "".join(each for each in last if unicodedata.category(each) not in _UNSEEN)
    stem, dot, ending = kept.strip(" .").rpartition(".")
    if not dot:
        return _fitting(kept.strip(" .")[:NAME_LENGTH]) or "file"
    return f"{_fitting(stem.strip()[: NAME_LENGTH - 10]) or 'file'}.{_fitting(ending[:9])}"


def _fitting(text: str) -> str:
    """As much of a name as a disk takes: letters of other scripts are two to four bytes long."""
    return text.encode()[:NAME_BYTES].decode(errors="ignore").strip()


def kind_of(path: Path, name: str) -> str:
    """The kind of a file: ``csv``, ``xlsx``, ``epw`` or ``geojson``.

    Raises ``FindingsError`` for what is not taken, saying why and what to do.
    """
    kind = KIND_OF.get(Path(name).suffix.casefold())
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if not head:
        raise _refused("web.evidence.empty", name)
    for mark, word in _FOREIGN:
        if head.lstrip()[: len(mark)].upper() == mark.upper():
            raise _refused(f"web.evidence.is-{word}", name)
    if kind is None:
        raise _refused("web.evidence.type-unknown", name, suffixes=sorted(KIND_OF))
    if kind == "xlsx":
        _need_workbook(path, name)
        return kind
    if head.startswith(_ZIP):
        raise _refused("web.evidence.is-zip", name)
    _need_text(path, name)
    return _text_kind(kind, head, name)


def _text_kind(kind: str, head: bytes, name: str) -> str:
    start = head.removeprefix(codecs.BOM_UTF8).lstrip()
    if kind == "geojson" and not start.startswith(b"{"):
        raise _refused("web.evidence.not-geojson", name)
    if kind == "epw" and not start.upper().startswith(b"LOCATION"):
        raise _refused("web.evidence.not-epw", name)
    return kind


def _need_workbook(path: Path, name: str) -> None:
    """A workbook that holds cells and nothing that runs or fetches."""
    refused = guard(path, LIMITS)
    if refused is not None:
        raise FindingsError([Finding(refused.code, "error", name, params=refused.params)])
    with zipfile.ZipFile(path) as archive:
        parts = archive.namelist()
    if "xl/workbook.xml" not in parts:
        raise _refused("web.evidence.not-workbook", name)
    if any(_ACTIVE.search(part) for part in parts):
        raise _refused("web.evidence.has-macros", name)
    if any(_LINKED.search(part) for part in parts):
        raise _refused("web.evidence.has-links", name)


def _need_text(path: Path, name: str) -> None:
    """UTF-8 without NUL, read block by block."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    line, tail = 1, b""
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            around = tail + block
            if _is_utf16(around) or _breaks(decoder, block):
                found = wrong_encoding(around, name, line - tail.count(b"\n"))
                if found is not None:
                    raise FindingsError([found])
            if b"\x00" in block:
                at = line + block.count(b"\n", 0, block.index(b"\x00"))
                raise FindingsError([Finding("web.evidence.has-nul", "error", name, (at,))])
            line += block.count(b"\n")
            tail = block[-4:]
    if _breaks(decoder, b"", final=True):
        raise FindingsError([Finding("web.evidence.cut-off", "error", name, (line,))])


def _is_utf16(data: bytes) -> bool:
    return data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or (
        data[:_HEAD].count(0) * 3 >= len(data[:_HEAD]) > 4
    )


def _breaks(decoder: codecs.IncrementalDecoder, block: bytes, final: bool = False) -> bool:
    try:
        decoder.decode(block, final)
    except UnicodeDecodeError:
        return True
    return False


def _refused(code: str, name: str, **params: object) -> FindingsError:
    return FindingsError([Finding(code, "error", name, params={"file": name, **params})])
