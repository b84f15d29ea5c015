"""Numbers as contracts print them, and what is written where no number stands.

Contracts mix ``1.234,56``, ``1,234.56``, ``196 704`` and ``(12)``. A style is declared, or
inferred from the column, then from the table, then from the document; ``313.956`` in a column that
decides nothing is ambiguous and becomes a finding.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Literal

from vatra.linter.quantities import Unit, unit
from vatra.tables import fold

Style = Literal["en", "ro"]
STYLES = ("plain", "en", "ro")

HALF = Decimal("0.5")
# Beyond these no contract's number lies, and exact arithmetic would lose digits.
LARGEST = Decimal(10) ** 15
MOST_DECIMALS = 12
# Notation keys of the reporting guidelines and the usual ways to leave a cell open.
_ABSENT = {
    "", "na", "n a", "nd", "n d", "ne", "no", "ie", "c", "nr", "tbd", "none", "null", "nan", "x",
    "n ap", "nil", "not_estimated", "not_applicable", "not_available", "not_occurring",
    "included_elsewhere", "confidential", "fara", "nu_este_cazul", "nu_se_aplica", "necunoscut",
    "indisponibil", "neestimat", "in_curs", "to_be_defined", "to_be_determined", "de_stabilit",
}  # fmt: skip
_MARKS = re.compile(r"^[~≈<>≤≥±]|^(ca|circa|approx|aprox|about|cca)\b\.?", re.IGNORECASE)
_RANGE = re.compile(r"^\d[\d.,\s]*\s*(-|–|—|to|la|…|\.\.\.?)\s*\d[\d.,\s]*$")
_GROUPED = re.compile("(?<![\\d.,])\\d{1,3}(?:[ \u00a0\u202f\u2009\u2007'’]\\d{3})+(?!\\d)")
_NUMBER = re.compile(r"^(?P<sign>[+-]?)\s*(?P<body>\d[\d.,]*|[.,]\d+)(?P<power>[eE][+-]?\d{1,2})?")
_SUPERSCRIPTS = re.compile("[\u00b9\u00b2\u00b3\u2070-\u2079*†‡]+$")


class Written(str):
    """A number that stood without quotation marks in YAML: text and number at once."""

    __slots__ = ()


@dataclass(frozen=True)
class Token:
    """A cell's text taken apart before its style is known.

    ``body`` digits with their marks; empty when no number stands there. ``unit`` written in the
    cell itself; ``odd`` when the text looks like a number but is none; ``plain`` a number of the
    machine; ``written`` without quotation marks in YAML.
    """

    body: str
    negative: bool = False
    unit: Unit | None = None
    power: int = 0
    odd: bool = False
    plain: bool = False
    written: bool = False
    absent: str = ""


@dataclass(frozen=True)
class Number:
    """A number as printed: ``value``, and ``half`` of the step of its last printed digit."""

    value: Decimal
    half: Decimal
    decimals: int


def token(value: object) -> Token:
    """Take a cell apart: a number, or a reason why there is none."""
    if value is None or isinstance(value, bool):
        return Token("", absent="" if value is None else str(value))
    if isinstance(value, int | float | Decimal):
        return _plain_token(value)
    return _text_token(str(value), isinstance(value, Written))


def _plain_token(value: int | float | Decimal) -> Token:
    try:
        number = Decimal(repr(value) if isinstance(value, float) else value)
    except InvalidOperation:
        return Token("", odd=True)
    if not number.is_finite():
        return Token("", absent=str(value))
    return Token(format(abs(number), "f"), number < 0, plain=True)


def _text_token(text: str, written: bool) -> Token:
    clean = text.strip().replace("\u2212", "-").replace("\u00a0", " ").strip()
    clean = _SUPERSCRIPTS.sub("", clean).strip() if re.search(r"\d", clean) else clean
    folded = fold(clean)
    if not re.search(r"\d", clean):
        return Token("", absent=clean if folded or clean else "")
    if _MARKS.match(clean) or _RANGE.match(clean):
        return Token("", absent=clean)
    negative = False
    if clean.startswith("(") and clean.endswith(")"):
        clean, negative = clean[1:-1].strip(), True
    if written:
        clean = clean.replace("_", "")
    clean = re.sub(r"^[–—](?=\s*[\d.,€])", "-", clean)
    clean, leading = _leading_unit(clean)
    found = _NUMBER.match(_ungrouped(clean))
    if not found:
        return _no_number(clean)
    rest = _ungrouped(clean)[found.end() :].strip()
    read = leading if not rest else unit(rest)
    if rest and read is None:
        return _no_number(clean)
    power = int(found["power"][1:]) if found["power"] else 0
    body = found["body"].rstrip(".,") if found["body"][-1] in ".," else found["body"]
    return Token(body, negative or found["sign"] == "-", read, power, written=written)


def _ungrouped(text: str) -> str:
    """``196 704`` without the space between its groups of three; ``1234 567`` are two numbers."""
    return _GROUPED.sub(lambda found: re.sub(r"\D", "", found[0]), text)


def _leading_unit(clean: str) -> tuple[str, Unit | None]:
    found = re.match(r"^([-+]?)\s*([^\d\s+\-.,]+\.?)\s*(?=[-+]?[\d])", clean)
    known = unit(found[2]) if found else None
    # "EUR 12" is an amount; "Inhabitants 2018" is a heading.
    if found and known is not None and known.quantity != "count":
        return found[1] + clean[found.end() :], known
    return clean, None


def _no_number(clean: str) -> Token:
    """Words with a few digits (``see 2.1``) leave the cell open; mostly digits is a slip."""
    signs = re.sub(r"\s", "", clean)
    digits = sum(sign.isdigit() for sign in signs)
    return Token("", odd=2 * digits > len(signs) and " " not in clean, absent=clean)


def vote(each: Token) -> Style | Literal["ambiguous"] | None:
    """What one number says about the style of its column; None when it says nothing."""
    body = each.body
    if not body or not re.search(r"[.,]", body) or not body.strip("0.,"):
        return None
    if "." in body and "," in body:
        return "en" if body.rfind(".") > body.rfind(",") else "ro"
    mark = "." if "." in body else ","
    groups = body.split(mark)
    if len(groups) > 2:
        return "ro" if mark == "." else "en"
    if re.fullmatch(r"[1-9]\d{0,2}", groups[0]) and len(groups[1]) == 3 and not each.power:
        return "ambiguous"
    return "en" if mark == "." else "ro"


def number(each: Token, style: Style) -> Number | None:
    """Read a token in a style; None when it does not fit."""
    body = each.body
    if not each.plain:
        own = vote(each)
        style = own if own in ("en", "ro") else style
        body = body.replace("," if style == "en" else ".", "").replace(",", ".")
    if body.count(".") > 1 or not _grouped_by_three(each, style):
        return None
    try:
        value = Decimal(body).scaleb(each.power)
    except InvalidOperation:
        return None
    decimals = len(body.partition(".")[2])
    if abs(value) >= LARGEST or decimals > MOST_DECIMALS:
        return None
    half = HALF.scaleb(each.power - decimals)
    if each.plain and "." in body and not body.partition(".")[2].strip("0"):
        decimals, half = 0, HALF.scaleb(each.power)
    return Number(-value if each.negative else value, half, decimals)


def _grouped_by_three(each: Token, style: Style) -> bool:
    """Whether the marks between thousands, if any, stand before every third digit."""
    groups = re.split(r"\." if style == "en" else ",", each.body)[0]
    parts = groups.split("," if style == "en" else ".")
    if each.plain or len(parts) == 1 or not each.body.strip("0.,"):
        return True
    return 1 <= len(parts[0]) <= 3 and all(len(part) == 3 for part in parts[1:])


def is_absent_word(text: str) -> bool:
    """Whether a text is one of the usual ways to say that no number is given."""
    return fold(text) in _ABSENT
