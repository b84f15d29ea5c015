"""What the pages of work share: the version in hand, its outlook, words for choices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest

from vatra.sources.city_yaml import FILE_NAME, read_city
from vatra.tables.numbers import Style
from vatra.web.cities.models import City
from vatra.web.people.holding import held_on, today
from vatra.web.people.models import Membership, User
from vatra.web.people.queries import actor_of
from vatra.web.people.rules import Rule, may_read_work
from vatra.web.people.views_account import signed_in
from vatra.web.progress.queries import Outlook, last_known, outlook_of_version, published_outlook
from vatra.web.workspace.actions_start import do_open_workspace
from vatra.web.workspace.models import Version
from vatra.web.workspace.packs import pack_folder
from vatra.web.workspace.queries import access_work, head_of
from vatra.words import Language

NAME_LENGTH = 60


@dataclass(frozen=True)
class Hand:
    """A city in the hands of who works on it; ``version`` None where nobody has begun.

    ``told`` is the version that the outlook tells of: an earlier one while the newest one has not
    been computed.
    """

    city: City
    version: Version | None
    outlook: Outlook
    told: Version | None = None

    @property
    def is_behind(self) -> bool:
        """Whether the outlook does not know yet what the newest version says."""
        return self.told != self.version

    @property
    def document(self) -> Mapping[str, Any] | None:
        """What can be said of its progress."""
        return self.outlook.document

    def actions(self, lang: Language) -> list[tuple[str, str]]:
        """Code and words of each action of the plan."""
        if self.document is None:
            return []
        return [(code, f"{code} {names[lang]}"[:NAME_LENGTH])
                for code, names in self.document["names"].items()]  # fmt: skip

    def style(self) -> Style | None:
        """How the pack writes numbers, where it says so."""
        if self.version is None or FILE_NAME not in self.version.manifest:
            return None
        about, _ = read_city(pack_folder(self.version) / FILE_NAME)
        return None if about is None else about.numbers


def in_hand(request: HttpRequest, lang: Language, slug: str, rule: Rule = may_read_work) -> Hand:
    """The city of an address for who works on it. Raises as ``access_work`` does."""
    city = access_work(actor_of(request), slug, lang, rule)
    version = head_of(city)
    if version is None:
        return Hand(city, None, published_outlook(city))
    told = last_known(version) or version
    outlook = outlook_of_version(told)
    if outlook.document is None:
        # An earlier version without a plan says nothing that a page could begin with.
        return with_newest(Hand(city, version, outlook, told))
    return Hand(city, version, outlook, told)


def with_newest(hand: Hand) -> Hand:
    """The same, its newest version computed now where it was not."""
    if hand.version is None or not hand.is_behind:
        return hand
    return replace(hand, outlook=outlook_of_version(hand.version), told=hand.version)


def base_of(request: HttpRequest, hand: Hand) -> Version:
    """The version that the person saw when the form was opened, else the newest.

    Work on a city that was never worked on begins with its first save.
    """
    if hand.version is None:
        opened = do_open_workspace(city=hand.city, actor=signed_in(request)).head
        if opened is None:
            raise ValueError("a workspace is made with its first version")
        return opened
    number = request.POST.get("base", "")
    if number.isascii() and number.isdigit() and len(number) < 10:
        seen = Version.objects.filter(city=hand.city, number=int(number)).first()
        return seen or hand.version
    return hand.version


def people_of(city: City) -> list[User]:
    """Who may own a task: everybody with a role in the city today, also by an organisation."""
    held = Membership.objects.filter(held_on(today()), city=city)
    numbers: set[int] = set()
    for each in held.select_related("organisation"):
        if each.person_id is not None:
            numbers.add(each.person_id)
        elif each.organisation is not None:
            numbers.update(each.organisation.people.values_list("pk", flat=True))
    return list(User.objects.filter(pk__in=numbers, is_active=True).order_by("name", "email"))


def people_choices(city: City) -> Sequence[tuple[str, str]]:
    """The same as choices of a form."""
    return [(str(each.pk), str(each)[:NAME_LENGTH]) for each in people_of(city)]
