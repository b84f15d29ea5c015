"""Which column of a table a heading of a file means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from vatra.tables import Finding, Table, fold


@dataclass(frozen=True)
class Headings:
    """Headings of a file matched to a table.

    ``names`` one entry per column of the file: the column name of the table, or None where it is
    not read; ``blank`` positions of headings left empty (0 is the first).
    """

    names: tuple[str | None, ...]
    blank: tuple[int, ...] = ()
    findings: list[Finding] = field(default_factory=list)


def match(headings: Sequence[str], table: Table, file: str, line: int = 1) -> Headings:
    """Match headings in English, Romanian or both (``year / an``), whatever their case.

    A heading that is not known is a warning, one that stands twice an error.
    """
    known = table.headings()
    names: list[str | None] = []
    findings: list[Finding] = []
    for heading in headings:
        name = _meaning(heading, known)
        if name is None and heading.strip():
            findings.append(
                Finding(
                    "tables.column-unknown",
                    "warning",
                    file,
                    column=heading.strip(),
                    params={"column": heading.strip(), "file": file},
                )
            )
        names.append(name)
    for name in dict.fromkeys(each for each in names if each is not None):
        written = [
            heading.strip() for heading, meant in zip(headings, names, strict=True) if meant == name
        ]
        if len(written) > 1:
            findings.append(
                Finding(
                    "sources.heading-twice",
                    "error",
                    file,
                    (line,),
                    name,
                    {"column": name, "headings": [f"'{each}'" for each in written]},
                )
            )
    blank = tuple(index for index, heading in enumerate(headings) if not heading.strip())
    return Headings(tuple(names), blank, findings)


def _meaning(heading: str, known: dict[str, str]) -> str | None:
    whole = known.get(fold(heading))
    if whole is not None:
        return whole
    for mark in (" / ", "/"):
        parts = {known.get(fold(part)) for part in heading.split(mark)}
        if len(parts) == 1 and None not in parts:
            return parts.pop()
    return None
