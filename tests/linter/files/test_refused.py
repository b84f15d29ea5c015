"""Files that cannot be read, and what is said about each."""

from __future__ import annotations

import io
import os
import struct
import zipfile
import zlib

import pypdf
import pytest
import typst

from tests.linter.files import town
from vatra.linter import load, load_bytes
from vatra.tables import FindingsError


def refused(content: bytes, name: str) -> str:
    """The one code of a refusal, whose message stands in both languages."""
    with pytest.raises(FindingsError) as caught:
        load_bytes(content, name)
    (finding,) = caught.value.findings
    assert finding.message("en") and finding.message("ro")
    assert finding.file == name
    return finding.code.removeprefix("linter.")


def zipped(parts: dict[str, bytes], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", packing) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def locked(content: bytes) -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(content))
    writer.encrypt("secret", algorithm="RC4-128")
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def picture() -> bytes:
    """A small grey picture as PNG."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    rows = b"".join(b"\0" + bytes(range(0, 200, 4)) for _ in range(50))
    head = struct.pack(">IIBBBBB", 50, 50, 8, 0, 0, 0, 0)
    parts = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


def scanned(tmp_path, text: str = "") -> bytes:
    (tmp_path / "page.png").write_bytes(picture())
    source = tmp_path / "scan.typ"
    source.write_text(f'#image("page.png")\n#pagebreak()\n#image("page.png")\n{text}', "utf-8")
    return typst.compile(str(source), root=str(tmp_path))


OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
CONTENT_TYPES = b"<?xml version='1.0'?><Types/>"


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "a.md", "empty"),
        (b"", "a.pdf", "empty"),
        (b"  \n", "a.md", "empty"),
        (b"# Words\n\nonly\n", "a.md", "no-table"),
        (b"<h1>Words</h1>", "a.html", "no-table"),
        (b"%PDF-1.7\nnothing more", "a.pdf", "files.broken"),
        (b"PK\x03\x04 and no more", "a.docx", "files.broken"),
        (b"\x93\x81\xfe" * 50, "a.docx", "files.misnamed"),
        (b"just words", "a.pdf", "files.misnamed"),
        (b"\x93\x81\xfe" * 50, "a.md", "encoding"),
        (b"| a | b |\n|---|---|\n| \0 | 1 |\n", "a.md", "encoding"),
        ("| Clădiri | ș |\n".encode("utf-16-le"), "a.md", "encoding"),
        (picture(), "a.pdf", "files.picture"),
        (b"{\\rtf1 text}", "a.docx", "files.save-as"),
        (OLD + "WordDocument".encode("utf-16-le"), "a.doc", "files.save-as"),
        (OLD + "Workbook".encode("utf-16-le"), "a.xls", "files.save-as"),
        (OLD + "EncryptedPackage".encode("utf-16-le"), "a.docx", "files.encrypted"),
        (
            zipped({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b""}),
            "a.odt",
            "files.save-as",
        ),
        (
            zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}),
            "a.docx",
            "files.save-as",
        ),
        (zipped({"xl/workbook.bin": b"x"}), "a.xlsb", "files.save-as"),
        (zipped({"a.txt": b"hello"}), "a.zip", "files.archive"),
        (zipped({"word/document.xml": b"<a/>"}), "a.docx", "files.broken"),
        (
            zipped({"[Content_Types].xml": CONTENT_TYPES, "word/document.xml": b"<w"}),
            "a.docx",
            "files.broken",
        ),
        (
            zipped({"[Content_Types].xml": CONTENT_TYPES, "xl/workbook.xml": b"<w"}),
            "a.xlsx",
            "files.broken",
        ),
        (
            zipped({"[Content_Types].xml": CONTENT_TYPES, "word/document.xml": b" " * 9_000_000}),
            "a.docx",
            "files.bomb",
        ),
        (
            zipped(
                {
                    "[Content_Types].xml": CONTENT_TYPES,
                    "word/document.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
                }
            ),
            "a.docx",
            "files.entities",
        ),
    ],
)
def test_what_cannot_be_read_is_said(content, name, code):
    assert refused(content, name) == code


def test_the_ending_to_save_as_is_named():
    with pytest.raises(FindingsError, match="save it as XLSX"):
        load_bytes(OLD + "Workbook".encode("utf-16-le"), "a.doc")
    with pytest.raises(FindingsError, match="save it as DOCX"):
        load_bytes(OLD, "a.doc")


def test_a_locked_pdf():
    assert refused(locked(town.pdf()), "a.pdf") == "files.encrypted"


def test_a_scanned_pdf_holds_pictures(tmp_path):
    assert refused(scanned(tmp_path), "a.pdf") == "files.pictures"
    with pytest.raises(FindingsError, match="pictures of pages, not text"):
        load_bytes(scanned(tmp_path), "a.pdf")


def test_single_pages_of_pictures_are_noted(tmp_path):
    text = "#pagebreak()\n#table(columns: 2, [Sector], [2021], [Buildings], [1,234], [Waste], [7])"
    document = load_bytes(scanned(tmp_path, text), "a.pdf")
    assert [list(table.rows[0]) for table in document.tables] == [["Buildings", "1,234"]]
    (note,) = document.notes
    assert note.message("en").startswith("Pages 1, 2 hold pictures")


@pytest.mark.parametrize("kind", ["word", "workbook", "pdf"])
def test_files_cut_short_are_refused(kind):
    name, build = town.KINDS[kind]
    content = build()
    assert refused(content[: len(content) // 2], name) == "files.broken"


@pytest.mark.parametrize("kind", ["word", "workbook", "pdf"])
def test_files_with_flipped_bytes_are_read_or_refused(kind):
    name, build = town.KINDS[kind]
    content = bytearray(build())
    for at in range(len(content) // 7, len(content), len(content) // 11):
        damaged = bytearray(content)
        damaged[at] ^= 0x55
        try:
            assert load_bytes(bytes(damaged), name).tables
        except FindingsError as error:
            assert all(each.code.startswith("linter.") for each in error.findings)


def test_a_file_of_200_mb_is_not_read(tmp_path):
    path = tmp_path / "a.pdf"
    with path.open("wb") as file:
        file.write(b"%PDF-1.7\n")
        os.truncate(file.fileno(), 200_000_000)
    with pytest.raises(FindingsError, match="larger than 100 MB"):
        load(path)
    path = path.rename(tmp_path / "a.md")
    with pytest.raises(FindingsError, match="larger than 100 MB"):
        load(path)


def test_a_missing_file_and_no_table_say_the_next_step(tmp_path):
    with pytest.raises(FindingsError, match="cannot be opened"):
        load(tmp_path / "none.docx")
    with pytest.raises(FindingsError, match="Looked for: pipe and HTML tables"):
        load_bytes(b"# Words\n", "a.md")
