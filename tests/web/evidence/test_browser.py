"""In a real browser: handed in, mapped, mended, accepted; every page in every look."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.web.axe import faults_in_every_look
from tests.web.evidence.conftest import FAULTY, FOREIGN, GOOD, handed
from tests.web.people.cast import as_person
from vatra.web.cities.models import City
from vatra.web.evidence.models import Upload
from vatra.web.jobs.actions import do_begin_job
from vatra.web.jobs.models import Job
from vatra.web.people.models import User

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = pytest.mark.browser
Open = Callable[..., "Page"]
HERE = "/en/cities/poiana/work/evidence/"
# Where somebody wants to look at the pages, they are kept as pictures there.
PICTURES = os.environ.get("VATRA_PICTURES", "")


@pytest.fixture
def open_page(browser: Browser, live_server: LiveServer, con: User, ana: User) -> Iterator[Open]:
    """Open an address as one of the two; what the page's policy refuses fails the test."""
    complaints: list[str] = []
    contexts = []

    def start(url: str, who: User, *, scripts: bool = True) -> Page:
        context = browser.new_context(
            java_script_enabled=scripts, reduced_motion="reduce",
            viewport={"width": 1280, "height": 900},
        )  # fmt: skip
        contexts.append(context)
        site = str(live_server.url)
        cookie = as_person(who).cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": cookie, "url": site}])
        page = context.new_page()
        page.on(
            "console",
            lambda said: (
                complaints.append(said.text)
                if said.type == "error" and "Failed to load" not in said.text
                else None
            ),
        )
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(site + url)
        return page

    yield start
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.mark.slow
@pytest.mark.parametrize("scripts", [True, False])
def test_an_officer_brings_a_table_in_and_an_editor_accepts_it(
    open_page: Open, poiana: City, con: User, ana: User, tmp_path: Path, scripts: bool
) -> None:
    """Also without JavaScript: nothing of this needs it."""
    file = tmp_path / "raport distribuitor.csv"
    file.write_text(FOREIGN, "utf-8")
    page = open_page(HERE, con, scripts=scripts)
    page.get_by_label("A file with data").set_input_files(file)
    page.get_by_role("button", name="Hand in").click()
    expect(page.get_by_role("heading", name="Which column is which")).to_be_visible()
    for name in ("Casnic", "Comercial"):
        choice = page.get_by_label(name, exact=True)
        if choice.count():
            choice.select_option("buildings")
    page.get_by_label("Source", exact=False).first.select_option("=")
    page.get_by_label("What Source is in all rows").fill("Report 2021")
    page.get_by_role("button", name="Use it for the whole file").click()
    expect(page.locator(".answer")).to_contain_text("All 2 rows are in order")
    upload = Upload.objects.get()
    theirs = open_page(f"{HERE}{upload.pk}/", ana, scripts=scripts)
    theirs.get_by_role("button", name="Accept").click()
    expect(theirs.locator(".answer")).to_contain_text("The file was accepted")


def test_a_job_is_followed_and_stopped_on_its_page(
    open_page: Open, poiana: City, con: User, settings: object
) -> None:
    settings.JOBS_BACKEND = "default"  # type: ignore[attr-defined]
    upload = Upload.objects.create(
        city=poiana, name="mare.csv", sha="0" * 64, byte_count=9, kind="csv", state="checking",
        round=1, by=con, at="2026-11-22T10:00:00Z",
    )  # fmt: skip
    job = do_begin_job(
        kind="evidence.check", city=poiana, params={"upload": upload.pk, "round": 1}, actor=con,
        about="mare.csv",
    )  # fmt: skip
    upload.job = job
    upload.save()
    page = open_page(f"{HERE}{upload.pk}/", con)
    expect(page.get_by_role("status")).to_contain_text("Waiting for its turn")
    Job.objects.filter(pk=job.pk).update(
        state="running", done_count=20000, total_count=80000, step="web.evidence.step-checking"
    )
    # The part asks again by itself.
    expect(page.get_by_role("status")).to_contain_text("Checking its rows")
    expect(page.locator("progress")).to_have_attribute("value", "25")
    assert faults_in_every_look(page) == {}
    _picture(page, "job")
    Job.objects.filter(pk=job.pk).update(state="waiting")
    page.get_by_role("button", name="Stop it").click()
    expect(page.get_by_role("status")).to_contain_text("Stopped on request")
    upload.refresh_from_db()
    assert upload.state == "cancelled"


@pytest.mark.slow
def test_every_page_in_every_look(open_page: Open, poiana: City, con: User, ana: User) -> None:
    client = as_person(con)
    good = handed(client, GOOD, "energie 2021.csv")
    bad = handed(client, FAULTY, "energie cu greșeli.csv")
    foreign = handed(client, FOREIGN, "raport distribuitor.csv")
    as_person(ana).post(f"{HERE}{good.pk}/accept/", {"mode": "add"})
    fixed = handed(
        client, GOOD.replace("555", "556"), "energie corectată.csv", f"{HERE}{good.pk}/replace/"
    )
    found = {}
    for name, url in {
        "list": HERE,
        "accepted": f"{HERE}{good.pk}/",
        "faulty": f"{HERE}{bad.pk}/",
        "ready": f"{HERE}{fixed.pk}/",
        "rows": f"{HERE}{bad.pk}/rows/",
        "mapping": f"{HERE}{foreign.pk}/mapping/",
        "templates": f"{HERE}templates/",
    }.items():
        page = open_page(url, ana)
        _picture(page, name)
        found[name] = faults_in_every_look(page)
        page.context.close()
    assert found == {name: {} for name in found}


def _picture(page: Page, name: str) -> None:
    if not PICTURES:
        return
    size = page.viewport_size
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page.screenshot(path=f"{PICTURES}/{name}-{scheme}.png", full_page=True)
    page.set_viewport_size({"width": 360, "height": 800})
    page.emulate_media(color_scheme="light")
    page.screenshot(path=f"{PICTURES}/{name}-phone.png", full_page=True)
    if size:
        page.set_viewport_size(size)
