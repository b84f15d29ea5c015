"""After an edition was withdrawn every public page of the city says so, found by the table of
addresses: a page that is added later is asked too."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from tests.web.site.collected import RIGHTS
from tests.web.site.walking import Walk, taken_back
from vatra.web.cities.models import City
from vatra.web.publication.models import SealedContract

# The world of all apps takes fifteen seconds to make.
pytestmark = pytest.mark.slow
REASON = "o cifră greșită la transport"
DAY = "2 mai 2026"
OPEN = [
    name
    for name, right in RIGHTS.items()
    if "poiana" in right.url and "visitor" in right.readers and "GET" in right.methods
]


@contextmanager
def withdrawn(walk: Walk) -> Iterator[None]:
    """Poiana took back what it shows."""
    with taken_back():
        SealedContract.objects.filter(city=walk.world.city, edition=1).update(
            state="withdrawn", reason=REASON, ended_at=datetime(2026, 5, 2, 12, tzinfo=UTC)
        )
        yield


def ask(url: str) -> Any:
    response = Client().get(url)
    response.close()
    return response


def page(url: str) -> str:
    response = ask(url)
    kind = response.headers.get("Content-Type", "")
    is_page = response.status_code == 200 and kind.startswith("text/html")
    return response.content.decode() if is_page else ""


def test_a_tag_from_before_is_stale(walk: Walk) -> None:
    """What a program holds of the city from before the withdrawal is not what is answered now."""
    url = "/api/v1/cities/poiana"
    held = ask(url)["ETag"]
    assert Client().get(url, headers={"If-None-Match": held}).status_code == 304
    with withdrawn(walk):
        assert Client().get(url, headers={"If-None-Match": held}).status_code == 200


def test_every_public_page_says_that_its_figures_were_withdrawn(walk: Walk) -> None:
    before = {name: page(walk.url(name)) for name in OPEN}
    before = {name: text for name, text in before.items() if text}
    # At the least: overview, inventory, pathway, buildings, investment, progress, a frame.
    assert len(before) > 25
    with withdrawn(walk):
        said = {name: page(walk.url(name)) for name in before}
    silent = [
        name
        for name, text in said.items()
        if not ("retras" in text and DAY in text and REASON in text)
    ]
    assert not silent, f"not said on {', '.join(silent)}"
    unled = [name for name, text in said.items() if "/ro/cities/poiana/editions/1/" not in text]
    # The edition itself needs no way to itself.
    assert set(unled) <= {"publication:edition"}
    # Said because of the withdrawal.
    assert not [name for name, text in before.items() if REASON in text]


# Neither tells a figure that could be taken back.
NO_FIGURES = {"publication:code", "progress:report-file", "publication:signature"}


def catalogued() -> list[Any]:
    """The datasets of the catalogue."""
    response = Client().get("/api/v1/catalog.jsonld?lang=ro")
    return json.loads(b"".join(response.streaming_content))["dcat:dataset"]  # type: ignore[attr-defined]


def test_every_file_says_that_its_figures_were_withdrawn(walk: Walk) -> None:
    def is_file(response: Any) -> bool:
        kind = response.headers.get("Content-Type", "")
        return response.status_code == 200 and not kind.startswith("text/html")

    files = [name for name in OPEN if is_file(ask(walk.url(name)))]
    # At the least: tables and pictures of five rooms, rows, files of contract and edition, the API.
    assert len(files) > 15
    with withdrawn(walk):
        answers = {name: ask(walk.url(name)) for name in files}
        listed = {each["@id"]: each for each in catalogued()}
        table = ask("/ro/cities/poiana/tables/sectors.json").json()
    silent = {name for name, answer in answers.items() if "Deprecation" not in answer}
    assert silent <= NO_FIGURES, f"not said by {', '.join(sorted(silent - NO_FIGURES))}"
    told = next(iter(answer for name, answer in answers.items() if name not in silent))
    # 2 May 2026, 12:00 UTC, in seconds since 1970.
    assert told["Deprecation"] == "@1777723200"
    assert told["Link"].endswith('/cities/poiana/editions/1/>; rel="deprecation"; type="text/html"')
    names = [answer.headers.get("Content-Disposition", "") for answer in answers.values()]
    assert sum('filename="withdrawn-' in each for each in names) > 10
    # In the picture and in the plain data, since a file is read without its headers.
    assert "Orașul a retras aceste cifre" in answers["cities:chart"].content.decode()
    assert table["withdrawn"]["reason"] == REASON
    # Other portals harvest the catalogue; Valea has the same seal and stands by it.
    mine = [each for name, each in listed.items() if "/poiana/" in name]
    others = [each for name, each in listed.items() if "/valea/" in name]
    assert mine and others
    for each in mine:
        assert "retras" in each["dct:title"]["@value"] and DAY in each["adms:versionNotes"]
    states = {str(each.get("adms:status")) for data in mine for each in data["dcat:distribution"]}
    assert len(states) == 1 and "distribution-status/WITHDRAWN" in states.pop()
    assert not [each for each in others if "retras" in str(each)]


def test_lists_do_not_praise_what_was_withdrawn(walk: Walk) -> None:
    other = City.objects.get(slug="valea")
    assert other.run_id == walk.world.city.run_id
    with withdrawn(walk):
        text = page("/ro/")
    mine, others = text.index(">Poiana</a>"), text.index(">Valea</a>")
    assert mine < others
    # The same seal in another city is that city's own affair.
    assert REASON in text[mine:others] and REASON not in text[others:]
    assert "a emis" not in text[mine:others] and "a emis" in text[others:]


def test_programs_are_told(walk: Walk) -> None:
    with withdrawn(walk):
        listed = {each["city"]: each for each in ask("/api/v1/cities").json()["items"]}
        whole = ask("/api/v1/cities/poiana?lang=ro").json()
        edition = ask("/api/v1/cities/poiana/editions").json()["items"][0]
    assert listed["valea"]["withdrawn"] is None
    assert listed["poiana"]["withdrawn"] == {
        "edition": 1,
        "on": "2026-05-02T12:00:00+00:00",
        "reason": REASON,
        "page_url": "/en/cities/poiana/editions/1/",
    }
    assert whole["withdrawn"]["page_url"] == "/ro/cities/poiana/editions/1/"
    assert (edition["edition"], edition["state"], edition["reason"]) == (1, "withdrawn", REASON)
    assert edition["ended"] == "2026-05-02T12:00:00+00:00"
