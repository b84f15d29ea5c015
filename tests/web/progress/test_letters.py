"""Letters: what they tell, to whom, in which language, and never twice."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from tests.web.pages import read
from tests.web.people.cast import as_person, member
from vatra.web.cities.models import City
from vatra.web.people.models import Membership, User
from vatra.web.people.notices import Notice, sources
from vatra.web.progress import digest
from vatra.web.progress.actions import do_choose_letters, do_make_task
from vatra.web.progress.digest import Sent, do_send_letters, period_of, stop_token
from vatra.web.progress.models import Letter, LetterChoice, SeenChance, Told

ROOT = "https://vatra.example.ro"
NOW = timezone.make_aware(datetime(2026, 11, 23, 7, 30))


@pytest.fixture
def quiet(monkeypatch: pytest.MonkeyPatch) -> list[Notice]:
    """Only what a test puts here is to tell."""
    told: list[Notice] = []
    monkeypatch.setattr(digest, "sources", lambda: [("test", lambda city, day: list(told))])
    return told


def notice(key: str, person: User | None = None, **more: Any) -> Notice:
    people = frozenset({person.pk}) if person else frozenset()
    params = {"title": key, "day": NOW.date()}
    return Notice(key, "web.progress.notice-task-due", params, people=people, **more)


@pytest.mark.slow
def test_late_measures_indicators_and_tasks_come_in_one_letter(
    kept: City, ana: User, ion: User
) -> None:
    ana.language = "ro"
    ana.save()
    do_make_task(city=kept, title="Anunțul", due=NOW.date() + timedelta(days=3), actor=ana,
                 owner=ana)  # fmt: skip
    do_make_task(city=kept, title="Overdue", due=NOW.date() - timedelta(days=3), actor=ana,
                 owner=ion)  # fmt: skip
    do_make_task(city=kept, title="Far", due=NOW.date() + timedelta(days=30), actor=ana,
                 owner=ion)  # fmt: skip
    sent = do_send_letters(root=ROOT, now=NOW)
    assert sent.letter_count == 2
    letters = {each.to[0]: each for each in mail.outbox}
    mine = letters["ana@example.org"]
    assert "lucruri de văzut" in mine.subject
    assert "Sarcina „Anunțul” ajunge la termen pe 26 noiembrie 2026." in mine.body
    assert "Indicatorul „Deplasări cu bicicleta” este în urmă: 5,5 %, față de 8" in mine.body
    assert "Măsura B2" in mine.body
    assert f"{ROOT}/ro/cities/{kept.slug}/work/progress/measures/B2/" in mine.body
    html = mine.alternatives[0][0]
    assert "<li>Sarcina „Anunțul”" in html
    # A contributor hears of the own task only.
    theirs = letters["ion@example.org"]
    assert 'The task "Overdue" was due on November 20, 2026.' in theirs.body
    assert "Far" not in theirs.body
    assert "B2" not in theirs.body
    assert theirs.subject == "Vatra: 1 thing to look at"


def test_nothing_is_told_twice_even_when_the_clock_goes_back(
    kept: City, ana: User, quiet: list[Notice]
) -> None:
    do_choose_letters(person=ana, rhythm="day")
    quiet.append(notice("one", ana))
    assert do_send_letters(root=ROOT, now=NOW).letter_count == 1
    assert do_send_letters(root=ROOT, now=NOW).letter_count == 0
    assert do_send_letters(root=ROOT, now=NOW + timedelta(days=1)).letter_count == 0
    quiet.append(notice("two", ana))
    # The same day: its letter has left. The day before: the clock was set back.
    assert do_send_letters(root=ROOT, now=NOW + timedelta(hours=2)).letter_count == 0
    assert do_send_letters(root=ROOT, now=NOW - timedelta(days=1)).letter_count == 0
    assert do_send_letters(root=ROOT, now=NOW + timedelta(days=1)).letter_count == 1
    assert "two" in mail.outbox[-1].body
    assert "one" not in mail.outbox[-1].body
    assert Told.objects.count() == 2


def test_a_week_brings_one_letter_and_never_none(
    kept: City, ana: User, quiet: list[Notice]
) -> None:
    quiet.append(notice("one", ana))
    assert do_send_letters(root=ROOT, now=NOW).letter_count == 1
    quiet.append(notice("two", ana))
    assert do_send_letters(root=ROOT, now=NOW + timedelta(days=6)).letter_count == 0
    assert do_send_letters(root=ROOT, now=NOW + timedelta(days=7)).letter_count == 1
    do_choose_letters(person=ana, rhythm="never")
    quiet.append(notice("three", ana))
    assert do_send_letters(root=ROOT, now=NOW + timedelta(days=30)).letter_count == 0


def test_a_letter_that_was_interrupted_is_in_doubt_and_not_sent_again(
    kept: City, ana: User, quiet: list[Notice], monkeypatch: pytest.MonkeyPatch
) -> None:
    quiet.append(notice("one", ana))

    def killed(*parts: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(digest, "message", killed)
        with pytest.raises(KeyboardInterrupt):
            do_send_letters(root=ROOT, now=NOW)
    assert Letter.objects.get().state == "sending"
    assert do_send_letters(root=ROOT, now=NOW + timedelta(days=7)) == Sent(0, 0, 0, 1)
    assert mail.outbox == []


def test_a_letter_that_the_server_refused_is_tried_again(
    kept: City, ana: User, quiet: list[Notice], settings: Any
) -> None:
    quiet.append(notice("one", ana))
    settings.EMAIL_BACKEND = "tests.web.progress.refusing.EmailBackend"
    assert do_send_letters(root=ROOT, now=NOW) == Sent(0, 0, 1, 0)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert do_send_letters(root=ROOT, now=NOW).letter_count == 1


def test_another_run_at_the_same_time_sends_nothing_more(
    kept: City, ana: User, quiet: list[Notice]
) -> None:
    quiet.append(notice("one", ana))
    period = period_of("week", NOW.date())
    Letter.objects.create(person=ana, period=period, at=NOW)
    assert do_send_letters(root=ROOT, now=NOW).letter_count == 0
    assert not Told.objects.exists()


def test_who_left_the_city_hears_nothing_of_it(kept: City, ana: User, quiet: list[Notice]) -> None:
    quiet.append(notice("one", ana))
    Membership.objects.filter(person=ana).update(until=NOW.date() - timedelta(days=1))
    assert do_send_letters(root=ROOT, now=NOW).letter_count == 0


@pytest.mark.slow
def test_a_fall_of_the_probability_is_told_from_the_chosen_size_on(
    kept: City, ana: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    do_send_letters(root=ROOT, now=NOW)
    seen = SeenChance.objects.get(city=kept)
    assert seen.before_ppm is None
    # The state that letters looked at last was another one, ten per cent better.
    assert seen.now_ppm is not None
    now_ppm = seen.now_ppm
    SeenChance.objects.update(run_id="before", now_ppm=now_ppm + 100_000)
    mail.outbox.clear()
    do_choose_letters(person=ana, rhythm="day", fall_percent=20)
    assert do_send_letters(root=ROOT, now=NOW + timedelta(days=1)).letter_count == 0
    do_choose_letters(person=ana, rhythm="day", fall_percent=5)
    assert do_send_letters(root=ROOT, now=NOW + timedelta(days=2)).letter_count == 1
    assert "The probability of the target of 2035 fell from" in mail.outbox[0].body


def test_the_link_at_the_end_stops_letters_without_signing_in(
    kept: City, ana: User, quiet: list[Notice]
) -> None:
    quiet.append(notice("one", ana))
    do_send_letters(root=ROOT, now=NOW)
    found = re.search(rf"{ROOT}(/en/account/letters/stop/\S+/)", mail.outbox[0].body)
    assert found is not None
    assert mail.outbox[0].extra_headers["List-Unsubscribe"] == f"<{ROOT}{found[1]}>"
    visitor = Client(enforce_csrf_checks=True)
    assert visitor.get(found[1]).status_code == 200
    assert not LetterChoice.objects.filter(person=ana).exists()
    response = visitor.post(found[1])
    assert response.status_code == 200
    assert "no more letters" in read(response).text
    assert LetterChoice.objects.get(person=ana).rhythm == "never"


@pytest.mark.parametrize("change", [lambda t: t[:-1] + "A", lambda t: "9" + t, lambda t: "x"])
def test_a_link_that_we_did_not_make_stops_nothing(ana: User, change: Any) -> None:
    token = change(stop_token(ana))
    if token == stop_token(ana):
        token += "B"
    response = Client().post(f"/en/account/letters/stop/{token}/")
    assert response.status_code == 404
    assert not LetterChoice.objects.exists()


def test_everybody_chooses_for_oneself(ana: User) -> None:
    client = as_person(ana)
    assert client.post("/ro/account/letters/", {"rhythm": "hourly"}).status_code == 422
    sent = {"rhythm": "day", "fall_percent": "10"}
    assert client.post("/ro/account/letters/", sent).status_code == 302
    chosen = LetterChoice.objects.get(person=ana)
    assert (chosen.rhythm, chosen.fall_percent) == ("day", 10)


def test_progress_is_found_among_what_letters_tell() -> None:
    assert {"progress", "drafting", "evidence", "editing"} <= {name for name, _ in sources()}


@pytest.mark.slow
def test_a_review_that_waits_a_file_with_faults_and_a_mention_are_told(
    kept: City, ana: User, ion: User
) -> None:
    from vatra.web.drafting.models import Review
    from vatra.web.editing.models import Comment, Mention, Thread
    from vatra.web.evidence.models import Upload
    from vatra.web.workspace.queries import head_of

    head = head_of(kept)
    assert head is not None
    maria = member("maria", kept, "climate_lead")
    review = Review.objects.create(city=kept, version=head, asked_by=ana, asked_by_log="x",
                                   asked_at=NOW)  # fmt: skip
    Upload.objects.create(city=kept, name="gaz.csv", sha="0" * 64, byte_count=9, kind="csv",
                          state="ready", error_count=3, by=ion, at=NOW)  # fmt: skip
    thread = Thread.objects.create(city=kept, kind="row", anchor="energy:2021")
    said = Comment.objects.create(thread=thread, author=ana, text="?")
    Mention.objects.create(comment=said, person=ion)
    do_send_letters(root=ROOT, now=NOW)
    letters = {each.to[0]: each.body for each in mail.outbox}
    assert "A review of version 1 waits" in letters[maria.email]
    assert f"/review/{review.pk}/" in letters[maria.email]
    # Who asked for it does not decide.
    assert "A review of version" not in letters.get(ana.email, "")
    assert "gaz.csv that you handed in has 3 faults" in letters[ion.email]
    assert "Ana named you in a comment on energy:2021" in letters[ion.email]


def test_a_name_that_attacks_is_harmless_in_a_letter(
    kept: City, ana: User, quiet: list[Notice]
) -> None:
    quiet.append(notice("<script>alert(1)</script>", ana))
    do_send_letters(root=ROOT, now=NOW)
    html = mail.outbox[0].alternatives[0][0]
    assert "<script>" not in html
    assert "&lt;script&gt;" in html
    assert "\n" not in mail.outbox[0].subject
