"""What a job is given to say how far it is, and to hear that it must stop."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from vatra.web.jobs.models import Job

WRITE_SECONDS = 0.4
BEAT_SECONDS = 5.0


class Cancelled(Exception):
    """Somebody wished that the job stops."""


class Lost(Exception):
    """The job passed to another worker; nothing of it may be written here any more."""


class Stopping(Exception):
    """The worker was told to end: the job goes back into the queue."""


class JobFailed(Exception):
    """Why a job cannot be done, for people: the key of a text and what fills its blanks."""

    def __init__(self, key: str, **params: Any) -> None:
        self.key, self.params = key, params
        super().__init__(key)


@dataclass
class Surroundings:
    """The worker process that a job runs in."""

    name: str = ""
    beat_seconds: float = BEAT_SECONDS
    stopping: threading.Event = field(default_factory=threading.Event)


# Set by a worker at its start; without one, jobs run within the call that begins them.
HERE: list[Surroundings] = []


def here() -> Surroundings | None:
    """The worker that this process is, if it is one."""
    return HERE[0] if HERE else None


class Handle:
    """One run of a job. ``job`` is the row as it stood when the run began."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.lost = threading.Event()
        self._written = self._looked = 0.0

    @property
    def params(self) -> dict[str, Any]:
        """What the job was asked to do."""
        return self.job.params

    def rows(self) -> Any:
        """The row, as long as it is ours to write."""
        return Job.objects.filter(pk=self.job.pk, attempt=self.job.attempt, state="running")

    def progress(self, done: int, total: int = 0, step: str = "") -> None:
        """Say how far the job is; written at most a few times a second. Also checks."""
        now = time.monotonic()
        if step != self.job.step or now - self._written >= WRITE_SECONDS:
            self._written = now
            self.job.step = step
            written = self.rows().update(
                done_count=done, total_count=total, step=step, heartbeat_at=timezone.now()
            )
            if not written:
                raise Lost
        self.check()

    def check(self) -> None:
        """Raises ``Cancelled``, ``Lost`` or ``Stopping`` when the job may not go on."""
        around = here()
        if around and around.stopping.is_set():
            raise Stopping
        if self.lost.is_set():
            raise Lost
        now = time.monotonic()
        if self._looked and now - self._looked < WRITE_SECONDS:
            return
        self._looked = now
        wish = self.rows().values_list("wish_cancel", flat=True).first()
        if wish is None:
            raise Lost
        if wish:
            raise Cancelled


class Beat(threading.Thread):
    """Says at intervals that the run is alive, beside it."""

    def __init__(self, handle: Handle, seconds: float) -> None:
        super().__init__(name=f"beat-{handle.job.pk}", daemon=True)
        self.handle, self.seconds = handle, seconds
        self.over = threading.Event()

    def run(self) -> None:
        from django.db import DatabaseError, connection

        while not self.over.wait(self.seconds):
            try:
                if not self.handle.rows().update(heartbeat_at=timezone.now()):
                    self.handle.lost.set()
            except DatabaseError:
                # Away or busy for the moment; the next beat tries again on a new connection.
                connection.close()
        connection.close()

    def __enter__(self) -> Beat:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.over.set()
        self.join(timeout=30)
