"""An empty installation on each of the two databases."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web.ops.conftest import Installation
from tests.web.ops.postgres import postgres_server


@pytest.fixture(params=["sqlite", "postgresql"])
def installation(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Installation]:
    if request.param == "sqlite":
        yield Installation(tmp_path / "data")
        return
    with postgres_server() as url:
        yield Installation(tmp_path / "data", url)
