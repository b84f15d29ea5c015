"""Lock every second proof with the present key; then the keys of before may go."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from vatra.web.people.actions_locks import do_renew_locks


class Command(BaseCommand):
    """``python -m django renew_locks``"""

    help = "Lock the secrets of second proofs with the present key of the installation."

    def handle(self, *args: Any, **options: Any) -> None:
        count = do_renew_locks(actor="renew_locks")
        self.stdout.write(f"{count} renewed")
