"""The signing key is made once and readable by its owner only."""

from __future__ import annotations

import fcntl
import stat
import threading
from pathlib import Path

import pytest

from vatra.web.site.secret import secret_key


def test_the_key_is_kept_in_a_file_for_its_owner_only(tmp_path: Path) -> None:
    key = secret_key(tmp_path / "data")
    file = tmp_path / "data" / "secret-key"
    assert len(key) >= 50
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert secret_key(tmp_path / "data") == key


def test_a_key_of_the_environment_goes_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VATRA_SECRET_KEY", "given by the place that runs it")
    assert secret_key(tmp_path) == "given by the place that runs it"
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_another_process_is_about_to_fill_is_waited_for(tmp_path: Path) -> None:
    file = tmp_path / "secret-key"
    found: list[str] = []
    with file.open("w", encoding="ascii") as first:
        fcntl.flock(first, fcntl.LOCK_EX)
        other = threading.Thread(target=lambda: found.append(secret_key(tmp_path)))
        other.start()
        other.join(0.2)
        assert found == []
        first.write("made by the first\n")
    other.join(10)
    assert found == ["made by the first"]


def test_what_a_process_that_died_left_empty_is_filled(tmp_path: Path) -> None:
    (tmp_path / "secret-key").touch(0o600)
    key = secret_key(tmp_path)
    assert len(key) == 64 and secret_key(tmp_path) == key
