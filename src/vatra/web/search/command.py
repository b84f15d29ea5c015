"""What ``vatra admin index`` does."""

from __future__ import annotations

from django.core.management import call_command

from vatra.web.cities.models import City
from vatra.web.search.actions import do_index_city, do_index_installation
from vatra.web.search.models import Entry


def index_all(all_of_it: bool) -> list[dict[str, object]]:
    """Bring the index of every city up to date; returns how many entries each has.

    ``all_of_it``: make everything anew, also what is as the pages show it.
    """
    call_command("migrate", interactive=False, verbosity=0)
    rows: list[dict[str, object]] = []
    do_index_installation()
    for city in City.objects.order_by("slug"):
        do_index_city(city=city, all_of_it=all_of_it)
        count = Entry.objects.filter(city=city).count()
        rows.append({"city": city.slug, "entry_count": count})
    return rows
