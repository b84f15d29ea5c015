"""The answer of ``vatra blocks calibrate``: the sentence, blocks with meters, types, conflicts."""

from __future__ import annotations

from typing import Any

from vatra.cli.output import Answer, Sheet, finding_sheets
from vatra.plans.bills.fit import MOST_CV_RMSE_SHARE, MOST_NMBE_SHARE
from vatra.runs.calibrate import Calibration
from vatra.runs.calibrate_block import OWN, TYPE, Calibrated
from vatra.runs.calibrate_rows import (
    Row,
    block_row,
    block_rows,
    main_meter,
    meter_rows,
    moved,
    parameter_rows,
    type_rows,
)
from vatra.tables import label
from vatra.words import Language, euros, number, percent, say

_BLOCKS = ("block", "metered", "modelled", "before", "after", "moved", "fit")
_TYPES = ("type", "blocks", "with-meters", "need-before", "need-after")
_METERS = ("meter", "years", "read", "said-before", "said-after", "fit")
_PARAMETERS = ("parameter", "before", "after", "width")
_MOVED_SHOWN = 2
_SHOWN = 12
_UNKNOWN = "–"


def calibrate_answer(
    found: Calibration, building: str | None, lang: Language, written: str = ""
) -> Answer:
    """Of one block its meters and parameters, of many a row for each that has meters."""
    one = found.blocks[0] if building is not None else None
    data = {
        "climate": found.climate.name,
        "synthetic": found.synthetic,
        "blocks": block_rows(found),
        "types": type_rows(found),
        "meters": [row for each in found.blocks for row in meter_rows(each)],
        "parameters": [] if one is None else parameter_rows(one),
        "limits": {
            "guideline": "ASHRAE Guideline 14",
            "nmbe_percent": 100 * MOST_NMBE_SHARE,
            "cv_rmse_percent": 100 * MOST_CV_RMSE_SHARE,
        },
        "findings": [each.as_dict(lang) for each in found.findings],
    }
    sheets = _of_many(found, lang) if one is None else _of_one(one, lang)
    first = _first(found, lang) if one is None else _first_of_one(one, lang)
    rows = block_rows(found) if one is None else parameter_rows(one)
    return Answer(
        data,
        [*sheets, *finding_sheets(found.findings, lang)],
        first,
        "\n".join(_last(found, lang, written)),
        rows=rows,
    )


def _first(found: Calibration, lang: Language) -> str:
    own = [each for each in found.blocks if each.origin == OWN]
    return say(
        "cli.calibrate-first" if found.stock.readings else "cli.calibrate-first-none",
        lang,
        blocks=number(len(found.blocks), lang),
        metered=number(len(own), lang),
        learned=number(sum(each.origin == TYPE for each in found.blocks), lang),
        conflicts=number(sum(len(each.conflicts) for each in found.blocks), lang),
    )


def _first_of_one(found: Calibrated, lang: Language) -> str:
    row = block_row(found)
    return say(
        f"cli.calibrate-one-{found.origin.replace('_', '-')}",
        lang,
        building=found.subject.building.name or found.subject.building.code,
        before=_range(row, "heating_kwh_m2_before", lang),
        after=_range(row, "heating_kwh_m2_after", lang),
        middle=number(row["heating_kwh_m2_after_p50"], lang, 0),
        low=euros(row["bill_cents_after_p10"], lang),
        high=euros(row["bill_cents_after_p90"], lang),
        draws=number(row["effective_draws"], lang),
    )


def _of_many(found: Calibration, lang: Language) -> list[Sheet]:
    metered = [each for each in found.blocks if each.meters]
    furthest = sorted(metered, key=_apart, reverse=True)[:_SHOWN]
    rows = [_block(each, lang) for each in furthest]
    headings = [say(f"cli.calibrate-{each}", lang) for each in _BLOCKS]
    title = say("cli.calibrate-blocks-title", lang, shown=len(rows), all=len(metered))
    blocks = Sheet(title, headings, rows, (1, 2, 3, 4))
    types = [
        (
            label("archetype", each["archetype"], lang),
            number(each["blocks_count"], lang),
            number(each["metered_count"], lang),
            number(each["heating_before_kwh_m2"], lang, 0),
            number(each["heating_after_kwh_m2"], lang, 0),
        )
        for each in type_rows(found)
    ]
    headings = [say(f"cli.calibrate-{each}", lang) for each in _TYPES]
    by_type = Sheet(say("cli.calibrate-types-title", lang), headings, types, (1, 2, 3, 4))
    return [blocks, by_type] if rows else [by_type]


def _apart(found: Calibrated) -> float:
    """How far the meter of a block lies from its model, in either direction."""
    main = main_meter(found)
    if main is None:
        return 0.0
    ratio = main.metered_wh / main.span.before[1]
    return max(ratio, 1 / ratio)


def _block(found: Calibrated, lang: Language) -> list[str]:
    row = block_row(found)
    some = [_moved(each, lang) for each in moved(found)[:_MOVED_SHOWN]]
    words = "; ".join(some)
    if found.conflicts and row["meters_count"] == 0:
        words = say("cli.calibrate-conflict", lang)
    return [
        found.subject.building.code,
        _number(row["metered_kwh_m2"], lang),
        _number(row["modelled_kwh_m2"], lang),
        _range(row, "heating_kwh_m2_before", lang),
        _range(row, "heating_kwh_m2_after", lang),
        words or _UNKNOWN,
        _fit(row, lang),
    ]


def _of_one(found: Calibrated, lang: Language) -> list[Sheet]:
    sheets = []
    meters = [_meter(each, lang) for each in meter_rows(found)]
    if meters:
        headings = [say(f"cli.calibrate-{each}", lang) for each in _METERS]
        title = say("cli.calibrate-meters-title", lang)
        sheets.append(Sheet(title, headings, meters, (2, 3, 4)))
    rows = [
        (
            say(f"plans.bills.parameter-{each['parameter']}", lang),
            _beside(each, "before", lang),
            _beside(each, "after", lang),
            percent(each["left_percent"] / 100, lang),
        )
        for each in parameter_rows(found)
    ]
    headings = [say(f"cli.calibrate-{each}", lang) for each in _PARAMETERS]
    title = say("cli.calibrate-parameters-title", lang)
    return [*sheets, Sheet(title, headings, rows, (1, 2, 3))]


def _meter(row: Row, lang: Language) -> list[str]:
    name = f"{label('metered', row['metered'], lang)}, {label('carrier', row['carrier'], lang)}"
    after = _range(row, "modelled_kwh_after", lang)
    return [
        name + say(f"runs.calibrate-part-{row['part']}", lang),
        ", ".join(str(each) for each in row["years"]),
        number(row["metered_kwh"], lang, 0),
        _range(row, "modelled_kwh_before", lang),
        after if row["fitted"] else say("cli.calibrate-conflict", lang),
        _fit(row, lang),
    ]


def _moved(row: Row, lang: Language) -> str:
    value = number(row["after_p50"], lang, 0 if row["unit"] == "%" else 1)
    sign = "+" if row["after_p50"] > 0 else ""
    return f"{say('plans.bills.parameter-' + row['parameter'], lang)} {sign}{value} {row['unit']}"


def _beside(row: Row, when: str, lang: Language) -> str:
    digits = 0 if row["unit"] == "%" else 1
    low, middle, high = (
        number(row[f"{when}_{end}"], lang, digits) for end in ("p10", "p50", "p90")
    )
    return f"{middle} ({low} … {high}) {row['unit']}"


def _range(row: Row, name: str, lang: Language) -> str:
    return " – ".join(number(row[f"{name}_{end}"], lang, 0) for end in ("p10", "p90"))


def _fit(row: Row, lang: Language) -> str:
    if row["cv_rmse_percent"] is None:
        return _UNKNOWN
    parts: list[Any] = [row["cv_rmse_percent"] / 100, row["nmbe_percent"] / 100]
    return " / ".join(percent(each, lang, 1) for each in parts)


def _number(value: float | None, lang: Language) -> str:
    return _UNKNOWN if value is None else number(value, lang, 0)


def _last(found: Calibration, lang: Language, written: str) -> list[str]:
    said = []
    if any(each.fit is not None for block in found.blocks for each in block.meters):
        said.append(say("cli.calibrate-guideline", lang))
    if any(each.subject.building.synthetic for each in found.blocks):
        said.append(say("cli.stock-synthetic", lang))
    if found.climate.synthetic:
        said.append(say("cli.stock-climate", lang))
    said.append(say("cli.calibrate-second-hand", lang))
    return [*said, written] if written else said
