import polars as pl
import pytest

from vatra.plans.gpc import (
    BLANK,
    COMPUTED,
    IMPOSSIBLE,
    Notation,
    gpc_table,
    notation_findings,
    notations_of,
    quality_of_set,
    weighted_quality,
)
from vatra.tables.gpc import categories, energy_category, scopes_of, sub_sectors

CELLS = {
    "year": pl.Int32,
    "category": pl.String,
    "gas": pl.String,
    "method": pl.String,
    "emission_mg": pl.Int64,
    "co2e_mg": pl.Int64,
    "rows_count": pl.Int64,
}
NOTATIONS = {
    "year": pl.Int32,
    "category": pl.String,
    "gas": pl.String,
    "key": pl.String,
    "where": pl.String,
    "explanation": pl.String,
    "line": pl.Int64,
}


def table(*cells, notations=(), qualities=None):
    frame = pl.DataFrame([(2021, *each) for each in cells], schema=CELLS, orient="row")
    return gpc_table(2021, frame, notations, qualities or {})


def line(found, code):
    return next(each for each in found.lines if each.category.code == code)


def test_the_protocol_has_these_lines():
    # I.1 to I.6 with three scopes and I.4.4: 19; I.7, I.8: 2; II.1 to II.5: 15; III.1 to III.4: 12;
    # IV: 2; V: 3; VI: 1. 19 + 2 + 15 + 12 + 2 + 3 + 1 = 54
    assert len(categories()) == 54
    assert len(sub_sectors()) == 8 + 5 + 4 + 2 + 3 + 1
    assert scopes_of("I.7") == (1,)
    assert scopes_of("III.1") == (1, 3)


@pytest.mark.parametrize(
    ("code", "basic", "plus", "territorial"),
    [
        ("I.1.1", True, True, True),
        ("I.1.2", True, True, False),
        ("I.1.3", False, True, False),
        ("I.4.4", False, False, True),
        # In waste the suffix is not the scope: own waste treated outside is scope 3 and BASIC,
        # waste from outside treated here is scope 1 and territorial only.
        ("III.1.2", True, True, False),
        ("III.1.3", False, False, True),
        ("IV.1.1", False, True, True),
        ("V.2.1", False, True, True),
        ("VI.1.1", False, False, False),
    ],
)
def test_which_total_a_category_enters(code, basic, plus, territorial):
    category = categories()[code]
    assert [category.counts_in(each) for each in ("BASIC", "BASIC+", "TERRITORIAL")] == [
        basic, plus, territorial,
    ]  # fmt: skip


def test_energy_without_a_sub_sector_goes_where_its_sector_stands():
    assert energy_category("", "buildings", "2") == "I.6.2"
    assert energy_category("I.1", "buildings", "1") == "I.1.1"
    assert energy_category("", "waste", "3") == "III.1.2"
    assert energy_category("I.7", "industry", "2") == ""


def test_totals_add_what_their_level_holds():
    found = table(
        ("I.1.1", "CO2", "stationary_energy", 100, 100, 1),
        ("I.1.2", "CO2", "grid_energy", 20, 20, 1),
        ("I.1.3", "CO2", "grid_losses", 3, 3, 1),
        ("III.1.1", "CH4", "landfill", 2, 56, 1),
        ("III.1.3", "CH4", "landfill", 1, 28, 1),
        ("V.2.1", "CO2", "land", -40, -40, 1),
        ("II.1.1", "CO2_BIOGENIC", "transport_fuel", 7, 7, 1),
        ("", "CO2E", "print_rounding", 5, 5, 1),
    )
    # BASIC 100 + 20 + 56; BASIC+ adds 3 and -40; territorial is scope 1: 100 + 56 + 28 - 40
    assert found.totals_mg() == {"BASIC": 176, "BASIC+": 139, "TERRITORIAL": 144}
    assert found.outside_mg == 5
    assert line(found, "II.1.1").biogenic_mg == 7
    assert line(found, "II.1.1").co2e_mg is None
    assert found.by_gas_co2e_mg("BASIC") == {"CO2": 120, "CH4": 56}


def test_every_cell_of_gas_and_category_has_a_state():
    keys = [
        Notation("III.4.1", None, "NO", "", "no sewers", 2),
        Notation("IV.2.1", "SF6", "NE", "", "no data", 3),
    ]
    found = table(("I.1.1", "CO2E", "grid_energy", 9, 9, 1), notations=keys)
    assert [line(found, "I.1.1").state(gas) for gas in ("CO2", "CH4", "SF6")] == [
        COMPUTED, COMPUTED, IMPOSSIBLE,
    ]  # fmt: skip
    assert line(found, "III.4.1").state("N2O") == "NO"
    assert line(found, "IV.2.1").state("SF6") == "NE"
    assert line(found, "IV.2.1").state("HFC") == BLANK
    assert line(found, "III.4.1").notation.explanation == "no sewers"


def test_the_score_counts_figures_and_reasons_but_not_ne():
    empty = table().completeness("BASIC")
    found = table(
        ("I.1.1", "CO2", "stationary_energy", 9, 9, 1),
        notations=[
            Notation("I.1.1", "CH4", "NE", "", "not asked for", 2),
            Notation("III.4.1", None, "NO", "", "no sewers", 3),
        ],
    ).completeness("BASIC")
    assert (empty.computed, empty.keyed, empty.not_estimated) == (0, 0, 0)
    # CO2 of I.1.1; CH4 and N2O of III.4.1; CH4 of I.1.1
    assert (found.computed, found.keyed, found.not_estimated) == (1, 2, 1)
    assert found.possible == empty.possible
    assert found.score == pytest.approx(3 / found.possible)


def test_keys_hold_in_their_year_or_in_all():
    rows = pl.DataFrame(
        [
            (2021, "I.1.1", None, "NO", None, "a", 2),
            (None, "I.2.1", "CH4", "IE", "I.1.1", "b", 3),
        ],
        schema=NOTATIONS,
        orient="row",
    )
    assert [each.category for each in notations_of(rows, 2021)] == ["I.1.1", "I.2.1"]
    assert [each.where for each in notations_of(rows, 2030)] == ["I.1.1"]


def test_keys_that_say_nothing_or_are_contradicted_are_found():
    rows = pl.DataFrame(
        [
            (None, "I.1.1", None, "IE", None, "with others", 2),
            (None, "I.2.1", None, "IE", "I.2.1", "in itself", 3),
            (2021, "I.3.1", "CO2", "NO", None, "no industry", 4),
            (2030, "I.3.1", "CO2", "NO", None, "none by then", 5),
            (None, "III.1.1", None, "IE", "III.1.2", "fine", 6),
        ],
        schema=NOTATIONS,
        orient="row",
    )
    found = notation_findings(rows, [(2021, "I.3.1", "CO2")], "notations.csv")
    assert [each.message("en") for each in found] == [
        "Row 2: I.1.1 is marked IE (included elsewhere) but 'where' is blank. "
        "Name the category that includes it.",
        "Row 3: I.2.1 is said to be included in itself. Name another category in 'where'.",
        "Row 4: I.3.1 is marked NO, but has figures in 2021. Take out the key or the rows.",
    ]


def test_quality_is_that_of_most_of_the_mass():
    assert weighted_quality([("H", 10), ("L", 60), ("M", 30)]) == "L"
    assert weighted_quality([("H", 50), ("M", -50)]) == "M"
    assert weighted_quality([("", 50)]) == ""
    assert [quality_of_set(each) for each in ("local", "ro_aib_production", "ipcc_2006")] == [
        "H", "M", "L",
    ]  # fmt: skip
