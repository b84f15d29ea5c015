"""Reading and checking a file in a process of its own, which never outlives its time or its asker.

The file lies in memory, and in a folder of its own while it is being read. The folder goes with the
process, however the process ends; nothing of the file is written elsewhere or logged.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from vatra.web.lint import limits

Event = dict[str, Any]
_slots = threading.BoundedSemaphore(limits.SLOT_COUNT)
# -P: nothing that lies in the folder of the file is ever imported.
_ARGUMENTS = ("-P", "-m", "vatra.web.lint.worker")
_ONE_THREAD = {"POLARS_MAX_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}


class Failed(Exception):
    """A file that was not checked: ``key`` of the text that says why and what next."""

    def __init__(self, key: str, status: int = 422, **params: Any) -> None:
        self.key, self.status, self.params = key, status, params
        super().__init__(key)


def run(
    content: bytes, name: str, longest_seconds: float = limits.LONGEST_SECONDS
) -> Iterator[Event]:
    """Check a file; yield what is being done and last ``{"report": ...}`` or ``{"refused": ...}``.

    Closing the iterator ends the work at once. Raises ``Failed`` when too many files are being
    read, or this one takes too long or too much memory.
    """
    over = threading.Event()
    with (
        _slot(),
        tempfile.TemporaryDirectory(prefix="vatra-lint-") as folder,
        _process(folder) as process,
        _ended_after(longest_seconds, process, over),
    ):
        try:
            yield from _events(process, content, name)
        except EOFError:
            # Whoever ended it: its time was over, or it broke on what it was given.
            if over.is_set():
                raise Failed("web.lint.too-slow", seconds=limits.LONGEST_SECONDS) from None
            raise Failed("web.lint.broke") from None


@contextmanager
def _ended_after(
    seconds: float, process: subprocess.Popen[bytes], over: threading.Event
) -> Iterator[None]:
    def end() -> None:
        over.set()
        process.kill()

    timer = threading.Timer(seconds, end)
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _events(process: subprocess.Popen[bytes], content: bytes, name: str) -> Iterator[Event]:
    assert process.stdin is not None and process.stdout is not None
    # A reader that gives up before the end of the file still says why.
    with suppress(BrokenPipeError):
        process.stdin.write(_safe_name(name).encode() + b"\n")
        process.stdin.write(content)
        process.stdin.close()
    for line in process.stdout:
        event = json.loads(line)
        if "failed" in event:
            raise Failed(f"web.lint.too-{event['failed']}")
        yield event
        if "step" not in event:
            return
    raise EOFError


def _safe_name(name: str) -> str:
    """A name on one line, its ending kept: the ending may say what a text is."""
    return re.sub(r"[^\w. -]", "_", name)[-200:] or "file"


@contextmanager
def _slot() -> Iterator[None]:
    if not _slots.acquire(timeout=limits.LONGEST_WAIT_SECONDS):
        raise Failed("web.lint.busy", status=503)
    try:
        yield
    finally:
        _slots.release()


@contextmanager
def _process(folder: str) -> Iterator[subprocess.Popen[bytes]]:
    # Temporary files of any library end up in the folder too.
    environment = {**os.environ, **_ONE_THREAD, "TMPDIR": folder, "TEMP": folder, "TMP": folder}
    process = subprocess.Popen(
        [sys.executable, *_ARGUMENTS],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        cwd=folder,
    )
    try:
        yield process
    finally:
        process.kill()
        for pipe in (process.stdin, process.stdout):
            with suppress(BrokenPipeError):
                if pipe is not None:
                    pipe.close()
        process.wait()
