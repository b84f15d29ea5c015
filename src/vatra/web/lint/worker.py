"""The process that reads one file of a stranger: with little memory, and ended when it takes long.

Started by ``runner`` as ``python -m vatra.web.lint.worker``. Its standard input is the file's name
on one line and then its bytes; it answers one JSON object a line: steps while it works
(``{"step": "reading"}``), then ``{"report": ...}`` or ``{"refused": [...]}``.
"""

from __future__ import annotations

import contextlib
import errno
import json
import sys
import threading
from typing import Any

from vatra.linter import load_bytes
from vatra.runs.lint_report import lint_report
from vatra.tables import FindingsError
from vatra.words import LANGUAGES

LARGEST_MEMORY_BYTES = 3_000_000_000
BEAT_SECONDS = 1.0


class _Voice:
    """Says what is being done, and that it is still being done."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.step: dict[str, Any] = {}
        threading.Thread(target=self._beat, daemon=True).start()

    def say(self, **event: Any) -> None:
        with self.lock:
            self.step = event
            self._write(event)

    def _beat(self) -> None:
        pause = threading.Event()
        while not pause.wait(BEAT_SECONDS):
            with self.lock:
                if "step" in self.step:
                    self._write(self.step)

    @staticmethod
    def _write(event: dict[str, Any]) -> None:
        sys.stdout.write(json.dumps(event, ensure_ascii=True) + "\n")
        sys.stdout.flush()


def main() -> None:
    """Read what stands on standard input, check it, answer."""
    voice = _Voice()
    _limit_memory(LARGEST_MEMORY_BYTES)
    try:
        name = sys.stdin.buffer.readline().decode("utf-8", "replace").strip()
        content = sys.stdin.buffer.read()
        voice.say(step="reading")
        document = load_bytes(content, name)
        voice.say(step="checking", table_count=len(document.tables))
        voice.say(report=lint_report(document))
    except FindingsError as error:
        voice.say(
            refused=[{lang: each.message(lang) for lang in LANGUAGES} for each in error.findings]
        )
    except (MemoryError, OSError) as error:
        if not _out_of_memory(error):
            raise
        _limit_memory(None)
        voice.say(failed="memory")
    except RecursionError:
        voice.say(failed="deep")


def _limit_memory(size_bytes: int | None) -> None:
    """Allow this process so much memory, None as much as its parent: to speak it needs some."""
    # Not every system can; there the server's own limits hold.
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        resource.setrlimit(resource.RLIMIT_AS, (hard if size_bytes is None else size_bytes, hard))


def _out_of_memory(error: MemoryError | OSError) -> bool:
    # The system says ENOMEM when a folder cannot even be listed any more.
    return isinstance(error, MemoryError) or error.errno == errno.ENOMEM


if __name__ == "__main__":
    main()
