"""The database as it is at one moment, while the pages go on being served and written to."""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction

ALIAS = "snapshot"


@contextmanager
def snapshot(folder: Path) -> Iterator[str]:
    """Give the alias of a database that nobody writes to; ``folder`` may hold a copy of it.

    SQLite is copied by its own means, which no writer waits for; PostgreSQL keeps a view of one
    moment for as long as the transaction lasts.
    """
    if connection.vendor == "sqlite":
        file = folder / "snapshot.sqlite3"
        _copy(file)
        with other_connection(ALIAS, {"NAME": str(file)}):
            yield ALIAS
        return
    with other_connection(ALIAS, _one_moment()), transaction.atomic(using=ALIAS):
        yield ALIAS


@contextmanager
def database_at(file: Path) -> Iterator[None]:
    """A SQLite file in the place of the installation's own: migrations may name no other."""
    connection.close()
    own = connection.settings_dict["NAME"]
    connection.settings_dict["NAME"] = str(file)
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = own


@contextmanager
def other_connection(alias: str, changes: dict[str, Any]) -> Iterator[None]:
    """A second connection like the first one but for ``changes``, closed at the end."""
    connections.databases[alias] = {**connections.databases[DEFAULT_DB_ALIAS], **changes}
    try:
        yield
    finally:
        connections[alias].close()
        del connections[alias]
        del connections.databases[alias]


def _one_moment() -> dict[str, Any]:
    from psycopg import IsolationLevel

    own = connections.databases[DEFAULT_DB_ALIAS]["OPTIONS"]
    return {"OPTIONS": {**own, "isolation_level": IsolationLevel.REPEATABLE_READ}}


def _copy(file: Path) -> None:
    connection.ensure_connection()
    try:
        with closing(sqlite3.connect(file)) as target:
            connection.connection.backup(target)
    except sqlite3.Error as problem:
        # What was written is a file like any other: who asked hears why it could not be.
        if problem.sqlite_errorcode == sqlite3.SQLITE_FULL:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)) from problem
        raise OSError(str(problem)) from problem
