"""Which database: SQLite in the data folder, or PostgreSQL where ``VATRA_DATABASE_URL`` says so."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from vatra.words import say

SQLITE_FILE = "vatra.sqlite3"
SCHEMES = ("postgres", "postgresql")
KEPT_OPEN_SECONDS = 60
CONNECT_SECONDS = 10


def database(url: str, data: Path) -> dict[str, Any]:
    """Django's settings of the database.

    ``url`` is ``postgres://user:password@host:port/name?sslmode=require``, with ``?host=`` for the
    folder of a socket, or empty for SQLite in ``data``. Raises ``ImproperlyConfigured``, never with
    the address in its words: it holds a password.
    """
    return _postgres(url) if url else _sqlite(data / SQLITE_FILE)


def _sqlite(file: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": file,
        "OPTIONS": {
            # Readers and one writer side by side; a writer takes its place at the start.
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
        },
    }


def _postgres(url: str) -> dict[str, Any]:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise ImproperlyConfigured(say("web.ops.database-url", "en")) from None
    name = unquote(parts.path.removeprefix("/"))
    if parts.scheme not in SCHEMES or not name or "/" in name:
        raise ImproperlyConfigured(say("web.ops.database-url", "en"))
    if find_spec("psycopg") is None:
        raise ImproperlyConfigured(say("web.ops.no-psycopg", "en"))
    options: dict[str, Any] = {"connect_timeout": CONNECT_SECONDS, **dict(parse_qsl(parts.query))}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", "") or unquote(parts.hostname or ""),
        "PORT": str(port or ""),
        "CONN_MAX_AGE": KEPT_OPEN_SECONDS,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }
