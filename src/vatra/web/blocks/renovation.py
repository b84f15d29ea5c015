"""The works that an owners' association can choose from, under what it says of its block."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlencode

from django.http import QueryDict

from vatra.plans.retrofit import RetrofitError
from vatra.plans.retrofit.facts import known_fields, value_words
from vatra.plans.retrofit.named import KEPT_NAME, named
from vatra.plans.services import ServicesError
from vatra.runs.retrofit import Renovation, renovate_one
from vatra.runs.retrofit_facts import Asked
from vatra.runs.retrofit_rows import picks
from vatra.web.blocks.bills import USUAL_HEAT
from vatra.web.blocks.folders import Held, stock_of
from vatra.web.cities.models import City
from vatra.words import Language, say

RENOVATIONS_KEPT = 16
USUAL_PACKAGE = "moderate"
# Facts that a visitor may state: name in an address -> field of programmes and its words.
FACTS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "region": (
        "block.region",
        ("nord_est", "nord_vest", "sud_est", "sud_muntenia", "sud_vest_oltenia", "vest", "centru",
         "bucuresti_ilfov"),
    ),
    "rank": ("city.rank", ("municipality", "town", "commune")),
    "applicant": ("applicant.kind", ("city", "association", "company", "person")),
    "seismic": ("block.seismic_class", ("RsI", "RsII", "RsIII", "RsIV")),
    "association": ("block.has_association", ("yes", "no")),
    "eu": ("block.has_eu_funds", ("yes", "no")),
}  # fmt: skip
_FIRST_YEAR, _LAST_YEAR = 1800, 2100
_FLAT_M2 = (8.0, 1000.0)
_MOST_FLATS = 2000
_MOST_LETTERS = 20_000


@dataclass(frozen=True)
class Facts:
    """What a visitor says of a block; ``faults`` name fields that could not be read."""

    package: str = USUAL_PACKAGE
    day: date | None = None
    stated: Mapping[str, str] = field(default_factory=dict)
    design_year: int | None = None
    flats_text: str = ""
    flat_m2: tuple[float, ...] = ()
    faults: tuple[str, ...] = ()

    @classmethod
    def of(cls, query: QueryDict, region: str | None = None) -> Facts:
        """The facts of an address; what cannot be read is a fault and counts as not stated.

        ``region`` is the city's own, in force where the address says nothing of it.
        """
        faults = []
        stated = {}
        for name, (_, words) in FACTS.items():
            value = str(query.get(name, (region or "") if name == "region" else ""))
            if value in words:
                stated[name] = value
            elif value:
                faults.append(name)
        day, year = _day(str(query.get("day", ""))), _year(str(query.get("design", "")))
        flats_text = str(query.get("flats", ""))[:_MOST_LETTERS].strip()
        flats = _flats(flats_text)
        for name, value, found in (("day", "day", day), ("design", "design", year)):
            if query.get(value) and found is None:
                faults.append(name)
        if flats_text and not flats:
            faults.append("flats")
        package = str(query.get("package", "")) or USUAL_PACKAGE
        return cls(package[:60], day, stated, year, flats_text, flats, tuple(faults))

    @property
    def on_date(self) -> date:
        """The day of prices and calls: the one asked for, or today."""
        return self.day or date.today()

    @property
    def asked(self) -> Asked:
        """The facts as the run takes them."""
        known = {"yes": True, "no": False}
        return Asked(
            on_date=self.on_date,
            region=self.stated.get("region"),
            rank=self.stated.get("rank"),
            applicant=self.stated.get("applicant"),
            design_year=self.design_year,
            seismic_class=self.stated.get("seismic"),
            has_eu_funds=known.get(self.stated.get("eu", "")),
            has_association=known.get(self.stated.get("association", "")),
            flat_m2=self.flat_m2,
        )

    def query(self, package: str = "") -> str:
        """The facts as an address, with another package."""
        parts = {
            "package": package or self.package,
            "day": self.day.isoformat() if self.day else "",
            "design": str(self.design_year or ""),
            "flats": self.flats_text if self.flat_m2 else "",
            **self.stated,
        }
        return urlencode({name: value for name, value in parts.items() if value})


def _day(text: str) -> date | None:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if 2000 <= found.year <= _LAST_YEAR else None


def _year(text: str) -> int | None:
    year = int(text) if text.isdecimal() and len(text) == 4 else 0
    return year if _FIRST_YEAR <= year <= _LAST_YEAR else None


def _flats(text: str) -> tuple[float, ...]:
    """Areas parted by spaces or semicolons, ``48,5`` or ``48.5``; none if any cannot be."""
    found = []
    for each in text.replace(";", " ").split():
        count, _, area = each.rpartition("x")
        try:
            value, times = float(area.replace(",", ".")), int(count or 1)
        except ValueError:
            return ()
        if not _FLAT_M2[0] <= value <= _FLAT_M2[1] or not 0 < times <= _MOST_FLATS:
            return ()
        found += [value] * times
    return tuple(found) if len(found) <= _MOST_FLATS else ()


@dataclass(frozen=True)
class FactField:
    """A fact with its choices, for the form."""

    name: str
    words: str
    ask: str
    choices: Sequence[tuple[str, str]]
    value: str


def fact_fields(facts: Facts, known_association: bool, lang: Language) -> list[FactField]:
    """Every fact that a visitor may state; the association's only where no row names one."""
    found = []
    for name, (key, words) in FACTS.items():
        if name == "association" and known_association:
            continue
        about = known_fields()[key]
        choices = [(each, value_words()[each].text(lang)) for each in words]
        found.append(
            FactField(
                name, about.said.text(lang), about.ask.text(lang), choices,
                facts.stated.get(name, ""),
            )
        )  # fmt: skip
    return found


@dataclass(frozen=True, eq=False)
class Weighed:
    """Every package of a block, or why they cannot be weighed."""

    found: Renovation | None
    fault: Mapping[Language, str] = field(default_factory=dict)

    def picks(self) -> dict[str, int]:
        """Packages of works that people look at, each once."""
        if self.found is None:
            return {}
        once: dict[int, str] = {}
        for name, place in picks(self.found).items():
            once.setdefault(place, name)
        return {name: place for place, name in once.items() if name != KEPT_NAME}


def weighed(city: City, code: str, facts: Facts) -> Weighed:
    """Every package of a building under what was said of it."""
    return _weighed(Path(city.folder), city.run_id, city.slug, code, facts.asked)


@lru_cache(RENOVATIONS_KEPT)
def _weighed(folder: Path, run_id: str, city: str, code: str, asked: Asked) -> Weighed:
    held = stock_of(folder, run_id, city).held
    if held is None or code not in held.places:
        return Weighed(None)
    try:
        place = held.places[code]
        return Weighed(renovate_one(held.stock, place, held.climate, asked, heat=USUAL_HEAT))
    except (RetrofitError, ServicesError) as problem:
        return Weighed(None, {"en": problem.text("en"), "ro": problem.text("ro")})


def package_words(name: str, lang: Language) -> str:
    """The name of a package as people say it."""
    if name in named():
        return named()[name].said.text(lang)
    return say(f"web.blocks.package-{name}", lang)


def asked_package(
    city: City, held: Held, code: str, query: QueryDict
) -> tuple[Renovation, dict[str, int], Facts] | None:
    """The renovation that an address of a table or picture asks for; None where there is none."""
    facts = Facts.of(query, held.region)
    found = weighed(city, code, facts)
    picks = found.picks()
    return (found.found, picks, facts) if found.found and facts.package in picks else None
