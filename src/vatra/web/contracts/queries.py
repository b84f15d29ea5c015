"""Reads of contracts: the check of a seal, and what a contract's figures are called."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from vatra.contract import FORMAT, Mismatch, verify
from vatra.tables import label
from vatra.units import CENTS_PER_EUR, MG_PER_T, WH_PER_MWH
from vatra.web.cities.actions import slug_of
from vatra.web.cities.models import City
from vatra.web.cities.queries import document, listed_cities, whole_run_of
from vatra.web.contracts import beside
from vatra.web.contracts.models import ContractEdition
from vatra.words import Language, number

EDITIONS_SHOWN = 20

# Endings of sealed names -> how many of them make the unit that people read.
_UNITS = (("_mg", MG_PER_T, "t"), ("_wh", WH_PER_MWH, "MWh"), ("_cents", CENTS_PER_EUR, "EUR"))
# Sections whose figures are milligrams without saying so in each name.
_MASS_SECTIONS = ("totals.", "plan.split.")
_ENERGY_SECTION = "totals.energy_wh."
_SECTOR_TOTAL = re.compile(r"totals\.by_sector\.(?P<year>\d{4})\.(?P<sector>[a-z_]+)")


@dataclass(frozen=True)
class Verdict:
    """What the check of a handed-in contract found.

    ``mismatches`` everything that does not hold; ``city`` and ``seal`` as the document says;
    ``known`` the city shown here under that code, ``same_seal`` whether it is that very contract.
    """

    mismatches: tuple[Mismatch, ...]
    city: str
    seal: str
    known: City | None
    same_seal: bool

    @property
    def holds(self) -> bool:
        """Whether nothing was found."""
        return not self.mismatches

    def figures(self) -> list[Mismatch]:
        """Mismatches that name one figure."""
        return [each for each in self.mismatches if each.kind in ("arithmetic", "source")]

    def others(self) -> list[Mismatch]:
        """Mismatches of the whole or of a section."""
        return [each for each in self.mismatches if each.kind not in ("arithmetic", "source")]


def check_contract(content: Any) -> Verdict:
    """Check a contract against itself, and against the one shown here under the same seal.

    Without such a one it is held against what is shown now for the same city and years.
    """
    about = content.get("city") if isinstance(content, dict) else None
    about = about if isinstance(about, dict) else {}
    seal = content.get("seal") if isinstance(content, dict) else None
    value = seal.get("value") if isinstance(seal, dict) else None
    known = _known_city(about.get("code"))
    # Another edition of the city (another year, another base) is no altered copy of this one.
    published = beside.document_of(value) if known and isinstance(value, str) else None
    if published is None and known and _same_frame(about, document(known)):
        published = document(known)
    is_contract = isinstance(content, dict) and content.get("format") == FORMAT
    recomputed = dict(published) if published and is_contract else None
    return Verdict(
        mismatches=tuple(verify(content, recomputed)),
        city=str(about.get("name", ""))[:200],
        seal=str(value or "")[:200],
        known=known if recomputed else None,
        same_seal=bool(known) and known is not None and value == known.run_id,
    )


def _known_city(code: Any) -> City | None:
    if not isinstance(code, str) or not code:
        return None
    return listed_cities().filter(slug=slug_of(code)).first()


def _same_frame(about: Mapping[str, Any], published: Mapping[str, Any]) -> bool:
    names = ("code", "base_year", "target_year")
    return all(about.get(name) == published["city"].get(name) for name in names)


def editions(city: City) -> list[ContractEdition]:
    """Contracts that were ever shown for the city, the last one first."""
    return list(ContractEdition.objects.filter(city=city)[:EDITIONS_SHOWN])


def own_mismatches(city: City) -> list[Mismatch]:
    """What of the shown contract does not follow from the city's pack computed again."""
    return verify(dict(document(city)), whole_run_of(city).contract)


def figure_name(path: str, lang: Language) -> str:
    """What a sealed figure is called; empty where only its place in the file says it."""
    found = _SECTOR_TOTAL.fullmatch(path)
    return f"{label('sector', found['sector'], lang)}, {found['year']}" if found else ""


def figure_words(path: str, value: str, lang: Language) -> str:
    """A sealed figure in the unit people read, or as it is where its unit is not known."""
    try:
        whole = int(value)
    except ValueError:
        return value
    if path.startswith(_ENERGY_SECTION):
        return f"{number(whole / WH_PER_MWH, lang)} MWh"
    for ending, size, unit in _UNITS:
        if any(part.endswith(ending) for part in path.split(".")):
            return f"{number(whole / size, lang)} {unit}"
    if path.startswith(_MASS_SECTIONS):
        return f"{number(whole / MG_PER_T, lang)} t"
    return value
