"""Take the pictures of the README from the running pages: `python scripts/pictures.py`.

The example packs are computed into a temporary folder, served on a free port, and their pages are
photographed in light and dark into docs/pictures/. Run it when the pages have changed.
"""

from __future__ import annotations

import argparse
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal
from urllib.error import URLError

from browser import LAUNCH_ARGS, find_browser, node

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
MOST_BYTES = 300_000
SECONDS_TO_START = 60

# File name -> address behind the language, width and height of what is shown.
VIEWS = {
    "city": ("cities/cluj-napoca/", 1280, 920),
    "number": ("cities/cluj-napoca/number/buildings.2021/", 1280, 760),
    "inventory": ("cities/valea-lupului-de-sus/inventory/", 1100, 1080),
    "pathway": ("cities/iasi/pathway/", 1280, 1560),
    "laboratory": ("cities/iasi/laboratory/", 1280, 1180),
    "investment": ("cities/iasi/investment/", 1100, 900),
    "buildings": ("cities/iasi/buildings/", 1100, 1180),
    "building": ("cities/iasi/building/n01/", 1100, 1200),
    "renovation": ("cities/iasi/building/v01/renovation/", 1100, 1200),
    "quarter": (
        "cities/iasi/buildings/quarter/"
        "?kind=budget&of=co2&euros=5000000&flats=300&rank=municipality&eu=no",
        1100,
        1340,
    ),
    "completeness": ("cities/valea-lupului-de-sus/inventory/completeness/", 1100, 1000),
}
PACKS = ("cluj", "valea-lupului-de-sus", "iasi")
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


def main() -> None:
    """Compute, serve, photograph."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    arguments.add_argument("--lang", choices=("en", "ro"), default="en")
    arguments.add_argument("--port", type=int, default=0, help="a free one unless given")
    asked = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder, _served(Path(folder), asked.port) as url:
        for path in photograph(url, asked.lang):
            size = path.stat().st_size
            print(f"{path.relative_to(ROOT)}: {size / 1000:,.0f} kB")
            if size > MOST_BYTES:
                sys.exit(f"{path.name} is larger than {MOST_BYTES / 1000:,.0f} kB")


@contextmanager
def _served(folder: Path, port: int) -> Iterator[str]:
    """The examples' pages for as long as they are needed."""
    vatra = [sys.executable, "-m", "vatra.cli"]
    outs = [folder / name for name in PACKS]
    for name, out in zip(PACKS, outs, strict=True):
        made = [*vatra, "contract", str(ROOT / "examples" / name), "--out", str(out)]
        subprocess.run(made, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    port = port or _free_port()
    environment = os.environ | {"VATRA_DATA": str(folder / "data")}
    serve = [*vatra, "serve", *map(str, outs), "--port", str(port)]
    served = subprocess.Popen(serve, env=environment)
    url = f"http://127.0.0.1:{port}"
    try:
        _wait_for(f"{url}/health", served)
        yield url
    finally:
        served.terminate()
        served.wait(timeout=20)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(url: str, served: subprocess.Popen[bytes]) -> None:
    from urllib.request import urlopen  # noqa: TID251  # it asks only the pages it started

    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline:
        if served.poll() is not None:
            sys.exit("the pages ended before they could be photographed")
        try:
            with urlopen(url, timeout=5):
                return
        except (URLError, OSError):
            time.sleep(0.2)
    sys.exit(f"no answer at {url} after {SECONDS_TO_START} s")


def photograph(url: str, lang: str) -> Iterator[Path]:
    """Every view in light and dark, as PNG files."""
    from playwright.sync_api import sync_playwright

    browser_path = find_browser()
    if browser_path is None:
        sys.exit("no Chromium: python scripts/browser.py --install")
    os.environ.setdefault("PLAYWRIGHT_NODEJS_PATH", str(node()))
    PICTURES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(browser_path), args=list(LAUNCH_ARGS)
        )
        for name, (address, width, height) in VIEWS.items():
            for scheme in SCHEMES:
                context = browser.new_context(
                    viewport={"width": width, "height": height},
                    color_scheme=scheme,
                    reduced_motion="reduce",
                    locale=lang,
                )
                page = context.new_page()
                page.goto(f"{url}/{lang}/{address}", wait_until="networkidle")
                path = PICTURES / f"{name}-{scheme}.png"
                page.screenshot(path=path, animations="disabled")
                context.close()
                yield path
        browser.close()


if __name__ == "__main__":
    main()
