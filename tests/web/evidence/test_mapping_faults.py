"""What a mapping lacks is said in the labels of the form and the columns of the file."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from tests.web.evidence.conftest import FOREIGN, handed, page
from tests.web.evidence.test_mapping import FILLED, base_of, mapping_url
from vatra.web.cities.models import City
from vatra.web.evidence.models import Upload

pytestmark = pytest.mark.django_db
# Keys of the YAML and names inside: nobody who fills in the form knows them.
INNER = re.compile(r"columns\.\w|\bunpivot\b|heading_row|\bconstant\b|`|natural_gas|\{")
BLANK = {
    "heading_row": "abc",
    "from.year": "=", "constant.year": "",
    "from.sector": "h:Categorie",
    "from.carrier": "", "from.amount": "h:Cantitate", "from.scope": "*", "from.unit": "",
}  # fmt: skip


def posted(client: Client, upload: Upload, lang: str, **data: str) -> Any:
    url = mapping_url(upload).replace("/en/", f"/{lang}/")
    return client.post(url, {"base": base_of(client.get(url)), "table": "energy", **data})


@pytest.mark.parametrize("lang", ["en", "ro"])
def test_every_fault_is_said_at_its_field_in_the_words_of_the_form(
    poiana: City, client_of_con: Client, lang: str
) -> None:
    content = "Categorie;Cantitate\nCasnic;5\nZorzoane;6\n"
    upload = handed(client_of_con, content, "x.csv")
    refused = posted(client_of_con, upload, lang, do="use", **BLANK)
    assert refused.status_code == 422
    faults = refused.context["faults"]
    by_row = {each.row: each for each in faults}
    # A line that is no number, a constant without a value, a word of theirs, a column not named.
    assert {"heading_row", "year", "sector", "carrier"} <= set(by_row)
    assert by_row["year"].field == "constant-year"
    quoted = "'Zorzoane'" if lang == "en" else "„Zorzoane”"
    assert quoted in by_row["sector"].words
    assert "Categorie" in by_row["sector"].words
    labels = {row.column.name: row.heading for row in refused.context["form"].rows}
    for name in ("year", "sector", "carrier"):
        assert by_row[name].words.startswith(f"{labels[name]}: ")
    assert not [each.words for each in faults if INNER.search(each.words)]
    text = refused.content.decode()
    for each in faults:
        assert f'href="#{each.field}"' in text
        assert f'id="{each.field}"' in text
        assert text.count(f"fault-{each.row}") >= 2  # Beside it, and named by the field.


def test_a_column_the_file_lacks_is_said_beside_ours(poiana: City, client_of_con: Client) -> None:
    upload = handed(client_of_con, FOREIGN, "raport.csv")
    response = posted(
        client_of_con, upload, "en", do="use",
        **FILLED | {"from.amount": "h:Cantitatea", "value.sector.0": "buildings"},
    )  # fmt: skip
    # Used, and found out when the whole file is read.
    upload.refresh_from_db()
    assert (response.status_code, upload.state) == (302, "failed")
    words = "amount: the file has no column 'Cantitatea'"
    assert words in page(client_of_con, upload).replace("&#x27;", "'")
    shown = client_of_con.get(mapping_url(upload))
    (fault,) = [each for each in shown.context["faults"] if each.row == "amount"]
    assert fault.words.startswith(words)


def test_a_word_far_down_is_asked_for_in_the_form(poiana: City, client_of_con: Client) -> None:
    """The first rows do not show it; the check of the whole file meets it."""
    rows = "Sector;Combustibil;Cantitate (MWh)\n"
    rows += "".join(f"Casnic;Gaz natural;{at}\n" for at in range(600)) + "Zorzoane;Motorină;9\n"
    upload = handed(client_of_con, rows, "x.csv")
    data = {
        "from.year": "=", "constant.year": "2021", "from.source": "=", "constant.source": "x",
        "from.sector": "h:Sector", "from.carrier": "h:Combustibil", "from.scope": "*",
        "from.amount": "h:Cantitate (MWh)", "heading_row": "1",
    }  # fmt: skip
    base = (
        "table: energy\nheading_row: 1\ncolumns: {sector: {from: Sector, values: "
        "{Casnic: buildings}}, scope: {of: carrier, else: '1'}}"
    )
    sent = client_of_con.post(mapping_url(upload), {"do": "use", "base": base, **data})
    assert sent.status_code == 302, [each.words for each in sent.context["faults"]]
    upload.refresh_from_db()
    assert upload.state == "ready"
    told = page(client_of_con, upload).replace("&#x27;", "'")
    assert "sector: 'Zorzoane' in the file's column 'Sector' is not known" in told
    shown = client_of_con.get(mapping_url(upload))
    sector = next(row for row in shown.context["form"].rows if row.column.name == "sector")
    assert [each.ours for each in sector.values if each.theirs == "Zorzoane"] == [""]
    # Rows 3 to 601 and the first have one key; no other fault is left.
    again = client_of_con.post(
        mapping_url(upload),
        {"do": "use", "base": base_of(shown), **data, "value.sector.1": "transport"},
    )
    upload.refresh_from_db()
    assert (again.status_code, upload.state, upload.error_count) == (302, "ready", 600)
