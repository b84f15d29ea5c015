"""A method's own page as HTML: from the Markdown beside its formulas, cleaned."""

from __future__ import annotations

from functools import cache

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

from vatra.methods import methods
from vatra.words import Language, has, say

_TAGS = {"p", "strong", "em", "code", "pre", "ul", "ol", "li", "table", "thead", "tbody", "tr"}
_TAGS |= {"th", "td", "h2", "h3", "h4", "blockquote", "br", "hr"}


@cache
def page_html(name: str) -> SafeString:
    """The page of a method, without its first heading. Raises ``OSError`` when it has none."""
    text = methods()[name].page()
    body = text.partition("\n")[2] if text.startswith("# ") else text
    html = MarkdownIt("commonmark").enable("table").render(body)
    return mark_safe(nh3.clean(html, tags=_TAGS, attributes={}))


def formulas_of(name: str, lang: Language) -> str:
    """The formula as people write it, empty where no text has it."""
    key = f"methods.{name}-formula"
    return say(key, lang) if has(key) else ""
