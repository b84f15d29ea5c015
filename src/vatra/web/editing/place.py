"""Where an edit happens: a table of a city, the state the person saw, and the newest one."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from vatra.tables import Finding, Table
from vatra.web.base.errors import Choice, NotHere
from vatra.web.cities.models import City
from vatra.web.editing.ground import Ground, Row, ground_of, table_named
from vatra.web.people.queries import actor_of
from vatra.web.people.rules import Rule, may_read_work
from vatra.web.workspace.models import Version
from vatra.web.workspace.naming import table_name
from vatra.web.workspace.queries import access_work, steps_between, version_of
from vatra.web.workspace.views import begun
from vatra.words import Language

BASE = "base"


@dataclass(frozen=True)
class Place:
    """A table in a city's work; ``base`` is what the person saw, ``head`` the newest state."""

    city: City
    lang: Language
    table: Table
    base: Version
    head: Version

    @property
    def name(self) -> str:
        """The table's name."""
        return self.table.name

    @property
    def words(self) -> str:
        """What people call the table."""
        return table_name(self.table.name, self.lang)

    @property
    def url(self) -> str:
        """The address of the table."""
        return reverse("editing:table", args=[self.lang, self.city.slug, self.name])

    def ground(self) -> Ground:
        """The newest rows."""
        return ground_of(self.head, self.name)

    def seen(self) -> Ground:
        """The rows that the person saw."""
        return ground_of(self.base, self.name)

    def line_now(self, line: int) -> int | None:
        """Where a row of the state that the person saw stands now; None when it is gone."""
        if self.base.pk == self.head.pk:
            return line if self.ground().row(line) is not None else None
        return steps_between(self.base, self.head, self.name).get(line)

    def row_now(self, line: int) -> Row | None:
        """The newest texts of a row of the state that the person saw."""
        now = self.line_now(line)
        return None if now is None else self.ground().row(now)


def place_of(
    request: HttpRequest, lang: Language, slug: str, name: str, rule: Rule = may_read_work
) -> Place:
    """The table of an address, if the actor may do with it what the rule says."""
    city = access_work(actor_of(request), slug, lang, rule)
    head = begun(city)
    table = table_named(name)
    if table is None:
        url = reverse("editing:tables", args=[lang, slug])
        raise NotHere("web.editing.table-unknown", [Choice(city.name, url)], name=name[:80])
    return Place(city, lang, table, _base(request, city, head, lang), head)


def _base(request: HttpRequest, city: City, head: Version, lang: Language) -> Version:
    given = (request.POST or request.GET).get(BASE, "")
    if not given.isascii() or not given.isdigit() or len(given) > 9:
        return head
    number = int(given)
    return head if number == head.number else version_of(city, number, lang)


def row_unknown(place: Place, line: int) -> NotHere:
    """404 for a line on which no row stands, with the table it was looked for in."""
    exist = [Choice(place.words, place.url)]
    return NotHere("web.editing.row-unknown", exist, line=str(line), table=place.words)


def problem_of(finding: Finding, lang: Language) -> str:
    """Why a file cannot be taken apart."""
    return finding.message(lang)
