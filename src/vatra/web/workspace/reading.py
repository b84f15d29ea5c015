"""Files of versions read once: from one version to the next nearly all of them stay the same."""

from __future__ import annotations

from pathlib import Path

from vatra.runs.pack import Reader, ReadTable, read_table
from vatra.sources import Limits
from vatra.sources.city_yaml import FILE_NAME, City
from vatra.tables import Table
from vatra.web.base.recent import Recent
from vatra.web.workspace.models import Version
from vatra.web.workspace.queries import pack_files

MOST_BYTES = 128 * 1024 * 1024
# A longer one is read again: it would take more memory than it saves time.
MOST_ROWS = 50_000
# What a table takes besides its rows.
BYTES_BESIDE = 4_096


def _byte_count(table: ReadTable) -> int:
    return BYTES_BESIDE + int(table.rows.estimated_size())


KEPT: Recent[tuple[str, ...], ReadTable] = Recent(MOST_BYTES, _byte_count)


def reader_of(version: Version) -> Reader:
    """Reads the tables of this version; a file with the same bytes, of the same city, only once."""
    files = pack_files(version)
    city_sha = files.get(FILE_NAME, "")

    def read(path: Path, table: Table, city: City, limits: Limits) -> ReadTable:
        key = (files[path.name], path.name, city_sha, repr(limits))
        found = KEPT.get(key)
        if found is None:
            found = read_table(path, table, city, limits)
            if len(found.rows) <= MOST_ROWS:
                KEPT.put(key, found)
        return found

    return read
