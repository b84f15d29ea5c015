"""Which files are not even opened: too large, missing, a folder, empty."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from pathlib import Path

from vatra.tables import Finding

BYTES_PER_MB = 1_000_000
# A workbook has no more lines; one that names a later one makes its readers count up to it.
MOST_SHEET_LINES = 1_048_576


@dataclass(frozen=True)
class Limits:
    """Sizes a file may have before it is read.

    ``max_bytes`` of the file as it lies; ``max_unpacked_bytes`` of all parts of a zipped
    workbook together; ``max_ratio`` unpacked to packed size of one part; ``max_rows`` and
    ``max_cells`` of a table that is held in memory, None for as many as there are.
    """

    max_bytes: int = 150 * BYTES_PER_MB
    max_unpacked_bytes: int = 300 * BYTES_PER_MB
    max_ratio: int = 200
    max_rows: int | None = None
    max_cells: int | None = None

    def too_many(self, file: str, row_count: int, cell_count: int = 0) -> Finding | None:
        """Why no more of a table is read, or None."""
        if self.max_rows is not None and row_count > self.max_rows:
            return Finding("sources.too-many-rows", "error", file, params={"most": self.max_rows})
        if self.max_cells is not None and cell_count > self.max_cells:
            params = {"most": self.max_cells}
            return Finding("sources.too-many-cells", "error", file, params=params)
        return None


def gate(path: Path, limits: Limits) -> Finding | None:
    """Why a file must not be read, or None. Looks at its metadata only."""
    try:
        status = path.stat()
    except FileNotFoundError:
        return Finding("sources.file-missing", "error", path.name, params={"file": path.name})
    except OSError as error:
        return unreadable(path, error)
    if stat.S_ISDIR(status.st_mode):
        return Finding("sources.file-folder", "error", path.name, params={"file": path.name})
    if not stat.S_ISREG(status.st_mode):
        return Finding("sources.file-special", "error", path.name, params={"file": path.name})
    if status.st_size > limits.max_bytes:
        return Finding("sources.file-too-large", "error", path.name, params=_sizes(status, limits))
    if not status.st_size:
        return Finding("sources.file-empty", "error", path.name)
    if not os.access(path, os.R_OK):
        return Finding("sources.file-unreadable", "error", path.name, params={"file": path.name})
    return None


def unreadable(path: Path, error: OSError) -> Finding:
    """The finding for a file that the operating system does not let us read."""
    if isinstance(error, FileNotFoundError):
        return Finding("sources.file-missing", "error", path.name, params={"file": path.name})
    return Finding("sources.file-unreadable", "error", path.name, params={"file": path.name})


def _sizes(status: os.stat_result, limits: Limits) -> dict[str, int]:
    return {
        "size": _whole_mb(status.st_size),
        "limit": limits.max_bytes // BYTES_PER_MB,
    }


def _whole_mb(size_bytes: int) -> int:
    """Rounded up, so that the size shown is a limit that suffices."""
    return -(-size_bytes // BYTES_PER_MB)
