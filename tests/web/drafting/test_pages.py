"""Sections that two people write, records in a form, four eyes, drafts with their mark."""

from __future__ import annotations

import io
import json

import pytest
from django.utils import timezone
from openpyxl import load_workbook
from pypdf import PdfReader

from tests.web.drafting.conftest import ENERGY
from tests.web.pages import read
from tests.web.people.cast import as_person, member
from vatra.contract import verify
from vatra.web.cities.models import City
from vatra.web.drafting.actions import do_save_section
from vatra.web.drafting.models import Review
from vatra.web.drafting.queries import approved_version
from vatra.web.people.models import User
from vatra.web.publication.models import SealedContract
from vatra.web.workspace.actions import do_save_files
from vatra.web.workspace.changes import Conflict
from vatra.web.workspace.packs import computed
from vatra.web.workspace.queries import head_of, sheet_of, text_of

WORK = "/en/cities/poiana/work/contract/"


def save(city: City, key: str, person: User, base: int | None = None, **texts: str) -> None:
    head = head_of(city)
    assert head is not None
    seen = city.versions.get(number=base) if base else head
    do_save_section(city=city, base=seen, key=key, texts=texts, actor=person)


def test_two_people_write_two_sections_of_an_empty_text(
    poiana: City, ana: User, rodica: User
) -> None:
    save(poiana, "goal", ana, base=1, en="Ana's goal.")
    save(poiana, "outlook", rodica, base=1, en="Rodica's outlook.")
    head = head_of(poiana)
    assert head is not None
    text = text_of(head, "narrative.en.md")
    assert "Ana's goal." in text
    assert "Rodica's outlook." in text


def test_two_people_write_different_lines_of_one_section(
    poiana: City, ana: User, rodica: User
) -> None:
    save(poiana, "goal", ana, en="One.\n\nTwo.\n\nThree.")
    save(poiana, "goal", ana, base=2, en="First.\n\nTwo.\n\nThree.")
    save(poiana, "goal", rodica, base=2, en="One.\n\nTwo.\n\nLast.")
    head = head_of(poiana)
    assert head is not None
    assert "First.\n\nTwo.\n\nLast." in text_of(head, "narrative.en.md")


def test_the_same_line_is_never_overwritten(poiana: City, ana: User, rodica: User) -> None:
    save(poiana, "goal", ana, en="One.")
    save(poiana, "goal", ana, base=2, en="Ana's.")
    with pytest.raises(Conflict):
        save(poiana, "goal", rodica, base=2, en="Rodica's.")
    answer = as_person(rodica).post(f"{WORK}sections/goal/", {"base": "2", "text-en": "Rodica's."})
    assert answer.status_code == 409
    said = read(answer).text
    assert "Ana's." in said
    assert "Rodica's." in said
    head = head_of(poiana)
    assert head is not None
    assert "Ana's." in text_of(head, "narrative.en.md")


def test_a_preview_saves_nothing_and_runs_nothing(poiana: City, ana: User) -> None:
    text = "{{ total.2021 }} <script>alert(1)</script> [x](javascript:alert(1))"
    browser = as_person(ana)
    for url, more in ((f"{WORK}sections/goal/", {"do": "preview"}), (f"{WORK}preview/", {})):
        answer = browser.post(url, {"text-en": text, "lang": "en", **more})
        assert answer.status_code == 200
        page = answer.content.decode()
        assert "380,312" in page
        assert "<script>alert" not in page
        assert 'href="javascript' not in page
    assert head_of(poiana) == poiana.versions.get(number=1)


def test_a_viewer_reads_and_does_not_write(poiana: City, ana: User, vlad: User) -> None:
    save(poiana, "goal", ana, en="A goal.")
    browser = as_person(vlad)
    page = read(browser.get(f"{WORK}sections/goal/"))
    assert "A goal." in page.text
    assert not [a for tag, a in page.tags if tag == "textarea"]
    assert browser.post(f"{WORK}sections/goal/", {"text-en": "x"}).status_code == 403


def test_figures_are_found_by_words_in_the_readers_language(poiana: City, ana: User) -> None:
    said = read(as_person(ana).get("/ro/cities/poiana/work/contract/figures/?q=cladiri 2021")).text
    assert "{{ buildings.2021 }}" in said
    assert "{{ transport.2021 }}" not in said


def test_a_section_that_nobody_declared_is_not_found(poiana: City, ana: User) -> None:
    assert as_person(ana).get(f"{WORK}sections/nonsense/").status_code == 404


def test_records_are_checked_before_they_are_stored(poiana: City, ana: User) -> None:
    browser, url = as_person(ana), f"{WORK}records/participation/"
    row = {
        "n0-date": "2024-02-30", "n0-kind": "workshop", "n0-organiser": "City",
        "n0-participants": "many", "n0-topic_ro": "Transport",
    }  # fmt: skip
    wrong = browser.post(url, row)
    assert wrong.status_code == 422
    marked = {a["id"] for tag, a in read(wrong).tags if a.get("aria-invalid") == "true"}
    assert marked == {"id-n0-date", "id-n0-participants"}
    right = row | {"n0-date": "2024-02-29", "n0-participants": "45"}
    assert browser.post(url, right).status_code == 302
    head = head_of(poiana)
    assert head is not None
    assert sheet_of(head, "participation").rows[0]["organiser"] == "City"
    assert browser.post(url, {"r2-remove": "1"}).status_code == 302
    head = head_of(poiana)
    assert head is not None
    assert sheet_of(head, "participation").rows == ()


def test_four_eyes(poiana: City, ana: User, rodica: User) -> None:
    """Neither who asked nor who wrote last decides, whatever their role is."""
    save(poiana, "goal", rodica, en="A goal of {{ nothing }}.", ro="Un obiectiv.")
    officer, lead = as_person(ana), as_person(rodica)
    missing = officer.post(f"{WORK}review/", {})
    assert missing.status_code == 422
    assert officer.post(f"{WORK}review/", {"excuse": "urgent"}).status_code == 302
    again = officer.post(f"{WORK}review/", {"excuse": "urgent"})
    assert again.status_code == 422
    decide = f"{WORK}review/{Review.objects.get().pk}/decide/"
    assert officer.post(decide, {"do": "approve"}).status_code == 403
    assert lead.post(decide, {"do": "approve"}).status_code == 403
    third = as_person(member("mara", poiana, "administrator"))
    # Who may not decide is asked to read only, on the page of the contract as on that of reviews.
    for page in (WORK, f"{WORK}review/"):
        assert "Read and decide" in read(third.get(page)).text
        assert "Read and decide" not in read(officer.get(page)).text
        assert decide.removesuffix("decide/") in read(officer.get(page)).links()
    # Without a reason, the fault stands at the field, below all sections.
    silent = read(third.post(decide, {"do": "refuse"}))
    assert ("span", {"class": "field-error", "id": "reason-fault"}) in silent.tags
    to_seal = "/en/cities/poiana/work/publish/"
    assert silent.links().count(to_seal) == 1, "the tab alone leads there"
    assert third.post(decide, {"do": "approve"}).status_code == 302
    approved = read(third.get(f"{WORK}review/{Review.objects.get().pk}/"))
    assert approved.links().count(to_seal) == 2
    assert approved_version(poiana) == head_of(poiana)
    assert third.post(decide, {"do": "refuse", "reason": "no"}).status_code == 422


def test_a_draft_that_moved_on_is_not_approved(poiana: City, ana: User, rodica: User) -> None:
    save(poiana, "goal", ana, en="A goal.")
    as_person(ana).post(f"{WORK}review/", {"excuse": "urgent"})
    save(poiana, "goal", ana, en="Another goal.")
    pk = Review.objects.get().pk
    lead = as_person(rodica)
    assert lead.post(f"{WORK}review/{pk}/decide/", {"do": "approve"}).status_code == 422
    assert approved_version(poiana) is None
    assert lead.post(f"{WORK}review/{pk}/withdraw/").status_code == 302
    assert Review.objects.get().state == "withdrawn"


@pytest.mark.slow
def test_a_draft_is_marked_on_every_page_and_carries_no_seal(poiana: City, ana: User) -> None:
    save(poiana, "goal", ana, en="We emitted {{ total.2021 }}.")
    browser = as_person(ana)
    pdf = PdfReader(io.BytesIO(browser.get(f"{WORK}draft.en.pdf").content))
    pages = [each.extract_text() for each in pdf.pages]
    assert all("DRAFT: not approved, not sealed" in each for each in pages)
    assert any("We emitted 380,312" in each.replace("\u00a0", " ") for each in pages)
    content = json.loads(browser.get(f"{WORK}draft.en.json").content)
    assert "seal" not in content
    assert [each.kind for each in verify(content)] == ["format"]


def test_a_secap_holds_inventory_and_plan(poiana: City, ana: User) -> None:
    answer = as_person(ana).get(f"{WORK}secap.xlsx")
    assert "poiana-secap-draft-1.en.xlsx" in answer["Content-Disposition"]
    book = load_workbook(io.BytesIO(answer.content))
    assert {"a", "c", "plan-b-2.2", "about"} <= set(book.sheetnames)
    cells = [str(each.value) for row in book["plan-b-2.2"].iter_rows() for each in row]
    assert any("Deep retrofit" in each for each in cells)


def test_rubbish_is_answered_and_not_broken(poiana: City, ana: User) -> None:
    browser = as_person(ana)
    assert browser.get(f"{WORK}review/99999999999999999999/").status_code == 404
    answer = browser.post(f"{WORK}preview/", {"lang": "zz", "text-ro": "a\x00b {{ }} {{x"})
    assert answer.status_code == 200
    live = browser.post(f"{WORK}sections/goal/", {"live": ":::", "text-en": "x\ue000y"})
    assert live.status_code == 302
    head = head_of(poiana)
    assert head is not None
    assert text_of(head, "narrative.en.md") == "## goal\n\nxy\n"
    given = {"excuse": "a\x00b", "base": "9" * 30}
    assert browser.post(f"{WORK}review/", given).status_code in (302, 404, 422)


def test_each_live_figure_says_of_what_it_is(poiana: City, ana: User, published: int) -> None:
    """1,000,000 MWh of gas make 201,960 t; the draft has 100,000 MWh less: 20,196 t less."""
    browser = as_person(ana)
    same = read(browser.get(f"{WORK}figures/?q=buildings 2021")).text
    assert f"draft, version {published}; the same in what is published" in same
    SealedContract.objects.create(
        city=poiana,
        number=1,
        edition=1,
        version_number=published,
        version_digest="0" * 64,
        seal=poiana.run_id,
        state="published",
        published_at=timezone.now(),
    )
    head = head_of(poiana)
    assert head is not None
    less = ENERGY.replace("2021,1000000", "2021,900000").encode()
    do_save_files(
        city=poiana, base=head, files={"energy.csv": less}, kind="edit", note="", actor=ana
    )
    save(poiana, "goal", ana, en="We emitted {{ buildings.2021 }}, all in all {{ total.2021 }}.")
    page = read(browser.get(f"{WORK}sections/goal/")).text
    assert "draft, version 3; in edition 1: 326,960 t CO₂" in page
    assert "306,764 t CO₂" in page
    review = read(browser.get(f"{WORK}figures/?q=transport 2021")).text
    assert "draft, version 3; the same in edition 1" in review


@pytest.fixture
def published(poiana: City) -> int:
    """The first version is what everybody sees; its number."""
    head = head_of(poiana)
    assert head is not None
    draft = computed(head)
    City.objects.filter(pk=poiana.pk).update(folder=str(draft.folder), run_id=draft.run_id)
    poiana.refresh_from_db()
    return head.number
