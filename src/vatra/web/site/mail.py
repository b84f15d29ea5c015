"""How letters leave: by SMTP when a server is named, else into the folder ``mail`` of the data.

``VATRA_SMTP_HOST`` the server; ``VATRA_SMTP_PORT`` (587); ``VATRA_SMTP_SECURITY`` one of
``starttls`` (default), ``tls``, ``none``; ``VATRA_SMTP_USER`` and ``VATRA_SMTP_PASSWORD``;
``VATRA_MAIL_FROM`` the sender's address.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

SECURITIES = ("starttls", "tls", "none")


def mail_settings(data: Path) -> dict[str, Any]:
    """Django's settings of mail. Raises ``ValueError`` for a word that is no kind of security."""
    sender = {"DEFAULT_FROM_EMAIL": os.environ.get("VATRA_MAIL_FROM", "vatra@localhost")}
    host = os.environ.get("VATRA_SMTP_HOST", "")
    if not host:
        folder = {"EMAIL_FILE_PATH": str(data / "mail")}
        return (
            sender
            | folder
            | {
                "EMAIL_BACKEND": "vatra.web.people.mail.FolderBackend",
                "LETTERS_ASIDE": False,
            }
        )
    security = os.environ.get("VATRA_SMTP_SECURITY", SECURITIES[0])
    if security not in SECURITIES:
        raise ValueError(f"VATRA_SMTP_SECURITY is '{security}'; use {', '.join(SECURITIES)}")
    return sender | {
        "EMAIL_HOST": host,
        "EMAIL_PORT": int(os.environ.get("VATRA_SMTP_PORT", "587")),
        "EMAIL_HOST_USER": os.environ.get("VATRA_SMTP_USER", ""),
        "EMAIL_HOST_PASSWORD": os.environ.get("VATRA_SMTP_PASSWORD", ""),
        "EMAIL_USE_TLS": security == "starttls",
        "EMAIL_USE_SSL": security == "tls",
        "EMAIL_TIMEOUT": 10,
        # Nobody who asks for a letter waits for the server: vatra.web.people.mail.
        "LETTERS_ASIDE": True,
    }
