"""A file is there with all it holds, or as it was before."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Any

import pytest

from vatra.web.base.whole import write_whole


@pytest.mark.parametrize("step", ["fsync", "chmod", "replace"])
def test_what_breaks_off_leaves_what_was_there(
    tmp_path: Path, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Any, **__: Any) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    target = tmp_path / "file"
    write_whole(target, b"before", mode=0o644)
    monkeypatch.setattr(f"vatra.web.base.whole.os.{step}", full)
    with pytest.raises(OSError, match="No space"):
        write_whole(target, b"after", settled=True)
    assert [each.name for each in tmp_path.iterdir()] == ["file"]
    assert target.read_bytes() == b"before"
    assert target.stat().st_mode & 0o777 == 0o644
