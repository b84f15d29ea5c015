"""The plan in the sealed contract: what it holds, that it adds up, and that forgery shows."""

from __future__ import annotations

import copy
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from vatra.contract import PLAN_SECTIONS, pretty, seal, verify
from vatra.runs.contract import Run, run, run_pack
from vatra.runs.pack import open_pack
from vatra.runs.sealed_plan import EMPTY, path_sections
from vatra.tables import FindingsError

CLUJ, IASI = Path("examples/cluj"), Path("examples/iasi")


@pytest.fixture(scope="module")
def cluj() -> Run:
    return run(CLUJ)


@pytest.fixture(scope="module")
def iasi() -> Run:
    return run(IASI)


def test_the_published_totals_of_cluj_come_out_and_what_no_measure_explains(cluj: Run) -> None:
    path = cluj.contract["pathway"]
    assert round(path["baseline_mg"]["2021"] / 10**9) == 1_167_223
    assert round(path["baseline_mg"]["2030"] / 10**9) == 537_366
    found = cluj.contract["unexplained"]
    # 28,558 t with the measures as printed, 15,158 t printed after measures: 13,400 t
    assert found["by_sector"]["buildings"]["unexplained_mg"] == 13_400 * 10**9
    assert found["total"]["published_mg"] == 217_466 * 10**9
    # 13,400 + 3,640.077 (transport) + 0.103 (waste)
    assert round(found["total"]["unexplained_mg"] / 10**9) == 17_040


@pytest.mark.slow
def test_options_that_nobody_chose_are_no_promise(cluj: Run) -> None:
    assert cluj.scenario is not None
    assert len(cluj.contract["actions"]) == 17
    assert len(cluj.scenario.model.actions) > 17


@pytest.mark.slow
@pytest.mark.parametrize("name", ["cluj", "iasi"])
def test_wedges_lead_from_the_base_year_to_what_is_left(
    name: str, request: pytest.FixtureRequest
) -> None:
    contract = request.getfixturevalue(name).contract
    path, parts = contract["pathway"], contract["wedges"]
    level = path["baseline_mg"][str(path["base_year"])]
    for year in map(str, path["years"]):
        causes = sum(each[year] for each in parts["baseline_mg"].values())
        actions = sum(each[year] for each in parts["by_action_mg"].values())
        assert level - causes - actions == path["total_mg"][year]
        assert actions == parts["joint_mg"][year]


def test_money_of_every_year_is_found_or_missing(iasi: Run) -> None:
    money = iasi.contract["investment"]
    for year in map(str, money["years"]):
        need = sum(each[year] for each in money["need_cents"].values())
        gap = sum(each[year] for each in money["gap_cents"].values())
        paid = sum(each["paid_cents"][year] for each in money["sources"])
        assert need == paid + gap
    assert [each["id"] for each in money["tables"]] == [f"T{number}" for number in range(1, 16)]


@pytest.mark.slow
def test_the_residual_is_the_sum_of_its_lines(iasi: Run) -> None:
    found = iasi.contract["residual"]
    assert found["residual_mg"] == sum(each["emission_mg"] for each in found["lines"])
    path = iasi.contract["pathway"]
    gross = path["gross_mg"][str(path["target_year"])]
    # Lines and sectors are rounded to the kilogram apart.
    assert abs(found["residual_mg"] + found["removed_mg"] - gross) <= len(found["lines"]) * 10**6


@pytest.mark.parametrize("name", ["cluj", "iasi"])
def test_a_sealed_plan_holds_as_it_is_read_again(name: str, request: pytest.FixtureRequest) -> None:
    contract = request.getfixturevalue(name).contract
    assert verify(json.loads(pretty(contract)), contract) == []


@pytest.mark.parametrize(
    ("alter", "path"),
    [
        (lambda d: d["pathway"]["total_mg"].update({"2030": 1}), "pathway.total_mg.2030"),
        (
            lambda d: d["wedges"]["by_action_mg"]["5.1"].update({"2030": 0}),
            "wedges.joint_mg.2030",
        ),
        (lambda d: d["residual"].update({"residual_mg": 1}), "residual.residual_mg"),
        (lambda d: d["investment"].update({"total_cents": 1}), "investment.total_cents"),
        (lambda d: d["net_zero"].update({"net_mg": -1}), "net_zero.net_mg"),
        (
            lambda d: d["unexplained"]["total"].update({"unexplained_mg": 0}),
            "unexplained.total.unexplained_mg",
        ),
        (
            lambda d: d["pathway"]["by_sector_mg"]["waste"].update({"2030": 0}),
            "pathway.gross_mg.2030",
        ),
    ],
)
def test_a_forged_plan_is_found_out_by_its_own_sums(cluj: Run, alter: Any, path: str) -> None:
    forged = copy.deepcopy(cluj.contract)
    alter(forged)
    found = {each.path for each in verify(seal(forged)) if each.kind == "arithmetic"}
    assert path in found


def test_a_forged_probability_is_found_out_by_the_pack(cluj: Run) -> None:
    forged = copy.deepcopy(cluj.contract)
    forged["risk"]["probability_ppm"] = 990_000
    forged = seal(forged)
    assert verify(forged) == []
    assert "risk.probability_ppm" in {each.path for each in verify(forged, cluj.contract)}


def test_a_forged_line_among_lines_alike_is_found_out_by_the_pack(iasi: Run) -> None:
    # Two lines move the same tonnes between two plantings of one action, so no sum shows it.
    forged = copy.deepcopy(iasi.contract)
    plantings = [each for each in forged["sinks"]["plantings"] if each["target_mg"]]
    first = plantings[0]
    second = next(each for each in plantings[1:] if each["code"] == first["code"])
    first["target_mg"] += 10**9
    second["target_mg"] -= 10**9
    found = [each for each in verify(seal(forged), iasi.contract) if each.kind == "source"]
    assert len(found) == 2
    assert all(each.path.endswith(".target_mg") for each in found)


def test_a_contract_from_before_has_nothing_to_hold_against(cluj: Run) -> None:
    earlier = {name: each for name, each in cluj.contract.items() if name not in PLAN_SECTIONS}
    assert verify(seal(earlier), cluj.contract) == []


def test_a_pack_without_actions_seals_empty_sections(tmp_path: Path) -> None:
    pack = Path(shutil.copytree(CLUJ, tmp_path / "pack"))
    for name in ("measures.csv", "measures_energy.csv", "actions.csv", "action_effects.csv"):
        (pack / name).unlink(missing_ok=True)
    for name in ("funding.csv", "financing.csv", "budgets.csv", "relations.csv"):
        (pack / name).unlink(missing_ok=True)
    found = run(pack)
    assert found.scenario is None
    assert {name: found.contract[name] for name in EMPTY} == EMPTY


def test_a_look_without_the_plan_says_nothing_of_it() -> None:
    found = run_pack(open_pack(CLUJ), with_plan=False)
    assert {name: found.contract[name] for name in EMPTY} == EMPTY
    assert found.scenario is not None
    assert found.contract["plan"] is not None


def test_faults_of_the_plan_stop_the_seal(tmp_path: Path) -> None:
    pack = Path(shutil.copytree(IASI, tmp_path / "pack"))
    rows = (pack / "actions.csv").read_text("utf-8")
    (pack / "actions.csv").write_text(rows.replace("flats_deep", "flats_deepest", 1), "utf-8")
    with pytest.raises(FindingsError) as refused:
        run(pack)
    assert "runs.catalogue-unknown" in {each.code for each in refused.value.findings}


def test_actions_are_weighed_in_the_year_asked_for(cluj: Run) -> None:
    assert cluj.scenario is not None
    early = path_sections(cluj.scenario, 2026)
    wedge = early["wedges"]["by_action_mg"]["5.1"]
    (action,) = [each for each in early["actions"] if each["code"] == "5.1"]
    assert action["shapley_mg"] == wedge["2026"]
    assert wedge["2026"] < wedge["2030"]
