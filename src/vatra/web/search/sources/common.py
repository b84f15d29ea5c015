"""What belongs to no city: the catalogue of measures, methods, pages of the site."""

from __future__ import annotations

from collections.abc import Iterator

from vatra.methods import methods
from vatra.plans.catalogue import catalogue
from vatra.tables import label
from vatra.web.base.searchable import Findable
from vatra.words import LANGUAGES, say

PAGES = {
    "web.base.cities": "cities:list",
    "web.base.catalogue": "pathways:catalogue",
    "web.base.lint": "lint:check",
    "web.base.verify": "contracts:verify",
    "web.api.docs-title": "api:docs",
}


def pages(_: None) -> Iterator[Findable]:
    """Pages of the site."""
    for key, url in PAGES.items():
        for lang in LANGUAGES:
            yield Findable("page", say(key, lang), url, lang=lang)


def measures(_: None) -> Iterator[Findable]:
    """What a city can do: the measures of the catalogue."""
    for each in catalogue().values():
        for lang in LANGUAGES:
            others = " ".join(each.name(code) for code in LANGUAGES)
            more = (
                f"{others} {label('field', each.field, lang)} {label('sector', each.sector, lang)}"
            )
            address = ("pathways:measure", (each.id,))
            yield Findable(
                "catalogue", each.name(lang), *address, each.about(lang), more, lang=lang
            )


def all_methods(_: None) -> Iterator[Findable]:
    """Methods: how each kind of figure is computed."""
    for name in methods():
        for lang in LANGUAGES:
            title = say(f"methods.{name}", lang)
            words = say(f"methods.{name}-formula", lang)
            yield Findable("method", title, "cities:method", (name,), words, lang=lang)
