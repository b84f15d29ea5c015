"""A term is opened where a page mentions it first, in both languages, at most three times."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from django.template import Context, Template
from django.test import RequestFactory

from vatra.web.desk.glossary import terms
from vatra.web.desk.mentions import opened, spelled
from vatra.words import LANGUAGES
from vatra.words import texts as all_texts


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


WEB = Path(__file__).parents[3] / "src" / "vatra" / "web"
BLOCK = re.compile(r"\{% terms ([^%]+)%\}(.*?)\{% endterms %\}", re.DOTALL)
SAID = re.compile(r"\{% (?:say|sentence) [\"']([\w.-]+)[\"']")
# Sentences that are put together in code, by what the block holds in their place.
PUT_TOGETHER = {
    "{{ grounds }}": ("web.progress.grounds-reported", "web.progress.chance"),
    "{{ about }}": (),
    "{{ field.hint }}": ("web.editing.city-gwp-set-hint",),
}


def in_language(entry: Mapping[str, Any], lang: str) -> str:
    """A text, or all forms of one that counts."""
    if lang in entry:
        return str(entry[lang])
    return " ".join(str(each[lang]) for each in entry.values())


def blocks() -> list[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    """Template, terms, texts within; without those whose sentences come from tables and charts."""
    found = []
    for path in sorted(WEB.rglob("templates/**/*.html")):
        for keys, content in BLOCK.findall(path.read_text("utf-8")):
            texts = [*SAID.findall(content)]
            for name, more in PUT_TOGETHER.items():
                texts += more if name in content else ()
            if texts:
                found.append((path.name, tuple(keys.replace('"', "").split()), tuple(texts)))
    return found


@pytest.mark.parametrize(("name", "keys", "texts"), blocks())
def test_a_term_is_asked_for_only_where_a_sentence_has_it(
    name: str, keys: tuple[str, ...], texts: tuple[str, ...]
) -> None:
    """In both languages: else a reader of one of them would stumble."""
    for lang in LANGUAGES:
        said = " ".join(in_language(all_texts()[key], lang) for key in texts)
        said = said.replace("{gas}", "CO₂e")
        missing = [key for key in keys if not spelled(key, lang).search(said)]
        assert not missing, f"{name}, {lang}: no {', '.join(missing)} in: {said[:200]}"


@pytest.mark.parametrize(
    "page",
    ["desk/desk", "evidence/uploads", "editing/city", "editing/table", "progress/monitoring",
     "progress/progress", "progress/annual", "investment/investment"],
)  # fmt: skip
def test_pages_of_work_open_their_words(page: str) -> None:
    room, _, name = page.partition("/")
    assert BLOCK.search((WEB / room / "templates" / room / f"{name}.html").read_text("utf-8"))
