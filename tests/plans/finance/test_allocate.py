"""Uses by payer times sources by instrument."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vatra.plans.finance.allocate import allocate
from vatra.plans.finance.sources import Fixed, Purses, Source, Use

YEARS = (2026, 2027, 2028)
FLATS = Use("flats", "households", ("flats", "built_environment", "buildings"))
TRAM = Use("tram", "city", ("tram", "mobility_transport", "transport"))


def source(code: str, instrument: str = "eu_grant", **more: object) -> Source:
    return Source(code, code, code, instrument, **more)  # type: ignore[arg-type]


def need(*rows: list[int]) -> np.ndarray:
    return np.array(rows, np.int64)


def test_a_grant_pays_its_share_and_the_owners_the_rest():
    """Government Emergency Ordinance 18/2009: state 50, city 30, owners 20 %."""
    sources = [
        source("state", "national_grant", intensity_max=0.5, priority=1.0),
        source("city", "own_budget", intensity_max=0.3, priority=2.0),
        source("owners", "owners_fund", priority=3.0),
    ]
    found = allocate(YEARS, [FLATS], need([1001, 0, 200]), sources)
    assert found.amount[:, 0].tolist() == [[500, 0, 100], [300, 0, 60], [201, 0, 40]]
    assert not found.gap.any()


def test_a_window_that_is_closed_pays_nothing():
    found = allocate(YEARS, [TRAM], need([5, 5, 5]), [source("rrf", last_year=2026)])
    assert found.amount[0, 0].tolist() == [5, 0, 0]
    assert found.gap[0].tolist() == [0, 5, 5]


def test_a_ceiling_is_shared_in_proportion_and_not_exceeded():
    # 100 for needs of 300 and 100: 75 and 25; nothing is left for the next year.
    found = allocate(YEARS, [FLATS, TRAM], need([300, 9, 9], [100, 9, 9]), [
        source("fund", ceiling_cents=100)
    ])  # fmt: skip
    assert found.amount[0].tolist() == [[75, 0, 0], [25, 0, 0]]


def test_eligibility_is_by_code_field_sector_and_payer():
    needs = need([10, 0, 0], [10, 0, 0])
    for eligible in ("tram", "mobility_transport", "transport"):
        found = allocate(YEARS, [FLATS, TRAM], needs, [source("s", eligible=(eligible,))])
        assert found.amount[0, :, 0].tolist() == [0, 10]
    found = allocate(YEARS, [FLATS, TRAM], needs, [source("s", payers=("households",))])
    assert found.amount[0, :, 0].tolist() == [10, 0]


def test_sources_that_exclude_each_other_never_meet_in_one_action():
    first = source("a", priority=1.0, ceiling_cents=4, excludes=("b",))
    found = allocate(YEARS, [TRAM], need([10, 10, 10]), [first, source("b", priority=2.0)])
    assert found.amount[:, 0].tolist() == [[4, 0, 0], [0, 0, 0]]


def test_grants_together_stay_within_the_limit_of_stacking():
    first = source("a", priority=1.0, intensity_max=0.6, stack_limit=0.8)
    found = allocate(YEARS, [TRAM], need([100, 0, 0]), [first, source("b", priority=2.0)])
    assert found.amount[:, 0, 0].tolist() == [60, 20]
    own = allocate(YEARS, [TRAM], need([100, 0, 0]), [
        first, source("b", priority=2.0), source("own", "own_budget")
    ])  # fmt: skip
    assert own.amount[:, 0, 0].tolist() == [60, 20, 20]


def test_own_money_stops_at_the_purse_of_the_year():
    purses = Purses({"city": {2026: 30, 2028: 50}})
    found = allocate(
        YEARS, [TRAM, FLATS], need([100, 100, 100], [7, 7, 7]),
        [source("own", "own_budget")], purses=purses,
    )  # fmt: skip
    # A year that a limited payer does not state is not counted on; households state no limit.
    assert found.amount[0].tolist() == [[30, 0, 50], [7, 7, 7]]


def test_fixed_money_comes_first_and_what_finds_no_use_is_said():
    fixed = [Fixed("tram", "fund", 8), Fixed("flats", "fund", 5)]
    sources = [source("fund", ceiling_cents=20, last_year=2027)]
    found = allocate(YEARS, [FLATS, TRAM], need([2, 0, 9], [5, 5, 5]), sources, fixed)
    assert found.amount[0].tolist() == [[2, 0, 0], [5, 5, 0]]
    assert found.unplaced == (0, 3)


INSTRUMENTS = st.sampled_from(["eu_grant", "national_grant", "own_budget", "loan", "private"])
SOURCES = st.builds(
    Source,
    code=st.sampled_from("abcdef"),
    name_en=st.just(""),
    name_ro=st.just(""),
    instrument=INSTRUMENTS,
    ceiling_cents=st.none() | st.integers(0, 5_000),
    first_year=st.none() | st.integers(2026, 2028),
    last_year=st.none() | st.integers(2026, 2028),
    intensity_max=st.floats(0, 1),
    eligible=st.sampled_from([(), ("tram",), ("buildings",)]),
    payers=st.sampled_from([(), ("city",)]),
    excludes=st.lists(st.sampled_from("abcdef"), max_size=2).map(tuple),
    stack_limit=st.none() | st.floats(0, 1),
    priority=st.integers(0, 3).map(float),
)
NEEDS = st.lists(st.lists(st.integers(0, 2_000), min_size=3, max_size=3), min_size=2, max_size=2)


@settings(max_examples=300)
@given(NEEDS, st.lists(SOURCES, max_size=6, unique_by=lambda each: each.code),
       st.integers(0, 3_000))  # fmt: skip
def test_no_limit_is_ever_exceeded_and_no_cent_is_lost(needs, sources, purse):
    purses = Purses({"city": dict.fromkeys(YEARS, purse)})
    found = allocate(YEARS, [FLATS, TRAM], need(*needs), sources, purses=purses)
    amount = found.amount
    assert (amount >= 0).all()
    assert (found.gap >= 0).all()
    assert (amount.sum(axis=0) + found.gap == found.need).all()
    for n, each in enumerate(found.sources):
        if each.ceiling_cents is not None:
            assert amount[n].sum() <= each.ceiling_cents
        assert (amount[n] <= found.need * each.intensity_max + 1e-3).all()
        closed = [t for t, year in enumerate(YEARS) if not each.open_in(year)]
        assert not amount[n][:, closed].any()
        if each.stack_limit is not None:
            grants = amount[[m for m, one in enumerate(found.sources) if one.is_grant]].sum(axis=0)
            used = amount[n] > 0
            assert (grants[used] <= found.need[used] * each.stack_limit + 1e-3).all()
        for m, other in enumerate(found.sources):
            if other.code in each.excludes and m != n:
                assert not (amount[n].any(axis=1) & amount[m].any(axis=1)).any()
    own = amount[[n for n, each in enumerate(found.sources) if each.is_own]].sum(axis=0)
    assert (own[1] <= purse).all()


@settings(max_examples=50)
@given(NEEDS, st.lists(SOURCES, max_size=6, unique_by=lambda each: each.code), st.randoms())
def test_the_order_of_the_rows_decides_nothing(needs, sources, random):
    found = allocate(YEARS, [FLATS, TRAM], need(*needs), sources)
    shuffled = sources.copy()
    random.shuffle(shuffled)
    again = allocate(YEARS, [FLATS, TRAM], need(*needs), shuffled)
    assert (again.amount == found.amount).all()


def test_an_unknown_fixed_source_is_an_error_of_the_caller():
    with pytest.raises(KeyError):
        allocate(YEARS, [TRAM], need([1, 1, 1]), [], [Fixed("tram", "nowhere", 1)])
