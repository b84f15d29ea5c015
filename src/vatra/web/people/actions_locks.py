"""Writes of how secrets are locked."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.db import transaction

from vatra.web.base.actions import do_record_write
from vatra.web.people.adapter import locker

# What allauth hands to our lock: of an authenticator app, of recovery codes.
LOCKED = ("secret", "seed")


def do_renew_locks(*, actor: str) -> int:
    """Lock every secret of a second proof with the first key; give how many there were.

    Raises ``InvalidToken`` where no key fits, and then changes nothing.
    """
    count = 0
    with transaction.atomic():
        for each in Authenticator.objects.select_for_update().order_by("pk"):
            names = [name for name in LOCKED if isinstance(each.data.get(name), str)]
            for name in names:
                each.data[name] = locker().rotate(each.data[name].encode()).decode()
            if names:
                each.save(update_fields=["data"])
                count += 1
        do_record_write(actor=actor, verb="renew", noun="locks", name=str(count))
    return count
