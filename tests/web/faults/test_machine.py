"""The disk is full or the database away: a page says the next step, nothing is half-written."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError
from django.db.backends.utils import CursorWrapper
from django.test import Client

from tests.web.people.cast import as_person, member
from tests.web.workspace.conftest import CITY, ENERGY, FACTORS
from vatra.web.base.faults import AWAY, FULL, fault_of
from vatra.web.base.models import AuditEntry
from vatra.web.cities.models import City
from vatra.web.workspace import store
from vatra.web.workspace.actions_start import do_open_workspace
from vatra.web.workspace.models import Version
from vatra.web.workspace.queries import head_of, sheet_of

URL = "/{}/cities/poiana/work/tables/energy/rows/2/"
SENT = {"base": "1", "c-source": "read again", "before-source": "meter"}


@pytest.fixture
def poiana(db: None, tmp_path: Path, settings: Any) -> City:
    settings.DATA = tmp_path / "data"
    pack = tmp_path / "out" / "pack"
    pack.mkdir(parents=True)
    for name, text in (("city.yaml", CITY), ("energy.csv", ENERGY), ("factors.csv", FACTORS)):
        (pack / name).write_text(text, "utf-8")
    city = City.objects.create(
        slug="poiana", name="Poiana", folder=str(pack.parent), run_id="0", base_year=2021
    )
    do_open_workspace(city=city, actor=None)
    return city


@pytest.fixture
def browser(poiana: City) -> Client:
    client = as_person(member("ana", poiana, "editor"))
    client.raise_request_exception = False
    return client


def no_room(*_: object, **__: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


# Every step of a write into the store.
MOMENTS = {
    "the new file": (store.tempfile, "mkstemp"),
    "on the disk": (os, "fsync"),
    "under its name": (os, "replace"),
    "its folder": (Path, "mkdir"),
}


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize(
    ("lang", "words"),
    [("en", "Nothing of what you sent was kept"), ("ro", "Nu s-a păstrat nimic din ce ați trimis")],
)
def test_a_full_disk_is_said_and_leaves_nothing(
    poiana: City, browser: Client, monkeypatch: pytest.MonkeyPatch, moment: str, lang: str,
    words: str,
) -> None:  # fmt: skip
    before, logged = sorted(store.folder().rglob("*")), AuditEntry.objects.count()
    with monkeypatch.context() as patch:
        patch.setattr(*MOMENTS[moment], no_room)
        answer = browser.post(URL.format(lang), SENT)
    assert answer.status_code == 507 and words in answer.content.decode()
    head = head_of(poiana)
    assert head is not None and head.number == Version.objects.count() == 1
    assert AuditEntry.objects.count() == logged
    files = [each for each in sorted(store.folder().rglob("*")) if each.is_file()]
    assert files == [each for each in before if each.is_file()]
    # With room again the same form is taken.
    assert browser.post(URL.format(lang), SENT).status_code == 302
    head = head_of(poiana)
    assert head is not None and sheet_of(head, "energy").rows[0]["source"] == "read again"


class Gone(Exception):
    """What the driver raises; no code: the server did not answer."""

    sqlstate: str | None = None


def away(*_: object, **__: object) -> None:
    raise OperationalError("consuming input failed: server closed the connection") from Gone()


@pytest.mark.parametrize(
    ("lang", "words"), [("en", "the site comes back by itself"), ("ro", "site-ul revine singur")]
)
def test_a_database_that_is_away_is_said_to_readers_and_to_people_at_work(
    browser: Client, monkeypatch: pytest.MonkeyPatch, lang: str, words: str
) -> None:
    reader = Client(raise_request_exception=False)
    addresses = [(reader, f"/{lang}/cities/poiana/"), (browser, f"/{lang}/cities/poiana/work/")]
    with monkeypatch.context() as patch:
        patch.setattr(CursorWrapper, "execute", away)
        for client, url in addresses:
            answer = client.get(url)
            assert answer.status_code == 503 and words in answer.content.decode()
            assert answer["Retry-After"] == "30" and answer["Cache-Control"] == "no-store"
        assert browser.post(URL.format(lang), SENT).status_code == 503
    assert browser.get(f"/{lang}/cities/poiana/work/").status_code == 200


def raised(problem: Exception, cause: Exception | None = None) -> Exception:
    problem.__cause__ = cause
    return problem


def coded(code: str) -> Exception:
    found = Gone()
    found.sqlstate = code
    return found


@pytest.mark.parametrize(
    ("problem", "fault"),
    [
        (OSError(errno.EDQUOT, "quota"), FULL),
        (OSError(errno.EFBIG, "longer than a file may be"), FULL),
        (OperationalError("database or disk is full"), FULL),
        (raised(OperationalError("could not extend file"), coded("53100")), FULL),
        (raised(ValueError("inside"), OSError(errno.ENOSPC, "no room")), FULL),
        (raised(OperationalError("terminating connection"), coded("57P01")), AWAY),
        (OperationalError("database is locked"), AWAY),
        # Ours, and no fault of the machine.
        (OperationalError("no such table: cities_city"), None),
        (raised(OperationalError("deadlock detected"), coded("40P01")), None),
        (OSError(errno.ENOENT, "no such file"), None),
        (ValueError("other"), None),
        (None, None),
    ],
)
def test_what_failed_is_told_apart(problem: Exception | None, fault: str | None) -> None:
    assert fault_of(problem) == fault
