"""The contract's page: its files, its tables, its seal against the city's rows."""

from __future__ import annotations

import csv
import io
import shutil
from pathlib import Path

import pytest
from django.test import Client

from tests.web.pages import LANGUAGES, read
from vatra.contract.render.tables import tables
from vatra.web.cities import folders
from vatra.web.cities.models import City
from vatra.web.cities.queries import document
from vatra.web.contracts.actions import do_register_folder

FILES = "/en/cities/cluj-napoca/contract/files/"
TYPES = {
    "contract.json": "application/json",
    "contract.ro.pdf": "application/pdf",
    "contract.en.docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "contract.en.xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@pytest.mark.parametrize("name", TYPES)
def test_a_file_arrives_as_it_was_written(
    client: Client, cluj: City, cluj_folder: Path, name: str
) -> None:
    response = client.get(FILES + name)
    assert b"".join(response.streaming_content) == (cluj_folder / name).read_bytes()  # type: ignore[attr-defined]
    response.close()
    assert response.headers["Content-Type"] == TYPES[name]
    assert response.headers["Content-Disposition"] == f'attachment; filename="cluj-napoca-{name}"'
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]


@pytest.mark.slow
def test_every_offered_file_can_be_taken(client: Client, cluj: City) -> None:
    links = read(client.get("/en/cities/cluj-napoca/contract/")).links()
    files = [url for url in links if "/files/" in url]
    assert len(files) > 20
    for url in files:
        response = client.get(url)
        assert response.status_code == 200, url
        response.close()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_table_of_both_generations_stands_on_the_page(
    client: Client, cluj: City, lang: str
) -> None:
    text = read(client.get(f"/{lang}/cities/cluj-napoca/contract/")).text
    for table in tables(document(cluj), lang):  # type: ignore[arg-type]
        assert table.title in text
    for code in ("v1-a-1.1", "v1-a-1.4", "v2-a-1.1", "v2-a-1.4", "a-2.3", "b-2.2"):
        assert (
            client.get(f"/{lang}/cities/cluj-napoca/contract/tables/{code}.csv").status_code == 200
        )


def test_a_tables_csv_holds_the_tables_values(client: Client, cluj: City) -> None:
    table = next(each for each in tables(document(cluj), "en") if each.id == "v1-a-1.4")
    response = client.get("/en/cities/cluj-napoca/contract/tables/v1-a-1.4.csv")
    taken = list(csv.reader(io.StringIO(response.content.decode())))
    assert taken[0] == [column.key for column in table.columns]
    expected = [["" if value is None else str(value) for value in row] for row in table.rows]
    assert taken[1:] == expected


@pytest.mark.slow
def test_a_pack_that_gives_other_figures_is_said_with_the_figure(
    client: Client, db: None, cluj_folder: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "out"
    shutil.copytree(cluj_folder, folder)
    energy = folder / "pack" / "energy.csv"
    energy.write_text(energy.read_text("utf-8").replace("2372076", "2372077"), "utf-8")
    folders.run_of.cache_clear()
    do_register_folder(folder=folder, actor="test")
    text = read(client.get("/en/cities/cluj-napoca/contract/")).text
    folders.run_of.cache_clear()
    assert "does not agree with the city's rows" in text
    assert "energy_wh' says 2372076000000, but the city pack gives 2372077000000" in text


def test_findings_show_arithmetic_and_repair(client: Client, cluj: City) -> None:
    page = read(client.get("/en/cities/cluj-napoca/findings/"))
    found = [
        attrs for tag, attrs in page.tags if tag == "li" and "finding" in attrs.get("class", "")
    ]
    assert len(found) == len(document(cluj)["lint"]) + len(document(cluj)["findings"]) > 0
    assert "30,206 instead of 35,206" in page.text
    assert "180,000,000 / 70,000 = 2,571, printed 428" in page.text
    assert "10,000,000 / 175 = 57,143, printed 6,912,285" in page.text
