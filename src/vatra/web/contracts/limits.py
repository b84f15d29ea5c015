"""How much and how often a stranger may hand in to be verified."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.cache import cache
from django.http import HttpRequest

from vatra.web.base.caller import caller_of
from vatra.web.contracts.reading import MAX_FILE_BYTES
from vatra.words import Language, say

WINDOW_SECONDS = 60
MOST_A_WINDOW = 30
TOO_LARGE, TOO_OFTEN = 413, 429
# What a form weighs besides its file.
_FORM_BYTES = 3 * 1024 * 1024


@dataclass(frozen=True)
class Problem:
    """Why a request is not read: the status and the words."""

    status: int
    message: str


def refused_unread(request: HttpRequest, lang: Language) -> Problem | None:
    """Why what was sent is not even read; None when it is."""
    if request.method != "POST":
        return None
    try:
        size = int(request.headers.get("Content-Length") or 0)
    except ValueError:
        size = 0
    if size > MAX_FILE_BYTES + _FORM_BYTES:
        limit = MAX_FILE_BYTES // (1024 * 1024)
        return Problem(TOO_LARGE, say("web.contracts.file-too-large", lang, limit=limit))
    if _count(request) > MOST_A_WINDOW:
        return Problem(TOO_OFTEN, say("web.contracts.too-often", lang, count=MOST_A_WINDOW))
    return None


def _count(request: HttpRequest) -> int:
    """How many this address has handed in since the window began, this one included."""
    key = f"verify:{caller_of(request)}"
    cache.add(key, 0, WINDOW_SECONDS)
    try:
        return int(cache.incr(key))
    except ValueError:
        return 1
