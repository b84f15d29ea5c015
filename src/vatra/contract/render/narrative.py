"""What people wrote, as blocks of the document, each section in its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from vatra.contract.narrative import OUTLINE, Part, sections
from vatra.contract.narrative_markdown import pieces
from vatra.contract.render.blocks import Block, Heading, Prose
from vatra.words import Language


def has_text(document: Mapping[str, Any], lang: Language, *keys: str) -> bool:
    """Whether one of these sections is written in a language."""
    return any(text_of(document, lang, key) for key in keys)


def text_of(document: Mapping[str, Any], lang: Language, key: str) -> str:
    """The Markdown of a section with its figures in place, empty where nothing is written."""
    written = (document.get("narrative") or {}).get(lang) or {}
    return str((written.get(key) or {}).get("text", ""))


def narrative(document: Mapping[str, Any], lang: Language, *keys: str) -> Iterator[Block]:
    """These sections in their order, each below its heading; none for what is not written."""
    for key in keys:
        text = text_of(document, lang, key)
        if text:
            yield Heading(sections()[key].title(lang), 2)
            yield from (Prose(each) for each in pieces(text)[0])


def keys_of(part: Part, module: str = "") -> tuple[str, ...]:
    """Keys of a part of the outline, of the modules that begin so."""
    return tuple(
        each.key for each in OUTLINE if each.part == part and each.module.startswith(module)
    )
