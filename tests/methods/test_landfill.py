import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.methods.waste_rows import found_in, own, ratios, said, tonnes
from vatra.factors import open_parameters
from vatra.methods.landfill.formulas import (
    decomposable_carbon_t,
    decomposed_share,
    degradable_carbon,
    methane_commitment_t,
    methane_emitted_t,
    methane_generated_t,
    methane_potential,
)

shares = st.floats(0.01, 1)
BURIED = {"year": 2020, "category": "III.1.1", "site_type": "managed_anaerobic", "unit": "t"}


def fod(waste_type: str = "food", amount: float = 1000, **more: object) -> dict[str, object]:
    return BURIED | {"model": "fod", "waste_type": waste_type, "amount": amount} | more


def commitment(
    waste_type: str = "bulk", amount: float = 24_000, **more: object
) -> dict[str, object]:
    return BURIED | {"model": "commitment", "waste_type": waste_type, "amount": amount} | more


def share(waste_type: str, value: float, **more: object) -> dict[str, object]:
    return {"year": 2015, "waste_type": waste_type, "share": value, "unit": "share"} | more


# The formulas


def test_degradable_carbon_of_mixed_waste():
    # 0.15 x 0.4 + 0.20 x 0.1 + 0.40 x 0.2 + 0.43 x 0.05 + 0.24 x 0.05 + 0.15 x 0.1 = 0.2085
    book = open_parameters()
    mix = {"food": 0.4, "garden": 0.1, "paper": 0.2, "wood": 0.05, "textiles": 0.05}
    mix |= {"industrial": 0.1, "inert": 0.1}
    doc = {kind: book.need("landfill.doc", kind).value for kind in mix}
    assert degradable_carbon(mix, doc) == pytest.approx(0.2085)


def test_default_carbon_is_that_of_the_protocol():
    book = open_parameters()
    types = ("food", "garden", "paper", "wood", "textiles", "industrial")
    assert [book.need("landfill.doc", each).value for each in types] == [
        0.15, 0.20, 0.40, 0.43, 0.24, 0.15,
    ]  # fmt: skip


@pytest.mark.slow
@given(decay=st.floats(0.001, 2), start=st.floats(1, 13))
def test_all_of_the_carbon_decays_once(decay: float, start: float):
    until = math.ceil(40 / decay)
    total = decomposed_share(range(until), decay, start).sum()
    assert total == pytest.approx(1, abs=1e-9)


@given(age=st.integers(0, 60), decay=st.floats(0.001, 2))
def test_decay_from_january_of_the_year_of_burial_is_that_of_the_protocol(age: int, decay: float):
    # GPC 1.1, Equation 8.2: (1 - exp(-k)) x exp(-k (t - x))
    expected = -math.expm1(-decay) * math.exp(-decay * age)
    assert decomposed_share(age, decay, 1) == pytest.approx(expected, abs=1e-12)


def test_decay_begins_in_january_after_burial():
    # k = 0.1: nothing in the year of burial, then 1 - exp(-0.1) = 0.09516
    first, second = decomposed_share([0, 1], 0.1, 13)
    assert (first, second) == (0, pytest.approx(0.0951626, abs=1e-7))


def test_decay_without_delay_begins_at_mid_year():
    # M = 7: 1 - exp(-0.1 x 6/12) = 0.04877, then exp(-0.05) x (1 - exp(-0.1)) = 0.09052
    first, second = decomposed_share([0, 1], 0.1, 7)
    assert (first, second) == (
        pytest.approx(0.0487706, abs=1e-7),
        pytest.approx(0.0905215, abs=1e-7),
    )


@given(
    doc=shares,
    docf=shares,
    mcf=shares,
    methane=shares,
    oxidised=st.floats(0, 0.9),
    decay=st.floats(0.01, 1),
    start=st.floats(1, 13),
)
def test_commitment_is_the_sum_of_all_decay(
    doc: float,
    docf: float,
    mcf: float,
    methane: float,
    oxidised: float,
    decay: float,
    start: float,
):
    # Geometric series: the sum over all years of W L0 (1 - OX) x share decayed is W L0 (1 - OX).
    years = range(math.ceil(40 / decay))
    carbon_t = decomposable_carbon_t(1000.0, doc, docf, mcf)
    by_year = methane_generated_t(carbon_t * decomposed_share(years, decay, start), methane)
    decayed_t = sum(methane_emitted_t(float(each), 0.0, oxidised) for each in by_year)
    potential = methane_potential(doc, docf, mcf, methane)
    assert decayed_t == pytest.approx(methane_commitment_t(1000.0, potential, 0, oxidised))


# The commitment model


@pytest.mark.parametrize(("docf", "expected_t"), [(0.5, 819.07), (0.6, 982.89)])
def test_24000_tonnes_by_commitment(docf: float, expected_t: float):
    # 24,000 x 0.11376 x 0.5 x 0.5 x 16/12 x 1.0 x (1 - 0.1) = 819.072 t
    found = found_in(
        "landfill",
        {"solid_waste": [commitment()]},
        years=(2020,),
        parameters=(own("landfill.doc/bulk", 0.11376), own("landfill.docf/bulk", docf)),
    )
    assert tonnes(found) == pytest.approx(expected_t, abs=0.01)
    assert said(found) == []


def test_commitment_with_a_composition_and_recovery():
    # L0 = (0.5 x 0.15 + 0.25 x 0.40) x 0.5 x 0.5 x 16/12 = 0.0583333
    # 1,000 t x 0.0583333 x (1 - 0.4) x (1 - 0.1) = 31.5 t
    found = found_in(
        "landfill",
        {
            "solid_waste": [commitment(amount=1000, recovered_percent=40)],
            "waste_composition": [share("food", 0.5), share("paper", 0.25), share("inert", 0.25)],
        },
        years=(2020,),
    )
    assert tonnes(found) == pytest.approx(31.5)


def test_commitment_needs_no_climate_and_counts_in_its_own_year_only():
    found = found_in(
        "landfill", {"solid_waste": [commitment("food")]}, years=(2020, 2021), climate=""
    )
    assert found.rows["year"].to_list() == [2020]
    assert said(found) == []


# First-order decay


def test_food_a_year_after_burial():
    # 1,000 x 0.15 x 0.5 x 1.0 = 75 t of carbon; x (1 - exp(-0.185)) = 12.66718 t
    # x 0.5 x 16/12 x (1 - 0.1) = 7.60031 t CH4
    found = found_in("landfill", {"solid_waste": [fod()]})
    assert tonnes(found) == pytest.approx(7.60031, abs=1e-5)
    assert found.rows.select("line", "year", "category", "stream", "activity").row(0) == (
        2, 2021, "III.1.1", "solid_waste", 1000.0,
    )  # fmt: skip


def test_every_year_asked_has_its_own_emission():
    found = found_in("landfill", {"solid_waste": [fod()]}, years=(2019, 2020, 2021, 2031))
    # No gas before burial nor in its year; ten years on exp(-1.85) = 0.157237 of 2021's.
    assert found.rows["year"].to_list() == [2021, 2031]
    assert tonnes(found, year=2031) == pytest.approx(7.60031 * 0.157237, rel=1e-5)


def test_years_of_constant_waste_follow_the_closed_form():
    # Sum over 30 deposits: W L0 (1 - exp(-30 k)) (1 - OX), as in AP-42, Section 2.4, Equation 1.
    # 100,000 t x 0.15 x 0.5 x 0.5 x 16/12 x (1 - exp(-5.55)) x 0.9 = 4,482.5 t
    rows = [fod(amount=100_000, year=year) for year in range(1991, 2021)]
    found = found_in("landfill", {"solid_waste": rows})
    expected_t = 100_000 * 0.05 * (1 - math.exp(-30 * 0.185)) * 0.9
    assert tonnes(found) == pytest.approx(expected_t)
    assert expected_t == pytest.approx(4482.5, abs=0.05)
    assert found.rows.height == 30


MIX = {"food": 0.435, "paper": 0.103, "wood": 0.017, "inert": 0.445}


@pytest.mark.parametrize(("sets", "expected_t"), [(("ipcc_2006",), 3439), (("ipcc_2019",), 4191)])
def test_the_vintage_of_docf_decides(sets: tuple[str, ...], expected_t: float):
    # 100 kt a year for 30 years, wet temperate, no oxidation, a mix rich in food: in year 30 the
    # sum over types of W x share x DOC x DOCf x 0.5 x 16/12 x (1 - exp(-29 k)).
    rows = [fod("bulk", 100_000, year=year) for year in range(1991, 2021)]
    found = found_in(
        "landfill",
        {"solid_waste": rows, "waste_composition": [share(*each) for each in MIX.items()]},
        years=(2020,),
        sets=("local", *sets),
        parameters=(own("landfill.ox", 0.0),),
    )
    docf = {"food": 0.7, "paper": 0.5, "wood": 0.1} if "ipcc_2019" in sets else {}
    closed_form_t = sum(
        100_000 * MIX[kind] * doc * docf.get(kind, 0.5) * 0.5 * 16 / 12 * -math.expm1(-29 * decay)
        for kind, doc, decay in (("food", 0.15, 0.185), ("paper", 0.4, 0.06), ("wood", 0.43, 0.03))
    )
    assert tonnes(found) == pytest.approx(closed_form_t)
    assert tonnes(found) == pytest.approx(expected_t, abs=0.5)


def test_a_citys_value_for_all_waste_comes_before_a_default_for_one_kind():
    half = found_in("landfill", {"solid_waste": [fod()]}, parameters=(own("landfill.docf", 0.25),))
    assert tonnes(half) == pytest.approx(7.60031 / 2, abs=1e-5)


@pytest.mark.parametrize(
    ("site_type", "factor"),
    [
        # MCF x (1 - OX), of 1.0 x 0.9
        ("managed_anaerobic", 1.0),
        ("semi_aerobic", 0.5),
        ("unmanaged_deep", 0.8 / 0.9),
        ("unmanaged_shallow", 0.4 / 0.9),
        ("uncategorised", 0.6 / 0.9),
    ],
)
def test_the_kind_of_site_decides(site_type: str, factor: float):
    found = found_in("landfill", {"solid_waste": [fod(site_type=site_type)]})
    assert tonnes(found) == pytest.approx(7.60031 * factor, abs=1e-5)


@pytest.mark.parametrize(
    ("climate", "decay"),
    [
        ("boreal_temperate_dry", 0.06),
        ("boreal_temperate_wet", 0.185),
        ("tropical_dry", 0.085),
        ("tropical_wet", 0.4),
    ],
)
def test_the_climate_decides(climate: str, decay: float):
    found = found_in("landfill", {"solid_waste": [fod()]}, climate=climate)
    assert tonnes(found) == pytest.approx(45 * -math.expm1(-decay))


def test_recovery_comes_before_oxidation_and_is_shared_by_what_each_deposit_gives():
    # 2021: food of 2020 gives 8.44478 t, of 2019 the same x exp(-0.185) = 7.01850 t
    # (15.46328 - 5) x (1 - 0.1) = 9.41696 t
    rows = [
        fod(year=2019),
        fod(year=2020),
        fod("inert", 0, year=2021, recovered_ch4_t=5),
    ]
    found = found_in("landfill", {"solid_waste": rows})
    assert tonnes(found) == pytest.approx(9.41696, abs=1e-5)
    older, newer = found.rows["emission_mg"].to_list()
    assert older / newer == pytest.approx(math.exp(-0.185))


def test_recovery_of_another_landfill_or_year_changes_nothing():
    rows = [
        fod(),
        fod(item="west", amount=10_000),
        fod("inert", 0, year=2021, item="west", recovered_ch4_t=5),
        fod("inert", 0, year=2022, recovered_ch4_t=0.1),
    ]
    # 7.60031 for the first, (84.4478 - 5) x 0.9 = 71.50307 for the second
    found = found_in("landfill", {"solid_waste": rows})
    assert tonnes(found) == pytest.approx(7.60031 + 71.50307, abs=1e-4)


def test_composition_holds_from_its_year_on_and_by_landfill():
    composition = [
        share("food", 100, unit="%"),
        share("inert", 1, year=2019),
        share("paper", 1, item="west"),
    ]
    rows = [fod("bulk", year=2018), fod("bulk", year=2019), fod("bulk", year=2014)]
    rows += [fod("bulk", year=2020, item="west")]
    found = found_in("landfill", {"solid_waste": rows, "waste_composition": composition})
    by_line = dict(found.rows.select("line", "emission_mg").iter_rows())
    # 2018: 45 t x exp(-0.37) x (1 - exp(-0.185)); 2014 six years more; 2019 is inert
    assert by_line[2] / 1e9 == pytest.approx(45 * math.exp(-0.37) * -math.expm1(-0.185))
    assert by_line[3] == 0
    assert by_line[4] / 1e9 == pytest.approx(45 * math.exp(-1.11) * -math.expm1(-0.185))
    # paper: 1,000 x 0.4 x 0.5 x 0.5 x 16/12 x 0.9 = 120 t; x (1 - exp(-0.06))
    assert by_line[5] / 1e9 == pytest.approx(120 * -math.expm1(-0.06))


# Doubt


def test_doubt_is_the_emission_at_the_ends_of_each_interval():
    found = ratios(found_in("landfill", {"solid_waste": [fod()]}))
    assert found["ipcc_2006/landfill.doc/food"] == pytest.approx((0.08 / 0.15, 0.2 / 0.15))
    # (1 - exp(-0.1)) / (1 - exp(-0.185)) = 0.56344, far from 0.1 / 0.185 = 0.54054
    assert found["ipcc_2006/landfill.k/food/boreal_temperate_wet"] == pytest.approx(
        (0.563439, 1.073261), abs=1e-6
    )
    # M = 7: exp(-0.0925) = 0.911649
    assert found["ipcc_2006/landfill.start_month"] == pytest.approx((0.911649, 1), abs=1e-6)
    assert found["ipcc_2006/landfill.ox/managed_anaerobic"] == (1, 1)


def test_recovery_sharpens_the_doubt_of_what_is_left():
    # 8.44478 t generated, half of it caught: DOCf +20 % leaves (1.2 - 0.5) / 0.5 = 1.4 times.
    rows = [fod(), fod("inert", 0, year=2021, recovered_ch4_t=8.4447828 / 2)]
    found = ratios(found_in("landfill", {"solid_waste": rows}))
    assert found["ipcc_2006/landfill.docf/food"] == pytest.approx((0.6, 1.4), abs=1e-5)


def test_doubt_of_a_commitment():
    parameters = (own("landfill.ox", 0.1, 0.0, 0.2),)
    rows = {"solid_waste": [commitment("food")]}
    found = ratios(found_in("landfill", rows, years=(2020,), parameters=parameters))
    # OX 0 to 0.2: (1 - 0) / 0.9 and (1 - 0.2) / 0.9
    assert found["local/landfill.ox"] == pytest.approx((1 / 0.9, 0.8 / 0.9))
    assert found["ipcc_2006/landfill.methane_share"] == pytest.approx((0.95, 1.05))


# Bad input


def test_a_composition_that_is_no_whole_is_named():
    found = found_in(
        "landfill",
        {
            "solid_waste": [fod("bulk"), fod("food", item="west")],
            "waste_composition": [share("food", 0.5), share("paper", 0.4)],
        },
    )
    assert said(found) == [
        "Rows 2, 3: the shares of 2015 add up to 90.0%, not to 100%, and waste counted by them is "
        "left out. Correct a share, or add the kind of waste that is missing (inert waste for the "
        "rest)."
    ]
    assert found.findings[0].place() == "waste_composition.csv:2:share"
    assert found.rows["line"].to_list() == [3]


def test_rounding_of_printed_shares_is_no_fault():
    mix = [share("food", 33.3, unit="%"), share("paper", 33.3, unit="%")]
    mix += [share("inert", 33.3, unit="%")]
    found = found_in("landfill", {"solid_waste": [fod("bulk")], "waste_composition": mix})
    assert said(found) == []


def test_unsorted_waste_without_a_composition():
    found = found_in("landfill", {"solid_waste": [fod("bulk"), fod()]})
    assert said(found) == [
        "Row 2: unsorted waste has no composition. Give its shares in waste_composition.csv, or "
        "its mean landfill.doc for 'bulk' in parameters.csv."
    ]
    assert found.rows["line"].to_list() == [3]


def test_no_climate_leaves_out_decay_but_not_what_never_rots():
    rows = [fod(), fod("glass"), fod("paper", year=2019)]
    found = found_in("landfill", {"solid_waste": rows}, climate="")
    assert said(found) == [
        "Rows 2, 4: how fast waste rots depends on the climate, and city.yaml does not say it. "
        "Write 'climate: boreal_temperate_wet' (or boreal_temperate_dry, tropical_dry, "
        "tropical_wet) in city.yaml, or give landfill.k in parameters.csv."
    ]
    assert found.rows["line"].to_list() == [3]
    own_rate = (own("landfill.k", 0.185),)
    again = found_in("landfill", {"solid_waste": rows[:1]}, climate="", parameters=own_rate)
    assert tonnes(again) == pytest.approx(7.60031, abs=1e-5)


def test_more_recovered_than_generated():
    rows = [fod(), fod("inert", 0, year=2021, recovered_ch4_t=20), fod(item="west")]
    found = found_in("landfill", {"solid_waste": rows})
    assert said(found) == [
        "Row 3: 20.0 t of CH4 recovered in 2021 is more than the 8.4 t that the waste of this "
        "landfill gives in that year. Correct the recovery, or add the waste buried before."
    ]
    assert found.rows["line"].to_list() == [4]


def test_recovery_from_a_landfill_that_has_nothing():
    found = found_in("landfill", {"solid_waste": [fod("inert", 0, year=2021, recovered_ch4_t=1)]})
    assert [each.code for each in found.findings] == ["methods.landfill-recovered-more"]
    assert found.rows.is_empty()


def test_recovery_is_not_taken_from_the_rest_where_a_row_cannot_be_counted():
    rows = [fod(), fod("bulk", year=2021, recovered_ch4_t=1)]
    found = found_in("landfill", {"solid_waste": rows})
    assert [each.code for each in found.findings] == ["methods.landfill-composition"]
    assert found.rows.is_empty()


def test_recovery_said_in_the_way_of_the_other_model():
    rows = [fod(recovered_percent=20), commitment("food", recovered_ch4_t=3)]
    rows += [commitment("paper", recovered_percent=120)]
    found = found_in("landfill", {"solid_waste": rows}, years=(2020, 2021))
    assert said(found) == [
        "Row 2: first-order decay takes the tonnes of CH4 recovered in the year, not a share. "
        "Move the figure to 'recovered_ch4_t'.",
        "Row 3: methane commitment takes the share recovered of all the methane to come, not the "
        "tonnes of one year. Move it to 'recovered_percent' as a share.",
        "Row 4: a share of 120% is more than everything. Write a share of 100% at most.",
    ]
    assert found.rows.is_empty()


def test_years_missing_in_the_history_are_warned_of():
    found = found_in("landfill", {"solid_waste": [fod(year=2016), fod(year=2019)]})
    assert said(found) == [
        "Rows 2, 3: this landfill has no row for 2017, 2018, and waste buried then is not counted. "
        "Add the years, with 0 where nothing was buried."
    ]
    assert found.findings[0].severity == "warning"
    assert found.rows.height == 2


def test_a_closed_landfill_needs_rows_only_where_gas_is_caught():
    rows = [fod(year=2016), fod("inert", 0, year=2021, recovered_ch4_t=1)]
    found = found_in("landfill", {"solid_waste": rows}, years=(2021, 2022))
    assert said(found) == []
    # 50 t x exp(-0.185 x 4) x (1 - exp(-0.185)) = 4.02912 t; (4.02912 - 1) x 0.9 = 2.72621 t
    assert tonnes(found, year=2021) == pytest.approx(2.72621, abs=1e-5)
    # and a year later, with nothing caught: 4.02912 x exp(-0.185) x 0.9 = 3.01376 t
    assert tonnes(found, year=2022) == pytest.approx(3.01376, abs=1e-5)


def test_a_start_month_that_does_not_exist():
    found = found_in(
        "landfill", {"solid_waste": [fod()]}, parameters=(own("landfill.start_month", 14),)
    )
    assert said(found) == [
        "Row 2: decay cannot begin in month 14. Give landfill.start_month from 1 (January of the "
        "year of burial) to 13 (January of the year after)."
    ]
    assert found.rows.is_empty()


def test_no_row_is_counted_by_both_models():
    rows = [fod(), commitment("food", 1000)]
    found = found_in("landfill", {"solid_waste": rows}, years=(2020, 2021))
    assert found.rows.select("line", "year").rows() == [(3, 2020), (2, 2021)]


def test_nothing_buried_is_no_fault():
    found = found_in("landfill", {"solid_waste": []})
    assert found.rows.is_empty()
    assert found.findings == ()
