"""A printed table: headings and cells, before it is a file or after it was one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from vatra.faces.fields import Cell


@dataclass(frozen=True)
class Grid:
    """Headings and rows of cells; ``first_line`` is where the first row stands in its file."""

    title: str
    headings: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    first_line: int = 2
    # Whether each column holds numbers, for formats whose columns have a type.
    numeric: Sequence[bool] = ()
