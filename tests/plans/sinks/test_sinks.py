import pytest
from hypothesis import given
from hypothesis import strategies as st

from vatra.factors import open_parameters
from vatra.plans.sinks import (
    GrowthError,
    Sink,
    Survival,
    default_growth,
    own_growth,
    sink_curve,
    sink_ledger,
)

T = 10**9
YEARS = tuple(range(2025, 2036))
BOOK = open_parameters()


def planting(**changed) -> Sink:
    """10 ha that take up 5 t/ha a year from the first year after planting on."""
    given = {
        "code": "S1",
        "year": 2028,
        "name_en": "A grove",
        "name_ro": "Un crâng",
        "kind": "forest",
        "size": 10.0,
        "area_ha": 10.0,
        "growth_t": (0.0, *[5.0] * 40),
    }
    return Sink(**given | changed)


# Growth


def test_forest_growth_by_hand():
    # 4 t/ha above ground x (1 + 0.23) x 0.47 x 44/12 = 8.4788 t CO2 per ha (IPCC 2006, Table 4.9)
    found = default_growth("forest", "broadleaved", BOOK)
    assert found.by_age_t[0] == 0
    assert found.by_age_t[1] == found.by_age_t[100] == pytest.approx(8.4788, abs=1e-4)
    assert len(found.by_age_t) == 101
    assert "Table 4.9" in found.source


def test_town_trees_grow_for_their_active_years():
    # maple: 0.0118 t C x 44/12 = 0.043267 t CO2 per tree and year, for 20 years (Table 8.2)
    found = default_growth("single_trees", "soft_maple", BOOK)
    assert found.by_age_t == (0.0, *[pytest.approx(0.043266667)] * 20)
    # crowns: 2.9 t C/ha x 44/12 = 10.6333
    assert default_growth("crown_cover", "", BOOK).by_age_t[1] == pytest.approx(10.6333, abs=1e-4)


@pytest.mark.parametrize(
    ("kind", "species", "code"),
    [
        ("forest", "", "plans.sinks.species-missing"),
        ("forest", "juniper", "plans.sinks.species-missing"),
        ("single_trees", "oak", "plans.sinks.species-missing"),
        ("wetland", "", "plans.sinks.growth-missing"),
    ],
)
def test_what_has_no_default_is_said(kind, species, code):
    with pytest.raises(GrowthError) as error:
        default_growth(kind, species, BOOK)
    assert error.value.code == code


def test_own_growth_by_hand():
    # 0 at age 1, 3 at age 4: 1 and 2 in between; nothing before age 1 nor after age 4
    assert own_growth("1: 0; 4: 3").by_age_t == (0.0, 0.0, 1.0, 2.0, 3.0)
    assert own_growth("2:.5").by_age_t == (0.0, 0.0, 0.5)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("0: 1,5", "growth-wrong"),
        ("5", "growth-wrong"),
        ("0: -1", "growth-wrong"),
        ("0: nan", "growth-wrong"),
        ("5: 1; 3: 2", "growth-order"),
        ("3: 1; 3: 2", "growth-order"),
        ("500: 1", "growth-order"),
    ],
)
def test_growth_that_cannot_be_read_is_refused(text, code):
    with pytest.raises(GrowthError) as error:
        own_growth(text)
    assert error.value.code == f"plans.sinks.{code}"


# The ledger


def test_a_sink_counts_nothing_before_it_is_planted():
    ledger = sink_ledger([planting()], YEARS)
    assert {year: ledger.counted_mg(year) for year in (2025, 2026, 2027, 2028)} == dict.fromkeys(
        (2025, 2026, 2027, 2028), 0
    )
    # 10 ha x 5 t/ha
    assert ledger.counted_mg(2029) == 50 * T
    assert min(each.year for each in ledger.lines) == 2028


def test_what_dies_gives_its_carbon_back():
    # 80 % live through each year. Held at age 1: 10 x 0.8 x 5 = 40; age 2: 10 x 0.64 x 10 = 64,
    # so 24 in the second year; age 3: 10 x 0.512 x 15 = 76.8, so 12.8.
    ledger = sink_ledger([planting(survival=Survival(0.8))], YEARS)
    assert [ledger.counted_mg(y) for y in (2029, 2030, 2031)] == [40 * T, 24 * T, round(12.8 * T)]


def test_survival_at_an_age():
    # Half is alive at age 2 and stays: 0.5 ** (1/2) = 0.70711 at age 1
    survival = Survival(0.5, 2)
    assert survival.alive(0) == 1
    assert survival.alive(1) == pytest.approx(0.70711, abs=1e-5)
    assert survival.alive(2) == survival.alive(30) == 0.5


def test_the_buffer_is_kept_back_and_shown():
    # 20 % of 50 t
    ledger = sink_ledger([planting(buffer_ppm=200_000)], YEARS)
    assert (ledger.counted_mg(2030), ledger.buffer_mg(2030)) == (40 * T, 10 * T)


def test_nothing_counts_after_the_years_it_is_kept_for_and_that_is_said():
    # Planted in 2028, kept for 5 years: 2028 to 2032; 4 years of growth, 200 t, may come back.
    ledger = sink_ledger([planting(permanence_years=5)], YEARS)
    assert [ledger.counted_mg(y) for y in (2032, 2033, 2034)] == [50 * T, 0, 0]
    (reversal,) = ledger.reversals
    assert (reversal.year, reversal.at_risk_mg) == (2033, 200 * T)


def test_vintages_stand_apart():
    sinks = [planting(), planting(code="S2", year=2030, size=4.0)]
    assert sink_ledger(sinks, YEARS).by_vintage(2032) == {2028: 50 * T, 2030: 20 * T}


def test_bought_credits_stand_on_their_own_line_and_for_one_year():
    credit = planting(code="C", year=2030, kind="credit", size=0.0, credits_mg=7 * T)
    allowed = planting(code="A", year=2030, kind="credit", credits_mg=3 * T, within_cap=True)
    ledger = sink_ledger([credit, allowed, planting()], YEARS)
    assert ledger.counted_mg(2030) == 50 * T
    assert ledger.credits_mg(2030) == 10 * T
    assert (ledger.credits_mg(2030, True), ledger.credits_mg(2030, False)) == (3 * T, 7 * T)
    assert ledger.credits_mg(2031) == 0
    assert ledger.by_vintage(2030) == {2028: 50 * T}


def test_living_carbon_is_biogenic_and_bought_is_not():
    assert planting().is_biogenic
    assert not planting(kind="credit").is_biogenic
    assert not planting(kind="technical").is_biogenic


@given(
    st.floats(0, 1e4),
    st.floats(0, 1),
    st.one_of(st.none(), st.integers(1, 40)),
    st.integers(0, 1_000_000),
    st.one_of(st.none(), st.integers(1, 60)),
)
def test_years_add_up_to_what_is_held(size, share, age, buffer, kept):
    sink = planting(
        size=size, survival=Survival(share, age), buffer_ppm=buffer, permanence_years=kept
    )
    years = tuple(range(2020, 2060))
    ledger = sink_ledger([sink], years)
    assert sum(each.removed_mg for each in ledger.lines) == sink.held_mg(2059)
    last = min(2059, 2059 if kept is None else 2028 + kept - 1)
    assert sum(each.counted_mg for each in ledger.lines) == sink.counted_mg(last)
    assert all(each.removed_mg == each.counted_mg + each.buffer_mg for each in ledger.lines
               if sink.is_kept(each.year))  # fmt: skip


def test_the_curve_of_the_engine_is_the_ledger():
    sink = planting(survival=Survival(0.97), buffer_ppm=150_000, permanence_years=30)
    curve = sink_curve(sink.growth_t, 10.0, Survival(0.97), 0.15, 30)
    ledger = sink_ledger([sink], tuple(range(2028, 2070)))
    counted = [ledger.counted_mg(year) for year in range(2028, 2070)]
    assert counted == [*curve, *[0] * (42 - len(curve))]
    assert len(curve) == 30
    assert curve[0] == 0
