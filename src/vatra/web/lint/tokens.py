"""A report on its way through the visitor's browser: nothing is stored here to hand it out later.

The page carries the report, signed. Whoever wants it as a file, or kept, sends it back; the
signature proves that it is our own work and not a page somebody else wrote.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core import signing

from vatra.web.lint.limits import LARGEST_TOKEN_BYTES

_SALT = "vatra.web.lint.report"
LONGEST_SECONDS = 24 * 3600


def token_of(report: Mapping[str, Any]) -> str:
    """The report as a signed text; empty when it is too large to travel in a form."""
    token = signing.dumps(dict(report), salt=_SALT, compress=True)
    return token if len(token) <= LARGEST_TOKEN_BYTES else ""


def report_of(token: str) -> dict[str, Any] | None:
    """The report of a text; None when it is not ours, altered, or older than a day."""
    try:
        found = signing.loads(token, salt=_SALT, max_age=LONGEST_SECONDS)
    except signing.BadSignature:
        return None
    return found if isinstance(found, dict) else None
