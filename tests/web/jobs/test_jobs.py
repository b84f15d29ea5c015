"""Jobs begin, say how far they are, stop when asked, and change hands once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.web.jobs import kinds as own
from tests.web.pages import read
from tests.web.people.cast import as_person, member
from vatra.web.base.models import AuditEntry
from vatra.web.cities.models import City
from vatra.web.jobs import ending
from vatra.web.jobs.actions import do_begin_job, do_cancel_job, do_clear_jobs, do_repeat_job
from vatra.web.jobs.handle import Handle, Lost
from vatra.web.jobs.keeper import Keeper
from vatra.web.jobs.models import Job
from vatra.web.jobs.queue import run_job
from vatra.web.people.errors import Refused
from vatra.web.people.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(db: None) -> City:
    return City.objects.create(
        slug="poiana", name="Poiana", folder="/nowhere", run_id="0", base_year=2021
    )


@pytest.fixture
def ana(town: City) -> User:
    own.ended.clear()
    return member("ana", town, "editor")


@pytest.fixture
def queued(settings: Any) -> None:
    settings.JOBS_BACKEND = "default"


def begin(kind: str, city: City, actor: User, **params: Any) -> Job:
    return do_begin_job(kind=f"tests.{kind}", city=city, params=params, actor=actor)


def test_a_job_is_done_and_its_result_kept(town: City, ana: User) -> None:
    job = begin("count", town, ana, to=3)
    assert (job.state, job.result, job.done_count, job.total_count) == ("done", {"sum": 3}, 0, 3)
    assert AuditEntry.objects.filter(noun="job", verb="begin", city="poiana").count() == 1
    assert own.ended == []


def test_a_failure_says_why_in_words_of_its_own_or_in_general_ones(town: City, ana: User) -> None:
    refused, broken = begin("refuse", town, ana), begin("break", town, ana)
    assert (refused.state, refused.error_key) == ("failed", "web.jobs.unknown")
    assert (broken.state, broken.error_key) == ("failed", "web.jobs.broke")
    assert own.ended == [(refused.pk, "failed"), (broken.pk, "failed")]
    page = as_person(ana).get(f"/en/cities/poiana/work/jobs/{broken.pk}/").content.decode()
    assert "Try again" in page
    assert "inner detail" not in page


def test_who_may_not_cannot_begin(town: City, ana: User) -> None:
    vio = member("vio", town, "viewer")
    with pytest.raises(Refused):
        begin("count", town, vio, to=1)
    with pytest.raises(Refused):
        begin("break", town, member("con", town, "contributor"))
    assert not Job.objects.exists()


def test_a_waiting_job_is_stopped_at_once_and_never_runs(
    town: City, ana: User, queued: None
) -> None:
    job = begin("count", town, ana, to=3)
    assert job.state == "waiting"
    do_cancel_job(job=job, actor=ana)
    run_job.func(job.pk, 1)
    job.refresh_from_db()
    assert (job.state, own.ended) == ("cancelled", [(job.pk, "cancelled")])


def test_a_running_job_hears_that_it_must_stop(town: City, ana: User, queued: None) -> None:
    job = begin("count", town, ana, to=3)
    Job.objects.filter(pk=job.pk).update(wish_cancel=True)
    run_job.func(job.pk, 1)
    job.refresh_from_db()
    assert job.state == "cancelled"


def test_one_of_two_workers_gets_a_job(town: City, ana: User, queued: None) -> None:
    job = begin("count", town, ana, to=3)
    assert ending.claim(job.pk, 1) is not None
    assert ending.claim(job.pk, 1) is None


def test_only_who_asked_or_an_editor_stops_it(town: City, ana: User, queued: None) -> None:
    job = begin("count", town, ana, to=3)
    with pytest.raises(Refused):
        do_cancel_job(job=job, actor=member("con", town, "contributor"))
    own_job = begin("count", town, member("dan", town, "contributor"), to=3)
    assert do_cancel_job(job=own_job, actor=ana).state == "cancelled"


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_silent_job_passes_on_and_its_old_run_may_write_no_more(
    town: City, ana: User, queued: None
) -> None:
    job = begin("count", town, ana, to=3)
    held = ending.claim(job.pk, 1)
    assert held is not None
    clock = Clock()
    keeper = Keeper(30, clock)
    assert keeper.look() == []
    clock.now = 29
    assert keeper.look() == []
    clock.now = 31
    assert [each.pk for each in keeper.look()] == [job.pk]
    job.refresh_from_db()
    assert (job.state, job.attempt) == ("waiting", 2)
    with pytest.raises(Lost):
        Handle(held).progress(1, 3)
    assert not ending.end(held, "done")
    run_job.func(job.pk, 2)
    job.refresh_from_db()
    assert job.state == "done"


def test_a_clock_that_jumps_makes_no_job_silent(town: City, ana: User, queued: None) -> None:
    job = begin("count", town, ana, to=3)
    ending.claim(job.pk, 1)
    # As if the machine's clock had been put forward by a day since the last beat.
    Job.objects.filter(pk=job.pk).update(heartbeat_at=timezone.now() - timedelta(days=1))
    assert Keeper(30, Clock()).look() == []


def test_a_job_that_beats_is_not_silent(town: City, ana: User, queued: None) -> None:
    job = begin("count", town, ana, to=3)
    ending.claim(job.pk, 1)
    clock = Clock()
    keeper = Keeper(30, clock)
    for clock.now in (0, 20, 40, 60):
        Job.objects.filter(pk=job.pk).update(heartbeat_at=timezone.now())
        assert keeper.look() == []


def test_silence_says_nothing_while_somebody_else_holds_the_database(
    town: City, ana: User, queued: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that is taken over holds SQLite's one place to write: its own job cannot beat."""
    job = begin("count", town, ana, to=3)
    ending.claim(job.pk, 1)
    clock = Clock()
    keeper = Keeper(30, clock)
    keeper.look()
    clock.now = 31
    with monkeypatch.context() as patch:
        patch.setattr(keeper, "takes_writers", lambda: False)
        assert keeper.look() == []
    # It listens anew from its next look at 40 on: 30 seconds later, and no sooner.
    for clock.now, lost in ((40, []), (69, []), (70, [job.pk])):
        assert [each.pk for each in keeper.look()] == lost
    # An eighth of 30 seconds is 3.75: who waited 4 found the database held, who waited 3 not.
    for waited, takes in ((4, False), (3, True)):
        times = iter((0, waited))
        assert Keeper(30, lambda times=times: next(times)).takes_writers() is takes


def test_a_job_that_loses_every_worker_says_so(town: City, ana: User, queued: None) -> None:
    job = begin("count", town, ana, to=3)
    clock = Clock()
    keeper = Keeper(30, clock)
    for attempt in (1, 2, 3):
        assert ending.claim(job.pk, attempt) is not None
        keeper.look()
        clock.now += 31
        keeper.look()
    job.refresh_from_db()
    assert (job.state, job.error_key) == ("stale", "web.jobs.lost")
    assert own.ended == [(job.pk, "stale")]
    do_repeat_job(job=job, actor=ana)
    assert (job.state, job.attempt, job.error_key) == ("waiting", 4, "")
    # A person asked: it may lose its worker as often as a new one before it is given up.
    assert ending.claim(job.pk, 4) is not None
    keeper.look()
    clock.now += 31
    keeper.look()
    job.refresh_from_db()
    assert (job.state, job.attempt) == ("waiting", 5)


def test_a_job_that_was_stopped_is_tried_again_by_who_may_begin_it(
    town: City, ana: User, queued: None
) -> None:
    job = begin("count", town, member("dan", town, "contributor"), to=3)
    do_cancel_job(job=job, actor=ana)
    with pytest.raises(Refused):
        do_repeat_job(job=job, actor=member("vio", town, "viewer"))
    con = member("con", town, "contributor")
    assert do_repeat_job(job=job, actor=con).state == "waiting"
    # It is done for who asked last: theirs are the rights.
    assert job.asked_by == con
    run_job.func(job.pk, 2)
    job.refresh_from_db()
    assert (job.state, job.result) == ("done", {"sum": 3})
    # Who may stop a job may not therefore begin it: this one needs an editor.
    broken = begin("break", town, ana)
    Job.objects.filter(pk=broken.pk).update(asked_by=con, state="failed")
    with pytest.raises(Refused) as refused:
        do_repeat_job(job=broken, actor=con)
    assert refused.value.key == "web.people.must-edit"


def test_two_who_try_again_at_once_begin_it_once(town: City, ana: User, queued: None) -> None:
    from django_tasks_db.models import DBTaskResult

    job = begin("count", town, ana, to=3)
    do_cancel_job(job=job, actor=ana)
    one, other = Job.objects.get(pk=job.pk), Job.objects.get(pk=job.pk)
    do_repeat_job(job=one, actor=ana)
    with pytest.raises(Refused) as refused:
        do_repeat_job(job=other, actor=ana)
    assert refused.value.key == "web.jobs.under-way"
    assert ending.asked_again(other, ana) is None
    # Its first entry in the queue and that of the one repetition.
    assert DBTaskResult.objects.count() == 2
    twin = begin("count", town, ana, to=5)
    do_cancel_job(job=twin, actor=ana)
    begin("count", town, ana, to=5)
    with pytest.raises(Refused) as refused:
        do_repeat_job(job=twin, actor=ana)
    assert refused.value.key == "web.jobs.under-way"


def test_a_job_is_repeated_exactly_when_its_kind_says_so(town: City, ana: User) -> None:
    client, url = as_person(ana), "/en/cities/poiana/work/jobs/"
    done = begin("count", town, ana, to=1)
    over, may = begin("once", town, ana, again=False), begin("once", town, ana, again=True)
    gone = begin("once", town, ana, again=True)
    Job.objects.filter(pk=gone.pk).update(kind="tests.gone")
    for job, words in {
        done: "is done already", over: "was done or changed since",
        gone: "does not know this kind of work",
    }.items():  # fmt: skip
        assert "Try again" not in client.get(f"{url}{job.pk}/").content.decode()
        refused = client.post(f"{url}{job.pk}/repeat/")
        assert refused.status_code == 409
        assert words in refused.content.decode()
        job.refresh_from_db()
        assert job.attempt == 1
    assert "Try again" in client.get(f"{url}{may.pk}/").content.decode()
    assert client.post(f"{url}{may.pk}/repeat/").status_code == 302
    may.refresh_from_db()
    # Done at once in tests, and it failed again.
    assert (may.state, may.attempt) == ("failed", 2)


def test_a_wish_to_stop_is_not_lost_when_a_job_changes_hands(
    town: City, ana: User, queued: None
) -> None:
    job = begin("count", town, ana, to=3)
    held = ending.claim(job.pk, 1)
    assert held is not None
    do_cancel_job(job=job, actor=ana)
    # The worker is told to end, or is found dead, by who read the row before the wish.
    assert ending.next_attempt(held) is None
    job.refresh_from_db()
    assert (job.state, job.attempt) == ("cancelled", 1)


def test_a_job_whose_entry_was_taken_by_the_dead_is_queued_again(
    town: City, ana: User, queued: None
) -> None:
    from django_tasks_db.models import DBTaskResult

    job = begin("count", town, ana, to=3)
    clock = Clock()
    keeper = Keeper(30, clock)
    keeper.look()
    clock.now = 31
    # It waits for its turn: that is no fault.
    assert keeper.look() == []
    DBTaskResult.objects.update(status="RUNNING")
    assert [each.pk for each in keeper.look()] == [job.pk]
    assert DBTaskResult.objects.filter(status="READY").count() == 1


def test_old_jobs_are_forgotten(town: City, ana: User) -> None:
    old, new = begin("count", town, ana, to=1), begin("count", town, ana, to=1)
    Job.objects.filter(pk=old.pk).update(ended_at=timezone.now() - timedelta(days=31))
    assert do_clear_jobs() == 1
    assert list(Job.objects.values_list("pk", flat=True)) == [new.pk]


def test_the_page_asks_again_while_the_job_is_open(town: City, ana: User, queued: None) -> None:
    job = begin("count", town, ana, to=3)
    client, url = as_person(ana), f"/ro/cities/poiana/work/jobs/{job.pk}/"
    page = client.get(url).content.decode()
    assert 'hx-trigger="every 1s"' in page
    assert '<noscript><meta http-equiv="refresh"' in page
    assert "Nu rulează niciun proces" in page
    assert "HX-Refresh" not in client.get(f"{url}part/")
    # Where it is about leads there, but not from there.
    Job.objects.filter(pk=job.pk).update(place="cities/poiana/work/publish/1/")
    place = "/ro/cities/poiana/work/publish/1/"
    here = {"HX-Current-URL": f"http://testserver{place}?seen=1"}
    assert place in read(client.get(f"{url}part/")).links()
    assert place not in read(client.get(f"{url}part/", headers=here)).links()
    assert client.post(f"{url}cancel/").status_code == 302
    after = client.get(f"{url}part/")
    assert after["HX-Refresh"] == "true"
    assert "every 1s" not in after.content.decode()


def test_jobs_of_another_city_are_not_found_here(town: City, ana: User, queued: None) -> None:
    other = City.objects.create(
        slug="valea", name="Valea", folder="/nowhere", run_id="0", base_year=2021
    )
    job = begin("count", other, member("eva", other, "editor"), to=3)
    assert as_person(ana).get(f"/ro/cities/poiana/work/jobs/{job.pk}/").status_code == 404
    assert as_person(ana).get(f"/ro/cities/valea/work/jobs/{job.pk}/").status_code == 403
    assert as_person(ana).get("/ro/cities/nicaieri/work/jobs/1/").status_code == 404
