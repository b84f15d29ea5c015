"""The files of an output folder that visitors may take; nothing else in it has an address."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from vatra.words import LANGUAGES

_LANGUAGES = "|".join(LANGUAGES)
# Group of a file -> what its path in the folder looks like.
_GROUPS = (
    ("contract", re.compile(rf"contract\.(?:json|(?:{_LANGUAGES})\.(?:pdf|docx|xlsx))")),
    ("tables", re.compile(r"tables/[-\w.]+\.csv")),
    ("charts", re.compile(r"charts/[-\w.]+\.svg")),
)
TYPES = {
    ".json": "application/json",
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".csv": "text/csv; charset=utf-8",
    ".svg": "image/svg+xml",
}


@dataclass(frozen=True)
class OutputFile:
    """A file for visitors: ``name`` its path inside the folder, ``group`` what it is."""

    name: str
    group: str
    path: Path

    @property
    def kilobyte_count(self) -> int:
        """Size in thousands of bytes, at least one."""
        return max(1, round(self.path.stat().st_size / 1000))

    @property
    def content_type(self) -> str:
        return TYPES[self.path.suffix]

    @property
    def kind(self) -> str:
        """``PDF``, ``DOCX``, ``CSV`` and so on."""
        return self.path.suffix[1:].upper()


def output_files(folder: Path) -> list[OutputFile]:
    """Every file that may be taken, by group and name. Links out of the folder are left out."""
    found = []
    for path in sorted((*folder.glob("contract.*"), *folder.glob("*/*"))):
        name = path.relative_to(folder).as_posix()
        group = next((group for group, pattern in _GROUPS if pattern.fullmatch(name)), None)
        if group and path.is_file() and not path.is_symlink():
            found.append(OutputFile(name, group, path))
    return found
