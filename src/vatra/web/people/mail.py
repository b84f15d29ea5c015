"""Letters: a subject and a text from our texts, in the language of who gets them."""

from __future__ import annotations

import logging
import threading
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.filebased import EmailBackend

from vatra.words import language, say

log = logging.getLogger(__name__)
FOLDER = "vatra.web.people.mail.FolderBackend"


class FolderBackend(EmailBackend):
    """Letters as files, for a place without a mail server. Only the owner may read them."""

    def __init__(self, file_path: str | None = None, **kwargs: Any) -> None:
        super().__init__(file_path=file_path, **kwargs)
        Path(self.file_path).chmod(0o700)


def goes_to_folder() -> bool:
    """Whether letters only lie in the data folder, so that a person must carry them."""
    return bool(settings.EMAIL_BACKEND == FOLDER)


def send(name: str, lang: str, to: str, **params: Any) -> None:
    """Send the letter ``mail-<name>`` with its ``mail-<name>-subject``."""
    in_lang = language(lang)
    subject = say(f"web.people.mail-{name}-subject", in_lang, **params)
    EmailMessage(
        " ".join(subject.split()), say(f"web.people.mail-{name}", in_lang, **params), to=[to]
    ).send()


def send_unseen(name: str, lang: str, to: str, **params: Any) -> None:
    """Send a letter after the answer, where letters leave through the network.

    How long a mail server takes, and that it takes nothing, would tell whoever asked for the letter
    that there is an account. One that did not leave is told in the log, without its address.
    """
    if not getattr(settings, "LETTERS_ASIDE", False):
        return send(name, lang, to, **params)
    threading.Thread(
        target=_send_quietly, args=(name, lang, to), kwargs=params, name="letter", daemon=True
    ).start()


def _send_quietly(name: str, lang: str, to: str, **params: Any) -> None:
    try:
        send(name, lang, to, **params)
    except OSError as problem:
        # What a mail server says is an OSError too, and holds the address.
        log.error("the letter %s did not leave: %s", name, type(problem).__name__)
