"""How raw files become rows: one file per format, columns renamed and nothing else.

Formats are found by looking: every module of this room that declares ``SUFFIXES`` reads files with
these endings through its ``read(path, table, limits, numbers)``, and those that can be cut also
through ``batches(path, table, limits, numbers, rows)``.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from vatra.sources.limits import Limits, gate, unreadable
from vatra.sources.raw import Dialect, Raw, declared_styles, no_rows
from vatra.tables import Checked, Context, Finding, Table, check
from vatra.tables.numbers import Style, has_marks
from vatra.tables.seen import SeenKeys

__all__ = ["Dialect", "Limits", "Raw", "check_batches", "read", "read_batches", "readers"]


@cache
def readers() -> Mapping[str, Any]:
    """Module that reads a file ending, such as ``.csv``."""
    found: dict[str, Any] = {}
    for module in pkgutil.iter_modules(__path__):
        reader = import_module(f"{__name__}.{module.name}")
        for suffix in getattr(reader, "SUFFIXES", ()):
            found[suffix] = reader
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
    finding = _refusal(path, limits)
    if finding is None:
        try:
            return readers()[path.suffix.casefold()].read(path, table, limits, numbers)
        except OSError as error:
            finding = unreadable(path, error)
    return Raw(no_rows(), path.name, findings=[finding], numbers=declared_styles(table, numbers))


def read_batches(
    path: Path | str,
    table: Table,
    *,
    rows: int = 1_000_000,
    limits: Limits | None = None,
    numbers: Style | None = None,
) -> Iterator[Raw]:
    """Read a file as batches of about ``rows`` rows, for files larger than memory.

    The arguments and what comes back are those of ``read``; line numbers run through, and every
    batch has the ``evidence_id`` of the whole file. A format that cannot be cut gives one batch.
    """
    path, limits = Path(path), limits or Limits()
    finding = _refusal(path, limits)
    cut = None if finding else getattr(readers()[path.suffix.casefold()], "batches", None)
    if cut is None:
        yield read(path, table, limits=limits, numbers=numbers)
    else:
        yield from cut(path, table, limits, numbers, rows)


def check_batches(batches: Iterable[Raw], table: Table, context: Context) -> Iterator[Checked]:
    """Check the batches of one file as the one table they are.

    Doubles are found across batches. The style of a column's numbers is settled by the first batch
    in which it shows; a later batch written otherwise is reported, not read in its own way.
    """
    settled: dict[str, Style] = {}
    seen = SeenKeys()
    said: set[tuple[str, str]] = set()
    for raw in batches:
        if not raw.ok or (said and not len(raw.frame)):
            yield Checked(check(table, no_rows(), raw.file).rows, list(raw.findings))
            continue
        styles = {**settled, **raw.numbers}
        checked = check(table, raw.frame, raw.file, replace(context, numbers=styles, seen=seen))
        for name, style in checked.styles.items():
            if has_marks(raw.frame.get_column(name)):
                settled.setdefault(name, style)
        # What is wrong with the file as a whole is said once, not by every batch.
        new = [
            each for each in checked.findings if each.lines or (each.code, each.column) not in said
        ]
        said |= {("", ""), *((each.code, each.column) for each in new)}
        yield Checked(checked.rows, [*raw.findings, *new], checked.styles)


def _refusal(path: Path, limits: Limits) -> Finding | None:
    """Why a file is not read at all."""
    finding = gate(path, limits)
    if finding is None and path.suffix.casefold() not in readers():
        params = {"file": path.name, "suffixes": sorted(readers())}
        return Finding("sources.type-unknown", "error", path.name, params=params)
    return finding
