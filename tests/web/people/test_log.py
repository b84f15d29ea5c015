"""The log: chained, never changed, verified, and readable by those who may."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from tests.web.pages import read
from tests.web.people.cast import as_person, member, person
from vatra.web.base import triggers
from vatra.web.base.actions import do_record_write
from vatra.web.base.audit import START
from vatra.web.base.models import AuditEntry, AuditHead
from vatra.web.base.queries import verify
from vatra.web.cities.models import City
from vatra.words import say

pytestmark = pytest.mark.django_db


@pytest.fixture
def written(db: None) -> list[AuditEntry]:
    return [
        do_record_write(actor="test", verb="enter", noun="edition", name=name)
        for name in ("iasi", "cluj", "arad", "bacău")
    ]


def test_each_entry_names_the_one_before_it(written: list[AuditEntry]) -> None:
    assert [each.previous for each in written] == [START, *(each.hash for each in written[:-1])]
    assert verify().holds and verify().whole_count == 4


def test_an_empty_log_holds(db: None) -> None:
    assert verify().holds


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("actor", "somebody else"),
        ("verb", "renew"),
        ("name", "dej"),
        ("city", "dej"),
        ("detail", "x"),
        ("at", "2020-01-01T00:00:00Z"),
        ("hash", "f" * 64),
    ],
)
def test_an_altered_entry_is_named(written: list[AuditEntry], column: str, value: str) -> None:
    AuditEntry.objects.filter(pk=written[1].pk).update(**{column: value})
    found = verify()
    assert (found.whole_count, found.broken_id, found.fault) == (1, written[1].pk, "altered")


def test_a_removed_entry_is_noticed_at_the_next(written: list[AuditEntry]) -> None:
    AuditEntry.objects.filter(pk=written[1].pk).delete()
    found = verify()
    assert (found.whole_count, found.broken_id, found.fault) == (1, written[2].pk, "out-of-chain")


def test_a_cut_end_is_noticed(written: list[AuditEntry]) -> None:
    AuditEntry.objects.filter(pk=written[3].pk).delete()
    assert (verify().whole_count, verify().fault) == (3, "cut")


def test_a_write_that_fails_leaves_no_entry_and_a_whole_chain(written: list[AuditEntry]) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        do_record_write(actor="test", verb="enter", noun="edition", name="dej")
        raise ZeroDivisionError
    do_record_write(actor="test", verb="enter", noun="edition", name="turda")
    assert verify().holds and verify().whole_count == 5


def test_the_database_refuses_to_change_or_remove_an_entry(written: list[AuditEntry]) -> None:
    triggers.install(connection)
    for change in (
        lambda: AuditEntry.objects.filter(pk=written[0].pk).update(actor="me"),
        lambda: AuditEntry.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError, match="only ever added to"), transaction.atomic():
            change()
    do_record_write(actor="test", verb="enter", noun="edition", name="dej")
    assert verify().holds and verify().whole_count == 5
    triggers.remove(connection)


MIGRATE = """
import sys, django
django.setup()
from django.core.management import call_command
call_command("migrate", *sys.argv[1:], verbosity=0)
if not sys.argv[1:]:
    from vatra.web.base.queries import verify
    print(verify().holds, verify().whole_count)
"""


@pytest.mark.slow
def test_entries_from_before_the_chain_are_chained_and_held(tmp_path: Path) -> None:
    """A database as it was released, with three entries, is brought up to date by migrations."""
    own = {"DJANGO_SETTINGS_MODULE": "vatra.web.site.settings", "VATRA_DATA": str(tmp_path)}
    own["VATRA_DATABASE_URL"] = ""

    def migrate(*to: str) -> str:
        command = [sys.executable, "-c", MIGRATE, *to]
        done = subprocess.run(command, env=os.environ | own, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout

    migrate("base", "0001")
    with sqlite3.connect(tmp_path / "vatra.sqlite3") as database:
        for name in ("iasi", "cluj", "arad"):
            database.execute(
                "INSERT INTO base_auditentry (at, actor, verb, noun, name, detail) "
                "VALUES ('2026-11-01 10:00:00.123456', 'vatra serve', 'enter', 'edition', ?, '')",
                (name,),
            )
    assert migrate() == "True 3\n"
    with sqlite3.connect(tmp_path / "vatra.sqlite3") as database:
        cities = database.execute("SELECT city FROM base_auditentry ORDER BY id").fetchall()
        assert cities == [("iasi",), ("cluj",), ("arad",)]
        for statement in ("DELETE FROM base_auditentry", "UPDATE base_auditentry SET actor = 'me'"):
            with pytest.raises(sqlite3.IntegrityError, match="only ever added to"):
                database.execute(statement)


def test_an_administrator_reads_the_own_citys_log_only(
    town: City, other_town: City, written: list[AuditEntry]
) -> None:
    for city in (town, other_town):
        words = {"verb": "invite", "noun": "invitation", "name": "i", "detail": city.name}
        do_record_write(actor="test", **words, city=city.slug)
    client = as_person(member("ana", town, "administrator"))
    page = read(client.get("/en/cities/poiana/log/"))
    assert "Poiana" in page.text and "Valea" not in page.text and "iasi" not in page.text


def test_the_whole_log_is_filtered_and_verified(written: list[AuditEntry]) -> None:
    client = as_person(person("ana", proved=True, is_installation_administrator=True))
    do_record_write(actor="person-1", verb="invite", noun="invitation", name="invitation-1")
    assert "invitation-1" not in read(client.get("/en/log/?noun=edition")).text
    assert "iasi" not in read(client.get("/en/log/?verb=invite")).text
    assert "The chain holds: 5 entries." in read(client.get("/en/log/?verify=1")).text
    AuditEntry.objects.filter(pk=written[2].pk).update(name="dej")
    text = read(client.get("/ro/log/?verify=1")).text
    assert f"Înregistrarea {written[2].pk} a fost modificată" in text


def test_the_number_of_an_entry_is_a_name_and_no_amount() -> None:
    for fault in ("altered", "out-of-chain"):
        told = say(f"web.people.log-{fault}", "ro", entry=1392, count=1391)
        assert "Înregistrarea 1392 " in told and "Cele 1.391 " in told


def test_an_entry_shows_the_name_while_there_is_one(town: City) -> None:
    ana = member("ana", town, "administrator")
    do_record_write(actor=ana.log_name, verb="open", noun="city", name="poiana", city="poiana")
    reader = as_person(member("ion", town, "administrator"))
    assert "Ana" in read(reader.get("/en/cities/poiana/log/")).text
    number = ana.log_name
    ana.delete()
    text = read(reader.get("/en/cities/poiana/log/")).text
    assert "Ana" not in text and number in text


def test_the_head_is_one_row(written: list[AuditEntry]) -> None:
    head: Any = AuditHead.objects.get()
    assert (head.count, head.last) == (4, written[-1].hash)
