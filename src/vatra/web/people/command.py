"""What ``vatra admin create`` does."""

from __future__ import annotations

import os
from pathlib import Path

from vatra.words import Language

ACTOR = "vatra admin create"


def invite_administrator(email: str, data: Path | None, lang: Language) -> str:
    """Make the database if there is none, and the address part of a link for a new administrator.

    ``data`` is the folder of the database instead of that of ``VATRA_DATA``.
    """
    if data is not None:
        os.environ["VATRA_DATA"] = str(data)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vatra.web.site.settings")
    import django
    from django.core.management import call_command

    django.setup()
    from django.conf import settings
    from django.urls import reverse

    Path(settings.DATA).mkdir(parents=True, exist_ok=True)
    call_command("migrate", interactive=False, verbosity=0)
    from vatra.web.people.actions_invite import do_invite_administrator

    _, token = do_invite_administrator(email=email, actor=ACTOR, lang=lang)
    return reverse("people:invitation", args=[lang, token])
