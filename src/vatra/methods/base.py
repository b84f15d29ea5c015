"""What every method declares, what it is handed and what it hands back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import resources
from typing import Any, ClassVar

import polars as pl

from vatra.factors import Factor, FactorBook, Parameter, ParameterBook
from vatra.tables import Finding, Severity
from vatra.units import MG_PER_T


class Paged:
    """What has a page beside its formulas."""

    name: str

    def page(self) -> str:
        """The method's own page (``method.md``)."""
        return (resources.files("vatra.methods") / self.name / "method.md").read_text("utf-8")


@dataclass(frozen=True)
class Method(Paged):
    """A way from energy and emission factors to emissions.

    Attributes
    ----------
    name : folder of the method, also the prefix of its texts: ``methods.<name>`` is its title,
        ``methods.<name>-formula`` the formula as people write it
    applies : whether it counts a carrier used in a sector
    emission_mg : (energy in Wh, factor in t/MWh) -> mass of the gas in mg, as expressions
    source : where the formula stands
    """

    name: str
    applies: Callable[[str, str], bool]
    emission_mg: Callable[[pl.Expr, pl.Expr], pl.Expr]
    source: str


@dataclass(frozen=True)
class Inputs:
    """What a method of activity may look at.

    Attributes
    ----------
    tables : checked rows by table name; tables without a file are empty frames
    book : emission factors of carriers in force
    parameters : parameters of methods in force
    years : the years emissions are asked for; a method with a memory gives each of them
    climate : climate zone of the city, one of ``CLIMATES``, empty when not said
    files : name of the file of each table, for findings
    """

    tables: Mapping[str, pl.DataFrame]
    book: FactorBook
    parameters: ParameterBook
    years: tuple[int, ...]
    climate: str = ""
    files: Mapping[str, str] = field(default_factory=dict)

    def rows(self, table: str) -> list[dict[str, Any]]:
        """Rows of a table as dictionaries, with ``line``, in the order of the file."""
        found = self.tables.get(table)
        return [] if found is None else list(found.sort("line").iter_rows(named=True))


@dataclass(frozen=True)
class Term:
    """One number that a result hangs on and how far it moves it.

    ``low_ratio`` and ``high_ratio`` are the result at the ends of the number's 95 % interval, as
    multiples of the result; both 1 where no interval is published.
    """

    term_id: str
    low_ratio: float = 1.0
    high_ratio: float = 1.0


@dataclass(frozen=True)
class Emissions:
    """What a method found: result rows, what each hangs on, and findings.

    ``rows`` as ``Results.ROWS`` says, ``terms`` as ``Results.TERMS``; ``used`` the parameters and
    factors by id.
    """

    rows: pl.DataFrame
    terms: pl.DataFrame
    used: Mapping[str, Parameter | Factor]
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class ActivityMethod(Paged):
    """A way from a table of activity to emissions.

    Attributes
    ----------
    name : folder of the method, also the prefix of its texts, as in ``Method``
    table : the table whose rows it counts
    gases : which of the seven gases it can give
    categories : GPC categories it can give
    emissions : what it is handed -> what it found; pure, never raises for what stands in the rows
    source : where the formula stands
    """

    name: str
    table: str
    gases: tuple[str, ...]
    categories: tuple[str, ...]
    emissions: Callable[[Inputs], Emissions]
    source: str


# A hundred million tonnes: more than any city emits, and ninety such rows still add up exactly.
LARGEST_MG = 100_000_000 * MG_PER_T


class Results:
    """Collects the result rows of one method over one table.

    ``stream`` says what the gas comes from, in the role that the carrier has for energy
    (``solid_waste``, ``cattle``); ``species`` is the gas itself unless it is one of a family.
    """

    ROWS: ClassVar[dict[str, pl.DataType | type[pl.DataType]]] = {
        "row": pl.Int64,
        "table": pl.String,
        "line": pl.Int64,
        "year": pl.Int32,
        "category": pl.String,
        "stream": pl.String,
        "item": pl.String,
        "gas": pl.String,
        "species": pl.String,
        "activity": pl.Float64,
        "activity_unit": pl.String,
        "emission_mg": pl.Int64,
        "quality": pl.String,
        "doubt_percent": pl.Float64,
    }
    TERMS: ClassVar[dict[str, pl.DataType | type[pl.DataType]]] = {
        "row": pl.Int64,
        "term_id": pl.String,
        "low_ratio": pl.Float64,
        "high_ratio": pl.Float64,
    }

    def __init__(self, inputs: Inputs, table: str) -> None:
        self.inputs, self.table = inputs, table
        self._rows: list[dict[str, Any]] = []
        self._terms: list[tuple[int, str, float, float]] = []
        # By the object itself: making its id is most of the work of a term.
        self._seen: dict[int, tuple[Parameter | Factor, Term]] = {}
        self._used: dict[str, Parameter | Factor] = {}
        self._findings: list[Finding] = []
        self._missing: dict[tuple[str, str], list[int]] = {}
        self._known: dict[tuple[str, str], Sequence[str]] = {}
        self._too_large: dict[str, set[int]] = {}

    def need(self, row: Mapping[str, Any], name: str, *keys: str) -> Parameter | None:
        """A parameter for a row of the table, or None after noting that no set has it."""
        found = self.inputs.parameters.find(name, *keys, year=row.get("year"))
        if found is None:
            place = (name, keys[0] if keys else "")
            self._missing.setdefault(place, []).append(row["line"])
            if place not in self._known:
                self._known[place] = self.inputs.parameters.keys(name)
        return found

    def add(
        self,
        row: Mapping[str, Any],
        *,
        category: str,
        stream: str,
        gas: str,
        emission_t: float,
        activity: float,
        activity_unit: str,
        used: Iterable[Parameter | Factor | Term] = (),
        year: int | None = None,
        species: str = "",
    ) -> None:
        """One result of a row of the table.

        Parameters
        ----------
        row : the source row, for its line, year, item, quality and doubt
        emission_t : mass of the gas (of the species, for a family) [t]; rounded to milligrams
        activity, activity_unit : what the mass follows from, as a person would name it
        used : parameters and factors whose product the mass is; a ``Term`` instead where the mass
            does not follow a number in proportion, with the parameter in ``also``
        year : where it is not the row's own
        """
        if not abs(emission_t * MG_PER_T) <= LARGEST_MG:
            self._too_large.setdefault(gas, set()).add(row["line"])
            return
        number = len(self._rows)
        self._rows.append(
            {
                "row": number,
                "table": self.table,
                "line": row["line"],
                "year": row["year"] if year is None else year,
                "category": category,
                "stream": stream,
                "item": row.get("item") or "",
                "gas": gas,
                "species": species or gas,
                "activity": activity,
                "activity_unit": activity_unit,
                "emission_mg": round(emission_t * MG_PER_T),
                "quality": row.get("quality"),
                "doubt_percent": row.get("doubt_percent"),
            }
        )
        for each in used:
            term = self._term(each)
            self._terms.append((number, term.term_id, term.low_ratio, term.high_ratio))

    def also(self, *used: Parameter | Factor) -> None:
        """Parameters that stand behind terms given as ``Term``."""
        self._used |= {identity(each): each for each in used}

    def finding(
        self,
        code: str,
        lines: Sequence[int],
        column: str = "",
        severity: Severity = "error",
        **params: object,
    ) -> None:
        """Something wrong with rows of the table that only the method can see."""
        self._report(code, lines, params, column, severity)

    def _report(
        self,
        code: str,
        lines: Sequence[int],
        params: Mapping[str, object],
        column: str = "",
        severity: Severity = "error",
    ) -> None:
        file = self.inputs.files.get(self.table, f"{self.table}.csv")
        shown = tuple(lines[:100])
        self._findings.append(
            Finding(code, severity, file, shown, column, params, line_count=len(lines))
        )

    def finish(self) -> Emissions:
        """Everything found so far."""
        for (name, key), lines in sorted(self._missing.items()):
            known = [each for each in self._known[name, key] if each]
            params: dict[str, object] = {"parameter": name}
            code = "methods.parameter-absent"
            if known:
                code = "methods.parameter-missing" if key else "methods.parameter-missing-bare"
                params |= {"known": known} | ({"key": key} if key else {})
            self._report(code, sorted(set(lines)), params)
        for gas, too_large in sorted(self._too_large.items()):
            self._report("methods.emission-too-large", sorted(too_large), {"gas": gas})
        return Emissions(
            pl.DataFrame(self._rows, schema=self.ROWS),
            pl.DataFrame(self._terms, schema=self.TERMS, orient="row"),
            self._used,
            tuple(self._findings),
        )

    def _term(self, used: Parameter | Factor | Term) -> Term:
        if isinstance(used, Term):
            return used
        seen = self._seen.get(id(used))
        if seen is None:
            self.also(used)
            # The object is kept, so that no other takes its place in memory.
            seen = (used, Term(identity(used), *used.ratios))
            self._seen[id(used)] = seen
        return seen[1]


def identity(used: Parameter | Factor) -> str:
    """The id under which a parameter or factor is kept."""
    return used.parameter_id if isinstance(used, Parameter) else used.factor_id


def to_integer_mg(mass_mg: pl.Expr) -> pl.Expr:
    """Whole milligrams, halves to even: sums of them are the same in any order."""
    return mass_mg.round(mode="half_to_even").cast(pl.Int64)
