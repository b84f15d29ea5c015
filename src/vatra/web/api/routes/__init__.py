"""Addresses of the API by subject; each module has a ``router``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ninja import Router
from ninja.constants import NOT_SET

Route = Callable[[Callable[..., Any]], Callable[..., Any]]


def read(router: Router, route: str, name: str, out: Any = None) -> Route:
    """An address that is read; ``name`` of its URL, its operation and its words."""
    answer: Any = NOT_SET if out is None else {200: out}
    return router.get(route, url_name=name, operation_id=name, response=answer)
