import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.plans.stock.tables_of import rows, told
from vatra.plans.stock import Count, archetypes, generate, read_counts, shared, spread

T744R = "block_t744r_p4_1973_1982"


@given(st.integers(0, 10**7), st.lists(st.floats(0, 1e6), min_size=1, max_size=30))
def test_parts_sum_to_the_whole_and_are_fair(total, weights):
    if not sum(weights):
        with pytest.raises(ValueError, match="zero"):
            shared(total, weights)
        return
    parts = shared(total, weights)
    assert sum(parts) == total
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part - total * weight / sum(weights)) <= 1 + total * 1e-9


def test_largest_remainders_by_hand():
    # 10 x (1, 1, 1)/3 = 3.33 each: one is left, the first takes it.
    assert shared(10, [1, 1, 1]) == [4, 3, 3]
    # 7 x (0.5, 0.3, 0.2) = 3.5, 2.1, 1.4: the first has the largest remainder.
    assert shared(7, [0.5, 0.3, 0.2]) == [4, 2, 1]


def test_suceava_has_as_many_blocks_flats_and_square_metres_as_it_publishes():
    buildings = generate(spread("suceava", 984, 37_461, 1_705_364))
    assert len(buildings) == 984
    assert sum(each.flats_count for each in buildings) == 37_461
    assert sum(round(each.heated_m2 * 100) for each in buildings) == 170_536_400
    assert all(each.synthetic and each.flats_count >= 1 for each in buildings)
    assert len({each.code for each in buildings}) == 984
    low = [each for each in buildings if each.shape.storeys_count == 5]
    assert len(low) / 984 > 0.6


def test_every_row_is_met_by_itself():
    counts = [Count("q", T744R, 7, 133, 8_000.01), Count("q", "house_brick", 3, 3, 250.0)]
    for count in counts:
        made = [each for each in generate(counts) if each.archetype == count.archetype]
        assert len(made) == count.blocks_count
        assert sum(each.flats_count for each in made) == count.flats_count
        assert round(sum(each.heated_m2 for each in made), 6) == count.heated_m2


def test_the_same_counts_give_the_same_buildings_whatever_stands_beside_them():
    one, other = Count("q", T744R, 5, 100, 6_000.0), Count("q", "block_1991_2000", 5, 99, 6_000.0)
    alone = generate([one])
    beside = [each for each in generate([other, one]) if each.archetype == T744R]
    assert alone == beside == generate([one])
    assert generate([one], seed=1) != alone


def test_a_made_up_block_holds_its_heated_area():
    for each in generate(spread("q", 100, 2_000, 110_000.0)):
        kind = archetypes()[each.archetype]
        floors = each.shape.footprint_m2 * each.shape.storeys_count
        assert floors * kind.of("heated_share") == pytest.approx(each.heated_m2)
        assert each.shape.perimeter_m**2 >= 16 * each.shape.footprint_m2 * 0.999
        assert each.shape.outer_m2 > 0


def test_totals_that_cannot_be_met():
    with pytest.raises(ValueError, match="at least"):
        generate([Count("q", T744R, 5, 4, 300.0)])
    with pytest.raises(ValueError, match="at least"):
        spread("q", 100, 99, 6_000.0)


def test_all_faults_of_counts_at_once():
    good = {"quarter": "q", "archetype": T744R, "blocks_count": 5, "flats_count": 100}
    listed = rows(
        "building_counts",
        {**good, "heated_m2": 6000},
        {**good, "item": "a", "archetype": "castle", "heated_m2": 6000},
        {**good, "item": "b", "blocks_count": 5.5, "heated_m2": 6000},
        {**good, "item": "c", "flats_count": 4, "heated_m2": 6000},
        {**good, "item": "d", "heated_m2": 60},
        {**good, "item": "e", "blocks_count": 0, "heated_m2": 6000},
    )
    counts, findings = read_counts(listed, "building_counts.csv")
    assert [each.line for each in counts] == [2]
    assert told(findings) == [
        ("counts-archetype", (3,)),
        ("counts-whole", (4,)),
        ("counts-few", (5,)),
        ("counts-area", (6,)),
        ("counts-few", (7,)),
    ]


def test_a_blank_is_told_with_the_table_and_counted_nowhere():
    good = {"quarter": "q", "archetype": T744R, "blocks_count": 5, "flats_count": 100}
    listed = rows("building_counts", {**good, "heated_m2": 6000})
    blank = listed.with_columns(pl.lit(None).alias("blocks_count"))
    assert read_counts(blank, "building_counts.csv") == ([], [])
