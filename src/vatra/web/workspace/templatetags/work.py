"""What versions say of themselves, in the reader's language."""

from __future__ import annotations

from django import template
from django.template.context import Context

from vatra.web.workspace.models import Version
from vatra.words import has, say

register = template.Library()


@register.simple_tag(takes_context=True)
def version_note(context: Context, version: Version) -> str:
    """The note of a version; that of a text is the key of its section, which has a title."""
    title = f"contract.narrative-{version.note}"
    if version.kind == "text" and has(title):
        return say(title, context["lang"])
    return version.note
