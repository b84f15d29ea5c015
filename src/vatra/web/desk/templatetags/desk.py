"""A term of the glossary in a sentence: its meaning opens beside it."""

from __future__ import annotations

from django import template
from django.template.context import Context
from django.utils.safestring import SafeString

from vatra.web.desk.terms import term_html
from vatra.words import language

register = template.Library()
# How many terms a page has shown so far.
_COUNTED = "terms_counted"


@register.simple_tag(takes_context=True)
def term(context: Context, key: str, words: str = "") -> SafeString:
    """``{% term "scope" %}`` or ``{% term "scope" "scope 2" %}``: the word, its meaning a press,
    a key or a pointer away. Raises ``KeyError`` for a key that the glossary does not have.
    """
    held = context.render_context
    held[_COUNTED] = (held.get(_COUNTED) or 0) + 1
    return term_html(key, language(context["lang"]), words, held[_COUNTED])
