"""The walk through all pages finds what is wrong with a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.web.site.collected import RIGHTS
from tests.web.site.looking import SWAPS, faults_by_keyboard, faults_without_scripts

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser
GOOD = """<main><h1>Inventar</h1><p>Orașul emite 1,2 milioane de tone.</p><a href="/ro/">Acasă</a>
<form><input type="date" aria-label="zi"><button>Trimite</button></form></main>"""
BAD = """<main><h2>Nimic</h2><button class="lost">Fără semn</button><a href="#">Mort</a>
<style>.lost:focus { outline: none }</style>
<div onfocus="this.blur()" tabindex="0">x</div><a href="/a" class="held">Sărit</a>
<script>addEventListener('keydown', e => { if (e.key === 'Tab' &&
  document.activeElement.getAttribute('href') === '#') { e.preventDefault();
  document.querySelector('.lost').focus() } })</script></main>"""


def test_it_finds_what_is_wrong_and_nothing_else(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content(GOOD)
    assert [*faults_by_keyboard(page), *faults_without_scripts(page)] == []
    page.set_content(BAD)
    by_keyboard = [*faults_by_keyboard(page)]
    # The button without a sign, and the link that Tab never comes to: it turns back before.
    assert [each.split(":")[0] for each in by_keyboard] == [
        "does not show where one is",
        "not reached by keyboard",
    ]
    assert "Fără semn" in by_keyboard[0] and "Sărit" in by_keyboard[1]
    assert [each.split(":")[0] for each in faults_without_scripts(page)] == [
        "0 headings of the page",
        "1 links that lead nowhere",
        "a button that does nothing without scripts",
    ]
    page.close()


def test_the_pages_with_swaps_exist() -> None:
    assert SWAPS.keys() <= RIGHTS.keys()
