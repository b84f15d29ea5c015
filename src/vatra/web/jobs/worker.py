"""A worker: takes jobs from the queue until it is told to end. ``vatra serve`` starts it."""

from __future__ import annotations

import os
import secrets
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable

POLL_SECONDS = 1.0
BESIDE_NICE = 10
BEAT_VARIABLE = "VATRA_JOBS_BEAT"


def main() -> None:
    """The worker as a process of its own, beneath ``vatra.web.jobs.beside``."""
    import django

    parent = os.getppid()
    # Who waits for a page goes first.
    os.nice(BESIDE_NICE)
    django.setup()
    work(lambda: os.getppid() != parent)


def work(must_end: Callable[[], bool] = lambda: False) -> None:
    """Do jobs until SIGTERM, Ctrl-C or ``must_end``; a job under way goes back into the queue."""
    from vatra.web.jobs.handle import BEAT_SECONDS, HERE, Surroundings
    from vatra.web.jobs.keeper import Keeping
    from vatra.web.jobs.loop import Loop

    beat = float(os.environ.get(BEAT_VARIABLE, BEAT_SECONDS))
    name = f"{socket.gethostname()[:60]}-{os.getpid()}-{secrets.token_hex(4)}"
    around = Surroundings(name, beat)
    HERE[:] = [around]
    loop = Loop(around, min(POLL_SECONDS, beat))
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, lambda *_: loop.end())
    keeping = Keeping(around)
    keeping.start()
    threading.Thread(target=_watch, args=(must_end, loop.end), daemon=True).start()
    try:
        loop.run()
    finally:
        around.stopping.set()
        keeping.join(timeout=5)
        HERE.clear()


def _watch(must_end: Callable[[], bool], end: Callable[[], None]) -> None:
    while not must_end():
        time.sleep(0.5)
    end()


if __name__ == "__main__":
    main()
    sys.exit(0)
