"""A blueprint: sealed, plain, the same bytes; refused when touched; applied elsewhere."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from tests.runs.quarters import FUNDED, north, question, write_quarter
from vatra.contract import seal
from vatra.contract.canonical import pretty
from vatra.plans.quarter import Aim, Capacity
from vatra.runs.blueprint import FORMAT, blueprint
from vatra.runs.blueprint_apply import Applied, apply_blueprint
from vatra.runs.blueprint_file import (
    CONTENT,
    MANIFEST,
    NAMES,
    BlueprintError,
    as_files,
    as_zip,
    read_blueprint,
)
from vatra.runs.blueprint_match import NONE, matches
from vatra.runs.blueprint_rules import aim_of, rules
from vatra.runs.blueprint_state import Kind
from vatra.runs.quarter_rows import totals


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    return blueprint(north())


@pytest.fixture(scope="module")
def applied(tmp_path_factory: pytest.TempPathFactory) -> Applied:
    folder = tmp_path_factory.mktemp("south")
    (folder / "b.zip").write_bytes(as_zip(blueprint(north())))
    write_quarter(folder / "south", "south")
    return apply_blueprint(folder / "b.zip", folder / "south", question(Aim(), climate="iasi"))


def test_the_same_quarter_has_the_same_bytes(document: dict[str, Any]) -> None:
    assert as_zip(document) == as_zip(blueprint(north()))
    with zipfile.ZipFile(BytesIO(as_zip(document))) as whole:
        assert sorted(whole.namelist()) == sorted([MANIFEST, *NAMES])
        assert {each.compress_type for each in whole.infolist()} == {zipfile.ZIP_STORED}


def test_it_is_read_back_from_zip_and_folder(tmp_path: Path, document: dict[str, Any]) -> None:
    (tmp_path / "b.zip").write_bytes(as_zip(document))
    folder = tmp_path / "b"
    folder.mkdir()
    for name, content in as_files(document).items():
        (folder / name).write_bytes(content)
    assert read_blueprint(tmp_path / "b.zip") == read_blueprint(folder) == document


def test_it_holds_results_by_kind_of_block(document: dict[str, Any]) -> None:
    whole = totals(north())
    for name in ("heating", "primary"):
        total = sum(row["floor_m2"] * row[f"{name}_after_wh_m2"] for row in document["results"])
        assert total == pytest.approx(whole[f"after_{name}_wh"], rel=1e-3)
    assert sum(row["blocks_count"] for row in document["packages"]) == 10
    assert document["about"]["synthetic"]
    assert {row["item"] for row in document["prices"]} >= {"wall_eps10", "window_u11"}
    assert document["programmes"][0]["programme"] == "oug_18_2009"


def test_rules_fit_a_quarter_of_another_size() -> None:
    aim = Aim("co2", budget_cents=1_000_000_00, payer_budget_cents={"city": 200_000_00},
              flats_per_year=50.0, years=4, group_share_least=0.8)  # fmt: skip
    run = north()
    asked = replace(run.question, aim=aim)
    area, flats = float(run.menu.floor_m2.sum()), float(run.menu.flats_count.sum())
    written = rules(replace(run, question=asked))
    doubled = aim_of(written, 2 * area, 2 * flats)
    assert doubled.budget_cents == pytest.approx(2 * 1_000_000_00, rel=1e-6)
    assert doubled.payer_budget_cents["city"] == pytest.approx(2 * 200_000_00, rel=1e-5)
    assert doubled.flats_per_year == pytest.approx(100.0, rel=1e-5)
    assert (doubled.years, doubled.group_share_least) == (4, 0.8)


# what is refused

Files = dict[str, bytes]


def rezipped(files: Files, extra: Callable[[zipfile.ZipFile], None] | None = None) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as whole:
        for name, content in files.items():
            whole.writestr(name, content)
        if extra is not None:
            extra(whole)
    return out.getvalue()


def refused(tmp_path: Path, content: bytes) -> BlueprintError:
    (tmp_path / "b.zip").write_bytes(content)
    with pytest.raises(BlueprintError) as fault:
        read_blueprint(tmp_path / "b.zip")
    assert fault.value.text("ro") and fault.value.text("en")
    return fault.value


@pytest.mark.parametrize("name", ["packages.csv", "blueprint.json", "README.txt"])
def test_a_changed_file_is_named(tmp_path: Path, document: dict[str, Any], name: str) -> None:
    files = as_files(document)
    files[name] = files[name].replace(b"1", b"2", 1)
    fault = refused(tmp_path, rezipped(files))
    assert fault.code == "runs.blueprint-changed" and name in fault.text("en")


def test_a_manifest_that_was_rewritten_is_refused(tmp_path: Path, document: dict[str, Any]) -> None:
    files = as_files(document)
    manifest = json.loads(files[MANIFEST])
    manifest["files"]["packages.csv"]["byte_count"] += 1
    files[MANIFEST] = pretty(manifest)
    assert refused(tmp_path, rezipped(files)).code == "runs.blueprint-manifest"


def test_a_content_that_was_altered_and_listed_anew_is_refused(
    tmp_path: Path, document: dict[str, Any]
) -> None:
    altered = json.loads(pretty(document))
    altered["packages"][0]["area_ppm"] = 1
    files = as_files(altered)
    assert refused(tmp_path, rezipped(files)).code == "runs.blueprint-changed"


def test_a_sealed_package_of_another_kind_is_foreign(tmp_path: Path) -> None:
    other = seal({"packages": [], "results": [], "prices": [], "programmes": [],
                  "about": {"name": "x", "blocks_count": 1, "flats_count": 1, "on_date": "x",
                            "synthetic": False, "climate": {"name": "x"}}}, "other/9")  # fmt: skip
    fault = refused(tmp_path, rezipped(as_files(other)))
    assert fault.code == "runs.blueprint-foreign" and "other/9" in fault.text("en")


@pytest.mark.parametrize("name", ["../evil.txt", "/etc/passwd", "a/blueprint.json", "x.exe", "CON"])
def test_paths_and_other_files_are_refused(
    tmp_path: Path, document: dict[str, Any], name: str
) -> None:
    def extra(whole: zipfile.ZipFile) -> None:
        whole.writestr(name, b"x")

    fault = refused(tmp_path, rezipped(as_files(document), extra))
    assert fault.code == "runs.blueprint-unsafe" and name in fault.text("en")


def test_links_are_refused(tmp_path: Path, document: dict[str, Any]) -> None:
    files = as_files(document)
    files.pop("README.txt")

    def link(whole: zipfile.ZipFile) -> None:
        info = zipfile.ZipInfo("README.txt")
        info.external_attr = 0o120777 << 16
        whole.writestr(info, "/etc/passwd")

    assert refused(tmp_path, rezipped(files, link)).code == "runs.blueprint-unsafe"
    folder = tmp_path / "folder"
    folder.mkdir()
    for name, content in as_files(document).items():
        (folder / name).write_bytes(content)
    (folder / "README.txt").unlink()
    (folder / "README.txt").symlink_to("/etc/hostname")
    with pytest.raises(BlueprintError, match="README"):
        read_blueprint(folder)


def test_what_swells_is_not_unpacked(tmp_path: Path, document: dict[str, Any]) -> None:
    files = as_files(document)
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as whole:
        for name, content in files.items():
            whole.writestr(name, b" " * 30_000_000 if name == CONTENT else content)
    assert len(out.getvalue()) < 200_000
    assert refused(tmp_path, out.getvalue()).code == "runs.blueprint-large"


def test_a_header_that_lies_about_its_size_is_broken(
    tmp_path: Path, document: dict[str, Any]
) -> None:
    whole = bytearray(as_zip(document))
    # The size of the first file in the list at the end, made smaller by one.
    at = whole.rindex(b"PK\x01\x02")
    at = whole.index(b"PK\x01\x02")
    size = int.from_bytes(whole[at + 24 : at + 28], "little")
    whole[at + 24 : at + 28] = (size - 1).to_bytes(4, "little")
    assert refused(tmp_path, bytes(whole)).code in ("runs.blueprint-broken",
                                                    "runs.blueprint-changed")  # fmt: skip


@pytest.mark.parametrize("content", [b"", b"PK", b"not a zip", b"\x00" * 1000])
def test_rubbish_is_no_blueprint(tmp_path: Path, content: bytes) -> None:
    assert refused(tmp_path, content).code == "runs.blueprint-broken"


def test_a_missing_file_and_an_absent_package_are_named(
    tmp_path: Path, document: dict[str, Any]
) -> None:
    files = as_files(document)
    files.pop("prices.csv")
    assert "prices.csv" in refused(tmp_path, rezipped(files)).text("en")
    with pytest.raises(BlueprintError, match="no blueprint"):
        read_blueprint(tmp_path / "nothing.zip")


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("packages", 0, "options", "wall"), "wall_of_gold"),
        (("packages", 0, "archetype"), "castle"),
        (("packages", 0, "area_ppm"), -5),
        (("packages", 0, "energy_class"), "Z"),
        (("rules", "objective"), "fame"),
        (("rules", "target_ppm"), {"co2": 5_000_000}),
        (("order", "priority"), "loudest"),
        (("packages",), []),
    ],
)
def test_a_sealed_package_that_makes_no_sense_is_refused(
    tmp_path: Path, document: dict[str, Any], path: tuple[Any, ...], value: Any
) -> None:
    content = json.loads(pretty(document))
    held = content
    for step in path[:-1]:
        held = held[step]
    held[path[-1]] = value
    sealed = seal({k: v for k, v in content.items() if k not in ("seal", "digests")}, FORMAT)
    (tmp_path / "b.zip").write_bytes(as_zip(sealed))
    folder = write_quarter(tmp_path / "q", "south")
    with pytest.raises(BlueprintError) as fault:
        apply_blueprint(tmp_path / "b.zip", folder, question(Aim()))
    assert fault.value.code == "runs.blueprint-content"


# what is applied


def test_applied_at_home_it_gives_the_same_plan(tmp_path: Path) -> None:
    (tmp_path / "b.zip").write_bytes(as_zip(blueprint(north())))
    folder = write_quarter(tmp_path / "q", "north")
    there = apply_blueprint(tmp_path / "b.zip", folder, question(Aim()))
    assert {each.level for each in there.found} == {"same"}
    home, copy = totals(north()), totals(there.run)
    assert copy["cost_cents"] == pytest.approx(home["cost_cents"], rel=0.1)
    assert copy["after_co2_g"] == pytest.approx(home["after_co2_g"], rel=0.05)
    assert there.own is not None
    assert there.own.cost_cents == pytest.approx(home["cost_cents"], rel=1e-3)
    whats = {each.what for each in there.measure}
    assert not whats & {"climate", "type", "near", "heat", "class", "prices", "programmes", "old"}


def test_elsewhere_it_says_what_to_measure_again(applied: Applied) -> None:
    levels = [each.level for each in applied.found]
    assert levels.count("near") == 3  # the eight-storey blocks
    found = {each.what: each for each in applied.measure}
    assert {"climate", "weather", "synthetic", "near", "elements", "meters", "network"} <= set(
        found
    )
    assert len(found["near"].blocks) == 3
    for each in applied.measure:
        for lang in ("ro", "en"):
            assert each.reason(lang) and each.how(lang)
    assert "Iași" in found["climate"].reason("ro")


def test_it_is_computed_with_the_weather_of_the_place(applied: Applied) -> None:
    run = applied.run
    assert run.climate.name.startswith("Ia")
    assert run.chosen.method == "copied" and not run.chosen.proved
    assert totals(run)["after_co2_g"] < totals(run)["before_co2_g"]
    assert sum(run.chosen.payers_cents.values()) == run.chosen.cost_cents
    # The order's pace is that of the blueprint: 90 of 220 flats a year.
    assert run.question.capacity.flats_per_year == pytest.approx(90 / 220 * 220, rel=1e-5)


def test_ended_programmes_and_old_prices_are_told(tmp_path: Path, document: dict[str, Any]) -> None:
    content = json.loads(pretty(document))
    content["programmes"][0]["programme"] = "pnrr_c5_blocks"
    content["prices"][0]["price_year"] = 2019
    content["about"]["on_date"] = "2020-01-01"
    sealed = seal({k: v for k, v in content.items() if k not in ("seal", "digests")}, FORMAT)
    (tmp_path / "b.zip").write_bytes(as_zip(sealed))
    folder = write_quarter(tmp_path / "q", "south")
    asked = replace(question(Aim()), asked=replace(FUNDED, on_date=date(2026, 11, 22)))
    found = {each.what: each for each in apply_blueprint(tmp_path / "b.zip", folder, asked).measure}
    assert "pnrr_c5_blocks" in found["programmes"].reason("en")
    assert content["prices"][0]["item"] in found["prices"].reason("en")
    assert "2020-01-01" in found["old"].reason("en")


def test_another_source_of_heat_is_told(tmp_path: Path, document: dict[str, Any]) -> None:
    (tmp_path / "b.zip").write_bytes(as_zip(document))
    folder = write_quarter(tmp_path / "q", "north")
    asked = replace(question(Aim()), heat="gas_boiler_flat")
    there = apply_blueprint(tmp_path / "b.zip", folder, asked)
    assert {each.level for each in there.found} == {"heat"}
    told = {each.what: each for each in there.measure}
    assert len(told["heat"].blocks) == 10
    assert "network" not in told


def test_kinds_without_anything_alike_are_left_alone() -> None:
    house = Kind("house_before_1945", "wood_stove", "G")
    block = Kind("block_t744r_p4_1973_1982", "district_heat", "D")
    from vatra.plans.stock import archetypes

    houses = [code for code, each in archetypes().items() if each.use == "house"]
    found = matches([replace(house, archetype=houses[0]), block], [block])
    assert [each.level for each in found] == [NONE, "same"]
    assert found[0].taken_for is None


def test_capacity_of_the_blueprint_needs_a_first_year_only(applied: Applied) -> None:
    assert isinstance(applied.run.question.capacity, Capacity)
    assert applied.run.order.years[0] == 2027
