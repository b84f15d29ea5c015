"""The command line as tests call it."""

from __future__ import annotations

import json
import re
from typing import Any

from typer.testing import CliRunner

from vatra.cli import app


def vatra(*arguments: object, code: int = 0) -> str:
    """What a command prints; it ends with the code wanted."""
    result = CliRunner().invoke(app, list(map(str, arguments)))
    assert result.exit_code == code, result.output
    return result.output


def as_json(*arguments: object, code: int = 0) -> Any:
    """The same, as data."""
    return json.loads(vatra(*arguments, "--format", "json", code=code))


def plain(text: str) -> str:
    """Words with one space between them, without colours."""
    return re.sub(r"\s+", " ", re.sub(r"\x1b\[[0-9;]*m", "", text))
