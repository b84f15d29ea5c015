"""The page of a number says to members where each of its rows came from, and to nobody else."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.web.evidence.conftest import GOOD, handed
from vatra.web.cities.models import City

pytestmark = pytest.mark.django_db
NUMBER = "/en/cities/poiana/number/buildings.electricity.2021/"


def test_a_number_of_the_draft_leads_back_to_file_line_and_person(
    poiana: City, client_of_con: Client, editor: Client
) -> None:
    upload = handed(client_of_con, GOOD, "meters.csv")
    editor.post(f"/en/cities/poiana/work/evidence/{upload.pk}/accept/", {"mode": "add"})
    editor.post("/en/cities/poiana/work/preview/", {"show": "draft"})
    page = editor.get(NUMBER)
    assert page.status_code == 200
    text = page.content.decode()
    assert "from meters.csv, line 3, handed in by Con on" in text
    assert f"/en/cities/poiana/work/evidence/{upload.pk}/" in text
    # What is published does not hold the row, and a visitor learns no name.
    assert "meters.csv" not in Client().get(NUMBER).content.decode()
