"""``vatra admin create``: a link behind which the first account is made."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("allauth")

pytestmark = pytest.mark.web


def vatra(data: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """In a process of its own: the tests' settings are not those of the command."""
    own = {key: value for key, value in os.environ.items() if not key.startswith("VATRA_")}
    own.pop("DJANGO_SETTINGS_MODULE", None)
    command = [sys.executable, "-m", "vatra.cli", "admin", "create", *arguments]
    return subprocess.run(
        [*command, "--data", str(data)], env=own, capture_output=True, text=True, check=False
    )


@pytest.mark.slow
def test_a_link_is_printed_and_the_database_made(tmp_path: Path) -> None:
    done = vatra(
        tmp_path / "new",
        "Ana@Example.org",
        "--url",
        "https://vatra.example.org/",
        "--format",
        "json",
    )
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert answer["email"] == "ana@example.org"
    assert answer["url"].startswith("https://vatra.example.org/en/account/invitations/")
    assert (tmp_path / "new" / "vatra.sqlite3").is_file()


@pytest.mark.slow
@pytest.mark.parametrize("email", ["ana", "@example.org", "ana example@example.org", "ana@"])
def test_what_is_no_address_is_refused(tmp_path: Path, email: str) -> None:
    done = vatra(tmp_path / "new", email)
    assert done.returncode == 1
    assert "is not an e-mail address" in done.stdout + done.stderr
    assert not (tmp_path / "new").exists()
