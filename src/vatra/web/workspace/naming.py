"""What tables and files of a pack are called."""

from __future__ import annotations

from vatra.web.workspace.sheet import table_of
from vatra.words import Language, has, say


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
