"""What a person signs: a statement of a few lines, the same bytes for everybody who reads it.

The SHA-256 of its canonical text is what a passkey signs, so whoever has the statement and the
signature can check both without us.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from vatra.contract.canonical import canonical
from vatra.web.publication.unfit import Unfit as Unfit
from vatra.words import Language, say

FORMAT = "vatra-statement/1"
FIELDS = ("format", "seal", "city", "name", "office", "organisation", "at", "language", "text")
_SEAL = re.compile(r"[0-9a-f]{64}")


def statement(
    *,
    seal: str,
    city: str,
    name: str,
    office: str,
    organisation: str,
    at: datetime,
    lang: Language,
) -> dict[str, str]:
    """The statement of one signatory over one sealed contract, in the language it is read in.

    ``at`` is written in UTC to the second.
    """
    moment = at.astimezone(UTC).isoformat(timespec="seconds")
    key = "statement-body" if organisation else "statement"
    words = say(
        f"web.publication.{key}",
        lang,
        name=name,
        office=office,
        organisation=organisation,
        city=city,
        seal=seal,
    )
    return {
        "format": FORMAT,
        "seal": seal,
        "city": city,
        "name": name,
        "office": office,
        "organisation": organisation,
        "at": moment,
        "language": lang,
        "text": words,
    }


def challenge(content: Mapping[str, Any]) -> bytes:
    """SHA-256 of the statement's canonical text: 32 bytes."""
    return hashlib.sha256(canonical(dict(content))).digest()


def read_statement(content: Any) -> dict[str, str]:
    """A statement as it came; raises ``Unfit`` for anything that is none."""
    if not isinstance(content, dict) or set(content) != set(FIELDS):
        raise Unfit("statement-unfit")
    if not all(isinstance(value, str) for value in content.values()):
        raise Unfit("statement-unfit")
    if content["format"] != FORMAT or not _SEAL.fullmatch(content["seal"]):
        raise Unfit("statement-unfit")
    try:
        is_dated = datetime.fromisoformat(content["at"]).tzinfo is not None
    except ValueError:
        is_dated = False
    if not is_dated:
        raise Unfit("statement-unfit")
    return dict(content)
