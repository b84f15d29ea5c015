"""What did not change from one version to the next is not read again; what did, is."""

from __future__ import annotations

from typing import Any

import pytest

from tests.web.workspace.conftest import CITY
from tests.web.workspace.test_save import change, save
from vatra.runs.pack import open_pack, read_table
from vatra.web.cities.models import City
from vatra.web.editing.ground import ground_of
from vatra.web.people.models import User
from vatra.web.workspace import reading
from vatra.web.workspace.actions import do_save_files
from vatra.web.workspace.models import Version
from vatra.web.workspace.packs import pack_folder


@pytest.fixture
def read_names(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that were read, as they were read."""
    found: list[str] = []

    def counted(path: Any, *rest: Any) -> Any:
        found.append(path.name)
        return read_table(path, *rest)

    reading.KEPT.clear()
    monkeypatch.setattr(reading, "read_table", counted)
    return found


def opened(version: Version) -> Any:
    return open_pack(pack_folder(version), reader=reading.reader_of(version))


def test_only_the_changed_file_is_read_again_and_says_the_same(
    poiana: City, first: Version, ana: User, read_names: list[str]
) -> None:
    opened(first)
    assert sorted(read_names) == ["energy.csv", "factors.csv"]
    read_names.clear()
    second = save(poiana, first, ana, change(2, "1000", "a thousand"))
    found = opened(second)
    assert read_names == ["energy.csv"]
    whole = open_pack(pack_folder(second))
    assert found.findings == whole.findings
    assert any(each.severity == "error" for each in found.findings)
    assert found.evidence == whole.evidence
    assert found.rows["energy"].equals(whole.rows["energy"])


def test_another_city_file_has_every_table_read_again(
    poiana: City, first: Version, ana: User, read_names: list[str]
) -> None:
    opened(first)
    read_names.clear()
    words = CITY.replace("base_year: 2021", "base_year: 2022").encode()
    moved = do_save_files(
        city=poiana, base=first, files={"city.yaml": words}, kind="edit", note="", actor=ana
    ).version
    # A row of 2021 now lies before the base year.
    assert opened(moved).findings != opened(first).findings
    assert sorted(read_names) == ["energy.csv", "factors.csv"]


def test_what_a_row_is_checked_against_outlives_the_version(
    poiana: City, first: Version, ana: User
) -> None:
    factors, energy = (ground_of(first, name) for name in ("factors", "energy"))
    second = save(poiana, first, ana, change(2, "1000", "1100"))
    assert ground_of(second, "factors") is factors
    assert ground_of(second, "energy") is not energy
    assert ground_of(second, "energy").sheet.rows[0]["amount"] == "1100"
    assert ground_of(first, "energy") is energy


def test_what_was_not_asked_for_longest_makes_room(
    poiana: City, first: Version, read_names: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading.KEPT, "most", reading.BYTES_BESIDE + 2_000)
    opened(first)
    assert len(reading.KEPT) == 1
    opened(first)
    # Either table pushed the other one out, again and again.
    assert len(read_names) == 4
