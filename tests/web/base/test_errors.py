"""Errors say what happened and what exists, in both languages."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from django.test import Client

from tests.web.pages import read
from vatra.web.base.errors import NotReady
from vatra.web.cities import folders
from vatra.web.cities.models import City
from vatra.web.contracts.actions import do_register_folder


@pytest.mark.parametrize(
    ("url", "words", "link"),
    [
        (
            "/en/cities/clju/",
            "There is no city 'clju' here. These cities are shown: Cluj-Napoca",
            "/en/cities/cluj-napoca/",
        ),
        (
            "/ro/cities/cluj-napoca/number/cladri.2021/",
            "nu există numărul „cladri.2021”: „cladri” nu este cunoscut.",
            "/ro/cities/cluj-napoca/number/2021/",
        ),
        (
            "/en/cities/cluj-napoca/tables/sektors.csv",
            "There is no table 'sektors' here. These tables exist:",
            "/en/cities/cluj-napoca/tables/sectors.csv",
        ),
        (
            "/en/cities/cluj-napoca/charts/pie.svg",
            "There is no chart 'pie' here. These charts exist:",
            "/en/cities/cluj-napoca/charts/pathway.svg",
        ),
        (
            "/ro/cities/cluj-napoca/contract/tables/a-9.csv",
            "Tabelul „a-9” nu există aici. Există tabelele:",
            "/ro/cities/cluj-napoca/contract/tables/v1-a-1.1.csv",
        ),
        (
            "/en/cities/cluj-napoca/contract/files/secret.txt",
            "There is no file 'secret.txt' here. These files can be taken:",
            "/en/cities/cluj-napoca/contract/files/contract.json",
        ),
        ("/ro/nimic/", "La această adresă nu se află nimic.", "/ro/"),
        ("/nothing", "La această adresă nu se află nimic.", "/ro/"),
    ],
)
def test_not_found_says_what_exists(
    client: Client, cluj: City, url: str, words: str, link: str
) -> None:
    response = client.get(url)
    page = read(response)
    assert response.status_code == 404
    assert words in page.text
    assert link in page.links()


@pytest.mark.parametrize(
    "path",
    [
        "../pack/city.yaml",
        "..%2Fpack%2Fcity.yaml",
        "pack/energy.csv",
        "rows/../contract.json",
        "/etc/passwd",
        "tables/../../x.csv",
    ],
)
def test_no_file_outside_the_list_has_an_address(client: Client, cluj: City, path: str) -> None:
    assert client.get(f"/en/cities/cluj-napoca/contract/files/{path}").status_code == 404


@pytest.mark.parametrize("lang", ["ro", "en"])
def test_a_fault_of_ours_says_so_and_shows_nothing_of_it(
    cluj: City, monkeypatch: pytest.MonkeyPatch, lang: str
) -> None:
    def break_down(*_: object) -> None:
        raise RuntimeError("the secret inside")

    monkeypatch.setattr("vatra.web.cities.views.pictures.picture", break_down)
    response = Client(raise_request_exception=False).get(f"/{lang}/cities/cluj-napoca/")
    assert response.status_code == 500
    assert "secret" not in response.content.decode()
    said = {"ro": "A apărut o eroare la noi", "en": "Something failed on our side"}
    assert said[lang] in read(response).text
    # Another try is one press away.
    assert f"/{lang}/cities/cluj-napoca/" in read(response).links()


def test_a_folder_that_changed_under_the_server_is_said(
    client: Client, db: None, cluj_folder: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "out"
    shutil.copytree(cluj_folder, folder)
    do_register_folder(folder=folder, actor="test")
    content = json.loads((folder / "contract.json").read_bytes())
    content["seal"]["value"] = "0" * 64
    (folder / "contract.json").write_text(json.dumps(content))
    folders.document_of.cache_clear()
    response = client.get("/en/cities/cluj-napoca/")
    assert response.status_code == 503
    assert "Start 'vatra serve' again" in read(response).text


def test_a_city_without_a_folder_has_no_document() -> None:
    """Not an empty one, from which pages would then miss every figure."""
    with pytest.raises(NotReady):
        folders.document_of(Path(""), "")


def test_a_number_without_its_pack_says_the_next_step(
    client: Client, db: None, cluj_folder: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "out"
    shutil.copytree(cluj_folder, folder)
    do_register_folder(folder=folder, actor="test")
    shutil.rmtree(folder / "pack")
    response = client.get("/en/cities/cluj-napoca/number/buildings.2021/")
    assert response.status_code == 503
    assert "'vatra check' names them" in read(response).text


@pytest.mark.django_db
def test_an_empty_site_tells_a_visitor_what_comes_next(client: Client) -> None:
    """Where no city is shown, no page promises a list of cities."""
    assert "none is shown yet. Who works on one signs in." in read(client.get("/en/cities/x/")).text
    home = read(client.get("/en/")).text
    assert "No city is shown yet. Who works on a city signs in." in home
