"""What is wrong with a Parquet file of buildings: every rule over all rows, told at once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl

from vatra.plans.blocks.bulk.stock_columns import OWN_U
from vatra.plans.blocks.bulk.stream import ELEMENTS
from vatra.plans.stock.archetypes import archetypes
from vatra.plans.stock.elements import (
    PSI_LEAST_W_MK,
    PSI_MOST_W_MK,
    U_LEAST_W_M2K,
    U_MOST_W_M2K,
    OwnElement,
)
from vatra.plans.stock.faults import MOST_STOREYS, STOREY_HEIGHTS_M
from vatra.tables import Finding

NUMBERS = ("heated_m2", "footprint_m2", "storeys_count", "storey_height_m", "flats_count")
LISTS = ("facade_azimuth_deg", "facade_outer_m2")
ELEMENT_KINDS = ("wall", "roof", "floor", "window", "bridge")
_LIMITS = (
    ("u_w_m2k", U_LEAST_W_M2K, U_MOST_W_M2K),
    ("psi_w_mk", PSI_LEAST_W_MK, PSI_MOST_W_MK),
    *((name, 0.0, 1.0) for name in ("g_share", "frame_share", "shading_share", "b_share")),
)
_SHOWN = 10


def stream_faults(source: Path) -> list[Finding]:
    """Every fault of a file; its rows are counted from 1."""
    try:
        schema = pl.scan_parquet(source).collect_schema()
    except (OSError, pl.exceptions.PolarsError):
        return [_fault("stream-unreadable", source, file=source.name)]
    wrong = _columns(schema)
    if wrong:
        return [_fault("stream-columns", source, columns=wrong, file=source.name)]
    rules = {code: rule.fill_null(True) for code, rule in _rules(schema).items()}
    if not pl.scan_parquet(source).select(pl.len()).collect().item():
        return [_fault("stream-empty", source, file=source.name)]
    counts = pl.scan_parquet(source).select(
        **{code: rule.sum() for code, rule in rules.items()}
    ).collect(engine="streaming").row(0, named=True)  # fmt: skip
    found = []
    for code, count in counts.items():
        if count:
            found.append(_rows(source, code, rules[code], int(count)))
    return found


def _columns(schema: pl.Schema) -> list[str]:
    """Columns that are missing or hold something else."""

    def numeric(name: str) -> bool:
        return name in schema and schema[name].is_numeric()

    def lists(name: str) -> bool:
        held: Any = schema.get(name)
        return isinstance(held, pl.List) and held.inner.is_numeric()

    wrong = [name for name in ("building", "archetype") if schema.get(name) != pl.String]
    wrong += [name for name in NUMBERS if not numeric(name)]
    wrong += [name for name in LISTS if not lists(name)]
    if ELEMENTS in schema:
        held: Any = schema[ELEMENTS]
        fields = getattr(getattr(held, "inner", None), "fields", None)
        known = OwnElement.__dataclass_fields__
        sound = fields and {"code", "kind"} <= {each.name for each in fields} <= set(known)
        wrong += [] if sound else [ELEMENTS]
    return wrong + [name for name in OWN_U if name in schema and not numeric(name)]


def _rules(schema: pl.Schema) -> dict[str, pl.Expr]:
    """Which rows break which rule; a rule on a blank value is broken."""
    least, most = STOREY_HEIGHTS_M
    storeys, flats = pl.col("storeys_count"), pl.col("flats_count")
    sizes = [_positive(name) for name in ("heated_m2", "footprint_m2")]
    sides = pl.col("facade_outer_m2")
    azimuths = pl.col("facade_azimuth_deg")
    rules = {
        "stream-building": pl.col("building").is_null() | (pl.col("building") == ""),
        "stream-archetype": ~pl.col("archetype").is_in(list(archetypes())),
        "stream-size": ~pl.all_horizontal(sizes),
        "stream-storeys": ~(storeys.is_between(1, MOST_STOREYS) & (storeys % 1 == 0)),
        "stream-height": ~pl.col("storey_height_m").is_between(least, most),
        "stream-flats": ~((flats >= 0) & (flats % 1 == 0) & flats.is_finite()),
        "stream-sides": (sides.list.len() != azimuths.list.len())
        | ~(sides.list.min() >= 0)
        | ~(sides.list.sum() > 0)
        | ~sides.list.sum().is_finite()
        | sides.list.eval(pl.element().is_null()).list.any()
        | ~azimuths.list.sum().is_finite()
        | azimuths.list.eval(pl.element().is_null()).list.any(),
    }
    for name in OWN_U:
        if name in schema:
            held = pl.col(name)
            rules[f"stream-u-{name.partition('_')[0]}"] = held.is_not_null() & ~held.is_between(
                U_LEAST_W_M2K, U_MOST_W_M2K
            )
    if ELEMENTS in schema:
        held = pl.col(ELEMENTS)
        rules["stream-elements"] = held.list.eval(_is_wrong(schema)).list.any().fill_null(False)
    return rules


def _is_wrong(schema: pl.Schema) -> pl.Expr:
    """Whether an element of a building is one that none has."""
    held: Any = schema[ELEMENTS]
    named = {each.name for each in held.inner.fields}

    def of(name: str) -> pl.Expr:
        return pl.element().struct.field(name) if name in named else pl.lit(None, pl.Float64)

    wrong = of("code").is_null() | ~of("kind").is_in(ELEMENT_KINDS)
    wrong |= (of("area_m2") <= 0).fill_null(False)
    for name, least, most in _LIMITS:
        wrong |= ~of(name).is_between(least, most).fill_null(True)
    bridge = of("psi_w_mk").is_null() | ~(of("length_m") >= 0)
    return (wrong | ((of("kind") == "bridge") & bridge)).fill_null(True)


def _positive(name: str) -> pl.Expr:
    return (pl.col(name) > 0) & pl.col(name).is_finite()


def _rows(source: Path, code: str, rule: pl.Expr, count: int) -> Finding:
    first = (
        pl.scan_parquet(source)
        .with_row_index("row", offset=1)
        .filter(rule)
        .head(_SHOWN)
        .select("row")
        .collect()["row"]
        .to_list()
    )
    kind = code.removeprefix("stream-u-")
    params: dict[str, Any] = {"least": U_LEAST_W_M2K, "most": U_MOST_W_M2K}
    if kind != code:
        params["column"] = f"{kind}_u_w_m2k"
        code = "stream-u"
    elif code == "stream-archetype":
        params = {"choices": list(archetypes())}
    elif code == "stream-storeys":
        params = {"most": MOST_STOREYS}
    elif code == "stream-height":
        params = dict(zip(("least", "most"), STOREY_HEIGHTS_M, strict=True))
    else:
        params = {}
    return Finding(
        f"runs.{code}", "error", source.name, tuple(first), params=params, line_count=count
    )


def _fault(code: str, source: Path, **params: Any) -> Finding:
    return Finding(f"runs.{code}", "error", source.name, params=params)
