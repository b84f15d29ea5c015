"""A measure is reported, the outlook moves, the year is frozen, and others show the picture."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import expect

from tests.web.journeys.conftest import Come
from tests.web.people.cast import member
from tests.web.progress.conftest import kept_folder
from vatra.web.contracts.actions import do_register_folder
from vatra.web.workspace.actions_start import do_open_workspace

__all__ = ["kept_folder"]
pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
]
CITY = "/en/cities/fantanele/"


@contextmanager
def elsewhere(page: str) -> Iterator[str]:
    """Address of a page of another site: another name of this machine, and another port."""

    class Newspaper(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(page.encode())

        def log_message(self, format: str, *values: object) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Newspaper)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def test_from_a_report_to_a_picture_on_another_site(come: Come, kept_folder: Path) -> None:
    city = do_register_folder(folder=kept_folder, actor="test")
    do_open_workspace(city=city, actor=None)
    lead = come(f"{CITY}work/", member("lia", city, "climate_lead"))
    lead.follow("Progress")
    lead.told("does not keep its plan")
    lead.clean()
    lead.page.get_by_role("link", name="B6 ").first.click()
    lead.clean()
    lead.page.get_by_label("Year", exact=True).select_option("2028")
    lead.page.get_by_label("Status at the end of the year").select_option("started")
    lead.label("In place, %", "45")
    lead.label("Source", "report of the department")
    lead.press("Save the report")
    lead.told("Saved")
    lead.told("45%")
    lead.clean()
    lead.follow("Measures", within="Parts of progress")
    lead.told("by the end of 2028")
    lead.clean()
    lead.follow("Annual reports")
    lead.clean()
    lead.page.get_by_role("button", name="Freeze").click()
    lead.told("2028")
    lead.clean()
    visitor = come(f"{CITY}progress/")
    visitor.told("Fântânele de Probă")
    visitor.clean()
    visitor.page.locator("main a[href*='/progress/reports/2028/1/']").first.click()
    visitor.told("The report is as it was sealed")
    visitor.clean()
    visitor.go(f"{CITY}progress/embed/")
    visitor.clean()
    snippet = visitor.page.locator("main textarea").first.input_value()
    head = "<!doctype html><html lang=en><title>News</title><link rel=icon href=data:,>"
    page = f"{head}<main><h1>News</h1>{snippet}</main>"
    with elsewhere(page) as address:
        visitor.go(address)
        frame = visitor.page.frame_locator("iframe")
        expect(frame.locator("h1")).to_be_visible()
        expect(frame.locator("footer")).to_contain_text("Fântânele de Probă")
        visitor.page.goto("about:blank")
