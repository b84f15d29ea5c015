"""What draws say as tables of whole numbers, the same bytes on every machine."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from vatra.plans.distributions import Floats
from vatra.plans.pathway import PPM
from vatra.plans.risk import (
    LEVELS,
    Design,
    Drawn,
    Explained,
    Loss,
    Quantity,
    Sampled,
    Tornado,
    explained,
    fan,
    information,
    verdicts,
)
from vatra.plans.risk.figures import MEAN, error_of
from vatra.units import MG_PER_T

_CENTS_PER_EUR = 100
# Published figures keep nine digits: the last bits of an exponential differ between processors.
_DIGITS = 9
# Shares of variance and values of information hang on regressions: four digits are steady.
_SHARE_DIGITS = 4
_CUT_LEVELS = {"p5": 5.0, "p10": 10.0, "p50": 50.0, "p90": 90.0, "p95": 95.0}


def steady(value: float, digits: int = _DIGITS) -> float:
    """A figure rounded to so many digits."""
    return float(f"{value:.{digits}g}")


def whole(value: float) -> int:
    """A figure of nine digits as a whole number."""
    return round(steady(value))


def ppm(share: float) -> int:
    """A share as whole millionths."""
    return whole(share * PPM)


def figures_of_cut(left_share: Floats, how: Design) -> dict[str, Any]:
    """``cut_mean_ppm``, its error, and percentiles of the cut; P5 is the smallest cut."""
    parted = (1.0 - left_share).reshape(how.replicates_count, how.points_count)
    wanted = list(_CUT_LEVELS.values())
    levels = np.percentile(1.0 - left_share, wanted)
    errors = error_of(np.percentile(parted, wanted, axis=1).T)
    return {
        "cut_mean_ppm": ppm(1.0 - float(left_share.mean())),
        "cut_error_ppm": ppm(float(error_of(parted.mean(axis=1)))),
        "cut_levels_ppm": {
            name: ppm(float(each)) for name, each in zip(_CUT_LEVELS, levels, strict=True)
        },
        "cut_levels_error_ppm": {
            name: ppm(float(each)) for name, each in zip(_CUT_LEVELS, errors, strict=True)
        },
    }


def fan_table(sampled: Sampled, planned_mg: Floats) -> pl.DataFrame:
    """One row a year: mean and percentiles with their errors, and the plan as stated [mg]."""
    found = fan(sampled.years, sampled.total_mg, sampled.how)
    columns: dict[str, list[int]] = {"year": list(sampled.years)}
    for name in (MEAN, *LEVELS):
        columns[f"{name}_mg"] = [whole(each) for each in found.values[name].tolist()]
        columns[f"{name}_error_mg"] = [whole(each) for each in found.errors[name].tolist()]
    columns["planned_mg"] = [whole(each) for each in planned_mg.tolist()]
    return pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.Int64))


def tornado_table(found: Sequence[Quantity], bars: Tornado, shares: Explained) -> pl.DataFrame:
    """One row a doubted number, the one that swings the cut farthest first."""
    rows = [
        {
            "key": each.key,
            "kind": each.kind,
            "of": each.of,
            "effects": [effect + 1 for effect in each.effects],
            "distribution": each.distribution.text,
            "is_multiple": each.is_multiple,
            "is_default": each.is_default,
            "source": each.source,
            "low": steady(float(bars.low[n])),
            "high": steady(float(bars.high[n])),
            "low_mg": whole(float(bars.low_mg[n])),
            "high_mg": whole(float(bars.high_mg[n])),
            "middle_mg": whole(bars.middle_mg),
            "low_cut_ppm": ppm(1.0 - float(bars.low_left_share[n])),
            "high_cut_ppm": ppm(1.0 - float(bars.high_left_share[n])),
            "variance_ppm": _share_ppm(float(shares.share[n])),
            "variance_error_ppm": _share_ppm(float(shares.error[n])),
        }
        for n, each in enumerate(found)
    ]
    swing = (pl.col("high_cut_ppm") - pl.col("low_cut_ppm")).abs()
    table = pl.DataFrame(rows, schema=_TORNADO).sort(
        [swing, pl.col("variance_ppm"), pl.col("key")], descending=[True, True, False]
    )
    return table.select(pl.int_range(1, pl.len() + 1, dtype=pl.Int64).alias("rank"), pl.all())


_TORNADO = pl.Schema(
    {
        "key": pl.String(),
        "kind": pl.String(),
        "of": pl.String(),
        "effects": pl.List(pl.Int64()),
        "distribution": pl.String(),
        "is_multiple": pl.Boolean(),
        "is_default": pl.Boolean(),
        "source": pl.String(),
        "low": pl.Float64(),
        "high": pl.Float64(),
        "low_mg": pl.Int64(),
        "high_mg": pl.Int64(),
        "middle_mg": pl.Int64(),
        "low_cut_ppm": pl.Int64(),
        "high_cut_ppm": pl.Int64(),
        "variance_ppm": pl.Int64(),
        "variance_error_ppm": pl.Int64(),
    }
)


def next_numbers_table(
    drawn: Drawn,
    met: npt.NDArray[np.bool_],
    over_mg: Floats,
    shares: Explained,
    loss: Loss | None,
) -> tuple[pl.DataFrame, dict[str, int]]:
    """One row a doubted number, what is worth most to know first; and knowing them all.

    Parameters
    ----------
    met, over_mg : of each draw [D], whether the target is met, and how far above it the year ends
    shares : of the cut's variance [K]
    loss : values are cents of it; without one, millionths of being right about the target
    """
    verdict = met.astype(np.float64)
    of_verdict = explained(drawn, verdict)
    if loss is None:
        found = information(drawn, verdicts(verdict))
        unit, suffix = PPM, "ppm"
    else:
        found = information(drawn, loss.benefits(over_mg / MG_PER_T))
        unit, suffix = _CENTS_PER_EUR, "cents"

    def rounded(value: float) -> int:
        return round(steady(value, _SHARE_DIGITS) * unit)

    columns = {
        "key": [each.key for each in drawn.quantities],
        f"value_{suffix}": [rounded(each) for each in found.value.tolist()],
        f"error_{suffix}": [rounded(each) for each in found.error.tolist()],
        "verdict_ppm": [_share_ppm(each) for each in of_verdict.share.tolist()],
        "verdict_error_ppm": [_share_ppm(each) for each in of_verdict.error.tolist()],
        "variance_ppm": [_share_ppm(each) for each in shares.share.tolist()],
        "variance_error_ppm": [_share_ppm(each) for each in shares.error.tolist()],
    }
    schema = {name: pl.String if name == "key" else pl.Int64 for name in columns}
    # What sampling cannot tell from nothing ranks by what it explains of the cut.
    told = pl.when(pl.col(f"value_{suffix}") > pl.col(f"error_{suffix}")).then(f"value_{suffix}")
    table = pl.DataFrame(columns, schema=schema).sort(
        [told.otherwise(0), pl.col("variance_ppm"), pl.col("key")], descending=[True, True, False]
    )
    ranked = table.select(pl.int_range(1, pl.len() + 1, dtype=pl.Int64).alias("rank"), pl.all())
    return ranked, {f"value_{suffix}": rounded(found.whole)}


def _share_ppm(share: float) -> int:
    return round(round(share, _SHARE_DIGITS) * PPM)
