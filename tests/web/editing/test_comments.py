"""People talk about a figure; who is named finds it in a list."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.web.pages import read
from tests.web.people.cast import as_person, member
from vatra.web.base.queries import entries
from vatra.web.cities.models import City
from vatra.web.editing.actions import do_add_comment, do_set_thread
from vatra.web.editing.mentions import named
from vatra.web.editing.models import LONGEST_TEXT, Comment, Mention, Thread
from vatra.web.editing.queries import unseen_mentions
from vatra.web.people.models import User

TALK = "/en/cities/poiana/work/comments/"
ROW = {"kind": "cell", "anchor": "energy:2021 · buildings · natural_gas · 1"}


@pytest.fixture
def cora(poiana: City) -> User:
    """A contributor: may speak, not write."""
    return member("cora", poiana, "contributor")


def say(person: User, text: str) -> Thread:
    answer = as_person(person).post(f"{TALK}new/", {**ROW, "text": text})
    assert answer.status_code == 302, read(answer).text
    return Thread.objects.get()


def test_a_contributor_asks_and_the_row_says_so(cora: User, ana: User) -> None:
    thread = say(cora, "Is this gross or net?\n<b>net</b>")
    page = as_person(ana).get(f"{TALK}{thread.pk}/")
    assert "&lt;b&gt;net&lt;/b&gt;" in page.content.decode()
    table = as_person(ana).get("/en/cities/poiana/work/tables/energy/").content.decode()
    assert 'class="edit-said"' in table
    answered = as_person(ana).post(f"{TALK}{thread.pk}/", {"text": "Net."})
    assert answered.status_code == 302
    assert [each.text for each in thread.comments.all()][-1] == "Net."
    # The log knows that something was said, not what.
    assert {each.detail for each in entries(city="poiana").filter(noun="thread")} == {"cell"}


def test_one_thing_has_one_open_thread(cora: User, ana: User) -> None:
    first = say(cora, "one")
    as_person(ana).post(f"{TALK}new/", {**ROW, "text": "two"})
    assert Thread.objects.get().comments.count() == 2
    as_person(ana).post(f"{TALK}{first.pk}/state/", {"state": "resolved"})
    as_person(ana).post(f"{TALK}new/", {**ROW, "text": "again"})
    assert Thread.objects.count() == 2


def test_a_button_pressed_twice_says_it_once(cora: User, ana: User) -> None:
    thread = say(cora, "gross or net?")
    say(cora, "gross or net?")
    assert thread.comments.count() == 1
    # Somebody else may say the same.
    say(ana, "gross or net?")
    assert thread.comments.count() == 2


def test_resolved_threads_leave_the_list_and_may_return(cora: User, ana: User) -> None:
    thread = say(cora, "why")
    client = as_person(ana)
    client.post(f"{TALK}{thread.pk}/state/", {"state": "resolved"})
    assert "why" not in read(client.get(TALK)).text
    assert "why" in read(client.get(TALK, {"state": "resolved"})).text
    client.post(f"{TALK}{thread.pk}/state/", {"state": "open"})
    assert "why" in read(client.get(TALK)).text


def test_an_answer_of_the_same_moment_opens_nothing_again(cora: User, ana: User) -> None:
    thread = say(cora, "?")
    before = Thread.objects.get(pk=thread.pk)
    do_set_thread(thread=thread, state="resolved", actor=ana)
    do_add_comment(thread=before, text="Net.", actor=ana)
    thread.refresh_from_db()
    assert (thread.state, thread.comments.count()) == ("resolved", 2)


def test_who_is_named_finds_it_until_it_is_seen(cora: User, ana: User, ion: User) -> None:
    thread = say(cora, "@ana, can you look? @nobody too. And @cora herself.")
    assert [each.comment.thread_id for each in unseen_mentions(ana)] == [thread.pk]
    assert not unseen_mentions(ion).exists()
    assert not unseen_mentions(cora).exists()
    client = as_person(ana)
    assert "names you" in read(client.get(TALK, {"mine": "1"})).text
    client.post(f"{TALK}{thread.pk}/seen/")
    assert not unseen_mentions(ana).exists()
    assert Mention.objects.count() == 1


def test_names_are_found_as_people_write_them() -> None:
    people = [
        User(pk=1, name="Ștefan Ene", email="stefan.ene@example.org"),
        User(pk=2, name="Ana Pop", email="ana.pop@example.org"),
        User(pk=3, name="Ana Dan", email="a@example.org"),
    ]
    found = {
        "@stefan": [1], "@Ștefan Ene, da": [1], "@stefan.ene.": [1], "@ana pop": [2], "@Ana": [],
        "@ana.pop": [2], "mail@ana.pop": [], "@@a": [], "@a": [3],
    }  # fmt: skip
    assert {text: [each.pk for each in named(text, people)] for text in found} == found


def test_only_who_said_it_changes_it(cora: User, ana: User) -> None:
    thread = say(cora, "teh")
    said = Comment.objects.get()
    url = f"{TALK}{thread.pk}/edit/{said.pk}/"
    assert as_person(ana).post(url, {"text": "mine"}).status_code == 403
    assert as_person(cora).post(url, {"text": "the"}).status_code == 302
    said.refresh_from_db()
    assert (said.text, said.edited_at is not None) == ("the", True)


@pytest.mark.parametrize("text", ["", "  \n ", "x" * (LONGEST_TEXT + 1), "a\x00b", "\u202eabc"])
def test_rubbish_is_not_said(cora: User, text: str) -> None:
    answer = as_person(cora).post(f"{TALK}new/", {**ROW, "text": text})
    assert answer.status_code == 422
    assert not Comment.objects.exists()


@pytest.mark.parametrize(
    "anchor", [{"kind": "moon"}, {"anchor": ""}, {"anchor": "x" * 301}, {"anchor": "a\x00"}]
)
def test_rubbish_cannot_be_spoken_about(cora: User, anchor: dict[str, str]) -> None:
    answer = as_person(cora).post(f"{TALK}new/", {**ROW, "text": "x", **anchor})
    assert answer.status_code == 422
    assert not Thread.objects.exists()


def test_words_stay_when_the_account_goes(cora: User, ana: User, client: Client) -> None:
    thread = say(cora, "kept")
    cora.delete()
    page = read(as_person(ana).get(f"{TALK}{thread.pk}/")).text
    assert "kept" in page
    assert "somebody whose account is erased" in page


@pytest.mark.parametrize("kind", ["number", "section", "upload"])
def test_numbers_sections_and_files_are_spoken_of_too(cora: User, kind: str) -> None:
    about = {"kind": kind, "anchor": "total.2021"}
    page = as_person(cora).get(TALK, about)
    assert "total.2021" in read(page).text
    as_person(cora).post(f"{TALK}new/", {**about, "text": "so?"})
    assert Thread.objects.get().kind == kind
