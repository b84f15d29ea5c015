"""Kinds of jobs for the tests; imported by the tests and by the workers they start."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any

from vatra.web.jobs.handle import Handle, JobFailed
from vatra.web.jobs.models import Job
from vatra.web.jobs.registry import job
from vatra.web.people.rules import may_edit_city

ended: list[tuple[int, str]] = []


def note_end(job: Job) -> None:
    ended.append((job.pk, job.state))


@job("tests.count", "web.jobs.state-running", ended=note_end)
def count(handle: Handle) -> dict[str, Any]:
    """Counts to ``to``, a step a row; writes a line into ``file`` at its beginning and its end."""
    file = handle.params.get("file")
    _note(file, "begin", handle)
    for done in range(handle.params["to"]):
        handle.progress(done, handle.params["to"], "web.jobs.state-running")
        time.sleep(handle.params.get("sleep", 0))
    _note(file, "end", handle)
    return {"sum": handle.params["to"]}


@job("tests.hold", "web.jobs.state-running", ended=note_end)
def hold(handle: Handle) -> dict[str, Any]:
    """Is under way until the file ``until`` is there; lines in ``file`` as those of ``count``."""
    _note(handle.params["file"], "begin", handle)
    while not Path(handle.params["until"]).exists():
        handle.progress(0)
        time.sleep(0.05)
    _note(handle.params["file"], "end", handle)
    return {"sum": 1}


@job("tests.refuse", "web.jobs.state-running", ended=note_end)
def refuse(handle: Handle) -> None:
    raise JobFailed("web.jobs.unknown")


@job("tests.break", "web.jobs.state-running", rule=may_edit_city, ended=note_end)
def break_down(handle: Handle) -> None:
    raise ValueError("an inner detail")


@job("tests.once", "web.jobs.state-running", repeats=lambda job: job.params["again"])
def once(handle: Handle) -> None:
    raise JobFailed("web.jobs.unknown")


@job("tests.die", "web.jobs.state-running", most_attempts=2, ended=note_end)
def die(handle: Handle) -> None:
    """Takes its worker with it, every time."""
    _note(handle.params["file"], "begin", handle)
    os._exit(9)


def _note(file: str | None, word: str, handle: Handle) -> None:
    if file:
        with Path(file).open("a", encoding="utf-8") as out:
            out.write(f"{word} {handle.job.pk} {handle.job.attempt} {os.getpid()}\n")
