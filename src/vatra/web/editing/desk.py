"""What waits on a desk from comments: those that name a person."""

from __future__ import annotations

from django.urls import reverse

from vatra.web.cities.models import City
from vatra.web.editing.queries import unseen_mentions
from vatra.web.people.models import User
from vatra.web.workspace.steps import Waiting
from vatra.words import Language, say

_MOST = 20
_WORDS_SHOWN = 80


def waiting(person: User, city: City, lang: Language) -> list[Waiting]:
    """Comments that name the person and were not seen yet."""
    found = []
    for each in unseen_mentions(person, city)[:_MOST]:
        text = each.comment.text
        short = text if len(text) <= _WORDS_SHOWN else text[:_WORDS_SHOWN].rstrip() + "…"
        author = str(each.comment.author) if each.comment.author else ""
        key = "web.editing.waits-named" if author else "web.editing.waits-comment"
        url = reverse("editing:thread", args=[lang, city.slug, each.comment.thread_id])
        words = say(key, lang, author=author, text=short)
        found.append(Waiting(words, url, each.comment.at))
    return found
