"""The packs of the repository give what is published about their cities."""

import copy
from pathlib import Path

import pytest

from vatra.contract import verify
from vatra.methods import activity_methods
from vatra.runs.contract import run
from vatra.tables.gpc import NOTATION_KEYS, sub_sectors
from vatra.tables.vocabulary import GASES


def test_iasi_gives_the_two_published_percentages_and_says_it_is_invented():
    found = run(Path("examples/iasi"))
    total = found.contract["totals"]["all"]["2021"]
    buildings = found.contract["totals"]["by_sector"]["2021"]["buildings"]
    # 56.41 % of CO2 comes from buildings; -81.44 % by 2035 against 2021
    assert buildings / total == pytest.approx(0.5641, abs=5e-7)
    assert found.plan.residual_ppm == 185_600
    assert found.plan.target_met
    assert found.contract["city"]["synthetic"] is True
    assert found.findings == ()
    sources = found.pack.rows["energy"]["source"].cast(str).unique().to_list()
    assert [each for each in sources if not each.startswith("synthetic")] == []


@pytest.fixture(scope="module")
def town():
    return run(Path("examples/valea-lupului-de-sus"))


@pytest.mark.slow
def test_the_town_exercises_every_method_of_activity_and_every_sub_sector(town):
    used = set(town.inventory.gathered.rows["method"].unique())
    assert used == set(activity_methods())
    lines = town.inventory.gpc[2021].lines
    counted = {each.category.sub_sector for each in lines if each.co2e_mg is not None}
    # Other scope 3 is what a city may leave out: it stands with NE.
    assert set(sub_sectors()) - counted == {"VI.1"}


def test_the_town_exercises_every_notation_key_and_every_gas(town):
    table = town.inventory.gpc[2021]
    keys = {each.key for line in table.lines for each in line.notations.values()}
    assert keys == set(NOTATION_KEYS)
    assert set(GASES) <= set(town.inventory.counted()["gas"].unique())
    states = {line.state(gas) for line in table.lines for gas in GASES}
    assert states == {"computed", "impossible", "blank", *NOTATION_KEYS}


@pytest.mark.slow
def test_the_town_says_everywhere_that_it_is_invented(town):
    assert town.contract["city"]["synthetic"] is True
    for name, rows in town.pack.rows.items():
        if len(rows) and "source" in rows.columns:
            sources = rows["source"].cast(str).unique().to_list()
            assert [each for each in sources if not each.startswith("synthetic")] == [], name


def test_the_towns_totals_keep_apart_what_others_count(town):
    table, total = town.inventory.gpc[2021], town.contract["totals"]["all"]["2021"]
    by_code = {each.category.code: each.co2e_mg or 0 for each in table.lines}
    assert table.total_mg("BASIC+") == total
    outside = sum(by_code[code] for code in ("I.4.4", "III.1.3", "III.2.3", "III.3.3", "III.4.3"))
    assert outside > 0
    scope_1 = sum(each.co2e_mg or 0 for each in table.lines if each.category.scope == 1)
    assert table.total_mg("TERRITORIAL") == scope_1
    assert {each["category"] for each in town.contract["cells"]}.isdisjoint(
        {"I.4.4", "III.1.3", "VI.1.1"}
    )


@pytest.mark.slow
def test_the_towns_seal_holds_against_its_pack(town):
    again = run(Path("examples/valea-lupului-de-sus"))
    assert verify(town.contract, again.contract) == []
    cell = next(each for each in town.contract["cells"] if each["carrier"] == "solid_waste")
    forged = copy.deepcopy(town.contract)
    place = town.contract["cells"].index(cell)
    forged["cells"][place]["co2e_mg"] += 10**9
    assert any("solid_waste" in each.path for each in verify(forged, again.contract))
