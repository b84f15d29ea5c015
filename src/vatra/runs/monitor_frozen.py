"""The report of a year that is frozen: the annual report with its indicators and its money.

A later report of the same year is another edition; it names the seal of the one it replaces.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vatra.contract import seal
from vatra.contract.seal import altered_sections, seal_value
from vatra.runs.monitor_indicators import Indicator, Indicators
from vatra.runs.monitor_spending import ActionMoney, Spending
from vatra.words import LANGUAGES, Language

FORMAT = "vatra-progress-report/1"
_OUTSIDE = ("seal", "digests", "format")
# As many digits as a float holds for sure: the same text on every machine.
_DIGITS = ".15g"


def progress_content(
    annual: Mapping[str, Any],
    indicators: Indicators,
    money: Spending,
    without_mg: Mapping[str, int],
) -> dict[str, Any]:
    """All that a page or a report says of a plan's progress, not sealed yet.

    Parameters
    ----------
    annual : the annual report (``vatra.runs.monitor_report``)
    without_mg : emissions by year if no action were taken [mg CO2e]
    """
    content = {key: value for key, value in annual.items() if key not in _OUTSIDE}
    reported = {each["code"]: each for each in annual["actions"]}
    return content | {
        "without_mg": dict(without_mg),
        "statuses": {
            code: reported[code]["status"] if code in reported else "planned"
            for code in annual["names"]
        },
        "indicators": [_indicator(each) for each in indicators.listed],
        "spending": {
            "last_year": money.last_year,
            "planned_cents": _texts(money.planned()),
            "committed_cents": _texts(money.committed()),
            "spent_cents": _texts(money.spent()),
            "actions": [_money(each) for each in money.actions],
        },
    }


def progress_report(
    content: Mapping[str, Any], *, year: int, edition: int = 1, replaces: str = ""
) -> dict[str, Any]:
    """The content sealed as the report of a year.

    ``replaces`` the seal of the edition before, empty for the first. Raises ``ValueError`` when a
    later edition does not name one.
    """
    if (edition > 1) != bool(replaces):
        raise ValueError(f"edition {edition} must name what it replaces, and the first must not")
    body = {key: value for key, value in content.items() if key not in _OUTSIDE}
    about = {"year": year, "number": edition, "replaces": replaces}
    return seal(body | {"report": about}, FORMAT)


def altered_parts(document: Any) -> list[str]:
    """Sections of a report that are not as they were sealed; empty when it is whole."""
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        return ["format"]
    written = document.get("seal")
    value = written.get("value") if isinstance(written, dict) else None
    try:
        broken = [] if value == seal_value(document) else ["seal"]
        return [*altered_sections(document), *broken]
    except TypeError:
        return ["seal"]


def unit_of(indicator: Mapping[str, Any], lang: Language) -> str:
    """The unit of an indicator of a report; those sealed without ``units`` have it in one
    language."""
    return str(indicator.get("units", {}).get(lang) or indicator["unit"])


def _units(each: Indicator) -> dict[str, Any]:
    """The unit of all languages, and by language only where they differ: the seal of a report
    without such a word is the one it always was."""
    units = {lang: each.unit_in(lang) for lang in LANGUAGES}
    first = units[LANGUAGES[0]]
    if all(words == first for words in units.values()):
        return {"unit": first}
    return {"unit": each.unit or first, "units": units}


def _indicator(each: Indicator) -> dict[str, Any]:
    asked = None if each.last is None else each.expected(each.last.moment)
    return {
        "code": each.code,
        "names": {lang: each.name(lang) for lang in LANGUAGES},
        **_units(each),
        "action": each.action,
        "sector": each.sector,
        "direction": each.direction,
        "baseline": None if each.baseline is None else _point(*each.baseline),
        "milestones": [_point(*one) for one in each.milestones],
        "values": [
            {
                "year": one.year,
                "quarter": one.quarter,
                "value": written(one.value),
                "expected": _written(each.expected(one.moment)),
                "source": one.source,
                "note": one.note,
            }
            for one in each.values
        ],
        "verdict": each.verdict,
        "expected": _written(asked),
        "source": each.source,
    }


def _point(year: int, value: float) -> dict[str, Any]:
    return {"year": year, "value": written(value)}


def _written(value: float | None) -> str | None:
    return None if value is None else written(value)


def written(value: float) -> str:
    """A value as a decimal text, as sealed: ``139``, ``0.35``."""
    return format(round(value, 12), _DIGITS)


def _money(each: ActionMoney) -> dict[str, Any]:
    return {
        "code": each.code,
        "planned_cents": _texts(each.planned),
        "committed_cents": _texts(each.committed),
        "spent_cents": _texts(each.spent),
    }


def _texts(by_year: Mapping[int, int]) -> dict[str, int]:
    return {str(year): cents for year, cents in sorted(by_year.items())}
