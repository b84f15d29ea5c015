"""The same figures sealed again, after something beside them changed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.web.publication.conftest import PACK, Town
from vatra.web.publication import folders
from vatra.web.publication.actions_seal import do_withdraw_contract
from vatra.web.publication.queries import folder_of

SEAL = "a" * 64


def made(at: Path, licence: str) -> Path:
    """A finished folder under the seal, of a pack with these terms."""
    (at / "pack").mkdir(parents=True)
    (at / "contract.json").write_text("{}")
    (at / "pack" / "city.yaml").write_text(licence)
    return at


def test_what_no_seal_covers_is_shown_as_it_was_approved(town: Town) -> None:
    first = town.seal()
    do_withdraw_contract(contract=first, reason="terms", actor=town.lead)
    stated = PACK["city.yaml"] + "licence: CC BY 4.0\n"
    town.change("city.yaml", stated)
    town.approve()
    second = town.seal()
    # Terms say nothing of figures: the seal is the same, the pack is not.
    assert second.seal == first.seal
    assert (folder_of(first) / "pack" / "city.yaml").read_text() == PACK["city.yaml"]
    assert (folder_of(second) / "pack" / "city.yaml").read_text() == stated


def test_each_pack_under_a_seal_has_one_place(settings: Any, tmp_path: Path) -> None:
    settings.DATA = tmp_path
    home = f"editions/poiana/{SEAL}"
    (tmp_path / "editions" / "poiana").mkdir(parents=True)
    packs = ("", "CC BY", "", "CC BY", "CC0")
    places = [
        folders.settle(made(tmp_path / f"new-{n}", each), "poiana", SEAL)
        for n, each in enumerate(packs)
    ]
    # Three packs, three places; what comes again finds its own.
    assert places == [home, f"{home}-2", home, f"{home}-2", f"{home}-3"]


@pytest.mark.parametrize("gone", ["contract.json", folders.SUMS])
def test_only_what_is_broken_makes_room(settings: Any, tmp_path: Path, gone: str) -> None:
    settings.DATA = tmp_path
    (tmp_path / "editions" / "poiana").mkdir(parents=True)
    place = folders.settle(made(tmp_path / "one", "CC BY"), "poiana", SEAL)
    (tmp_path / place / gone).unlink()
    assert folders.settle(made(tmp_path / "two", "CC BY"), "poiana", SEAL) == place
    assert folders.faults(tmp_path / place) == []
