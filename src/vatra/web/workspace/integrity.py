"""Whether the bytes of every version and every upload are still those that were stored."""

from __future__ import annotations

import hashlib

from vatra.web.workspace import store
from vatra.web.workspace.sweeping import wanted

_BLOCK = 1 << 20


def look_through() -> tuple[int, tuple[str, ...]]:
    """How many stored files rows speak of, and the hashes of those missing or altered."""
    known = wanted()
    return len(known), tuple(sha for sha in sorted(known) if not _holds(sha))


def _holds(sha: str) -> bool:
    digest = hashlib.sha256()
    try:
        with store.path_of(sha).open("rb") as stream:
            while block := stream.read(_BLOCK):
                digest.update(block)
    except (OSError, ValueError):
        return False
    return digest.hexdigest() == sha
