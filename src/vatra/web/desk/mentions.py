"""Terms of the glossary opened where a piece of a page mentions them first."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache

from vatra.web.desk.glossary import terms
from vatra.words import Language

# How a term is written within sentences, where that is not its name alone: beginnings of words,
# since both languages bend them.
_SPELLED: dict[str, dict[Language, tuple[str, ...]]] = {
    "basic": {"en": ("BASIC",), "ro": ("BASIC",)},
    "co2e": {"en": ("CO₂e", "CO2e"), "ro": ("CO₂e", "CO2e")},
    "notation-key": {
        "en": ("notation key", "NO, NE, IE", "NO, IE"),
        "ro": (
            "cheie de notație",
            "chei de notație",
            "cheile de notație",
            "NO, NE, IE",
            "NO, IE",
        ),
    },
    "p10-p90": {"en": ("P10",), "ro": ("P10",)},
    "residual": {"en": ("residual",), "ro": ("reziduu", "rezidual", "emisii reziduale")},
    "scope": {"en": ("scope",), "ro": ("domeniul", "domeniile", "domenii")},
    "gwp": {"en": ("potentials", "GWP"), "ro": ("potențial", "GWP")},
    "secap": {"en": ("SECAP",), "ro": ("SECAP", "PAEDC")},
    "seal": {"en": ("seal",), "ro": ("sigil", "nesigil")},
    "signature": {"en": ("signature",), "ro": ("semnătur",)},
    "marginal-cost": {"en": ("marginal",), "ro": ("marginal",)},
    "edition": {"en": ("edition",), "ro": ("ediți",)},
    "version": {"en": ("version",), "ro": ("versiun",)},
    "indicator": {"en": ("indicator",), "ro": ("indicator",)},
    "gpc": {"en": ("GPC",), "ro": ("GPC",)},
    "draft": {
        "en": ("draft",),
        "ro": ("versiune de lucru", "versiunea de lucru", "versiunii de lucru"),
    },
    "base-year": {
        "en": ("base year",),
        "ro": ("an de bază", "anul de bază", "anului de bază"),
    },
    "probability": {"en": ("probability",), "ro": ("probabilit",)},
    "ccc": {
        "en": ("Climate City Contract",),
        "ro": (
            "Contract Climatic",
            "Contractul Climatic",
            "Contractului Climatic",
            "Contractele climatice",
            "Contractelor climatice",
        ),
    },
    "funding-gap": {
        "en": ("funding gap",),
        "ro": ("deficit de finanțare", "deficitul de finanțare"),
    },
    "evidence": {"en": ("evidence",), "ro": ("document justificativ", "documente justificative")},
    "emission-factor": {
        "en": ("emission factor",),
        "ro": ("factor de emisie", "factori de emisie", "factorii de emisie"),
    },
}
# No term is opened within what is itself pressed, read by machines, or a heading.
_CLOSED = frozenset(
    {"a", "button", "code", "h1", "h2", "h3", "label", "legend", "script", "select", "svg",
     "summary", "textarea", "title"}
)  # fmt: skip
_TAG = re.compile(r"(<[^>]*>)")
_NAME = re.compile(r"</?\s*([a-z0-9]+)", re.IGNORECASE)


@cache
def spelled(key: str, lang: Language) -> re.Pattern[str]:
    """What a term looks like in a sentence, whole words. Raises ``KeyError`` for an unknown key."""
    name = terms()[key].name(lang)
    found = _SPELLED.get(key, {}).get(lang) or (re.split(r" \(|, ", name)[0],)
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, found)) + r")\w*", re.IGNORECASE)


def opened(
    html: str, keys: Sequence[str], lang: Language, opener: Callable[[str, str], str | None]
) -> str:
    """The HTML with the first mention of each term replaced by what ``opener`` makes of it.

    ``opener`` gets the key and the words as they stand; it gives None to leave them.
    """
    left = {key: spelled(key, lang) for key in keys}
    parts = _TAG.split(html)
    closed = 0
    for place, part in enumerate(parts):
        if part.startswith("<"):
            closed += _step(part)
        elif closed == 0 and part.strip() and left:
            parts[place] = _opened_text(part, left, opener)
    return "".join(parts)


def _step(tag: str) -> int:
    name = _NAME.match(tag)
    if name is None or name[1].lower() not in _CLOSED or tag.endswith("/>"):
        return 0
    return -1 if tag.startswith("</") else 1


def _opened_text(
    text: str, left: dict[str, re.Pattern[str]], opener: Callable[[str, str], str | None]
) -> str:
    found: list[tuple[int, int, str]] = []
    for key, pattern in list(left.items()):
        hit = pattern.search(text)
        # Where two terms share words, the one that was asked for first has them.
        if hit and not any(hit.start() < end and start < hit.end() for start, end, _ in found):
            del left[key]
            made = opener(key, hit[0])
            if made is not None:
                found.append((hit.start(), hit.end(), made))
    for start, end, made in sorted(found, reverse=True):
        text = text[:start] + made + text[end:]
    return text
