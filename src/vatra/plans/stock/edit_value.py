"""Numbers as a file writes them, and what is typed as numbers."""

from __future__ import annotations

import re

import polars as pl

from vatra.tables.numbers import Style, read

_GROUP_DIGITS = 3
# Plain numbers whose point can part no thousands: most of all cells, read at once.
_SURE = re.compile(r"[+-]?(\d+|\d{4,}\.\d+|\d+\.(\d{1,2}|\d{4,}))")


def number_text(value: float, style: Style | None = None) -> str:
    """A number as text, every digit of it, in the style of a file.

    A decimal part of three digits gets a nought more, so that 64.792 is not taken for sixty-four
    thousand.
    """
    if float(value).is_integer() and abs(value) < 1e15:
        return str(int(value))
    text = repr(float(value))
    head, mark, tail = text.partition("e")
    head += "0" * (len(head.partition(".")[2]) == _GROUP_DIGITS)
    text = head + mark + tail
    return text.replace(".", ",") if style == "ro" else text


def typed_number(text: str, style: Style | None = None) -> float | None:
    """What a text means as a number; None where it is none, or could be two."""
    if _SURE.fullmatch(text.strip()) and style != "ro":
        return float(text)
    found = read(pl.Series("value", [text.strip()], dtype=pl.String), style)
    value = found.values[0]
    return None if value is None or found.ambiguous else float(value)
