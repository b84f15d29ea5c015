"""Files that are there with all they hold, or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

# Backups leave out what has this ending: somebody is still writing it.
PARTIAL = ".partial"


def write_whole(target: Path, content: bytes, *, settled: bool = False, mode: int = 0o600) -> None:
    """Write a file into a folder that is there, over what has its name.

    ``settled``: on the disk before it has its name, so that a power cut leaves it whole or not
    there. Raises ``OSError``.
    """
    handle, name = tempfile.mkstemp(dir=target.parent, suffix=PARTIAL)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            if settled:
                stream.flush()
                os.fsync(stream.fileno())
        os.chmod(name, mode)
        os.replace(name, target)
    finally:
        Path(name).unlink(missing_ok=True)
