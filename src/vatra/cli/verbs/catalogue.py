"""The catalogue of measures: what a city can do, what it does, costs and rests on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import Annotated

import typer

from vatra.cli.options import Form, Lang
from vatra.cli.output import Answer, Format, Sheet, fail, show, speak
from vatra.cli.verbs.catalogue_data import curve_data, effect_data, measure_data, measure_row
from vatra.plans.catalogue import CoBenefit, EffectRow, Entry, curves
from vatra.plans.catalogue import catalogue as entries
from vatra.plans.catalogue import label as catalogue_label
from vatra.plans.distributions import Distribution
from vatra.tables import label
from vatra.tables.vocabulary import FIELDS, SECTORS
from vatra.words import Language, has, number, percent, say

_AGES_SHOWN = (5, 10, 20, 30)


def catalogue(
    measure: Annotated[
        str | None, typer.Argument(metavar="ID", help="One measure; all of them unless given.")
    ] = None,
    field: Annotated[
        str | None, typer.Option(metavar="|".join(FIELDS), help="Only measures of a field.")
    ] = None,
    sector: Annotated[
        str | None, typer.Option(metavar="|".join(SECTORS), help="Only measures of a sector.")
    ] = None,
    form: Form = Format.TABLE,
    lang: Lang = None,
) -> None:
    """What a city can do: each measure with its mechanism, cost, side effects and source.

    Example: [bold]vatra catalogue flats_deep[/]
    """
    language = speak(lang)
    _check("--field", field, FIELDS, language)
    _check("--sector", sector, SECTORS, language)
    if measure is not None:
        show(measure_answer(_entry(measure, language), language), form)
        return
    chosen = [
        each
        for each in entries().values()
        if field in (None, each.field) and sector in (None, each.sector)
    ]
    show(list_answer(chosen, language), form)


def _check(option: str, value: str | None, known: Sequence[str], lang: Language) -> None:
    if value is not None and value not in known:
        message = say("cli.choice-unknown", lang, value=value, choices=list(known))
        raise typer.BadParameter(message, param_hint=option)


def _entry(wanted: str, lang: Language) -> Entry:
    found = entries().get(wanted)
    if found is None:
        near = get_close_matches(wanted, entries(), n=5, cutoff=0.4)
        fail(say("cli.catalogue-unknown", lang, value=wanted, near=near or list(entries())[:5]))
    return found


# All of them


def list_answer(chosen: Sequence[Entry], lang: Language) -> Answer:
    """Measures a line each; growth curves and stocks that they name below."""
    rows = [
        (
            each.id,
            each.name(lang),
            label("field", each.field, lang),
            catalogue_label("unit", each.unit, lang),
            _money(each.capex_eur, lang),
            catalogue_label("stock", each.stock, lang) if each.stock else "",
        )
        for each in chosen
    ]
    columns = [
        say(f"cli.catalogue-{n}", lang) for n in ("id", "name", "field", "unit", "capex", "stock")
    ]
    named = sorted({effect.curve for each in chosen for effect in each.effects if effect.curve})
    first = say("cli.catalogue-first", lang, count=len(chosen), whole=len(entries()))
    sheets = [Sheet(say("cli.catalogue-title", lang), columns, rows, (4,))]
    return Answer(
        {"measures": [measure_data(each, lang) for each in chosen], "curves": curve_data(named)},
        [*sheets, *_curves(named, lang)],
        first,
        say("cli.catalogue-last", lang),
        rows=[measure_row(each, lang) for each in chosen],
    )


def _money(amount: Distribution, lang: Language) -> str:
    """The mean, and its ends where it is not certain."""
    mean = number(amount.mean, lang, 0 if amount.mean >= 10 else 2)
    if amount.is_certain:
        return mean
    ends = [number(each, lang, 0 if each >= 10 else 2) for each in (amount.low, amount.high)]
    return f"{mean} ({ends[0]}–{ends[1]})"


def _curves(names: Iterable[str], lang: Language) -> list[Sheet]:
    """What a hectare takes up in a year at a few ages."""
    rows = [
        (name, *(_at(curves()[name], age, lang) for age in _AGES_SHOWN), str(len(curves()[name])))
        for name in names
    ]
    columns = [
        say("cli.catalogue-curve", lang),
        *(say("cli.catalogue-age", lang, age=str(age)) for age in _AGES_SHOWN),
        say("cli.catalogue-ages", lang),
    ]
    title = say("cli.catalogue-curves-title", lang)
    return [Sheet(title, columns, rows, tuple(range(1, len(columns))))] if rows else []


def _at(ages: Sequence[float], age: int, lang: Language) -> str:
    """Beyond its last age a curve is 0."""
    return number(ages[age] if age < len(ages) else 0.0, lang, 2)


# One of them


def measure_answer(entry: Entry, lang: Language) -> Answer:
    """What it is, does and costs, what else it brings, and what that rests on."""
    sheets = [_facts(entry, lang), _effects(entry, lang), _benefits(entry.co_benefits, lang)]
    named = [each.curve for each in entry.effects if each.curve]
    sheets += [*_relations(entry, lang), *_curves(sorted(set(named)), lang)]
    return Answer(
        measure_data(entry, lang),
        [each for each in sheets if each.rows],
        f"{entry.name(lang)}. {entry.about(lang)}",
        say("cli.catalogue-use", lang, id=entry.id),
        rows=[effect_data(each) for each in entry.effects],
    )


def _facts(entry: Entry, lang: Language) -> Sheet:
    def words(vocabulary: str, code: str) -> str:
        return catalogue_label(vocabulary, code, lang) if code else ""

    facts = {
        "sector": label("sector", entry.sector, lang),
        "field": label("field", entry.field, lang),
        "lever": label("lever", entry.lever, lang),
        "unit": words("unit", entry.unit),
        "stock": f"{words('stock', entry.stock)} ({entry.stock})" if entry.stock else "",
        "capex": _money(entry.capex_eur, lang),
        "opex": _money(entry.opex_eur, lang),
        "revenue": _money(entry.revenue_eur, lang),
        "incremental": percent(entry.incremental_share, lang),
        "lifetime": number(entry.lifetime_years, lang, 0),
        "ramp": number(entry.ramp_years, lang, 0),
        "payer": words("payer", entry.payer),
        "delivery": percent(entry.delivery_probability, lang),
        "delay": entry.delay_years.text,
        "doubt": words("doubt", entry.doubt),
        "source": ", ".join(part for part in (entry.source, entry.page) if part),
    }
    rows = [(say(f"cli.catalogue-{name}", lang), value) for name, value in facts.items() if value]
    columns = [say(f"cli.catalogue-{name}", lang) for name in ("what", "value")]
    return Sheet(say("cli.catalogue-facts-title", lang), columns, rows)


def _effects(entry: Entry, lang: Language) -> Sheet:
    rows = [
        (
            each.effect,
            label("operator", each.operator, lang),
            _selected(each.use, each.carrier, lang),
            _selected(each.to_use, each.to_carrier, lang),
            _numbers(each),
            each.source,
        )
        for each in entry.effects
    ]
    names = ("effect", "operator", "on", "towards", "numbers", "source")
    columns = [say(f"cli.catalogue-{name}", lang) for name in names]
    return Sheet(say("cli.catalogue-effects-title", lang), columns, rows)


def _selected(use: str, carrier: str, lang: Language) -> str:
    parts = [("use", use), ("carrier", carrier)]
    return ", ".join(
        label(name, code, lang) if has(f"tables.{name}-{code}") else code
        for name, code in parts
        if code
    )


def _numbers(effect: EffectRow) -> str:
    """What the effect states, as it is spelled; what is left at 1 or 0 says nothing."""
    default = EffectRow("", "", effect.operator, "", "")
    told = {
        name: getattr(effect, name).text
        for name in ("strength", "ratio", "conversion", "amount")
        if getattr(effect, name).text != getattr(default, name).text
    }
    if effect.combine != "product":
        told[effect.combine] = effect.group
    return "; ".join(f"{name} {text}" for name, text in told.items()) or effect.curve


def _benefits(found: Sequence[CoBenefit], lang: Language) -> Sheet:
    rows = [
        (
            catalogue_label("benefit", each.benefit, lang),
            each.amount.text if each.amount else "",
            catalogue_label("benefit_unit", each.unit, lang),
            each.source,
        )
        for each in found
    ]
    columns = [
        say(f"cli.catalogue-{name}", lang) for name in ("benefit", "amount", "unit", "source")
    ]
    return Sheet(say("cli.catalogue-benefits-title", lang), columns, rows)


def _relations(entry: Entry, lang: Language) -> list[Sheet]:
    rows = [
        (
            catalogue_label("relation", each.kind, lang),
            each.other if each.id == entry.id else each.id,
            each.why(lang),
        )
        for each in entry.relations
    ]
    columns = [say(f"cli.catalogue-{name}", lang) for name in ("relation", "other", "why")]
    return [Sheet(say("cli.catalogue-relations-title", lang), columns, rows)]
