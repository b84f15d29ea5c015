"""Kept pages in the folder: read by every process, never half, never of another program."""

from __future__ import annotations

import errno
import os
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import resolve

from vatra.web.cities import shelf
from vatra.web.cities.kept import SHELF, TURNS, keep_pages
from vatra.web.cities.models import City

PAGE = "/en/cities/cluj-napoca/"
KEY = ("seal", "http", "localhost", "/ro/cities/x/", "", "")
KEPT = shelf.Kept(b"<p>one\ntwo</p>", (("Content-Type", "text/html"),))


@pytest.fixture(autouse=True)
def own_data(settings: Any, tmp_path: Path) -> Path:
    settings.DATA = tmp_path
    return tmp_path


def files(folder: Path) -> list[Path]:
    return [each for each in (folder / shelf.FOLDER).rglob("*") if each.is_file()]


def test_another_process_answers_with_what_one_made(
    cluj: City, own_data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = Client().get(PAGE)
    assert len(files(own_data)) == 1
    # A process that has just begun has nothing in memory, and here no view to make a page with.
    SHELF.forget()
    monkeypatch.setattr("vatra.web.cities.views.render", None)
    second = Client().get(PAGE)
    assert second.content == first.content
    assert second["ETag"] == first["ETag"]
    assert second.resolver_match.view_name == "cities:overview"


def test_what_is_not_whole_is_not_read(own_data: Path) -> None:
    shelf.Folder().put(KEY, KEPT)
    assert shelf.Folder().get(KEY) == KEPT
    (file,) = files(own_data)
    file.write_bytes(file.read_bytes()[:-1])
    assert shelf.Folder().get(KEY) is None
    file.write_bytes(b"")
    assert shelf.Folder().get(KEY) is None


def test_a_full_disk_costs_no_page(cluj: City, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*args: Any, **kwargs: Any) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("vatra.web.cities.shelf.os.replace", full)
    assert Client().get(PAGE).status_code == 200
    assert files(Path(shelf.settings.DATA)) == []


def test_another_program_makes_its_own(own_data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf.Folder().put(KEY, KEPT)
    monkeypatch.setattr(shelf, "_program", lambda: "another")
    assert shelf.Folder().get(KEY) is None
    shelf.Folder().put(KEY, KEPT)
    # The first page that a process lays down clears away what nobody reads any more.
    assert [each.parent.parent.name for each in files(own_data)] == ["another"]


def test_settings_and_files_say_which_program_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    said = shelf._program.__wrapped__()
    assert said == shelf._program.__wrapped__()
    monkeypatch.setenv("VATRA_PUBLIC_ADDRESS_OF_A_TEST", "https://example.org")
    assert said != shelf._program.__wrapped__()


def test_another_version_of_a_package_is_another_program(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    said = shelf._program.__wrapped__()
    monkeypatch.syspath_prepend(tmp_path)
    assert said == shelf._program.__wrapped__()
    (tmp_path / "of_a_test-1.0.dist-info").mkdir()
    assert said != shelf._program.__wrapped__()


def test_the_oldest_go_first(own_data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = shelf.Folder()
    for turn in range(3):
        folder.put((*KEY, str(turn)), KEPT)
        os.utime(shelf._place((*KEY, str(turn))), (turn, turn))
    # Room for two files of the three, by their bytes.
    monkeypatch.setattr(shelf, "MOST_BYTES_IN_FOLDER", 2 * len(KEPT.written()))
    shelf.prune()
    assert [folder.get((*KEY, str(turn))) is None for turn in range(3)] == [True, False, False]


def test_many_who_ask_at_once_wait_for_the_one_who_makes_it(rf: RequestFactory) -> None:
    made: list[int] = []
    begun, go_on = threading.Event(), threading.Event()

    def page(request: HttpRequest) -> HttpResponse:
        made.append(1)
        begun.set()
        assert go_on.wait(10)
        response = HttpResponse("page")
        response.follows_from_seal = True  # type: ignore[attr-defined]
        request.resolver_match = resolve(PAGE)
        return response

    handle = keep_pages(page)
    go_on.set()
    with (
        patch("vatra.web.cities.kept._public_state", lambda slug: ("seal", "0-0")),
        ThreadPoolExecutor(8) as pool,
    ):
        # The first one tells that pages of this kind are kept.
        assert handle(rf.get(PAGE, {"n": 1})).content == b"page"
        begun.clear()
        go_on.clear()
        answers = [pool.submit(handle, rf.get(PAGE)) for _ in range(8)]
        assert begun.wait(10)
        go_on.set()
        assert {each.result(10).content for each in answers} == {b"page"}
    assert len(made) == 2
    assert not TURNS._held
