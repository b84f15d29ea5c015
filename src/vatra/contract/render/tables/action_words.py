"""What an action is, said in words: its mechanism, its timing, its money, its side effects."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from vatra.contract.charts.table import euro_value, gas_words, listed
from vatra.contract.render.tables.cells import carrier_words
from vatra.plans.catalogue import label as catalogue_label
from vatra.plans.finance.investment import EMPTY_PLACE
from vatra.tables import label
from vatra.units import MG_PER_T, WH_PER_MWH
from vatra.words import Language, has, number, percent, say

__all__ = ["EMPTY_PLACE", "benefit_words", "effect_words", "mechanism_words", "outline_rows"]

_PPM = 1_000_000
# Operators whose amount is that of the whole action: size of a unit people read, and its text.
_WHOLE = {
    "observed_tonnes": (MG_PER_T, "tonnes"),
    "observed_energy": (WH_PER_MWH, "energy"),
}
_NUMBERS = ("strength", "ratio", "conversion", "amount")


def mechanism_words(action: Mapping[str, Any], lang: Language) -> str:
    """Its operators, each once: ``efficiency, carrier shift``."""
    operators = dict.fromkeys(each["operator"] for each in action["effects"])
    return listed(label("operator", each, lang) for each in operators)


def effect_words(action: Mapping[str, Any], lang: Language) -> str:
    """Each effect with what it acts on and how strongly."""
    return "; ".join(_effect(each, lang) for each in action["effects"])


def _effect(effect: Mapping[str, Any], lang: Language) -> str:
    words = label("operator", effect["operator"], lang)
    on = _place(effect["use"], effect["carrier"], lang)
    towards = _place(effect["to_use"], effect["to_carrier"], lang)
    if on:
        words = f"{words} ({on}{' → ' + towards if towards else ''})"
    told = [
        _number(name, effect, lang) for name in _NUMBERS if effect.get(name) not in (None, "0", "1")
    ]
    return f"{words}: {listed(told)}" if told else words


def _number(name: str, effect: Mapping[str, Any], lang: Language) -> str:
    """A number of an effect as it is spelled; one amount for the whole in tonnes or MWh a year."""
    if name == "amount" and effect["operator"] in _WHOLE and _is_plain(effect["amount"]):
        size, key = _WHOLE[effect["operator"]]
        amount = float(effect["amount"]) * float(effect["scale"]) / size
        return say(f"contract.render.effect-{key}", lang, amount=number(amount, lang, 0))
    return f"{say(f'contract.render.effect-{name}', lang)} {effect[name]}"


def _is_plain(text: str) -> bool:
    """Whether a distribution is a single number."""
    return "(" not in text


def _place(use: str, carrier: str, lang: Language) -> str:
    parts = []
    if use:
        parts.append(_label("use", use, lang))
    if carrier:
        parts.append(carrier_words(carrier, lang))
    return listed(parts)


def _label(vocabulary: str, code: str, lang: Language) -> str:
    """A city may add uses and payers of its own: they are their own label."""
    return label(vocabulary, code, lang) if has(f"tables.{vocabulary}-{code}") else code


def benefit_words(action: Mapping[str, Any], lang: Language) -> str:
    """Its co-benefits with what is known of their size."""
    return "; ".join(
        f"{catalogue_label('benefit', each['benefit'], lang)}"
        + (f": {each['amount']} {_unit('benefit_unit', each['unit'], lang)}" * bool(each["amount"]))
        for each in action["co_benefits"]
    )


def _unit(vocabulary: str, code: str, lang: Language) -> str:
    return catalogue_label(vocabulary, code, lang) if code else ""


def outline_rows(
    action: Mapping[str, Any], document: Mapping[str, Any], lang: Language
) -> Iterator[tuple[str, str]]:
    """What the template asks of an action; what only the city knows is an empty place."""
    facts = {
        "about": action["about"].get(lang) or EMPTY_PLACE,
        "type": mechanism_words(action, lang),
        "field": label("field", action["field"], lang),
        "lever": label("lever", action["lever"], lang) if action["lever"] else EMPTY_PLACE,
        "sector": label("sector", action["sector"], lang),
        "effects": effect_words(action, lang) or say("contract.render.no-effect", lang),
        "timing": _timing(action, lang),
        "delivery": _delivery(action, lang),
        "requires": listed(action["requires"]),
        "scale": _scale(action, lang),
        "responsible": EMPTY_PLACE,
        "involved": EMPTY_PLACE,
        "energy": _energy(action, lang),
        "cut": _cut(action, document, lang),
        "cost": _cost(action, lang),
        "benefits": benefit_words(action, lang) or EMPTY_PLACE,
        "source": action["source"],
    }
    for name, value in facts.items():
        if value:
            yield say(f"contract.render.outline-{name}", lang), value


def _timing(action: Mapping[str, Any], lang: Language) -> str:
    end = action["end_year"]
    return say(
        "contract.render.timing-ends" if end else "contract.render.timing",
        lang,
        start=str(action["start_year"]),
        years=number(float(action["ramp_years"]), lang),
        level=percent(action["level_ppm"] / _PPM, lang),
        end=str(end),
    )


def _delivery(action: Mapping[str, Any], lang: Language) -> str:
    if action["delivery_ppm"] == _PPM and action["delay_years"] == "0":
        return ""
    share = percent(action["delivery_ppm"] / _PPM, lang)
    return say("contract.render.delivery", lang, share=share, delay=action["delay_years"])


def _scale(action: Mapping[str, Any], lang: Language) -> str:
    money = action["economics"]
    reach = percent(action["reach_ppm"] / _PPM, lang, 1)
    if not money or not money["unit"]:
        return say("contract.render.scale-reach", lang, reach=reach)
    units = float(money["units"]) * action["level_ppm"] / _PPM
    unit = catalogue_label("unit", money["unit"], lang)
    return say("contract.render.scale", lang, units=number(units, lang, 0), unit=unit, reach=reach)


def _energy(action: Mapping[str, Any], lang: Language) -> str:
    """Energy that is printed with the measure; empty where none is."""
    removed = (action["economics"] or {}).get("energy_wh") or {}
    return "; ".join(
        f"{carrier_words(carrier, lang)} {number(energy_wh / WH_PER_MWH, lang, 0)}\u00a0MWh"
        for carrier, energy_wh in sorted(removed.items())
    )


def _cut(action: Mapping[str, Any], document: Mapping[str, Any], lang: Language) -> str:
    year = str(document["pathway"]["target_year"])
    words = say(
        "contract.render.cut",
        lang,
        year=year,
        shapley=gas_words(action["shapley_mg"], document, lang),
        first=gas_words(action["first_in_mg"], document, lang),
        last=gas_words(action["last_in_mg"], document, lang),
    )
    if action["claimed_mg"] is None:
        return words
    claimed = gas_words(action["claimed_mg"], document, lang)
    return f"{words} {say('contract.render.cut-printed', lang, claimed=claimed)}"


def _cost(action: Mapping[str, Any], lang: Language) -> str:
    cost, cut = action["cost_cents"], action["shapley_mg"]
    if cost is None:
        return EMPTY_PLACE
    words = f"{number(euro_value(cost) or 0, lang, 0)}\u00a0EUR"
    money = action["economics"]
    payer = _label("payer", money["payer"], lang) if money["payer"] else EMPTY_PLACE
    found = say("contract.render.outline-cost-words", lang, cost=words, payer=payer,
                life=number(float(money["lifetime_years"]), lang))  # fmt: skip
    if cut <= 0:
        return found
    per_t = number(cost / 100 / (cut / 1e9), lang, 0)
    return f"{found} {say('contract.render.outline-cost-per-t', lang, cost=per_t)}"
