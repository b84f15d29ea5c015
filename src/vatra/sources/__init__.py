"""How raw files become rows: one file per format, columns renamed and nothing else.

Formats are found by looking: every module of this room that declares ``SUFFIXES`` reads files with
these endings through its ``read(path, table, limits, numbers)``.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Mapping
from functools import cache
from importlib import import_module
from pathlib import Path

from vatra.sources.limits import Limits, gate, unreadable
from vatra.sources.raw import Dialect, Raw, declared_styles, no_rows
from vatra.tables import Finding, Table
from vatra.tables.numbers import Style

__all__ = ["Dialect", "Limits", "Raw", "read", "readers"]

Reader = Callable[[Path, Table, Limits, Style | None], Raw]


@cache
def readers() -> Mapping[str, Reader]:
    """Reader by file ending, such as ``.csv``."""
    found: dict[str, Reader] = {}
    for module in pkgutil.iter_modules(__path__):
        reader = import_module(f"{__name__}.{module.name}")
        for suffix in getattr(reader, "SUFFIXES", ()):
            found[suffix] = reader.read
    return found


def read(
    path: Path | str,
    table: Table,
    *,
    limits: Limits | None = None,
    numbers: Style | None = None,
) -> Raw:
    """Read a file as text rows of a table.

    Parameters
    ----------
    path : the file; its ending says the format
    table : the declaration its headings are matched to
    limits : sizes beyond which a file is not opened
    numbers : the style the city declared for its numbers, or None

    Returns
    -------
    Raw
        Never raises for what stands in the file: what is wrong with it is in ``findings``, and
        ``ok`` says whether the rows may be checked.
    """
    path, limits = Path(path), limits or Limits()
    reader = readers().get(path.suffix.casefold())
    finding = gate(path, limits)
    if finding is None and reader is None:
        finding = Finding(
            "sources.type-unknown",
            "error",
            path.name,
            params={"file": path.name, "suffixes": sorted(readers())},
        )
    if finding is None and reader is not None:
        try:
            return reader(path, table, limits, numbers)
        except OSError as error:
            finding = unreadable(path, error)
    assert finding is not None
    return Raw(no_rows(), path.name, findings=[finding], numbers=declared_styles(table, numbers))
