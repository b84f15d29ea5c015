"""How numbers were written in a column: ``1.234,56``, ``1,234.56``, ``196 704`` or ``1234.56``.

The style is declared, or inferred from the whole column. A column whose every value could be read
in two ways (``313.956``) is ambiguous and is a finding, never a guess.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import polars as pl

Style = Literal["plain", "en", "ro"]
STYLES: tuple[Style, ...] = ("plain", "en", "ro")

_SPACES = "[\u0020\u00a0\u202f\u2009'\u2019]"
# Spaces and apostrophes are dropped only where they part groups of three: "12 34" is no number.
_SPACED = rf"^[+\-]?[1-9]\d{{0,2}}({_SPACES}\d{{3}})+([.,]\d+)?$"
_GROUPED_DOT = r"^[+\-]?[1-9]\d{0,2}(\.\d{3})+$"
_GROUPED_COMMA = r"^[+\-]?[1-9]\d{0,2}(,\d{3})+$"
_ONE_GROUP_DOT = r"^[+\-]?[1-9]\d{0,2}\.\d{3}$"
_ONE_GROUP_COMMA = r"^[+\-]?[1-9]\d{0,2},\d{3}$"
_EN = r"^[+\-]?(\d+|[1-9]\d{0,2}(,\d{3})+)(\.\d+)?([eE][+\-]?\d{1,3})?$"
_RO = r"^[+\-]?(\d+|[1-9]\d{0,2}(\.\d{3})+)(,\d+)?([eE][+\-]?\d{1,3})?$"
_PLAIN = r"^[+\-]?(\d+\.?\d*|\.\d+)([eE][+\-]?\d{1,3})?$"


@dataclass(frozen=True)
class Read:
    """A column read as numbers.

    ``values`` float64, null where the text is blank or not a number; ``style`` how it was read;
    ``ambiguous`` an example that could be read in two ways (``values`` are then all null).
    """

    values: pl.Series
    style: Style
    ambiguous: str = ""


def read(texts: pl.Series, declared: Style | None = None) -> Read:
    """Read a column of texts as numbers.

    Parameters
    ----------
    texts : Series of str, blanks as null
    declared : the style the city declared, or None to infer it
    """
    if declared == "plain" or (declared is None and _decides_plain(texts)):
        fast = texts.cast(pl.Float64, strict=False)
        if fast.null_count() == texts.null_count() and bool(fast.is_finite().all()):
            return Read(fast, "plain")
    clean = _clean(texts)
    style = declared or _infer(clean)
    if style is None:
        example = clean.filter(clean.str.contains(r"[.,]"))[0]
        return Read(pl.Series(texts.name, [None] * len(texts), pl.Float64), "plain", str(example))
    return Read(_parse(clean, style), style)


def _decides_plain(texts: pl.Series) -> bool:
    """Whether the first rows hold a number whose dot can only be a decimal mark, or no marks."""
    head = texts.head(2000).drop_nulls()
    if not len(head):
        return False
    has_marks = head.str.contains(r"[.,]")
    if not has_marks.any():
        return not bool(texts.str.contains(r"[.,]").any())
    return bool((head.str.contains(_PLAIN) & has_marks & ~head.str.contains(_GROUPED_DOT)).any())


def _infer(clean: pl.Series) -> Style | None:
    """The one style that reads all numbers of the column, ``plain`` if none has marks."""
    values = clean.drop_nulls()
    marked = values.filter(values.str.contains(r"[.,]"))
    if not len(marked):
        return "plain"
    fits_en = marked.str.contains(_EN)
    fits_ro = marked.str.contains(_RO)
    numeric = fits_en | fits_ro | marked.str.contains(_PLAIN)
    only_plain = numeric & marked.str.contains(_PLAIN) & ~fits_ro
    dots_group = numeric & marked.str.contains(_GROUPED_DOT) & ~marked.str.contains(_ONE_GROUP_DOT)
    commas_group = (
        numeric & marked.str.contains(_GROUPED_COMMA) & ~marked.str.contains(_ONE_GROUP_COMMA)
    )
    points_to_en = int((numeric & fits_en & ~fits_ro).sum()) + int(commas_group.sum())
    points_to_ro = int((numeric & fits_ro & ~fits_en).sum()) + int(dots_group.sum())
    if points_to_en == points_to_ro == 0:
        return "plain" if only_plain.any() or not numeric.any() else None
    if points_to_en < points_to_ro:
        return "ro"
    grouped = numeric & marked.str.contains(",", literal=True)
    return "en" if grouped.any() else "plain"


def has_marks(texts: pl.Series) -> bool:
    """Whether any text has a dot or a comma, so that the style of the column matters."""
    return bool(texts.str.contains_any([".", ","]).any())


def as_plain(texts: pl.Series, declared: Style | None = None) -> list[str | None] | None:
    """Texts of numbers rewritten as ``1234.56``; what is no number stays as it is.

    Returns None when the column could be read in two ways.
    """
    clean = _clean(texts)
    style = declared or _infer(clean)
    if style is None:
        return None
    fits, plain = _plain_texts(clean, style)
    frame = pl.DataFrame({"fits": fits, "plain": plain, "text": texts})
    return (
        frame.select(pl.when(pl.col("fits")).then("plain").otherwise("text")).to_series().to_list()
    )


def _clean(texts: pl.Series) -> pl.Series:
    signed = texts.str.strip_chars().str.replace("\u2212", "-", literal=True)
    joined = signed.str.replace_all(_SPACES, "")
    return joined.zip_with(signed.str.contains(_SPACED).fill_null(False), signed)


def _plain_texts(clean: pl.Series, style: Style) -> tuple[pl.Series, pl.Series]:
    """Whether each text is a number of the style, and the text with a decimal point only."""
    if style == "en":
        return clean.str.contains(_EN), clean.str.replace_all(",", "")
    if style == "ro":
        plain = clean.str.replace_all(r"\.", "").str.replace(",", ".", literal=True)
        return clean.str.contains(_RO), plain
    return clean.str.contains(_PLAIN), clean


def _parse(clean: pl.Series, style: Style) -> pl.Series:
    fits, plain = _plain_texts(clean, style)
    values = plain.cast(pl.Float64, strict=False)
    frame = pl.DataFrame({"fits": fits, "value": values})
    return frame.select(
        pl.when(pl.col("fits") & pl.col("value").is_finite()).then(pl.col("value"))
    ).to_series()
