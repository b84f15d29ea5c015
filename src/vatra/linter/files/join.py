"""Parts of one table that page breaks put asunder, put together again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from vatra.linter import headings
from vatra.linter.files.blocks import RawTable, Text, blank
from vatra.linter.files.captions import is_caption
from vatra.linter.files.cells import is_data, text_of
from vatra.linter.files.columns import with_rows, without_blank
from vatra.linter.files.labels import form_key
from vatra.linter.files.shaping import Shaped, shape
from vatra.tables import fold

_CONTINUED = re.compile(r"continu|cont\.|urmare|suite", re.IGNORECASE)
LONGEST_CONTINUED = 120
MOST_RESHAPED = 200


@dataclass
class Piece:
    """A table with the texts before it; ``after`` those up to the next table."""

    lead: list[Text]
    raw: RawTable
    shaped: Shaped
    path: tuple[str, ...] = ()
    after: list[Text] = field(default_factory=list)


def joined(first: Piece, second: Piece) -> Piece | None:
    """Both parts as one table; None when they are two."""
    gap = second.lead
    if any(not _passes(text) for text in gap):
        return None
    if not first.shaped.rows and not any(text for text in gap):
        return _concatenated(first, second)
    if not _goes_on(first, second, continued=any(map(_says_continued, gap))):
        return None
    if len(first.raw.rows) > MOST_RESHAPED:
        # Shaping the whole again for every page would take for ever in an endless table.
        return _appended(first, second)
    return _concatenated(first, second) or _appended(first, second)


def _passes(text: Text) -> bool:
    """Whether a text may stand between two parts of one table."""
    return text.furniture or _says_continued(text)


def _says_continued(text: Text) -> bool:
    return len(text.text) <= LONGEST_CONTINUED and bool(_CONTINUED.search(text.text))


def _goes_on(first: Piece, second: Piece, continued: bool) -> bool:
    head, rest = first.shaped, second.shaped
    own_title = rest.title and not _CONTINUED.search(rest.title) and rest.title != head.title
    if own_title and not _is_fragment(rest.title):
        return False
    if rest.base_year or rest.unit or second.raw.title:
        return False
    if second.lead and _is_rest_of_row(first.raw, second.raw):
        return True
    same = [fold(name) for name in rest.head] == [fold(name) for name in head.head]
    if rest.head and same:
        return continued or not _ends_in_total(head)
    if rest.head and not rest.rows and second.lead:
        # One row alone on a page heads nothing: it is the last of the table before.
        return len(first.raw.rows[0]) == len(second.raw.rows[0])
    if rest.head or not rest.rows:
        return continued and head.width == rest.width
    starts_form = any(form_key(text_of(cell)) == "name" for cell in rest.rows[0][:-1])
    return not starts_form


def _is_rest_of_row(above: RawTable, below: RawTable) -> bool:
    """Whether the first row of a page only ends the words of the last row of the page before."""
    high, low = above.rows[-1], below.rows[0]
    filled = [at for at, cell in enumerate(low) if not blank(cell)]
    if len(high) != len(low) or 0 in filled or any(is_data(low[at]) for at in filled):
        return False
    return bool(filled) and all(
        text_of(low[at])[:1].islower() and not blank(high[at]) for at in filled
    )


def _is_fragment(title: str) -> bool:
    """Whether a lone text is the rest of a row of the page before."""
    return title[:1].islower()


def _ends_in_total(shaped: Shaped) -> bool:
    return bool(shaped.rows) and headings.read(text_of(shaped.rows[-1][0])).total


def _concatenated(first: Piece, second: Piece) -> Piece | None:
    above, below = without_blank(first.raw), without_blank(second.raw)
    if len(first.raw.rows[0]) == len(second.raw.rows[0]):
        above, below = first.raw, second.raw
    if len(above.rows[0]) != len(below.rows[0]):
        return None
    spans = None
    if above.spans is not None and below.spans is not None:
        moved = {(row + len(above.rows), at): size for (row, at), size in below.spans.items()}
        spans = {**above.spans, **moved}
    if second.lead and _is_rest_of_row(above, below):
        above, below = _with_rest(above, below)
    if not below.rows:
        return replace(first, raw=above, shaped=shape(above) or first.shaped, after=second.after)
    rows = [*above.rows, *_continued_rows(first, below)]
    places = [*above.places, *below.places[len(below.rows) - (len(rows) - len(above.rows)) :]]
    raw = replace(above, rows=rows, places=places, spans=_kept(spans, len(rows)))
    if len(rows) - len(above.rows) < len(below.rows):
        raw = replace(raw, spans=None if spans is None else above.spans)
    shaped = shape(raw)
    if shaped is None:
        return None
    return replace(first, raw=raw, shaped=shaped, after=second.after)


def _with_rest(above: RawTable, below: RawTable) -> tuple[RawTable, RawTable]:
    """The words of a row that a page broke put together; the next part begins with its own rows."""
    last = [
        f"{text_of(high)} {text_of(low)}".strip() if not blank(low) else high
        for high, low in zip(above.rows[-1], below.rows[0], strict=True)
    ]
    return (
        replace(above, rows=[*above.rows[:-1], last]),
        with_rows(below, list(range(1, len(below.rows)))),
    )


def _continued_rows(first: Piece, below: RawTable) -> Sequence[Sequence[object]]:
    """The rows of the next part without a title that the first part has already."""
    rows = list(below.rows)
    while len(rows) > 1:
        texts = {text_of(cell) for cell in rows[0] if not blank(cell)}
        text = next(iter(texts)) if len(texts) == 1 else ""
        said = text and (fold(text) in fold(first.shaped.title) or bool(_CONTINUED.search(text)))
        if not said:
            break
        rows.pop(0)
    return rows


def _kept(
    spans: dict[tuple[int, int], tuple[int, int]] | None, count: int
) -> dict[tuple[int, int], tuple[int, int]] | None:
    return None if spans is None else {key: size for key, size in spans.items() if key[0] < count}


def _appended(first: Piece, second: Piece) -> Piece | None:
    """Rows put below those of a table that has the same columns once blank ones are gone."""
    above, below = first.shaped, second.shaped
    if above.width != below.width:
        return None
    shaped = replace(above, rows=(*above.rows, *below.rows), places=(*above.places, *below.places))
    return replace(first, shaped=shaped, after=second.after)


def caption_between(texts: Sequence[Text]) -> bool:
    """Whether a caption stands among the texts."""
    return any(is_caption(text) for text in texts)
