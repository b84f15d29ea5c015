"""Poiana's world with a browser for everybody, and what an answer means: for tests that ask for
every address of every app. Import ``poiana`` and ``walk`` in a ``conftest.py``."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import Client

from tests.web.people.cast import as_person
from tests.web.people.rights import CAST, World
from tests.web.site.collected import RIGHTS, things
from tests.web.site.poiana import make_world, write_poiana

# A visitor's own affairs begin there.
ENTRANCE = ("people:login", "people:login-key")


@dataclass
class Walk:
    """Poiana and a browser for everybody, kept for all tests of this file."""

    world: World
    clients: dict[str, Client]
    things: dict[str, object]

    def url(self, name: str, lang: str = "ro") -> str:
        """The address of a row."""
        return RIGHTS[name].url.format(lang=lang, **self.things)

    def ask(self, name: str, who: str, method: str, slug: str = "poiana") -> tuple[str, Any]:
        """The outcome and the answer; whatever was written is taken back."""
        lang = "en" if CAST.index(who) % 2 else "ro"
        url = self.url(name, lang).replace("poiana", slug)
        client, kept = self.clients[who], dict(self.clients[who].cookies)
        with transaction.atomic():
            response = client.generic(method, url)
            response.close()
            transaction.set_rollback(True)
        client.cookies.clear()
        client.cookies.update(kept)
        return outcome(response, name), response


def outcome(response: Any, name: str) -> str:
    if response.status_code == 405:
        return "unknown method"
    if response.status_code >= 500:
        return f"broken ({response.status_code})"
    to_login = "/account/login/" in response.get("Location", "") and name not in ENTRANCE
    return "refused" if to_login or response.status_code in (401, 403, 404) else "allowed"


@pytest.fixture(scope="module")
def poiana(shelf: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    pack = tmp_path_factory.mktemp("poiana-pack")
    return write_poiana(pack, tmp_path_factory.mktemp("poiana"), shelf)


@contextmanager
def taken_back() -> Iterator[None]:
    """All that is written inside is taken back at the end."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def walk(django_db_setup: None, django_db_blocker: Any, poiana: Path) -> Iterator[Walk]:
    # One world for all rows: each request takes back what it wrote.
    with django_db_blocker.unblock(), taken_back():
        # What an earlier world froze is no business of this one's.
        shutil.rmtree(Path(settings.DATA) / "reports", ignore_errors=True)
        world = make_world(poiana)
        clients = {who: as_person(one) for who, one in world.people.items()}
        yield Walk(world, {"visitor": Client(), **clients}, things(world))
    connection.close()
