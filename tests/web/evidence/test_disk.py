"""The disk becomes full while a file is received: the page says so, nothing is half-written."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.web.evidence.conftest import HEAD, send
from tests.web.faults.disk import Disk
from tests.web.faults.test_disk import disk_at
from vatra.web.base import incoming
from vatra.web.base.models import AuditEntry
from vatra.web.cities.models import City
from vatra.web.evidence.models import Upload
from vatra.web.workspace import store

pytestmark = pytest.mark.django_db
# Values that do not become fewer when they are packed.
ROWS = "".join(
    f"buildings,diesel,1,2021,{random.Random(at).random()},MWh,m{at * 7919 % 104729}\n"
    for at in range(4_000)
)


@pytest.fixture(params=["a limit", "a small disk"])
def disk(request: pytest.FixtureRequest, settings: Any, own_data: None) -> Iterator[Disk]:
    """The disk of the data folder, where files on their way in lie too."""
    made = disk_at(Path(settings.DATA), request.param, 8)
    yield made
    made.remove()


def lying() -> dict[str, bytes]:
    """What lies in the store and where files come in."""
    places = (store.folder(), incoming.folder())
    files = (each for place in places for each in place.rglob("*") if each.is_file())
    return {str(each): each.read_bytes() for each in files}


def test_whenever_the_room_ends_the_page_says_so_and_nothing_is_half_written(
    disk: Disk, poiana: City, client_of_con: Client
) -> None:
    content = HEAD + ROWS
    size = len(content.encode())
    # Nothing at all; in the middle of its way in; the file itself, then its rows as they are kept.
    rooms, refused = (0, size // 2, size + 8192, 2 * size + 8192, 2 * size + 60_000), 0
    before, logged = lying(), AuditEntry.objects.count()
    for room in rooms:
        with disk.room(room):
            answer = send(client_of_con, content, url="/ro/cities/poiana/work/evidence/")
        if answer.status_code != 507:
            break
        refused += 1
        assert "Nu mai este loc pe discul acestui site" in answer.content.decode()
        assert 'name="file"' in answer.content.decode()
        assert not Upload.objects.exists()
        assert AuditEntry.objects.count() == logged
        for name, there in lying().items():
            # What was kept whole before the room ended is there under its own hash, nothing else.
            whole = Path(name).name == hashlib.sha256(there).hexdigest()
            assert name in before or whole, (room, name)
    assert refused >= 2
    if answer.status_code == 507:
        assert send(client_of_con, content).status_code == 302
    upload = Upload.objects.get()
    assert (upload.state, upload.row_count) == ("ready", 4_000)
