"""Freeze a contract: every figure a whole number, one hash over all of it.

The sealed document is plain data. ``digests`` hold a hash per section, so that an altered text
can be named by its section even where no arithmetic gives it away; ``seal`` is the hash of
everything else.
"""

from __future__ import annotations

from typing import Any

from vatra.contract.canonical import digest

FORMAT = "vatra-contract/1"
ALGORITHM = "sha256"
_OUTSIDE = ("seal", "digests")


def seal(content: dict[str, Any], form: str = FORMAT) -> dict[str, Any]:
    """Return the content with its format, section digests and seal.

    ``form`` names what is sealed: a contract, unless said otherwise. Raises ``TypeError`` when a
    figure is not a whole number.
    """
    body = {key: value for key, value in content.items() if key not in _OUTSIDE}
    body["format"] = form
    body["digests"] = {key: digest(value) for key, value in sorted(body.items())}
    return body | {"seal": {"algorithm": ALGORITHM, "value": seal_value(body)}}


def seal_value(document: dict[str, Any]) -> str:
    """The hash that a document should carry, from all of it but the seal itself."""
    return digest({key: value for key, value in document.items() if key != "seal"})


def altered_sections(document: dict[str, Any]) -> list[str]:
    """Sections whose content no longer has the digest that was written at sealing."""
    digests = document.get("digests")
    if not isinstance(digests, dict):
        return ["digests"]
    names = set(digests) | {key for key in document if key not in _OUTSIDE}
    return sorted(
        name
        for name in names
        if name not in document or digests.get(name) != digest(document[name])
    )
