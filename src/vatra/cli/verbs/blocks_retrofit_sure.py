"""P10 to P90 of what packages promise, as a table of ``vatra blocks retrofit``."""

from __future__ import annotations

from vatra.cli.output import Sheet
from vatra.plans.retrofit.named import named
from vatra.runs.retrofit_doubt import Promises, Row
from vatra.words import Language, number, percent, say

_COLUMNS = ("package", "heat", "bill", "co2", "class", "owners", "payback")
_CENTS = 100


def sure_sheet(sure: Promises, lang: Language) -> Sheet:
    """A row a package; the title says whose meters the block is known by."""
    title = say(f"cli.sure-title-{sure.today['known_by'].replace('_', '-')}", lang)
    headings = [say(f"cli.sure-{each}", lang) for each in _COLUMNS]
    rows = [_row(each, lang) for each in sure.rows]
    return Sheet(title, headings, rows, (1, 2, 3, 5, 6))


def _row(row: Row, lang: Language) -> list[str]:
    name = row["package"]
    letter = row["energy_class"]
    told = percent(row["or_better_percent"][letter] / 100, lang)
    return [
        named()[name].said.text(lang) if name in named() else _pick(name, lang),
        _range(row, "heating_saved_percent", lang),
        _range(row, "bill_saved_cents", lang, 1 / _CENTS),
        _range(row, "co2_saved_kg", lang, 1e-3, 1),
        say("cli.sure-or-better", lang, letter=letter, percent=told),
        _range(row, "owners_per_flat_cents", lang, 1 / _CENTS),
        _range(row, "payback_years", lang),
    ]


def _pick(name: str, lang: Language) -> str:
    """The best by a rule; a package as it was typed."""
    return say(f"cli.retrofit-{name}", lang) if name.startswith("best_") else name


def _range(row: Row, name: str, lang: Language, scale: float = 1.0, digits: int = 0) -> str:
    ends = [row[f"{name}_p10"], row[f"{name}_p90"]]
    if ends == [None, None]:
        return "–"
    return " – ".join(
        say("cli.sure-never", lang) if each is None else number(each * scale, lang, digits)
        for each in ends
    )
