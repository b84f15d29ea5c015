"""A sealed contract in words: what it says, who signed, what its state means."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vatra.contract.render.answer import answer
from vatra.web.cities.facts import Facts
from vatra.web.contracts.files import OutputFile, output_files
from vatra.web.publication.models import SealedContract
from vatra.web.publication.queries import folder_of
from vatra.words import Language, euros, has, percent, say, tonnes

PPM = 1_000_000


def in_words(document: Mapping[str, Any], lang: Language) -> dict[str, Any]:
    """What somebody signs: the answer in a sentence, and the figures it rests on."""
    facts = Facts(document)
    lines = [(_say("says-base", lang, year=str(facts.base_year)), tonnes(facts.base_mg, lang))]
    left = int(facts.plan["residual_mg"]) if facts.plan else facts.path_left_mg
    if left is not None:
        cut = 1 - left / facts.base_mg if facts.base_mg else 0.0
        year = str(facts.target_year)
        lines += [
            (_say("says-left", lang, year=year), tonnes(left, lang)),
            (_say("says-cut", lang, year=year), percent(cut, lang, 1)),
            (_say("says-target", lang, year=year), percent(_target(facts), lang, 1)),
        ]
    if facts.measures_count:
        lines.append((_say("says-measures", lang), str(facts.measures_count)))
        lines.append((_say("says-cost", lang), euros(facts.cost_cents, lang)))
    return {"sentence": answer(document, lang).sentence, "lines": lines}


def _target(facts: Facts) -> float:
    promised = facts.plan["cut_ppm"] if facts.plan else facts.city["target_cut_ppm"]
    return int(promised or 0) / PPM


def _say(key: str, lang: Language, **params: Any) -> str:
    return say(f"web.publication.{key}", lang, **params)


def state_words(contract: SealedContract, lang: Language) -> str:
    """What the state means, in a word."""
    return say(f"web.publication.state-{contract.state}", lang)


def edition_words(contract: SealedContract, lang: Language) -> str:
    """The same of an edition, which Romanian speaks of in another gender."""
    key = f"web.publication.edition-is-{contract.state}"
    return say(key, lang) if has(key) else state_words(contract, lang)


def files_of(contract: SealedContract) -> list[OutputFile]:
    """Files of a sealed contract that may be taken."""
    return output_files(folder_of(contract))


def pdf_of(contract: SealedContract, lang: Language) -> str:
    """The PDF to be read in a language, or in the one there is."""
    names = [each.name for each in files_of(contract) if each.name.endswith(".pdf")]
    wanted = f"contract.{lang}.pdf"
    return wanted if wanted in names else next(iter(names), "")
