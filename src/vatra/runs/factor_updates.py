"""An update of the factor book: rows of a file in the place of the rows they are about."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import polars as pl

from vatra.factors import Factor, FactorBook, Parameter, ParameterBook
from vatra.runs.factor_rows import factor_of, parameter_of
from vatra.runs.pack import Pack
from vatra.sources import Limits, read
from vatra.sources.raw import Raw
from vatra.tables import Context, FindingsError, Table, check, has_errors, tables

_FACTOR_KEY = ("set", "region", "carrier", "end_use", "gas", "year_from", "year_to")
_PARAMETER_KEY = ("set", "name", "key", "year_from", "year_to")


@dataclass(frozen=True)
class Updates:
    """Rows of an update: factors of carriers, or parameters of methods."""

    factors: tuple[Factor, ...] = ()
    parameters: tuple[Parameter, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.factors or self.parameters)

    @property
    def sets(self) -> set[str]:
        """Sets that any row belongs to."""
        return {*(each.set for each in self.factors), *(each.set for each in self.parameters)}


@dataclass(frozen=True)
class UpdatedPack(Pack):
    """A pack whose factor book has other or more rows."""

    updates: Updates = field(default_factory=Updates)

    def book(self, with_overrides: bool = True) -> FactorBook:
        """The factors in force with the updates in the place of the rows they are about."""
        book = super().book(with_overrides)
        about = {_about(each, _FACTOR_KEY): each for each in self.updates.factors}
        kept = tuple(about.pop(_about(each, _FACTOR_KEY), each) for each in book.factors)
        return replace(book, factors=(*kept, *about.values()))

    def parameters(self) -> ParameterBook:
        """The parameters in force, likewise."""
        book = super().parameters()
        about = {_about(each, _PARAMETER_KEY): each for each in self.updates.parameters}
        kept = tuple(about.pop(_about(each, _PARAMETER_KEY), each) for each in book.rows)
        return replace(book, rows=(*kept, *about.values()))


def _about(row: Factor | Parameter, names: tuple[str, ...]) -> tuple[object, ...]:
    """What makes two rows the same row in two versions."""
    return tuple(getattr(row, name) for name in names)


def updated(pack: Pack, updates: Updates) -> Pack:
    """The pack with an update of the factor book."""
    return UpdatedPack(**vars(pack), updates=updates)


def unasked_sets(pack: Pack, updates: Updates) -> list[str]:
    """Sets of an update that the pack never asks, so that it cannot move anything there."""
    return sorted(updates.sets - {*pack.book().sets, *pack.parameters().sets})


def read_updates(path: Path, limits: Limits | None = None) -> Updates:
    """Rows of a file with the columns of ``factors.csv`` or of ``parameters.csv``.

    Rows are of the sets that the file names. Raises ``FindingsError`` with every fault at once.
    """
    parameters = tables()["parameters"]
    raw = read(path, parameters, limits=limits)
    if "parameter" in raw.frame.columns:
        rows = _checked(raw, parameters)
        return Updates(parameters=tuple(parameter_of(row, path.name) for row in _dicts(rows)))
    factors = tables()["factors"]
    rows = _checked(read(path, factors, limits=limits), factors)
    return Updates(factors=tuple(factor_of(row, path.name) for row in _dicts(rows)))


def _dicts(rows: pl.DataFrame) -> list[dict[str, Any]]:
    return list(rows.iter_rows(named=True))


def _checked(raw: Raw, table: Table) -> pl.DataFrame:
    if not raw.ok:
        raise FindingsError(raw.findings)
    checked = check(table, raw.frame, raw.file, Context(numbers=raw.numbers))
    findings = (*raw.findings, *checked.findings)
    if has_errors(findings):
        raise FindingsError(findings)
    return checked.rows
