"""The signing key is made once and readable by its owner only."""

from __future__ import annotations

import stat
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
