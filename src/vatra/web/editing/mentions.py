"""Whom a text names: ``@Ana Pop``, ``@ana.pop``, or ``@Ana`` where there is only one."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from vatra.tables import fold
from vatra.web.people.models import User

# A name is four words at most; a full stop may stand inside a word, not at its end.
_MENTION = re.compile(r"(?<![\w@])@((?:[\w'-]+(?:\.[\w'-]+)*)(?:[ ]+[\w'-]+){0,3})")


def named(text: str, people: Iterable[User]) -> list[User]:
    """The people of a city whom a text names, each once, in the order of the text."""
    known = _known(people)
    found: dict[int, User] = {}
    for said in _MENTION.findall(text):
        words = said.split()
        for count in range(len(words), 0, -1):
            fits = known.get(fold(" ".join(words[:count])), [])
            if len(fits) == 1:
                found.setdefault(fits[0].pk, fits[0])
                break
    return list(found.values())


def _known(people: Iterable[User]) -> dict[str, list[User]]:
    known: dict[str, list[User]] = defaultdict(list)
    for person in people:
        spellings = {fold(person.name), fold(person.email.partition("@")[0])}
        spellings |= {fold(part) for part in person.name.split()[:1]}
        for each in spellings - {""}:
            known[each].append(person)
    return known
