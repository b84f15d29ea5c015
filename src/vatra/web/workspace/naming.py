"""What tables and files of a pack are called."""

from __future__ import annotations

from vatra.tables import Finding
from vatra.web.workspace.sheet import table_of
from vatra.words import Language, has, say

# What a person at a page is told instead of what helps with a folder of files in a terminal.
_ON_PAGES = {
    "runs.file-absent": "web.workspace.table-is-empty",
    "sources.city-by-default": "web.workspace.step-settings-check",
}


def table_words(file: str, lang: Language) -> str:
    """What a file of a pack is called."""
    table = table_of(file)
    if table is None:
        key = f"web.workspace.file-{file.partition('.')[0].replace('_', '-')}"
        return say(key, lang) if has(key) else file
    return table_name(table.name, lang)


def table_name(name: str, lang: Language) -> str:
    """What a table is called."""
    key = f"web.workspace.table-{name.replace('_', '-')}"
    return say(key, lang) if has(key) else name.replace("_", " ").capitalize()


def finding_words(found: Finding, lang: Language) -> str:
    """What a finding says on a page, as a sentence of its own."""
    key = _ON_PAGES.get(found.code)
    text = say(key, lang) if key else found.message(lang)
    return text[:1].upper() + text[1:]
