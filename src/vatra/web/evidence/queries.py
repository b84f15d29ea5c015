"""Reads of uploads; ``access_upload`` is the only door to one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import IO, Any

import polars as pl
from django.db.models import QuerySet

from vatra.tables import Column, Finding, Table, tables
from vatra.tables.findings import SEVERITIES
from vatra.web.base.errors import NotHere
from vatra.web.cities.models import City
from vatra.web.evidence.checking import finding_of
from vatra.web.evidence.files import scan_rows
from vatra.web.evidence.mapping_read import loaded
from vatra.web.evidence.models import Upload
from vatra.web.evidence.rules import may_see
from vatra.web.evidence.wording import Wording, in_words
from vatra.web.people.rules import Actor, Rule
from vatra.web.workspace import store
from vatra.web.workspace.queries import access_work
from vatra.words import Language

ROWS_A_PAGE = 50


def uploads_of(city: City) -> QuerySet[Upload]:
    """All uploads of a city, the newest first."""
    return Upload.objects.filter(city=city).select_related("by", "decided_by", "version", "job")


def access_upload(actor: Actor, slug: str, pk: int, lang: Language, rule: Rule = may_see) -> Upload:
    """An upload of a city, if the actor may do with it what the rule says."""
    city = access_work(actor, slug, lang, rule)
    found = uploads_of(city).select_related("city", "replaces").filter(pk=pk).first()
    if found is None:
        raise NotHere("web.evidence.unknown")
    return found


def upload_again(city: City, asked: str) -> Upload | None:
    """The upload whose bytes somebody wants to hand in once more."""
    if not (asked.isascii() and asked.isdigit() and len(asked) < 12):
        return None
    return uploads_of(city).filter(pk=int(asked)).first()


def opened(upload: Upload) -> IO[bytes] | None:
    """The bytes of an upload to be read; None where they are gone."""
    try:
        return store.path_of(upload.sha).open("rb")
    except OSError:
        return None


def findings_of(upload: Upload) -> list[Finding]:
    """What was found, errors first."""
    return [finding_of(each, upload.name) for each in upload.findings]


def table_of(upload: Upload) -> Table | None:
    """The table it is for."""
    if upload.kind == "geojson":
        return tables()["buildings"]
    return tables().get(upload.table)


def wording_of(upload: Upload, lang: Language) -> Wording:
    """How the findings of an upload are said."""
    return Wording(table_of(upload), loaded(upload.mapping), lang)


def chain_of(upload: Upload) -> list[Upload]:
    """An upload, what it replaces and what replaces it, the newest first."""
    found, first = [upload], upload
    while first.replaces is not None and first.replaces not in found:
        first = first.replaces
        found.append(first)
    last: Upload | None = upload
    while last is not None:
        last = last.replaced_by.order_by("-pk").first()
        if last is None or last in found:
            break
        found.insert(0, last)
    return found


@dataclass(frozen=True)
class Cell:
    """A cell in words and what is wrong with it; ``code`` its text where that is another."""

    text: str
    code: str = ""
    messages: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Line:
    """A row of the file: its line, its cells, and what is wrong with it as a whole."""

    line: int
    cells: tuple[Cell, ...]
    messages: tuple[tuple[str, str], ...] = ()

    @property
    def worst(self) -> str:
        """The severity of the worst that is said of it or of a cell of it; empty without any."""
        said = {each for messages in (self.messages, *(cell.messages for cell in self.cells))
                for each, _ in messages}  # fmt: skip
        return next((each for each in SEVERITIES if each in said), "")

    @property
    def count(self) -> int:
        """How much is said of it and of its cells."""
        return len(self.messages) + sum(len(each.messages) for each in self.cells)


@dataclass(frozen=True)
class RowPage:
    """Some rows of an upload; ``number`` of ``count`` pages; ``hidden_count`` faulty rows that no
    finding names, because only the first hundred of each are kept."""

    columns: tuple[str, ...]
    rows: tuple[Line, ...]
    number: int
    count: int
    total: int


def row_page(upload: Upload, page: int, only_faults: bool, lang: Language) -> RowPage | None:
    """A page of an upload's rows with the faults in their cells; None where there are no rows."""
    table = table_of(upload)
    if not upload.mapped_sha or table is None:
        return None
    marks = _marks(upload, table, lang)
    rows = scan_rows(upload.mapped_sha)
    if only_faults:
        rows = rows.filter(pl.col("line").cast(pl.Int64).is_in(sorted({at for at, _ in marks})))
    total = int(rows.select(pl.len()).collect().item())
    count = max(1, -(-total // ROWS_A_PAGE))
    number = min(max(1, page), count)
    shown = rows.slice((number - 1) * ROWS_A_PAGE, ROWS_A_PAGE).collect()
    columns = tuple(each.name for each in table.columns if each.name in shown.columns)
    lines = tuple(
        _line(row, [table.by_name[name] for name in columns], marks, lang)
        for row in shown.to_dicts()
    )
    return RowPage(columns, lines, number, count, total)


Marks = dict[tuple[int, str], tuple[tuple[str, str], ...]]


def _marks(upload: Upload, table: Table, lang: Language) -> Marks:
    """(line, column) -> severity and message; a column that the rows do not have is the row's."""
    found: Marks = {}
    wording = wording_of(upload, lang)
    for each in findings_of(upload):
        column = each.column if each.column in table.by_name else ""
        # Beside the row itself its lines need not be said.
        words = wording.message(replace(each, lines=(), line_count=0))
        for line in each.lines:
            found[line, column] = (*found.get((line, column), ()), (each.severity, words))
    return found


def _line(row: dict[str, Any], columns: Sequence[Column], marks: Marks, lang: Language) -> Line:
    at = row["line"]
    cells = tuple(
        _cell(each, row[each.name] or "", marks.get((at, each.name), ()), lang) for each in columns
    )
    names = {each.name for each in columns}
    others = tuple(
        message
        for (line, column), messages in marks.items()
        if line == at and column not in names
        for message in messages
    )
    return Line(at, cells, others)


def _cell(column: Column, text: str, messages: tuple[tuple[str, str], ...], lang: Language) -> Cell:
    words = in_words(column, text, lang)
    return Cell(words, text if words != text else "", messages)
