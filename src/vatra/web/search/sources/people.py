"""People with a role in a city, for those who administer it."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q

from vatra.web.base.searchable import Findable
from vatra.web.cities.models import City
from vatra.web.people.holding import held_on, today
from vatra.web.people.models import Membership, User
from vatra.words import LANGUAGES, say


def people(city: City) -> Iterator[Findable]:
    """Everybody with a role today, by name and address: the page of people says no less."""
    held = Membership.objects.filter(held_on(today()), city=city)
    for each in held.select_related("person", "organisation").order_by("id"):
        for person in _of(each):
            for lang in LANGUAGES:
                role = say(f"web.people.role-{each.role}", lang)
                yield Findable(
                    "person",
                    person.name or person.email,
                    "people:members",
                    (city.slug,),
                    f"{role}, {city.name}",
                    person.email,
                    lang=lang,
                    audience="administrators",
                )


def _of(held: Membership) -> list[User]:
    if held.person is not None:
        return [held.person]
    return list(User.objects.filter(organisation=held.organisation, is_active=True))


def cities_of(person: User) -> list[City]:
    """Cities in whose index a person stands."""
    own = Q(memberships__person=person)
    if person.organisation_id is not None:
        own |= Q(memberships__organisation_id=person.organisation_id)
    return list(City.objects.filter(own).distinct())
