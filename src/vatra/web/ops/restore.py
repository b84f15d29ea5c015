"""An installation from its backup, on an empty machine, wholly or not at all.

Everything is written into ``.restoring`` inside the data folder and held against the manifest
there. Only then do files move to their places, the database last: it is the sign that all is here.
A restore that was broken off leaves no database behind, and the next one begins again.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection, transaction

from vatra.web.ops.archive import Reader, reading
from vatra.web.ops.errors import OpsError
from vatra.web.ops.places import CITIES, DATABASE_FILE, RESTORING, RUNNING
from vatra.web.ops.rows import Node, applied, load, make_tables, models_at, set_counters, unknown
from vatra.web.ops.snapshot import database_at

MOVED = "moved.json"
# The log of writes: an installation whose log has no line is one in which nobody did anything.
_LOG_TABLE = "base_auditentry"
_NOT_OURS = {RESTORING, RUNNING, "lost+found"}
# Unpacked files and the database built from the rows, both beside what is there already.
ROOM_FACTOR = 1.5
MB = 1024 * 1024


@dataclass(frozen=True)
class Restored:
    """What was restored: the data folder and what the backup's manifest says."""

    data: Path
    manifest: dict[str, Any]

    @property
    def row_count(self) -> int:
        return sum(self.manifest["rows"].values())


def do_restore_installation(*, file: Path, digest: str = "") -> Restored:
    """Bring back everything of a backup into the data folder and the database of the settings.

    ``digest`` is what the backup said when it was made, kept apart from it. Raises ``OpsError``
    before anything is written when the backup does not hold, was made by a later version, or
    anything is here already.
    """
    data = Path(settings.DATA)
    with reading(file, digest) as backup:
        nodes = [(app, name) for app, name in backup.manifest["migrations"]]
        _need_known(nodes)
        _need_empty(data, nodes)
        _need_room(data, backup.byte_count)
        try:
            _restore(backup, data, nodes)
        except (OSError, DatabaseError) as problem:
            _undo(data)
            raise OpsError("web.ops.restore-broken-off", why=_why(problem)) from problem
        except BaseException:
            _undo(data)
            raise
    # What later versions added to the tables; tables of the backup were those of its own version.
    call_command("migrate", interactive=False, verbosity=0)
    shutil.rmtree(data / RESTORING)
    return Restored(data, backup.manifest)


def _why(problem: Exception) -> str:
    number = getattr(problem, "errno", None)
    return os.strerror(number) if number else type(problem).__name__


def _restore(backup: Reader, data: Path, nodes: list[Node]) -> None:
    on_server = connection.vendor != "sqlite"
    staging = _begin(data)
    for name in backup.names("data/"):
        _unpack(backup, name, staging / name.removeprefix("data/"), 0o600)
    for name in backup.names(f"{CITIES}/"):
        _unpack(backup, name, staging / name, 0o644)
    with _database(staging):
        make_tables(nodes, DEFAULT_DB_ALIAS)
        with transaction.atomic():
            _fill(backup, nodes, DEFAULT_DB_ALIAS, data)
            if on_server:
                # Files first: where the machine stops in between, there are no rows either.
                _move(staging, data)
    if not on_server:
        _move(staging, data)


@contextmanager
def _database(staging: Path) -> Iterator[None]:
    """The database to be filled: a new file, or the one of the server."""
    if connection.vendor != "sqlite":
        yield
        return
    file = staging / DATABASE_FILE
    os.close(os.open(file, os.O_WRONLY | os.O_CREAT, 0o600))
    with database_at(file):
        yield


def _fill(backup: Reader, nodes: list[Node], alias: str, data: Path) -> None:
    """All rows as they were, and each city's folder where it lies now."""
    models = models_at(nodes, alias)
    # Rows that migrations themselves put there come back from the backup.
    for model in models:
        if model._base_manager.using(alias).exists():
            model._base_manager.using(alias).all()._raw_delete(alias)
    for model in models:
        label = model._meta.label_lower
        count = load(model, backup.lines(f"rows/{label}.jsonl"), alias)
        if count != backup.manifest["rows"][label]:
            raise OpsError("web.ops.backup-altered", file=backup.name)
    set_counters(models, alias)
    for model in models:
        if model._meta.label_lower == "cities.city":
            for slug in backup.manifest["cities"]:
                found = model._base_manager.using(alias).filter(slug=slug)
                # Backups of earlier versions know of no folders inside.
                inside = backup.manifest.get("inside", {}).get(slug, f"{CITIES}/{slug}")
                found.update(folder=str(data / inside))


def _need_known(nodes: list[Node]) -> None:
    newer = unknown(nodes)
    if newer:
        raise OpsError("web.ops.backup-newer", migrations=newer)


def _need_empty(data: Path, nodes: list[Node]) -> None:
    allowed = _NOT_OURS | (set(_moved(data)) - {DATABASE_FILE})
    found = sorted(each.name for each in data.iterdir()) if data.is_dir() else []
    here = [name for name in found if name not in allowed]
    if here:
        raise OpsError("web.ops.not-empty", folder=str(data), entries=here)
    if connection.vendor != "sqlite" and _has_rows(nodes):
        raise OpsError("web.ops.database-not-empty")


def _has_rows(nodes: list[Node]) -> bool:
    """Whether a database holds more than the empty tables of these migrations."""
    tables = connection.introspection.table_names()
    if not tables:
        return False
    if not set(applied(DEFAULT_DB_ALIAS)) <= set(nodes):
        return True
    if _LOG_TABLE not in tables:
        return "django_migrations" not in tables
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT 1 FROM {_LOG_TABLE} LIMIT 1")
        return cursor.fetchone() is not None


def _need_room(data: Path, byte_count: int) -> None:
    there = next(each for each in (data, *data.parents) if each.is_dir())
    free = shutil.disk_usage(there).free
    needed = int(byte_count * ROOM_FACTOR)
    if free < needed:
        raise OpsError("web.ops.no-room", needed_mb=-(-needed // MB), free_mb=free // MB)


def _moved(data: Path) -> list[str]:
    """Names that an unfinished restore had begun to put in their places."""
    try:
        names = json.loads((data / RESTORING / MOVED).read_bytes())
    except (OSError, ValueError):
        return []
    return [name for name in names if isinstance(name, str) and Path(name).name == name]


def _begin(data: Path) -> Path:
    """An empty folder for everything that is restored; what was left of another attempt goes."""
    data.mkdir(parents=True, exist_ok=True, mode=0o700)
    _undo(data)
    staging = data / RESTORING
    staging.mkdir(mode=0o700)
    return staging


def _undo(data: Path) -> None:
    for name in _moved(data):
        path = data / name
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    if (data / RESTORING).exists():
        shutil.rmtree(data / RESTORING)


def _unpack(backup: Reader, name: str, path: Path, mode: int) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(handle, "wb") as out:
        for block in backup.blocks(name):
            out.write(block)


def _move(staging: Path, data: Path) -> None:
    """Everything to its place, the database last."""
    names = sorted((each.name for each in staging.iterdir()), key=lambda n: (n == DATABASE_FILE, n))
    (staging / MOVED).write_text(json.dumps(names), "utf-8")
    if hasattr(os, "sync"):
        os.sync()
    for name in names:
        os.rename(staging / name, data / name)
