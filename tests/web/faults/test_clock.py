"""The machine's clock goes back an hour or forward a year: what stands goes on, in its order."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.utils import timezone

import tests.web.jobs.kinds  # noqa: F401
from tests.web.people.cast import as_person, code_of, person
from vatra.web.base.actions import do_record_write
from vatra.web.base.audit import check
from vatra.web.base.models import AuditEntry, AuditHead
from vatra.web.cities.models import City
from vatra.web.jobs import ending
from vatra.web.jobs.actions import do_begin_job, do_clear_jobs
from vatra.web.jobs.handle import Handle
from vatra.web.jobs.keeper import Keeper
from vatra.web.jobs.models import Job, Worker
from vatra.web.jobs.queries import somebody_works
from vatra.web.people.models import User
from vatra.web.workspace.actions import do_save_cells
from vatra.web.workspace.changes import CellChange
from vatra.web.workspace.models import Version
from vatra.web.workspace.queries import versions

HOUR, YEAR = 3600, 365 * 24 * 3600
JUMPS = pytest.mark.parametrize("jump", [-HOUR, YEAR], ids=["back an hour", "forward a year"])


class Clock:
    """The machine's clock, put by so many seconds; what only counts seconds goes on evenly."""

    seconds = 0


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[Clock]:
    made, true_time, true_now = Clock(), time.time, timezone.now

    def now() -> datetime:
        return true_now() + timedelta(seconds=made.seconds)

    with monkeypatch.context() as patch:
        patch.setattr(time, "time", lambda: true_time() + made.seconds)
        patch.setattr(timezone, "now", now)
        # The counters of attempts and of used codes have a name of their own for it.
        patch.setattr("django.core.cache.backends.db.tz_now", now)
        yield made


@JUMPS
def test_a_job_under_way_stays_with_its_worker(
    poiana: City, ana: User, clock: Clock, settings: Any, jump: int
) -> None:
    settings.JOBS_BACKEND = "default"
    job = do_begin_job(kind="tests.count", city=poiana, params={"to": 3}, actor=ana)
    held = ending.claim(job.pk, 1)
    assert held is not None
    passed = [0.0]
    keeper = Keeper(30, lambda: passed[0])
    keeper.look()
    handle = Handle(held)
    for seconds in (20, 40, 60):
        passed[0] = seconds
        # It beats; the clock jumps between two beats.
        clock.seconds = jump if seconds >= 40 else 0
        handle._written = 0.0
        handle.progress(1, 3, f"step {seconds}")
        assert keeper.look() == []
        do_clear_jobs()
    # Its worker dies: that is seen as ever.
    passed[0] = 91
    assert [each.pk for each in keeper.look()] == [job.pk]
    again = ending.claim(job.pk, 2)
    assert again is not None and not ending.end(held, "done") and ending.end(again, "done")
    assert Job.objects.get().state == "done"


def test_a_worker_seen_in_a_time_to_come_is_not_waited_for(db: None, clock: Clock) -> None:
    Worker.objects.create(name="w", seen_at=timezone.now())
    assert somebody_works()
    # It may have died meanwhile; one that lives is seen again within seconds.
    clock.seconds = -HOUR
    assert not somebody_works()
    Worker.objects.update(seen_at=timezone.now())
    assert somebody_works()
    clock.seconds = YEAR
    assert not somebody_works()


def test_a_session_outlives_a_clock_put_back_but_not_a_year(ana: User, clock: Clock) -> None:
    browser, work = as_person(ana), "/en/cities/poiana/work/history/"
    assert browser.get(work).status_code == 200
    clock.seconds = -HOUR
    assert browser.get(work).status_code == 200
    # Four hours idle end it, counted on the clock that holds now: 3 h 50 min do not.
    clock.seconds = -HOUR + 230 * 60
    assert browser.get(work).status_code == 200
    clock.seconds = YEAR
    assert browser.get(work).status_code == 302
    # Put right again, the ended session stays ended.
    clock.seconds = 0
    assert browser.get(work).status_code == 302


def test_a_code_is_taken_once_however_the_clock_is_put(db: None, clock: Clock) -> None:
    secret = generate_totp_secret()
    app = TOTP.activate(person("eva"), secret)
    used = code_of(secret)
    assert app.validate_code(used) and not app.validate_code(used)
    clock.seconds = -HOUR
    assert not app.validate_code(used)
    # Whoever's telephone shows the machine's time gets in.
    earlier = code_of(secret)
    assert app.validate_code(earlier) and not app.validate_code(earlier)
    clock.seconds = 0
    assert not app.validate_code(used)
    clock.seconds = YEAR
    assert not app.validate_code(used) and app.validate_code(code_of(secret))


def test_the_log_and_the_versions_keep_the_order_in_which_they_were_written(
    poiana: City, first: Version, ana: User, clock: Clock
) -> None:
    base, moments = first, []
    for n, clock.seconds in enumerate((0, -HOUR, YEAR, -HOUR)):
        change = CellChange("change", 2, "amount", f"{1000 + n}", f"{1001 + n}")
        saved = do_save_cells(city=poiana, table="energy", base=base, changes=[change], actor=ana)
        base = saved.version
        do_record_write(actor="test", verb="say", noun="thing", name=f"thing-{n}")
        moments.append(base.at)
    assert moments[1] < moments[0] < moments[2] and moments[3] < moments[0]
    assert [each.number for each in versions(poiana)] == [5, 4, 3, 2, 1]
    assert base.parent is not None and base.parent.number == 4
    head = AuditHead.objects.get()
    assert check(AuditEntry.objects.order_by("pk"), head.count, head.last).holds
    named = AuditEntry.objects.filter(noun="thing").values_list("name", flat=True)
    assert list(named) == [f"thing-{n}" for n in range(4)]
