"""An administrator brings an installation back on an empty machine; in the browser all holds."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.web.journeys.conftest import Come
from tests.web.ops.conftest import Installation
from tests.web.publication.test_faults import (
    AGAIN,
    PUBLISH,
    SEAL,
    installed,
    out,
    signed,
    state,
)
from tests.web.site.test_serve import wait_for

__all__ = ["installed", "out"]
pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.sqlite]


@contextmanager
def serving(place: Installation) -> Iterator[str]:
    """The pages of an installation, by the command line."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "vatra.cli", "serve", "--port", str(port)]
    process = subprocess.Popen(
        command,
        env=place.environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    url = f"http://127.0.0.1:{port}"
    try:
        wait_for(url, process)
        yield url
    finally:
        process.terminate()
        process.communicate(timeout=120)


def test_every_hash_and_signature_holds_after_a_restore(
    installed: Installation, tmp_path: Path, come: Come
) -> None:
    installed.python(AGAIN + SEAL)
    signed(installed, tmp_path)
    installed.python(AGAIN + PUBLISH)
    seal = state(installed)["seal"]
    file = tmp_path / "whole.zip"
    told = installed.as_json("backup", file)
    new = Installation(tmp_path / "new" / "data")
    new.as_json("restore", file, "--digest", told["digest"])
    checked = new.as_json("check")
    assert checked["ok"]
    with serving(new) as url:
        visitor = come(f"{url}/en/")
        visitor.follow("Poiana")
        visitor.clean()
        visitor.follow("Contract", within="Pages of Poiana")
        visitor.told("its seal holds")
        visitor.told(seal)
        visitor.follow("Editions and signatures")
        visitor.page.locator("main a[href$='/editions/1/']").first.click()
        visitor.reads("is intact and in force.")
        visitor.reads("1 signature, verified now: it holds.")
        visitor.clean()
        with visitor.page.expect_download() as taken:
            visitor.follow("contract.json")
        visitor.follow("Verify a contract")
        visitor.page.get_by_label("File contract.json, PDF or report.json").set_input_files(
            {
                "name": "contract.json",
                "mimeType": "application/json",
                "buffer": taken.value.path().read_bytes(),
            }
        )
        visitor.press("Verify")
        visitor.reads("is intact and in force.")
        visitor.page.goto("about:blank")
