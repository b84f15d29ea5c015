"""A corrected file is read as the one it replaces, or says which column keeps it from that."""

from __future__ import annotations

import pytest
import yaml
from django.test import Client

from tests.web.evidence.conftest import FOREIGN, HEAD, handed, page, workbook
from tests.web.evidence.test_mapping import base_of, mapped, mapping_url
from vatra.web.cities.models import City
from vatra.web.evidence.models import Upload

pytestmark = pytest.mark.django_db
MENDED = FOREIGN.replace("1.234,5", "1.234,75")


@pytest.fixture
def first(poiana: City, client_of_con: Client) -> Upload:
    """A file of others, read by a mapping."""
    return mapped(client_of_con)


def again(client: Client, upload: Upload, content: str | bytes, name: str = "nou.csv") -> Upload:
    return handed(client, content, name, f"/en/cities/poiana/work/evidence/{upload.pk}/replace/")


def test_with_the_same_columns_it_is_read_at_once_and_says_so(
    first: Upload, client_of_con: Client
) -> None:
    second = again(client_of_con, first, MENDED)
    assert (second.state, second.row_count, second.mapping) == ("ready", 2, first.mapping)
    # 1234.75 of the one row, 2000.25 of the other.
    assert "1234.75" in page(client_of_con, second, "rows/")
    told = page(client_of_con, second)
    assert "Columns read as in" in told
    assert told.count(f"/evidence/{second.pk}/mapping/") == 1
    assert "are new and are not read" not in told
    # A third one takes it on, though the second was never looked at.
    assert again(client_of_con, second, MENDED.replace("75", "25")).state == "ready"


def test_the_line_of_the_headings_and_the_order_of_columns_may_change(
    first: Upload, client_of_con: Client
) -> None:
    lines = [line.split(";") for line in MENDED.splitlines()]
    turned = "\n".join(["Corectat;;;", *(";".join([b, a, *rest]) for a, b, *rest in lines)])
    second = again(client_of_con, first, turned + "\n")
    assert (second.state, second.error_count, second.row_count) == ("ready", 0, 2)
    assert yaml.safe_load(second.mapping)["heading_row"] == 3
    assert "Columns read as in" in page(client_of_con, second)


def test_a_column_that_went_missing_is_named_and_the_rest_kept(
    first: Upload, client_of_con: Client
) -> None:
    second = again(client_of_con, first, MENDED.replace("Cantitate (MWh)", "Consum (MWh)"))
    assert second.state == "mapping"
    shown = client_of_con.get(mapping_url(second))
    (fault,) = shown.context["faults"]
    assert fault.words.startswith("amount: the file has no column 'Cantitate (MWh)'")
    assert "'Consum (MWh)'" in fault.words
    assert "What was said about the columns of raport.csv is kept" in shown.content.decode()
    kept = {row.column.name: row for row in shown.context["form"].rows}
    assert kept["sector"].source == "h:Categorie"
    assert (kept["year"].constant, kept["source"].constant) == (
        "2021", "Distribuitorul, raport 2021",
    )  # fmt: skip


def test_a_new_column_is_said_and_one_that_becomes_rows_is_asked_for(
    first: Upload, client_of_con: Client
) -> None:
    title, headings, *rows = MENDED.splitlines()
    more = "\n".join([f"{title};", f"{headings};Biomasă", *(f"{row};5" for row in rows)]) + "\n"
    second = again(client_of_con, first, more)
    assert (second.state, second.error_count, second.warning_count) == ("ready", 0, 1)
    assert "these columns are new and are not read: &#x27;Biomasă&#x27;" in page(
        client_of_con, second
    )
    wide = "Sector,Combustibil,ianuarie (MWh),februarie (MWh)\nCasnic,gaz natural,5,6\n"
    upload = handed(client_of_con, wide, "luni.csv")
    url = mapping_url(upload) + "?table=energy"
    base = base_of(client_of_con.get(url))
    data = {"from.year": "=", "constant.year": "2021", "from.source": "=", "constant.source": "x",
            "from.sector": "h:Sector", "from.carrier": "h:Combustibil", "from.scope": "*",
            "value.sector.0": "buildings"}  # fmt: skip
    assert client_of_con.post(url, {"base": base, "do": "use", **data}).status_code == 302
    months = wide.replace("februarie (MWh)", "februarie (MWh),martie (MWh)").replace("6\n", "6,7\n")
    assert again(client_of_con, upload, wide.replace("5", "4")).state == "ready"
    assert again(client_of_con, upload, months).state == "mapping"


def test_a_workbook_may_call_its_sheet_otherwise(poiana: City, client_of_con: Client) -> None:
    rows: list[list[object]] = [
        ["Sectorul nostru", "carrier", "scope", "year", "amount", "unit", "source"],
        ["Casnic", "diesel", 1, 2021, 5, "MWh", "x"],
    ]
    upload = handed(client_of_con, workbook(rows, "Martie"), "a.xlsx")
    base = base_of(client_of_con.get(mapping_url(upload) + "?table=energy"))
    data = yaml.safe_load(base)
    assert data["sheet"] == "Martie"
    data["columns"]["sector"] = {"from": "Sectorul nostru", "values": {"Casnic": "buildings"}}
    text = yaml.safe_dump(data)
    kept = {f"from.{name}": f"h:{each['from']}" for name, each in data["columns"].items()}
    sent = client_of_con.post(mapping_url(upload), {"do": "use", "base": text, **kept})
    assert sent.status_code == 302
    second = again(client_of_con, upload, workbook(rows, "Aprilie"), "b.xlsx")
    assert (second.state, second.error_count, second.row_count) == ("ready", 0, 1)


def test_a_file_in_our_layout_is_checked_as_such(poiana: City, client_of_con: Client) -> None:
    row = "buildings,diesel,1,2021,5,MWh,x\n"
    upload = handed(client_of_con, HEAD + row)
    second = again(client_of_con, upload, HEAD + row.replace("5", "6"))
    assert (second.state, second.mapping) == ("ready", "")
    assert "Columns read as in" not in page(client_of_con, second)
