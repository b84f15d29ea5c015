"""What ``vatra admin digest`` does."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any


def send_letters(root: str, data: Path | None) -> dict[str, Any]:
    """Send the letters that are due; what one run did, as plain data.

    ``root`` the beginning of every address; ``data`` the folder of the database instead of that of
    ``VATRA_DATA``. The links that stop letters are signed with the installation's own key.
    """
    if data is not None:
        os.environ["VATRA_DATA"] = str(data)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vatra.web.site.settings")
    import django

    django.setup()
    from dataclasses import asdict

    from vatra.web.progress.digest import do_send_letters

    return asdict(do_send_letters(root=root))
