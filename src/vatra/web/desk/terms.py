"""How a term stands in a sentence."""

from __future__ import annotations

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from vatra.web.desk.glossary import terms
from vatra.words import Language, say


def term_html(key: str, lang: Language, words: str, number: int) -> SafeString:
    """A button whose popover holds the meaning; browsers do this without scripts.

    One that knows no popovers shows the meaning in the sentence. ``words`` instead of the term
    itself; ``number`` tells the terms of a page apart. Raises ``KeyError``.
    """
    found = terms()[key]
    return format_html(
        '<span class="term"><button type="button" class="term-word" popovertarget="{id}">{word}'
        '</button><span popover id="{id}" class="term-means"><strong>{name}</strong> {meaning} '
        '<a href="{url}#{key}">{more}</a></span></span>',
        id=f"term-{number}",
        word=words or found.name(lang),
        name=found.name(lang),
        meaning=found.meaning(lang),
        url=reverse("desk:glossary", args=[lang]),
        key=key,
        more=say("web.desk.glossary-title", lang),
    )
