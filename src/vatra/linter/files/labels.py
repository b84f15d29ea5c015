"""The rows below the headings: labels broken over lines, merged labels, headings said again."""

from __future__ import annotations

import re
from collections.abc import Sequence

from vatra.linter import headings
from vatra.linter.files.blocks import Cell, RawTable, blank
from vatra.linter.files.cells import heading_text, is_data, is_number, numbers_columns, text_of
from vatra.linter.files.heads import Head
from vatra.tables import fold

# The last words of a label that cannot stand alone.
_OPEN_END = re.compile(
    r"(?:\b(?:and|or|of|the|for|in|from|by|with|și|si|sau|de|din|la|pentru|cu|prin|ale?)|[,&/–(-])$",
    re.IGNORECASE,
)
_GOES_ON = re.compile(r"[a-zăâîșț&)]")
# What begins with a small letter and is a label of its own.
_OWN = re.compile(
    r"(?:of which|din care|dintre care|thereof|including|inclusiv|e-|[a-z][.)]|[ivx]+[.)])"
)
MOST_WORDS_SPLIT = 15


# Lines of an action outline that hold no figures.
_FORM_LINES = (
    "action_type", "type_of_action", "action_description", "description_of_action", "description",
    "field_of_action", "systemic_lever", "outcome", "implementation", "responsible_bodies",
    "action_scale", "addressed_entities", "involved_stakeholders", "comments_on_implementation",
    "reference_to_impact_pathway", "tipul_actiunii", "tip_actiune", "descrierea_actiunii",
    "descriere", "descriere_actiune", "domeniul_de_actiune", "domeniu_de_actiune",
    "parghie_sistemica", "parghia_sistemica", "rezultat", "implementare", "organisme_responsabile",
    "responsabil", "scara_actiunii", "parti_interesate", "comentarii_privind_implementarea",
)  # fmt: skip


def form_key(text: str) -> str:
    """Which line of an action outline a label heads; empty for other labels."""
    folded = fold(text)
    if not folded or len(folded) > 140:
        return ""
    families = {**headings.phrases("form"), **{line: (line,) for line in _FORM_LINES}}
    for key, found in families.items():
        if any(folded == phrase or folded.startswith(f"{phrase}_") for phrase in found):
            return key
    return ""


def settle(raw: RawTable, head: Head) -> tuple[list[list[Cell]], list[str]]:
    """The rows below the headings in order, and where each stands."""
    said = {_key(row) for row in raw.rows[: head.count]} | {_key(head.columns)}
    rows: list[list[Cell]] = []
    places: list[str] = []
    spanned = _spanned(raw)
    for at in range(head.count, len(raw.rows)):
        row = _single(list(spanned[at]))
        row[0] = heading_text(row[0]) if isinstance(row[0], str) else row[0]
        texts = [text_of(cell) for cell in row]
        if _key(row) in said or (not rows and numbers_columns(texts) and head.count):
            continue
        if rows and _joins(rows, row):
            continue
        rows.append(row)
        places.append(raw.places[at])
    return _filled(rows, form=not any(head.columns)), places


def _key(row: Sequence[Cell]) -> tuple[str, ...]:
    return tuple(fold(text_of(cell)) for cell in row)


def _spanned(raw: RawTable) -> list[list[Cell]]:
    """Words of a cell merged downwards stand in every row it covers; figures in its first only."""
    rows = [list(row) for row in raw.rows]
    for (top, left), (height, _) in (raw.spans or {}).items():
        cell = rows[top][left] if top < len(rows) and left < len(rows[top]) else ""
        if blank(cell) or is_number(cell) or height < 2:
            continue
        for at in range(top + 1, min(top + height, len(rows))):
            if blank(rows[at][left]):
                rows[at][left] = cell
    return rows


def _single(row: list[Cell]) -> list[Cell]:
    """A text repeated over a whole row, as merged cells are written out, stands once."""
    texts = {text_of(cell) for cell in row}
    if len(row) > 2 and len(texts) == 1 and not is_data(row[0]) and not is_number(row[0]):
        return [row[0], *("" for _ in row[1:])]
    return row


def _joins(rows: list[list[Cell]], row: list[Cell]) -> bool:
    """Join a row to the one above where it is the rest of a label broken over two lines."""
    above = rows[-1]
    label, high = text_of(row[0]), text_of(above[0])
    if not label or not high or len(row) < 2:
        return False
    if label == high or len(label.split()) > MOST_WORDS_SPLIT:
        return False
    alone = all(blank(cell) for cell in row[1:])
    alone_above = all(blank(cell) for cell in above[1:])
    small = bool(_GOES_ON.match(label)) and not _OWN.match(label)
    if alone and not alone_above and small:
        above[0] = f"{high} {label}"
        return True
    if alone_above and not alone and _OPEN_END.search(high):
        rows[-1] = [f"{high} {label}", *row[1:]]
        return True
    return False


def _filled(rows: list[list[Cell]], form: bool) -> list[list[Cell]]:
    """Blank labels beside a second column of labels take the label above, as merged cells do."""
    above: Cell = ""
    for row in rows:
        if not blank(row[0]):
            above = row[0]
        elif len(row) > 2 and not blank(above) and _is_label(row[1]):
            says = any(not blank(cell) if form else is_data(cell) for cell in row[2:])
            row[0] = above if says else row[0]
    return rows


def _is_label(cell: Cell) -> bool:
    return isinstance(cell, str) and not blank(cell) and not is_data(cell)
