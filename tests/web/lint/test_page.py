"""What does not add up, on the very tables that were handed in."""

from __future__ import annotations

from html import unescape

import pytest
from django.test import Client

from tests.linter.files.town import KINDS
from tests.web.lint.conftest import EN, RO, Answer, by_id, file_of, plain, token_in
from tests.web.pages import read

SLIP = """
# A-1.4 GHG emissions by source sectors (t CO2e)

| Sector | Scope 1 | Scope 2 | Total |
|---|---|---|---|
| Buildings | 479.160 | 162.590 | 641.750 |
| Transport | 140.000 | 11.962 | 151.926 |
| Waste | 1.442 | 300 | 1.742 |
| Total | 620.602 | 174.852 | 795.454 |
"""


def test_the_form_says_first_that_nothing_is_stored(client: Client, db: None) -> None:
    text = read(client.get(EN)).text
    assert "Nothing is stored: the file is read, checked and forgotten." in text
    assert "up to 30 MB; reading may take 90 seconds" in text


@pytest.mark.parametrize("url", [EN, RO])
def test_the_example_shows_its_slips(hand_in: Answer, url: str) -> None:
    status, page = hand_in(url, example="1")
    assert status == 200
    first = {
        EN: "6 tables read, 5 checked, 5 findings in 4 of them.",
        RO: "S-au citit 6 tabele, s-au verificat 5: 5 constatări în 4 dintre ele.",
    }
    assert first[url] in page.text


def test_a_cell_is_marked_where_it_stands(hand_in: Answer) -> None:
    _, page = hand_in(text=SLIP)
    # 140.000 + 11.962 = 151.962: two digits are exchanged.
    assert "printed 151.926 suggested 151.962" in page.text
    tag, attrs = by_id(page, "cell-1")
    assert (tag, attrs["href"]) == ("a", "#finding-1")
    at = page.tags.index(("a", attrs))
    cell = next(attrs for tag, attrs in reversed(page.tags[:at]) if tag in ("td", "th"))
    assert cell["class"] == "num main"
    by_id(page, "finding-1")
    assert "#cell-1" in page.links()
    marks = [attrs for _, attrs in page.tags if attrs.get("class", "").startswith("mark")]
    # The cell itself, those it is held against in row and column, and the number of the finding.
    assert len(marks) >= 4


@pytest.mark.slow
def test_the_arithmetic_and_the_place_stand_beside_it(hand_in: Answer) -> None:
    _, page = hand_in(text=SLIP)
    assert "641,750 + 151,926 + 1,742 = 795,418, printed 795,454" in page.text
    assert "Transport / Total" in page.text
    assert "line 7" in page.text
    _, page = hand_in(RO, text=SLIP)
    assert "641.750 + 151.926 + 1.742 = 795.418, tipărit 795.454" in page.text
    assert "linia 7" in page.text


def test_a_sentence_that_contradicts_a_table_is_quoted_with_its_place(hand_in: Answer) -> None:
    _, page = hand_in(RO, example="1")
    assert "Textul (linia 7) spune 46,0 %; din tabele rezultă 40,6 %." in page.text
    assert "Clădirile reprezintă 46,0 % din totalul emisiilor. linia 7" in page.text


@pytest.mark.slow
def test_silence_is_not_praise(hand_in: Answer) -> None:
    _, page = hand_in(example="1")
    assert "1 table adds up" in page.text
    assert "1 table holds no numbers the rules know" in page.text
    assert "Table C-1.1: Partners" in page.text
    _, page = hand_in(text="| A | B |\n|---|---|\n| red | 1 |\n")
    assert "1 table read, but none of them could be checked." in page.text
    assert "This is no praise" in page.text


def test_tables_that_add_up_say_so_with_how_much_was_checked(hand_in: Answer) -> None:
    right = SLIP.replace("151.926", "151.962")
    _, page = hand_in(text=right)
    assert "1 table read, 1 checked: nothing in them contradicts itself." in page.text
    # Three row sums and four column sums, the total's own row among the rows: 3 + 1 + 3.
    assert "7 identities hold" in page.text
    assert "does not say that their figures are right" in page.text


@pytest.mark.slow
@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_of_file_is_taken_in(hand_in: Answer, kind: str) -> None:
    name, write = KINDS[kind]
    status, page = hand_in(file=file_of(name, write()))
    assert status == 200
    assert "nothing in them contradicts itself" in page.text


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("t.csv", "# kind: emissions\n# unit: t\nSector;Domeniul 1;Domeniul 2;Total\n"
                  "Clădiri;500;60;650\nDeșeuri;30;5;35\n"),
        ("t.txt", SLIP),
        ("t.json", '{"kind": "emissions", "columns": ["Sector", "Scope 1", "Scope 2", "Total"], '
                   '"unit": "t", "rows": [["Buildings", 500, 60, 650], ["Waste", 30, 5, 35]]}'),
        ("t.yaml", "kind: emissions\nunit: t\ncolumns: [Sector, Scope 1, Scope 2, Total]\n"
                   "rows: [[Buildings, 500, 60, 650], [Waste, 30, 5, 35]]\n"),
    ],
)  # fmt: skip
def test_typed_tables_are_taken_in_too(hand_in: Answer, name: str, content: str) -> None:
    status, page = hand_in(file=file_of(name, content))
    assert status == 200
    assert "1 table read, 1 checked, 1 finding in 1 of them." in page.text


@pytest.mark.slow
def test_a_long_table_is_drawn_around_its_marks(hand_in: Answer) -> None:
    parts = "".join(f"| Part {at} | {at} | 5 | {at + 5} |\n" for at in range(1, 301))
    wrong = parts.replace("| Part 200 | 200 | 5 | 205 |", "| Part 200 | 200 | 5 | 250 |")
    head = "# Emissions (t CO2e)\n\n| Sector | Scope 1 | Scope 2 | Total |\n|---|---|---|---|\n"
    _, page = hand_in(text=f"{head}{wrong}")
    assert "rows without findings" in page.text
    assert "Part 200" in page.text
    assert "Part 100 " not in page.text


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "Nothing was handed in. Choose a file, paste a table, or try the example."),
        ({"text": "   "}, "Nothing was handed in."),
        ({"text": "Only words."}, "There is no table in it."),
        ({"text": "/etc/hostname"}, "There is no table in it."),
        ({"file": file_of("scan.pdf", b"\x89PNG\r\n")}, "The file is a picture."),
        ({"file": file_of("c.docx", b"PK\x03\x04rest")}, "The file is damaged"),
        ({"file": file_of("c.pdf", b"%PDF-1.7\n%%EOF")}, "The file is damaged"),
    ],
)
def test_what_cannot_be_checked_is_said_with_the_next_step(
    hand_in: Answer, fields: dict[str, object], words: str
) -> None:
    status, page = hand_in(**fields)
    assert status == 422
    assert words in page.text


def test_a_pasted_text_comes_back_with_its_fault(hand_in: Answer, client: Client) -> None:
    response = client.post(EN, {"text": "Only <b>words</b>."})
    assert "Only <b>words</b>." in unescape(response.content.decode())
    assert "<b>" not in response.content.decode()


def test_the_report_in_the_other_language_and_for_paper(hand_in: Answer, client: Client) -> None:
    _, page = hand_in(text=SLIP)
    token = token_in(page)
    other = read(client.post("/ro/lint/report/", {"report": token}))
    assert "două cifre vecine sunt inversate" in plain(other.text)
    paper = read(client.post("/en/lint/report/", {"report": token, "view": "paper"}))
    assert all("open" in attrs for tag, attrs in paper.tags if tag == "details")


def test_a_report_that_was_altered_is_refused(client: Client, db: None) -> None:
    for url in ("/en/lint/report/", "/en/lint/findings.csv", "/en/lint/keep/"):
        response = client.post(url, {"report": "eyJhIjoxfQ:1vx:forged"})
        assert response.status_code == 422
        assert "The report cannot be used any more" in response.content.decode()


def test_the_example_can_be_taken_along(client: Client, db: None) -> None:
    response = client.get("/ro/lint/example.md")
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert "oraș inventat" in response.content.decode()


def test_every_page_links_to_the_linter(client: Client, db: None) -> None:
    for url in ("/en/", "/en/verify/", "/en/lint/"):
        assert EN in read(client.get(url)).links()
