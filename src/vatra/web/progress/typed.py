"""Numbers and days as people type them, and as the files of a pack write them."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from vatra.tables.numbers import Style
from vatra.words import Language, number

_SPACES = re.compile(r"[\s\u00a0\u202f']")
_PLAIN = re.compile(r"[-\u2212]?\d{1,15}(\.\d{1,12})?")
_DAYS = ("%Y-%m-%d", "%d.%m.%Y")
_GROUP = 3


def number_of(text: str, lang: Language) -> Decimal | None:
    """A number as it was typed; None for what is none.

    The last of two different signs parts the decimals. One sign before exactly three digits may be
    either: then it is what the language of the page makes of it.
    """
    bare = _SPACES.sub("", text)
    mark = _decimal_mark(bare, lang)
    other = "," if mark == "." else "."
    plain = bare.replace(other, "").replace(mark, ".") if mark else re.sub(r"[.,]", "", bare)
    if not _PLAIN.fullmatch(plain) or not _grouped(bare, mark):
        return None
    try:
        return Decimal(plain.replace("\u2212", "-"))
    except InvalidOperation:
        return None


def _decimal_mark(bare: str, lang: Language) -> str:
    """The sign that parts the decimals; empty where none does."""
    points, commas = bare.count("."), bare.count(",")
    if points and commas:
        return "." if bare.rfind(".") > bare.rfind(",") else ","
    if points + commas != 1:
        return ""
    mark = "." if points else ","
    after = bare.rpartition(mark)[2]
    groups = "." if lang == "ro" else ","
    return "" if len(after) == _GROUP and mark == groups else mark


def _grouped(bare: str, mark: str) -> bool:
    """Whether the signs between thousands stand before groups of three."""
    whole = bare.split(mark)[0] if mark else bare
    parts = re.split(r"[.,]", whole)
    return len(parts) == 1 or all(len(each) == _GROUP for each in parts[1:])


def number_text(value: Decimal | None, style: Style | None) -> str:
    """A number as files of a style write it, without signs between thousands."""
    if value is None:
        return ""
    plain = f"{value:f}"
    return plain.replace(".", ",") if style == "ro" else plain


def shown_text(text: str, style: Style | None, lang: Language) -> str:
    """A number of a file as the page's language types it, so that it is read again as it was.

    What is no plain number stays as it stands.
    """
    plain = _plain(text, style)
    if not _PLAIN.fullmatch(plain):
        return text
    return plain.replace(".", ",") if lang == "ro" else plain


def read_text(text: str, style: Style | None, lang: Language) -> str:
    """A number of a file as people read it, with signs between thousands.

    What is no plain number stays as it stands.
    """
    plain = _plain(text, style)
    if not _PLAIN.fullmatch(plain):
        return text
    return number(float(plain.replace("\u2212", "-")), lang, len(plain.partition(".")[2]))


def _plain(text: str, style: Style | None) -> str:
    return text.strip().replace(".", "").replace(",", ".") if style == "ro" else text.strip()


def day_of(text: str) -> date | None:
    """A day as browsers or people write it: ``2026-11-30`` or ``30.11.2026``."""
    for form in _DAYS:
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    return None
