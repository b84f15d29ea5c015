"""An installation as one file: its database, its folders, its key."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import DatabaseError, connection

import vatra
from vatra.web.base.actions import do_record_write
from vatra.web.ops.archive import Writer, digest_of, file_blocks, writing
from vatra.web.ops.errors import OpsError
from vatra.web.ops.places import CITIES, KEY_FILE, PARTIAL, Place, city_files, data_files, links
from vatra.web.ops.rows import Node, applied, lines_of, models_at
from vatra.web.ops.snapshot import snapshot

ATTEMPTS = 3
ACTOR = "vatra admin"
VERB = "back up"
_SCRATCH = ".vatra-backup-"


@dataclass(frozen=True)
class Backup:
    """What was written: the file, its digest, what its manifest says, whether the log knows."""

    file: Path
    digest: str
    manifest: dict[str, Any]
    is_logged: bool

    @property
    def byte_count(self) -> int:
        return self.file.stat().st_size

    @property
    def row_count(self) -> int:
        return sum(self.manifest["rows"].values())


def do_back_up_installation(*, file: Path, actor: str = ACTOR) -> Backup:
    """Write the whole installation into a new file while it goes on being served.

    What people write meanwhile is in it or not, never half: the database is read as it was at one
    moment, and files that change while they are read are read again. Raises ``OpsError`` when the
    file is there already, cannot be written, a file that belongs to it cannot be read, or the
    folders do not come to rest.
    """
    if file.exists():
        raise OpsError("web.ops.backup-exists", file=str(file))
    partial = file.with_name(file.name + PARTIAL)
    try:
        manifest = _write_at_rest(partial)
        digest = digest_of(partial)
        os.replace(partial, file)
    except OSError as problem:
        raise OpsError("web.ops.backup-unwritable", file=str(file), why=_why(problem)) from problem
    except DatabaseError as problem:
        raise OpsError("web.ops.no-database") from problem
    finally:
        partial.unlink(missing_ok=True)
    return Backup(file, digest, manifest, is_logged=_log(actor, digest))


def _log(actor: str, digest: str) -> bool:
    """Whether the log took the line: the backup stands even where a long write holds the log."""
    try:
        do_record_write(actor=actor, verb=VERB, noun="installation", name="backup", detail=digest)
    except DatabaseError:
        return False
    return True


def _why(problem: OSError) -> str:
    return os.strerror(problem.errno) if problem.errno else str(problem)


def _write_at_rest(partial: Path) -> dict[str, Any]:
    """Write until nobody has touched a file in between."""
    for _ in range(ATTEMPTS):
        with (
            tempfile.TemporaryDirectory(prefix=_SCRATCH, dir=partial.parent) as scratch,
            snapshot(Path(scratch)) as alias,
            writing(partial) as archive,
        ):
            manifest, at_rest = _write(archive, alias, [partial, Path(scratch)])
        if at_rest:
            return manifest
    raise OpsError("web.ops.folders-changing")


def _write(archive: Writer, alias: str, apart: list[Path]) -> tuple[dict[str, Any], bool]:
    """The manifest, and whether every file stayed as it was while it was read."""
    folders = _folders(alias)
    try:
        places = _places(folders, apart)
        states = [each.state() for each in places]
        for place in places:
            archive.add(place.name, _blocks(place.path))
        at_rest = states == [each.state() for each in _places(folders, apart)]
    except FileNotFoundError:
        return {}, False
    nodes = applied(alias)
    about = {
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "vatra": vatra.__version__,
        "database": connection.vendor,
        "migrations": nodes,
        "rows": _write_rows(archive, nodes, alias),
        "cities": sorted(folders),
        "inside": _inside(folders),
        "links_left_out": _links(folders),
        "has_key": any(each.name == f"data/{KEY_FILE}" for each in places),
    }
    return archive.close(about), at_rest


def _blocks(path: Path) -> Iterator[bytes]:
    """The bytes of a file that belongs to the backup; one that vanished is the caller's matter."""
    try:
        yield from file_blocks(path)
    except FileNotFoundError:
        raise
    except OSError as problem:
        raise OpsError(
            "web.ops.backup-source-unread", file=str(path), why=_why(problem)
        ) from problem


def _write_rows(archive: Writer, nodes: list[Node], alias: str) -> dict[str, int]:
    """Table -> number of rows."""
    rows = {}
    for model in models_at(nodes, alias):
        label = model._meta.label_lower
        counted = _Counted(lines_of(model, alias))
        archive.add(f"rows/{label}.jsonl", counted)
        rows[label] = counted.count - 1
    return rows


def _links(folders: dict[str, Path]) -> list[str]:
    return [f"{slug}/{each}" for slug, folder in sorted(folders.items()) for each in links(folder)]


class _Counted:
    """Lines and how many there were."""

    def __init__(self, lines: Iterator[bytes]) -> None:
        self._lines, self.count = lines, 0

    def __iter__(self) -> Iterator[bytes]:
        for line in self._lines:
            self.count += 1
            yield line


def _folders(alias: str) -> dict[str, Path]:
    """Slug -> output folder of each city that has one."""
    found = (
        apps.get_model("cities", "City")._base_manager.using(alias).values_list("slug", "folder")
    )
    return {slug: Path(folder) for slug, folder in found if folder and Path(folder).is_dir()}


def _inside(folders: dict[str, Path]) -> dict[str, str]:
    """Slug -> path within the data folder, for what was published from here: it stays there."""
    data = Path(settings.DATA).resolve()
    return {
        slug: folder.resolve().relative_to(data).as_posix()
        for slug, folder in sorted(folders.items())
        # Where a restore put it, it is no more than a city's folder.
        if data in folder.resolve().parents and folder.resolve() != data / CITIES / slug
    }


def _places(folders: dict[str, Path], apart: list[Path]) -> list[Place]:
    data, inside_data = Path(settings.DATA), _inside(folders)
    outside = {slug: folder for slug, folder in folders.items() if slug not in inside_data}
    found = data_files(data, [*outside.values(), *apart])
    for slug, folder in sorted(outside.items()):
        inside = [data] if folder.resolve() in data.parents else []
        found += city_files(slug, folder, [*inside, *apart])
    return found
