"""A disk that is full, for real: a small one of its own, or a limit on what a process may write.

The limit (``RLIMIT_FSIZE``) works everywhere and cuts each file off after so many bytes, the
database's too; the small disk (tmpfs) needs leave to mount one and is full as a whole.
"""

from __future__ import annotations

import os
import resource
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

BALLAST = "ballast.partial"
BLOCK = 4096


class Limit:
    """No file may become longer than the room that is left; holds for processes begun then."""

    @contextmanager
    def room(self, byte_count: int) -> Iterator[None]:
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (byte_count, hard))
        try:
            yield
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

    def remove(self) -> None:
        """Nothing to remove."""


class SmallDisk:
    """A disk of some megabytes at ``folder``."""

    def __init__(self, folder: Path, megabytes: int) -> None:
        self.folder = folder
        folder.mkdir(parents=True)
        command = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "none", str(folder)]
        self.is_there = (
            os.geteuid() == 0
            and subprocess.run(command, capture_output=True, check=False).returncode == 0
        )

    @contextmanager
    def room(self, byte_count: int) -> Iterator[None]:
        ballast = self.folder / BALLAST
        with ballast.open("wb", buffering=0) as out, suppress(OSError):
            while True:
                out.write(bytes(BLOCK))
        whole = ballast.stat().st_size - byte_count // BLOCK * BLOCK
        os.truncate(ballast, max(0, whole))
        try:
            yield
        finally:
            ballast.unlink()

    def remove(self) -> None:
        if self.is_there:
            subprocess.run(["umount", "-l", str(self.folder)], check=True)


Disk = Limit | SmallDisk
