"""Writes of cities: each one atomic and logged."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from vatra.contract import verify
from vatra.runs.publish import CONTRACT, PACK
from vatra.web.base.actions import do_record_write
from vatra.web.cities.facts import headline
from vatra.web.cities.folders import read_document
from vatra.web.cities.models import City
from vatra.web.cities.rules import Actor
from vatra.words import Language, say

SLUG_LENGTH = 80


class Refused(Exception):
    """A folder that cannot be registered; the message says why and the next step."""

    def __init__(self, key: str, **params: Any) -> None:
        self.key, self.params = key, params
        super().__init__(self.message("en"))

    def message(self, lang: Language) -> str:
        """Why, in a language."""
        return say(self.key, lang, **self.params)


def do_register_city(*, folder: Path, actor: Actor) -> City:
    """Show the city whose sealed contract lies in a folder.

    A city that is known by its code is moved to the folder and its new run. Raises ``Refused``
    when the folder holds no contract, one whose seal does not hold, or no pack, or when files that
    were sealed cannot be read here.
    """
    content = _sealed_document(folder)
    about = content["city"]
    values = {
        "name": about["name"],
        "folder": str(folder.resolve()),
        "run_id": content["seal"]["value"],
        "base_year": about["base_year"],
        "target_year": about["target_year"],
        "synthetic": bool(about["synthetic"]),
        "headline": headline(content),
        "is_listed": True,
    }
    slug = slug_of(about["code"])
    with transaction.atomic():
        city, is_new = City.objects.update_or_create(slug=slug, defaults=values)
        do_record_write(
            actor=actor,
            verb="register" if is_new else "renew",
            noun="city",
            name=slug,
            detail=city.run_id,
        )
    return city


def do_unlist_cities(*, besides: Iterable[City], actor: Actor) -> list[City]:
    """Stop showing all cities but these; their rows and editions stay."""
    kept = [city.pk for city in besides]
    with transaction.atomic():
        gone = list(City.objects.filter(is_listed=True).exclude(pk__in=kept))
        for city in gone:
            do_record_write(actor=actor, verb="unlist", noun="city", name=city.slug)
        City.objects.filter(pk__in=[city.pk for city in gone]).update(is_listed=False)
    return gone


def slug_of(code: str) -> str:
    """The city's part of an address; a code without letters or digits is named by its hash."""
    slug = slugify(code)[:SLUG_LENGTH].strip("-")
    return slug or "city-" + hashlib.sha256(code.encode()).hexdigest()[:8]


def _sealed_document(folder: Path) -> dict[str, Any]:
    try:
        content = read_document(folder)
    except OSError as problem:
        raise Refused("web.cities.no-contract", folder=str(folder), file=CONTRACT) from problem
    except ValueError as problem:
        raise Refused("web.cities.not-json", folder=str(folder), file=CONTRACT) from problem
    broken = verify(content)
    if broken:
        raise Refused(
            "web.cities.seal-broken",
            folder=str(folder),
            file=CONTRACT,
            what=broken[0].message("en"),
        )
    if not (folder / PACK / "city.yaml").is_file():
        raise Refused("web.cities.no-pack", folder=str(folder), pack=PACK)
    unread = [name for name in sorted(content["versions"]["files"]) if not _reads(folder, name)]
    if unread:
        raise Refused("web.cities.pack-unread", folder=str(folder), pack=PACK, files=unread)
    return content


def _reads(folder: Path, name: str) -> bool:
    try:
        (folder / PACK / name).open("rb").close()
    except OSError:
        return False
    return True
