"""A slider of the laboratory is moved in a real browser: from the event to the painted answer.

The plan is that of Iași, some sixty actions; every answer evaluates all of them and five hundred
draws. Beside it the floor: the same page asks the same server for a word and paints that.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from scripts.browser import LAUNCH_ARGS, find_browser, node
from vatra.runs.contract import run
from vatra.runs.publish import publish

PACK = Path(__file__).resolve().parent.parent / "examples" / "iasi"
MOVES, WARM_UP_MOVES = 40, 5
_START_SECONDS = 120.0
# Painted: the frame after the change has been drawn when a task behind it runs.
_MOVE = """async (moves) => {
  const painted = () => new Promise((done) =>
    requestAnimationFrame(() => setTimeout(() => done(performance.now()))));
  const slider = document.querySelectorAll("#lab-form input[type=range]")[1];
  const place = document.querySelector("#lab-result");
  const taken = [];
  for (let move = 0; move < moves; move += 1) {
    const answered = new Promise((done) => {
      const seen = new MutationObserver(() => { seen.disconnect(); done(painted()); });
      seen.observe(place, { childList: true });
    });
    const begin = performance.now();
    slider.value = String(5 + (move * 37) % 90);
    slider.dispatchEvent(new Event("input", { bubbles: true }));
    taken.push(await answered - begin);
  }
  return taken;
}"""
_FLOOR = """async (moves) => {
  const painted = () => new Promise((done) =>
    requestAnimationFrame(() => setTimeout(() => done(performance.now()))));
  const place = document.querySelector("#lab-result");
  const taken = [];
  for (let move = 0; move < moves; move += 1) {
    const begin = performance.now();
    const answer = await fetch("/health");
    place.textContent = await answer.text() + move;
    taken.push(await painted() - begin);
  }
  return taken;
}"""


def measure_slider() -> dict[str, float]:
    """Seconds: ``median``, ``p95`` of the answers, ``floor`` of a word from the same server."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "iasi"
        publish(run(PACK), folder)
        with _served(folder) as address, _opened() as page:
            page.goto(f"{address}/en/cities/iasi/laboratory/", timeout=_START_SECONDS * 1000)
            page.evaluate(_MOVE, WARM_UP_MOVES)
            taken = page.evaluate(_MOVE, MOVES)
            floor = page.evaluate(_FLOOR, MOVES)
    return {
        "median": median(taken) / 1000,
        "p95": quantiles(taken, n=20)[-1] / 1000,
        "floor": median(floor) / 1000,
    }


@contextmanager
def _served(folder: Path) -> Iterator[str]:
    """The pages of a folder on a free port, as ``vatra serve`` shows them."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {**os.environ, "VATRA_DATA": str(folder.parent / "data")}
    begin = "from vatra.cli import main; main()"
    command = [sys.executable, "-c", begin, "serve", str(folder), "--port", str(port)]
    address = f"http://127.0.0.1:{port}"
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, env=environment, stdout=quiet, stderr=quiet) as server:
        try:
            _wait(port)
            yield address
        finally:
            server.terminate()


def _wait(port: int) -> None:
    begin = time.monotonic()
    while time.monotonic() - begin < _START_SECONDS:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError("the server did not start")


@contextmanager
def _opened() -> Iterator[Any]:
    """A page in a headless Chromium."""
    path = find_browser()
    if path is None:
        raise RuntimeError("no Chromium: python scripts/browser.py --install")
    os.environ.setdefault("PLAYWRIGHT_NODEJS_PATH", str(node()))
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(LAUNCH_ARGS))
        try:
            yield browser.new_page(viewport={"width": 1280, "height": 900})
        finally:
            browser.close()
