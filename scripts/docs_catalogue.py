"""The catalogue of measures as pages, written from its files.

A hook of mkdocs: a line ``<!-- catalogue: measures -->`` in a page becomes the section of that
name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from vatra.plans.catalogue import (
    PRICE_YEAR,
    STOCKS,
    CoBenefit,
    EffectRow,
    Entry,
    catalogue,
    curves,
    label,
)
from vatra.plans.distributions import Distribution
from vatra.tables.vocabulary import FIELDS
from vatra.words import LANGUAGES, number, percent, say

PLACE = re.compile(r"^<!-- catalogue: ([\w-]+) -->$", re.MULTILINE)
_ALL = "everything"


def _table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [headings, ["---"] * len(headings), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |"
                     for row in lines)  # fmt: skip


def _spread(value: Distribution, write: Callable[[float], str]) -> str:
    """The mean, and the ends where there are any."""
    if value.low == value.high:
        return write(value.mean)
    return f"{write(value.mean)} ({write(value.low)} to {write(value.high)})"


def _short(value: float) -> str:
    return number(value, "en", 0) if abs(value) >= 100 else number(float(f"{value:.3g}"), "en")


def _share(value: float) -> str:
    whole = round(value * 100, 6)
    return percent(value, "en", 0 if whole == round(whole) else 1)


def overview() -> str:
    """All measures by field: name in both languages, capital a unit, who pays."""
    return "\n\n".join(_field(field) for field in FIELDS)


def _field(field: str) -> str:
    rows = [
        (
            f"[{each.name_en}](#{each.id})",
            each.name_ro,
            f"`{each.id}`",
            f"{_spread(each.capex_eur, _short)} per {label('unit', each.unit, 'en')}",
            label("payer", each.payer, "en"),
        )
        for each in catalogue().values()
        if each.field == field
    ]
    headings = ("measure", "măsură", "id", f"capital, EUR of {PRICE_YEAR}", "pays")
    return f"### {say(f'tables.field-{field}', 'en')}\n\n{_table(headings, rows)}"


def measures() -> str:
    """Every measure in full, in the order of its file."""
    return "\n\n".join("\n\n".join(_measure(each)) for each in catalogue().values())


def _measure(entry: Entry) -> Iterator[str]:
    yield f"### {entry.name_en} {{ #{entry.id} }}"
    yield f"`{entry.id}` · *{entry.name_ro}*"
    yield entry.about_en
    yield "\n".join(f"- {name}: {text}" for name, text in _facts(entry))
    yield _table(("effect", "on", "strength", "ratio or amount", "source"),
                 map(_effect, entry.effects))  # fmt: skip
    if entry.co_benefits:
        yield _table(("also", "amount", "source"), map(_co_benefit, entry.co_benefits))
    for each in entry.relations:
        other = catalogue()[each.other].name_en
        kind = label("relation", each.kind, "en")
        yield f"*{kind}* [{other}](#{each.other}): {each.why_en}"


def _facts(entry: Entry) -> Iterator[tuple[str, str]]:
    unit = label("unit", entry.unit, "en")
    yield "counted in", f"{unit}; stock `{entry.stock}`{_per_stock(entry)}"
    extra = (
        f", {_share(entry.incremental_share)} of it extra" if entry.incremental_share < 1 else ""
    )
    yield "capital", f"EUR {_spread(entry.capex_eur, _short)} per {unit}{extra}"
    yearly = [
        f"{name} EUR {_spread(value, _short)}"
        for name, value in (("cost", entry.opex_eur), ("income", entry.revenue_eur))
        if value.mean
    ]
    if yearly:
        yield "a year", f"{', '.join(yearly)} per {unit}, energy apart"
    yield (
        "field and lever",
        (f"{say(f'tables.field-{entry.field}', 'en')}; {say(f'tables.lever-{entry.lever}', 'en')}"),
    )
    yield "lasts", f"{_short(entry.lifetime_years)} years"
    shape = say(f"tables.shape-{entry.shape}", "en")
    yield "spreads", f"over {_short(entry.ramp_years)} years, {shape}"
    delay = _spread(entry.delay_years, _short)
    yield "comes", f"with {_share(entry.delivery_probability)}, late by {delay} years"
    yield "pays", label("payer", entry.payer, "en")
    source = f"{entry.source}, page {entry.page}" if entry.page else entry.source
    yield "source of cost", f"{source} ({label('doubt', entry.doubt, 'en')})"


def _per_stock(entry: Entry) -> str:
    return "" if entry.units_per_stock == 1 else f" x {_short(entry.units_per_stock)}"


def _effect(each: EffectRow) -> tuple[str, ...]:
    what = [f"`{part}`" for part in (each.use, each.carrier) if part] or [_ALL]
    to = [f"`{part}`" for part in (each.to_use, each.to_carrier) if part]
    target = " ".join(what) + (f" to {' '.join(to)}" if to else "")
    how = label("operator", each.operator, "en")
    if each.group:
        together = say(f"tables.combine-{each.combine}", "en")
        most = f", at most {_share(each.potential_share)}" if each.potential_share < 1 else ""
        how = f"{how}; `{each.group}`: {together}{most}"
    return how, target, _spread(each.strength, _share), _more(each), each.source


def _more(each: EffectRow) -> str:
    if each.operator == "own_generation":
        return f"{_spread(each.amount, _short)} MWh per unit and year"
    if each.operator == "sink":
        return f"curve `{each.curve}`"
    return _spread(each.ratio, _short) if each.ratio.mean != 1 else ""


def _co_benefit(each: CoBenefit) -> tuple[str, ...]:
    unit = label("benefit_unit", each.unit, "en")
    amount = unit if each.amount is None else f"{_spread(each.amount, _short)} {unit}"
    return label("benefit", each.benefit, "en"), amount, each.source


def stocks() -> str:
    """What a city's ``stocks.csv`` may hold, and the measures that ask for it."""
    rows = []
    for code in STOCKS:
        users = [f"`{each.id}`" for each in catalogue().values() if each.stock == code]
        names = (label("stock", code, lang) for lang in LANGUAGES)
        rows.append((f"`{code}`", *names, ", ".join(users)))
    return _table(("stock", "meaning", "înțeles", "measures"), rows)


def growth() -> str:
    """Growth curves at some ages."""
    ages = (0, 1, 5, 10, 20, 40)
    rows = [
        (f"`{name}`", *(_short(curve[age]) if age < len(curve) else "0" for age in ages))
        for name, curve in sorted(curves().items())
    ]
    return _table(("curve", *(f"age {age}" for age in ages)), rows)


def count() -> str:
    """How many there are."""
    return f"There are {len(catalogue())} measures."


SECTIONS: dict[str, Callable[[], str]] = {
    "count": count,
    "overview": overview,
    "measures": measures,
    "stocks": stocks,
    "growth": growth,
}


def fill(markdown: str) -> str:
    """A page with its sections in place; raises ``KeyError`` for one that does not exist."""
    return PLACE.sub(lambda found: SECTIONS[found[1]](), markdown)


def on_page_markdown(markdown: str, **_: Any) -> str:
    """Hook of mkdocs: called for every page."""
    return fill(markdown)
