"""Django made ready for a command of the terminal, without leaving traces of its own."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from vatra.web.ops.errors import OpsError
from vatra.web.ops.places import DATABASE_FILE
from vatra.web.serve import SETTINGS


def prepare(data: Path | None, must_exist: bool) -> None:
    """Load the settings for a data folder: the given one, else that of ``VATRA_DATA``.

    Raises ``OpsError`` when no installation is there although one must be.
    """
    if data is not None:
        os.environ["VATRA_DATA"] = str(data)
    folder = Path(os.environ.get("VATRA_DATA", ".vatra")).resolve()
    is_here = (folder / DATABASE_FILE).is_file() or bool(os.environ.get("VATRA_DATABASE_URL"))
    if must_exist and not is_here:
        raise OpsError("web.ops.no-installation", folder=str(folder))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    # Nothing is signed here; without this a key would be made in a folder that must stay empty.
    # A file of settings names the key and leaves it blank.
    if not os.environ.get("VATRA_SECRET_KEY"):
        os.environ["VATRA_SECRET_KEY"] = secrets.token_urlsafe()
    import django
    from django.core.exceptions import ImproperlyConfigured

    try:
        django.setup()
    except ImproperlyConfigured as problem:
        raise OpsError("web.ops.settings", why=str(problem)) from problem
