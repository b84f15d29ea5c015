"""The key that signs cookies: made once, kept in the data folder, readable by its owner only."""

from __future__ import annotations

import fcntl
import os
import secrets
from pathlib import Path

KEY_BYTES = 48


def secret_key(folder: Path) -> str:
    """The key in ``folder``, made now if there is none. ``VATRA_SECRET_KEY`` goes before it."""
    given = os.environ.get("VATRA_SECRET_KEY")
    if given:
        return given
    path = folder / "secret-key"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    kept = path.read_text("ascii").strip() if path.is_file() else ""
    return kept or _made(path)


def _made(path: Path) -> str:
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    with os.fdopen(handle, "r+", encoding="ascii") as stream:
        # Of processes that start together one makes it; the others wait here and read it.
        fcntl.flock(stream, fcntl.LOCK_EX)
        key = stream.read().strip()
        if not key:
            key = secrets.token_urlsafe(KEY_BYTES)
            stream.write(key + "\n")
            stream.flush()
            os.fsync(stream.fileno())
    return key


def earlier_keys() -> list[str]:
    """Keys of before, from ``VATRA_SECRET_KEY_OLD``, separated by commas."""
    given = os.environ.get("VATRA_SECRET_KEY_OLD", "").split(",")
    return [each.strip() for each in given if each.strip()]
