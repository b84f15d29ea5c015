"""What an update of factors, parameters or potentials would move, in tonnes, by city and year."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import polars as pl

from vatra.plans.compute import totals_only
from vatra.runs.inventory import Inventory, inventory
from vatra.runs.pack import Pack
from vatra.tables import Finding
from vatra.tables.gpc import categories
from vatra.units import MG_PER_T

_KEY = ("use", "gas", "species")
_MOVE = ("year", "from_id", "to_id", "gas", "from_value", "to_value")


@dataclass(frozen=True)
class Moved:
    """What changes from one factor (or parameter, or potential) to another in one year.

    ``from_id`` and ``to_id`` the same where a row keeps its name and has another value;
    ``from_value``, ``to_value`` [t/MWh], None for parameters and potentials. Masses [mg CO2e].
    """

    year: int
    from_id: str
    to_id: str
    gas: str
    from_value: float | None
    to_value: float | None
    before_mg: int
    after_mg: int

    @property
    def moved_mg(self) -> int:
        """After minus before [mg]."""
        return self.after_mg - self.before_mg


@dataclass(frozen=True)
class Year:
    """Totals of one year [mg CO2e] over what both versions can count; ``left_out_mg`` of what
    only one can."""

    year: int
    before_mg: int
    after_mg: int
    left_out_mg: int


@dataclass(frozen=True)
class FactorDiff:
    """One city before and after an update; ``findings`` of what only one version can count."""

    city: str
    code: str
    synthetic: bool
    years: tuple[Year, ...]
    moved: tuple[Moved, ...]
    findings: tuple[Finding, ...]


def factor_diff(before: Pack, after: Pack) -> FactorDiff:
    """Compute a pack under two versions and say what moves.

    Parameters
    ----------
    before, after : the same pack under two sets of factors, parameters or potentials

    Returns
    -------
    FactorDiff
        ``moved`` adds up to the difference of the totals of each year exactly, the largest first.
        A use that one version has no factor for is in neither total and is reported.
    """
    first, second = inventory(before), inventory(after)
    joined = _uses(first).join(
        _uses(second), on=["year", *_KEY], how="full", coalesce=True, suffix="_after"
    )
    counts = joined.with_columns(
        both=pl.col("co2e_mg").is_not_null().any().over("use")
        & pl.col("co2e_mg_after").is_not_null().any().over("use")
    ).with_columns(pl.col("co2e_mg", "co2e_mg_after").fill_null(0))
    named = _named(counts.filter("both"), first, second)
    return FactorDiff(
        before.city.name,
        before.city.code,
        before.city.synthetic,
        _years(counts),
        _moved(named),
        tuple(_missing(first, second)),
    )


def _missing(*versions: Inventory) -> list[Finding]:
    """What any version cannot count, each said once."""
    found: list[Finding] = []
    for computed in versions:
        errors = (each for each in computed.findings if each.severity == "error")
        found += [each for each in errors if each not in found]
    return found


def _uses(computed: Inventory) -> pl.DataFrame:
    """Everything that counts: one row per use of energy or row of activity, gas and species."""
    return pl.concat([_energy_uses(computed), _activity_uses(computed)])


def _energy_uses(computed: Inventory) -> pl.DataFrame:
    parts = ("year", "sector", "carrier", "scope", "category")
    # Localities with factors of their own give a use several; they are compared together.
    factor = pl.col("factor_t_per_mwh").cast(pl.Float64)
    summed = (
        totals_only(computed.computed.cells)
        .group_by(*parts, "gas")
        .agg(
            pl.col("factor_id").unique().sort().str.join("; ").alias("ids"),
            pl.when(pl.len() == 1).then(factor.first()).alias("value"),
            pl.col("co2e_mg").sum(),
        )
    )
    return summed.select(
        pl.col("year").cast(pl.Int32),
        pl.concat_str(parts, separator="|").alias("use"),
        "gas",
        pl.col("gas").alias("species"),
        "ids",
        "value",
        "co2e_mg",
    )


def _activity_uses(computed: Inventory) -> pl.DataFrame:
    counting = [code for code, each in categories().items() if each.level in ("BASIC", "BASIC+")]
    rows = totals_only(computed.gathered.rows).filter(pl.col("category").is_in(counting))
    parts = ("table", "line", "year", "category", "method", "carrier")
    keyed = rows.with_columns(use=pl.concat_str(parts, separator="|"))
    # A source row may give several results of one gas; they are compared together.
    keys = ["year", *_KEY]
    ids = (
        keyed.select("row", *keys)
        .join(computed.gathered.terms.select("row", "term_id"), on="row", how="inner")
        .group_by(keys)
        .agg(pl.col("term_id").unique().sort().str.join("; ").alias("ids"))
    )
    summed = keyed.group_by(keys).agg(pl.col("co2e_mg").sum())
    return summed.join(ids, on=keys, how="left").select(
        *keys,
        pl.col("ids").fill_null(""),
        pl.lit(None, dtype=pl.Float64).alias("value"),
        "co2e_mg",
    )


def _named(rows: pl.DataFrame, first: Inventory, second: Inventory) -> pl.DataFrame:
    """The ids that differ between the versions, or the potentials where none do."""
    pairs = rows.select("ids", "ids_after").unique()
    revised = _revised(first, second)
    differing = [_differing(before, after, revised) for before, after in pairs.iter_rows()]
    table = pairs.with_columns(
        pl.Series("from_id", [each[0] for each in differing], pl.String),
        pl.Series("to_id", [each[1] for each in differing], pl.String),
    )
    sets = [each.pack.city.gwp_set for each in (first, second)]
    same = (pl.col("ids") == pl.col("ids_after")) & pl.col("value").eq_missing(
        pl.col("value_after")
    )
    potential = [pl.format("gwp/{}/{}", pl.lit(name), "species") for name in sets]
    by_potential = same & (sets[0] != sets[1])
    return rows.join(table, on=["ids", "ids_after"], how="left", nulls_equal=True).with_columns(
        from_id=pl.when(by_potential).then(potential[0]).otherwise("from_id"),
        to_id=pl.when(by_potential).then(potential[1]).otherwise("to_id"),
        from_value=pl.when(~by_potential).then("value"),
        to_value=pl.when(~by_potential).then("value_after"),
    )


def _revised(first: Inventory, second: Inventory) -> set[str]:
    """Ids of activity that keep their name and have another value."""
    before, after = first.gathered.used, second.gathered.used
    return {name for name in before.keys() & after.keys() if before[name] != after[name]}


def _differing(before: str | None, after: str | None, revised: set[str]) -> tuple[str, str]:
    """Ids that only one version uses or that are revised; all of them where there is none."""
    ids = [each.split("; ") if each else [] for each in (before, after)]
    others = (set(ids[1]) - revised, set(ids[0]) - revised)
    only = [
        [each for each in mine if each not in other]
        for mine, other in zip(ids, others, strict=True)
    ]
    if not any(only):
        only = ids
    return "; ".join(only[0]), "; ".join(only[1])


def _moved(named: pl.DataFrame) -> tuple[Moved, ...]:
    sums = (
        named.group_by(_MOVE)
        .agg(
            pl.col("co2e_mg").sum().alias("before_mg"),
            pl.col("co2e_mg_after").sum().alias("after_mg"),
        )
        .filter(pl.col("before_mg") != pl.col("after_mg"))
        .with_columns(size=(pl.col("after_mg") - pl.col("before_mg")).abs())
        .sort(["year", "size", *_MOVE], descending=[False, True, *(False for _ in _MOVE)])
    )
    return tuple(Moved(**row) for row in sums.drop("size").iter_rows(named=True))


def _years(counts: pl.DataFrame) -> tuple[Year, ...]:
    counted = pl.when("both").then(pl.col("co2e_mg", "co2e_mg_after")).otherwise(0)
    left = pl.when(~pl.col("both")).then(pl.col("co2e_mg") + pl.col("co2e_mg_after")).otherwise(0)
    sums = (
        counts.select("year", counted, left.alias("left_out_mg"))
        .group_by("year")
        .agg(pl.all().sum())
        .sort("year")
        .rename({"co2e_mg": "before_mg", "co2e_mg_after": "after_mg"})
    )
    names = ("year", "before_mg", "after_mg", "left_out_mg")
    return tuple(Year(*row) for row in sums.select(names).iter_rows())


def as_rows(diff: FactorDiff) -> list[dict[str, Any]]:
    """Every move as plain data, masses in tonnes."""
    return [
        {
            "city": diff.code,
            "year": each.year,
            "from": each.from_id,
            "to": each.to_id,
            "gas": each.gas,
            "from_t_per_mwh": each.from_value,
            "to_t_per_mwh": each.to_value,
            "before_t": each.before_mg / MG_PER_T,
            "after_t": each.after_mg / MG_PER_T,
            "moved_t": each.moved_mg / MG_PER_T,
        }
        for each in diff.moved
    ]
