"""People at their browsers: each walks through pages as they are and says what stands there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests.rendered import once
from tests.web.axe import faults
from tests.web.people.cast import as_person
from vatra.contract.render import files
from vatra.web.people.models import User

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page
    from pytest_django.live_server_helper import LiveServer

# On a busy machine a draft takes its time.
PATIENCE_MS = 30_000
PASSKEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
}


@dataclass
class Visit:
    """Somebody before a page of the site."""

    page: Page
    site: str
    has_scripts: bool = True

    @property
    def main(self) -> Locator:
        return self.page.locator("main")

    def go(self, path: str) -> None:
        """Type an address, and wait for the page."""
        self.page.goto(self.site + path if path.startswith("/") else path)

    def follow(self, name: str, within: str = "") -> None:
        """Follow the first link of that name, of a navigation of that name if one is named."""
        place = self.page.get_by_role("navigation", name=within) if within else self.page
        exact = place.get_by_role("link", name=name, exact=True)
        (exact if exact.count() else place.get_by_role("link", name=name)).first.click()

    def press(self, name: str) -> None:
        """Press the button of exactly that name."""
        self.page.get_by_role("button", name=name, exact=True).click()

    def fill(self, fields: dict[str, str]) -> None:
        """Write into fields by their names."""
        for name, text in fields.items():
            self.page.locator(f"main [name='{name}']").first.fill(text)

    def label(self, words: str, text: str) -> None:
        """Write into the field that these words stand above."""
        exact = self.page.get_by_label(words, exact=True)
        (exact if exact.count() else self.page.get_by_label(words)).first.fill(text)

    def reads(self, words: str) -> None:
        """These words stand on the page, and can be seen."""
        expect(self.page.get_by_text(words).first).to_be_visible()

    def told(self, words: str) -> None:
        """The page's own part holds these words, however they are laid out."""
        expect(self.main).to_contain_text(words)

    def clean(self) -> None:
        """Axe finds nothing on what is to be seen now; it needs scripts itself."""
        if not self.has_scripts:
            return
        assert faults(self.page) == [], self.page.url

    def add_passkey_device(self) -> None:
        """A device that holds passkeys and knows its owner."""
        device = self.page.context.new_cdp_session(self.page)
        device.send("WebAuthn.enable")
        device.send("WebAuthn.addVirtualAuthenticator", {"options": PASSKEY})


Come = Callable[..., Visit]


@pytest.fixture(autouse=True)
def own_data(settings: Any, tmp_path: Path, shelf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each journey has a data folder of its own and letters in memory."""
    monkeypatch.setattr(files, "rendered", once(shelf))
    settings.DATA = tmp_path / "data"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture
def come(browser: Browser, live_server: LiveServer) -> Iterator[Come]:
    """Open a browser: ``come("/en/", width=390)``; for somebody who has signed in with ``who``.

    What a page's policy refuses or a script throws fails the journey at its end. A 403 or 422 is
    what some steps ask for.
    """
    complaints: list[str] = []
    visits: list[Visit] = []

    def heard(text: str) -> None:
        if "Failed to load resource" not in text:
            complaints.append(text)

    def start(
        path: str, who: User | None = None, *, width: int = 1280, scripts: bool = True
    ) -> Visit:
        context = browser.new_context(
            viewport={"width": width, "height": 844},
            reduced_motion="reduce",
            java_script_enabled=scripts,
            accept_downloads=True,
        )
        context.set_default_timeout(PATIENCE_MS)
        site = str(live_server.url)
        if who is not None:
            cookie = as_person(who).cookies["sessionid"].value
            context.add_cookies([{"name": "sessionid", "value": cookie, "url": site}])
        page = context.new_page()
        page.on(
            "console",
            lambda said: heard(said.text) if said.type in ("error", "warning") else None,
        )
        page.on("pageerror", lambda error: heard(str(error)))
        visit = Visit(page, site, scripts)
        visits.append(visit)
        visit.go(path)
        return visit

    expect.set_options(timeout=PATIENCE_MS)
    yield start
    for visit in visits:
        visit.page.context.close()
    assert complaints == []
