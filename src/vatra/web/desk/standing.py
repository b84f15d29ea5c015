"""Where the work on a city stands: the sentence at the top, its steps, its draft."""

from __future__ import annotations

from dataclasses import dataclass

from vatra.web.base.errors import NotReady
from vatra.web.cities.facts import Facts
from vatra.web.cities.folders import Document
from vatra.web.cities.models import City
from vatra.web.cities.queries import document
from vatra.web.workspace.models import Version
from vatra.web.workspace.packs import Computed, computed
from vatra.web.workspace.steps import Step, steps_of
from vatra.words import Language, say


@dataclass(frozen=True)
class Standing:
    """Steps of a city, and the first one that can be taken."""

    steps: tuple[Step, ...]
    lang: Language

    @property
    def rows(self) -> list[tuple[Step, str]]:
        """Each step with its state in a word."""
        return [(each, say(f"web.desk.state-{each.state}", self.lang)) for each in self.steps]

    @property
    def next(self) -> Step | None:
        """What to do now; None when all is done or waits for others."""
        return next((each for each in self.steps if each.state == "now"), None)

    @property
    def where(self) -> str:
        """How far the work is, in a sentence."""
        done = sum(each.state == "done" for each in self.steps)
        whole = len(self.steps)
        if not done:
            return say("web.desk.none-done", self.lang)
        if done == whole:
            return say("web.desk.all-done", self.lang)
        return say("web.desk.so-far", self.lang, count=done, whole=whole)

    @property
    def next_words(self) -> str:
        """The next step within a sentence: its first letter is small."""
        name = self.next.name if self.next else ""
        return name[:1].lower() + name[1:]

    @property
    def held_up(self) -> Step | None:
        """The first step that waits for something, where none can be taken."""
        if self.next is not None:
            return None
        return next((each for each in self.steps if each.state == "blocked"), None)


def standing(city: City, head: Version, lang: Language) -> Standing:
    """The steps of a city as its rooms tell them."""
    return Standing(tuple(steps_of(city, head, lang)), lang)


@dataclass(frozen=True)
class Figure:
    """A figure of the draft beside the published one [mg]; None where it is not there."""

    words: str
    draft_mg: int | None
    published_mg: int | None

    @property
    def difference_mg(self) -> int | None:
        if self.draft_mg is None or self.published_mg is None:
            return None
        return self.draft_mg - self.published_mg


@dataclass(frozen=True)
class Draft:
    """What the newest version gives."""

    is_ready: bool
    error_count: int
    remark_count: int
    figures: tuple[Figure, ...]
    has_published: bool


def draft(city: City, head: Version, published: Version | None, lang: Language) -> Draft:
    """Findings of the newest version and its two figures that everybody asks for."""
    now = computed(head)
    before = _shown(city, published) if published else None
    errors = sum(each.severity == "error" for each in now.findings)
    return Draft(
        now.ok,
        errors,
        len(now.findings) - errors,
        _figures(now, before, lang),
        published is not None,
    )


def _shown(city: City, published: Version) -> Document | None:
    """What the public pages show: it was sealed, nothing need be computed."""
    try:
        return document(city)
    except NotReady:
        return computed(published).document


def _figures(now: Computed, before: Document | None, lang: Language) -> tuple[Figure, ...]:
    new, old = _masses(now.document), _masses(before)
    return tuple(
        Figure(say(f"web.desk.figure-{name}", lang), new.get(name), old.get(name))
        for name in ("total", "left")
        if name in new or name in old
    )


def _masses(content: Document | None) -> dict[str, int]:
    if content is None:
        return {}
    facts = Facts(content)
    found = {"total": facts.base_mg}
    if facts.plan is not None:
        found["left"] = int(facts.plan["residual_mg"])
    return found
