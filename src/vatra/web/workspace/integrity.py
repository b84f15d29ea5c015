"""Whether the bytes of every version are still those that were stored."""

from __future__ import annotations

import hashlib

from vatra.web.workspace import store
from vatra.web.workspace.models import Version

_BLOCK = 1 << 20


def look_through() -> tuple[int, tuple[str, ...]]:
    """How many stored files versions speak of, and the hashes of those missing or altered."""
    wanted: set[str] = set()
    for manifest in Version.objects.values_list("manifest", flat=True).iterator(chunk_size=500):
        wanted.update(manifest.values())
    return len(wanted), tuple(sha for sha in sorted(wanted) if not _holds(sha))


def _holds(sha: str) -> bool:
    digest = hashlib.sha256()
    try:
        with store.path_of(sha).open("rb") as stream:
            while block := stream.read(_BLOCK):
                digest.update(block)
    except (OSError, ValueError):
        return False
    return digest.hexdigest() == sha
