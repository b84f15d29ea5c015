"""A climate officer, from an empty city to a contract that the public verifies."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

import pytest
from django.core import mail
from playwright.sync_api import expect

from tests.web.evidence.conftest import workbook
from tests.web.journeys.conftest import Come, Visit
from tests.web.journeys.hands import enter, tab_to, type_into
from tests.web.people.cast import PASSWORD, code_of, member, person
from vatra.web.cities.models import City
from vatra.web.people.command import invite_administrator
from vatra.web.publication.checks import Opened
from vatra.web.publication.models import SealedContract

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
]
WORK = "/en/cities/poiana/work/"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
REPORT: list[list[object]] = [
    ["Raport anual al distribuitorului", None, None, None],
    ["Categorie", "Combustibil", "Cantitate (MWh)", "An"],
    ["Casnic", "Gaz natural", 1000000, 2021],
    ["Casnic", "Energie electrică", 500000, 2021],
    ["Transport", "Motorină", -200000, 2021],
]
# 1,000,000 MWh of gas, 500,000 of power and 250,000 of diesel by the factors of 2006 and of AIB.
TOTAL_EN, TOTAL_RO = "409,008 t", "409.008 t"
KIND, EXCUSE = "main [name=n0-kind]", "The council meets on Monday."


@dataclass
class Cast:
    """Who works on Poiana beside its officer."""

    lead: Any
    reviewer: Any
    mayor: Any


def test_from_an_empty_city_to_a_verified_contract(come: Come) -> None:
    officer = begins(come)
    brings_the_energy_in(officer)
    checks_what_was_filled_in(officer)
    plans(officer)
    writes(officer)
    cast = invites(come, officer)
    version = asks(officer)
    reviewer = refuses(come, cast, version)
    mends_the_text(officer)
    approves(officer, reviewer, asks(officer))
    lead = seals(come, cast)
    signs_on_a_phone(come, cast)
    publishes(lead)
    verifies(come)


def test_the_forms_of_the_beginning_need_no_scripts(come: Come) -> None:
    officer = begins(come, scripts=False)
    brings_the_energy_in(officer)
    officer.go(f"{WORK}tables/city/")
    officer.page.get_by_label("We checked it and keep it").check()
    officer.press("Save")
    officer.told("Saved as version 3.")
    officer.go(f"{WORK}tables/energy/")
    officer.page.locator("#cell-4-amount a").click()
    officer.fill({"c-amount": "250,000"})
    officer.press("Save")
    officer.told("Saved as version 4.")
    officer.follow("See what it did to the answer")
    officer.told(TOTAL_EN)
    officer.go(f"{WORK}contract/sections/goal/")
    text = "We emitted {{ total.2021 }} in 2021."
    officer.fill({"text-en": text, "text-ro": "Am emis {{ total.2021 }} în 2021."})
    officer.press("Preview without saving")
    officer.told("This is a preview. Nothing is saved yet.")
    officer.told(f"We emitted {TOTAL_EN}")
    officer.press("Save")
    officer.told("Saved.")
    officer.go(f"{WORK}contract/review/")
    officer.fill({"excuse": EXCUSE})
    officer.page.get_by_role("button", name="Ask for a review of version").click()
    officer.told("It waits for a decision.")


def test_the_beginning_by_keyboard_alone(come: Come) -> None:
    boss = person("rada", proved=True, is_installation_administrator=True)
    officer = come("/en/", boss)
    page = officer.page
    enter(page, page.get_by_role("link", name="A new city"))
    given = {"name": "Poiana", "base_year": "2021", "target_year": "2030", "source": "invented"}
    for name, words in given.items():
        type_into(page, page.locator(f"main [name={name}]"), words)
    tab_to(page, page.get_by_role("checkbox"))
    page.keyboard.press("Space")
    enter(page, page.get_by_role("button", name="Begin"))
    officer.told("Next: hand in the energy of 2021")
    enter(page, page.get_by_role("link", name="Choose a file"))
    # The window in which a file is chosen is the system's own; the field is reached by Tab.
    field = page.get_by_label("A file with data")
    tab_to(page, field)
    field.set_input_files(book([*REPORT[:4], ["Transport", "Motorină", 200000, 2021]]))
    enter(page, page.get_by_role("button", name="Hand in", exact=True))
    officer.told("Which column is which")
    enter(page, page.get_by_role("button", name="Use it for the whole file"))
    officer.told("All 3 rows are in order")
    enter(page, page.get_by_role("button", name="Accept"))
    officer.told("The file was accepted")
    officer.go(f"{WORK}contract/sections/goal/")
    type_into(page, page.locator("#text-en"), "We cut our emissions.")
    type_into(page, page.locator("#text-ro"), "Reducem emisiile.")
    enter(page, page.get_by_role("button", name="Save"))
    officer.told("Saved.")


def begins(come: Come, *, scripts: bool = True) -> Visit:
    """The link of the command line, an account with a second proof, and a city."""
    officer = come(invite_administrator("rada@example.org", None, "en"), scripts=scripts)
    officer.clean()
    officer.fill({"name": "Rada Ilie"})
    officer.label("New password", PASSWORD)
    officer.label("New password, once more", PASSWORD)
    officer.press("Accept")
    officer.reads("Welcome. Your role is set.")
    officer.clean()
    officer.follow("Set up the second proof")
    officer.follow("Set up an authenticator app")
    officer.label("Password", PASSWORD)
    officer.press("Confirm")
    officer.label("Code", code_of(officer.page.locator("main p code").inner_text()))
    officer.press("Set up")
    expect(officer.page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    officer.clean()
    officer.go("/en/account/")
    officer.follow("A new city")
    officer.clean()
    given = {"name": "Poiana", "base_year": "2021", "target_year": "2030"}
    officer.fill({**given, "target_cut_percent": "80", "source": "invented for the journey"})
    officer.page.get_by_role("checkbox").check()
    officer.press("Begin")
    officer.told("Next: hand in the energy of 2021")
    officer.clean()
    return officer


def brings_the_energy_in(officer: Visit) -> None:
    """A workbook with headings of its own and one amount that cannot be, then without it."""
    officer.follow("Choose a file")
    officer.page.get_by_label("A file with data").set_input_files(book(REPORT))
    officer.press("Hand in")
    officer.told("Which column is which")
    # As wide as the table in the file, not as the sheet could be.
    before = officer.page.locator("table.evidence-rows").first.locator("tr").first
    assert before.locator("td").count() == 4
    officer.clean()
    officer.press("Use it for the whole file")
    officer.told("One of 3 rows must be mended")
    officer.told("Row 5: 'amount' is negative")
    officer.clean()
    officer.follow("See the faults in the rows")
    officer.told("'amount' is negative")
    officer.clean()
    officer.page.go_back()
    mended = [*REPORT[:4], ["Transport", "Motorină", 200000, 2021]]
    officer.page.get_by_label("The corrected file").set_input_files(book(mended))
    officer.press("Hand in the corrected file")
    officer.told("which it replaces and whose columns it has")
    officer.told("All 3 rows are in order")
    officer.press("Accept")
    officer.told("The file was accepted; its rows stand in the city's tables.")
    officer.clean()


def book(rows: list[list[object]]) -> Any:
    return {"name": "raport 2021.xlsx", "mimeType": XLSX, "buffer": workbook(rows)}


def checks_what_was_filled_in(officer: Visit) -> None:
    """The electricity is computed at once; the step leads to the page where it is looked at."""
    officer.follow("Desk")
    officer.told("The emission factors of electricity were filled in for the city.")
    officer.clean()
    officer.follow("Say what the city sets out to do")
    officer.told("nobody checked it yet")
    officer.clean()
    officer.page.get_by_label("We checked it and keep it").check()
    officer.press("Save")
    officer.told("Saved as version 3.")
    assert officer.page.get_by_label("We checked it and keep it").count() == 0
    officer.clean()


def plans(officer: Visit) -> None:
    """Cells changed in place, and an action out of the catalogue."""
    officer.go(f"{WORK}tables/energy/?columns=all")
    officer.clean()
    cell(officer, 4, "amount", "250,000")
    officer.told("Saved as version 4.")
    officer.told("Why did it change")
    officer.told(TOTAL_EN)
    officer.clean()
    cell(officer, 2, "sub_sector", "I.1")
    officer.told("Saved as version 5.")
    officer.clean()
    officer.follow("Tables", within="Work on Poiana")
    officer.follow("Measures to choose from")
    officer.clean()
    officer.follow("Add to the plan: Air heat pumps in homes on gas")
    officer.clean()
    officer.fill({"c-start_year": "2026", "c-reach_percent": "40", "c-units_count": "12000"})
    officer.press("Add a row")
    officer.told("Saved as version 6.")
    officer.clean()
    officer.follow("Desk")
    officer.told("1 action is in the plan.")
    officer.told("The draft can be computed.")
    expect(officer.page.locator(".desk-draft")).to_contain_text(TOTAL_EN)
    officer.clean()


def cell(officer: Visit, line: int, column: str, text: str) -> None:
    """Open a cell, write or choose, and go on."""
    place = officer.page.locator(f"#cell-{line}-{column}")
    place.locator("a").click()
    field = place.locator(f"[name=c-{column}]")
    expect(field).to_be_focused()
    if field.evaluate("each => each.tagName") == "SELECT":
        field.select_option(text)
    else:
        field.fill(text)
    field.press("Enter")


def writes(officer: Visit) -> None:
    """A sentence with a live figure in both languages, and who was heard."""
    officer.follow("Contract", within="Work on Poiana")
    officer.told("0 of 24 sections")
    expect(officer.main).to_contain_text("The linter finds nothing")
    officer.clean()
    officer.follow("Goal")
    text = officer.page.locator("#text-en")
    text.fill("We emitted  in 2021.")
    officer.page.locator("#figure-search").fill("total")
    insert = officer.page.locator("[data-insert='{{ total.2021 }}']")
    insert.wait_for()
    officer.clean()
    text.evaluate("each => each.setSelectionRange(11, 11)")
    insert.click()
    expect(text).to_have_value("We emitted {{ total.2021 }} in 2021.")
    expect(text).to_be_focused()
    officer.page.locator("#text-ro").fill("Am emis {{ total.2021 }} în 2021.")
    expect(officer.page.locator("#preview-ro")).to_contain_text(TOTAL_RO)
    expect(officer.page.locator("#preview-en")).to_contain_text(TOTAL_EN)
    officer.clean()
    officer.press("Save")
    officer.told("Saved.")
    officer.follow("Contract", within="Work on Poiana")
    officer.follow("Who was heard")
    officer.fill({"n0-date": "14.05.2025", "n0-organiser": "Town hall"})
    officer.fill({"n0-topic_ro": "Încălzirea locuințelor", "n0-topic_en": "Heating of homes"})
    officer.page.locator(KIND).select_option(label="workshop")
    officer.press("Save")
    officer.told("One event of participation stands in the contract.")
    officer.told("2025-05-14")
    officer.clean()


def invites(come: Come, officer: Visit) -> Cast:
    """Into a city that nobody sees yet; the reviewer comes by the letter's link."""
    officer.follow("People", within="Work on Poiana")
    officer.label("E-mail", "vera@example.org")
    officer.page.get_by_label("Role", exact=True).select_option("editor")
    officer.press("Invite")
    officer.told("The invitation is on its way.")
    officer.clean()
    found = re.search(r"http\S+", str(mail.outbox[-1].body))
    assert found
    guest = come(found[0])
    guest.fill({"name": "Vera Man"})
    guest.label("New password", PASSWORD)
    guest.label("New password, once more", PASSWORD)
    guest.press("Accept")
    guest.reads("Welcome.")
    guest.follow("Poiana")
    guest.told("From empty to signed and followed")
    city = City.objects.get()
    return Cast(
        lead=member("lia", city, "climate_lead"),
        reviewer=member("ion", city, "editor"),
        mayor=member("pop", city, "signatory"),
    )


def asks(officer: Visit) -> str:
    """Ask for a review of the newest version; its number."""
    officer.go(f"{WORK}contract/review/")
    # One action is a plan, and the checklist knows it.
    expect(officer.main).not_to_contain_text("no plan")
    if officer.page.locator("#excuse").count():
        officer.fill({"excuse": EXCUSE})
    officer.clean()
    officer.page.get_by_role("button", name="Ask for a review of version").click()
    officer.told("It waits for a decision.")
    officer.told("Somebody else must decide")
    officer.clean()
    return officer.page.locator("h1").inner_text().rpartition(" ")[2]


def refuses(come: Come, cast: Cast, version: str) -> Visit:
    """The reviewer finds the review on the desk and says what is missing."""
    reviewer = come(WORK, cast.reviewer)
    reviewer.follow(f"Approve or refuse version {version}")
    reviewer.clean()
    reviewer.press("Refuse")
    reviewer.told("A refusal needs a reason")
    reviewer.fill({"remark-goal": "Say by how much less in 2030."})
    reviewer.fill({"reason": "The goal lacks its target."})
    reviewer.press("Refuse")
    reviewer.told("It is refused.")
    reviewer.clean()
    return reviewer


def mends_the_text(officer: Visit) -> None:
    """From the desk over the remark to the section."""
    officer.go(WORK)
    officer.page.get_by_role("link", name="was refused: read why").click()
    officer.told("Say by how much less in 2030.")
    officer.follow("Mend it")
    officer.page.locator("#text-en").fill("We emitted {{ total.2021 }} in 2021; by 2030, 80% less.")
    officer.page.locator("#text-ro").fill(
        "Am emis {{ total.2021 }} în 2021; până în 2030, cu 80 % mai puțin."
    )
    officer.press("Save")
    officer.told("Saved.")


def approves(officer: Visit, reviewer: Visit, version: str) -> None:
    reviewer.go(WORK)
    reviewer.follow(f"Approve or refuse version {version}")
    reviewer.told("by 2030, 80% less")
    reviewer.press("Approve")
    reviewer.told("It is approved.")
    reviewer.clean()
    officer.go(f"{WORK}contract/")
    officer.told(f"Version {version} is approved and can be sealed.")


def seals(come: Come, cast: Cast) -> Visit:
    """The lead seals and asks the mayor."""
    lead = come(WORK, cast.lead)
    lead.follow("Sign and publish")
    lead.clean()
    lead.page.get_by_role("button", name="Seal version").click()
    lead.told("Say who is to sign it.")
    lead.told("The plan leaves")
    lead.clean()
    lead.page.get_by_label("Person with an account").select_option("Pop")
    lead.label("Name, as it stands under the contract", "Ion Pop")
    lead.label("Office", "mayor")
    lead.press("Ask to sign")
    lead.told("The contract is sealed and waits for signatures.")
    lead.clean()
    return lead


def signs_on_a_phone(come: Come, cast: Cast) -> None:
    """Led by the desk, over a first passkey, on 390 pixels."""
    phone = come(WORK, cast.mayor, width=390)
    phone.add_passkey_device()
    phone.follow("Your signature is asked for as mayor")
    phone.clean()
    phone.follow("Add a passkey")
    phone.label("Password", PASSWORD)
    phone.press("Confirm")
    phone.press("Add")
    expect(phone.page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    phone.clean()
    phone.go(WORK)
    phone.follow("Your signature is asked for as mayor")
    phone.reads("I, Ion Pop, mayor, sign")
    assert phone.page.evaluate("document.documentElement.scrollWidth") <= 390
    button = phone.page.get_by_role("button", name="Sign with your passkey")
    box = button.bounding_box()
    assert box and box["height"] >= 44
    phone.clean()
    button.click()
    phone.reads("You have signed this contract.")
    phone.clean()
    (found,) = Opened(SealedContract.objects.get()).checks()
    assert found.holds


def publishes(lead: Visit) -> None:
    lead.page.reload()
    lead.press("Publish the contract")
    lead.reads("is intact and in force.")
    lead.clean()


def verifies(come: Come) -> None:
    """Somebody without an account, with the copy as it is and with one that was altered."""
    visitor = come("/en/")
    visitor.told("The plan leaves")
    visitor.follow("Poiana")
    visitor.told(TOTAL_EN)
    expect(visitor.main).not_to_contain_text("no plan")
    visitor.clean()
    visitor.follow("Contract", within="Pages of Poiana")
    visitor.follow("Editions and signatures")
    visitor.clean()
    visitor.page.locator("main a[href$='/editions/1/']").first.click()
    visitor.reads("1 signature, verified now: it holds.")
    visitor.clean()
    with visitor.page.expect_download() as taken:
        visitor.follow("contract.json")
    sealed = taken.value.path().read_bytes()
    hand_in(visitor, sealed)
    visitor.reads("is intact and in force.")
    visitor.clean()
    content = json.loads(sealed)
    content["totals"]["by_sector"]["2021"]["buildings"] -= 7 * 10**9
    hand_in(visitor, json.dumps(content).encode())
    visitor.reads("totals.by_sector.2021.buildings")
    visitor.clean()


def hand_in(visitor: Visit, content: bytes) -> None:
    """Verify a copy by the page that anybody finds in the head of every page."""
    visitor.follow("Verify a contract")
    file: Any = {"name": "contract.json", "mimeType": "application/json", "buffer": content}
    visitor.page.get_by_label("File contract.json, PDF or report.json").set_input_files(file)
    visitor.press("Verify")
