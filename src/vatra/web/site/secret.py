"""The key that signs cookies: made once, kept in the data folder, readable by its owner only."""

from __future__ import annotations

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
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text("ascii").strip()
    with os.fdopen(handle, "w", encoding="ascii") as stream:
        key = secrets.token_urlsafe(KEY_BYTES)
        stream.write(key + "\n")
    return key


def earlier_keys() -> list[str]:
    """Keys of before, from ``VATRA_SECRET_KEY_OLD``, separated by commas."""
    given = os.environ.get("VATRA_SECRET_KEY_OLD", "").split(",")
    return [each.strip() for each in given if each.strip()]
