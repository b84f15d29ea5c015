"""Installations of their own, in processes of their own: real files, a real database."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

SET_UP = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "vatra.web.site.settings"
import django
django.setup()
from pathlib import Path
"""
REGISTER = (
    SET_UP
    + """
from django.core.management import call_command
call_command("migrate", verbosity=0)
from vatra.web.contracts.actions import do_register_folder
do_register_folder(folder=Path(sys.argv[1]), actor="test")
"""
)


@dataclass(frozen=True)
class Installation:
    """A data folder and its database, and the commands that run on it."""

    data: Path
    url: str = ""
    more: dict[str, str] = field(default_factory=dict)

    def environment(self) -> dict[str, str]:
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("VATRA_", "DJANGO_"))}
        own = {"VATRA_DATA": str(self.data), "LANG": "C.UTF-8", "COLUMNS": "400", **self.more}
        return kept | own | ({"VATRA_DATABASE_URL": self.url} if self.url else {})

    def python(self, code: str, *arguments: object, code_wanted: int = 0) -> str:
        command = [sys.executable, "-c", code, *map(str, arguments)]
        done = subprocess.run(
            command, env=self.environment(), capture_output=True, text=True, check=False
        )
        assert done.returncode == code_wanted, done.stdout + done.stderr
        return done.stdout

    def admin(self, *arguments: object, code: int = 0) -> str:
        command = [sys.executable, "-m", "vatra.cli", "admin", *map(str, arguments)]
        done = subprocess.run(
            command, env=self.environment(), capture_output=True, text=True, check=False
        )
        assert done.returncode == code, done.stdout + done.stderr
        assert "Traceback" not in done.stderr
        return done.stdout + done.stderr

    def as_json(self, *arguments: object, code: int = 0) -> Any:
        return json.loads(self.admin(*arguments, "--format", "json", code=code))


@pytest.fixture(scope="session")
def installed(cluj_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """Cluj-Napoca, registered on SQLite."""
    made = Installation(tmp_path_factory.mktemp("installation") / "data")
    made.python(REGISTER, cluj_folder)
    return made


@pytest.fixture(scope="session")
def backup(installed: Installation, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its backup."""
    file = tmp_path_factory.mktemp("backup") / "vatra.zip"
    installed.admin("backup", file)
    return file
