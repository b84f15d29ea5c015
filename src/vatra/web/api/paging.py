"""Long lists page by page: in an order that stays, with a cursor that knows what it pages."""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Sequence
from typing import Any, TypeVar
from urllib.parse import urlencode

from django.http import HttpRequest

from vatra.web.api.asked import Paged
from vatra.web.api.problems import Problem

Item = TypeVar("Item")


def mark_of(*parts: object) -> str:
    """What a cursor belongs to: the data's version and the selection."""
    return hashlib.sha256("\n".join(map(str, parts)).encode()).hexdigest()[:16]


def offset_of(cursor: str | None, mark: str) -> int:
    """Where a page begins. 409 for a cursor of other data: the city was published anew."""
    if cursor is None:
        return 0
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        held, _, text = base64.urlsafe_b64decode(padded).decode("ascii").partition(":")
        offset = int(text) if text.isdecimal() and len(text) < 12 else -1
    except (ValueError, binascii.Error):
        held, offset = "", -1
    if held != mark or offset < 0:
        raise Problem(409, "web.api.cursor-old")
    return offset


def cursor_at(offset: int, mark: str) -> str:
    """The cursor of the page that begins at an offset."""
    return base64.urlsafe_b64encode(f"{mark}:{offset}".encode()).decode().rstrip("=")


def selection(asked: Paged) -> dict[str, Any]:
    """What narrows a list, without what pages it or words it."""
    apart = {"limit", "cursor", "lang"}
    return {name: value for name, value in asked.model_dump().items() if name not in apart}


def page_of(
    request: HttpRequest, found: Sequence[Item], asked: Paged, version: str
) -> dict[str, Any]:
    """A page of what was found: ``items``, ``count`` of all of them, ``next_cursor``."""
    mark = mark_of(version, request.path, selection(asked))
    start = offset_of(asked.cursor, mark)
    items = list(found[start : start + asked.limit])
    return paged(request, items, len(found), start, asked, mark)


def paged(
    request: HttpRequest, items: list[Any], count: int, start: int, asked: Paged, mark: str
) -> dict[str, Any]:
    """The same where only the page itself was read."""
    end = start + len(items)
    following = cursor_at(end, mark) if items and end < count else None
    return {
        "items": items,
        "count": count,
        "next_cursor": following,
        "next": _address(request, following) if following else None,
    }


def _address(request: HttpRequest, cursor: str) -> str:
    given = {name: value for name, value in request.GET.items() if name != "cursor"}
    return f"{request.path}?{urlencode({**given, 'cursor': cursor})}"
