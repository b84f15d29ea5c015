"""Every field of every page of work has a label, and a short explanation or a place among those
that wait for theirs."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from tests.web.desk.bare import BARE
from tests.web.desk.fields import Fields
from tests.web.people.cast import as_person
from tests.web.site.collected import RIGHTS, things
from tests.web.site.poiana import make_world, write_poiana
from vatra.web.workspace.actions_start import do_open_workspace

PAGES = {
    name: right.url
    for name, right in RIGHTS.items()
    if "GET" in right.methods
    and right.url.startswith("/{lang}/")
    and ("/work/" in right.url or name == "workspace:new-city")
}


@pytest.fixture(scope="module")
def poiana_folder(shelf: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    pack = tmp_path_factory.mktemp("fields-pack")
    return write_poiana(pack, tmp_path_factory.mktemp("fields"), shelf)


@pytest.mark.slow
def test_every_field_is_named_and_explained(poiana_folder: Path, db: None) -> None:
    world = make_world(poiana_folder)
    do_open_workspace(city=world.city, actor=None)
    blanks = things(world)
    people = {who: as_person(world.people[who]) for who in ("administrator", "climate_lead")}
    people["runner"] = as_person(world.people["runner"])
    seen, broken, nameless, unexplained = 0, set[str](), set[str](), set[str]()
    for name, url in PAGES.items():
        for browser in people.values():
            browser.raise_request_exception = False
            answer: Any = browser.get(url.format(lang="en", **blanks))
            if answer.status_code >= 500:
                broken.add(name)
            if answer.status_code != 200 or "text/html" not in answer["Content-Type"]:
                answer.close()
                continue
            found = Fields(answer.content.decode())
            seen += len(found.fields)
            nameless |= {f"{name}: {field}" for field in found.without_label()}
            bare = {re.sub(r"\d+", "#", field) for field in found.without_explanation()}
            unexplained |= {f"{name}: {field}" for field in bare - BARE.get(name, frozenset())}
    assert seen > 100
    assert not broken
    assert not nameless, "\n".join(sorted(nameless))
    assert not unexplained, "\n".join(sorted(unexplained))


def test_a_bare_field_is_found() -> None:
    bare = Fields('<main><input name="a"><label for="b">B</label><select id="b" name="b"></main>')
    assert bare.without_label() == ["a"]
    assert bare.without_explanation() == ["a", "b"]
