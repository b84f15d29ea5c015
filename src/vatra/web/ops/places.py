"""Which files belong to an installation: its data folder, and the output folder of each city."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

DATABASE_FILE = "vatra.sqlite3"
KEY_FILE = "secret-key"
CITIES = "cities"
# What is made anew by itself: counters of the running server, an unfinished restore, drafts.
# Letters that never left: they hold links that open an account, which no backup may.
LETTERS = "mail"
RUNNING = "run"
MADE = "made"
RESTORING = ".restoring"
PARTIAL = ".partial"
_NOT_KEPT = (RUNNING, LETTERS, RESTORING, MADE, "lost+found")


@dataclass(frozen=True)
class Place:
    """A file and the name it has in a backup: ``data/secret-key``, ``cities/cluj-napoca/rows``."""

    name: str
    path: Path

    def state(self) -> tuple[str, int, int]:
        """What changes when somebody writes to the file."""
        found = self.path.stat()
        return self.name, found.st_size, found.st_mtime_ns


def data_files(data: Path, besides: Iterable[Path]) -> list[Place]:
    """Files of the data folder without the database, what only runs, and other folders in it."""
    closed = {each.resolve() for each in besides}
    found = []
    for path in _walk(data, closed):
        name = path.relative_to(data)
        if name.parts[0] in _NOT_KEPT or name.parts[0].startswith(DATABASE_FILE):
            continue
        found.append(Place(f"data/{name.as_posix()}", path))
    return found


def city_files(slug: str, folder: Path, besides: Iterable[Path]) -> list[Place]:
    """Files of a city's output folder."""
    closed = {each.resolve() for each in besides}
    return [
        Place(f"{CITIES}/{slug}/{path.relative_to(folder).as_posix()}", path)
        for path in _walk(folder, closed)
    ]


def links(folder: Path) -> list[str]:
    """Symbolic links of a folder: they are not followed and not kept."""
    return sorted(
        path.relative_to(folder).as_posix() for path in _entries(folder) if _is_link(path)
    )


def _walk(folder: Path, closed: set[Path]) -> Iterator[Path]:
    """Files in the order of their names. Links are not followed; closed places are left out."""
    for path in sorted(_entries(folder)):
        if _is_link(path) or not path.is_file() or path.name.endswith(PARTIAL):
            continue
        if path in closed or closed & set(path.parents):
            continue
        yield path


def _entries(folder: Path) -> Iterator[Path]:
    for root, folders, files in os.walk(folder):
        yield from (Path(root, name) for name in files)
        yield from (Path(root, name) for name in folders if _is_link(Path(root, name)))


def _is_link(path: Path) -> bool:
    return path.is_symlink()
