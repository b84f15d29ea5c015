"""What a heading or a row label says: role, sector, carrier, scope, year, unit."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources

from vatra.linter.quantities import Unit, unit
from vatra.tables import fold

Phrases = Mapping[str, tuple[str, ...]]
_BRACKETS = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_SHARE_SAID = re.compile(r"\d\s?%")
_SCOPES = re.compile(r"_(?:scope|scopes|domeniul|domeniu|scopul|scop|sfera|s)_?([123])_")
_MANY_SCOPES = re.compile(r"_(?:scopes?|domenii(?:le)?|s)_?[123](?:_(?:and|si|s|scope))*_?[123]_")


@dataclass(frozen=True)
class Says:
    """What was read out of one heading, label, title or text cell; empty where it says nothing."""

    text: str = ""
    folded: str = ""
    role: str = ""
    sector: str = ""
    carrier: str = ""
    scope: str = ""
    year: int | None = None
    stage: str = ""
    gas: str = ""
    unit: Unit | None = None
    percent: bool = False
    bare_percent: bool = False
    exact_sector: bool = False
    total: bool = False
    subtotal: bool = False
    part: bool = False
    memo: bool = False
    sink: bool = False


@cache
def phrases(family: str) -> Phrases:
    """A family of phrases of ``headings.toml``: code -> folded phrases."""
    file = resources.files("vatra.linter").joinpath("headings.toml")
    return {
        code: tuple(found) for code, found in tomllib.loads(file.read_text("utf-8"))[family].items()
    }


def language(text: str) -> str:
    """ "ro" or "en" when only words of that language stand in the text, else empty."""
    words = set(fold(text.replace("_", " ")).split("_"))
    signs = bool(re.search("[ăâîșțşţ]", text.casefold()))
    spoken = {lang: len(words & set(phrases("language")[lang])) for lang in ("ro", "en")}
    romanian, english = spoken["ro"] + signs, spoken["en"]
    if romanian == english:
        return ""
    return "ro" if romanian > english else "en"


def first(folded: str, family: str, codes: Iterable[str] | None = None) -> str:
    """The code whose phrase starts first in the text; the longer phrase where two start alike."""
    best: tuple[int, int, str] | None = None
    padded = f"_{folded}_"
    for code, found in phrases(family).items():
        if codes is not None and code not in codes:
            continue
        for phrase in found:
            at = padded.find(f"_{phrase}_")
            if at >= 0 and (best is None or (at, -len(phrase)) < best[:2]):
                best = (at, -len(phrase), code)
    return best[2] if best else ""


def has_phrase(folded: str, family: str, code: str) -> bool:
    """Whether a phrase of the code stands in the text."""
    return any(f"_{phrase}_" in f"_{folded}_" for phrase in phrases(family)[code])


@cache
def read(text: str) -> Says:
    """Read a heading or label for everything that does not depend on the kind of its table."""
    spaced = text.replace("_", " ")
    found, rest = _take_unit(spaced)
    folded = fold(rest)
    years = _YEAR.findall(spaced)
    # "Target (80 %)" says how much is aimed at, not that its column holds percentages.
    percent = "%" in _SHARE_SAID.sub(" ", text) or any(
        f"_{word}_" in f"_{fold(spaced)}_" for word in phrases("percent")["words"]
    )
    says = Says(
        text=text,
        folded=folded,
        sector=first(folded, "sector"),
        exact_sector=any(folded in found for found in phrases("sector").values()),
        carrier=_carrier(folded),
        scope=_scope(folded),
        year=int(years[0]) if len(set(years)) == 1 else None,
        stage=first(folded, "stage"),
        sink=has_phrase(folded, "rows", "sink"),
        gas=first(folded, "gas", ("CO2E", "CO2", "CH4", "N2O")) or _gas_of_unit(spaced),
        unit=found,
        percent=percent or (found is not None and found.quantity == "percent"),
        bare_percent=percent and not _words_beyond_percent(folded),
    )
    kind = _row_kind(folded)
    return replace(
        says,
        total=kind["total"],
        subtotal=kind["subtotal"],
        part=kind["part"],
        memo=kind["memo"],
    )


def _take_unit(text: str) -> tuple[Unit | None, str]:
    found, rest = _find_unit(text)
    if found is not None and found.quantity == "percent" and found.size != 1:
        # "Share" heads a column of percentages as often as one of fractions: the numbers decide.
        return None, text
    return found, rest


def _find_unit(text: str) -> tuple[Unit | None, str]:
    """The unit in brackets, after the last comma or at the end, and the text without it."""
    for bracket in _BRACKETS.finditer(text):
        found = _unit_of_part(bracket[1])
        if found is not None:
            return found, (text[: bracket.start()] + " " + text[bracket.end() :]).strip()
    head, comma, tail = text.rpartition(",")
    if comma and (found := unit(tail)) is not None:
        return found, head
    words = text.split()
    for size in (4, 3, 2, 1):
        tail = " ".join(words[-size:])
        if len(words) >= size and (found := unit(tail)) is not None and found.quantity != "count":
            rest = " ".join(words[:-size])
            return found, rest if fold(rest) else text
    return None, text


def _unit_of_part(text: str) -> Unit | None:
    for part in (text, *re.split(r"[,;:]| in | în ", text)):
        if (found := unit(part)) is not None:
            return found
    return None


def _gas_of_unit(text: str) -> str:
    folded = fold(text)
    return "CO2E" if re.search(r"co2_?(e|eq|echiv\w*)(_|$)", folded) else ""


def _carrier(folded: str) -> str:
    exact = {phrase: code for code, found in phrases("carrier").items() for phrase in found}
    if folded in exact:
        return exact[folded]
    without_year = re.sub(r"_?(?:19|20)\d\d_?", "_", folded).strip("_")
    found = exact.get(without_year) or first(without_year, "carrier")
    green = first(without_year, "carrier", ["electricity_green"])
    return green if found == "electricity" and green else found


def _scope(folded: str) -> str:
    padded = f"_{folded}_"
    if _MANY_SCOPES.search(padded):
        return "many"
    found = set(_SCOPES.findall(padded))
    return found.pop() if len(found) == 1 else ("many" if found else "")


def _words_beyond_percent(folded: str) -> bool:
    words = set(folded.split("_")) - set(phrases("percent")["words"]) - {"", "in", "of", "from"}
    return bool(words)


def _row_kind(folded: str) -> dict[str, bool]:
    rows = phrases("rows")
    subtotal = has_phrase(folded, "rows", "subtotal")
    words = [word for word in folded.split("_") if word and not _YEAR.fullmatch(word)]
    fillers = {*rows["total_fillers"], "total", "totals", "totaluri", "totalul"}
    starts = bool(words) and (words[0].startswith("total") or words[-1].startswith("total"))
    is_total = not subtotal and (
        "_".join(words) in rows["total"] or (starts and all(word in fillers for word in words))
    )
    return {
        "total": is_total,
        "subtotal": subtotal or (starts and not is_total),
        "part": any(folded.startswith(f"{phrase}_") or folded == phrase for phrase in rows["part"]),
        "memo": has_phrase(folded, "rows", "memo"),
    }
