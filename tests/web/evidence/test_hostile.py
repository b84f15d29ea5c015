"""What is not what it says, is too large, or would run something, is refused in words."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from django.test import Client, override_settings

from tests.web.evidence.conftest import GOOD, HEAD, handed, page, send, workbook
from vatra.sources.limits import Limits
from vatra.web.cities.models import City
from vatra.web.evidence import checking, sniffing
from vatra.web.evidence.actions import is_large
from vatra.web.evidence.models import Upload
from vatra.web.evidence.sniffing import plain_name
from vatra.web.workspace import store

pytestmark = pytest.mark.django_db
BOOK = workbook([["year", "amount"], [2021, 5]])


def with_part(name: str, content: bytes = b"<a/>") -> bytes:
    out = io.BytesIO(BOOK)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return out.getvalue()


def bare_zip(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


REFUSED: dict[str, tuple[str, bytes, str]] = {
    "program": ("energie.csv", b"MZ\x90\x00" + b"\x00" * 80, "is a program"),
    "script": ("energie.csv", b"#!/bin/sh\nrm -rf /\n", "is a program"),
    "program-xlsx": ("energie.xlsx", b"\x7fELF" + b"\x00" * 80, "is a program"),
    "pdf": ("energie.csv", b"%PDF-1.7\n", "is a PDF"),
    "web page": ("energie.csv", b"\n<!doctype html><p>no", "is a web page"),
    "unknown ending": ("energie.exe", GOOD.encode(), "is not of a kind that is taken"),
    "svg": ("energie.svg", b"<svg/>", "is not of a kind that is taken"),
    "a picture": ("harta.png", b"\x89PNG\r\n", "is a picture and not a table"),
    "a report": ("raport.pdf", b"%PDF-1.7", "is a PDF and not a table"),
    "no ending": ("energie", GOOD.encode(), "is not of a kind that is taken"),
    "empty": ("energie.csv", b"", "is empty"),
    "nul": ("energie.csv", (HEAD + "buildings,a\x00b,1\n").encode(), "NUL"),
    "windows": ("e.csv", (HEAD + "cl\u0103diri,g,1,2021,1,MWh,x\n").encode("cp1250"), "UTF-8"),
    "utf-16": ("e.csv", GOOD.encode("utf-16"), "UTF-16"),
    "cut off": ("e.csv", (HEAD + "cl\u0103").encode()[:-1], "middle of a letter"),
    "workbook as csv": ("e.csv", BOOK, "workbook or an archive"),
    "old workbook": ("e.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "XLSX"),
    "no workbook": ("e.xlsx", bare_zip(**{"[Content_Types].xml": b"<Types/>"}), "no workbook"),
    "text as workbook": ("e.xlsx", GOOD.encode(), "XLSX"),
    "macros": ("e.xlsx", with_part("xl/vbaProject.bin"), "macros"),
    "embedded": ("e.xlsx", with_part("xl/embeddings/oleObject1.bin"), "macros"),
    "links": ("e.xlsx", with_part("xl/externalLinks/externalLink1.xml"), "other files"),
    "queries": ("e.xlsx", with_part("xl/connections.xml"), "other files"),
    "bomb": ("e.xlsx", with_part("xl/worksheets/sheet2.xml", b"0" * 40_000_000), "unpack"),
    "entities": (
        "e.xlsx",
        with_part("xl/more.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'),
        "XLSX",
    ),
    "json": ("e.geojson", b"[1, 2]", "no GeoJSON"),
    "epw": ("e.epw", b"year,month\n1,2\n", "LOCATION"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_it_is_refused_in_words_and_nothing_is_kept(
    poiana: City, client_of_con: Client, case: str
) -> None:
    name, content, words = REFUSED[case]
    before = sorted(store.folder().rglob("*"))
    response = send(client_of_con, content, name)
    assert response.status_code == 422
    assert words in response.content.decode()
    assert not Upload.objects.exists()
    assert sorted(store.folder().rglob("*")) == before


def test_a_file_that_is_too_long_is_read_no_further(
    poiana: City, client_of_con: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    from vatra.sources.limits import Limits
    from vatra.web.evidence import receiving

    monkeypatch.setattr(receiving, "LIMITS", Limits(max_bytes=1000))
    monkeypatch.setattr(receiving, "FORM_BYTES", 5000)
    response = send(client_of_con, HEAD + "x" * 3000)
    assert response.status_code == 413
    assert "larger than" in response.content.decode()
    assert not Upload.objects.exists()


def test_a_request_of_two_gigabytes_is_refused_by_its_length(
    poiana: City, client_of_con: Client
) -> None:
    response = client_of_con.post(
        "/en/cities/poiana/work/evidence/",
        b"",
        content_type="multipart/form-data; boundary=x",
        CONTENT_LENGTH=str(2 * 1024**3),
    )
    assert response.status_code == 413
    assert "larger than 150 MB" in response.content.decode()


@override_settings()
def test_a_form_without_its_proof_of_origin_is_refused(poiana: City, con: Any) -> None:
    from tests.web.people.cast import as_person

    strict = Client(enforce_csrf_checks=True)
    strict.cookies = as_person(con).cookies
    assert send(strict, GOOD).status_code == 403
    assert not Upload.objects.exists()


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd.csv", "passwd.csv"),
        ("C:\\fakepath\\energie.csv", "energie.csv"),
        ("a\x00b\u202egnp.csv", "abgnp.csv"),
        (" . .csv", "csv"),
        ("x" * 400 + ".csv", "x" * 110 + ".csv"),
        ("energie Iași.csv", "energie Iași.csv"),
        ("漢" * 120 + ".csv", "漢" * 66 + ".csv"),
        ("", "file"),
    ],
)
def test_a_name_is_only_a_name(given: str, kept: str) -> None:
    assert plain_name(given) == kept


def test_the_longest_name_in_any_script_is_taken(poiana: City, client_of_con: Client) -> None:
    assert send(client_of_con, GOOD, "😀" * 120 + ".csv").status_code == 302
    assert Upload.objects.get().state == "ready"


def test_names_and_cells_that_attack_are_text(poiana: City, client_of_con: Client) -> None:
    rows = HEAD + "buildings,electricity,2,2021,5,MWh,<script>alert(1)</script>\n"
    rows += 'buildings,diesel,1,2021,5,MWh,"=HYPERLINK(""x"")"\n'
    upload = handed(client_of_con, rows, "<img src=x onerror=alert(1)>.csv")
    for part in ("", "rows/"):
        text = page(client_of_con, upload, part)
        assert "<script>alert(1)" not in text
        assert "<img src=x" not in text


def test_a_formula_is_defused_when_it_is_accepted(
    poiana: City, client_of_con: Client, editor: Client
) -> None:
    from vatra.web.workspace.queries import content_of, head_of

    rows = HEAD + 'buildings,diesel,1,2021,-5,MWh,"=HYPERLINK(""x"")"\n'
    upload = handed(client_of_con, rows.replace("-5", "5"))
    editor.post(f"/en/cities/poiana/work/evidence/{upload.pk}/accept/", {"mode": "replace"})
    head = head_of(poiana)
    assert head is not None
    assert b"'=HYPERLINK" in content_of(head, "energy.csv")


@pytest.mark.parametrize("query", ["page=0", "page=-3", "page=99999999999", "page=x", "only=1"])
def test_rubbish_in_the_address_of_rows_is_no_fault(
    poiana: City, client_of_con: Client, query: str
) -> None:
    upload = handed(client_of_con, GOOD)
    assert 'id="line-2"' in page(client_of_con, upload, f"rows/?{query}")


def test_rubbish_in_the_form_of_a_mapping_is_said(poiana: City, client_of_con: Client) -> None:
    upload = handed(client_of_con, "a,b\n1,2\n", "x.csv")
    url = f"/en/cities/poiana/work/evidence/{upload.pk}/mapping/"
    for data in (
        {"do": "use"},
        {"do": "preview", "base": "columns: 5", "from.year": "h:a"},
        {"do": "use", "base": "&a [*a]", "table": "nothing"},
        {"do": "text", "text": "columns: [1, 2]\nheading_row: x"},
        {"do": "text", "text": "table: energy\ncolumns: {year: {from: a}}\nheading_row: 99999"},
        {"do": "use", "base": "table: energy\nunpivot: 3\ncolumns: {}\n"},
        {"do": "text", "text": "x" * 200_000},
        {"do": "ours", "table": "energy\x00"},
        {"sheet": "nothing", "do": "preview", "base": "table: energy\ncolumns: {year: a}\n"},
        {"do": "text", "text": "table: energy\ncolumns: {year: a}\nheading_row: {a: b}\n"},
    ):
        response = client_of_con.post(url, data)
        assert response.status_code in (200, 302, 422), data
    assert client_of_con.get(url + "?table=nothing&sheet=x%00").status_code == 200


def test_more_rows_than_are_held_are_refused_in_words(
    poiana: City, client_of_con: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checking, "LIMITS", Limits(max_rows=2))
    upload = handed(client_of_con, GOOD)
    assert (upload.state, upload.row_count, upload.mapped_sha) == ("failed", 0, "")
    assert "the table has more than 2 rows" in page(client_of_con, upload)
    monkeypatch.undo()
    client_of_con.post(f"/en/cities/poiana/work/evidence/{upload.pk}/check/")
    upload.refresh_from_db()
    assert (upload.state, upload.row_count) == ("ready", 3)


def test_a_small_workbook_that_unpacks_to_much_is_checked_by_a_worker(
    poiana: City, client_of_con: Client
) -> None:
    spaces = b"<a>" + b" " * 9_000_000 + b"</a>"
    packed = with_part("xl/more.xml", spaces)
    assert len(packed) < 1_000_000
    upload = handed(client_of_con, BOOK, "energy.xlsx")
    assert not is_large(upload)
    upload.sha = store.put(packed)
    assert is_large(upload)


def test_limits_are_those_of_the_readers() -> None:
    assert sniffing.LARGEST_MB == 150
