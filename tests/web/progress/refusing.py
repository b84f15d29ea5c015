"""A mail server that takes nothing."""

from __future__ import annotations

from typing import Any

from django.core.mail.backends.base import BaseEmailBackend


class EmailBackend(BaseEmailBackend):
    """Refuses every letter."""

    def send_messages(self, email_messages: Any) -> int:
        raise ConnectionRefusedError("refused")
