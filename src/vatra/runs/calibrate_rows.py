"""A calibration as plain records: blocks, meters, parameters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from vatra.plans.bills.priors import SHARE
from vatra.runs.calibrate import Calibration
from vatra.runs.calibrate_block import OWN, Calibrated, MeterSpan, Span

Row = dict[str, Any]
# A parameter whose middle moved by less of its range is told not to have moved.
MOVED_SHARE = 0.15
_WH_PER_KWH, _CENTS, _PERCENT = 1e3, 100, 100
_ENDS = ("p10", "p50", "p90")
_ELECTRICITY = "electricity"


def block_rows(found: Calibration) -> list[Row]:
    """One row a block: how it is known, its meters, need and bill before them and after."""
    return [block_row(each) for each in found.blocks]


def block_row(found: Calibrated) -> Row:
    """``known_by`` is ``own_meters``, ``type_meters`` or ``no_meters``; amounts of a standard year,
    ``_before_`` the meters and ``_after_`` them."""
    building = found.subject.building
    area = _WH_PER_KWH * building.heated_m2
    main = main_meter(found)
    by_month = next((each for each in found.meters if each.fit is not None), None)
    heating, bill = found.figures["heating_wh"], found.figures["bill_eur"]
    return {
        "building": building.code,
        "archetype": building.archetype,
        "synthetic": building.synthetic,
        "known_by": found.origin,
        "meters_count": sum(each.fitted for each in found.meters),
        "conflicts_count": len(found.conflicts),
        "metered_kwh_m2": None if main is None else round(main.metered_wh / area, 1),
        "modelled_kwh_m2": None if main is None else round(main.span.before[1] / area, 1),
        **_span("heating_kwh_m2", heating, 1 / area),
        **_span("bill_cents", bill, _CENTS, whole=True),
        "effective_draws": round(found.posterior.effective),
        "rounds": found.posterior.rounds,
        "nmbe_percent": _fit(by_month, "nmbe_share"),
        "cv_rmse_percent": _fit(by_month, "cv_rmse_share"),
        "moved": [each["parameter"] for each in moved(found)],
    }


def main_meter(found: Calibrated) -> MeterSpan | None:
    """The meter of heat that counts most, fitted ones first; None where there is none."""
    heat = [each for each in found.meters if each.observation.carrier != _ELECTRICITY]
    return max(heat, key=lambda each: (each.fitted, each.metered_wh), default=None)


def meter_rows(found: Calibrated) -> list[Row]:
    """One row a meter: what it reads in a standard year, and what the model says it would."""
    area = found.subject.building.heated_m2
    rows = []
    for each in found.meters:
        asked = each.observation
        apart = [c for c in found.conflicts if c.observation is asked]
        rows.append(
            {
                "building": asked.building,
                "carrier": asked.carrier,
                "metered": asked.metered,
                "part": asked.part,
                "years": list(asked.years),
                "fitted": each.fitted,
                "metered_kwh": round(each.metered_wh / _WH_PER_KWH),
                "metered_kwh_m2": round(each.metered_wh / _WH_PER_KWH / area, 1),
                "error_percent": round(_PERCENT * asked.spread, 1),
                **_span("modelled_kwh", each.span, 1 / _WH_PER_KWH, whole=True),
                "nmbe_percent": _fit(each, "nmbe_share"),
                "cv_rmse_percent": _fit(each, "cv_rmse_share"),
                "fit_holds": None if each.fit is None else each.fit.holds,
                "check": list(apart[0].hints) if apart else [],
            }
        )
    return rows


def parameter_rows(found: Calibrated) -> list[Row]:
    """One row a parameter: percent or kelvins beside the type's figure, source and doubt."""
    rows = []
    for each in found.priors:
        span = found.parameters[each.parameter]
        is_share = each.what == SHARE
        rows.append(
            {
                "parameter": each.parameter,
                "unit": "%" if is_share else "K",
                **{
                    f"before_{end}": _beside(v, is_share)
                    for end, v in zip(_ENDS, span.before, strict=True)
                },
                **{
                    f"after_{end}": _beside(v, is_share)
                    for end, v in zip(_ENDS, span.after, strict=True)
                },
                "moved_share": round(span.moved_share, 2),
                "left_percent": round(_PERCENT * span.left_share),
                "source": each.source,
                "doubt": each.doubt,
            }
        )
    return rows


def moved(found: Calibrated) -> list[Row]:
    """Parameters that the meters moved, most first."""
    rows = [each for each in parameter_rows(found) if abs(each["moved_share"]) >= MOVED_SHARE]
    return sorted(rows, key=lambda each: -abs(each["moved_share"]))


def type_rows(found: Calibration) -> list[Row]:
    """One row a type of a quarter: blocks, how many have meters, need before and after."""
    kinds: dict[tuple[str, str], list[Calibrated]] = {}
    for each in found.blocks:
        building = each.subject.building
        kinds.setdefault((building.quarter, building.archetype), []).append(each)
    return [
        {
            "quarter": quarter,
            "archetype": archetype,
            "blocks_count": len(blocks),
            "metered_count": sum(each.origin == OWN for each in blocks),
            "heating_before_kwh_m2": _mean_per_m2(blocks, after=False),
            "heating_after_kwh_m2": _mean_per_m2(blocks, after=True),
        }
        for (quarter, archetype), blocks in sorted(kinds.items())
    ]


def _mean_per_m2(blocks: Sequence[Calibrated], *, after: bool) -> float:
    """Middles of the needs of all blocks over their area."""
    spans = [each.figures["heating_wh"] for each in blocks]
    total = sum((span.after if after else span.before)[1] for span in spans)
    area = sum(each.subject.building.heated_m2 for each in blocks)
    return round(total / _WH_PER_KWH / area, 1)


def _span(name: str, span: Span, scale: float, *, whole: bool = False) -> Row:
    rows: Row = {}
    for when, three in (("before", span.before), ("after", span.after)):
        for end, value in zip(_ENDS, three, strict=True):
            rows[f"{name}_{when}_{end}"] = (
                round(value * scale) if whole else round(value * scale, 1)
            )
    return rows


def _beside(value: float, is_share: bool) -> float:
    """Percent beside the type's figure, or kelvins."""
    return round(_PERCENT * (value - 1), 1) if is_share else round(value, 2)


def _fit(found: MeterSpan | None, name: str) -> float | None:
    if found is None or found.fit is None:
        return None
    return round(_PERCENT * float(getattr(found.fit, name)), 1)
