"""Where a number comes from: its formula with the values in it, down to file and line."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from vatra.methods import ActivityMethod, Method, energy_methods, methods
from vatra.plans.regions import region_of
from vatra.runs.contract import Run
from vatra.runs.explain_activity import Made, made_of
from vatra.runs.inventory import ROUNDING
from vatra.tables import fold, label, tables
from vatra.tables.gpc import categories, sub_sectors
from vatra.tables.vocabulary import BIOGENIC, FACTOR_GASES, GASES, SCOPES, SECTORS
from vatra.units import MG_PER_T, WH_PER_MWH
from vatra.words import Language, number, say, tonnes

ROWS_SHOWN = 20
# A GPC category or sub-sector inside a path whose parts are joined by dots as well.
_PLACE = re.compile(
    r"(?<![A-Za-z0-9])((?:VI|IV|V|I{1,3})\.[1-9](?:\.[1-9])?)(?![0-9])", re.IGNORECASE
)


class UnknownNumber(ValueError):
    """The path names nothing that this run has; ``part`` is what was not understood."""

    def __init__(self, path: str, part: str, choices: Sequence[str]) -> None:
        self.path, self.part, self.choices = path, part, tuple(choices)
        super().__init__(self.message("en"))

    def message(self, lang: Language) -> str:
        """What was not understood, and what exists."""
        return say(
            "runs.number-unknown", lang, path=self.path, part=self.part, choices=list(self.choices)
        )


@dataclass(frozen=True)
class Selection:
    """Which cells a path names; empty parts mean all."""

    years: tuple[int, ...] = ()
    sectors: tuple[str, ...] = ()
    carriers: tuple[str, ...] = ()
    scopes: tuple[str, ...] = ()
    gases: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()

    def apply(self, cells: pl.DataFrame) -> pl.DataFrame:
        """The cells of the selection; biogenic CO2 only when it is asked for by name."""
        for column, wanted in (
            ("year", self.years),
            ("sector", self.sectors),
            ("carrier", self.carriers),
            ("scope", self.scopes),
            ("gas", self.gases),
        ):
            if wanted:
                cells = cells.filter(pl.col(column).is_in(list(wanted)))
        if self.categories:
            named = pl.col("category").is_in(list(self.categories))
            inside = pl.any_horizontal(
                pl.col("category").str.starts_with(f"{each}.") for each in self.categories
            )
            cells = cells.filter(named | inside)
        return cells if BIOGENIC in self.gases else cells.filter(pl.col("gas") != BIOGENIC)


@dataclass(frozen=True)
class SourceRow:
    """One row of a source file behind a number."""

    file: str
    line: int
    item: str
    energy_mwh: float
    source: str
    note: str


@dataclass(frozen=True)
class Term:
    """One summand: energy x factor x GWP of a sector, carrier, scope and gas.

    ``rows`` the first source rows, ``rows_count`` how many there are; ``factor_place`` file and
    line of the factor. A rounding in print has no energy and no factor; what no energy causes has
    ``made`` instead: its rows, what each gives, and the parameters used.
    """

    year: int
    sector: str
    carrier: str
    scope: str
    gas: str
    method: str
    energy_mwh: float
    factor_id: str
    factor_t_per_mwh: float
    factor_source: str
    factor_place: str
    gwp: float
    co2e_mg: int
    rows: tuple[SourceRow, ...]
    rows_count: int
    category: str = ""
    made: Made | None = None

    def words(self, lang: Language) -> str:
        """The summand as a person writes it: ``231,941 MWh × 0.701 t/MWh = 162,591 t``."""
        result = tonnes(self.co2e_mg, lang, _tonne_decimals(self.co2e_mg))
        if self.method == ROUNDING:
            return f"{say('methods.print_rounding', lang)}: {tonnes(self.co2e_mg, lang, 1)}"
        if self.made is not None:
            return f"{self.made.words(lang)} = {result}"
        gwp = "" if self.gwp == 1 else f" × {number(self.gwp, lang)}"
        factor = number(self.factor_t_per_mwh, lang, decimals_of(self.factor_t_per_mwh))
        return f"{number(self.energy_mwh, lang)} MWh × {factor} t/MWh{gwp} = {result}"


@dataclass(frozen=True)
class Explanation:
    """A number, the methods behind it, its summands and what they add up to [mg CO2e]."""

    path: str
    selection: Selection
    total_mg: int
    terms: tuple[Term, ...]
    methods: tuple[Method | ActivityMethod, ...]

    def title(self, lang: Language) -> str:
        """What the number is, in words: ``Buildings, 2021``."""
        parts = [label("sector", each, lang) for each in self.selection.sectors]
        parts += [label("carrier", each, lang) for each in self.selection.carriers]
        parts += [say("runs.scope", lang, scope=each) for each in self.selection.scopes]
        parts += [_place_words(each, lang) for each in self.selection.categories]
        parts += [label("gas", each, lang) for each in self.selection.gases]
        parts += [str(year) for year in self.selection.years]
        return ", ".join(parts or [say("runs.everything", lang)])

    def as_dict(self, lang: Language) -> dict[str, Any]:
        """Plain data for JSON output."""
        return {
            "path": self.path,
            "title": self.title(lang),
            "total_t_co2e": self.total_mg / MG_PER_T,
            "total_mg": self.total_mg,
            "formulas": [
                {
                    "method": each.name,
                    "formula": say(f"methods.{each.name}-formula", lang),
                    "source": each.source,
                }
                for each in self.methods
            ],
            "terms": [
                {
                    "year": each.year,
                    "sector": each.sector,
                    "carrier": each.carrier,
                    "scope": each.scope,
                    "gas": each.gas,
                    "method": each.method,
                    "energy_mwh": each.energy_mwh,
                    "factor_id": each.factor_id,
                    "factor_t_per_mwh": each.factor_t_per_mwh,
                    "factor_source": each.factor_source,
                    "factor_place": each.factor_place,
                    "gwp": each.gwp,
                    "co2e_mg": each.co2e_mg,
                    "category": each.category,
                    "words": each.words(lang),
                    "rows_count": each.rows_count,
                    "rows": [vars(row) for row in each.rows],
                    **(_made_data(each.made, lang) if each.made else {}),
                }
                for each in self.terms
            ],
        }


def _made_data(made: Made, lang: Language) -> dict[str, Any]:
    return {
        "rows": [vars(row) | {"words": row.words(lang)} for row in made.rows],
        "used": [vars(each) | {"words": each.words(lang)} for each in made.used],
    }


def decimals_of(value: float) -> int:
    """How many decimals a factor is written with: five, or more to show three digits of it."""
    places = 5 if not value else max(5, 2 - math.floor(math.log10(abs(value))))
    text = f"{value:.{places}f}".rstrip("0")
    return len(text.partition(".")[2])


def _tonne_decimals(mass_mg: int) -> int:
    """Whole tonnes, but enough of what is small to see it."""
    tonnes_abs = abs(mass_mg) / MG_PER_T
    return 0 if tonnes_abs >= 100 or not mass_mg else 1 if tonnes_abs >= 1 else 3


def explain(run: Run, path: str) -> Explanation:
    """Explain the number that ``path`` names.

    Parameters
    ----------
    run : what was computed
    path : parts joined by dots, in any order: a year, a sector, a carrier or stream, ``scope1``, a
        gas, a GPC sub-sector or category (``III.1.1``), or ``total``; for example
        ``buildings.2021`` or ``buildings.natural_gas.2021``

    Raises
    ------
    UnknownNumber
        naming the part that is not understood, or that no rows answer to the path.
    """
    selection = select(run, path)
    # What counts in no total is shown only when its category is asked for.
    apart = run.inventory.apart if selection.categories else run.inventory.apart.clear()
    cells = selection.apply(pl.concat([run.inventory.cells, apart]))
    if not len(cells):
        raise UnknownNumber(path, path, _choices(run.inventory.cells))
    terms = tuple(_term(run, row) for row in cells.iter_rows(named=True))
    used = sorted({each.method for each in terms if each.method != ROUNDING})
    total_mg = sum(each.co2e_mg for each in terms)
    return Explanation(path, selection, total_mg, terms, tuple(methods()[name] for name in used))


def select(run: Run, path: str) -> Selection:
    """What a path names; raises ``UnknownNumber`` for a part that is no year, sector, ..."""
    return select_cells(run.inventory.cells, path)


def select_cells(cells: pl.DataFrame, path: str) -> Selection:
    """What a path names among these cells, as ``select`` for those of a run."""
    sector_words = tables()["energy"].by_name["sector"].accepted_words()
    carrier_words = tables()["energy"].by_name["carrier"].accepted_words()
    carriers = {*cells["carrier"].to_list()}
    parts: dict[str, list[Any]] = {}
    rest = path.replace("/", ".")
    for found in _PLACE.finditer(rest):
        parts.setdefault("categories", []).append(_place(path, found[1].upper(), cells))
    placed = bool(parts)
    for part in _PLACE.sub("", rest).split("."):
        folded = fold(part)
        scope = re.fullmatch(r"(?:scope|domeniul?)_?([123])", folded)
        if part.isdigit() and len(part) == 4:
            parts.setdefault("years", []).append(int(part))
        elif folded in sector_words:
            parts.setdefault("sectors", []).append(sector_words[folded])
        elif scope:
            parts.setdefault("scopes", []).append(scope.group(1))
        elif carrier_words.get(folded, folded) in carriers:
            parts.setdefault("carriers", []).append(carrier_words.get(folded, folded))
        elif part.upper() in FACTOR_GASES:
            parts.setdefault("gases", []).append(part.upper())
        elif folded != "total" and (part or not placed):
            raise UnknownNumber(path, part, _choices(cells))
    return Selection(**{name: tuple(values) for name, values in parts.items()})


def _place(path: str, code: str, cells: pl.DataFrame) -> str:
    if code not in categories() and code not in sub_sectors():
        raise UnknownNumber(path, code, _choices(cells))
    return code


def _place_words(code: str, lang: Language) -> str:
    sub_sector = categories()[code].sub_sector if code in categories() else code
    return f"{code} {label('sub_sector', sub_sector, lang)}"


def _choices(cells: pl.DataFrame) -> list[str]:
    years = [str(year) for year in cells["year"].unique().sort().to_list()]
    carriers = cells["carrier"].unique().sort().to_list()
    gases = [gas for gas in GASES if gas in cells["gas"].to_list()]
    return ["total", *years, *SECTORS, *carriers, *(f"scope{each}" for each in SCOPES), *gases]


def _term(run: Run, cell: dict[str, Any]) -> Term:
    factor = run.inventory.factors.get(cell["factor_id"])
    made = None if cell["method"] in energy_methods() else made_of(run.inventory, cell)
    rows = () if made else _source_rows(run, cell)
    return Term(
        year=cell["year"],
        sector=cell["sector"],
        carrier=cell["carrier"],
        scope=cell["scope"] or "",
        gas=cell["gas"],
        method=cell["method"],
        energy_mwh=cell["energy_wh"] / WH_PER_MWH,
        factor_id=cell["factor_id"],
        factor_t_per_mwh=cell["factor_t_per_mwh"],
        factor_source=factor.source if factor else "",
        factor_place=f"{factor.file}:{factor.line}" if factor and factor.file else "",
        gwp=run.inventory.book.gwp.get(cell["gas"], 1.0),
        co2e_mg=cell["co2e_mg"],
        rows=rows,
        rows_count=cell["rows_count"],
        category=cell["category"],
        made=made,
    )


def _source_rows(run: Run, cell: dict[str, Any]) -> tuple[SourceRow, ...]:
    table = "published_emissions" if cell["method"] == ROUNDING else "energy"
    evidence = run.pack.evidence.get(table)
    rows = run.pack.rows[table]
    if cell["method"] == ROUNDING:
        rows = rows.filter(pl.col("line") == cell["first_line"])
    else:
        for column in ("year", "sector", "carrier", "scope"):
            rows = rows.filter(pl.col(column) == cell[column])
        rows = rows.filter(_in_category(run, cell), _of_factor(run, cell))
    return tuple(
        SourceRow(
            file=evidence.file if evidence else "",
            line=row["line"],
            item=row.get("item") or "",
            energy_mwh=row.get("energy_wh", 0) / WH_PER_MWH,
            source=row["source"],
            note=row["note"] or "",
        )
        for row in rows.head(ROWS_SHOWN).iter_rows(named=True)
    )


def _of_factor(run: Run, cell: dict[str, Any]) -> pl.Expr:
    """Rows of the localities where the factor of a cell holds; most packs have one for all."""
    computed = run.inventory.computed
    if not computed.regions:
        return pl.lit(True)
    keys = ("year", "sector", "carrier", "gas", "factor_id")
    places = computed.chosen.filter(pl.col(name) == cell[name] for name in keys)["region"]
    return region_of(computed.regions).is_in(places.to_list(), nulls_equal=True)


def _in_category(run: Run, cell: dict[str, Any]) -> pl.Expr:
    """Rows of energy whose sub-sector, or its absence, leads to the category of a cell."""
    places = run.inventory.computed.categories.filter(
        (pl.col("sector") == cell["sector"])
        & (pl.col("scope") == cell["scope"])
        & (pl.col("category") == cell["category"])
    )
    names = places["sub_sector"].to_list()
    named = pl.col("sub_sector").cast(pl.String).is_in([each for each in names if each])
    return named.fill_null(None in names)
