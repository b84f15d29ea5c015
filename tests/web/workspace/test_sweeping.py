"""What belongs to nobody goes after a day; what anybody speaks of, or is about to, stays."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import CharField, JSONField
from django.utils import timezone

from vatra.web.base import incoming
from vatra.web.base.models import AuditEntry
from vatra.web.cities.models import City
from vatra.web.evidence.models import Upload
from vatra.web.jobs.keeper import do_chores
from vatra.web.ops import checks
from vatra.web.ops.places import data_files
from vatra.web.workspace import store, sweeping
from vatra.web.workspace.models import Version

DAY = 24 * 3600
JUST_BEFORE, JUST_AFTER = DAY + 60, DAY - 60


def aged(path: Path, seconds: float) -> Path:
    at = time.time() - seconds
    os.utime(path, (at, at))
    return path


def kept(content: bytes, seconds: float) -> str:
    sha = store.put(content)
    aged(store.path_of(sha), seconds)
    return sha


def lying() -> set[str]:
    return {each.sha for each in store.lying()}


def test_only_what_is_old_and_of_nobody_goes(poiana: City, first: Version) -> None:
    for sha in first.manifest.values():
        aged(store.path_of(sha), 300 * DAY)
    handed, rows = kept(b"handed in", 300 * DAY), kept(b"its rows", 300 * DAY)
    Upload.objects.create(
        city=poiana, name="a.csv", sha=handed, mapped_sha=rows, byte_count=9, at=timezone.now()
    )
    forgotten = kept(b"forgotten", JUST_BEFORE), kept(b"too", JUST_BEFORE)
    young = kept(b"a write under way", JUST_AFTER)
    # "forgotten" and "too": 9 + 3 bytes of 2 files.
    assert sweeping.unwanted() == (sweeping.Swept(2, 12), sweeping.Swept(1, 17))
    found = [each for each in checks._store() if each.check == "unwanted"]
    assert [(each.severity, each.params) for each in found] == [
        ("warning", {"count": 2, "byte_count": 12})
    ]
    do_chores()
    assert lying() == {*first.manifest.values(), handed, rows, young}
    assert not lying() & set(forgotten)
    said = AuditEntry.objects.filter(verb="sweep").get()
    assert (said.actor, said.detail) == ("vatra worker", "2 files, 12 bytes")
    # Nothing more to do, nothing more to say; the check tells of the young one: 17 bytes.
    assert sweeping.do_sweep_installation(actor="vatra admin") == sweeping.Swept(0, 0)
    assert AuditEntry.objects.filter(verb="sweep").count() == 1
    found = [each for each in checks._store() if each.check == "unwanted"]
    assert [(each.severity, each.params) for each in found] == [
        ("ok", {"count": 1, "byte_count": 17})
    ]


def test_an_upload_whose_bytes_are_gone_is_found_out(poiana: City) -> None:
    sha = kept(b"handed in", 0)
    Upload.objects.create(city=poiana, name="a.csv", sha=sha, byte_count=9, at=timezone.now())
    store.path_of(sha).unlink()
    assert [each.params for each in checks._store() if each.severity == "error"] == [
        {"files": [sha]}
    ]


@pytest.mark.parametrize("again", [store.put, lambda content: store.put_file(_file(content))])
def test_what_is_stored_again_at_the_last_moment_stays(own_data: None, again: object) -> None:
    sha = kept(b"once more", JUST_BEFORE)
    before = time.time() - DAY
    assert callable(again) and again(b"once more") == sha
    # The sweep saw it old and unspoken of, and comes to it only now.
    assert not store.drop(sha, before)
    assert store.read(sha) == b"once more"


def _file(content: bytes) -> Path:
    path = store.folder().parent / "handed"
    path.write_bytes(content)
    return path


def test_what_a_killed_process_left_half_written_goes(db: None) -> None:
    for place in (store.folder(), incoming.folder()):
        (place / "folder.partial").mkdir(parents=True)
        (place / "folder.partial" / "rows").write_bytes(b"12345")
        (place / "old.partial").write_bytes(b"123")
        (place / "young.partial").write_bytes(b"1")
        for name in ("folder.partial/rows", "folder.partial", "old.partial"):
            aged(place / name, JUST_BEFORE)
        aged(place / "young.partial", JUST_AFTER)
        (place / "README").write_bytes(b"somebody's own")
        aged(place / "README", JUST_BEFORE)
    # In each of two places a folder of 5 bytes and a file of 3.
    assert sweeping.do_sweep_installation(actor="vatra admin") == sweeping.Swept(4, 16)
    for place in (store.folder(), incoming.folder()):
        assert sorted(each.name for each in place.iterdir()) == ["README", "young.partial"]


def test_what_was_left_half_made_goes_and_what_is_being_filled_stays(
    db: None, own_data: None
) -> None:
    made = store.folder().parent / "made"
    left, filled, page = (
        made / "1" / "digest" / "left.partial",
        made / "1" / "digest" / "filled.partial",
        made / "pages" / "program" / "ab" / "page.partial",
    )
    whole = made / "1" / "digest" / "output" / "findings.json"
    for folder in (left / "pack", filled / "pack", page.parent, whole.parent):
        folder.mkdir(parents=True)
    for file in (left / "pack" / "rows", filled / "pack" / "rows", page, whole):
        file.write_bytes(b"12345")
    for old in (left / "pack" / "rows", left / "pack", left, filled / "pack", filled, page, whole):
        aged(old, JUST_BEFORE)
    # A folder with 5 bytes and a page of 5; the other folder got a file a moment ago.
    assert sweeping.do_sweep_installation(actor="vatra admin") == sweeping.Swept(2, 10)
    assert not left.exists() and not page.exists()
    assert (filled / "pack" / "rows").exists() and whole.exists()


def test_no_backup_takes_along_what_comes_in(own_data: None) -> None:
    incoming.folder().mkdir(parents=True)
    (incoming.folder() / "a").write_bytes(b"1")
    sha = store.put(b"kept")
    names = [each.name for each in data_files(store.folder().parent, [])]
    assert names == [f"data/store/{sha[:2]}/{sha}"]


# Columns that can hold a hash and keep no stored bytes: seals, tokens, digests of many files. The
# changes of a version speak of what its manifest or that of an earlier version keeps.
OTHERS = {
    "api.token.hash",
    "base.auditentry.hash",
    "base.auditentry.previous",
    "base.audithead.last",
    "cities.city.headline",
    "cities.city.run_id",
    "contracts.contractedition.seal",
    "drafting.figurereading.data",
    "drafting.figurereading.values",
    "drafting.review.gaps",
    "editing.scenario.choices",
    "evidence.savedmapping.headings_key",
    "evidence.upload.against",
    "evidence.upload.findings",
    "jobs.job.error_params",
    "jobs.job.params",
    "jobs.job.result",
    "jobs.job.task_id",
    "lint.keptreport.key_hash",
    "lint.keptreport.report",
    "people.invitation.token_hash",
    "progress.frozenreport.seal",
    "progress.seenchance.run_id",
    "progress.told.key",
    "publication.sealedcontract.seal",
    "publication.sealedcontract.version_digest",
    "publication.signature.print",
    "publication.signature.sha256",
    "search.entry.url_args",
    "workspace.version.changes",
    "workspace.version.digest",
}


def test_every_column_with_room_for_a_hash_is_judged() -> None:
    """Who adds a column says whether the sweep must know of it, before it takes somebody's file."""
    found, spoken = set(), set()
    for model in apps.get_models():
        if not model.__module__.startswith("vatra."):
            continue
        label = model._meta.label_lower
        spoken |= {f"{label}.{each}" for each in getattr(model, sweeping.COLUMNS, ())}
        for column in model._meta.concrete_fields:
            has_room = isinstance(column, CharField) and column.max_length == 64
            if has_room or isinstance(column, JSONField):
                found.add(f"{label}.{column.name}")
    assert spoken <= found
    assert found - spoken == OTHERS
