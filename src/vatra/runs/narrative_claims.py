"""Figures typed into a contract's text, held against the data.

Two readings. A sentence that plainly says what its number is, as ``vatra.linter`` understands it,
must say what the data say. Any other amount is compared with the figures there are: one that a
figure prints can be made live, one that a figure used to print is out of date.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from vatra.contract.narrative import Written, narrative_file
from vatra.contract.narrative_markdown import paragraphs
from vatra.linter.document import Passage
from vatra.linter.intervals import Interval
from vatra.linter.numbers import Style
from vatra.linter.printed.amounts import Amount, amounts
from vatra.linter.statements import Statement, statements
from vatra.runs.narrative_figures import CANONICAL, Figure, Figures, UnknownFigure
from vatra.tables import Finding
from vatra.words import Language

STYLES: Mapping[Language, Style] = {"en": "en", "ro": "ro"}
LIVE = re.compile(r"\{\{[^{}\n]*\}\}")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
# Two digits fit too many figures by chance.
FEWEST_DIGITS = 3
MOST_OFFERED = 3


@dataclass(frozen=True)
class Typed:
    """An amount typed into a section.

    ``line`` of the file and ``start``, ``end`` within the section's text; ``paths`` the figures
    that print like it, the likeliest first; ``was`` a figure that did so before, with its present
    words in ``now``.
    """

    key: str
    line: int
    start: int
    end: int
    text: str
    paths: tuple[str, ...] = ()
    was: str = ""
    now: str = ""


def claims(written: Written, text: str, figures: Figures, lang: Language) -> list[Finding]:
    """Sentences whose number is not what the data say; ``text`` has the live figures in place."""
    passages = [Passage(words, str(line)) for line, words in paragraphs(text)]
    found = []
    for statement in statements(passages):
        interval = statement.interval(STYLES[lang])
        known = list(_answers(statement, figures))
        if interval is None or not known or any(_fits(each, interval) for each in known):
            continue
        params = {
            "said": statement.amount.text(),
            "data": known[0].words(lang),
            "path": known[0].path,
        }
        line = written.line + int(statement.place)
        found.append(
            Finding(
                "runs.narrative-says",
                "warning",
                narrative_file(lang),
                (line,),
                written.key,
                params,
            )
        )
    return found


def _answers(statement: Statement, figures: Figures) -> Iterator[Figure]:
    """The figures that a statement may be about."""
    city = figures.document["city"]
    year = statement.year or city["base_year"]
    paths = {
        "total": (f"total.{year}", f"path.{year}"),
        "sector": (f"{statement.sector}.{year}",),
        "share": (f"share.{statement.sector}.{year}",),
        "residual": ("plan.residual", f"path.{city['target_year']}"),
        "reduction": (f"cut.{year}",),
    }.get(statement.about, ())
    if year == city["target_year"]:
        paths += {
            "total": ("plan.residual", "plan.target"),
            "sector": (f"plan.residual.{statement.sector}",),
            "reduction": ("target.cut",),
        }.get(statement.about, ())
    for path in paths:
        try:
            yield figures.figure(path)
        except UnknownFigure:
            continue
    if statement.about == "reduction" and year == city["target_year"]:
        yield from _complement(figures)


def _complement(figures: Figures) -> Iterator[Figure]:
    """What the plan cuts, where it says what it leaves."""
    left = figures.listed.get("residual.share")
    if left:
        yield Figure("residual.share", 1_000_000 - left.value, "ppm", left.title)


def _fits(figure: Figure, interval: Interval) -> bool:
    known = figure.canonical()
    # A cut may be told as a loss: only its size is compared.
    return known is not None and interval.holds(abs(known[1]))


def typed(
    written: Written,
    figures: Figures,
    lang: Language,
    former: Mapping[str, Iterable[int]] | None = None,
) -> list[Typed]:
    """Amounts of a section that a figure prints now, or printed before.

    Parameters
    ----------
    written : the section as it is written; what is live already is left alone
    figures : of the document
    former : path -> values [its unit] that it had in earlier versions
    """
    known = _by_quantity(figures.listed.values())
    before = _former(figures, former or {})
    found = []
    for start, line in _lines(written.text):
        blank = LIVE.sub(lambda each: "\u2400" * len(each[0]), line)
        years = set(_YEAR.findall(blank))
        for amount in amounts(blank):
            interval = _interval(amount, STYLES[lang])
            if interval is None:
                continue
            at = written.line + written.text.count("\n", 0, start)
            text = line[amount.start : amount.end].rstrip(" .,;*_|")
            place = (written.key, at, start + amount.start, start + amount.start + len(text))
            quantity = amount.unit.quantity
            paths = _matching(known.get(quantity, ()), interval, years)
            if paths:
                found.append(Typed(*place, text, paths))
            elif was := _matching(before.get(quantity, ()), interval, years):
                now = figures.figure(was[0]).words(lang)
                found.append(Typed(*place, text, was[:1], was[0], now))
    return found


def _lines(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for line in text.split("\n"):
        yield start, line
        start += len(line) + 1


Values = list[tuple[Decimal, str]]


def _by_quantity(listed: Iterable[Figure]) -> dict[str, Values]:
    found: dict[str, Values] = {}
    for each in listed:
        known = each.canonical()
        if known and known[1]:
            found.setdefault(known[0], []).append((abs(known[1]), each.path))
    return found


def _former(figures: Figures, former: Mapping[str, Iterable[int]]) -> dict[str, Values]:
    found: dict[str, Values] = {}
    # In the order of the figures: where they were kept meanwhile, paths may come in another.
    for path, now in figures.listed.items():
        values = former.get(path, ())
        if now.unit not in CANONICAL:
            continue
        quantity, size = CANONICAL[now.unit]
        for value in values:
            if value != now.value:
                found.setdefault(quantity, []).append((abs(Decimal(value) / size), path))
    return found


def _interval(amount: Amount, style: Style) -> Interval | None:
    """What a typed amount can stand for; None for one of too few digits to mean one figure."""
    read = amount.number(style)
    if read is None or amount.unit.currency not in ("", "EUR"):
        return None
    digits = re.sub(r"\D", "", amount.body).lstrip("0")
    significant = digits.rstrip("0") if not read.decimals else digits
    if len(significant) < FEWEST_DIGITS:
        return None
    half = read.half
    if not read.decimals:
        half *= Decimal(10) ** (len(digits) - len(significant))
    return Interval.around(abs(read.value), half).scaled(amount.unit.size)


def _matching(
    known: Iterable[tuple[Decimal, str]], interval: Interval, years: set[str]
) -> tuple[str, ...]:
    """Paths whose value lies in the interval: those of a year that is named first, then nearest."""
    middle = interval.middle
    fits = [(value, path) for value, path in known if interval.holds(value)]
    fits.sort(key=lambda each: (not _names(each[1], years), abs(each[0] - middle)))
    return tuple(dict.fromkeys(path for _, path in fits))[:MOST_OFFERED]


def _names(path: str, years: set[str]) -> bool:
    return any(year in path.split(".") for year in years)
