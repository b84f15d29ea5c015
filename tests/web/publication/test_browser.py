"""In a real browser: the lead seals, somebody signs on a phone with a passkey, all verify."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.web.axe import faults_in_every_look
from tests.web.people.cast import PASSWORD, as_person
from tests.web.publication.conftest import ENERGY, Town
from tests.web.publication.keys import Card
from tests.web.publication.test_flow import document, published
from vatra.web.people.models import User
from vatra.web.publication import queries
from vatra.web.publication.checks import Opened
from vatra.web.publication.models import SealedContract
from vatra.web.publication.passkey import check_signature

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Open = Callable[..., "Page"]
WORK = "/en/cities/poiana/work/publish/"
PASSKEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
}


@pytest.fixture
def site(live_server: LiveServer) -> str:
    return str(live_server.url)


@pytest.fixture
def open_page(browser: Browser, site: str) -> Iterator[Open]:
    """A page as a person, or as a visitor; what its policy refuses or a script throws fails."""
    complaints: list[str] = []
    contexts = []

    def heard(text: str) -> None:
        if "Failed to load resource" not in text:
            complaints.append(text)

    def start(url: str, who: User | None = None, *, width: int = 1280) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 800}, reduced_motion="reduce", locale="en"
        )
        contexts.append(context)
        if who is not None:
            cookie = as_person(who).cookies["sessionid"].value
            context.add_cookies([{"name": "sessionid", "value": cookie, "url": site}])
        page = context.new_page()
        page.on("console", lambda said: heard(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: heard(str(error)))
        page.goto(site + url)
        return page

    yield start
    for context in contexts:
        context.close()
    assert complaints == []


def add_passkey(page: Page, site: str) -> None:
    """A passkey on this phone, as the account's own page adds one."""
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": PASSKEY})
    page.goto(f"{site}/en/account/security/keys/add/")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()
    page.get_by_role("button", name="Add", exact=True).click()
    page.wait_for_url("**/account/security/**")


def test_from_the_approved_version_to_a_verified_edition(
    open_page: Open, site: str, town: Town
) -> None:
    lead = open_page(WORK, town.lead)
    lead.get_by_role("button", name="Seal version 1").click()
    expect(lead.get_by_text("Say who is to sign it.")).to_be_visible()
    lead.get_by_label("Person with an account").select_option("Ana")
    lead.get_by_label("Name, as it stands under the contract").fill("Ana Pop")
    lead.get_by_label("Office").fill("primar")
    lead.get_by_role("button", name="Ask to sign").click()
    expect(lead.get_by_text("Ana Pop", exact=True)).to_be_visible()

    phone = open_page(WORK, town.ana, width=360)
    add_passkey(phone, site)
    # What the button before leads to may still be on its way, and would be cut off.
    phone.wait_for_load_state("networkidle")
    phone.goto(f"{site}{WORK}1/")
    phone.get_by_role("link", name="Read and sign").click()
    expect(phone.get_by_text("I, Ana Pop, primar, sign")).to_be_visible()
    button = phone.get_by_role("button", name="Sign with your passkey")
    assert button.bounding_box()["height"] >= 44
    button.click()
    expect(phone.get_by_text("You have signed this contract.")).to_be_visible()
    contract = SealedContract.objects.get()
    (found,) = Opened(contract).checks()
    assert found.holds and contract.state == "signed"

    lead.reload()
    lead.get_by_role("button", name="Publish the contract").click()
    expect(lead.get_by_text("is intact and in force.")).to_be_visible()

    visitor = open_page("/en/cities/poiana/editions/1/")
    expect(visitor.get_by_text("1 signature, verified now: it holds.")).to_be_visible()
    with visitor.expect_download() as taken:
        visitor.get_by_role("link", name="Signature file of Ana Pop").click()
    held = taken.value.path().read_bytes()
    assert check_signature(held).holds
    assert check_signature(held).statement["seal"] == contract.seal

    content = json.loads(document(contract))
    content["totals"]["by_sector"]["2021"]["buildings"] -= 7 * 10**9
    altered = {"name": "contract.json", "mimeType": "application/json"}
    visitor.goto(f"{site}/en/verify/")
    visitor.get_by_label("File contract.json, PDF or report.json").set_input_files(
        {**altered, "buffer": json.dumps(content).encode()}
    )
    visitor.get_by_role("button", name="Verify").click()
    expect(visitor.get_by_text("totals.by_sector.2021.buildings")).to_be_visible()
    visitor.goto(f"{site}/en/verify/")
    visitor.get_by_label("File contract.json, PDF or report.json").set_input_files(
        {**altered, "buffer": document(contract)}
    )
    visitor.get_by_role("button", name="Verify").click()
    expect(visitor.get_by_text("is intact and in force.")).to_be_visible()


@pytest.mark.slow
def test_axe_finds_nothing_on_any_page(
    open_page: Open, site: str, town: Town, ana_card: Card
) -> None:
    first = published(town, ana_card)
    town.change("energy.csv", ENERGY.replace("1000", "900"))
    town.approve()
    published(town, ana_card)
    town.change("energy.csv", ENERGY.replace("1000", "800"))
    town.approve()
    third = town.seal()
    town.ask(third, town.ana)
    town.ask(third, name="Dan Ilie", office="rector")
    wrong = {}
    for who, url in (
        (None, "/ro/cities/poiana/editions/"),
        (None, "/ro/cities/poiana/editions/2/"),
        (None, "/ro/cities/poiana/editions/1/"),
        (None, "/ro/cities/poiana/editions/2/compare/1/"),
        (None, f"/ro/verify/{first.seal}/"),
        (None, f"/ro/verify/{'0' * 64}/"),
        (town.lead, "/ro/cities/poiana/work/publish/"),
        (town.lead, f"/ro/cities/poiana/work/publish/{third.number}/"),
        (town.ana, f"/ro/cities/poiana/work/publish/{third.number}/sign/"),
    ):
        wrong[url] = faults_in_every_look(open_page(url, who))
    assert {url: found for url, found in wrong.items() if found} == {}


@pytest.mark.slow
def test_a_pdf_is_verified_and_the_answer_reads_well(
    open_page: Open, site: str, town: Town, ana_card: Card
) -> None:
    contract = published(town, ana_card)
    page = open_page("/ro/verify/")
    sealed = (queries.folder_of(contract) / "contract.ro.pdf").read_bytes()
    page.get_by_label("Fișierul contract.json, PDF sau report.json").set_input_files(
        {"name": "c.pdf", "mimeType": "application/pdf", "buffer": sealed}
    )
    page.get_by_role("button", name="Verificați").click()
    expect(page.get_by_text("Acest PDF este chiar fișierul sigilat.")).to_be_visible()
    assert faults_in_every_look(page) == {}
