"""Is an installation as it should be? Each function looks at one thing and says what it found."""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http.request import validate_host

from vatra.contract import verify
from vatra.runs.publish import CONTRACT, PACK
from vatra.web.base.queries import verify as verify_log
from vatra.web.cities.folders import read_document
from vatra.web.cities.models import City
from vatra.web.ops.archive import file_blocks
from vatra.web.ops.places import DATABASE_FILE, KEY_FILE, RESTORING
from vatra.web.ops.rows import applied, unknown
from vatra.web.workspace.integrity import look_through
from vatra.web.workspace.sweeping import unwanted
from vatra.words import Language, say

Severity = Literal["ok", "warning", "error"]
MOST_NAMED = 10
MB = 1024 * 1024
FREE_MB_ERROR = 200
FREE_SHARE_WARNING = 0.05


@dataclass(frozen=True)
class Remark:
    """What a check found; ``key`` and ``params`` of its sentence."""

    check: str
    severity: Severity
    key: str
    params: dict[str, Any]

    def message(self, lang: Language) -> str:
        """The sentence in a language."""
        return say(self.key, lang, **self.params)

    def as_dict(self, lang: Language) -> dict[str, str]:
        """Plain data for JSON and CSV."""
        return {"check": self.check, "severity": self.severity, "message": self.message(lang)}


def check_installation() -> list[Remark]:
    """Everything that was looked at, in a fixed order; the database first, as much rests on it."""
    found: list[Remark] = []
    for look in (_database, _migrations):
        if not found or found[-1].severity == "ok":
            found += look()
    # Without a database or its tables there is nothing to look at.
    if all(each.severity != "error" for each in found):
        found += [*_cities(), *_store(), *_log()]
    for look in (_address, _disk, _permissions, _restoring):
        found += look()
    return found


def _remark(check: str, severity: Severity, key: str, **params: Any) -> Remark:
    return Remark(check, severity, f"web.ops.{key}", params)


def _database() -> Iterator[Remark]:
    try:
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                cursor.execute("PRAGMA quick_check(1)")
                row = cursor.fetchone()
                if row is None or row[0] != "ok":
                    yield _remark("database", "error", "check-database-damaged")
                    return
            else:
                cursor.execute("SELECT 1")
    except DatabaseError:
        yield _remark("database", "error", "no-database")
        return
    yield _remark("database", "ok", "check-database", engine=connection.display_name)


def pending_migrations() -> list[str]:
    """Migrations of this version that the database has not had yet."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{each.app_label}.{each.name}" for each, _ in plan]


def _migrations() -> Iterator[Remark]:
    newer, pending = unknown(applied("default")), pending_migrations()
    if newer:
        yield _remark("migrations", "error", "backup-newer", migrations=newer)
    if pending:
        yield _remark("migrations", "error", "check-migrations-pending", migrations=pending)
    if not newer and not pending:
        yield _remark("migrations", "ok", "check-migrations")


def _cities() -> Iterator[Remark]:
    """Each city's sealed contract holds, and its pack is the one that was sealed."""
    whole = 0
    # A city on which work has only begun has nothing sealed yet.
    for city in City.objects.exclude(folder="").order_by("slug"):
        faults = list(_city(city))
        yield from faults
        whole += not faults
    yield _remark("cities", "ok", "check-cities", count=whole)


def _city(city: City) -> Iterator[Remark]:
    # A city that is no longer shown may have lost its folder; that hurts no page.
    severity: Severity = "error" if city.is_listed else "warning"
    folder = Path(city.folder)
    try:
        content = read_document(folder)
        seal = content["seal"]["value"]
        files = content["versions"]["files"]
    except (OSError, ValueError, KeyError, TypeError):
        yield _remark("cities", severity, "check-no-contract", city=city.slug, file=CONTRACT)
        return
    broken = verify(content)
    if broken:
        what = broken[0].path
        yield _remark("cities", severity, "check-seal-broken", city=city.slug, figure=what)
    elif seal != city.run_id:
        yield _remark("cities", severity, "check-other-seal", city=city.slug, file=CONTRACT)
    elif not city.editions.filter(seal=seal).exists():
        yield _remark("cities", severity, "check-no-edition", city=city.slug)
    found = {name: _digest(folder / PACK / name) for name in sorted(files)}
    unread = [name for name, digest in found.items() if digest is None]
    altered = [name for name, digest in found.items() if digest not in (None, _sha256(files[name]))]
    if unread:
        yield _remark("cities", severity, "check-files-unread", city=city.slug, files=unread)
    if altered:
        yield _remark("cities", severity, "check-files-altered", city=city.slug, files=altered)


def _sha256(about: dict[str, Any]) -> str:
    return str(about["sha256"])


def _digest(path: Path) -> str | None:
    """SHA-256 of a file; none where it is not there or this account may not read it."""
    digest = hashlib.sha256()
    try:
        for block in file_blocks(path):
            digest.update(block)
    except OSError:
        return None
    return digest.hexdigest()


def _store() -> Iterator[Remark]:
    """The bytes that rows speak of are there, the ones that were stored, and no others."""
    count, damaged = look_through()
    if damaged:
        yield _remark("store", "error", "check-store-damaged", files=list(damaged[:MOST_NAMED]))
    else:
        yield _remark("store", "ok", "check-store", count=count)
    old, fresh = unwanted()
    found = old if old.file_count else fresh
    about = {"count": found.file_count, "byte_count": found.byte_count}
    if old.file_count:
        yield _remark("unwanted", "warning", "check-unwanted-old", **about)
    else:
        yield _remark("unwanted", "ok", "check-unwanted", **about)


def _log() -> Iterator[Remark]:
    """The chain of the log holds from its first entry to its end."""
    verdict = verify_log()
    if verdict.holds:
        yield _remark("log", "ok", "check-log", count=verdict.whole_count)
    else:
        entry = verdict.whole_count + 1
        yield _remark("log", "error", "check-log-broken", entry=entry)


def _address() -> Iterator[Remark]:
    """Documents, codes and letters name the installation as people reach it."""
    if not settings.PUBLIC_URL:
        yield _remark("address", "warning", "check-no-address")
        return
    host = urlsplit(settings.PUBLIC_URL).hostname or ""
    if not validate_host(host, settings.ALLOWED_HOSTS):
        yield _remark("address", "warning", "check-other-host", host=host)
    else:
        yield _remark("address", "ok", "check-address", url=settings.PUBLIC_URL)


def free_disk() -> tuple[int, int]:
    """Free and all bytes of the disk that the data folder is on."""
    data = Path(settings.DATA)
    usage = shutil.disk_usage(next(each for each in (data, *data.parents) if each.is_dir()))
    return usage.free, usage.total


def _disk() -> Iterator[Remark]:
    free, total = free_disk()
    severity: Severity = "ok"
    if free < total * FREE_SHARE_WARNING:
        severity = "warning"
    if free < FREE_MB_ERROR * MB:
        severity = "error"
    key = "check-disk" if severity == "ok" else "check-disk-low"
    yield _remark("disk", severity, key, free_mb=free // MB, total_mb=total // MB)


def _permissions() -> Iterator[Remark]:
    """Nobody else reads people's data or the key, and we may write."""
    data = Path(settings.DATA)
    if not os.access(data, os.W_OK | os.X_OK):
        yield _remark("permissions", "error", "check-not-writable", path=data.name)
        return
    open_to_all = [
        name
        for name in (KEY_FILE, DATABASE_FILE)
        if (data / name).exists() and stat.S_IMODE((data / name).stat().st_mode) & 0o077
    ]
    closed_folder = not stat.S_IMODE(data.stat().st_mode) & 0o077
    if KEY_FILE in open_to_all:
        yield _remark("permissions", "error", "check-readable", files=[KEY_FILE])
    elif open_to_all and not closed_folder:
        yield _remark("permissions", "warning", "check-readable", files=open_to_all)
    else:
        yield _remark("permissions", "ok", "check-permissions")


def _restoring() -> Iterator[Remark]:
    if (Path(settings.DATA) / RESTORING).exists():
        yield _remark("restore", "error", "check-restoring", folder=RESTORING)
