import pytest

from tests.runs.towns import ACTIONS, EFFECTS, planned
from vatra.plans.catalogue import curve
from vatra.plans.engine import Choice, evaluate
from vatra.runs.netzero import balance, persons, sampled_of
from vatra.tables import FindingsError

T = 10**9
SINKS = (
    "code,year,name_en,name_ro,action,kind,area,unit,credits_t,growth,buffer_percent,"
    "permanence_years,from_use,parcel,within_cap,source\n"
)
RESIDUALS = "use,carrier,cause,share_percent,why_en,why_ro,source\n"


def test_the_plans_own_sinks_are_a_ledger_by_vintage(tmp_path):
    found = balance(planned(tmp_path))
    # One unit of the curve planted in 2023; seven years of age in 2030.
    assert found.sinks.by_vintage(2030) == {2023: round(curve("mixed_broadleaf")[7] * T)}
    outcome = evaluate(found.scenario.model)
    assert found.sinks_mg(2030) == pytest.approx(-outcome.sink_mg[:, -1].sum(), abs=2)
    # 1,000 t x 0.5 + 500 t
    assert found.gross_mg(2030) == 1000 * T
    assert found.net_mg(2030) == 1000 * T - found.sinks_mg(2030)


def test_a_sink_that_nobody_describes_is_noted(tmp_path):
    (note,) = balance(planned(tmp_path / "a")).findings
    assert (note.code, note.severity) == ("runs.sink-undescribed", "note")
    assert "W" in note.message("ro")
    row = "S,2024,Wood,Pădure,W,forest,10,ha,,0: 0; 9: 3,20,30,,,,invented"
    described = balance(planned(tmp_path / "b", sinks=SINKS + row)).findings
    # That it does not say on which land is another matter.
    assert [each.code for each in described] == ["plans.sinks.land-unstated"]


def test_rows_that_name_an_action_stand_for_its_sink(tmp_path):
    # 10 ha x 3 t/ha less a fifth = 24 t a year from 2025 on; the action's own curve counts no more.
    row = "S,2024,Wood,Pădure,W,forest,10,ha,,0: 0; 1: 3; 30: 3,20,30,,,,invented"
    found = balance(planned(tmp_path, sinks=SINKS + row))
    assert found.replaced == ("W",)
    assert [found.sinks_mg(year) for year in (2023, 2024, 2025)] == [0, 0, 24 * T]


def test_plantings_move_and_shrink_with_their_action(tmp_path):
    row = "S,2024,Wood,Pădure,W,forest,10,ha,,0: 0; 1: 3; 30: 3,,30,,,,invented"
    built = planned(tmp_path, sinks=SINKS + row)
    found = balance(built, {"W": Choice(2025, 0.5)})
    assert [found.sinks_mg(year) for year in (2026, 2027)] == [0, 15 * T]
    assert balance(built, {"W": Choice(2023, 0.0)}).sinks_mg(2030) == 0


def test_residual_by_cause_adds_up_to_what_is_left(tmp_path):
    rows = RESIDUALS + "road,,outside_powers,40,Transit,Tranzit,invented"
    found = balance(planned(tmp_path, residuals=rows))
    # 40 % of 500 t; the rest of 1,000 t is not yet planned; the limit is a fifth of 1,500 t
    assert found.residual.by_cause() == {
        "hard_to_abate": 0,
        "outside_powers": 200 * T,
        "not_yet_planned": 800 * T,
    }
    assert found.residual.residual_mg == found.gross_mg(2030)
    assert (found.residual.limit_mg, found.residual.rule_held) == (300 * T, False)


def test_the_citys_own_budget_comes_before_the_worlds(tmp_path):
    stated = "name,version,from_year,amount,unit,source\nOwn,1,2021,9,kt,invented"
    (use,) = balance(planned(tmp_path / "a", carbon_budgets=stated)).budgets
    # 1,500 + 1,400 + 1,300 + 1,200 + 1,100 + 5 x 1,000 = 11,500 less sinks; 9,000 gone in 2028
    assert use.budget.budget_mg == 9000 * T
    assert 2028 <= use.exhausted_in < 2029
    stocks = "stock,amount,source\npersons_count,2000,invented"
    built = planned(tmp_path / "b", stocks=stocks)
    assert persons(built) == 2000
    assert [each.budget.method for each in balance(built).budgets] == [
        "by_population",
        "by_emissions",
    ]
    assert persons(planned(tmp_path / "c")) is None


def test_net_zero_needs_draws_and_all_its_conditions(tmp_path):
    # 400 ha x 3 t/ha = 1,200 t a year, above the 1,000 t emitted, and far above the cap of 300 t.
    row = "S,2024,Wood,Pădure,W,forest,400,ha,,0: 0; 1: 3; 30: 3,,30,,,,invented"
    built = planned(tmp_path, sinks=SINKS + row)
    without = balance(built)
    assert [each.name for each in without.net_zero.unmet] == ["cap", "probability"]
    found = balance(built, sampled=sampled_of(built, 256))
    assert found.net_mg(2030) == -200 * T
    assert [each.name for each in found.net_zero.unmet] == ["cap"]
    assert len(found.exhaustions) == len(found.budgets)


def test_the_draws_drop_the_sinks_that_rows_stand_for(tmp_path):
    # By its own curve the wood would take up far more than is emitted; the row says 3 t a year.
    head, retrofit, wood = ACTIONS.splitlines()
    actions = "\n".join([f"{head},units_count", f"{retrofit},", f"{wood},100000"])
    row = "S,2024,Wood,Pădure,W,forest,1,ha,,0: 0; 1: 3; 30: 3,,30,,,,invented"
    alone = planned(tmp_path / "a", actions=actions)
    found = balance(alone, sampled=sampled_of(alone, 256))
    assert "probability" not in [each.name for each in found.net_zero.unmet]
    both = planned(tmp_path / "b", actions=actions, sinks=SINKS + row)
    found = balance(both, sampled=sampled_of(both, 256))
    assert [each.name for each in found.net_zero.unmet] == ["net", "probability"]
    assert found.sinks_mg(2030) == 3 * T


def test_rounding_in_print_is_no_sink(tmp_path):
    printed = "year,stage,sector,amount,unit,source\n" + "\n".join(
        f"{year},{stage},transport,499.6,t,invented"
        for year, stage in ((2021, "base"), (2030, "before_measures"))
    )
    retrofit = "\n".join(ACTIONS.splitlines()[:2])
    saves = "\n".join(EFFECTS.splitlines()[:2])
    built = planned(tmp_path, published_emissions=printed, actions=retrofit, action_effects=saves)
    found = balance(built)
    assert found.sinks_mg(2030) == 0
    # 500 t of gas and 499.6 t as printed
    assert found.gross_mg(2030) == found.residual.residual_mg == round(999.6 * T)


def test_credits_are_apart_and_do_not_make_it_net_zero(tmp_path):
    rows = "C,2030,Credits,Credite,,credit,,,1000,,,,,,,invented"
    built = planned(tmp_path, sinks=SINKS + rows)
    found = balance(built, sampled=sampled_of(built, 256))
    assert found.net_mg(2030) > 0
    assert found.sinks.credits_mg(2030) == 1000 * T
    assert "credits" in [each.name for each in found.net_zero.unmet]


def test_every_fault_at_once(tmp_path):
    sinks = SINKS + "\n".join(
        [
            "A,2024,A,A,Z,forest,10,ha,,0: 1; 9: 1,,30,,one,,invented",
            "B,2025,B,B,,forest,10,ha,,0: 1; 9: 1,,30,,one,,invented",
            "C,2025,C,C,,wetland,10,ha,,,,30,,,,invented",
        ]
    )
    residuals = RESIDUALS + "trams,,hard_to_abate,10,why,de ce,invented"
    budgets = "name,version,from_year,amount,unit,source\nLate,1,2040,9,kt,invented"
    built = planned(tmp_path, sinks=sinks, residuals=residuals, carbon_budgets=budgets)
    with pytest.raises(FindingsError) as error:
        balance(built)
    assert {each.code for each in error.value.findings if each.severity == "error"} == {
        "plans.sinks.action-unknown",
        "plans.sinks.parcel-twice",
        "plans.sinks.growth-missing",
        "plans.residual.no-cell",
        "runs.budget-late",
    }
