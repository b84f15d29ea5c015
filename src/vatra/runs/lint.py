"""The linter on a city pack: its published tables, put together as the contract prints them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl

from vatra.factors import Factor
from vatra.linter import Document, LintFinding, LintTable, lint, load
from vatra.runs.pack import Pack
from vatra.tables import label
from vatra.tables.vocabulary import SECTORS, STAGES
from vatra.units import CENTS_PER_EUR, MG_PER_T, WH_PER_MWH
from vatra.words import LANGUAGES, Language, say

_SCOPES = ("1", "2", "3")


def lint_file(path: Path) -> list[LintFinding]:
    """Lint tables typed in YAML, JSON or CSV; raises ``FindingsError`` for what is no table."""
    return lint(load(path))


def lint_pack(pack: Pack, lang: Language = "en") -> list[LintFinding]:
    """Lint the published tables of a pack; rows and columns are named in ``lang``."""
    return lint(pack_document(pack, lang))


def lint_data(pack: Pack) -> list[dict[str, Any]]:
    """Findings of a pack as sealed data: texts in both languages, no floats."""
    energy = _energy_sums(pack)
    by_language = {lang: lint(_document(pack, lang, energy)) for lang in LANGUAGES}
    return [
        {
            "code": found[0].code,
            "severity": found[0].severity,
            "table": {lang: each.table for lang, each in zip(LANGUAGES, found, strict=True)},
            "message": _both(found, "message"),
            "arithmetic": _both(found, "arithmetic"),
            "repair": None if found[0].repair is None else {"text": _both_repairs(found)},
        }
        for found in zip(*(by_language[lang] for lang in LANGUAGES), strict=True)
    ]


def _both(found: Iterable[LintFinding], name: str) -> dict[str, str]:
    return {
        lang: str(each.as_dict(lang)[name]) for lang, each in zip(LANGUAGES, found, strict=True)
    }


def _both_repairs(found: Iterable[LintFinding]) -> dict[str, str]:
    return {
        lang: each.repair.text(lang) if each.repair else ""
        for lang, each in zip(LANGUAGES, found, strict=True)
    }


def pack_document(pack: Pack, lang: Language = "en") -> Document:
    """The printed tables of a pack as a linter document.

    Energy and factors as the pack gives them, emissions by stage and measures as printed.
    """
    return _document(pack, lang, _energy_sums(pack))


def _document(pack: Pack, lang: Language, energy: pl.DataFrame) -> Document:
    city = pack.city
    tables = [
        *_energy(pack, lang, energy),
        *_emissions(pack, lang),
        *_gap(pack, lang),
        *_factors(pack, lang),
        *_measures(pack, lang),
    ]
    return Document(
        tables=tables,
        name=city.code,
        city=city.name,
        country=city.country,
        base_year=city.base_year,
        target_year=city.target_year,
        residual_limit_percent=city.residual_limit_ppm / 10_000,
        numbers="plain",
    )


def _energy_sums(pack: Pack) -> pl.DataFrame:
    """Energy by year, sector and carrier: one pass over what may be millions of rows."""
    return (
        pack.rows["energy"]
        .group_by("year", "sector", "carrier")
        .agg(pl.col("energy_wh").sum())
        .with_columns(pl.col("sector", "carrier").cast(pl.String))
    )


def _energy(pack: Pack, lang: Language, rows: pl.DataFrame) -> list[LintTable]:
    printed = pack.rows["published_energy"].with_columns(pl.col("sector").cast(pl.String))
    found = []
    for year in rows["year"].unique().sort().to_list():
        cells = _sums(rows.filter(pl.col("year") == year), ("sector", "carrier"), "energy_wh")
        totals = _sums(printed.filter(pl.col("year") == year), ("sector",), "energy_wh")
        carriers = sorted({carrier for _, carrier in cells})
        columns = [_word("sector", lang), *(label("carrier", each, lang) for each in carriers)]
        columns += [_word("total", lang)] if totals else []
        body = [
            [
                label("sector", sector, lang),
                *(_unscaled(cells.get((sector, carrier)), WH_PER_MWH) for carrier in carriers),
                *([_unscaled(totals.get((sector,)), WH_PER_MWH)] if totals else []),
            ]
            for sector in SECTORS
            if any(key[0] == sector for key in cells)
        ]
        total: list[Any] | None = None
        if (None,) in totals:
            blanks = [None] * len(carriers)
            total = [_word("total", lang), *blanks, _unscaled(totals[(None,)], WH_PER_MWH)]
        found.append(
            LintTable(
                id=_word("energy-of", lang, year=str(year)),
                kind="energy",
                columns=columns,
                rows=body,
                total=total,
                unit="MWh",
                year=year,
                stage="base" if year == pack.city.base_year else "before_measures",
                numbers="plain",
            )
        )
    return found


def _emissions(pack: Pack, lang: Language) -> list[LintTable]:
    rows = _published(pack)
    found = []
    for stage in STAGES:
        part = rows.filter(pl.col("stage") == stage)
        for year in part["year"].unique().sort().to_list():
            cells = _sums(part.filter(pl.col("year") == year), ("sector", "scope"), "emission_mg")
            scopes = [each for each in _SCOPES if any(scope == each for _, scope in cells)]
            columns = [
                _word("sector", lang),
                *(_word("scope", lang, scope=each) for each in scopes),
            ]
            total = _emission_row(_word("total", lang), None, scopes, cells)
            found.append(
                LintTable(
                    id=_word(
                        "emissions-of", lang, year=str(year), stage=label("stage", stage, lang)
                    ),
                    kind="emissions",
                    columns=[*columns, _word("total", lang)],
                    rows=[
                        _emission_row(label("sector", each, lang), each, scopes, cells)
                        for each in SECTORS
                        if any(sector == each for sector, _ in cells)
                    ],
                    total=total if any(each is not None for each in total[1:]) else None,
                    unit="t CO2e",
                    year=year,
                    stage=stage,
                    numbers="plain",
                )
            )
    return found


def _emission_row(
    name: str, sector: str | None, scopes: list[str], cells: Mapping[tuple[Any, ...], int]
) -> list[Any]:
    figures = [_unscaled(cells.get((sector, scope)), MG_PER_T) for scope in (*scopes, None)]
    return [name, *figures]


def _gap(pack: Pack, lang: Language) -> list[LintTable]:
    """Baseline and residual by sector, when the pack prints both."""
    rows = _published(pack).filter(pl.col("scope").is_null())
    cells = _sums(rows, ("stage", "sector"), "emission_mg")
    sectors = [each for each in SECTORS if {("base", each), ("after_measures", each)} <= set(cells)]
    if not sectors:
        return []
    stages = ("base", "after_measures")
    body = [
        [
            label("sector", each, lang),
            *(_unscaled(cells.get((stage, each)), MG_PER_T) for stage in stages),
        ]
        for each in sectors
    ]
    sums = [_unscaled(cells.get((stage, None)), MG_PER_T) for stage in stages]
    total = [_word("total", lang), *sums]
    return [
        LintTable(
            id=_word("gap", lang),
            kind="emission_gap",
            columns=[_word(each, lang) for each in ("sector", "baseline", "residual")],
            rows=body,
            total=total,
            unit="t CO2e",
            base_year=pack.city.base_year,
            year=pack.city.target_year,
            numbers="plain",
        )
    ]


def _factors(pack: Pack, lang: Language) -> list[LintTable]:
    by_year: dict[int | None, dict[str, Decimal]] = {}
    for each in _factors_for_all(pack):
        rows = by_year.setdefault(each.year_from, {})
        name = label("carrier", each.carrier, lang)
        # A linter's table has each label once: another end use is told apart.
        own = name if name not in rows else f"{name} ({each.end_use.replace('_', ' ')})"
        rows.setdefault(own, Decimal(each.amount))
    return [
        LintTable(
            id=_word("factors-of", lang, year=str(year)) if year else _word("factors", lang),
            kind="factors",
            columns=[_word("carrier", lang), _word("factor", lang)],
            rows=[[name, value] for name, value in rows.items()],
            unit="t/MWh",
            year=year,
            numbers="plain",
        )
        for year, rows in sorted(by_year.items(), key=lambda pair: pair[0] or 0)
    ]


def _factors_for_all(pack: Pack) -> list[Factor]:
    """The city's own factors that hold for all of its energy, those of its region first.

    A carrier of which a locality has a factor of its own has no one figure to multiply with.
    """
    main = [each for each in pack.own_factors if each.gas in ("CO2", "CO2E")]
    local = {each.carrier for each in main if each.region not in ("", pack.city.region)}
    kept = [each for each in main if each.carrier not in local]
    return sorted(kept, key=lambda each: each.region == "")


def _measures(pack: Pack, lang: Language) -> list[LintTable]:
    measures = pack.rows["measures"].sort("line")
    if not len(measures):
        return []
    energy = pack.rows["measures_energy"].with_columns(pl.col("carrier").cast(pl.String))
    cells = _sums(energy, ("code", "carrier"), "energy_wh")
    carriers = sorted({carrier for _, carrier in cells})
    heads = ("measure", "sector", "cost", "tonnes", "cost-per-tonne")
    columns = [_word(each, lang) for each in heads]
    units = dict(zip(columns[2:], ("EUR", "t CO2e", "EUR/t"), strict=True))
    removed = [_word("removed", lang, carrier=label("carrier", each, lang)) for each in carriers]
    units |= dict.fromkeys(removed, "MWh")
    return [
        LintTable(
            id=_word("measures", lang),
            kind="measures",
            columns=[*columns, *removed],
            rows=[
                [
                    f"{row['code']} {row[f'name_{lang}']}",
                    label("sector", str(row["sector"]), lang),
                    _unscaled(row["cost_cents"], CENTS_PER_EUR),
                    _unscaled(row["claimed_mg"], MG_PER_T),
                    _decimal(row["printed_eur_per_t"]),
                    *(_unscaled(cells.get((row["code"], each)), WH_PER_MWH) for each in carriers),
                ]
                for row in measures.iter_rows(named=True)
            ],
            units=units,
            year=pack.city.target_year,
            numbers="plain",
        )
    ]


def _published(pack: Pack) -> pl.DataFrame:
    columns = pl.col("stage", "sector", "scope").cast(pl.String)
    return pack.rows["published_emissions"].with_columns(columns)


def _sums(rows: pl.DataFrame, keys: tuple[str, ...], value: str) -> dict[tuple[Any, ...], int]:
    sums = rows.group_by(keys).agg(pl.col(value).sum())
    return {tuple(row[:-1]): row[-1] for row in sums.iter_rows()}


def _unscaled(value: int | None, scale: int) -> Decimal | None:
    """A whole number of small units in the printed unit, exactly."""
    return None if value is None else _short(Decimal(value) / scale)


def _decimal(value: float | None) -> Decimal | None:
    return None if value is None else _short(Decimal(repr(value)))


def _short(value: Decimal) -> Decimal:
    whole = value.to_integral_value()
    return whole if value == whole else value.normalize()


def _word(name: str, lang: Language, **params: Any) -> str:
    return say(f"runs.lint-{name}", lang, **params)
