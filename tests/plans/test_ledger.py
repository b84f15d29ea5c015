"""A gap by hand: factor, activity, boundary, and a residual that makes the sum exact."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vatra.plans.ledger import ledger
from vatra.plans.ledger_lines import Line

MG_PER_T = 10**9
WH_PER_MWH = 10**6


def cells(*each: tuple[str, str, str, float, float], gas: str = "CO2") -> pl.DataFrame:
    """(sector, scope, carrier, MWh, tonnes) of every cell of 2021."""
    return pl.DataFrame(
        [
            (2021, sector, scope, carrier, gas, round(mwh * WH_PER_MWH), round(t * MG_PER_T))
            for sector, scope, carrier, mwh, t in each
        ],
        schema={
            "year": pl.Int32,
            **dict.fromkeys(("sector", "scope", "carrier", "gas"), pl.String),
            **dict.fromkeys(("energy_wh", "co2e_mg"), pl.Int64),
        },
        orient="row",
    )


def line(sector="", scope="", carrier="", mwh=None, factor=None, t=None) -> Line:
    return Line(
        sector, scope, carrier,
        None if mwh is None else round(mwh * WH_PER_MWH), factor,
        None if t is None else round(t * MG_PER_T),
    )  # fmt: skip


def found(our_cells, *lines, **more):
    made = ledger(our_cells, lines, 2021, **more)
    assert made.ours_mg + sum(each.amount_mg for each in made.entries) == made.published_mg
    return made


def in_tonnes(made, carrier=None):
    return {cause: mg / MG_PER_T for cause, mg in made.by_cause(carrier).items() if mg}


def test_a_carrier_splits_evenly_into_factor_and_activity():
    # Ours 100 MWh x 0.2 = 20 t; print 120 MWh x 0.3 = 36 t
    # factor 0.1 x 110 = 11 t, activity 20 x 0.25 = 5 t, together 16 t
    made = found(
        cells(("buildings", "1", "natural_gas", 100, 20)),
        line("buildings", "1", "natural_gas", mwh=120, factor=0.3, t=36),
    )
    assert in_tonnes(made) == {"factor": 11, "activity": 5}
    assert made.published_mg == 36 * MG_PER_T


def test_tonnes_and_energy_imply_the_factor():
    made = found(
        cells(("buildings", "1", "natural_gas", 100, 20)),
        line("buildings", "1", "natural_gas", mwh=120, t=36),
    )
    assert in_tonnes(made) == {"factor": 11, "activity": 5}


def test_tonnes_and_factor_imply_the_energy():
    made = found(
        cells(("buildings", "1", "natural_gas", 100, 20)),
        line("buildings", "1", "natural_gas", factor=0.3, t=36),
    )
    assert in_tonnes(made) == {"factor": 11, "activity": 5}


def test_tonnes_alone_are_a_factor_on_our_energy():
    made = found(
        cells(("buildings", "1", "natural_gas", 100, 20)),
        line("buildings", "1", "natural_gas", t=25),
    )
    assert in_tonnes(made) == {"factor": 5}


def test_print_that_does_not_multiply_leaves_a_residual():
    # 120 x 0.3 = 36 t, printed 46 t: ten tonnes that no figure explains
    made = found(
        cells(("buildings", "1", "natural_gas", 100, 20)),
        line("buildings", "1", "natural_gas", mwh=120, factor=0.3, t=46),
    )
    assert in_tonnes(made) == {"factor": 11, "activity": 5, "unexplained": 10}


def test_what_only_one_side_counts_is_the_boundary():
    made = found(
        cells(("buildings", "1", "natural_gas", 100, 20), ("buildings", "1", "wood", 50, 3)),
        line("buildings", "1", "natural_gas", mwh=100, factor=0.2),
        line("buildings", "2", "district_heat", mwh=10, factor=0.5),
    )
    assert in_tonnes(made, "wood") == {"boundary": -3}
    assert in_tonnes(made, "district_heat") == {"boundary": 5}
    assert {each.why for each in made.entries} == {"carrier-not-printed", "carrier-only-printed"}
    assert made.published_mg == 25 * MG_PER_T


def test_a_printed_factor_moves_our_energy_wherever_it_is_used():
    # 60 x (0.7 - 0.3) = 24 t and 40 x 0.4 = 16 t; printed totals leave nothing
    made = found(
        cells(("buildings", "2", "electricity", 60, 18), ("industry", "2", "electricity", 40, 12)),
        line(carrier="electricity", factor=0.7),
        line("buildings", "2", t=42),
        line("industry", "2", t=28),
    )
    assert in_tonnes(made) == {"factor": 40}
    assert made.published_mg == 70 * MG_PER_T


def test_printed_totals_leave_rounding_or_something_unexplained():
    made = found(
        cells(("buildings", "1", "natural_gas", 100, 20.2), ("land", "1", "diesel", 10, 3)),
        line("buildings", t=20),
        line("land", t=8),
    )
    assert in_tonnes(made) == {"rounding": -0.2, "unexplained": 5}


def test_a_sector_that_only_one_side_counts():
    made = found(
        cells(("buildings", "1", "natural_gas", 100, 20), ("land", "1", "diesel", 10, 3)),
        line("buildings", t=20),
        line("waste", t=7),
    )
    assert in_tonnes(made) == {"boundary": 4}
    assert {(each.why, each.sector) for each in made.entries} == {
        ("sector-not-printed", "land"),
        ("sector-only-printed", "waste"),
    }


def test_scopes_are_taken_before_the_sum_of_their_sector():
    made = found(
        cells(("land", "1", "diesel", 10, 3), ("land", "2", "electricity", 10, 2)),
        line("land", "1", t=3),
        line("land", "2", t=2),
        line("land", t=99),
    )
    assert made.entries == ()


def test_a_grand_total_that_is_not_the_sum_of_its_sectors():
    made = found(
        cells(("land", "1", "diesel", 10, 3), ("waste", "1", "diesel", 10, 3)),
        line("land", t=3),
        line("waste", t=3),
        line(t=60),
    )
    assert in_tonnes(made) == {"unexplained": 54}
    assert made.entries[0].why == "print-sum"
    assert made.published_mg == 60 * MG_PER_T


def test_the_energy_of_a_sector_moves_its_activity():
    # 20 t on 100 MWh; print has 120 MWh and 26 t: 4 t activity, 2 t nothing explains
    made = found(
        cells(("land", "1", "diesel", 60, 15), ("land", "2", "electricity", 40, 5)),
        line("land", mwh=120),
        line("land", "1", t=20),
        line("land", "2", t=6),
    )
    assert in_tonnes(made) == {"activity": 4, "unexplained": 2}


def test_gases_that_print_does_not_count_are_the_boundary():
    both = pl.concat(
        [
            cells(("buildings", "1", "natural_gas", 100, 20)),
            cells(("buildings", "1", "natural_gas", 100, 0.5), gas="CH4"),
        ]
    )
    made = found(
        both, line("buildings", "1", "natural_gas", mwh=100, factor=0.2), printed_gases=["CO2"]
    )
    assert in_tonnes(made) == {"boundary": -0.5}
    # Counted together the same half tonne is a factor: the energy stands once for each gas
    assert in_tonnes(found(both, line("buildings", "1", "natural_gas", mwh=100, factor=0.2))) == {
        "factor": -0.5
    }


def test_two_figures_for_the_same_thing_are_refused():
    with pytest.raises(ValueError, match="emission_mg is printed as"):
        ledger(cells(), [line("land", t=3), line("land", t=4)], 2021)


def test_without_print_there_is_nothing_to_explain():
    made = found(cells(("land", "1", "diesel", 10, 3)))
    assert (made.gap_mg, made.entries) == (0, ())


def test_a_part_printed_outside_the_totals_still_leads_to_the_whole():
    # Print: 0 t in all, 0 t of scope 2, 1 t of gas in scope 1, which no total holds.
    made = found(cells(), line(t=0), line("", "2", t=0), line("", "1", "gas", t=1))
    assert made.published_mg == 0
    assert sum(each.amount_mg for each in made.entries) == 0


PLACES = [(s, c, k) for s in ("buildings", "land") for c in ("1", "2") for k in ("gas", "power")]
AMOUNT = st.one_of(st.none(), st.integers(0, 10**6))


@given(
    st.lists(
        st.tuples(st.sampled_from(PLACES), st.integers(0, 10**6), st.integers(-100, 10**6)),
        unique_by=lambda each: each[0],
    ),
    st.lists(
        st.tuples(
            st.sampled_from(["", "buildings", "land", "waste"]),
            st.sampled_from(["", "1", "2"]),
            st.sampled_from(["", "gas", "power", "heat"]),
            AMOUNT,
            st.one_of(st.none(), st.floats(0, 2)),
            AMOUNT,
        ),
        unique_by=lambda each: each[:3],
        max_size=6,
    ),
)
def test_the_ledger_always_reaches_the_printed_total(ours, lines):
    our_cells = cells(*((s, c, k, mwh, t) for (s, c, k), mwh, t in ours))
    printed = [line(s, c, k, mwh, factor, t) for s, c, k, mwh, factor, t in lines]
    made = found(our_cells, *printed)
    whole = [each.emission_mg for each in printed if not any(each.key)]
    if whole and whole[0] is not None:
        assert made.published_mg == whole[0]
