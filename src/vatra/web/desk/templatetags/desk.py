"""Terms of the glossary in sentences: the meaning opens beside the word."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.template.context import Context
from django.utils.safestring import SafeString, mark_safe

from vatra.web.desk.mentions import opened
from vatra.web.desk.terms import term_html
from vatra.words import language

register = template.Library()
# A page with more is harder to read and not easier.
MOST = 3
# Where a page counts the terms it has shown so far.
_COUNTED = "vatra_terms_counted"


@register.simple_tag(takes_context=True)
def term(context: Context, key: str, words: str = "") -> SafeString:
    """``{% term "scope" %}`` or ``{% term "scope" "scope 2" %}``: the word, its meaning a press,
    a key or a pointer away. Raises ``KeyError`` for a key that the glossary does not have.
    """
    return term_html(key, language(context["lang"]), words, _next(context))


class TermsNode(template.Node):
    """What stands within, the first mention of each term opened: at most three in a page."""

    def __init__(self, keys: list[FilterExpression], content: NodeList) -> None:
        self.keys = keys
        self.content = content

    def render(self, context: Context) -> SafeString:
        """The piece of the page."""
        lang = language(context["lang"])
        keys = [str(key.resolve(context)) for key in self.keys]

        def opener(key: str, words: str) -> str | None:
            return None if _count(context) >= MOST else term_html(key, lang, words, _next(context))

        return mark_safe(opened(self.content.render(context), keys, lang, opener))


@register.tag("terms")
def terms_tag(parser: Parser, token: Token) -> TermsNode:
    """``{% terms "gpc" "basic" %}...{% endterms %}``."""
    keys = [parser.compile_filter(each) for each in token.split_contents()[1:]]
    content = parser.parse(("endterms",))
    parser.delete_first_token()
    return TermsNode(keys, content)


def _store(context: Context) -> dict[str, Any]:
    # A part that is included counts with its page: both were asked for by one request.
    request = context.get("request")
    return context.render_context if request is None else vars(request)  # type: ignore[return-value]


def _count(context: Context) -> int:
    return int(_store(context).get(_COUNTED) or 0)


def _next(context: Context) -> int:
    store = _store(context)
    store[_COUNTED] = _count(context) + 1
    return int(store[_COUNTED])
