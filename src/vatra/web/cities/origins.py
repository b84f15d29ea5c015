"""Where a source row came from before it stood in the pack; told by an app above, to members."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.http import HttpRequest

from vatra.web.cities.models import City


@dataclass(frozen=True)
class Told:
    """A sentence and the page that shows more."""

    words: str
    url: str


# (request, city, file of the pack) -> line of that file -> what is told of it.
Teller = Callable[[HttpRequest, City, str], Mapping[int, Told]]
TELLERS: list[Teller] = []


def told_of(request: HttpRequest, city: City, file: str, line: int) -> list[Told]:
    """What is known of a row, for who asks; a file is looked up once a request."""
    known: dict[tuple[str, str], list[Mapping[int, Told]]] = request.__dict__.setdefault(
        "_told_of_rows", {}
    )
    key = (city.slug, file)
    if key not in known:
        known[key] = [tell(request, city, file) for tell in TELLERS]
    return [found[line] for found in known[key] if line in found]
