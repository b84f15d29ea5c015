"""Help by topic, the glossary, and that every page of work leads to its topic."""

from __future__ import annotations

import re
from importlib import resources
from itertools import pairwise

import pytest
from django.template import Context, Template
from django.test import Client

from tests.web.pages import read
from tests.web.people.cast import as_person
from tests.web.site.collected import RIGHTS
from vatra.web.cities.models import City
from vatra.web.desk.glossary import in_order, terms
from vatra.web.desk.topics import TOPICS, topic, topic_of
from vatra.web.people.models import User
from vatra.words import LANGUAGES, Language

HELP = resources.files("vatra.web.desk").joinpath("help")
WORK_PAGES = sorted(
    name
    for name, right in RIGHTS.items()
    if right.url.startswith("/{lang}/") and "/work/" in right.url and "GET" in right.methods
)


def text_of(name: str, lang: str) -> str:
    return HELP.joinpath(f"{name}.{lang}.md").read_text("utf-8")


@pytest.mark.parametrize("name", TOPICS)
def test_a_topic_says_the_same_in_both_languages(name: str) -> None:
    shapes = [
        [
            line.split(" ")[0] if line[:1] in "#-0123456789" else "p"
            for line in text_of(name, lang).splitlines()
            if line.strip()
        ]
        for lang in LANGUAGES
    ]
    assert shapes[0] == shapes[1]
    named = [set(re.findall(r"\(term:([-a-z0-9]+)\)", text_of(name, lang))) for lang in LANGUAGES]
    assert named[0] == named[1] <= set(terms())
    assert not set(text_of(name, "ro")) & set("şţŞŢ")


def test_every_file_of_help_is_a_topic() -> None:
    files = {each.name.split(".")[0] for each in HELP.iterdir()}
    assert files == set(TOPICS)


@pytest.mark.parametrize("name", WORK_PAGES)
def test_every_page_of_work_has_a_topic(name: str) -> None:
    assert topic_of(name) in TOPICS


def test_pages_lead_to_what_they_are_about() -> None:
    assert topic_of("workspace:findings") == "findings"
    assert topic_of("workspace:compare") == "why"
    assert topic_of("drafting:review") == "review"
    assert topic_of("drafting:section") == "contract"
    assert topic_of("publication:sign") == "sign"
    assert topic_of("cities:overview") is None


def test_the_head_of_work_links_its_topic(poiana: City, ana: User) -> None:
    browser = as_person(ana)
    for route, name in (("", "begin"), ("findings/", "findings"), ("history/", "why")):
        page = read(browser.get(f"/en/cities/poiana/work/{route}"))
        assert page.links().count(f"/en/help/{name}/") == 2, route
        assert f"Help: {topic(name, 'en').title}" in page.text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_topics_follow_each_other(client: Client, db: None, lang: str) -> None:
    links = read(client.get(f"/{lang}/help/")).links()
    urls = [f"/{lang}/help/{name}/" for name in TOPICS]
    assert [each for each in links if each in urls] == urls
    for before, after in pairwise(urls):
        assert after in read(client.get(before)).links()


def test_an_unknown_topic_names_those_that_exist(client: Client, db: None) -> None:
    answer = client.get("/en/help/%3Cscript%3E/")
    assert answer.status_code == 404
    assert "/en/help/begin/" in read(answer).links()
    assert "<script>" not in answer.content.decode().replace("<script src", "").replace(
        "<script type", ""
    )


def test_a_term_in_help_opens_its_meaning(client: Client, db: None) -> None:
    answer = client.get("/en/help/begin/")
    html, page = answer.content.decode(), read(answer)
    buttons = [each for tag, each in page.tags if tag == "button" and each.get("popovertarget")]
    held = {each["id"] for _, each in page.tags if "popover" in each}
    assert len(buttons) == len(held) == 2
    assert {each["popovertarget"] for each in buttons} == held
    assert terms()["base-year"].meaning("en") in html
    assert "/en/glossary/#base-year" in page.links()


def test_the_glossary_has_each_word_once_in_both_languages() -> None:
    found = terms().values()
    assert len(found) >= 40
    for lang in LANGUAGES:
        names = [each.name(lang).casefold() for each in found]
        assert len(names) == len(set(names))
        assert all(each.meaning(lang).strip().endswith(".") for each in found)
    assert not {letter for each in found for letter in each.meaning("ro")} & set("şţŞŢ")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_glossary_shows_all_words_in_the_order_of_the_language(
    client: Client, db: None, lang: Language
) -> None:
    page = read(client.get(f"/{lang}/glossary/"))
    shown = [each["id"] for tag, each in page.tags if tag == "div" and each.get("id") in terms()]
    assert shown == [each.key for each in in_order(lang)]
    assert len(shown) == len(terms())


def test_a_term_stands_in_a_template_as_often_as_one_likes(db: None) -> None:
    made = Template('{% load desk %}{% term "scope" "scope 2" %} {% term "scope" %}')
    html = made.render(Context({"lang": "ro"}))
    assert ">scope 2</button>" in html
    assert ">domeniu</button>" in html
    assert 'id="term-1"' in html
    assert 'id="term-2"' in html
    assert "/ro/glossary/#scope" in html


def test_an_unknown_term_is_a_fault_of_the_page() -> None:
    with pytest.raises(KeyError):
        Template('{% load desk %}{% term "no-such" %}').render(Context({"lang": "ro"}))
