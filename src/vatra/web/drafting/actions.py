"""Writes of a contract's text: each one a new version of the city's work."""

from __future__ import annotations

import re
from collections.abc import Mapping

from vatra.contract.narrative import narrative_file, narrative_section, with_section
from vatra.web.cities.models import City
from vatra.web.drafting.ground import ground_of, note_reading
from vatra.web.people.actions_invite import need
from vatra.web.people.models import User
from vatra.web.people.rules import may_edit_city
from vatra.web.workspace import prose
from vatra.web.workspace.actions import Saved, do_save_files
from vatra.web.workspace.changes import Clash, Conflict
from vatra.web.workspace.models import Version
from vatra.web.workspace.queries import head_of, text_of
from vatra.words import Language

MOST_LETTERS = 60_000
ATTEMPTS = 5
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ue000-\uf8ff]")


def do_save_section(
    *, city: City, base: Version, key: str, texts: Mapping[Language, str], actor: User
) -> Saved:
    """Write one section in the languages given; others may write other sections meanwhile.

    What somebody else wrote into the same section since ``base`` is merged line by line. Raises
    ``Refused`` when the actor may not, ``Conflict`` where both changed the same lines.
    """
    need(may_edit_city.refusal(actor, city), city)
    clean = {lang: cleaned(text) for lang, text in texts.items()}
    for attempt in range(ATTEMPTS):
        head = head_of(city) or base
        files = _files(base, head, key, clean)
        try:
            saved = do_save_files(
                city=city, base=head, files=files, kind="text", note=key, actor=actor
            )
        except Conflict:
            # Somebody saved between reading the head and locking it: once more on the new head.
            if attempt == ATTEMPTS - 1 or head_of(city) == head:
                raise
            continue
        if saved.is_new:
            note_reading(ground_of(saved.version))
        return Saved(saved.version, head.pk != base.pk, saved.is_new)
    raise AssertionError("the last attempt raises or returns")


def cleaned(text: str) -> str:
    """A text without signs that no document carries, lines ending alike."""
    plain = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    lines = [line.rstrip() for line in plain.split("\n")]
    return "\n".join(lines).strip()[:MOST_LETTERS]


def _files(
    base: Version, head: Version, key: str, texts: Mapping[Language, str]
) -> dict[str, bytes | None]:
    """The files with the section in place, merged into what the head has."""
    files: dict[str, bytes | None] = {}
    clashes: list[Clash] = []
    for lang, mine in texts.items():
        file = narrative_file(lang)
        whole = text_of(head, file)
        was, theirs = (narrative_section(each, key) for each in (text_of(base, file), whole))
        try:
            new = mine if was == theirs else prose.merged(file, was, theirs, mine)
        except Conflict as problem:
            clashes += problem.clashes
            continue
        if new.strip() == theirs.strip():
            continue
        text = with_section(whole, key, new)
        if text.strip():
            files[file] = text.encode()
        elif file in head.manifest:
            files[file] = None
    if clashes:
        raise Conflict(clashes)
    return files
