"""The answer first: what is emitted, what the plan leaves, and whether that keeps the promise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from vatra.contract.charts.table import gas_words
from vatra.words import Language, percent, say

PPM = 1_000_000


@dataclass(frozen=True)
class Verdict:
    """A promise, in words, and whether it is kept."""

    words: str
    kept: bool


@dataclass(frozen=True)
class Answer:
    """One or two sentences with the figures, then the verdicts on them."""

    sentence: str
    verdicts: tuple[Verdict, ...]


def answer(document: Mapping[str, Any], lang: Language) -> Answer:
    """The answer of a contract; without a plan it tells the inventory alone."""
    city, plan = document["city"], document.get("plan")
    year = str(city["base_year"])
    emitted = gas_words(document["totals"]["all"].get(year, 0), document, lang)
    first = say("contract.render.answer-emitted", lang, city=city["name"], year=year, mass=emitted)
    if not plan:
        return Answer(f"{first} {_without_printed(document, lang)}", likely(document, lang))
    share = plan["residual_ppm"] / PPM
    second = say(
        "contract.render.answer-left",
        lang,
        mass=gas_words(plan["residual_mg"], document, lang),
        year=str(plan["target_year"]),
        share=percent(share, lang, 2),
    )
    verdicts = [_target(document, lang), _residual(plan, lang)]
    return Answer(f"{first} {second}", (*verdicts, *likely(document, lang)))


def _without_printed(document: Mapping[str, Any], lang: Language) -> str:
    """What the plan leaves where it is made of actions alone and no measure is printed."""
    path, year = document.get("pathway"), str(document["city"].get("target_year"))
    if not path or year not in path["total_mg"]:
        return say("contract.render.answer-no-plan", lang)
    base, left = path["total_mg"][str(path["base_year"])], path["total_mg"][year]
    return say(
        "contract.render.answer-left",
        lang,
        mass=gas_words(left, document, lang),
        year=year,
        share=percent(left / base if base else 0.0, lang, 2),
    )


def likely(document: Mapping[str, Any], lang: Language) -> tuple[Verdict, ...]:
    """How sure the target is by the mechanism of the actions, with every doubt counted.

    Kept when it is likelier than not; none for a contract whose plan has no actions.
    """
    risk = document.get("risk")
    if not risk:
        return ()
    words = say(
        "contract.render.answer-likely",
        lang,
        year=str(risk["year"]),
        planned=percent(risk["planned_cut_ppm"] / PPM, lang, 1),
        target=percent(risk["cut_ppm"] / PPM, lang, 2),
        mean=percent(risk["cut_mean_ppm"] / PPM, lang, 1),
        probability=percent(risk["probability_ppm"] / PPM, lang),
        count=len(document["actions"]),
    )
    return (Verdict(words, 2 * risk["probability_ppm"] >= PPM),)


def _target(document: Mapping[str, Any], lang: Language) -> Verdict:
    plan = document["plan"]
    met = plan["target_met"]
    missing = max(plan["residual_mg"] - plan["target_mg"], 0)
    # The promise is printed with two decimals; a plan within that rounding keeps it.
    met_key = "contract.render.target-met-rounded" if missing else "contract.render.target-met"
    words = say(
        met_key if met else "contract.render.target-missed",
        lang,
        year=str(plan["target_year"]),
        promised=percent(plan["cut_ppm"] / PPM, lang, 2),
        planned=percent(1 - plan["residual_ppm"] / PPM, lang, 2),
        missing=gas_words(missing, document, lang),
    )
    return Verdict(words, bool(met))


def _residual(plan: Mapping[str, Any], lang: Language) -> Verdict:
    held = plan["residual_rule_held"]
    words = say(
        "contract.render.residual-held" if held else "contract.render.residual-broken",
        lang,
        limit=percent(plan["residual_limit_ppm"] / PPM, lang),
        share=percent(plan["residual_ppm"] / PPM, lang, 2),
        year=str(plan["base_year"]),
    )
    return Verdict(words, bool(held))
