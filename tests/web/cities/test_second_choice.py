"""What hangs on the electricity factor is computed once for an edition, whoever asks."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from vatra.web.cities import folders, queries, second_choice
from vatra.web.cities.models import City


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setattr(settings, "DATA", tmp_path)
    yield tmp_path / second_choice.FOLDER


def never(*_: object) -> None:
    raise AssertionError("computed again")


def test_another_process_reads_what_the_first_one_wrote(
    cluj: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = queries.doubt(cluj, "en")
    # 0.27746 t/MWh stands next in the order of Cluj-Napoca's factor sets.
    assert found is not None and found.amount == "0.27746" and not found.target_met
    monkeypatch.setattr(folders, "run_of", never)
    monkeypatch.setattr(folders, "what_if", never)
    assert queries.doubt(cluj, "en") == found
    with pytest.raises(AssertionError, match="again"):
        queries.doubt(City(folder=cluj.folder, run_id="another edition"), "en")


def test_a_full_disk_keeps_nobody_from_reading(
    cluj: City, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("vatra.web.base.whole.os.replace", full)
    assert Client().get("/en/cities/cluj-napoca/").status_code == 200
    assert list(place.iterdir()) == []


def test_rubbish_is_computed_again(cluj: City, place: Path) -> None:
    found = queries.doubt(cluj, "ro")
    [file] = place.iterdir()
    file.write_text('{"used": 1}', "utf-8")
    assert queries.doubt(cluj, "ro") == found
    assert second_choice.kept(cluj, "ro") == second_choice.Kept(found)
