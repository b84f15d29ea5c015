"""Help and the glossary are found by search, in the language of the page."""

from __future__ import annotations

import pytest
from django.test import Client

from vatra.web.desk.findable import glossary, help_topics
from vatra.web.desk.glossary import terms
from vatra.web.desk.topics import TOPICS
from vatra.web.search.actions import do_index_installation

pytestmark = pytest.mark.django_db


def found(lang: str, words: str) -> dict[str, str]:
    response = Client().get(f"/{lang}/search/", {"q": words, "kind": "help"})
    return {
        "".join(part for part, _ in each.title): each.url for each in response.context["found"].hits
    }


def test_every_topic_and_term_is_there_in_both_languages() -> None:
    assert len(list(help_topics(None))) == 2 * len(TOPICS)
    # The two pages themselves stand before their terms.
    assert len(list(glossary(None))) == 2 * (len(terms()) + 2)


def test_no_mark_of_a_page_is_searched() -> None:
    for each in help_topics(None):
        assert "<" not in each.more
        assert "popover" not in each.more


def test_terms_and_topics_are_found_and_lead_to_their_place() -> None:
    do_index_installation()
    assert found("ro", "cheie de notatie")["cheie de notație"] == "/ro/glossary/#notation-key"
    # The word of the other language leads there too, under the name of this one.
    assert found("ro", "notation key")["cheie de notație"] == "/ro/glossary/#notation-key"
    assert "/en/help/sign/" in found("en", "passkey").values()
    assert Client().get("/en/help/sign/").status_code == 200
