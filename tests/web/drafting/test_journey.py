"""An officer writes two sections, the data move, a reviewer refuses and then approves."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core import mail
from django.test import Client

from tests.web.pages import read
from tests.web.people.cast import as_person
from vatra.web.cities.models import City
from vatra.web.drafting.models import Review
from vatra.web.drafting.queries import approved_version
from vatra.web.people.models import User
from vatra.web.workspace.actions import do_save_cells
from vatra.web.workspace.changes import CellChange
from vatra.web.workspace.queries import head_of, sheet_of, text_of

WORK = "/en/cities/poiana/work/contract/"
GOAL = f"{WORK}sections/goal/"
HISTORY_RO = "/ro/cities/poiana/work/history/"


def write(browser: Client, key: str, **texts: str) -> None:
    answer = browser.post(f"{WORK}sections/{key}/", {f"text-{k}": v for k, v in texts.items()})
    assert answer.status_code == 302, read(answer).text


def more_gas(city: City, person: User, amount: str) -> None:
    head = head_of(city)
    assert head is not None
    before = sheet_of(head, "energy").rows[0]["amount"]
    change = CellChange("change", 2, "amount", before, amount)
    do_save_cells(city=city, table="energy", base=head, changes=[change], actor=person)


def ask(browser: Client) -> Review:
    answer = browser.post(f"{WORK}review/", {"excuse": "the council meets on Monday"})
    assert answer.status_code == 302, read(answer).text
    return Review.objects.latest("pk")


def test_from_the_first_sentence_to_an_approval(
    poiana: City, ana: User, rodica: User, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    officer, lead = as_person(ana), as_person(rodica)
    # 1,000,000 MWh x 0.20196 + 500,000 x 0.25 + 200,000 x 0.26676 = 380,312 t
    write(
        officer, "goal",
        en="We emitted {{ total.2021 }} in 2021. Gas weighs most.",
        ro="Am emis {{ total.2021 }} în 2021. Gazul cântărește cel mai mult.",
    )  # fmt: skip
    write(officer, "introduction", en="Poiana emits 380,312 t CO2 a year.", ro="Poiana emite.")
    assert "380,312 t CO₂" in read(officer.get(GOAL)).text.replace("\u00a0", " ")
    # The history names the section by its title, not by its key.
    assert ': <span class="wrap">Obiectiv</span>' in officer.get(HISTORY_RO).text
    # The typed figure can be made live while it is right, and is told when it fell behind.
    typed = read(officer.get(f"{WORK}sections/introduction/")).text
    assert "is a figure of the data" in typed
    more_gas(poiana, ana, "1100000")
    # 100,000 MWh x 0.20196 = 20,196 t more.
    assert "400,508 t CO₂" in read(officer.get(GOAL)).text.replace("\u00a0", " ")
    fell = read(officer.get(f"{WORK}sections/introduction/")).text.replace("\u00a0", " ")
    assert "The text says 380,312 t CO2; the figure has moved and is 400,508 t CO₂ now" in fell

    with django_capture_on_commit_callbacks(execute=True):
        review = ask(officer)
    assert [each.to for each in mail.outbox] == [["rodica@example.org"]]
    page = f"{WORK}review/{review.pk}/"
    # Who decides is led there past the whole text.
    assert 'href="#decide"' in lead.get(page).text
    assert 'href="#decide"' not in officer.get(page).text
    # Who wrote it cannot approve it.
    assert officer.post(f"{page}decide/", {"do": "approve"}).status_code == 403
    # A refusal says why.
    assert lead.post(f"{page}decide/", {"do": "refuse"}).status_code == 422
    given = {
        "do": "refuse",
        "reason": "An old figure.",
        "remark-introduction": "380,312 is out of date.",
    }
    with django_capture_on_commit_callbacks(execute=True):
        assert lead.post(f"{page}decide/", given).status_code == 302
    assert mail.outbox[-1].to == ["ana@example.org"]
    assert "An old figure." in mail.outbox[-1].body
    assert "380,312 is out of date." in read(officer.get(page)).text
    assert approved_version(poiana) is None

    form = read(officer.get(f"{WORK}sections/introduction/"))
    wish = next(a["value"] for tag, a in form.tags if a.get("name") == "live")
    text = "Poiana emits 380,312 t CO2 a year."
    officer.post(
        f"{WORK}sections/introduction/", {"text-en": text, "text-ro": "Poiana emite.", "live": wish}
    )
    head = head_of(poiana)
    assert head is not None
    assert "Poiana emits {{ total.2021 }} a year." in text_of(head, "narrative.en.md")

    review = ask(officer)
    page = f"{WORK}review/{review.pk}/"
    assert lead.post(f"{page}decide/", {"do": "approve"}).status_code == 302
    assert approved_version(poiana) == head_of(poiana)
    # Any change after it takes the approval away.
    write(officer, "outlook", en="More.", ro="Mai mult.")
    assert approved_version(poiana) is None
    assert "One change since" in read(officer.get(WORK)).text
