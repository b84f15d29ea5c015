"""The tables of a heat network in a folder -> a network and everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import polars as pl

from vatra.plans.heatnet.network import HeatNet
from vatra.plans.heatnet.read import read_network
from vatra.sources import Limits, read
from vatra.sources.city_yaml import FILE_NAME, read_city
from vatra.tables import Context, Finding, check, order, tables
from vatra.tables.numbers import Style

TABLES = ("heat_pipes", "heat_substations")
_SUFFIXES = (".csv", ".xlsx")
_YEARS = (1850, 2100)


def read_files(
    folder: Path, buildings: Iterable[str], limits: Limits | None = None
) -> tuple[HeatNet | None, list[Finding]]:
    """Read ``heat_pipes`` and ``heat_substations``; never raises for what stands in the files."""
    numbers, findings = _numbers(folder), []
    rows: list[pl.DataFrame] = []
    files: list[str] = []
    for name in TABLES:
        path = _found(folder, name)
        if path is None:
            params = {"file": tables()[name].file_name}
            findings.append(Finding("runs.network-file", "error", params["file"], params=params))
            continue
        raw = read(path, tables()[name], limits=limits, numbers=numbers)
        findings += raw.findings
        done = check(tables()[name], raw.frame, raw.file, Context(_YEARS, raw.numbers))
        findings += done.findings
        rows.append(done.rows)
        files.append(raw.file)
    if len(rows) < len(TABLES):
        return None, findings
    net, found = read_network(rows[0], rows[1], buildings, (files[0], files[1]))
    return net, order([*findings, *found])


def _found(folder: Path, name: str) -> Path | None:
    stem = folder / Path(tables()[name].file_name).stem
    return next((path for each in _SUFFIXES if (path := stem.with_suffix(each)).exists()), None)


def _numbers(folder: Path) -> Style | None:
    """How the city writes its numbers, where it says so; its own faults are told elsewhere."""
    if not (folder / FILE_NAME).exists():
        return None
    city, _ = read_city(folder / FILE_NAME)
    return city.numbers if city else None
