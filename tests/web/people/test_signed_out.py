"""Whose session ends in the middle of a form keeps the sentences, and comes back to the page."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.test import Client

from tests.web.pages import read
from tests.web.people.cast import as_person, person
from vatra.web.cities.models import City

GOAL = "/ro/cities/cluj-napoca/work/contract/sections/goal/"
TEXT = "Orașul își propune <b>neutralitatea</b> climatică până în 2030."
HERE = {"HTTP_REFERER": f"http://testserver{GOAL}?done=saved"}
BACK = "/ro/account/login/?next=%2Fro%2Fcities%2Fcluj-napoca%2Fwork%2Fcontract%2Fsections%2Fgoal%2F"


def send(client: Client, form: dict[str, str], **headers: Any) -> Any:
    """As a browser sends a form without files."""
    return client.post(GOAL, urlencode(form), "application/x-www-form-urlencoded", **headers)


def test_what_was_written_is_shown_again(cluj: City) -> None:
    form = {"text-ro": TEXT, "base": "1", "password": "o parolă cu multe cuvinte lungi"}
    answer = send(Client(), form, **HERE)
    assert answer.status_code == 403
    page = read(answer)
    assert TEXT in page.text and "Sesiunea s-a încheiat" in page.text
    assert "parolă" not in answer.content.decode()
    assert BACK.replace("&", "&amp;") in answer.content.decode()


def test_a_short_form_leads_to_the_page_to_sign_in_and_back(cluj: City) -> None:
    answer = Client().post(GOAL, {"base": "1"}, **HERE)
    assert answer.status_code == 302 and answer["Location"].startswith(BACK)
    elsewhere = Client().post(GOAL, {"base": "1"}, HTTP_REFERER="https://evil.example/x")
    assert elsewhere["Location"] == "/ro/account/login/"


def test_a_part_of_a_page_sends_the_whole_page(cluj: City) -> None:
    current = {"HTTP_HX_REQUEST": "true", "HTTP_HX_CURRENT_URL": f"http://testserver{GOAL}"}
    answer = Client().get("/ro/cities/cluj-napoca/work/contract/figures/", **current)
    assert answer.status_code == 204 and answer["HX-Redirect"] == BACK


def test_who_may_no_longer_keeps_the_sentences_too(cluj: City) -> None:
    answer = send(as_person(person("dan")), {"text-ro": TEXT})
    assert answer.status_code == 403 and TEXT in read(answer).text


def test_a_form_with_an_old_proof_of_origin_keeps_them(cluj: City) -> None:
    answer = send(Client(enforce_csrf_checks=True), {"text-ro": TEXT})
    assert answer.status_code == 403 and TEXT in read(answer).text
