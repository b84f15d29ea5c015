"""Where the log of the server goes and what stands in it: never an address with its query, a name,
an e-mail address, a cookie, or what somebody typed.
"""

from __future__ import annotations

import json
import logging
import re
import threading
import time
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from vatra.words import say

FORMS = ("line", "json")
AWAY_SECONDS = 60
AWAY_WORDS = (
    "the database does not answer; pages say 503, jobs wait (%d times more since last said)"
)
_EMAIL = re.compile(r"[^\s@<>\"'(]+@[^\s@<>\"')]+")
# An address of a page: everything after the first part may hold a token or a search.
_ADDRESS = re.compile(r"(?<![\w.])/[^\s'\"]*")


def without_people(text: str) -> str:
    """A message without e-mail addresses and without addresses of pages."""
    return _ADDRESS.sub("/...", _EMAIL.sub("...@...", text))


class Away(logging.Filter):
    """A database that is away fails every request alike: that is said once a minute, in a line.

    ``clock`` [s] only ever goes forward. What says of itself ``is_away``, as a worker's record
    does, counts as well.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._clock, self._lock = clock, threading.Lock()
        self._said_at, self._unsaid = float("-inf"), 0

    def filter(self, record: logging.LogRecord) -> bool:
        if not _is_away(record):
            return True
        with self._lock:
            now = self._clock()
            if now - self._said_at < AWAY_SECONDS:
                self._unsaid += 1
                return False
            count, self._said_at, self._unsaid = self._unsaid, now, 0
        record.msg, record.args = AWAY_WORDS, (count,)
        record.exc_info = record.exc_text = None
        return True


def _is_away(record: logging.LogRecord) -> bool:
    # Not at the top: the settings are still being read then.
    from vatra.web.base.faults import AWAY, fault_of

    fault = record.exc_info[1] if record.exc_info else None
    return getattr(record, "is_away", False) or fault_of(fault) == AWAY


class JsonLines(logging.Formatter):
    """One object a line: when, how grave, who says it, what, and where a fault arose.

    Of a fault only its kind and its place in the code are kept: its words may repeat what a person
    typed.
    """

    def format(self, record: logging.LogRecord) -> str:
        entry: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": without_people(record.getMessage()),
        }
        entry |= getattr(record, "about", {})
        if record.exc_info and record.exc_info[0] is not None:
            frames = traceback.extract_tb(record.exc_info[2])
            entry["fault"] = record.exc_info[0].__name__
            entry["where"] = [
                f"{_file(each.filename)}:{each.lineno} {each.name}" for each in frames
            ]
        return json.dumps(entry, ensure_ascii=False, default=str)


class Lines(logging.Formatter):
    """A line for a person at a terminal; a fault keeps its words there."""

    def format(self, record: logging.LogRecord) -> str:
        text = f"{record.levelname} {record.name}: {without_people(record.getMessage())}"
        return text + ("\n" + self.formatException(record.exc_info) if record.exc_info else "")


def logging_settings(form: str) -> dict[str, Any]:
    """Django's settings of the log: ``line`` for a terminal, ``json`` with a line a request."""
    if form not in FORMS:
        raise ImproperlyConfigured(say("web.ops.log-form", "en", form=form, forms=list(FORMS)))
    kinds = {"line": Lines, "json": JsonLines}
    requests = "INFO" if form == "json" else "WARNING"
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"away": {"()": Away}},
        "formatters": {"out": {"()": kinds[form]}},
        "handlers": {
            "console": {
                "class": "logging.StreamHandler",
                "formatter": "out",
                "filters": ["away"],
            }
        },
        "loggers": {
            "django": {"handlers": ["console"], "level": "ERROR", "propagate": False},
            "vatra": {"handlers": ["console"], "level": "INFO", "propagate": False},
            "vatra.requests": {"level": requests},
            # Says who tried to sign in from where; the table of attempts is the place for it.
            "axes": {"handlers": ["console"], "level": "ERROR", "propagate": False},
        },
        "root": {"handlers": ["console"], "level": "WARNING"},
    }


def _file(path: str) -> str:
    """A file from its package on, not from the root of this machine."""
    return "/".join(path.replace("\\", "/").split("/")[-3:])
