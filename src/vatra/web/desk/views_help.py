"""Help and the glossary: parse the request, ask, render."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from vatra.web.base.errors import Choice, NotHere
from vatra.web.desk.glossary import in_order
from vatra.web.desk.topics import TOPICS, topics
from vatra.web.desk.topics import topic as topic_named
from vatra.words import Language


@require_safe
def help_pages(request: HttpRequest, lang: Language) -> HttpResponse:
    """All topics, in the order in which a city needs them."""
    return render(request, "desk/help.html", {"topics": topics(lang)})


@require_safe
def topic(request: HttpRequest, lang: Language, name: str) -> HttpResponse:
    """One topic; 404 with those that exist for another name."""
    try:
        found = topic_named(name, lang)
    except KeyError:
        exist = [
            Choice(each.title, reverse("desk:topic", args=[lang, each.name]))
            for each in topics(lang)
        ]
        raise NotHere("web.desk.topic-unknown", exist, name=name[:60]) from None
    place = TOPICS.index(name)
    after = TOPICS[place + 1] if place + 1 < len(TOPICS) else None
    content = {
        "topic": found,
        "topics": topics(lang),
        "after": topic_named(after, lang) if after else None,
    }
    return render(request, "desk/topic.html", content)


@require_safe
def glossary(request: HttpRequest, lang: Language) -> HttpResponse:
    """The words of the field in both languages."""
    other: Language = "en" if lang == "ro" else "ro"
    shown = [
        (each, each.name(lang), each.name(other), each.meaning(lang)) for each in in_order(lang)
    ]
    return render(request, "desk/glossary.html", {"terms": shown, "other": other})
