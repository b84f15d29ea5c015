"""Who may read a city's pages."""

from __future__ import annotations

from vatra.web.cities.models import City
from vatra.web.cities.shown import is_shown

# The public has no account; who registers a city from the command line has a name.
Actor = str
PUBLIC: Actor = ""


def is_listed(actor: Actor, city: City) -> bool:
    """Everyone may read a city that is being shown; who sees its draft was asked before."""
    return is_shown(city)


may_read_city = is_listed
