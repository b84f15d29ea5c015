"""The loop of a worker: that of django-tasks-db, which ends at once when nothing is under way."""

from __future__ import annotations

import logging
import random

from django.db import DatabaseError, close_old_connections, connection
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult
from django_tasks_db.utils import exclusive_transaction

from vatra.web.base.faults import IS_AWAY
from vatra.web.jobs.handle import Surroundings

log = logging.getLogger(__name__)


class Loop(Worker):
    """Takes one entry of the queue after the other."""

    def __init__(self, around: Surroundings, interval: float) -> None:
        self.around = around
        super().__init__(
            queue_names=["default"],
            interval=interval,
            batch=False,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=around.name[-64:],
            excluded_queue_names=[],
        )

    def end(self) -> None:
        """Take no more; the job under way hears of it when it next checks."""
        self.around.stopping.set()

    def run(self) -> None:
        """Until told to end. A database that is away is asked again later."""
        while not self.around.stopping.is_set():
            close_old_connections()
            try:
                taken = self.take()
                if taken is not None:
                    self.run_task(taken)
            except DatabaseError:
                # What was under way is found by the keeper, here or in another worker.
                log.warning("the database does not answer; asking again", extra=IS_AWAY)
                connection.close()
                taken = None
            if taken is None:
                # Not all at the same moment.
                self.around.stopping.wait(self.interval * random.uniform(0.8, 1.2))
        connection.close()

    def take(self) -> DBTaskResult[..., None] | None:
        """The next entry, claimed so that no other worker runs it."""
        entries = DBTaskResult.objects.ready().filter(backend_name=self.backend_name)
        # Looked at without a lock first: nothing waits most of the time.
        if not entries.exists():
            return None
        with exclusive_transaction(entries.db):
            entry = entries.get_locked()
            if entry is not None:
                entry.claim(self.worker_id)
        return entry
