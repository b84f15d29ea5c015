"""A city whose work has begun, and people who hand in and decide."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.web.people.cast import as_person, member
from tests.web.workspace.conftest import ana, first, ion, own_data, poiana
from vatra.web.cities.models import City
from vatra.web.evidence.models import Upload
from vatra.web.people.models import User

__all__ = ["ana", "first", "ion", "own_data", "poiana"]

HEAD = "sector,carrier,scope,year,amount,unit,source\n"
GOOD = HEAD + (
    "buildings,natural_gas,1,2021,1000,MWh,meter\n"
    "buildings,electricity,2,2021,555,MWh,meter\n"
    "waste,diesel,1,2021,7,MWh,pumps\n"
)
FAULTY = HEAD + (
    "buildings,natural_gas,1,2021,1000,MWh,meter\n"
    "buildings,kryptonite,2,1021,abc,barrels,meter\n"
    "moon,diesel,1,2021,7,MWh,\n"
)
FOREIGN = (
    "Raport anual al distribuitorului 2021;;;\n"
    "Categorie;Combustibil;Cantitate (MWh);Observații\n"
    "Casnic;Gaz natural;1.234,5;\n"
    "Comercial;Energie electrică;2.000,25;hotel\n"
)
Send = Callable[..., Any]


@pytest.fixture
def con(poiana: City) -> User:
    """A contributor: hands in and does not decide."""
    return member("con", poiana, "contributor")


@pytest.fixture
def client_of_con(con: User) -> Client:
    return as_person(con)


@pytest.fixture
def editor(ana: User) -> Client:
    return as_person(ana)


def send(client: Client, content: str | bytes, name: str = "energy.csv", url: str = "") -> Any:
    """Hand in a file through the form."""
    data = content.encode() if isinstance(content, str) else content
    file = SimpleUploadedFile(name, data)
    return client.post(url or "/en/cities/poiana/work/evidence/", {"file": file})


def handed(client: Client, content: str | bytes, name: str = "energy.csv", url: str = "") -> Upload:
    """The upload that a file became."""
    response = send(client, content, name, url)
    assert response.status_code == 302, response.content.decode()[:4000]
    return Upload.objects.order_by("-pk")[0]


def page(client: Client, upload: Upload, part: str = "", lang: str = "en") -> str:
    """A page of an upload."""
    response = client.get(f"/{lang}/cities/poiana/work/evidence/{upload.pk}/{part}")
    assert response.status_code == 200, response.status_code
    return str(response.content.decode())


def workbook(rows: list[list[object]], title: str = "Sheet1") -> bytes:
    """A workbook of one sheet."""
    from openpyxl import Workbook

    book = Workbook()
    sheet: Any = book.active
    sheet.title = title
    for row in rows:
        sheet.append(row)
    out = BytesIO()
    book.save(out)
    return out.getvalue()
