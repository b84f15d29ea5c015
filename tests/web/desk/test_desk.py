"""The desk: where a city stands, what comes next, what waits for whom."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.web.pages import Page, read
from tests.web.people.cast import as_person, member
from tests.web.workspace.conftest import ENERGY
from vatra.web.cities.models import City
from vatra.web.drafting.models import Review
from vatra.web.editing.models import Comment, Mention, Thread
from vatra.web.evidence.models import Upload
from vatra.web.people.holding import today
from vatra.web.people.models import User
from vatra.web.progress.models import Task
from vatra.web.publication.models import SealedContract, Signatory
from vatra.web.workspace.actions import do_save_files
from vatra.web.workspace.models import Version
from vatra.web.workspace.packs import computed
from vatra.web.workspace.queries import head_of
from vatra.web.workspace.steps import Step, arranged, steps_of
from vatra.words import Language

DESK = "/en/cities/poiana/work/"


def desk_of(person: User, url: str = DESK) -> Page:
    return read(as_person(person).get(url))


def states(city: City) -> dict[int, str]:
    """Order of each step -> its state."""
    head = head_of(city)
    assert head is not None
    return {each.order: each.state for each in steps_of(city, head, "en")}


def test_of_open_steps_the_first_is_now_and_the_others_later() -> None:
    given = [
        Step(30, "c", "", "", "open"),
        Step(10, "a", "", "", "done"),
        Step(20, "b", "", "", "open"),
        Step(40, "d", "", "", "blocked", "why"),
    ]
    assert [each.state for each in arranged(given)] == ["done", "now", "later", "blocked"]


@pytest.mark.parametrize(
    ("lang", "says"),
    [
        ("en", "Work has just begun. Next: hand in the energy of 2021 ."),
        ("ro", "Lucrul abia a început. Urmează: predați energia anului 2021 ."),
    ],
)
def test_an_empty_city_leads_to_the_first_upload(
    gol: City, rada: User, lang: str, says: str
) -> None:
    page = desk_of(rada, f"/{lang}/cities/gol/work/")
    assert says in page.text
    assert page.links().count(f"/{lang}/cities/gol/work/evidence/") >= 2


def test_a_new_city_goes_from_the_list_to_its_desk(rada: User) -> None:
    browser = as_person(rada)
    front = read(browser.get("/en/"))
    assert "Begin with a name and two years" in front.text
    assert "/en/new-city/" in front.links()
    given = {"name": "Vadu", "base_year": "2021", "target_year": "2035", "source": "decision"}
    page = read(browser.post("/en/new-city/", given, follow=True))
    assert "Next: hand in the energy of 2021" in page.text
    assert "/en/cities/vadu/work/" in read(browser.get("/en/")).links()


def test_steps_say_what_they_wait_for(gol: City, rada: User) -> None:
    found = states(gol)
    # Settings lack the target only, which a first figure does not need.
    assert found[20] == "now"
    assert found[35] == "later"
    assert {found[order] for order in (30, 40, 50, 70, 80, 90, 100)} == {"blocked"}
    page = desk_of(rada, "/en/cities/gol/work/")
    assert "The energy of the base year comes first." in page.text
    assert "An approval comes first." in page.text


def test_settings_with_faults_come_first(poiana: City, first: Version, ana: User) -> None:
    broken = b"name: Poiana\n"
    do_save_files(
        city=poiana, base=first, files={"city.yaml": broken}, kind="edit", note="", actor=ana
    )
    assert states(poiana)[10] == "now"


def test_the_draft_comes_after_the_page_and_brings_the_sentence_with_it(
    poiana: City, first: Version, ana: User
) -> None:
    text = ENERGY.replace("1000", "2000").encode()
    do_save_files(
        city=poiana, base=first, files={"energy.csv": text}, kind="edit", note="", actor=ana
    )
    browser = as_person(ana)
    before = read(browser.get(DESK))
    loads = [each for _, each in before.tags if each.get("hx-get")]
    assert [each["hx-get"] for each in loads] == [f"{DESK}draft/"]
    assert "compute and check the draft" in before.text
    part = browser.get(f"{DESK}draft/", headers={"hx-request": "true"})
    found = read(part)
    # 2,000 MWh of gas 403.92 t, 500 MWh of power 125 t, 200 MWh of diesel 53.35 t; before, the
    # gas was half of that: 201.96 t less.
    assert "582 t" in found.text
    assert "380 t" in found.text
    assert "202 t" in found.text
    swapped = {each["id"] for _, each in found.tags if each.get("hx-swap-oob") == "true"}
    assert swapped == {"desk-lead", "desk-steps"}
    assert "choose actions" in found.text
    assert "Next: choose actions" in read(browser.get(DESK)).text


def test_the_draft_without_scripts_leads_back_to_the_desk(poiana: City, ana: User) -> None:
    browser = as_person(ana)
    answer = browser.get(f"{DESK}draft/")
    assert (answer.status_code, answer["Location"]) == (302, DESK)
    page = read(browser.get(DESK))
    assert "380 t" in page.text
    assert not [each for _, each in page.tags if each.get("hx-get")]


def test_errors_of_the_draft_are_counted(poiana: City, first: Version, ana: User) -> None:
    text = ENERGY.replace("1000", "many").encode()
    do_save_files(
        city=poiana, base=first, files={"energy.csv": text}, kind="edit", note="", actor=ana
    )
    page = read(as_person(ana).get(f"{DESK}draft/", headers={"hx-request": "true"}))
    assert "1 error keeps it from being computed." in page.text
    assert f"{DESK}findings/" in page.links()


def test_where_nobody_has_begun_an_editor_begins_and_a_viewer_reads_who_may(db: None) -> None:
    city = City.objects.create(
        slug="poiana", name="Poiana", folder="/nowhere", run_id="0", base_year=2021
    )
    page = desk_of(member("ana", city, "editor"))
    assert f"{DESK}start/" in [each.get("action") for _, each in page.tags]
    seen = desk_of(member("vlad", city, "viewer"))
    assert f"{DESK}start/" not in [each.get("action") for _, each in seen.tags]
    assert "administrator of the city begins" in seen.text


def test_a_file_waits_for_who_may_decide(poiana: City, ana: User) -> None:
    made = Upload.objects.create(
        city=poiana, name="gas.csv", sha="0" * 64, byte_count=1, kind="csv", state="ready",
        at=timezone.now(),
    )  # fmt: skip
    assert f"{DESK}evidence/{made.pk}/" in desk_of(ana).links()
    assert "gas.csv" not in desk_of(member("vlad", poiana, "contributor")).text


def test_an_own_file_that_cannot_go_on_waits_for_who_handed_it_in(poiana: City, ana: User) -> None:
    vlad = member("vlad", poiana, "contributor")
    Upload.objects.create(
        city=poiana, name="gas.csv", sha="0" * 64, byte_count=1, kind="csv", state="mapping",
        by=vlad, at=timezone.now(),
    )  # fmt: skip
    assert "Say what the columns of gas.csv are" in desk_of(vlad).text
    assert "gas.csv" not in desk_of(ana).text


def test_a_mention_waits_until_it_is_seen(poiana: City, ana: User, ion: User) -> None:
    thread = Thread.objects.create(city=poiana, kind="number", anchor="2021")
    said = Comment.objects.create(thread=thread, author=ion, text="@Ana, why so much?")
    named = Mention.objects.create(comment=said, person=ana)
    page = desk_of(ana)
    assert "Ion asks you: @Ana, why so much?" in page.text
    assert f"{DESK}comments/{thread.pk}/" in page.links()
    named.seen_at = timezone.now()
    named.save()
    assert "why so much" not in desk_of(ana).text


def test_a_review_waits_for_another_one_than_who_asked(
    poiana: City, first: Version, ana: User, ion: User
) -> None:
    made = Review.objects.create(
        city=poiana, version=first, asked_by=ana, asked_by_log=ana.log_name, asked_at=timezone.now()
    )
    assert f"{DESK}contract/review/{made.pk}/" in desk_of(ion).links()
    assert "Approve or refuse" not in desk_of(ana).text


def test_a_task_waits_when_it_is_due_soon(poiana: City, ana: User) -> None:
    now = timezone.now()
    for title, days in (("Count the lamps", 3), ("Plant the trees", 90), ("Ask the plant", -1)):
        Task.objects.create(
            city=poiana, title=title, owner=ana, due=today() + timedelta(days=days), made_at=now,
            changed_at=now,
        )  # fmt: skip
    page = desk_of(ana)
    assert "Count the lamps, until" in page.text
    assert "Ask the plant, was due" in page.text
    assert "Plant the trees" not in page.text


def test_a_signature_waits_for_who_was_asked(poiana: City, first: Version, ana: User) -> None:
    mara = member("mara", poiana, "signatory")
    contract = SealedContract.objects.create(
        city=poiana, number=1, version_number=1, version_digest=first.digest, state="signing"
    )
    Signatory.objects.create(contract=contract, person=mara, name="Mara", office="mayor", order=1)
    page = desk_of(mara)
    assert "Your signature is asked for as mayor" in page.text
    assert f"{DESK}publish/1/sign/" in page.links()
    assert "0 of 1 signatures are there." in desk_of(ana).text


def test_a_member_comes_from_the_public_page_to_the_desk(cluj: City) -> None:
    url = f"/en/cities/{cluj.slug}/"
    editor, viewer = member("ana", cluj, "editor"), member("vlad", cluj, "viewer")
    page = desk_of(editor, url)
    assert f"{url}work/start/" in [each.get("action") for _, each in page.tags]
    assert f"{url}work/start/" not in [each.get("action") for _, each in desk_of(viewer, url).tags]
    assert as_person(editor).post(f"{url}work/start/").status_code == 302
    assert f"{url}work/" in desk_of(viewer, url).links()
    assert cluj.name in desk_of(viewer, "/en/").text


def test_a_visitor_sees_no_way_to_the_work(cluj: City, client: object) -> None:
    page = read(client.get(f"/en/cities/{cluj.slug}/"))  # type: ignore[attr-defined]
    assert not [each for each in page.links() if "/work/" in each]


def test_what_nobody_computed_is_computed_before_it_is_cleared(poiana: City) -> None:
    head = head_of(poiana)
    assert head is not None

    def named(lang: Language) -> tuple[str, str]:
        found = next(each for each in steps_of(poiana, head, lang) if each.order == 30)
        return found.name, found.state

    assert named("en") == ("Compute and check the draft", "now")
    assert named("ro") == ("Calculați și verificați versiunea de lucru", "now")
    computed(head)
    assert named("en") == ("Clear the draft of errors", "done")
