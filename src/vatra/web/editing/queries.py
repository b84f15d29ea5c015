"""Reads of what people say to each other about a city's figures."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.urls import NoReverseMatch, reverse

from vatra.web.base.errors import Choice, NotHere
from vatra.web.cities.models import City
from vatra.web.editing.ground import table_named
from vatra.web.editing.models import KINDS, STATES, Mention, Thread
from vatra.web.people.holding import held_on, today
from vatra.web.people.models import Membership, User
from vatra.web.workspace.naming import table_name
from vatra.words import Language, say

LONGEST_ANCHOR = 300
A_PAGE = 30


@dataclass(frozen=True)
class Anchor:
    """What is spoken about, in words; ``url`` where it stands, empty where nowhere."""

    kind: str
    anchor: str
    words: str
    url: str


@dataclass(frozen=True)
class Filter:
    """Which threads are wanted."""

    state: str = "open"
    kind: str = ""
    anchor: str = ""
    only_mine: bool = False

    @classmethod
    def of(cls, query: dict[str, str]) -> Filter:
        """What an address asks for; what makes no sense is left out."""
        kind, state = query.get("kind", ""), query.get("state", "open")
        return cls(
            state if state in (*STATES, "all") else "open",
            kind if kind in KINDS else "",
            query.get("anchor", "")[:LONGEST_ANCHOR].replace("\x00", ""),
            query.get("mine") == "1",
        )

    @property
    def is_about_one(self) -> bool:
        """Whether it names one thing."""
        return bool(self.kind and self.anchor)


def open_counts(city: City, table: str) -> dict[str, int]:
    """Key of a row -> how much is said of it that is not yet resolved."""
    found = (
        Thread.objects.filter(city=city, kind="cell", state="open", anchor__startswith=f"{table}:")
        .annotate(said=Count("comments"))
        .values_list("anchor", "said")
    )
    counts: dict[str, int] = {}
    for anchor, said in found:
        key = anchor.partition(":")[2]
        counts[key] = counts.get(key, 0) + said
    return counts


def threads(city: City, wished: Filter, person: User | None = None) -> QuerySet[Thread]:
    """Threads that fit, the one moved last first."""
    found = Thread.objects.filter(city=city).prefetch_related(
        "comments__author", "comments__mentions__person"
    )
    if wished.state != "all" and not wished.is_about_one:
        found = found.filter(state=wished.state)
    if wished.kind:
        found = found.filter(kind=wished.kind)
    if wished.anchor:
        found = found.filter(anchor=wished.anchor)
    if wished.only_mine and person is not None:
        mine = Q(comments__author=person) | Q(comments__mentions__person=person)
        found = found.filter(mine).distinct()
    return found


def thread_of(city: City, pk: int, lang: Language) -> Thread:
    """One thread of a city; 404 with the list for one that it does not have."""
    found = Thread.objects.filter(city=city, pk=pk).first()
    if found is None:
        url = reverse("editing:comments", args=[lang, city.slug])
        raise NotHere("web.editing.thread-unknown", [Choice(city.name, url)])
    return found


def unseen_mentions(person: User, city: City | None = None) -> QuerySet[Mention]:
    """Comments that name a person and that the person has not marked as seen."""
    found = Mention.objects.filter(person=person, seen_at=None).select_related(
        "comment__thread__city", "comment__author"
    )
    return found if city is None else found.filter(comment__thread__city=city)


def people_of(city: City) -> list[User]:
    """Who holds a role in a city today, by a role of their own or of their organisation."""
    held = held_on(today())
    own = User.objects.filter(is_active=True, memberships__in=_held(city, held))
    lent = User.objects.filter(is_active=True, organisation__memberships__in=_held(city, held))
    return sorted({*own, *lent}, key=lambda each: (str(each).casefold(), each.pk))


def _held(city: City, held: Q) -> QuerySet[Membership]:
    return Membership.objects.filter(held, city=city)


def anchor_of(city: City, kind: str, anchor: str, lang: Language) -> Anchor:
    """What a thread is about, in words, and where that stands."""
    words, url = _ANCHORS.get(kind, _other)(city, anchor, lang)
    return Anchor(kind, anchor, words, url)


def _cell(city: City, anchor: str, lang: Language) -> tuple[str, str]:
    name, _, key = anchor.partition(":")
    if table_named(name) is None:
        return anchor, ""
    url = reverse("editing:table", args=[lang, city.slug, name])
    return f"{table_name(name, lang)}: {key}", url


def _number(city: City, anchor: str, lang: Language) -> tuple[str, str]:
    words = say("web.editing.about-number", lang, path=anchor)
    return words, _reversed("cities:number", lang, city.slug, anchor)


def _section(city: City, anchor: str, lang: Language) -> tuple[str, str]:
    words = say("web.editing.about-section", lang, name=anchor)
    return words, _reversed("drafting:contract", lang, city.slug)


def _upload(city: City, anchor: str, lang: Language) -> tuple[str, str]:
    words = say("web.editing.about-upload", lang, name=anchor)
    return words, _reversed("evidence:uploads", lang, city.slug)


def _other(city: City, anchor: str, lang: Language) -> tuple[str, str]:
    return anchor, ""


def _reversed(name: str, *args: str) -> str:
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


_ANCHORS = {"cell": _cell, "number": _number, "section": _section, "upload": _upload}
