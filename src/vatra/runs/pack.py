"""A city pack read and checked: the city, its tables as typed rows, and every finding at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

import polars as pl

from vatra.factors import (
    DEFAULT_SETS,
    GWP_SETS,
    Factor,
    FactorBook,
    Parameter,
    ParameterBook,
    fuel_size,
    known_parameter_sets,
    known_sets,
    open_book,
    open_parameters,
)
from vatra.runs.factor_checks import factor_findings
from vatra.runs.factor_rows import factor_of, parameter_of
from vatra.runs.narrative_file import read_texts
from vatra.sources import Limits, read
from vatra.sources.city_yaml import City, read_city
from vatra.sources.raw import Dialect, no_rows
from vatra.tables import Context, Finding, Table, check, has_errors, tables
from vatra.tables.numbers import Style
from vatra.words import Language

SUFFIXES = (".csv", ".xlsx")
# What was buried or felled before has no part in today's emissions.
_MEMORY = (1900, 2100)
# What reaches as far as the pathway is followed, beyond the target year where a horizon is stated.
_TO_HORIZON = ("drivers", "budgets", "funding", "actions", "sinks")
# Stands in for a city.yaml with faults, so that the faults of the tables are found as well.
_UNKNOWN = City(name="", code="", base_year=0, target_year=9999, gwp_set="AR5")


@dataclass(frozen=True)
class Evidence:
    """A source file: its name, hash and size, and how it was read."""

    file: str
    evidence_id: str
    byte_count: int
    row_count: int
    dialect: Dialect = field(default_factory=Dialect)
    styles: Mapping[str, Style] = field(default_factory=dict)


@dataclass(frozen=True)
class Pack:
    """A city pack in memory.

    ``rows`` typed rows by table name (empty frames for absent files); ``own_factors`` of
    ``factors.csv``; ``overrides`` given on the command line; ``findings`` of all files;
    ``texts`` what people wrote of the contract, by language.
    """

    folder: Path
    city: City
    rows: Mapping[str, pl.DataFrame]
    evidence: Mapping[str, Evidence]
    own_factors: tuple[Factor, ...]
    findings: tuple[Finding, ...]
    overrides: tuple[Factor, ...] = ()
    own_parameters: tuple[Parameter, ...] = ()
    texts: Mapping[Language, str] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        """Whether nothing forbids computing."""
        return not has_errors(self.findings)

    def book(self, with_overrides: bool = True) -> FactorBook:
        """The factor book in force, the city's own factors and overrides included."""
        own = (*self.own_factors, *(self.overrides if with_overrides else ()))
        sets = self.city.factor_sets or DEFAULT_SETS
        asked = (*(("override",) if self.overrides and with_overrides else ()), *sets)
        return open_book(self.city.gwp_set, tuple(dict.fromkeys(asked)), own, self.city.region)

    def parameters(self) -> ParameterBook:
        """The parameters in force, the city's own included; the order is that of the factors."""
        return open_parameters(self.city.factor_sets, self.own_parameters)

    def with_changes(
        self,
        overrides: tuple[Factor, ...] = (),
        gases: tuple[str, ...] = (),
        gwp_set: str = "",
        factor_sets: tuple[str, ...] = (),
    ) -> Pack:
        """The same pack under other factors, gases or potentials."""
        city = replace(
            self.city,
            gases=gases or self.city.gases,
            gwp_set=gwp_set or self.city.gwp_set,
            factor_sets=factor_sets or self.city.factor_sets,
        )
        return replace(self, city=city, overrides=overrides or self.overrides)


@dataclass(frozen=True)
class ReadTable:
    """A file read and checked: typed rows, what it is evidence of, its findings."""

    rows: pl.DataFrame
    evidence: Evidence | None
    findings: tuple[Finding, ...]


# What reads a table: its file, its declaration, the city, the limits of files.
Reader = Callable[[Path, Table, City, Limits], ReadTable]


def open_pack(folder: Path, limits: Limits | None = None, reader: Reader | None = None) -> Pack:
    """Read and check every file of a city pack.

    Never raises for what stands in the files: ``Pack.findings`` holds all faults at once.
    ``reader``: instead of ``read_table``, for who has read a file before.
    """
    read_one = reader or read_table
    limits = limits or Limits()
    city, findings = read_city(folder / "city.yaml")
    if city is None:
        city = _UNKNOWN
    else:
        findings += _known_sets(city)
    rows: dict[str, pl.DataFrame] = {}
    evidence: dict[str, Evidence] = {}
    for table in tables().values():
        path = _file_of(folder, table, findings)
        if path is None:
            if table.required:
                findings.append(_absent(table))
            rows[table.name] = _empty(table.name)
            continue
        found = read_one(path, table, city, limits)
        rows[table.name] = found.rows
        findings += found.findings
        if found.evidence is not None:
            evidence[table.name] = found.evidence
    texts = read_texts(folder, findings)
    for lang, each in texts.items():
        evidence[f"narrative.{lang}"] = Evidence(
            each.file, each.evidence_id, each.byte_count, each.sections_count
        )
    own = _own_factors(rows["factors"], evidence)
    if own:
        findings += factor_findings(own, evidence["factors"].file)
    return Pack(
        folder,
        city,
        rows,
        evidence,
        own,
        tuple(findings),
        own_parameters=_own_parameters(rows["parameters"], evidence),
        texts={lang: each.text for lang, each in texts.items()},
    )


@cache
def _empty(name: str) -> pl.DataFrame:
    """A table without rows: its typed columns, the same for every pack."""
    table = tables()[name]
    return check(table, no_rows(), table.file_name).rows


def _file_of(folder: Path, table: Table, findings: list[Finding]) -> Path | None:
    """The one file of a table; two of them are a fault, since either may be the newer."""
    stem = Path(table.file_name).stem
    found = [path for each in SUFFIXES if (path := folder / f"{stem}{each}").exists()]
    if len(found) > 1:
        names = {"first": found[0].name, "second": found[1].name}
        findings.append(Finding("runs.file-twice", "error", found[0].name, params=names))
    return found[0] if found else None


def read_table(path: Path, table: Table, city: City, limits: Limits) -> ReadTable:
    """The file of one table."""
    raw = read(path, table, limits=limits, numbers=city.numbers)
    if not raw.ok:
        return ReadTable(_empty(table.name), None, tuple(raw.findings))
    context = Context(years_of(table, city), raw.numbers, fuel_size=fuel_size, coded=True)
    checked = check(table, raw.frame, raw.file, context)
    bare = not table.required and not len(raw.frame)
    if bare and all(each.code != "tables.columns-missing" for each in checked.findings):
        # Headings without rows, as the template writes them, are as good as no file.
        return ReadTable(checked.rows, None, tuple(raw.findings))
    evidence = Evidence(
        raw.file, raw.evidence_id, raw.byte_count, len(raw.frame), raw.dialect, checked.styles
    )
    return ReadTable(checked.rows, evidence, (*raw.findings, *checked.findings))


def years_of(table: Table, city: City) -> tuple[int, int] | None:
    """The years that rows may have: the pack's, or long before and after for what has a memory."""
    if table.name in ("factors", "parameters"):
        return None
    last = city.last_year if table.name in _TO_HORIZON else city.target_year
    return _MEMORY if table.history else (city.base_year, last)


def _absent(table: Table) -> Finding:
    params = {"file": table.file_name}
    return Finding("runs.file-absent", "error", table.file_name, params=params)


def _known_sets(city: City) -> list[Finding]:
    known = (*known_sets(), *known_parameter_sets())
    unknown = [each for each in city.factor_sets if each not in known]
    found = [
        Finding(
            "runs.factor-set-unknown",
            "error",
            "city.yaml",
            params={"value": each, "choices": list(known)},
        )
        for each in unknown
    ]
    if city.gwp_set not in GWP_SETS:
        params = {"value": city.gwp_set, "choices": list(GWP_SETS)}
        found.append(Finding("runs.gwp-set-unknown", "error", "city.yaml", params=params))
    return found


def _own_factors(rows: pl.DataFrame, evidence: Mapping[str, Evidence]) -> tuple[Factor, ...]:
    """The rows of ``factors.csv`` as factors; they all belong to the set ``local``."""
    file = evidence["factors"].file if "factors" in evidence else ""
    return tuple(factor_of(row, file, "local") for row in rows.iter_rows(named=True))


def _own_parameters(rows: pl.DataFrame, evidence: Mapping[str, Evidence]) -> tuple[Parameter, ...]:
    """The rows of ``parameters.csv``; they all belong to the set ``local``."""
    file = evidence["parameters"].file if "parameters" in evidence else ""
    return tuple(parameter_of(row, file, "local") for row in rows.iter_rows(named=True))


def override(text: str) -> Factor:
    """A factor given on the command line: ``electricity.2021=0.27746`` in t/MWh.

    Raises ``ValueError`` naming what is wrong.
    """
    name, _, amount = text.partition("=")
    carrier, _, year = name.partition(".")
    try:
        value = float(amount)
    except ValueError:
        value = -1.0
    if not carrier or value < 0 or value != value or value == float("inf"):
        raise ValueError(text)
    if year and not (year.isdigit() and len(year) == 4):
        raise ValueError(text)
    return Factor(
        set="override",
        carrier=carrier,
        end_use="any",
        gas="CO2",
        year_from=int(year) if year else None,
        year_to=int(year) if year else None,
        amount=amount,
        unit="t/MWh",
        value_t_per_mwh=value,
        source="given with the command",
    )
