import polars as pl
import pytest

from vatra.plans import differences
from vatra.plans.reconcile import Difference, findings

MG_PER_T = 10**9
STAGES = {"base": 2021, "before_measures": 2030}


def ours(*cells: tuple[int, str, str, float]) -> pl.DataFrame:
    return pl.DataFrame(
        [(year, sector, scope, round(t * MG_PER_T)) for year, sector, scope, t in cells],
        schema={"year": pl.Int32, "sector": pl.String, "scope": pl.String, "co2e_mg": pl.Int64},
        orient="row",
    )


def printed(*rows: tuple[int, str, str | None, str | None, float]) -> pl.DataFrame:
    return pl.DataFrame(
        [
            (year, stage, sector, scope, round(t * MG_PER_T), line)
            for line, (year, stage, sector, scope, t) in enumerate(rows, start=2)
        ],
        schema={
            "year": pl.Int32,
            "stage": pl.String,
            "sector": pl.String,
            "scope": pl.String,
            "emission_mg": pl.Int64,
            "line": pl.Int64,
        },
        orient="row",
    )


def difference(difference_mg: int, cell_count: int) -> Difference:
    return Difference(2021, "base", "land", "1", 0, difference_mg, cell_count, 2)


@pytest.mark.parametrize(
    ("difference_mg", "cell_count", "explained"),
    [
        # One cell and the figure itself: (1 + 1) x 0.5 t = 1 t
        (MG_PER_T, 1, True),
        (MG_PER_T + 1, 1, False),
        (-MG_PER_T - 1, 1, False),
        # Four carriers: (4 + 1) x 0.5 t = 2.5 t
        (2_500_000_000, 4, True),
        (2_500_000_001, 4, False),
    ],
)
def test_half_a_printed_tonne_for_each_cell_and_for_the_figure(
    difference_mg: int, cell_count: int, explained: bool
):
    assert difference(difference_mg, cell_count).explained is explained


def test_print_minus_ours_by_scope():
    # 8,170 - 30,601 x 0.267 = 8,170 - 8,170.467 = -0.467 t
    (found,) = differences(
        ours((2021, "land", "1", 8170.467)), printed((2021, "base", "land", "1", 8170)), STAGES
    )
    assert found.difference_mg == -467_000_000
    assert (found.scope, found.line, found.cell_count) == ("1", 2, 1)


def test_a_sector_total_is_not_counted_again_where_print_has_scopes():
    table = printed(
        (2021, "base", "land", "1", 8170),
        (2021, "base", "land", "2", 3502),
        (2021, "base", "land", None, 11672),
    )
    cells = ours((2021, "land", "1", 8170.467), (2021, "land", "2", 3501.495))
    assert [each.scope for each in differences(cells, table, STAGES)] == ["1", "2"]


def test_a_sector_total_alone_is_held_against_all_scopes():
    cells = ours((2030, "land", "1", 3761.229), (2030, "land", "2", 1611.9))
    (found,) = differences(cells, printed((2030, "before_measures", "land", None, 5373)), STAGES)
    # 5,373 - 3,761.229 - 1,611.900 = -0.129 t; tolerance (2 + 1) x 0.5 = 1.5 t
    assert found.difference_mg == -129_000_000
    assert found.tolerance_mg == 1_500_000_000


def test_totals_and_stages_that_rows_do_not_describe_are_left_alone():
    table = printed(
        (2021, "base", None, "1", 720540),
        (2030, "after_measures", "land", None, 2168),
        (2025, "base", "land", None, 1),
    )
    assert differences(ours((2021, "land", "1", 8170)), table, STAGES) == []


def test_a_larger_difference_is_said_and_not_carried():
    # 30,206 would be the sum; print says 35,206
    found = differences(
        ours((2021, "land", "1", 30206)), printed((2021, "base", "land", "1", 35206)), STAGES
    )
    (finding,) = findings(found, "published_emissions.csv")
    assert (finding.code, finding.severity) == ("plans.print-differs", "warning")
    assert finding.message("en") == (
        "Row 2: Land (AFOLU) 2021: the contract prints 35,206 t, the rows give 30,206 t. "
        "The difference of 5,000 t is more than rounding explains; "
        "check the rows, the factors or the printed table."
    )


def test_what_rounding_explains_is_no_finding():
    assert findings([difference(MG_PER_T, 1)], "published_emissions.csv") == []
