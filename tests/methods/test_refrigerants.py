import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vatra.factors import Parameter, open_book, open_parameters, shipped_parameters
from vatra.factors.gwp import species_potentials
from vatra.methods import Emissions, Inputs, activity_methods
from vatra.methods.refrigerants.formulas import balance_kg, end_of_life_kg
from vatra.tables import tables

masses = st.floats(0, 1e6)
NOTHING = {
    "stock_start_kg": 0.0,
    "stock_end_kg": 0.0,
    "purchases_kg": 0.0,
    "sales_kg": 0.0,
    "new_capacity_kg": 0.0,
    "retired_capacity_kg": 0.0,
}


def found(*rows: dict[str, object], own: tuple[Parameter, ...] = ()) -> Emissions:
    names = [column.typed_name for column in tables()["refrigerants"].columns]
    blank = dict.fromkeys(names) | {"year": 2021, "source": "test"}
    texts = {"approach", "equipment", "refrigerant", "item", "quality", "source", "note"}
    schema = {name: pl.String if name in texts else pl.Float64 for name in names}
    frame = pl.DataFrame(
        [blank | row | {"line": line} for line, row in enumerate(rows, start=2)],
        schema=schema | {"year": pl.Int32, "line": pl.Int64},
    )
    return activity_methods()["refrigerants"].emissions(
        Inputs({"refrigerants": frame}, open_book("AR5"), open_parameters((), own), (2021,))
    )


def balance(refrigerant: str = "r134a", **given: float) -> dict[str, object]:
    return {
        "approach": "mass_balance",
        "equipment": "commercial_medium_large",
        "refrigerant": refrigerant,
        **NOTHING,
        **given,
    }


def bank(equipment: str, refrigerant: str = "r134a", **given: float) -> dict[str, object]:
    return {
        "approach": "emission_factor",
        "equipment": equipment,
        "refrigerant": refrigerant,
        "bank_kg": 0.0,
        "filled_kg": 0.0,
        "retired_capacity_kg": 0.0,
        **given,
    }


def kg(emissions: Emissions) -> dict[str, float]:
    sums = emissions.rows.group_by("species").agg(pl.col("emission_mg").sum())
    return {species: mg / 1e6 for species, mg in sums.iter_rows()}


def test_a_mass_balance():
    # (120 - 80) + 300 - 50 - (100 - 40) = 40 + 300 - 50 - 60 = 230 kg
    row = balance(
        stock_start_kg=120,
        stock_end_kg=80,
        purchases_kg=300,
        sales_kg=50,
        new_capacity_kg=100,
        retired_capacity_kg=40,
    )
    assert kg(found(row)) == {"HFC134a": 230}


def test_a_blend_is_counted_as_its_species():
    # 100 kg of R404A: 44 kg HFC-125, 52 kg HFC-143a, 4 kg HFC-134a
    result = found(balance("r404a", purchases_kg=100))
    assert kg(result) == pytest.approx({"HFC125": 44, "HFC143a": 52, "HFC134a": 4})
    assert set(result.rows["gas"]) == {"HFC"}


def test_the_gwp_set_changes_the_result():
    # R410A, AR4: 0.5 x 675 + 0.5 x 3500 = 2087.5; AR5: 0.5 x 677 + 0.5 x 3170 = 1923.5
    masses_kg = kg(found(balance("r410a", purchases_kg=1)))
    for gwp_set, expected in (("AR4", 2087.5), ("AR5", 1923.5)):
        potential = species_potentials(gwp_set)
        co2e_kg = sum(mass * potential[species] for species, mass in masses_kg.items())
        assert co2e_kg == pytest.approx(expected)


def test_a_bank_loses_at_filling_in_use_and_at_the_end():
    # Chillers, middle of Table 7.9: k 0.6 %, x 8.5 %, p 90 %, n 47.5 %
    # 1000 x 0.085 + 200 x 0.006 + 100 x 0.9 x (1 - 0.475) = 85 + 1.2 + 47.25 = 133.45 kg
    result = found(bank("chillers", bank_kg=1000, filled_kg=200, retired_capacity_kg=100))
    assert kg(result) == pytest.approx({"HFC134a": 133.45})
    assert set(result.rows["stream"]) == {"air_conditioning"}


def test_the_recovered_share_weighs_by_what_is_left():
    # Loss 1 - 0.475 = 0.525; at n = 0: 1 / 0.525, at n = 0.95: 0.05 / 0.525
    result = found(bank("chillers", retired_capacity_kg=100))
    (term,) = result.terms.filter(
        pl.col("term_id").str.contains("refrigerants.recovered", literal=True)
    ).iter_rows(named=True)
    assert term["low_ratio"] == pytest.approx(1 / 0.525)
    assert term["high_ratio"] == pytest.approx(0.05 / 0.525)
    assert term["term_id"] in result.used


def test_an_own_blend_and_an_own_leak():
    own = (
        Parameter("local", "refrigerants.share", "rx/HFC32", 0.3, "share", "test"),
        Parameter("local", "refrigerants.share", "rx/CF4", 0.7, "share", "test"),
        Parameter("local", "refrigerants.leak", "chillers", 0.01, "share", "test"),
    )
    result = found(bank("chillers", "rx", bank_kg=1000), own=own)
    assert kg(result) == pytest.approx({"HFC32": 3, "CF4": 7})
    assert set(result.rows["gas"]) == {"HFC", "PFC"}


def test_an_hfo_is_none_of_the_seven_gases():
    # R452A: 11 % HFC-32, 59 % HFC-125, 30 % HFO-1234yf
    assert kg(found(balance("r452a", purchases_kg=100))) == pytest.approx(
        {"HFC32": 11, "HFC125": 59}
    )
    (finding,) = found(balance("r717", purchases_kg=100)).findings
    assert (finding.code, finding.severity) == ("methods.refrigerants-not-counted", "note")


def test_bad_rows_are_named_and_left_out_and_others_go_on():
    blank = balance(purchases_kg=1) | {"stock_end_kg": None, "sales_kg": None}
    unknown = balance("r999", purchases_kg=1)
    negative = balance("r32", sales_kg=10)
    good = balance("r125", purchases_kg=1)
    result = found(blank, unknown, negative, good)
    assert kg(result) == {"HFC125": 1}
    messages = {each.code: each.message("en") for each in result.findings}
    assert messages["methods.refrigerants-blank"] == (
        "Row 2: stock_end_kg, sales_kg are blank, and blank is not zero. The approach of the row "
        "needs each of them: fill in the mass, or write 0."
    )
    assert messages["methods.refrigerants-unknown"].startswith(
        "Row 3: the refrigerant 'R999' is not known. Known are R116, R1234yf, "
    )
    assert messages["methods.refrigerants-negative"] == (
        "Row 4: the balance gives \u221210 kg, and emissions cannot be below zero. Check the stock "
        "at the end, what was sold and the charge of new equipment."
    )


def test_a_blend_that_does_not_sum_to_one_is_an_error():
    own = (Parameter("local", "refrigerants.share", "rx/HFC32", 0.3, "share", "test"),)
    (finding,) = found(balance("rx", purchases_kg=1), own=own).findings
    assert finding.message("en") == (
        "Row 2: the shares of 'RX' sum to 0.3, not to 1. "
        "Correct refrigerants.share in parameters.csv."
    )


def test_equipment_without_a_published_share_asks_for_it():
    (finding,) = found(bank("fire_protection", "r227ea", bank_kg=0, filled_kg=5)).findings
    assert finding.code == "methods.parameter-missing"


def test_every_blend_sums_to_one():
    sums: dict[str, float] = {}
    for each in shipped_parameters():
        if each.name == "refrigerants.share":
            blend = each.key.partition("/")[0]
            sums[blend] = sums.get(blend, 0) + each.value
    assert len(sums) > 30
    assert all(total == pytest.approx(1) for total in sums.values())


@given(stock=masses, charge=masses, purchases=masses)
def test_nothing_is_lost_when_nothing_moves(stock: float, charge: float, purchases: float):
    assert balance_kg(stock, stock, 0, 0, 0, 0) == 0
    # What is bought goes on, into stock, to customers or into equipment.
    assert balance_kg(stock, stock, purchases, purchases, 0, 0) == 0
    assert balance_kg(stock, stock, purchases, 0, purchases, 0) == 0
    assert balance_kg(stock, stock, 0, 0, charge, charge) == 0


@given(charge=masses, remaining=st.floats(0, 1), recovered=st.floats(0, 1))
def test_no_more_is_lost_at_the_end_than_was_inside(
    charge: float, remaining: float, recovered: float
):
    assert 0 <= end_of_life_kg(charge, remaining, recovered) <= charge
