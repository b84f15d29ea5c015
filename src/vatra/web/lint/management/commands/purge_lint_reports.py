"""Delete the reports whose day has come; meant for a daily timer."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from vatra.web.lint.actions import do_purge_reports


class Command(BaseCommand):
    """``python -m django purge_lint_reports``"""

    help = "Delete kept linter reports whose 30 days are over."

    def handle(self, *args: Any, **options: Any) -> None:
        count = do_purge_reports(actor="purge_lint_reports")
        self.stdout.write(f"{count} deleted")
