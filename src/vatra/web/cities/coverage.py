"""What the completeness picture and the GPC table show of each category, ready for a page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse

from vatra.plans.gpc import GpcLine
from vatra.tables import label
from vatra.tables.vocabulary import GASES, MIXTURE
from vatra.units import MG_PER_T
from vatra.web.cities.figures import Figures
from vatra.web.cities.gaps import Gap, GridRow, Square
from vatra.web.cities.models import City
from vatra.web.cities.naming import category_words, method_words
from vatra.words import Language, number, say, tonnes

# Less than a kilogram is said to be less, not nothing.
_SMALLEST_T = 0.001
# What stands in a square beside its colour: a disc, a key's letters, a question, nothing.
_SIGNS = {"computed": "●", "blank": "?", "impossible": ""}
_FAMILIES = ("HFC", "PFC", MIXTURE)


@dataclass(frozen=True)
class Tile:
    """A square of the picture: its sign, the same in words, and where it leads."""

    kind: str
    sign: str
    words: str
    url: str


@dataclass(frozen=True)
class CoverageRow:
    """A category of the picture."""

    code: str
    name: str
    scored: bool
    tiles: tuple[Tile, ...]


@dataclass(frozen=True)
class Coverage:
    """One sector of the protocol in the picture."""

    code: str
    name: str
    rows: tuple[CoverageRow, ...]


def coverage(
    city: City, year: int, rows: Sequence[GridRow], found: Sequence[Gap], lang: Language
) -> list[Coverage]:
    """The picture by sector; every square leads to its rows, its reason or its next step."""
    steps = {
        (code, gas): each.anchor for each in found for code in each.codes for gas in each.step.gases
    }
    by_sector: dict[str, list[CoverageRow]] = {}
    for row in rows:
        name = category_words(row.code, lang)
        tiles = tuple(_tile(city, year, row, each, steps, lang) for each in row.squares)
        shown = CoverageRow(row.code, name, row.scored, tiles)
        by_sector.setdefault(row.line.category.sector, []).append(shown)
    return [
        Coverage(sector, label("gpc_sector", sector, lang), tuple(each))
        for sector, each in by_sector.items()
    ]


def _tile(
    city: City,
    year: int,
    row: GridRow,
    square: Square,
    steps: dict[tuple[str, str], str],
    lang: Language,
) -> Tile:
    sign = _SIGNS.get(square.state, square.state)
    said = {"category": row.code, "gas": label("gas", square.gas, lang)}
    if square.kind == "computed":
        mass = tonnes(square.co2e_mg, lang, 1) if square.co2e_mg is not None else ""
        words = say("web.cities.tile-computed", lang, **said, mass=mass)
        return Tile("computed", sign, words, rows_url(city, lang, year, row.code, square))
    if square.kind == "keyed":
        key = label("notation", square.state, lang)
        words = say("web.cities.tile-keyed", lang, **said, key=key)
        return Tile("keyed", sign, words, f"#key-{row.code.replace('.', '-')}")
    words = say(f"web.cities.tile-{square.kind}", lang, **said)
    anchor = steps.get((row.code, square.gas), "")
    return Tile(square.kind, sign, words, f"#{anchor}" if anchor else "")


def rows_url(city: City, lang: Language, year: int, code: str, square: Square | None = None) -> str:
    """Where the rows of a category, or of one gas of it, are listed."""
    query = f"year={year}&category={code}"
    # A mixture published as CO2e stands for its gases: its rows bear no single gas.
    if square is not None and square.co2e_mg is not None:
        query += f"&gas={square.gas}"
    return f"{reverse('cities:rows', args=[lang, city.slug])}?{query}"


@dataclass(frozen=True)
class KeyWords:
    """A notation key in words, once for all gases of a category that it holds for."""

    key: str
    words: str
    where: str
    explanation: str
    gases: str
    lines: str


@dataclass(frozen=True)
class Keyed:
    """A category with its notation keys: each key, why, and where it is included instead."""

    code: str
    name: str
    keys: tuple[KeyWords, ...]

    @property
    def anchor(self) -> str:
        return f"key-{self.code.replace('.', '-')}"


def keyed(lines: Iterable[GpcLine], lang: Language) -> list[Keyed]:
    """Categories with keys."""
    return [
        Keyed(line.category.code, category_words(line.category.code, lang), _keys(line, lang))
        for line in lines
        if line.notations
    ]


def _keys(line: GpcLine, lang: Language) -> tuple[KeyWords, ...]:
    alike: dict[tuple[str, str, str], list[tuple[str | None, int]]] = {}
    for gas, each in line.notations.items():
        alike.setdefault((each.key, each.where, each.explanation), []).append((gas, each.line))
    return tuple(
        KeyWords(
            key,
            label("notation", key, lang),
            where,
            explanation,
            ", ".join(label("gas", gas, lang) for gas, _ in found if gas),
            ", ".join(str(line_no) for _, line_no in found),
        )
        for (key, where, explanation), found in alike.items()
    )


# The GPC table


@dataclass(frozen=True)
class GpcRow:
    """A category of the GPC table as a page shows it; numbers are texts, blank where missing."""

    code: str
    name: str
    level: str
    masses: tuple[tuple[str, str], ...]
    co2e: str
    biogenic: str
    keys: Keyed | None
    quality_activity: str
    quality_factor: str
    methods: tuple[tuple[str, str], ...]
    rows_url: str
    rows_count: int

    @property
    def has_figure(self) -> bool:
        return bool(self.co2e)


@dataclass(frozen=True)
class GpcPart:
    """One sector of the protocol: its total in BASIC+, its categories."""

    code: str
    name: str
    total_mg: int | None
    computed_count: int
    headings: tuple[str, ...]
    rows: tuple[GpcRow, ...]

    @property
    def said(self) -> list[GpcRow]:
        """Categories with a figure or a key."""
        return [each for each in self.rows if each.has_figure or each.keys]

    @property
    def blank_codes(self) -> list[str]:
        """Categories without a word; they stand together in one line."""
        return [each.code for each in self.rows if not each.has_figure and not each.keys]


def _gases_of(lines: Sequence[GpcLine]) -> list[str]:
    """Gases with a figure in any of the lines."""
    found = {gas for line in lines for gas in line.by_gas_mg}
    return [gas for gas in (*GASES, MIXTURE) if gas in found]


def gas_heading(gas: str, lang: Language) -> str:
    """``CH₄, t``; families and mixtures in CO2e."""
    return f"{label('gas', gas, lang)}, {'t CO₂e' if gas in _FAMILIES else 't'}"


def gpc_parts(city: City, figures: Figures, year: int, lang: Language) -> list[GpcPart]:
    """The GPC table, sector by sector."""
    by_sector: dict[str, list[GpcLine]] = {}
    for line in figures.table(year).lines:
        by_sector.setdefault(line.category.sector, []).append(line)
    parts = []
    for sector, lines in by_sector.items():
        counted = [
            each.co2e_mg
            for each in lines
            if each.co2e_mg is not None and each.category.counts_in("BASIC+")
        ]
        gases = _gases_of(lines)
        parts.append(
            GpcPart(
                sector,
                label("gpc_sector", sector, lang),
                sum(counted) if counted else None,
                sum(each.co2e_mg is not None for each in lines),
                tuple(gas_heading(gas, lang) for gas in gases),
                tuple(_gpc_row(city, each, gases, year, lang) for each in lines),
            )
        )
    return parts


def _gpc_row(city: City, line: GpcLine, gases: Sequence[str], year: int, lang: Language) -> GpcRow:
    code = line.category.code
    return GpcRow(
        code,
        category_words(code, lang),
        line.category.level,
        tuple((gas_heading(gas, lang), _mass(line.by_gas_mg.get(gas), lang)) for gas in gases),
        _mass(line.co2e_mg, lang),
        _mass(line.biogenic_mg or None, lang),
        next(iter(keyed([line], lang)), None),
        line.quality_activity,
        line.quality_factor,
        tuple((each, method_words(each, lang)) for each in line.methods),
        rows_url(city, lang, year, code),
        line.rows_count,
    )


def _mass(mass_mg: int | None, lang: Language) -> str:
    """Tonnes with the digits that show something: none above ten, up to three below one."""
    if mass_mg is None:
        return ""
    size = abs(mass_mg) / MG_PER_T
    places = 0 if size >= 10 or not mass_mg else 1 if size >= 1 else 3
    if 0 < size < _SMALLEST_T:
        return f"< {number(_SMALLEST_T, lang, 3)}"
    return number(mass_mg / MG_PER_T, lang, places)
