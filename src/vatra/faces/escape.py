"""Texts on their way through a spreadsheet: what would run is quoted, and unquoted when read."""

from __future__ import annotations

from vatra.tables.export import safe_cell


def quoted(text: str) -> str:
    """A text that a spreadsheet shows and does not run: ``=1+1`` as ``'=1+1``."""
    return f"'{text}" if _needs_quote(text) else text


def unquoted(text: str) -> str:
    """The text that ``quoted`` was given."""
    return text[1:] if text.startswith("'") and _needs_quote(text[1:]) else text


def _needs_quote(text: str) -> bool:
    """Whether a text would run, or is one that would be taken for a quoted text when read."""
    bare = text.lstrip("'")
    return safe_cell(bare) != bare
