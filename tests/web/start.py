"""Django made ready before any model is imported; the science tests run without it."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import django
from django.conf import settings

# Never the data of someone who works with Vatra on this machine.
DATA = Path(tempfile.mkdtemp(prefix="vatra-test-"))
os.environ["VATRA_DATA"] = str(DATA)
os.environ["DJANGO_SETTINGS_MODULE"] = "vatra.web.site.settings"
# Playwright runs an event loop in this thread; Django would take the test for async code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
django.setup()
# Long work is done within the call that begins it, unless a test starts workers of its own.
settings.JOBS_BACKEND = "at-once"
# A slow hash is for those who guess. What lies in a database is tested in tests/web/security.
QUICK_HASHER = "django.contrib.auth.hashers.MD5PasswordHasher"
settings.PASSWORD_HASHERS = [QUICK_HASHER, *settings.PASSWORD_HASHERS]
if "sqlite" in settings.DATABASES["default"]["ENGINE"]:
    # In a file, as where people run it: the threads of a server that a browser asks wait for each
    # other. In memory they would share one connection and find its tables locked.
    settings.DATABASES["default"]["TEST"]["NAME"] = str(DATA / "tests.sqlite3")
    settings.DATABASES["default"]["OPTIONS"]["init_command"] = (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"
    )
