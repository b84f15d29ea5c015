"""The blocks of a file -> a document: tables with title, unit and path, and the texts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from vatra.linter.document import Document, LintTable, Passage
from vatra.linter.files import captions, facts, heads
from vatra.linter.files.blocks import Block, RawTable, Text
from vatra.linter.files.cells import is_unit
from vatra.linter.files.furniture import BELONGS, running_key, running_keys
from vatra.linter.files.join import Piece, joined
from vatra.linter.files.shaping import Shaped, shape
from vatra.tables import Finding, fold

FEWEST_RUNNING_HEADINGS = 5


def assemble(blocks: Sequence[Block], name: str, notes: Sequence[Finding] = ()) -> Document:
    """A document of all tables of a file; it may hold none."""
    marked = _marked(blocks)
    pieces = _joined(_pieces(marked))
    passages = [
        Passage(block.text, block.place)
        for block in marked
        if isinstance(block, Text) and not block.furniture
    ]
    texts = [each.text for each in passages]
    titled = _titled(pieces)
    base_year = facts.base_year([*texts, *(title for title, _ in titled)])
    lang = facts.language([*texts, *(" ".join(piece.shaped.head) for piece in pieces)])
    tables = [
        _table(piece, title, note) for piece, (title, note) in zip(pieces, titled, strict=True)
    ]
    return Document(
        tables=_with_ids(tables),
        name=name,
        city=facts.city(texts),
        country=facts.country(texts, lang),
        base_year=base_year or _stated_base_year(tables),
        target_year=facts.target_year(texts),
        passages=passages,
        language=lang,
        notes=tuple(notes),
    )


def _marked(blocks: Sequence[Block]) -> list[Block]:
    """The blocks, with running lines and headings that return on every page marked as such."""
    texts = [block for block in blocks if isinstance(block, Text) and not block.furniture]
    lines = running_keys(each.text for each in texts if not each.level)
    heads = running_keys(
        (each.text for each in texts if each.level), fewest=FEWEST_RUNNING_HEADINGS
    )

    def marked(block: Block) -> Block:
        if isinstance(block, RawTable) or block.furniture or captions.is_caption(block):
            return block
        keys = heads if block.level else lines
        runs = running_key(block.text) in keys and not BELONGS.match(block.text)
        return replace(block, furniture=True) if runs and not block.bold else block

    return [marked(block) for block in blocks]


def _pieces(blocks: Iterable[Block]) -> list[Piece]:
    pieces: list[Piece] = []
    lead: list[Text] = []
    path: list[tuple[int, str]] = []
    for block in blocks:
        if isinstance(block, Text):
            if block.level and not block.furniture and not captions.is_caption(block):
                path = [*(each for each in path if each[0] < block.level)]
                path.append((block.level, block.text))
            lead.append(block)
            continue
        shaped = shape(block)
        if shaped is None:
            continue
        if pieces:
            pieces[-1].after = lead
        pieces.append(Piece(lead, block, shaped, tuple(text for _, text in path)))
        lead = []
    if pieces:
        pieces[-1].after = lead
    return pieces


def _joined(pieces: Sequence[Piece]) -> list[Piece]:
    found: list[Piece] = []
    for piece in pieces:
        whole = joined(found[-1], piece) if found else None
        if whole is not None:
            found[-1] = whole
        else:
            found.append(piece)
    return found


def _titled(pieces: Sequence[Piece]) -> list[tuple[str, str]]:
    """Title and note of unit of each table."""
    below = captions.below(pieces[0].lead if pieces else [], [each.after for each in pieces])
    found: list[tuple[str, str]] = []
    captioned = False
    for piece in pieces:
        taken = bool(found) and not captioned and _captions_above(piece.lead, below)
        lead = _after_caption(piece.lead) if taken else piece.lead
        title, captioned = captions.before(lead)
        captioned = captioned or captions.label(piece.shaped.title) != ""
        last = len(found) == len(pieces) - 1
        if not captioned and (last or _captions_above(piece.after, below)):
            title = captions.after(piece.after) or title
        found.append((_whole_title(title, piece.shaped), _note(lead)))
    return found


def _captions_above(texts: Sequence[Text], below: bool) -> bool:
    """Whether the caption that follows a table names the table above it, not the next one.

    It does where captions stand below all tables, where another caption follows, where no table
    does, and where the text of a chapter stands between it and the next table.
    """
    if not captions.after(texts):
        return False
    rest = [text for text in _after_caption(texts) if not text.furniture]
    return below or captions.parts(rest)


def _after_caption(lead: Sequence[Text]) -> list[Text]:
    at = next(place for place, text in enumerate(lead) if captions.is_caption(text))
    return list(lead[at + 1 :])


def _whole_title(title: str, shaped: Shaped) -> str:
    if captions.label(shaped.title) and not captions.is_caption(Text(title)):
        return shaped.title
    said = set(fold(shaped.title).split("_")) <= set(fold(title).split("_"))
    if not title or not shaped.title or said:
        return title or shaped.title
    return f"{title} / {shaped.title}"


def _note(lead: Sequence[Text]) -> str:
    """The unit that the nearest texts before a table state."""
    near = [text.text for text in lead if not text.furniture][-2:]
    for text in reversed(near):
        if len(text) <= captions.LONGEST_CAPTION and (found := captions.stated_unit(text)):
            return found
    return ""


def _table(piece: Piece, title: str, note: str) -> LintTable:
    shaped = piece.shaped
    unit = shaped.unit or captions.stated_unit(title) or note or _unit_of_labels(shaped)
    return LintTable(
        id="",
        kind="",
        columns=shaped.head or ("",) * shaped.width,
        rows=shaped.rows,
        title=title,
        unit=unit,
        year=shaped.year,
        base_year=shaped.base_year,
        place=shaped.place,
        path=piece.path,
        rows_at=shaped.places,
    )


def _unit_of_labels(shaped: Shaped) -> str:
    """The unit that stands over the labels, where it can only mean the table."""
    if not shaped.head:
        return ""
    parts = [part for part in shaped.head[0].split(heads.JOINT) if is_unit(part)]
    return parts[-1].strip("()[] ") if parts else captions.stated_unit(shaped.head[0])


def _with_ids(tables: Sequence[LintTable]) -> list[LintTable]:
    """Each table under the short name of its title, else its number; all of them different."""
    used: Counter[str] = Counter()
    found = []
    for place, table in enumerate(tables, 1):
        name = captions.label(table.title) or f"table {place}"
        used[name] += 1
        while used[name] > 1 and used[f"{name} ({used[name]})"]:
            used[name] += 1
        shown = name if used[name] == 1 else f"{name} ({used[name]})"
        used[shown] += shown != name
        found.append(replace(table, id=shown))
    return found


def _stated_base_year(tables: Sequence[LintTable]) -> int | None:
    stated = {table.base_year for table in tables if table.base_year}
    return stated.pop() if len(stated) == 1 else None
