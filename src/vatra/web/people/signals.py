"""What people do to the locks of their own account is entered in the log."""

from __future__ import annotations

from typing import Any

from vatra.web.base.actions import do_record_write
from vatra.web.people.models import User


def connect() -> None:
    """Listen to allauth; called once, when the app is ready."""
    from allauth.account.signals import password_changed, password_reset
    from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset

    for signal, verb, noun in (
        (password_changed, "change", "password"),
        (password_reset, "reset", "password"),
        (authenticator_added, "add", "second factor"),
        (authenticator_removed, "remove", "second factor"),
        (authenticator_reset, "renew", "second factor"),
    ):
        signal.connect(_recorder(verb, noun), weak=False, dispatch_uid=f"people {verb} {noun}")


def _recorder(verb: str, noun: str) -> Any:
    def record(sender: Any, user: Any, **more: Any) -> None:
        if isinstance(user, User):
            detail = str(getattr(more.get("authenticator"), "type", ""))
            name = user.log_name
            do_record_write(actor=name, verb=verb, noun=noun, name=name, detail=detail)

    return record
