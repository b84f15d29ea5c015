"""What the desk lets people find: topics of help and terms of the glossary, in each language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from vatra.web.base.searchable import Findable, Source
from vatra.web.desk.glossary import terms
from vatra.web.desk.topics import topics
from vatra.words import LANGUAGES, say

_TAG = re.compile(r"<[^>]+>")
# What a term's popover holds is found as the term itself.
_POPOVER = re.compile(r"<span popover.*?</span>", re.DOTALL)


def help_topics(_: None) -> Iterator[Findable]:
    """Every topic, found by any word of its text."""
    for lang in LANGUAGES:
        for each in topics(lang):
            words = " ".join(unescape(_TAG.sub(" ", _POPOVER.sub(" ", each.html))).split())
            address = ("desk:topic", (each.name,))
            yield Findable("help", each.title, *address, each.opening, words, lang=lang)


def glossary(_: None) -> Iterator[Findable]:
    """The glossary and every term of it, found by its name in the other language as well."""
    for lang in LANGUAGES:
        yield Findable("help", say("web.desk.help-title", lang), "desk:help", lang=lang)
        yield Findable("help", say("web.desk.glossary-title", lang), "desk:glossary", lang=lang)
        for each in terms().values():
            more = " ".join((*each.names.values(), each.key))
            yield Findable(
                "help",
                each.name(lang),
                "desk:glossary",
                text=each.meaning(lang),
                more=more,
                query=f"#{each.key}",
                lang=lang,
            )


SOURCES = {
    "glossary": Source(glossary, of_city=False),
    "help": Source(help_topics, of_city=False),
}
