"""Which encoding a file that is not UTF-8 was probably saved in, and where it shows."""

from __future__ import annotations

from vatra.tables import Finding

_MARKS = (
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)
# How every workbook begins.
_ZIPPED = b"PK\x03\x04"
# 0x80-0x9f are control codes in ISO 8859, letters and quotation marks in Windows code pages.
_WINDOWS_ONLY = frozenset(range(0x80, 0xA0))
# a-breve, s and t with cedilla or comma, capital and small: the same bytes in Windows-1250,
# ISO-8859-2 and ISO-8859-16; Windows-1252 has no Romanian letters there.
_ROMANIAN_BYTES = frozenset((0xE3, 0xC3, 0xBA, 0xAA, 0xFE, 0xDE))


def wrong_encoding(data: bytes, file: str, first_line: int = 1) -> Finding | None:
    """The finding for bytes that are not UTF-8 text, or None when they are.

    Names the first line that cannot be read and the encoding the file seems to have.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _finding(file, first_line, name)
    if _looks_like_utf_16(data):
        return _finding(file, first_line, "UTF-16")
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = first_line + data.count(b"\n", 0, error.start)
        return _finding(file, line, guess(data))
    return None


def workbook_as_csv(data: bytes, file: str) -> Finding | None:
    """The finding for a workbook that is named as a CSV file, or None."""
    if not data.startswith(_ZIPPED):
        return None
    name = f"{file.rpartition('.')[0]}.xlsx"
    return Finding("sources.workbook-as-csv", "error", file, params={"name": name})


def guess(data: bytes) -> str:
    """Name of the one-byte encoding whose letters the text is made of."""
    found = set(data)
    if not found & _ROMANIAN_BYTES:
        return "Windows-1252"
    return "Windows-1250" if found & _WINDOWS_ONLY else "Windows-1250 / ISO-8859-2"


def _looks_like_utf_16(data: bytes) -> bool:
    """Every second byte of Latin text in UTF-16 is zero."""
    head = data[:4096]
    return len(head) >= 4 and head.count(0) * 3 >= len(head)


def _finding(file: str, line: int, encoding: str) -> Finding:
    return Finding("sources.encoding", "error", file, (line,), params={"encoding": encoding})
