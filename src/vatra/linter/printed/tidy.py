"""A table as it was found in a written document -> headings, labels and rows of one width.

Files print a table's title, base year and unit in rows of their own, stack headings, repeat them
after a page break, and leave merged cells blank or repeat them. Nothing here looks at what the
numbers mean.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from vatra.linter import headings
from vatra.linter.document import LintTable, Value
from vatra.linter.printed.cells import clean, is_figure, is_number, is_words, year_of
from vatra.linter.quantities import Unit, unit
from vatra.tables import fold

LARGEST_HEAD = 5
_YEAR_LABELS = {
    "base_year", "baseline_year", "reference_year", "year", "inventory_year", "an_de_baza",
    "anul_de_baza", "an_de_referinta", "anul_de_referinta", "anul", "an", "anul_inventarului",
}  # fmt: skip
_UNIT_LABELS = {"unit", "units", "unitate", "unitate_de_masura", "unitatea_de_masura", "um"}
_NUMBERINGS = {"nr", "nr_crt", "no", "number", "cod", "code", "id", "item"}
_OUTLINE_NUMBER = re.compile(r"^\d{1,2}(?:\.\d{1,2}){0,3}\.?$")
_REPEAT = " #"
# "2019 (MWh)" heads a column; it is not 2019 MWh.
_CONTINUED = re.compile(r"(?:and|și|şi|&|of|de|cu|with)\s", re.IGNORECASE)
_YEAR_HEADING = re.compile(r"^(?:19|20)\d\d\s*[(\[/]")


@dataclass
class Tidied:
    """A table in order: ``banners`` what stood above its headings, unit and year if they did."""

    columns: list[str]
    rows: list[list[str]]
    places: list[int]
    banners: list[str] = field(default_factory=list)
    unit: Unit | None = None
    base_year: int | None = None
    year: int | None = None


def tidy(table: LintTable) -> Tidied | None:
    """The table in order; None when it has no two columns or no number.

    ``places`` says for each row which row of the file's table it was.
    """
    full: list[Sequence[Value]] = [table.columns, *table.rows]
    full += [] if table.total is None else [table.total]
    width = max(len(row) for row in full)
    grid = [[clean(cell) for cell in row] + [""] * (width - len(row)) for row in full]
    numbered = [(place - 1, row) for place, row in enumerate(grid) if any(row)]
    digits = any(re.search(r"\d", cell) for _, row in numbered for cell in row)
    if width < 2 or not digits:
        return None
    return _Tidying(numbered, width).run()


class _Tidying:
    def __init__(self, rows: list[tuple[int, list[str]]], width: int) -> None:
        self.rows, self.width = rows, width
        self.heads: list[list[str]] = []
        self.found = Tidied([], [], [])

    def run(self) -> Tidied | None:
        self._take_head()
        self._take_body()
        self._drop_blank_columns()
        self._labels_first()
        if len(self.found.columns) < 2 or not self.found.rows:
            return None
        self.found.columns = distinct(self.found.columns)
        return self.found

    def _take_head(self) -> None:
        """Titles, units, years and headings above the first row of figures."""
        heads: list[list[str]] = []
        while self.rows and len(heads) <= LARGEST_HEAD:
            row = self.rows[0][1]
            if self._is_meta(row):
                pass
            elif (banner := _banner(row)) and not heads:
                self.found.banners.append(banner)
            elif _is_head(row, heads):
                heads.append(row)
            else:
                break
            self.rows.pop(0)
        self.heads = heads
        names = [_joined([head[place] for head in heads]) for place in range(self.width)]
        self.found.columns = self._without_shared_title(names)
        # Where labels need no heading, the corner holds the unit of the table.
        for corner in self.found.columns[0].split(" / "):
            said = unit(corner) or headings.read(corner).unit
            if said is not None and said.quantity != "count":
                self.found.unit = self.found.unit or said

    def _without_shared_title(self, names: list[str]) -> list[str]:
        """Headings of which each begins with the title of the table, without it."""
        parts = [name.split(" / ") for name in names]
        title = parts[0][0]
        if len(names) < 3 or any(each[0] != title for each in parts):
            return names
        if not any(len(each) > 1 for each in parts):
            return names
        self.found.banners.append(title)
        return [" / ".join(each[1:]) for each in parts]

    def _is_meta(self, row: list[str]) -> bool:
        """Rows such as ``Base year | 2019`` and ``Unit | t CO2e/year``."""
        texts = list(dict.fromkeys(cell for cell in row if cell))
        pairs = [part.partition(":") for part in texts] if ":" in "".join(texts) else []
        if pairs and all(mark for _, mark, _ in pairs):
            known = [self._meta(name, value.strip()) for name, _, value in pairs]
            return all(known)
        if len(texts) == 2:
            return self._meta(texts[0].rstrip(":"), texts[1])
        if len(texts) == 4:
            return self._meta(texts[0], texts[1]) and self._meta(texts[2], texts[3])
        return False

    def _meta(self, name: str, value: str) -> bool:
        folded = fold(name)
        if folded in _YEAR_LABELS and (year := year_of(value)) is not None:
            self.found.year = year
            if folded not in ("year", "anul", "an"):
                self.found.base_year = year
            return True
        if folded in _UNIT_LABELS and not is_number(value):
            self.found.unit = unit(value) or self.found.unit
            return True
        return False

    def _take_body(self) -> None:
        repeated = {tuple(map(fold, head)) for head in self.heads}
        labels = _Merged()
        for place, row in _with_whole_labels(self.rows):
            if tuple(map(fold, row)) in repeated:
                continue
            banner = _banner(row)
            if banner:
                row = [banner] + [""] * (len(row) - 1)
            self.found.rows.append(labels.filled(row))
            self.found.places.append(place)

    def _drop_blank_columns(self) -> None:
        kept = [
            place
            for place in range(len(self.found.columns))
            if any(row[place] for row in self.found.rows) or place == 0
        ]
        if 0 in kept and not any(row[0] for row in self.found.rows):
            kept.remove(0)
        self.found.columns = [self.found.columns[place] for place in kept]
        self.found.rows = [[row[place] for place in kept] for row in self.found.rows]

    def _labels_first(self) -> None:
        """The column of words in front; a column of running numbers is dropped."""
        columns, rows = self.found.columns, self.found.rows
        while len(columns) > 2 and not any(is_words(row[0]) for row in rows):
            if not any(is_words(row[1]) for row in rows):
                return
            if any(is_figure(row[0]) for row in rows) and not _is_numbering(columns[0], rows):
                return
            columns.pop(0)
            for row in rows:
                row.pop(0)


def _is_numbering(heading: str, rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first column counts the rows and their parts: 1, 1.1, 1.2, 2."""
    numbers = [row[0] for row in rows if row[0]]
    return fold(heading) in _NUMBERINGS and all(map(_OUTLINE_NUMBER.match, numbers))


def _with_whole_labels(rows: list[tuple[int, list[str]]]) -> list[tuple[int, list[str]]]:
    """Rows whose label goes on in the next row, in lower case, joined with it."""
    found: list[tuple[int, list[str]]] = []
    for place, row in rows:
        above = found[-1][1] if found else []
        if _CONTINUED.match(row[0]) and above and above[0] and not any(above[1:]):
            found[-1] = (place, [f"{above[0]} {row[0]}", *row[1:]])
        else:
            found.append((place, row))
    return found


class _Merged:
    """Labels of cells merged downwards: the blank ones take the label above them."""

    def __init__(self) -> None:
        self.above = ""

    def filled(self, row: list[str]) -> list[str]:
        if row[0]:
            self.above = row[0]
        elif len(row) > 2 and is_words(row[1]) and self.above and any(map(is_number, row[2:])):
            return [self.above, *row[1:]]
        return row


def _banner(row: Sequence[str]) -> str:
    """The one text of a row that has no other, repeated or alone in its first cell."""
    texts = {cell for cell in row if cell}
    if len(texts) != 1 or len(row) < 2:
        return ""
    text = next(iter(texts))
    repeated = list(row).count(text) > 1
    return text if (repeated or row[0]) and is_words(text) else ""


def _is_head(row: Sequence[str], above: Sequence[Sequence[str]]) -> bool:
    """Whether a row holds headings: words or years, no figures."""
    cells = [cell for cell in row[1:] if cell]
    if any(is_figure(cell) and not _YEAR_HEADING.match(cell) for cell in cells):
        return False
    said = [cell for cell in cells if is_words(cell) or cell[:4].isdigit()]
    if len(cells) > 1 and all(year_of(cell) is not None for cell in cells):
        return True
    if not above:
        return bool(said) or not any(is_number(cell) for cell in cells)
    # Below other headings only a row that fills them up is one more.
    spans = len({cell for cell in above[-1] if cell}) < len(row) - 1
    fits = not row[0] or row[0] == above[0][0] or (spans and len(said) == len(row) - 1)
    return fits and len(said) * 2 > len(cells) and not _is_text_row(row)


def _is_text_row(row: Sequence[str]) -> bool:
    """Sentences in a row are its content, not headings."""
    return any(len(cell) > 90 for cell in row)


def _joined(parts: Sequence[str]) -> str:
    return " / ".join(dict.fromkeys(part for part in parts if part))


def distinct(names: Sequence[str]) -> list[str]:
    """Names told apart by a running number behind a sign that ``plain`` takes off again."""
    counted: Counter[str] = Counter()
    found = []
    for name in names:
        counted[name] += 1
        again = counted[name] > 1 or not name
        found.append(f"{name}{_REPEAT}{counted[name]}".strip() if again else name)
    return found


def plain(name: str) -> str:
    """A name as it was printed."""
    return re.sub(r"\s?#\d+$", "", name)
