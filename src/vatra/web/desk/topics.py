"""Help: short topics in Markdown beside the code, and which of them each page is about."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from html import unescape
from importlib import resources

import nh3
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

from vatra.web.desk.terms import term_html
from vatra.words import Language

# In the order in which a city needs them.
TOPICS = (
    "begin",
    "evidence",
    "findings",
    "tables",
    "why",
    "contract",
    "review",
    "sign",
    "publish",
    "progress",
    "roles",
    "privacy",
)
# What the pages of a room are about, and the pages that are about something else.
_BY_ROOM: Mapping[str, str] = {
    "workspace": "why",
    "jobs": "evidence",
    "evidence": "evidence",
    "editing": "tables",
    "drafting": "contract",
    "publication": "publish",
    "progress": "progress",
    "people": "roles",
    "contracts": "publish",
    "lint": "findings",
    "api": "privacy",
}
_BY_PAGE: Mapping[str, str] = {
    "desk:desk": "begin",
    "desk:draft": "begin",
    "workspace:new-city": "begin",
    "workspace:findings": "findings",
    "people:account": "privacy",
    "people:erase": "privacy",
    "people:data": "privacy",
}
_WORDS: Mapping[str, str] = {"review": "review", "approv": "review", "sign": "sign"}
_TAGS = {"p", "strong", "em", "code", "ul", "ol", "li", "h2", "h3", "a", "br"}
_TERM = re.compile(r'<a href="term:([-a-z0-9]+)"[^>]*>(.*?)</a>')


@dataclass(frozen=True)
class Topic:
    """A topic in one language: its title, its first paragraph, its whole text as safe HTML."""

    name: str
    title: str
    opening: str
    html: SafeString


def topic_of(view_name: str) -> str | None:
    """The topic of a page by the name of its address; None for one that needs no help."""
    room, _, page = view_name.partition(":")
    if view_name in _BY_PAGE:
        return _BY_PAGE[view_name]
    if room in ("drafting", "publication"):
        named = next((topic for word, topic in _WORDS.items() if word in page), None)
        if named:
            return named
    return _BY_ROOM.get(room)


@cache
def topic(name: str, lang: Language) -> Topic:
    """A topic in a language. Raises ``KeyError`` for one that does not exist."""
    if name not in TOPICS:
        raise KeyError(name)
    text = (
        resources.files("vatra.web.desk").joinpath("help", f"{name}.{lang}.md").read_text("utf-8")
    )
    heading, _, body = text.partition("\n")
    opening = body.strip().partition("\n")[0]
    return Topic(name, heading.removeprefix("# "), _plain(opening), _html(body, lang))


def topics(lang: Language) -> list[Topic]:
    """All topics in their order."""
    return [topic(name, lang) for name in TOPICS]


def _html(body: str, lang: Language) -> SafeString:
    """Markdown as HTML, cleaned; ``[word](term:key)`` opens the meaning of a term."""
    html = nh3.clean(
        MarkdownIt("commonmark").render(body),
        tags=_TAGS,
        attributes={"a": {"href"}},
        url_schemes={"term"},
        link_rel=None,
    )
    numbers = iter(range(1, len(html)))

    def opened(found: re.Match[str]) -> str:
        return term_html(found[1], lang, unescape(found[2]), next(numbers))

    return mark_safe(_TERM.sub(opened, html))


def _plain(markdown: str) -> str:
    """The first paragraph without marks."""
    return re.sub(r"[*`]|\[|\]\(term:[-a-z0-9]+\)", "", markdown).removeprefix("- ")


def help_address(view_name: str, lang: Language) -> str:
    """Where a page's help is: its topic, else the list of topics."""
    name = topic_of(view_name)
    if name is None:
        return reverse("desk:help", args=[lang])
    return reverse("desk:topic", args=[lang, name])
