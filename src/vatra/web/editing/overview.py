"""The tables of a pack at a glance: how many rows, what is wrong, what nobody has begun."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from vatra.runs.pack import open_pack
from vatra.tables import Finding, Table, tables
from vatra.web.editing.groups import grouped
from vatra.web.workspace import store
from vatra.web.workspace.models import Version
from vatra.web.workspace.naming import table_name
from vatra.web.workspace.packs import computed, is_computed, pack_folder
from vatra.web.workspace.queries import file_of
from vatra.web.workspace.reading import reader_of
from vatra.web.workspace.sheet import Unreadable, csv_of_workbook, row_count_of, table_of
from vatra.words import Language, say

PACKS_KEPT, COUNTS_KEPT = 64, 4096


@dataclass(frozen=True)
class Glance:
    """A table; one that is not readable has a file whose rows cannot be told apart."""

    table: Table
    words: str
    about: str
    has_file: bool
    row_count: int
    is_readable: bool
    error_count: int
    warning_count: int

    @property
    def has_rows(self) -> bool:
        """Whether anything stands in it."""
        return self.row_count > 0 or not self.is_readable


def groups_of(version: Version, lang: Language) -> list[tuple[str, list[Glance]]]:
    """The tables under people's questions; those with rows before the empty ones."""
    errors, warnings = _counts(version)
    return [
        (key, sorted((_glance(version, each, lang, errors, warnings) for each in listed),
                     key=lambda each: not each.has_rows))
        for key, listed in grouped()
    ]  # fmt: skip


def _glance(
    version: Version, table: Table, lang: Language, errors: Counter[str], warnings: Counter[str]
) -> Glance:
    file = file_of(version, table.name)
    count = _row_count(version.manifest[file], table.name, file) if file is not None else 0
    return Glance(
        table,
        table_name(table.name, lang),
        say(f"web.editing.about-{table.name.replace('_', '-')}", lang),
        file is not None,
        count or 0,
        count is not None,
        errors[table.name],
        warnings[table.name],
    )


@lru_cache(COUNTS_KEPT)
def _row_count(sha: str, name: str, file: str) -> int | None:
    """How many rows a file has, by the hash of its bytes; None where they cannot be told apart."""
    table = tables()[name]
    try:
        content = store.read(sha)
        if file.endswith(".xlsx"):
            content = csv_of_workbook(content, table)
        return row_count_of(content, table, table.file_name)
    except Unreadable:
        return None


def findings_of(version: Version) -> tuple[Finding, ...]:
    """Findings of a version: of the whole way where it was computed, else of its files."""
    if is_computed(version):
        return computed(version).findings
    return _of_files(version.pk, version.digest)


@lru_cache(PACKS_KEPT)
def _of_files(version_id: int, digest: str) -> tuple[Finding, ...]:
    version = Version.objects.filter(pk=version_id, digest=digest).first()
    return _opened(version) if version is not None else ()


def _opened(version: Version) -> tuple[Finding, ...]:
    return open_pack(pack_folder(version), reader=reader_of(version)).findings


def _counts(version: Version) -> tuple[Counter[str], Counter[str]]:
    counts: dict[str, Counter[str]] = {"error": Counter(), "warning": Counter(), "note": Counter()}
    for each in findings_of(version):
        table = table_of(each.file) if each.file else None
        if table is not None:
            counts[each.severity][table.name] += max(each.line_count, len(each.lines), 1)
    return counts["error"], counts["warning"]
