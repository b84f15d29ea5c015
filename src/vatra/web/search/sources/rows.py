"""Rows behind the inventory: what they are of, who says so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlencode

import polars as pl

from vatra.web.base.searchable import Findable
from vatra.web.cities.asked import figures
from vatra.web.cities.models import City
from vatra.web.cities.naming import category_words, stream_words
from vatra.web.search.sources.cities import is_shown
from vatra.words import LANGUAGES

# Columns of a source row that people wrote in words.
_WORDS = ("item", "source", "note", "region")


def rows(city: City) -> Iterator[Findable]:
    """One entry for each source row, whatever gases it gives; read some thousand at a time."""
    if not is_shown(city):
        return
    inventory = figures(city).inventory
    first = inventory.results.unique(["table", "line"], keep="first", maintain_order=True)
    written = {name: _written(frame) for name, frame in inventory.pack.rows.items()}
    for row in first.iter_rows(named=True):
        yield _entry(city, row, written.get(row["table"], {}).get(row["line"], {}))


def _written(frame: pl.DataFrame) -> Mapping[int, Mapping[str, str]]:
    """Line -> what is said there in words."""
    names = [each for each in _WORDS if each in frame.columns]
    if "line" not in frame.columns or not names:
        return {}
    return {
        each["line"]: {name: str(each[name]) for name in names if each[name]}
        for each in frame.select("line", *names).iter_rows(named=True)
    }


def _entry(city: City, row: Mapping[str, Any], said: Mapping[str, str]) -> Findable:
    place, year = row["category"] or "", str(row["year"])
    names = [stream_words(row["carrier"], lang) for lang in LANGUAGES]
    # The page of rows is in the reader's language; here both find it.
    title = ", ".join(part for part in (row["item"] or names[0], place, year) if part)
    text = ". ".join(said[name] for name in ("source", "note") if said.get(name))
    more = [*names, row["file"], said.get("region", "")]
    more += [category_words(place, lang) for lang in LANGUAGES if place]
    asked = {"year": year} | ({"category": place} if place else {})
    return Findable(
        "row",
        title,
        "cities:rows",
        (city.slug,),
        f"{text} ({row['file']}:{row['line']})".strip(),
        " ".join(more),
        "?" + urlencode(asked),
        bulk=True,
    )
