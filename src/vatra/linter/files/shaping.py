"""Cells as a file holds them -> a title, headings and rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from vatra.linter.document import Value
from vatra.linter.files import columns, heads, labels
from vatra.linter.files.blocks import Cell, RawTable, blank
from vatra.linter.files.cells import heading_text, is_data, is_year, mend, text_of
from vatra.linter.quantities import unit
from vatra.tables import fold

JOINT = " / "
_YEAR_LABELS = {
    "base_year", "baseline_year", "reference_year", "inventory_year", "an_de_baza",
    "anul_de_baza", "an_de_referinta", "anul_de_referinta", "anul_inventarului",
}  # fmt: skip
_PLAIN_YEAR_LABELS = {"year", "an", "anul"}
_UNIT_LABELS = {"unit", "units", "unitate", "unitatea", "unitate_de_masura", "unitatea_de_masura"}
_LABEL_HEADINGS = re.compile(r"[^\W\d_]+(?: [^\W\d_]+){0,2}")
_FORM_COLUMNS = 3
MOST_TITLE_ROWS = 3


@dataclass(frozen=True)
class Shaped:
    """A table in order; ``head`` is empty where no row of it is a heading.

    ``rows`` all of one width, ``places`` one per row; ``title`` what stood in rows of their own
    above the headings; ``unit``, ``base_year`` and ``year`` as rows above the headings state them.
    """

    head: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    places: tuple[str, ...]
    place: str = ""
    title: str = ""
    unit: str = ""
    base_year: int | None = None
    year: int | None = None

    @property
    def width(self) -> int:
        """The number of columns."""
        return len(self.rows[0]) if self.rows else len(self.head)


def shape(raw: RawTable) -> Shaped | None:
    """The table in order; None when nothing stands in it."""
    raw = columns.without_blank(_mended(raw))
    if not raw.rows:
        return None
    raw, title, about = _above(raw)
    if not raw.rows:
        return Shaped((), ((title,),), (raw.place,), raw.place) if title else None
    head = _form_head(raw) or heads.read(raw)
    raw, head = columns.merged(raw, head)
    rows, places = labels.settle(raw, head)
    named = any(head.columns)
    return Shaped(
        head=tuple(head.columns) if named else (),
        rows=tuple(tuple(_value(cell) for cell in row) for row in rows),
        places=tuple(places),
        place=raw.place,
        title=JOINT.join(dict.fromkeys(text for text in (raw.title, title) if text)),
        unit=about.unit,
        base_year=about.base_year,
        year=about.year,
    )


def _value(cell: Cell) -> Value:
    return None if blank(cell) else cell  # type: ignore[return-value]


def _mended(raw: RawTable) -> RawTable:
    """Cells put together, rows without anything in them left out."""
    rows = [[mend(cell) for cell in row] for row in raw.rows]
    kept = [at for at, row in enumerate(rows) if any(not blank(cell) for cell in row)]
    return columns.with_rows(replace(raw, rows=rows), kept)


@dataclass
class _About:
    unit: str = ""
    base_year: int | None = None
    year: int | None = None

    def takes(self, texts: Sequence[str]) -> bool:
        """Whether a row says nothing but base year and unit; what it says is kept."""
        pairs = _pairs(texts)
        found = _About()
        if not pairs or not all(found._take(fold(name), value) for name, value in pairs):
            return False
        self.unit = found.unit or self.unit
        self.base_year = found.base_year or self.base_year
        self.year = found.year or self.year
        return True

    def _take(self, name: str, value: str) -> bool:
        if name in _UNIT_LABELS:
            self.unit = value if unit(value) is not None else ""
            return not value or self.unit != ""
        if name not in _YEAR_LABELS | _PLAIN_YEAR_LABELS or (value and not is_year(value)):
            return False
        if value and name in _YEAR_LABELS:
            self.base_year = int(value[:4])
        self.year = int(value[:4]) if value else None
        return True


def _pairs(texts: Sequence[str]) -> list[tuple[str, str]]:
    found = [text for text in dict.fromkeys(texts) if text]
    if found and all(":" in text and text.split(":")[1].strip() for text in found):
        parts = [text.partition(":") for text in found]
        return [(name, value.strip()) for name, _, value in parts]
    if len(found) == 1 and fold(found[0]) in _YEAR_LABELS | _UNIT_LABELS:
        return [(found[0], "")]
    if len(found) % 2 or len(found) > 4:
        return []
    return [(found[at].rstrip(": "), found[at + 1]) for at in range(0, len(found), 2)]


def _above(raw: RawTable) -> tuple[RawTable, str, _About]:
    """Rows above the headings taken off: the title, the base year, the unit."""
    titles: list[str] = []
    about = _About()
    width = len(raw.rows[0])
    at = 0
    while at < len(raw.rows) and width > 2 and at < MOST_TITLE_ROWS + 2:
        texts = [heading_text(cell) for cell in raw.rows[at]]
        if about.takes(texts):
            at += 1
        elif len(titles) < MOST_TITLE_ROWS and (title := _title(raw, at, texts)):
            titles.append(title)
            at += 1
        else:
            break
    if at == 0 and width == 2 and (title := _title(raw, 0, [text_of(c) for c in raw.rows[0]])):
        titles, at = [title], 1
    rest = columns.with_rows(raw, list(range(at, len(raw.rows))))
    return columns.without_blank(rest), JOINT.join(titles), about


def _title(raw: RawTable, at: int, texts: Sequence[str]) -> str:
    """The one text of a row that has no other and is not the heading of one column."""
    found = {text for text in texts if text}
    if len(found) != 1 or at + 1 >= len(raw.rows):
        return ""
    text = found.pop()
    following = raw.rows[at + 1]
    filled = sum(bool(each) for each in texts)
    height = (raw.spans or {}).get((at, 0), (1, 1))[0]
    if not texts[0] or height > 1 or filled not in (1, len(texts)) or is_data(text):
        return ""
    heads_labels = filled == 1 and blank(following[0]) and bool(_LABEL_HEADINGS.fullmatch(text))
    return "" if heads_labels else text


def _form_head(raw: RawTable) -> heads.Head | None:
    """No headings, for a form: labels and what a person wrote beside them."""
    width = len(raw.rows[0])
    if width > _FORM_COLUMNS or len(raw.rows) < 2:
        return None
    keys = [
        next((key for cell in row[:-1] if (key := labels.form_key(text_of(cell)))), "")
        for row in raw.rows
    ]
    starts = keys[0] or blank(raw.rows[0][0])
    return heads.Head([""] * width, 0) if starts and len({*keys} - {""}) >= 2 else None
