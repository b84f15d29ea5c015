"""Registering a city: what is refused, what is logged, what stays."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from vatra.web.base.models import AuditEntry
from vatra.web.cities.actions import Refused, do_register_city, do_unlist_cities, slug_of
from vatra.web.cities.models import City
from vatra.web.contracts.actions import do_register_folder
from vatra.web.contracts.models import ContractEdition

pytestmark = pytest.mark.django_db


def copied(folder: Path, to: Path) -> Path:
    shutil.copytree(folder, to)
    return to


def test_a_city_and_its_edition_are_entered_and_logged(cluj_folder: Path) -> None:
    city = do_register_folder(folder=cluj_folder, actor="Ana Ionescu")
    assert (city.slug, city.name, city.base_year) == ("cluj-napoca", "Cluj-Napoca", 2021)
    assert (city.target_year, city.synthetic) == (2030, False)
    assert ContractEdition.objects.get().seal == city.run_id
    log = [(each.actor, each.verb, each.noun) for each in AuditEntry.objects.all()]
    assert log == [("Ana Ionescu", "register", "city"), ("Ana Ionescu", "enter", "edition")]


def test_registering_again_renews_and_keeps_one_edition(cluj_folder: Path) -> None:
    for _ in range(2):
        do_register_folder(folder=cluj_folder, actor="test")
    assert City.objects.count() == ContractEdition.objects.count() == 1
    verbs = AuditEntry.objects.values_list("verb", flat=True)
    assert list(verbs) == ["register", "enter", "renew"]


def unreadable(folder: Path) -> None:
    """Whoever runs the tests may be allowed to read everything; nobody reads a folder as a file."""
    for name in ("energy.csv", "factors.csv"):
        (folder / "pack" / name).unlink()
    (folder / "pack" / "energy.csv").mkdir()


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda folder: (folder / "contract.json").unlink(), "has no contract.json. Write one"),
        (lambda folder: (folder / "contract.json").write_text("{"), "not readable as JSON"),
        (lambda folder: (folder / "contract.json").write_text("[]"), "not readable as JSON"),
        (lambda folder: shutil.rmtree(folder / "pack"), "has no pack/city.yaml"),
        (unreadable, "cannot be read by this account: energy.csv, factors.csv."),
    ],
)
def test_a_folder_without_what_is_needed_is_refused(
    cluj_folder: Path, tmp_path: Path, spoil: object, words: str
) -> None:
    folder = copied(cluj_folder, tmp_path / "out")
    spoil(folder)  # type: ignore[operator]
    with pytest.raises(Refused) as refused:
        do_register_city(folder=folder, actor="test")
    assert words in refused.value.message("en")
    assert refused.value.message("ro") != refused.value.message("en")
    assert City.objects.count() == AuditEntry.objects.count() == 0


def test_a_contract_whose_seal_does_not_hold_is_not_shown(
    cluj_folder: Path, tmp_path: Path
) -> None:
    folder = copied(cluj_folder, tmp_path / "out")
    content = json.loads((folder / "contract.json").read_bytes())
    content["totals"]["all"]["2021"] += 1
    (folder / "contract.json").write_text(json.dumps(content))
    with pytest.raises(Refused, match="the seal does not match"):
        do_register_city(folder=folder, actor="test")


def test_cities_besides_those_named_are_no_longer_shown(
    cluj_folder: Path, hostile_folder: Path
) -> None:
    cluj = do_register_folder(folder=cluj_folder, actor="test")
    do_register_folder(folder=hostile_folder, actor="test")
    gone = do_unlist_cities(besides=[cluj], actor="test")
    assert [city.slug for city in gone] == ["atac"]
    assert list(City.objects.filter(is_listed=True)) == [cluj]
    assert ContractEdition.objects.count() == 2


@pytest.mark.parametrize(
    ("code", "slug"),
    [("Târgu Mureș", "targu-mures"), ("cluj-napoca", "cluj-napoca"), ("a/../b", "ab")],
)
def test_a_code_becomes_a_plain_address(code: str, slug: str) -> None:
    assert slug_of(code) == slug


def test_a_code_without_letters_is_named_by_its_hash() -> None:
    assert slug_of("///").startswith("city-")
    assert slug_of("///") != slug_of("...")
