import copy
import json
from pathlib import Path

import pytest

from vatra.contract import pretty, seal, totals, verify
from vatra.runs.contract import run

CLUJ = Path("examples/cluj")


@pytest.fixture(scope="module")
def sealed():
    return run(CLUJ).contract


@pytest.mark.slow
def test_a_whole_contract_holds(sealed):
    assert verify(json.loads(pretty(sealed))) == []
    assert verify(sealed, run(CLUJ).contract) == []


def test_an_altered_total_is_named_with_what_the_cells_give(sealed):
    altered = copy.deepcopy(sealed)
    altered["totals"]["by_sector"]["2021"]["buildings"] -= 100_000_000_000_000
    found = {each.path: each for each in verify(altered)}
    mismatch = found["totals.by_sector.2021.buildings"]
    assert mismatch.kind == "arithmetic"
    assert mismatch.message("en") == (
        "'totals.by_sector.2021.buildings' says 541750000000000, "
        "but its own cells add up to 641750000000000."
    )
    assert {"seal", "totals"} <= set(found)


@pytest.mark.slow
def test_an_altered_text_is_named_by_its_section(sealed):
    altered = copy.deepcopy(sealed)
    altered["city"]["name"] = "Other"
    found = {each.path: each.kind for each in verify(altered)}
    assert found == {"seal": "seal", "city": "section"}


def test_a_cell_altered_with_all_its_sums_does_not_follow_from_its_factor(sealed):
    # 231,941 MWh x 0.701 t/MWh = 162,590.641 t; the forger makes it 100,000 t less.
    forged = copy.deepcopy(sealed)
    cell = next(each for each in forged["cells"] if each["carrier"] == "electricity")
    cell["co2e_mg"] -= 10**14
    forged["totals"] = totals(forged["cells"])
    found = verify(seal(forged))
    assert found[0].path == "cells[2021.buildings.electricity.2.CO2].co2e_mg"
    assert found[0].recomputed == "162590641000000"


def test_a_consistent_forgery_is_found_out_by_the_pack(sealed):
    # The forger changes energy, cell and all sums, leaves out the plan and seals again: only the
    # source files tell.
    forged = copy.deepcopy(sealed)
    cell = next(each for each in forged["cells"] if each["carrier"] == "electricity")
    cell["energy_wh"] -= 10**9
    cell["co2e_mg"] -= 701 * 10**9
    forged |= {"totals": totals(forged["cells"]), "plan": None, "measures": []}
    forged = seal(forged)
    assert verify(forged) == []
    found = verify(forged, sealed)
    assert all(each.kind == "source" for each in found)
    assert "cells[2021.buildings.electricity.2.CO2].energy_wh" in {each.path for each in found}


def test_a_later_vatra_with_more_factors_and_rules_still_verifies(sealed):
    later = copy.deepcopy(sealed)
    later["versions"] |= {"vatra": "9.9", "factor_book": "other", "methods": {}}
    later["lint"] = []
    assert verify(sealed, seal(later)) == []


def test_an_altered_measure_is_named_by_its_code(sealed):
    altered = copy.deepcopy(sealed)
    next(each for each in altered["measures"] if each["code"] == "5.1")["claimed_mg"] += 1
    assert "measures[5.1].claimed_mg" in {each.path for each in verify(altered, sealed)}


@pytest.mark.parametrize("document", [None, [], {}, {"format": "other/1"}, 3, "text"])
def test_what_is_no_contract_is_said_so(document):
    (mismatch,) = verify(document)
    assert mismatch.kind == "format"


@pytest.mark.parametrize(
    "section",
    ["cells", "totals", "plan", "digests", "seal", "city", "actions", "pathway", "wedges",
     "unexplained", "risk", "residual", "net_zero", "investment"],
)  # fmt: skip
@pytest.mark.parametrize("rubbish", [None, [], {}, "x", 1.5, [1], {"a": 1.5}])
def test_rubbish_in_a_section_never_raises(sealed, section, rubbish):
    broken = {**sealed, section: rubbish}
    assert verify(broken)
