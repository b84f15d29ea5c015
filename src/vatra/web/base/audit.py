"""The log as a chain: each entry's hash covers its own text and the hash before it.

Who changes, removes or inserts an entry breaks the chain from there on, and ``verify`` names the
first entry that does not fit. The database itself refuses changes, see ``triggers``.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal, Protocol

# What stands before the first entry.
START = "0" * 64
FIELDS = ("actor", "verb", "noun", "name", "detail", "city")
Fault = Literal["altered", "out-of-chain", "cut"]


class Entry(Protocol):
    """An entry as the chain sees it."""

    pk: int
    at: datetime
    actor: str
    verb: str
    noun: str
    name: str
    detail: str
    city: str
    previous: str
    hash: str


@dataclass(frozen=True)
class Verdict:
    """How many entries fit; the first that does not, and how. ``None``: the chain holds."""

    whole_count: int
    broken_id: int | None = None
    fault: Fault | None = None

    @property
    def holds(self) -> bool:
        """Whether every entry fits."""
        return self.fault is None


def canonical(entry: Entry) -> str:
    """The text of an entry that is hashed: the same bytes on every machine."""
    content = {name: getattr(entry, name) for name in FIELDS}
    content["at"] = entry.at.astimezone(UTC).isoformat(timespec="microseconds")
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def hash_of(entry: Entry, previous: str) -> str:
    """The hash of an entry that follows ``previous``."""
    return hashlib.sha256(f"{previous}\n{canonical(entry)}".encode()).hexdigest()


def check(entries: Iterable[Entry], count: int, last: str) -> Verdict:
    """Follow the chain; ``count`` and ``last`` are what the head of the log says of its end."""
    before, whole = START, 0
    for entry in entries:
        if entry.previous != before:
            return Verdict(whole, entry.pk, "out-of-chain")
        if entry.hash != hash_of(entry, before):
            return Verdict(whole, entry.pk, "altered")
        before, whole = entry.hash, whole + 1
    if (whole, before) != (count, last):
        return Verdict(whole, None, "cut")
    return Verdict(whole)
