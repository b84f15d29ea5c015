"""A process that serves has made what its first page needs before it takes one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ASK = """
import gc, json, sys
from vatra.web.site.wsgi import application
before = set(sys.modules)
frozen_count = gc.get_freeze_count()
from django.core.management import call_command
call_command("migrate", interactive=False, verbosity=0)
before |= {name for name in sys.modules if "migrat" in name or "management" in name}
before |= {"vatra.web.base.triggers"}  # of the tables made just now
from django.test import Client
answer = Client(SERVER_NAME="localhost").get("/ro/")
late = sorted(name for name in set(sys.modules) - before if name.startswith("vatra.web."))
print(json.dumps([answer.status_code, late, frozen_count]))
"""


@pytest.mark.slow
def test_the_first_page_imports_nothing_of_ours(tmp_path: Path) -> None:
    environment = {**os.environ, "VATRA_DATA": str(tmp_path)}
    environment.pop("VATRA_DATABASE_URL", None)
    done = subprocess.run(
        [sys.executable, "-c", ASK], env=environment, capture_output=True, text=True, check=True
    )
    status, late, frozen_count = json.loads(done.stdout.splitlines()[-1])
    assert (status, late) == (200, [])
    # Django alone is some tens of thousands.
    assert frozen_count > 100_000
