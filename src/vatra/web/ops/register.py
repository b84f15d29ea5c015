"""What ``vatra admin register`` does."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import transaction

from vatra.web.cities.actions import Refused
from vatra.web.contracts.actions import do_register_folder
from vatra.web.ops.backup import ACTOR
from vatra.web.ops.errors import OpsError


def register_folders(folders: Sequence[Path]) -> list[dict[str, str]]:
    """Register all the folders or none; makes the database if there is none yet.

    Raises ``OpsError`` when a folder holds no sealed contract.
    """
    Path(settings.DATA).mkdir(parents=True, exist_ok=True, mode=0o700)
    call_command("migrate", interactive=False, verbosity=0)
    found = []
    with transaction.atomic():
        for folder in folders:
            try:
                city = do_register_folder(folder=folder, actor=ACTOR)
            except Refused as problem:
                raise OpsError(problem.key, **problem.params) from problem
            found.append({"city": city.name, "slug": city.slug, "folder": city.folder})
    return found
