"""Take the pictures of the README from the running pages: `python scripts/pictures.py`.

The example packs are computed into a temporary folder, people work on one of them
(worked_city.py), all is served on a free port, and the pages are photographed in light and dark
into docs/pictures/. Run it when the pages have changed; `--only desk sign` takes some of them.
"""

from __future__ import annotations

import argparse
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Literal
from urllib.error import URLError

from browser import LAUNCH_ARGS, find_browser, node

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
MOST_BYTES = 300_000
SECONDS_TO_START = 60
# Of a site without TLS.
COOKIE = "sessionid"
# What stands where figures of a draft are still being computed.
WAITING = ".desk-skeleton, .edit-skeleton"
COMPUTED_MS = 300_000

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
# Of the workspace: who looks is named first; nobody for a public page.
WORK = "cities/iasi/work/"
WORK_VIEWS = {
    "desk": ("lia", WORK, 1280, 1080),
    "evidence": ("lia", f"{WORK}evidence/1/rows/", 1280, 980),
    "table": ("ana", f"{WORK}tables/energy/", 1280, 900),
    "section": ("ana", f"{WORK}contract/sections/goal/", 1280, 960),
    "sign": ("mara", f"{WORK}publish/2/sign/", 390, 844),
    "edition": ("", "cities/iasi/editions/1/", 1100, 1000),
    "progress": ("", "cities/iasi/progress/", 1100, 1100),
}
PACKS = ("cluj", "valea-lupului-de-sus", "iasi")
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


def main() -> None:
    """Compute, serve, photograph."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    arguments.add_argument("--lang", choices=("en", "ro"), default="en")
    arguments.add_argument("--port", type=int, default=0, help="a free one unless given")
    arguments.add_argument("--only", nargs="*", default=[], help="names of pictures")
    asked = arguments.parse_args()
    with (
        tempfile.TemporaryDirectory() as folder,
        _served(Path(folder), asked.port) as (url, sessions),
    ):
        for path in photograph(url, asked.lang, sessions, asked.only):
            size = path.stat().st_size
            print(f"{path.relative_to(ROOT)}: {size / 1000:,.0f} kB")
            if size > MOST_BYTES:
                sys.exit(f"{path.name} is larger than {MOST_BYTES / 1000:,.0f} kB")


@contextmanager
def _served(folder: Path, port: int) -> Iterator[tuple[str, Mapping[str, str]]]:
    """The examples' pages for as long as they are needed, and a session of each person."""
    vatra = [sys.executable, "-m", "vatra.cli"]
    outs = [folder / name for name in PACKS]
    for name, out in zip(PACKS, outs, strict=True):
        made = [*vatra, "contract", str(ROOT / "examples" / name), "--out", str(out)]
        subprocess.run(made, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    port = port or _free_port()
    # An edition shows its address and its code only where the installation knows its own.
    own = {"VATRA_DATA": str(folder / "data"), "VATRA_URL": "https://vatra.example.ro"}
    environment = os.environ | own
    worked = [sys.executable, str(ROOT / "scripts" / "worked_city.py"), *map(str, outs)]
    filled = subprocess.run(worked, env=environment, check=True, stdout=subprocess.PIPE)
    # Without folders: the database holds the cities, and one has an edition newer than its folder.
    serve = [*vatra, "serve", "--port", str(port)]
    served = subprocess.Popen(serve, env=environment)
    url = f"http://127.0.0.1:{port}"
    try:
        _wait_for(f"{url}/health", served)
        yield url, json.loads(filled.stdout)
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


def photograph(
    url: str, lang: str, sessions: Mapping[str, str], only: Sequence[str] = ()
) -> Iterator[Path]:
    """Every view in light and dark, as PNG files."""
    from playwright.sync_api import expect, sync_playwright

    browser_path = find_browser()
    if browser_path is None:
        sys.exit("no Chromium: python scripts/browser.py --install")
    os.environ.setdefault("PLAYWRIGHT_NODEJS_PATH", str(node()))
    PICTURES.mkdir(parents=True, exist_ok=True)
    views = {name: ("", *view) for name, view in VIEWS.items()} | WORK_VIEWS
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(browser_path), args=list(LAUNCH_ARGS)
        )
        for name, (who, address, width, height) in views.items():
            for scheme in SCHEMES if not only or name in only else ():
                context = browser.new_context(
                    viewport={"width": width, "height": height},
                    color_scheme=scheme,
                    reduced_motion="reduce",
                    locale=lang,
                )
                if who:
                    context.add_cookies([{"name": COOKIE, "value": sessions[who], "url": url}])
                page = context.new_page()
                page.goto(f"{url}/{lang}/{address}", wait_until="networkidle")
                expect(page.locator(WAITING)).to_have_count(0, timeout=COMPUTED_MS)
                path = PICTURES / f"{name}-{scheme}.png"
                page.screenshot(path=path, animations="disabled")
                context.close()
                yield path
        browser.close()


if __name__ == "__main__":
    main()
