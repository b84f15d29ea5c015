"""How wide a text stands in Inter, and which characters Inter has, from the font's own tables.

Charts are laid out with these widths, so labels neither overlap nor depend on the machine's
fonts. Inter: Copyright 2020 The Inter Project Authors, SIL Open Font License 1.1
(``fonts/OFL.txt``).
"""

from __future__ import annotations

import re
import struct
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from pathlib import Path

FAMILY = "Inter"
REGULAR, SEMIBOLD = 400, 600
_FILES = {REGULAR: "Inter-Regular.ttf", SEMIBOLD: "Inter-SemiBold.ttf"}
REPLACEMENT = "\u25a1"  # Inter has no U+FFFD; an empty box says the same.


@dataclass(frozen=True)
class Typeface:
    """Advance widths of a font in units of its em, by character."""

    units_per_em: int
    advances: dict[int, int]

    def width(self, text: str, size: float) -> float:
        """Width of a line of text at a size, in the unit of the size; no kerning."""
        missing = self.advances[ord(REPLACEMENT)]
        return sum(self.advances.get(ord(c), missing) for c in text) * size / self.units_per_em


def font_folder() -> Path:
    """The folder with the two fonts and their license."""
    return Path(str(resources.files("vatra.contract.charts") / "fonts"))


@cache
def typeface(weight: int = REGULAR) -> Typeface:
    """The typeface of a weight, 400 or 600."""
    data = (font_folder() / _FILES[weight]).read_bytes()
    tables = _table_offsets(data)
    (units_per_em,) = struct.unpack_from(">H", data, tables["head"] + 18)
    (metric_count,) = struct.unpack_from(">H", data, tables["hhea"] + 34)
    widths = [
        struct.unpack_from(">H", data, tables["hmtx"] + 4 * min(glyph, metric_count - 1))[0]
        for glyph in range(struct.unpack_from(">H", data, tables["maxp"] + 4)[0])
    ]
    glyphs = _glyphs(data, tables["cmap"])
    return Typeface(units_per_em, {code: widths[glyph] for code, glyph in glyphs.items()})


# The same words are tried at many widths of a column.
@lru_cache(maxsize=1 << 16)
def text_width(text: str, size: float, weight: int = REGULAR) -> float:
    """Width of a text in Inter."""
    return typeface(weight).width(text, size)


@lru_cache(maxsize=1 << 14)
def writable(text: str) -> str:
    """The text with every character that Inter lacks, and every control, shown as an empty box.

    Line ends and tabs become a space: a name is one line.
    """
    known = typeface().advances
    composed = unicodedata.normalize("NFC", text)  # s and a comma below become one letter
    spaced = re.sub(r"[\r\n\t]+", " ", composed)
    return "".join(c if ord(c) in known and ord(c) >= 32 else REPLACEMENT for c in spaced)


def _table_offsets(data: bytes) -> dict[str, int]:
    (count,) = struct.unpack_from(">H", data, 4)
    records = (struct.unpack_from(">4s3I", data, 12 + 16 * i) for i in range(count))
    return {tag.decode(): offset for tag, _, offset, _ in records}


def _glyphs(data: bytes, cmap: int) -> dict[int, int]:
    """Character -> glyph from the Unicode subtable of format 12 or 4."""
    (count,) = struct.unpack_from(">H", data, cmap + 2)
    found: dict[int, int] = {}
    for i in range(count):
        platform, _, offset = struct.unpack_from(">HHI", data, cmap + 4 + 8 * i)
        (layout,) = struct.unpack_from(">H", data, cmap + offset)
        if platform in (0, 3) and layout == 12:
            found |= _segments_12(data, cmap + offset)
        elif platform in (0, 3) and layout == 4:
            found |= _segments_4(data, cmap + offset)
    return {code: glyph for code, glyph in found.items() if glyph}


def _segments_12(data: bytes, at: int) -> dict[int, int]:
    (count,) = struct.unpack_from(">I", data, at + 12)
    found: dict[int, int] = {}
    for i in range(count):
        first, last, glyph = struct.unpack_from(">3I", data, at + 16 + 12 * i)
        found |= {code: glyph + code - first for code in range(first, last + 1)}
    return found


def _segments_4(data: bytes, at: int) -> dict[int, int]:
    (double_count,) = struct.unpack_from(">H", data, at + 6)
    count = double_count // 2
    ends = struct.unpack_from(f">{count}H", data, at + 14)
    starts = struct.unpack_from(f">{count}H", data, at + 16 + 2 * count)
    deltas = struct.unpack_from(f">{count}h", data, at + 16 + 4 * count)
    offsets_at = at + 16 + 6 * count
    offsets = struct.unpack_from(f">{count}H", data, offsets_at)
    found: dict[int, int] = {}
    for i, (first, last, delta, offset) in enumerate(
        zip(starts, ends, deltas, offsets, strict=True)
    ):
        for code in range(first, min(last, 0xFFFE) + 1):
            if offset == 0:
                found[code] = (code + delta) & 0xFFFF
            else:
                place = offsets_at + 2 * i + offset + 2 * (code - first)
                (glyph,) = struct.unpack_from(">H", data, place)
                found[code] = (glyph + delta) & 0xFFFF if glyph else 0
    return found
