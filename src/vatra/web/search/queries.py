"""Reads of the index: what fits the words, best first, for who may see it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import NoReverseMatch, reverse

from vatra.web.cities.models import City
from vatra.web.cities.standing import withdrawals
from vatra.web.people.rules import Actor
from vatra.web.search.engine import having
from vatra.web.search.folding import marked, words
from vatra.web.search.models import Entry
from vatra.web.search.rules import sight_of
from vatra.words import Language

LONGEST_QUERY = 200
MOST_WORDS = 8
SHORTEST_WORD = 2
PER_PAGE = 20
# So many of each sort are looked at and ranked; who has more hits adds a word.
CANDIDATES = 300
# Kinds in the order in which equally good hits stand.
KINDS = (
    "city", "page", "help", "number", "measure", "catalogue", "section", "document", "finding",
    "method", "person", "task", "upload", "comment", "row",
)  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """What is looked for: words, and the kind and city it must be of."""

    text: str
    kind: str = ""
    city: str = ""
    page: int = 1

    @property
    def words(self) -> list[str]:
        """The words to be found; a single letter finds nothing."""
        found = dict.fromkeys(words(self.text[:LONGEST_QUERY]))
        return [each for each in found if len(each) >= SHORTEST_WORD][:MOST_WORDS]


@dataclass(frozen=True)
class Hit:
    """Something found; title and text in pieces, each with whether it is a hit.

    ``is_withdrawn``: the city took back the figures that the hit leads to.
    """

    kind: str
    url: str
    title: list[tuple[str, bool]]
    text: list[tuple[str, bool]]
    city: str
    is_withdrawn: bool = False


@dataclass(frozen=True)
class Found:
    """A page of hits. ``is_more``: there are more than were looked at."""

    hits: tuple[Hit, ...]
    count: int
    kinds: tuple[tuple[str, int], ...]
    cities: tuple[tuple[str, str], ...]
    is_more: bool
    page: int
    pages_count: int


NOTHING = Found((), 0, (), (), False, 1, 1)


def search(actor: Actor, asked: Asked, lang: Language) -> Found:
    """What an actor may find. Nothing that they may not see is found, counted or named."""
    wanted = asked.words
    if not wanted:
        return NOTHING
    seen = Entry.objects.filter(sight_of(actor).condition(), lang__in=("", lang))
    seen = seen.select_related("city").order_by()
    city = City.objects.filter(slug=asked.city).first() if asked.city else None
    if asked.city and city is None:
        return NOTHING
    candidates, is_more = _candidates(seen, wanted, asked.kind, city)
    counts = Counter(each.kind for each in candidates)
    cities = {each.city.slug: each.city.name for each in candidates if each.city}
    if asked.kind:
        candidates = [each for each in candidates if each.kind == asked.kind]
    ranked = sorted(candidates, key=lambda each: _rank(each, wanted))
    start = (asked.page - 1) * PER_PAGE
    page = ranked[start : start + PER_PAGE]
    # Members find work in the same city, which nobody took back.
    public = {each.city.pk: each.city for each in page if each.city and _is_public(each)}
    gone = withdrawals(list(public.values())) if public else {}
    shown = [_hit(each, wanted, lang, _is_public(each) and each.city_id in gone) for each in page]
    return Found(
        tuple(each for each in shown if each is not None),
        len(ranked),
        tuple((kind, counts[kind]) for kind in KINDS if counts[kind]),
        tuple(sorted(cities.items(), key=lambda each: each[1])),
        is_more,
        asked.page,
        max(1, -(-len(ranked) // PER_PAGE)),
    )


def _candidates(
    seen: QuerySet[Entry], wanted: list[str], kind: str, city: City | None
) -> tuple[list[Entry], bool]:
    """The first hits of each sort, each once; what is found in a title comes before all others."""
    found: dict[int, Entry] = {}
    is_more = False
    for bulk in (False, True):
        of_sort = 0
        for in_title in (True, False):
            # A kind that there are thousands of drowns no other; asked for alone it is searched
            # alone.
            narrowed = seen.filter(kind=kind) if kind else seen
            fitting = having(narrowed, wanted, in_title=in_title, bulk=bulk, city=city)
            some = list(fitting[:CANDIDATES])
            is_more |= len(some) == CANDIDATES
            of_sort += len(some)
            found |= {each.pk: each for each in some if each.pk not in found}
            if of_sort >= CANDIDATES:
                break
    return list(found.values()), is_more


def _rank(entry: Entry, wanted: list[str]) -> tuple[object, ...]:
    """Whole words of the title first, then beginnings of them, then the rest."""
    title = words(entry.title)
    whole = sum(each in title for each in wanted)
    begun = sum(any(word.startswith(each) for word in title) for each in wanted)
    order = KINDS.index(entry.kind) if entry.kind in KINDS else len(KINDS)
    return (-begun, -whole, order, len(title), entry.title, entry.pk)


def _is_public(entry: Entry) -> bool:
    """Whether everybody may see it: it is of what the city shows."""
    return entry.city_id is not None and entry.audience == "public"


def _hit(entry: Entry, wanted: list[str], lang: Language, is_withdrawn: bool) -> Hit | None:
    try:
        url = reverse(entry.url_name, args=[lang, *entry.url_args])
    except NoReverseMatch:
        # An entry of an earlier version of Vatra; the next indexing forgets it.
        return None
    return Hit(
        entry.kind,
        url + entry.query,
        marked(entry.title, wanted),
        marked(entry.text, wanted),
        entry.city.name if entry.city else "",
        is_withdrawn,
    )
