"""The same file once more: said, offered to be opened, and taken only by who means it."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.web.evidence.conftest import FAULTY, GOOD, handed, page, send
from vatra.web.base.models import AuditEntry
from vatra.web.cities.models import City
from vatra.web.evidence.models import Upload
from vatra.web.jobs.models import Job
from vatra.web.workspace import store
from vatra.web.workspace.models import Version

pytestmark = pytest.mark.django_db
HERE = "/en/cities/poiana/work/evidence/"


def test_it_says_number_person_and_state_and_opens_it(
    poiana: City, client_of_con: Client, editor: Client
) -> None:
    first = handed(client_of_con, GOOD, "energie.csv")
    editor.post(f"{HERE}{first.pk}/accept/", {"mode": "add"})
    # Another person, another name for the same bytes.
    response = send(editor, GOOD, "altfel.csv")
    text = response.content.decode()
    assert response.status_code == 409
    assert f"already here, letter for letter: energie.csv, number {first.pk}." in text
    said = text.split('id="already-here"')[1].split("</form>")[0]
    assert "Con" in said and "accepted" in said
    assert f'href="{HERE}{first.pk}/"' in said
    assert Upload.objects.count() == 1
    assert AuditEntry.objects.filter(verb="receive").count() == 1


def test_who_means_it_hands_it_in_again_without_choosing_it_anew(
    poiana: City, client_of_con: Client
) -> None:
    first = handed(client_of_con, GOOD, "energie.csv")
    assert client_of_con.post(HERE, {"again": str(first.pk)}).status_code == 302
    second = Upload.objects.get(pk__gt=first.pk)
    assert (second.name, second.sha, second.state) == ("energie.csv", first.sha, "ready")
    # The rows of the plan are not counted twice: the same keys meet.
    for asked in ("0", "x", "99999999999999", "²"):
        assert client_of_con.post(HERE, {"again": asked}).status_code == 422
    assert Upload.objects.count() == 2


def test_what_belongs_to_another_city_is_never_handed_over(
    poiana: City, cluj: City, client_of_con: Client
) -> None:
    from tests.web.people.cast import as_person, member

    dan = as_person(member("dan", cluj, "contributor"))
    first = handed(client_of_con, GOOD, "energie.csv")
    theirs = "/en/cities/cluj-napoca/work/evidence/"
    assert dan.post(theirs, {"again": str(first.pk)}).status_code == 422
    # The same bytes in another city are no news of this one.
    assert send(dan, GOOD, "energie.csv", theirs).status_code == 302


def test_a_corrected_file_that_is_the_old_one_is_said_to_be(
    poiana: City, client_of_con: Client
) -> None:
    first = handed(client_of_con, FAULTY, "energie.csv")
    url = f"{HERE}{first.pk}/replace/"
    response = send(client_of_con, FAULTY, "energie corectata.csv", url)
    assert response.status_code == 409
    assert "nothing in it was corrected" in response.content.decode()
    assert f'action="{url}"' in response.content.decode()
    assert client_of_con.post(url, {"again": str(first.pk)}).status_code == 302
    assert Upload.objects.get(replaces=first).sha == first.sha


def test_a_stored_file_that_is_gone_is_asked_for(poiana: City, client_of_con: Client) -> None:
    first = handed(client_of_con, GOOD)
    store.path_of(first.sha).unlink()
    assert client_of_con.post(HERE, {"again": str(first.pk)}).status_code == 422
    # Handing it in mends the store; then it is known again.
    assert send(client_of_con, GOOD).status_code == 409
    assert store.path_of(first.sha).is_file()


def test_two_clicks_on_accept_of_a_large_file_ask_for_one_job(
    poiana: City, client_of_con: Client, editor: Client, settings: object,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    upload = handed(client_of_con, GOOD)
    settings.JOBS_BACKEND = "default"  # type: ignore[attr-defined]
    monkeypatch.setattr("vatra.web.evidence.accepting.is_large", lambda _: True)
    before = Version.objects.count()
    for _ in range(2):
        assert editor.post(f"{HERE}{upload.pk}/accept/", {"mode": "add"}).status_code == 302
    assert Job.objects.filter(kind="evidence.accept").count() == 1
    assert Version.objects.count() == before
    assert "Waiting for its turn" in page(editor, upload)
