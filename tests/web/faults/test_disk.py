"""The disk becomes full in the middle of long work: nothing half-written, the next try works."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError

from tests.web.faults.disk import Disk, Limit, SmallDisk
from tests.web.ops.conftest import SET_UP, Installation
from tests.web.people.cast import as_person
from tests.web.publication.conftest import Town, town  # noqa: F401
from tests.web.publication.keys import card
from vatra.runs.contract import run
from vatra.runs.publish import publish
from vatra.web.base.models import AuditEntry
from vatra.web.drafting import files
from vatra.web.jobs.actions import do_repeat_job
from vatra.web.jobs.models import Job
from vatra.web.ops.archive import digest_of
from vatra.web.ops.counters import Counters, count
from vatra.web.publication import folders, queries
from vatra.web.publication.actions_sign import do_sign_with_file
from vatra.web.publication.models import SealedContract
from vatra.web.workspace.packs import pack_folder
from vatra.web.workspace.queries import head_of

pytestmark = pytest.mark.django_db(transaction=True)
MIGRATE = "from django.core.management import call_command; call_command('migrate', verbosity=0)"


def disk_at(folder: Path, kind: str, megabytes: int = 40) -> Disk:
    if kind == "a limit":
        return Limit()
    made = SmallDisk(folder, megabytes)
    if not made.is_there:
        pytest.skip("no leave to mount a disk")
    return made


@pytest.fixture(params=["a limit", "a small disk"])
def disk(request: pytest.FixtureRequest, settings: Any, own_data: None) -> Iterator[Disk]:
    """The disk of the data folder."""
    made = disk_at(Path(settings.DATA), request.param)
    yield made
    made.remove()


@pytest.fixture
def small_disk(settings: Any, own_data: None) -> Iterator[Disk]:
    """The disk of the data folder, full as a whole and for nobody else. A limit would cut off the
    database of the tests as well, which is a file and grows while a job is written down; what a
    limit does to a folder of documents, the signature and the file of a draft below show."""
    made = disk_at(Path(settings.DATA), "a small disk")
    yield made
    made.remove()


@pytest.fixture
def largest(rendered_once: None, town: Town, tmp_path: Path) -> int:  # noqa: F811
    """Bytes of the largest file of what is sealed; documents lie on the shelf from here on, which
    is on another disk."""
    version = head_of(town.city)
    assert version is not None
    before = tmp_path / "before"
    publish(run(pack_folder(version)), before)
    return max(each.stat().st_size for each in before.iterdir())


def seals(town: Town) -> list[Path]:  # noqa: F811
    """All of what lies below the editions but the empty files of locks."""
    home = folders.path_of(folders.place_of(town.city.slug, "0" * 64)).parent
    return sorted(each for each in home.rglob("*") if each.is_dir() or each.stat().st_size)


# Before the first file, in the middle, in the largest one.
@pytest.mark.parametrize("share", [0.0, 0.1, 0.99])
def test_a_sealing_without_room_leaves_nothing_says_why_and_can_be_repeated(
    small_disk: Disk, town: Town, largest: int, share: float  # noqa: F811
) -> None:  # fmt: skip
    with small_disk.room(int(largest * share)):
        contract = town.seal()
    job = Job.objects.get(pk=contract.job_id)
    assert (contract.state, job.state, job.error_key) == ("failed", "failed", "web.jobs.disk-full")
    assert seals(town) == []
    page = as_person(town.lead).get(f"/ro/cities/poiana/work/jobs/{job.pk}/").content.decode()
    assert "Discul acestui site este plin" in page
    do_repeat_job(job=job, actor=town.lead)
    contract.refresh_from_db()
    assert contract.state == "sealed" and folders.faults(queries.folder_of(contract)) == []


def test_a_signature_and_a_publication_without_room_did_not_happen(
    disk: Disk, largest: int, town: Town, monkeypatch: pytest.MonkeyPatch  # noqa: F811
) -> None:  # fmt: skip
    contract = town.seal()
    asked = town.ask(contract, town.ana)
    folder = queries.folder_of(contract)
    content = card("Ana Pop").detached((folder / "contract.json").read_bytes())
    with disk.room(0), pytest.raises(OSError):
        do_sign_with_file(signatory=asked, content=content, actor=town.ana)
    assert [each for each in folder.glob("signatures/*") if each.is_file()] == []
    asked.refresh_from_db()
    assert asked.state == "asked" or not asked.signed_at
    do_sign_with_file(signatory=asked, content=content, actor=town.ana)

    def full(*_: Any, **__: Any) -> None:
        raise OperationalError("database or disk is full")

    browser = as_person(town.lead)
    browser.raise_request_exception = False
    page = f"/en/cities/poiana/work/publish/{contract.number}/show/"
    logged = AuditEntry.objects.count()
    with monkeypatch.context() as patch:
        # The last thing that a publication writes.
        patch.setattr(AuditEntry, "save", full)
        answer = browser.post(page)
    assert answer.status_code == 507 and "disk of this site is full" in answer.content.decode()
    contract.refresh_from_db()
    town.city.refresh_from_db()
    assert (contract.state, contract.edition, town.city.is_listed) == ("signed", None, False)
    assert AuditEntry.objects.count() == logged
    assert browser.post(page).status_code == 302
    assert SealedContract.objects.get().state == "published"


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["a limit", "a small disk"])
def test_a_backup_without_room_is_refused_and_leaves_no_file(tmp_path: Path, kind: str) -> None:
    installed = Installation(tmp_path / "data")
    installed.python(SET_UP + MIGRATE)
    # Bytes that do not become fewer: the file of the backup is the longest of all.
    (installed.data / "store").mkdir()
    (installed.data / "store" / "noise").write_bytes(os.urandom(6_000_000))
    disk = disk_at(tmp_path / "backups", kind)
    home = tmp_path / "backups"
    home.mkdir(exist_ok=True)
    try:
        file = home / "vatra.zip"
        # Too little for the copy of the database, and for the file itself.
        for room in (100_000, 5_000_000):
            with disk.room(room):
                said = installed.admin("backup", file, code=1)
            assert "cannot be written" in said and "Nothing was left of it" in said
            assert [each.name for each in home.iterdir()] == []
        installed.admin("backup", file)
        assert digest_of(file)
    finally:
        disk.remove()


def test_a_file_of_a_draft_without_room_is_not_kept(
    disk: Disk, town: Town, monkeypatch: pytest.MonkeyPatch  # noqa: F811
) -> None:  # fmt: skip
    version = head_of(town.city)
    assert version is not None
    wanted = files.Wanted(version, "draft", "en", "pdf")
    files.ready(version)
    monkeypatch.setattr(files, "draft_bytes", lambda *_: bytes(50_000))
    browser = as_person(town.lead)
    browser.raise_request_exception = False
    with disk.room(20_000):
        answer = browser.get("/en/cities/poiana/work/contract/draft.en.pdf")
    assert answer.status_code == 507
    assert [each for each in wanted.path.parent.glob("*") if each.is_file()] == []
    assert browser.get("/en/cities/poiana/work/contract/draft.en.pdf").status_code == 200


def test_a_full_disk_ends_no_process_that_counts_its_requests(
    small_disk: Disk, settings: Any
) -> None:
    """A number put into a file that has no room on the disk would be SIGBUS."""
    place = Path(settings.DATA) / "metrics"
    place.mkdir()
    with small_disk.room(0):
        with pytest.raises(OSError, match="No space"):
            Counters(place, 10_000)
        count("cities:list", 200, 1)
    assert list(place.iterdir()) == []
