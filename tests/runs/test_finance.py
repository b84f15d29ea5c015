"""The money of a scenario, worked by hand on a town with one measure."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from vatra.plans.engine import Choice, evaluate
from vatra.plans.finance.transfers import transfer_payer
from vatra.runs.finance import Finance, finance
from vatra.runs.finance_actions import action_money
from vatra.runs.finance_data import as_dict, cash_rows
from vatra.runs.scenario import Scenario, open_scenario
from vatra.tables import FindingsError

CITY = """\
name: Dealu Mic
code: dealu-mic
base_year: 2021
target_year: 2031
target_cut_percent: 60
gwp_set: AR5
gases: [CO2]
numbers: plain
factor_sets: [local, ipcc_2006]
synthetic: true
source: invented for a test
"""
ENERGY = """\
year,sector,sub_sector,carrier,scope,amount,unit,source
2021,buildings,I.1,natural_gas,1,1000,MWh,invented
2021,buildings,I.1,electricity,2,400,MWh,invented
2021,transport,II.1,diesel,1,500,MWh,invented
"""
FACTORS = """\
set,carrier,end_use,gas,year_from,year_to,amount,unit,source
local,electricity,any,CO2,,,0.3,t/MWh,invented
local,natural_gas,any,CO2,,,0.2,t/MWh,invented
local,diesel,any,CO2,,,0.25,t/MWh,invented
"""
ACTIONS = """\
code,name_en,name_ro,sector,field,start_year,shape,units_count,unit_capex,unit_opex,incremental_percent,lifetime_years,payer,staff_count,source
R,Homes,Locuințe,buildings,built_environment,2022,step,10,10000,50,60,6,city,2,invented
"""
EFFECTS = """\
code,effect,operator,use,carrier,strength,source
R,1,efficiency,residential,natural_gas,0.5,invented
"""
DRIVERS = """\
driver,use,carrier,year,amount,unit,source
price,,natural_gas,2021,50,EUR/MWh,invented
ets2_price,,,2021,10,EUR/t,invented
carbon_price,,,2021,100,EUR/t,invented
"""
FUNDING = (
    "code,name_en,name_ro,instrument,ceiling_eur,first_year,last_year,intensity_max_percent,"
    "eligible,payers,interest_percent,term_years,grace_years,excludes,stack_limit_percent,"
    "priority,source\n"
)
FINANCING = "action,payer,funding,share_percent,amount_eur,source\n"
BUDGETS = "payer,year,capex_eur,staff_fte,source\n"
VAT = 0.21


@pytest.fixture
def town(tmp_path: Path):
    """The scenario of the town; further tables by name."""

    def build(**tables: str) -> Scenario:
        files = {"energy": ENERGY, "factors": FACTORS, "actions": ACTIONS,
                 "action_effects": EFFECTS, "drivers": DRIVERS, **tables}  # fmt: skip
        (tmp_path / "city.yaml").write_text(CITY, "utf-8")
        for name, text in files.items():
            (tmp_path / f"{name}.csv").write_text(text, "utf-8")
        return open_scenario(tmp_path)

    return build


def streams(found: Finance, actor: str) -> dict[str, int]:
    """Sums of an actor's streams in cents, those of nothing left out."""
    flows = next(each for each in found.actors if each.name == actor).flows
    return {name: int(each.sum()) for name, each in flows.streams.items() if each.any()}


def codes(error: FindingsError) -> list[str]:
    return [each.code.removeprefix("plans.finance.") for each in error.findings]


# One measure by hand


def test_capital_is_charged_again_when_its_lifetime_ends(town):
    found = finance(town())
    # 10 homes at EUR 10,000 in 2022; six years later again; in 2034 no longer.
    assert found.capital.new[0].tolist() == [0, 10_000_000, *[0] * 9]
    assert found.capital.again[0].tolist() == [*[0] * 7, 10_000_000, 0, 0, 0]
    assert found.total_cents == 20_000_000


def test_the_city_pays_and_the_households_save(town):
    found = finance(town(), discount=0.0)
    assert streams(found, "city") == {
        "capital": 20_000_000,
        "avoided": 8_000_000,  # 40 % would have been spent anyway
        "opex": 500_00 * 10,  # 10 * 50 EUR in 2022 to 2031
        "residual": 2_000_000,  # 2 of 6 years left of EUR 100,000, 60 % of it
        "gap": 20_000_000,
    }
    # 500 MWh a year at EUR 50, and 21 % tax: 30,250 a year for ten years;
    # 100 t a year at EUR 10, and tax: 1,210 a year.
    assert streams(found, "households") == {"bills": 30_250_00 * 10, "ets2": 1_210_00 * 10}
    city = next(each for each in found.actors if each.name == "city")
    # -200,000 + 80,000 - 5,000 + 20,000
    assert city.investment.npv == pytest.approx(-105_000_00)
    assert city.investment.payback_years is None


def test_the_state_gains_tax_on_work_and_loses_it_on_gas(town):
    found = streams(finance(town()), "state")
    # Tax in (200,000 - 80,000 + 5,000) of a city that gets none back; 5,250 a year less on gas.
    assert found["tax"] == pytest.approx(125_000_00 * VAT / (1 + VAT), abs=10)
    assert found["tax_lost"] == 5_250_00 * 10


def test_society_counts_neither_tax_nor_allowances_and_carbon_apart(town):
    found = finance(town()).society
    assert found.flows["energy"].sum() == 25_000_00 * 10
    assert found.flows["capital"].sum() == pytest.approx(200_000_00 / (1 + VAT), abs=2)
    assert found.carbon_mg.tolist() == [0, *[100 * 10**9] * 10]
    assert found.carbon_cents.sum() == 100 * 100 * 100 * 10
    discounted = sum(1.03**-t for t in range(10))
    gained = found.with_carbon.npv - found.without_carbon.npv
    assert gained == pytest.approx(10_000_00 * discounted)


def test_present_value_is_brought_to_the_first_year_of_spending(town):
    found = finance(town(), discount=0.1)
    city = next(each for each in found.actors if each.name == "city")
    # Year by year from 2022: what is spent, what would have been, running cost, what is left.
    flows = [-100_000 + 40_000 - 500, *[-500] * 5, -60_000 - 500, *[-500] * 2, -500 + 20_000]
    assert city.investment.npv / 100 == pytest.approx(
        sum(flow * 1.1**-t for t, flow in enumerate(flows))
    )


def test_nominal_amounts_grow_and_their_worth_does_not(town):
    built = town()
    real, nominal = finance(built, discount=0.04), finance(built, discount=0.04, nominal=True)
    # EUR of 2024: 100,000 * 1.02^-2 in 2022 and * 1.02^4 in 2028.
    assert nominal.capital.need[0, [1, 7]].tolist() == [9_611_688, 10_824_322]
    # Seen from 2022 in money of 2022, which is 1.02^2 dearer than that of 2024.
    for one, other in zip(real.actors, nominal.actors, strict=True):
        assert other.investment.npv * 1.02**2 == pytest.approx(one.investment.npv, rel=1e-5)


def test_other_choices_move_the_money(town):
    built = town()
    found = finance(built, {"R": Choice(2025, 0.5)})
    assert found.capital.new[0].tolist() == [0, 0, 0, 0, 5_000_000, *[0] * 6]
    assert not finance(built, {"R": Choice(2022, 0.0)}).uses


def test_the_money_of_an_action_is_that_of_its_purses(town):
    found = finance(town(), discount=0.0)
    (money,) = action_money(found)
    assert money.payers == {"city": 1.0}
    assert (int(money.new.sum()), int(money.again.sum())) == (10_000_000, 10_000_000)
    assert int(money.incremental.sum()) == 12_000_000
    assert {who: int(each.sum()) for who, each in money.bills.items()} == {"households": 30_250_000}
    # 302,500 + 12,100 saved and 20,000 left, for 120,000 and 5,000 to run it.
    assert money.worth.npv == pytest.approx(302_500_00 + 12_100_00 + 20_000_00 - 125_000_00)
    # In total 205,000, of which 21 of 121 parts are tax.
    assert int(money.tax.sum()) == pytest.approx(205_000_00 * VAT / (1 + VAT), abs=10)


def test_a_plan_without_actions_costs_nothing(town):
    built = town()
    found = finance(replace(built, model=built.model.only(())))
    assert (found.total_cents, found.gap_cents, found.first_gap_year) == (0, 0, None)
    assert found.uses == ()
    assert not found.carbon_mg.any()
    assert as_dict(found, "ro")["actions"] == []


def test_a_loan_of_a_thousand_million_years_is_read_in_no_time(town):
    loan = "bank,Bank,Bancă,loan,1000000,,,,,city,5,1000000000,,,,2,invented\n"
    found = finance(town(funding=FUNDING + loan))
    assert found.debt.schedules[("bank", "city")].owed[-1] > 0


# Sources


GRANT = "grant,Grant,Grant,eu_grant,60000,,,50,R,city,,,,,,1,invented\n"
LOAN = "bank,Bank,Bancă,loan,1000000,,,,,city,5,4,,,,2,invented\n"


def test_sources_pay_in_the_money_of_their_year(town):
    found = finance(town(funding=FUNDING + GRANT + LOAN), nominal=True)
    assert [each.code for each in found.sources] == ["grant", "bank"]
    # Half of 96,116.88 is 48,058.44; of the ceiling of 60,000 there are 11,941.56 left in 2028.
    assert found.source_of(0)[[1, 7]].tolist() == [4_805_844, 1_194_156]
    assert found.source_of(1)[[1, 7]].tolist() == [4_805_844, 10_824_322 - 1_194_156]
    assert found.gap_cents == 0
    assert found.first_gap_year is None


def test_debt_is_repaid_by_who_drew_it_and_cover_is_cash_over_service(town):
    found = finance(town(funding=FUNDING + GRANT + LOAN), nominal=True)
    debt = found.debt.schedules[("bank", "city")]
    # 48,058.44 at 5 % over four years: 13,553.05 in 2023 to 2026.
    assert debt.service[[2, 3, 4]].tolist() == [1_355_305] * 3
    (cover,) = found.covers
    # The city saves nothing and runs it for EUR 500 of 2024 a year: 490.20 in 2023.
    assert cover.ratios[2] == pytest.approx(-490.20 / 13_553.05, abs=1e-6)
    assert cover.ratios[1] is None
    assert cover.lowest is not None
    assert cover.lowest < 0


@pytest.mark.parametrize("nominal", [False, True])
def test_every_euro_has_one_source_or_none(town, nominal):
    found = finance(town(funding=FUNDING + GRANT), nominal=nominal)
    assert (found.paid.amount.sum(axis=0) + found.paid.gap == found.capital.need).all()
    rows = cash_rows(found)
    assert round(sum(row["amount_eur"] for row in rows) * 100) == found.total_cents
    assert found.first_gap_year == 2022


def test_payers_share_an_action_to_the_cent(town):
    shares = FINANCING + "".join(
        f"R,{payer},,{share},,invented\n"
        for payer, share in (("state", "33.33"), ("city", "33.33"), ("households", "33.34"))
    )
    found = finance(town(financing=shares))
    parts = [int(found.need_of(payer).sum()) for payer in ("state", "city", "households")]
    assert sum(parts) == 20_000_000
    assert parts == [6_666_000, 6_666_000, 6_668_000]


def test_a_budget_is_own_money_of_its_year_alone(town):
    budget = BUDGETS + "city,2022,30000,1,invented\ncity,2028,500000,,invented\n"
    found = finance(town(budgets=budget), nominal=True)
    assert [each.code for each in found.sources] == ["own:city"]
    assert found.source_of(0)[[1, 7]].tolist() == [3_000_000, 10_824_322]
    assert found.first_gap_year == 2022
    assert found.staff_needed["city"].tolist() == [0.0, *[2.0] * 10]
    staff = as_dict(found, "en")["staff"]
    assert staff[0] == {"payer": "city", "year": 2022, "needed_fte": 2.0, "available_fte": 1.0}
    assert staff[1]["available_fte"] is None
    (short,) = [each for each in found.findings if each.code == "plans.finance.staff-short"]
    assert (short.params["years"], short.params["most"]) == (["2022"], 1.0)


def test_money_without_a_size_is_not_counted_on(town):
    unknown = "eu,EU,UE,eu_grant,,,,,,,,,,,,1,invented\n"
    found = finance(town(funding=FUNDING + unknown))
    assert found.gap_cents == found.total_cents
    assert found.sources[0].ceiling_cents is None
    assert as_dict(found, "en")["sources"][0]["ceiling_eur"] is None
    assert "plans.finance.ceiling-unknown" in [each.code for each in found.findings]
    signed = finance(town(funding=FUNDING + unknown, financing=FINANCING + "R,,eu,,5000,signed\n"),
                     nominal=True)  # fmt: skip
    assert signed.source_of(0).sum() == 500_000
    own = finance(town(funding=FUNDING + unknown.replace("eu_grant", "own_budget"),
                       financing=FINANCING))  # fmt: skip
    assert own.gap_cents == 0
    assert "plans.finance.own-unlimited" in [each.code for each in own.findings]


def test_what_is_not_known_is_said(town):
    nobody = ACTIONS.replace(",city,", ",,")
    found = finance(town(actions=nobody, drivers=DRIVERS.splitlines()[0] + "\n"))
    assert found.payers == ("unstated",)
    assert "plans.finance.payer-unstated" in [each.code for each in found.findings]
    # The defaults have a price of gas; a fuel that nobody prices is named, not counted at zero.
    assert found.bills.unpriced == ()
    peat = finance(town(energy=ENERGY.replace("I.1,natural_gas", "I.1,peat"),
                        factors=FACTORS.replace("natural_gas", "peat"),
                        action_effects=EFFECTS.replace("natural_gas", "peat")))  # fmt: skip
    assert peat.bills.unpriced == ("peat",)
    assert "plans.finance.price-unknown" in [each.code for each in peat.findings]


# Faults


def test_all_faults_at_once_with_their_rows(town):
    funding = FUNDING + (
        "a,A,A,eu_grant,1000,2035,2040,150,R;nothing,,,,,,,1,invented\n"
        "b,B,B,loan,1000,2030,2025,50,,nobody,,,,,,2,invented\n"
        "c,C,C,loan,1000,,,,,,120,3,5,zzz,101,2,invented\n"
        "d,D,D,eu_grant,1000,,,,transport,,,,,,,3,invented\n"
    )
    financing = FINANCING + (
        "X,city,,100,,invented\n"
        "R,city,,40,,invented\n"
        "R,state,,40,,invented\n"
        "R,,zz,10,,invented\n"
        "R,,a,10,5,invented\n"
        "R,,d,10,,invented\n"
        "R,,,10,,invented\n"
    )
    budgets = BUDGETS + "neighbours,2022,5,,invented\n"
    with pytest.raises(FindingsError) as raised:
        finance(town(funding=funding, financing=financing, budgets=budgets))
    found = {(each.code.removeprefix("plans.finance."), each.file, each.lines)
             for each in raised.value.findings}  # fmt: skip
    assert found == {
        ("window-outside", "funding.csv", (2,)),
        ("percent-above", "funding.csv", (2,)),
        ("unknown-name", "funding.csv", (2,)),
        ("window-order", "funding.csv", (3,)),
        ("unknown-name", "funding.csv", (3,)),
        ("terms-missing", "funding.csv", (3,)),
        ("percent-above", "funding.csv", (4,)),
        ("terms-wrong", "funding.csv", (4,)),
        ("unknown-name", "funding.csv", (4,)),
        ("action-unknown", "financing.csv", (2,)),
        ("shares-total", "financing.csv", (3, 4)),
        ("funding-unknown", "financing.csv", (5,)),
        ("share-or-amount", "financing.csv", (6,)),
        ("not-eligible", "financing.csv", (7,)),
        ("payer-or-funding", "financing.csv", (8,)),
        ("unknown-name", "budgets.csv", (2,)),
    }
    for each in raised.value.findings:
        assert each.message("en") != each.message("ro")


def test_a_source_spent_twice_is_refused_with_both_rows(town):
    two = ACTIONS + ACTIONS.splitlines()[1].replace("R,Homes", "S,More homes") + "\n"
    effects = EFFECTS + "S,1,efficiency,residential,electricity,0.1,invented\n"
    financing = FINANCING + "R,,grant,,30000,signed\nS,,grant,,30000.01,signed\n"
    funding = FUNDING + GRANT.replace(",R,", ",,")
    built = town(actions=two, action_effects=effects, funding=funding, financing=financing)
    with pytest.raises(FindingsError) as raised:
        finance(built)
    (finding,) = raised.value.findings
    assert (finding.code, finding.lines) == ("plans.finance.spent-twice", (2, 3))
    assert finding.params["actions"] == ["R", "S"]
    assert "EUR 60,000 are fixed for R, S" in finding.message("en")


def test_more_than_the_cost_and_more_than_the_intensity_are_refused(town):
    rich = GRANT.replace("60000", "900000000")
    with pytest.raises(FindingsError) as raised:
        finance(town(funding=FUNDING + rich, financing=FINANCING + "R,,grant,,300000,signed\n"))
    assert codes(raised.value) == ["above-cost", "intensity-above"]


def test_sources_that_exclude_each_other_may_not_both_be_fixed(town):
    other = "other,Other,Altul,eu_grant,1000,,,,,,,,,grant,,1,invented\n"
    financing = FINANCING + "R,,grant,,1,signed\nR,,other,,1,signed\n"
    with pytest.raises(FindingsError) as raised:
        finance(town(funding=FUNDING + GRANT + other, financing=financing))
    assert codes(raised.value) == ["excluded-together"]


def test_fixed_money_without_anything_to_pay_is_said(town):
    late = GRANT.replace("60000,,", "60000,2029,")
    found = finance(town(funding=FUNDING + late, financing=FINANCING + "R,,grant,,1000,signed\n"))
    (finding,) = [each for each in found.findings if each.code == "plans.finance.unplaced"]
    assert finding.lines == (2,)


def test_prices_in_another_unit_are_refused(town):
    with pytest.raises(FindingsError) as raised:
        finance(town(drivers=DRIVERS.replace("EUR/MWh", "EUR/kWh")))
    assert codes(raised.value) == ["price-unit"]


def test_a_lifetime_below_zero_is_refused(town):
    built = town()
    (action,) = built.model.actions
    broken = replace(action, economics=replace(action.economics, lifetime_years=-15.0))
    with pytest.raises(FindingsError) as raised:
        finance(replace(built, model=replace(built.model, actions=(broken,))))
    assert codes(raised.value) == ["lifetime"]
    with pytest.raises(ValueError, match="-100"):
        finance(built, discount=-1.0)


# Examples


@pytest.fixture(scope="module")
def iasi() -> Finance:
    return finance(open_scenario(Path("examples/iasi")))


def test_bills_of_all_actions_are_those_of_the_whole_plan(iasi):
    """The actions together save what the engine says that the plan saves."""
    base, after = iasi.model.base, evaluate(iasi.model).amount
    for (payer, carrier), saved in iasi.bills.saved_wh.items():
        if payer == "city":
            mine = [cell.carrier == carrier and cell.use in ("public_buildings", "street_lighting")
                    for cell in base.cells]  # fmt: skip
            whole = (base.amount[mine] - after[mine]).sum(axis=0)
            np.testing.assert_allclose(saved.sum(axis=0), whole, rtol=1e-9, atol=1.0)


def test_all_purses_together_are_society(iasi):
    """Taxes, fees and what one pays another cancel; what is left is what society counts."""
    plus, minus = ("bills", "revenue", "avoided", "tax"), ("capital", "opex", "fees", "tax_lost")
    purses = sum(each.flows.total(plus) - each.flows.total(minus) for each in iasi.actors)
    it = iasi.society.flows
    whole = it["energy"] + it["revenue"] + it["avoided"] - it["capital"] - it["opex"]
    # What drivers pay at chargers is on their bills, so nobody has it as a fee.
    on_bills = [n for n, each in enumerate(iasi.model.actions) if transfer_payer(each) == ""]
    twice = 100 * iasi.costs.revenue[on_bills].sum(axis=0)
    assert on_bills
    np.testing.assert_allclose(purses - twice, whole, atol=30)


def test_iasi_is_paid_to_the_cent_within_every_ceiling(iasi):
    allocation = iasi.paid.allocation
    assert (allocation.amount.sum(axis=0) + allocation.gap == allocation.need).all()
    for n, each in enumerate(iasi.sources):
        if each.ceiling_cents is not None:
            assert allocation.amount[n].sum() <= each.ceiling_cents
    assert 0 < iasi.gap_cents < iasi.total_cents
    again = finance(open_scenario(Path("examples/iasi")))
    assert as_dict(again, "en") == as_dict(iasi, "en")


def test_cluj_costs_what_its_contract_prints():
    found = finance(open_scenario(Path("examples/cluj")))
    # 17 measures, EUR 6.09 bn; the city's stated capacity is 800 million, nominal.
    assert found.total_cents == 609_000_000_000
    assert found.paid.allocation.amount[0].sum() == 80_000_000_000
    assert [int(each.sum()) for each in found.paid.allocation.amount[1:]] == [0, 0, 0]
