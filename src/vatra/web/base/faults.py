"""What of the machine failed when a page could not be made: the disk is full, the database away."""

from __future__ import annotations

import errno
from collections.abc import Iterator

from django.db import InterfaceError, OperationalError

FULL, AWAY = "disk-full", "database-away"
# What a line of the log says of itself that has no fault to show (``vatra.web.site.logs``).
IS_AWAY = {"is_away": True}
STATUS = {FULL: 507, AWAY: 503}
# No room on the disk, in what a person may use of it, in what a process may write.
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
# PostgreSQL's own code for a disk without room; SQLite has words only.
_DISK_FULL, _FULL_WORDS = "53100", "disk is full"
# Codes of a connection that ended or cannot be had, of a server that stops or starts.
_AWAY_CODES = ("08", "57P", "53300")
# SQLite calls a missing table operational too; that is a fault of ours.
_AWAY_WORDS = ("unable to open database", "disk i/o error", "is locked")


def fault_of(problem: BaseException | None) -> str | None:
    """``FULL``, ``AWAY``, or None for what is neither."""
    found = [_one(each) for each in _causes(problem)]
    return next((each for each in (FULL, AWAY) if each in found), None)


def _causes(problem: BaseException | None) -> Iterator[BaseException]:
    while problem is not None:
        yield problem
        problem = problem.__cause__ or problem.__context__


def _one(problem: BaseException) -> str | None:
    if isinstance(problem, OSError):
        return FULL if problem.errno in _NO_ROOM else None
    if not isinstance(problem, OperationalError | InterfaceError):
        return None
    words = str(problem).lower()
    code = getattr(problem.__cause__, "sqlstate", "")
    if code == _DISK_FULL or _FULL_WORDS in words:
        return FULL
    if code is None or (code and code.startswith(_AWAY_CODES)):
        # Without a code the server has not answered at all.
        return AWAY
    return AWAY if any(each in words for each in _AWAY_WORDS) else None
