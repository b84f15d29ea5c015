"""A file of others: suggested, completed, tried, used, and offered again for the next one."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
import yaml
from django.test import Client
from openpyxl import Workbook

from tests.web.evidence.conftest import FOREIGN, handed, page, workbook
from vatra.web.cities.models import City
from vatra.web.evidence.models import SavedMapping, Upload
from vatra.web.workspace.queries import head_of, sheet_of

pytestmark = pytest.mark.django_db


def mapping_url(upload: Upload) -> str:
    return f"/en/cities/poiana/work/evidence/{upload.pk}/mapping/"


def base_of(response: Any) -> str:
    """The mapping the form was filled from."""
    text = str(response.context["form"].text)
    assert yaml.safe_load(text)["table"]
    return text


FILLED = {
    "from.year": "=", "constant.year": "2021",
    "from.sector": "h:Categorie",
    "from.carrier": "h:Combustibil",
    "from.scope": "*",
    "from.amount": "h:Cantitate (MWh)",
    "from.source": "=", "constant.source": "Distribuitorul, raport 2021",
    "from.note": "h:Observații",
    "heading_row": "2",
}  # fmt: skip


def mapped(client: Client) -> Upload:
    """The foreign file, read by a mapping that the form made."""
    upload = handed(client, FOREIGN, "raport.csv")
    shown = client.get(mapping_url(upload))
    data = {**FILLED, "base": base_of(shown), "do": "use"}
    for row in shown.context["form"].rows:
        data |= {value.name: value.ours or "buildings" for value in row.values}
    assert client.post(mapping_url(upload), data).status_code == 302
    upload.refresh_from_db()
    assert (upload.state, upload.error_count) == ("ready", 0)
    return upload


def test_a_foreign_file_is_mapped_by_the_form_and_accepted(
    poiana: City, client_of_con: Client, editor: Client
) -> None:
    upload = handed(client_of_con, FOREIGN, "raport.csv")
    assert (upload.state, upload.table) == ("mapping", "energy")
    url = mapping_url(upload)
    shown = client_of_con.get(url)
    assert "Raport anual al distribuitorului 2021" in shown.content.decode()
    values = {row.column.name: row.values for row in shown.context["form"].rows}
    theirs = {value.theirs: value.name for row in values.values() for value in row}
    data = {**FILLED, "base": base_of(shown)}
    data |= {name: "buildings" for text, name in theirs.items() if text in ("Casnic", "Comercial")}
    tried = client_of_con.post(url, {**data, "do": "preview"})
    assert tried.status_code == 200
    assert "1234.5" in tried.content.decode()
    # Our codes are shown by what they are called.
    assert '<span class="cell-text">Buildings</span>' in tried.content.decode()
    Upload.objects.get(pk=upload.pk, state="mapping")
    used = client_of_con.post(url, {**data, "do": "use"})
    assert used.status_code == 302, used.content.decode()
    upload.refresh_from_db()
    assert (upload.state, upload.row_count, upload.error_count) == ("ready", 2, 0)
    editor.post(f"/en/cities/poiana/work/evidence/{upload.pk}/accept/", {"mode": "add"})
    head = head_of(poiana)
    assert head is not None
    rows = {
        origin: row
        for row, origin in zip(
            sheet_of(head, "energy").rows, sheet_of(head, "energy").origins, strict=True
        )
        if origin
    }
    assert {each.split(":")[1] for each in rows} == {"3", "4"}
    assert {row["amount"] for row in rows.values()} == {"1234.5", "2000.25"}


def test_another_sign_between_the_columns_is_chosen(poiana: City, client_of_con: Client) -> None:
    # Each line has a comma without a space behind it, and semicolons with one.
    content = "Categorie,a; Combustibil; Cantitate (MWh)\nCasnic,x; Gaz natural; 5\n"
    upload = handed(client_of_con, content, "raport.csv")
    shown = client_of_con.get(mapping_url(upload))
    assert "as the file shows: comma (,)" in shown.content.decode()
    assert shown.context["headings"] == ["Categorie", "a; Combustibil; Cantitate (MWh)"]
    chosen = client_of_con.get(mapping_url(upload), {"delimiter": "semicolon", "table": "energy"})
    assert chosen.context["headings"] == ["Categorie,a", "Combustibil", "Cantitate (MWh)"]
    data = {
        **FILLED, "base": base_of(chosen), "heading_row": "1", "from.note": "",
        "from.sector": "=", "constant.sector": "buildings", "do": "use",
    }  # fmt: skip
    assert client_of_con.post(mapping_url(upload), data).status_code == 302
    upload.refresh_from_db()
    assert (upload.state, upload.row_count, upload.error_count) == ("ready", 1, 0)
    # Left as it was chosen.
    again = client_of_con.get(mapping_url(upload))
    assert '<option value="semicolon" selected>' in again.content.decode()
    assert again.context["headings"] == chosen.context["headings"]


def test_the_same_headings_are_offered_the_same_mapping(
    poiana: City, client_of_con: Client
) -> None:
    mapped(client_of_con)
    assert SavedMapping.objects.count() == 1
    second = handed(client_of_con, FOREIGN.replace("1.234,5", "9.999,5"), "raport-2.csv")
    shown = client_of_con.get(mapping_url(second))
    assert "was read before" in shown.content.decode()
    assert shown.context["faults"] == []
    used = client_of_con.post(mapping_url(second), {"do": "text", "text": base_of(shown)})
    assert used.status_code == 200


def test_what_must_still_be_said_is_said_all_at_once(poiana: City, client_of_con: Client) -> None:
    upload = handed(client_of_con, "Numar;Valoare\n1;2\n", "x.csv")
    url = mapping_url(upload) + "?table=energy"
    shown = client_of_con.get(url)
    text = shown.content.decode()
    assert "Before it can be used" in text
    open_rows = [row.column.name for row in shown.context["form"].rows if row.is_open]
    assert {"sector", "carrier"} <= set(open_rows)
    refused = client_of_con.post(url, {"base": base_of(shown), "do": "use", "table": "energy"})
    assert refused.status_code == 422
    upload.refresh_from_db()
    assert upload.state == "mapping"


def test_a_workbook_is_read_by_the_sheet_that_is_chosen(
    poiana: City, client_of_con: Client
) -> None:
    content = workbook(
        [["sector", "carrier", "scope", "year", "amount", "unit", "source"],
         ["buildings", "diesel", 1, 2021, 5.5, "MWh", "x"]],
    )  # fmt: skip
    upload = handed(client_of_con, content, "energy.xlsx")
    assert (upload.state, upload.table, upload.row_count) == ("ready", "energy", 1)
    assert "5.5" in page(client_of_con, upload, "rows/")


@pytest.mark.parametrize("is_hidden", [True, False])
def test_a_workbook_begins_with_the_sheet_that_fits(
    poiana: City, client_of_con: Client, is_hidden: bool
) -> None:
    book: Any = Workbook()
    book.active.title, data = "Cuprins", book.create_sheet("Date")
    heads = ["An", "Sector", "Combustibil", "Cantitate (MWh)"]
    # A hidden sheet that fits is passed over, a shown one that does not as well.
    for sheet, rows in ((book.active, [heads] if is_hidden else [["Raport", "anual"]]),
                        (data, [heads, [2021, "locuințe", "gaze", 5]])):  # fmt: skip
        for row in rows:
            sheet.append(row)
    book.active.sheet_state = "hidden" if is_hidden else "visible"
    content = BytesIO()
    book.save(content)
    upload = handed(client_of_con, content.getvalue(), "registru.xlsx")
    text = client_of_con.get(mapping_url(upload)).content.decode()
    assert "<option selected>Date</option>" in text
    assert '<option value="energy" selected>' in text
    # A table that nothing in the sheet speaks for stays chosen too.
    other = client_of_con.get(mapping_url(upload) + "?sheet=Cuprins&table=livestock")
    assert '<option value="livestock" selected>' in other.content.decode()


def test_a_wide_table_of_months_becomes_rows(poiana: City, client_of_con: Client) -> None:
    content = "Sector,Combustibil,ianuarie (MWh),februarie (MWh)\nCasnic,gaz natural,5,6\n"
    upload = handed(client_of_con, content, "luni.csv")
    shown = client_of_con.get(mapping_url(upload) + "?table=energy")
    assert shown.context["form"].wide is not None
    assert {value.theirs for value in shown.context["form"].wide.values} == {
        "ianuarie (MWh)", "februarie (MWh)",
    }  # fmt: skip


def test_weather_and_buildings_need_no_mapping(poiana: City, client_of_con: Client) -> None:
    upload = handed(client_of_con, "LOCATION,Poiana,-,ROU\nx\n", "clima.epw")
    assert (upload.kind, upload.state) == ("epw", "failed")
    assert "The file could not be read" in page(client_of_con, upload)
    assert client_of_con.get(mapping_url(upload)).status_code == 403


def test_a_viewer_of_another_language_reads_the_form_in_it(
    poiana: City, client_of_con: Client
) -> None:
    upload = handed(client_of_con, FOREIGN, "raport.csv")
    text = page(client_of_con, upload, "mapping/", "ro")
    assert "Ce este fiecare coloană" in text
    assert "obligatoriu" in text
