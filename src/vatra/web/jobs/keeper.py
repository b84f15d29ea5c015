"""Finds jobs whose worker is gone: by heartbeats that stand still, never by what the clock says."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from datetime import datetime

from django.db import DatabaseError, OperationalError, connection, transaction
from django.utils import timezone

from vatra.web.base.faults import IS_AWAY
from vatra.web.jobs import ending
from vatra.web.jobs.actions import do_clear_jobs
from vatra.web.jobs.handle import Surroundings
from vatra.web.jobs.models import Job, Worker
from vatra.web.jobs.queue import enqueue
from vatra.web.jobs.registry import chores, kinds

log = logging.getLogger(__name__)
# A heartbeat that did not change for so many beats belongs to a worker that is gone. SQLite may
# hold a writer up for 20 seconds, four beats.
SILENT_BEATS = 6
# Who waited for so much of that to write found the database held by another.
WAITED_PART = 8
CLEAR_SECONDS = 3600.0
Mark = tuple[int, int, str]


class Keeper:
    """Watches all open jobs. ``clock`` only ever goes forward, whatever happens to the time."""

    def __init__(self, silent_seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self.silent_seconds, self.clock = silent_seconds, clock
        self.seen: dict[Mark, tuple[datetime | None, float]] = {}

    def look(self) -> list[Job]:
        """Pass on every job that has been silent for too long; returns those."""
        now, seen, silent = self.clock(), self.seen, []
        self.seen = {}
        for job in Job.objects.filter(state__in=("waiting", "running")):
            mark = (job.pk, job.attempt, job.state)
            beat, since = seen.get(mark, (job.heartbeat_at, now))
            if beat != job.heartbeat_at:
                beat, since = job.heartbeat_at, now
            self.seen[mark] = (beat, since)
            if now - since >= self.silent_seconds:
                silent.append(job)
        if silent and not self.takes_writers():
            # Nobody could beat meanwhile, so silence says nothing: listen anew.
            self.seen.clear()
            return []
        return [job for job in silent if self.pass_on(job)]

    def takes_writers(self) -> bool:
        """Whether the database takes a writer at once: SQLite has room for one, and long work may
        hold that place for longer than a heartbeat may fail."""
        before = self.clock()
        try:
            with transaction.atomic():
                return self.clock() - before < self.silent_seconds / WAITED_PART
        except OperationalError:
            return False

    def pass_on(self, job: Job) -> bool:
        """Give a silent job to the next worker, or say that it was lost too often."""
        if job.state == "waiting":
            return _queue_again(job)
        kind = kinds().get(job.kind)
        if job.wish_cancel:
            return ending.end(job, "cancelled")
        if kind is None or job.attempt - job.asked_attempt + 1 >= kind.most_attempts:
            return ending.end(job, "stale", error_key="web.jobs.lost")
        with transaction.atomic():
            again = ending.next_attempt(job)
            if again is not None:
                log.warning("job %s goes on after its worker %s was lost", job.pk, job.worker)
                enqueue(again)
        return again is not None


def _queue_again(job: Job) -> bool:
    """A waiting job whose entry was taken by a worker that died before it began."""
    from django_tasks_db.models import DBTaskResult

    if job.task_id and DBTaskResult.objects.filter(pk=job.task_id, status="READY").exists():
        return False
    with transaction.atomic():
        enqueue(job)
    return True


class Keeping(threading.Thread):
    """A keeper beside a worker's own work; it also says that the worker is there."""

    def __init__(self, around: Surroundings) -> None:
        super().__init__(name="keeper", daemon=True)
        self.around = around
        self.keeper = Keeper(around.beat_seconds * SILENT_BEATS)
        self.cleared = float("-inf")

    def run(self) -> None:
        while not self.around.stopping.is_set():
            try:
                self.round()
            except DatabaseError:
                log.warning("the database does not answer; looking again later", extra=IS_AWAY)
                connection.close()
            self.around.stopping.wait(self.around.beat_seconds)
        connection.close()

    def round(self) -> None:
        """One look."""
        Worker.objects.update_or_create(name=self.around.name, defaults={"seen_at": timezone.now()})
        self.keeper.look()
        if time.monotonic() - self.cleared > CLEAR_SECONDS:
            self.cleared = time.monotonic()
            do_clear_jobs()
            do_chores()


def do_chores() -> None:
    """What is to be done every hour; one that fails keeps nobody from the others, nor from jobs."""
    for name, run in chores().items():
        try:
            run()
        except DatabaseError:
            raise
        except Exception:
            log.exception("the chore %s failed; again in an hour", name)
