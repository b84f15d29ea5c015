"""What versions say of themselves, in the reader's language."""

from __future__ import annotations

from functools import cache

from django import template
from django.template.context import Context

from vatra.tables import tables
from vatra.web.workspace.models import Version
from vatra.web.workspace.naming import table_name, table_words
from vatra.words import LANGUAGES, has, say

register = template.Library()


@register.simple_tag(takes_context=True)
def version_note(context: Context, version: Version) -> str:
    """The note of a version; that of a text is the key of its section, which has a title.

    That of a change names a table, by its code or as its author read it; the reader sees it in
    their own language.
    """
    lang = context["lang"]
    title = f"contract.narrative-{version.note}"
    if version.kind == "text" and has(title):
        return say(title, lang)
    if version.kind == "edit" and version.note in _files():
        return table_words(_files()[version.note], lang)
    return version.note


@cache
def _files() -> dict[str, str]:
    """The file that a note names."""
    found = {"city": "city.yaml"}
    for name, table in tables().items():
        words = {name, *(table_name(name, lang) for lang in LANGUAGES)}
        found |= dict.fromkeys(words, table.file_name)
    return found
