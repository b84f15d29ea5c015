"""Of what a live figure is: of the draft, and what the published edition says in its place."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from vatra.runs.narrative_figures import Figures, UnknownFigure
from vatra.web.base.errors import NotReady
from vatra.web.cities.models import City
from vatra.web.cities.queries import document
from vatra.web.cities.standing import shown_edition
from vatra.web.workspace.models import Version
from vatra.words import Language, say

READ_KEPT = 8


@dataclass(frozen=True)
class Sides:
    """The version whose figures a text shows, and the published figures beside them.

    ``edition`` None where what is published was only registered, and has no number.
    """

    number: int
    published: Figures | None = None
    edition: int | None = None

    def note(self, path: str, words: str, lang: Language) -> str:
        """``draft, version 5; in edition 2: 41 %``."""
        mine = say("web.drafting.of-draft", lang, number=self.number)
        if self.published is None:
            return mine
        theirs = self._published(path, lang)
        where = (
            say("web.drafting.in-edition", lang, number=self.edition)
            if self.edition is not None
            else say("web.drafting.in-published", lang)
        )
        if theirs is None:
            other = say("web.drafting.not-there", lang, where=where)
        elif theirs == words:
            other = say("web.drafting.same-there", lang, where=where)
        else:
            other = say("web.drafting.other-there", lang, where=where, words=theirs)
        return f"{mine}; {other}"

    def _published(self, path: str, lang: Language) -> str | None:
        assert self.published is not None
        try:
            return self.published.figure(path).words(lang)
        except UnknownFigure:
            return None


def sides_of(city: City, version: Version) -> Sides:
    """The two sides of a city's figures; nothing beside them where nothing is published."""
    if not city.run_id:
        return Sides(version.number)
    try:
        published = _figures(city.pk, city.folder, city.run_id)
    except NotReady:
        # The published folder is away: the page of the text works on.
        return Sides(version.number)
    return Sides(version.number, published, shown_edition(city))


@lru_cache(READ_KEPT)
def _figures(city: int, folder: str, run_id: str) -> Figures:
    return Figures(document(City(pk=city, folder=folder, run_id=run_id)))
