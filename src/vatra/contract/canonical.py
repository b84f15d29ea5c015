"""One text for one content: the form that is hashed, and the form that is written to disk."""

from __future__ import annotations

import hashlib
import json
from typing import Any


def canonical(content: Any) -> bytes:
    """UTF-8 JSON with sorted keys, no spaces, whole numbers only (a subset of RFC 8785).

    Raises ``TypeError`` for a float: what is sealed is counted, not measured.
    """
    _refuse_floats(content, "")
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return text.encode()


def digest(content: Any) -> str:
    """SHA-256 of the canonical text, in hexadecimal."""
    return hashlib.sha256(canonical(content)).hexdigest()


def pretty(content: Any) -> bytes:
    """The same content for people: sorted keys, one item a line, a line end at the end."""
    _refuse_floats(content, "")
    return (json.dumps(content, sort_keys=True, ensure_ascii=False, indent=1) + "\n").encode()


def _refuse_floats(content: Any, path: str) -> None:
    if isinstance(content, float):
        raise TypeError(f"'{path}' is a float; a sealed figure must be a whole number")
    if isinstance(content, dict):
        for key, value in content.items():
            _refuse_floats(value, f"{path}.{key}" if path else str(key))
    elif isinstance(content, list | tuple):
        for position, value in enumerate(content):
            _refuse_floats(value, f"{path}[{position}]")
