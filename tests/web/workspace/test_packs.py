"""Which computed states stay on the disk, whatever other processes do at the same moment."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from vatra.web.workspace import packs
from vatra.web.workspace.models import Version


def made(home: Path, name: str, age_seconds: float) -> Path:
    folder = home / name
    folder.mkdir()
    at = time.time() - age_seconds
    os.utime(folder, (at, at))
    return folder


def test_the_oldest_go_but_none_that_somebody_may_be_reading(tmp_path: Path) -> None:
    # Ten states: one just made, two of the last minutes, seven of hours ago.
    own = made(tmp_path, "own", 0)
    young = [made(tmp_path, f"young-{n}", 60 * n) for n in (1, 2)]
    old = [made(tmp_path, f"old-{n}", 3600 * n) for n in range(1, 8)]
    packs._prune(tmp_path, own)
    # Six besides its own stay: the two young ones and four old ones.
    assert {each.name for each in tmp_path.iterdir()} == {
        each.name for each in (own, *young, *old[:4])
    }
    for each in old[:4]:
        packs._note_use(each)
    more = [made(tmp_path, f"more-{n}", 30) for n in range(3)]
    packs._prune(tmp_path, own)
    # Nine besides its own, all used within minutes.
    assert all(each.is_dir() for each in (*young, *old[:4], *more))


def test_a_state_that_another_process_took_away_is_no_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = made(tmp_path, "own", 0)
    (tmp_path / "gone").symlink_to(tmp_path / "nowhere")
    # It was a folder when it was looked at, and is gone when it is asked for its age.
    monkeypatch.setattr(Path, "is_dir", lambda self: True)
    packs._prune(tmp_path, own)
    packs._note_use(tmp_path / "gone")


def test_what_was_computed_is_on_the_disk_before_its_folder_has_a_name(
    first: Version, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []

    def noted(name: str, call: Callable[..., None]) -> None:
        def seen(*given: Any) -> None:
            done.append(name)
            call(*given)

        monkeypatch.setattr(os, name, seen)

    noted("fsync", os.fsync)
    noted("rename", os.rename)
    assert packs.computed(first).ok
    # The document and the findings, then the folder.
    assert done == ["fsync", "fsync", "rename"]
