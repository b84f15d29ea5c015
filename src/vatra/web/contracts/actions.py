"""Writes of contract editions: each one atomic and logged."""

from __future__ import annotations

from pathlib import Path

from django.db import transaction

from vatra.web.base.actions import do_record_write
from vatra.web.cities.actions import do_register_city
from vatra.web.cities.models import City
from vatra.web.cities.queries import document
from vatra.web.cities.rules import Actor
from vatra.web.contracts.models import ContractEdition


def do_register_folder(*, folder: Path, actor: Actor) -> City:
    """Show the city of an output folder and enter its contract among the city's editions.

    Raises ``vatra.web.cities.actions.Refused`` as ``do_register_city`` does.
    """
    with transaction.atomic():
        city = do_register_city(folder=folder, actor=actor)
        do_enter_edition(city=city, actor=actor)
    return city


def do_enter_edition(*, city: City, actor: Actor) -> ContractEdition:
    """Enter the city's present contract; one that is there already stays as it is."""
    content = document(city)
    with transaction.atomic():
        edition, is_new = ContractEdition.objects.get_or_create(
            city=city,
            seal=city.run_id,
            defaults={"format": content["format"], "made_with": content["versions"]["vatra"]},
        )
        if is_new:
            do_record_write(
                actor=actor, verb="enter", noun="edition", name=city.slug, detail=edition.seal
            )
    return edition
