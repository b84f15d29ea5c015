"""A term is opened where a page mentions it first, in both languages, at most three times."""

from __future__ import annotations

import pytest
from django.template import Context, Template
from django.test import RequestFactory

from vatra.web.desk.glossary import terms
from vatra.web.desk.mentions import opened, spelled
from vatra.words import LANGUAGES


def marked(html: str, *keys: str, lang: str = "en") -> str:
    return opened(html, keys, lang, lambda key, words: f"[{key}:{words}]")  # type: ignore[arg-type]


def test_the_first_mention_alone_is_opened() -> None:
    assert marked("<p>Scope 1 and scope 2</p>", "scope") == "<p>[scope:Scope] 1 and scope 2</p>"


def test_bent_words_are_found_and_parts_of_words_are_not() -> None:
    assert marked("sub sigiliul ei", "seal", lang="ro") == "sub [seal:sigiliul] ei"
    assert marked("a telescope", "scope") == "a telescope"


def test_nothing_is_opened_within_links_headings_and_attributes() -> None:
    html = '<h2>seal</h2><a href="#seal">seal</a><img alt="seal"><code>seal</code><p>the seal</p>'
    assert marked(html, "seal").endswith("<p>the [seal:seal]</p>")
    assert marked(html, "seal").count("[seal") == 1


def test_two_terms_on_the_same_words_are_not_nested() -> None:
    assert marked("residual emissions", "residual", "co2e") == "[residual:residual] emissions"
    assert marked("BASIC+", "basic", "basic") == "[basic:BASIC]+"


@pytest.mark.parametrize("key", sorted(terms()))
def test_every_term_is_found_under_its_own_name(key: str) -> None:
    for lang in LANGUAGES:
        assert spelled(key, lang).pattern


def test_a_page_opens_three_at_most_and_each_has_its_own_id(db: None) -> None:
    text = (
        '{% load desk %}{% terms "gpc" "basic" "scope" "seal" %}GPC BASIC scope seal{% endterms %}'
    )
    context = Context({"lang": "en", "request": RequestFactory().get("/en/")})
    html = Template(text).render(context)
    assert html.count("<button") == 3
    assert [f'id="term-{number}"' in html for number in (1, 2, 3, 4)] == [True, True, True, False]
    # Without scripts and without popovers the meaning and the way to the glossary are there.
    assert "/en/glossary/#gpc" in html
    assert html.endswith(" seal")


def test_an_unknown_term_is_an_error() -> None:
    with pytest.raises(KeyError):
        marked("x", "no-such-term")
