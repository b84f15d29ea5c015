"""In a real browser: a whole journey, a passkey, every page in every look, without scripts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest
from django.core import mail
from playwright.sync_api import expect

from tests.web.axe import faults_in_every_look
from tests.web.people.cast import PASSWORD, as_person, code_of, member
from vatra.web.cities.models import City
from vatra.web.people.holding import has_second_factor, roles_in
from vatra.web.people.models import User

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = pytest.mark.browser
Open = Callable[..., "Page"]


@pytest.fixture
def open_page(browser: Browser, site: str) -> Iterator[Open]:
    """Open an address; what the page's policy refuses or a script throws fails the test.

    A 403, 404 or 422 is what some of these tests ask for, and a journey leaves a page before its
    last file has come: neither is a fault.
    """
    complaints: list[str] = []
    contexts = []

    def heard(text: str) -> None:
        if "Failed to load resource" not in text:
            complaints.append(text)

    def start(url: str, *, scripts: bool = True) -> Page:
        context = browser.new_context(java_script_enabled=scripts, reduced_motion="reduce")
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda said: heard(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: heard(str(error)))
        page.goto(site + url)
        return page

    yield start
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def site(live_server: LiveServer) -> str:
    return str(live_server.url)


def enter(page: Page, who: User, site: str) -> None:
    """Let the browser be the person's."""
    cookie = as_person(who).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": site}])


def confirm(page: Page) -> None:
    """The password once more."""
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()


def set_up_app(page: Page) -> None:
    """From the account to an authenticator app."""
    page.get_by_role("link", name="Set up the second proof").click()
    page.get_by_role("link", name="Set up an authenticator app").click()
    confirm(page)
    secret = page.locator("main p code").inner_text()
    page.get_by_label("Code").fill(code_of(secret))
    page.get_by_role("button", name="Set up").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()


@pytest.mark.slow
@pytest.mark.parametrize("scripts", [True, False])
def test_an_administrator_invites_and_an_editor_begins(
    open_page: Open, site: str, town: City, other_town: City, scripts: bool
) -> None:
    """Also without JavaScript: nothing of this needs it."""
    page = open_page("/en/account/login/", scripts=scripts)
    enter(page, member("ana", town, "administrator"), site)
    page.goto(f"{site}/en/account/")
    page.get_by_role("link", name="People of Poiana").click()
    page.get_by_label("E-mail").fill("ion@example.org")
    page.get_by_label("Role", exact=True).select_option("editor")
    page.get_by_role("button", name="Invite").click()
    expect(page.get_by_role("status")).to_contain_text("The invitation is on its way.")
    link = re.search(r"http\S+", mail.outbox[-1].body)[0]

    page = open_page("/en/account/login/", scripts=scripts)
    page.goto(link)
    page.get_by_label("Name").fill("Ion Pop")
    page.get_by_label("New password", exact=True).fill(PASSWORD)
    page.get_by_label("New password, once more").fill(PASSWORD)
    page.get_by_role("button", name="Accept").click()
    expect(page.get_by_role("status")).to_contain_text("Welcome.")
    expect(page.locator("main")).to_contain_text("Poiana editor")
    ion = User.objects.get(email="ion@example.org")
    assert roles_in(ion, town) == {"editor"} and not has_second_factor(ion)
    set_up_app(page)
    assert has_second_factor(ion)
    for place in ("poiana", "valea"):
        answer = page.goto(f"{site}/en/cities/{place}/people/")
        assert answer and answer.status == 403
        expect(page.locator("main")).to_contain_text("Only an administrator of")


def test_a_passkey_is_added_and_signs_in(open_page: Open, site: str, town: City) -> None:
    member("ana", town, "viewer", proved=False)
    page = open_page("/en/account/login/")
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
    }
    device.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    page.get_by_label("E-mail").fill("ana@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.goto(f"{site}/en/account/security/keys/add/")
    confirm(page)
    page.get_by_label("Name of the key").fill("my phone")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    page.goto(f"{site}/en/account/")
    page.get_by_role("button", name="Sign out").click()
    page.goto(f"{site}/en/account/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("heading", name="My account")).to_be_visible()


PAGES = (
    "account/",
    "account/security/",
    "account/sessions/",
    "account/erase/",
    "account/logout/",
    "cities/poiana/people/",
    "cities/poiana/log/",
    "log/?verify=1",
)
OPEN_PAGES = ("account/login/", "account/password/reset/", "account/password/reset/sent/")


@pytest.mark.slow
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_on_pages_of_people(
    open_page: Open, site: str, town: City, path: str
) -> None:
    ana = member("ana", town, "administrator")
    User.objects.filter(pk=ana.pk).update(is_installation_administrator=True)
    member("ion", town, "editor")
    page = open_page("/en/account/login/")
    enter(page, ana, site)
    page.goto(f"{site}/ro/{path}")
    assert faults_in_every_look(page) == {}
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.slow
@pytest.mark.parametrize("path", OPEN_PAGES)
def test_axe_finds_nothing_at_the_entrance(open_page: Open, town: City, path: str) -> None:
    page = open_page(f"/ro/{path}")
    assert faults_in_every_look(page) == {}
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.slow
def test_a_fault_of_a_form_is_heard(open_page: Open, site: str, town: City) -> None:
    page = open_page("/ro/account/login/")
    enter(page, member("ana", town, "administrator"), site)
    page.goto(f"{site}/ro/cities/poiana/people/")
    page.get_by_label("E-mail").fill("ana@example.org")
    page.get_by_role("button", name="Invitați", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("are deja un rol în Poiana")
    assert faults_in_every_look(page) == {}
