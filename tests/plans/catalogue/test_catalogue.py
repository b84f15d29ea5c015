"""What every measure of the catalogue must hold to be used in a plan."""

from __future__ import annotations

import re
from collections import Counter
from graphlib import TopologicalSorter

import pytest

from vatra.plans.catalogue import (
    BENEFITS,
    DOUBTS,
    PAYERS,
    STOCKS,
    UNITS,
    CoBenefit,
    Entry,
    Relation,
    catalogue,
    co_benefits,
    curve,
    curves,
    label,
    relations,
)
from vatra.plans.catalogue.load import effect_rows
from vatra.plans.catalogue.vocabulary import BENEFIT_UNITS
from vatra.plans.engine import COMBINES, OPERATORS, SHAPES
from vatra.tables.vocabulary import FIELDS, LEVERS, SECTORS
from vatra.words import LANGUAGES, texts

ENTRIES = list(catalogue().values())
EFFECTS = list(effect_rows())
CARRIERS = {
    key.removeprefix("tables.carrier-") for key in texts() if key.startswith("tables.carrier-")
}
USES = {key.removeprefix("tables.use-") for key in texts() if key.startswith("tables.use-")}
# What only some operators need, and whether they need it.
NEEDED = {
    "shift_carrier": ("carrier", "to_carrier"),
    "shift_activity": ("use", "to_use"),
    "clean_supply": ("carrier",),
    "own_generation": ("carrier",),
    "non_energy": ("use",),
    "avoid": ("use",),
    "sink": ("curve",),
}
CEDILLA = re.compile("[şţŞŢ]")


def by_id(each: Entry) -> str:
    return each.id


def test_there_are_enough_measures_over_every_area_and_field():
    assert len(ENTRIES) >= 60
    areas = {
        "buildings": ("flats_deep", "public_deep", "commercial_deep", "heat_pump_air_homes"),
        "district heating": ("dh_network_renewal", "dh_large_heat_pump", "dh_geothermal"),
        "electricity and solar": ("pv_flats", "pv_public", "energy_community", "pv_city_park"),
        "lighting": ("street_lighting_led", "street_lighting_dimming"),
        "public transport": ("tram_lines", "electric_buses", "bus_lanes", "metropolitan_train"),
        "private transport": ("cycling_network", "parking_policy", "ev_private", "speed_30"),
        "freight": ("e_vans", "cargo_bikes", "consolidation_centre"),
        "waste": ("biowaste_digestion", "landfill_gas_capture", "recycling_sorting"),
        "water": ("water_leak_reduction", "n2o_control", "sludge_digestion"),
        "land": ("street_trees", "periurban_afforestation", "green_roofs", "wetlands"),
        "industry": ("industry_efficiency", "industry_heat_pumps", "fgas_recovery"),
        "governance": ("energy_management_public", "one_stop_shop", "green_procurement"),
    }
    assert [each for area in areas.values() for each in area if each not in catalogue()] == []
    assert {each.field for each in ENTRIES} == set(FIELDS)
    assert {each.lever for each in ENTRIES} == set(LEVERS)
    assert {each.sector for each in ENTRIES} == set(SECTORS)


def test_ids_are_words_and_stand_once():
    ids = [each.id for each in ENTRIES]
    assert len(ids) == len(set(ids))
    assert [each for each in ids if not re.fullmatch(r"[a-z][a-z0-9_]+", each)] == []


def test_names_tell_measures_apart():
    for lang in LANGUAGES:
        twice = [name for name, n in Counter(e.name(lang) for e in ENTRIES).items() if n > 1]
        assert twice == []


@pytest.mark.parametrize("entry", ENTRIES, ids=by_id)
def test_every_code_is_known(entry: Entry):
    assert entry.sector in SECTORS
    assert entry.field in FIELDS
    assert entry.lever in LEVERS
    assert entry.unit in UNITS
    assert entry.stock in STOCKS
    assert entry.payer in PAYERS
    assert entry.doubt in DOUBTS
    assert entry.shape in SHAPES
    for each in entry.effects:
        assert each.operator in OPERATORS
        assert each.combine in COMBINES
        assert {each.use, each.to_use} <= USES | {""}
        assert {each.carrier, each.to_carrier} <= CARRIERS | {""}
        assert not each.curve or curve(each.curve)
    for benefit in entry.co_benefits:
        assert benefit.benefit in BENEFITS
        assert benefit.unit in BENEFIT_UNITS


@pytest.mark.parametrize("entry", ENTRIES, ids=by_id)
def test_every_number_is_within_its_bounds(entry: Entry):
    assert entry.units_per_stock > 0
    assert entry.capex_eur.low >= 0
    assert entry.delay_years.low >= 0
    assert entry.lifetime_years > 0
    assert entry.ramp_years >= 1
    assert entry.staff_fte_per_meur >= 0
    assert 0 < entry.incremental_share <= 1
    assert 0 < entry.delivery_probability < 1
    for each in entry.effects:
        assert 0 <= each.strength.low <= each.strength.high <= 1
        assert each.ratio.low > 0
        assert each.conversion.low > 0
        assert 0 < each.potential_share <= 1
        # A measure that could take more than its group can reach would be cut without a word.
        assert each.strength.high <= each.potential_share
        assert (each.amount.low > 0) == (each.operator == "own_generation")


@pytest.mark.parametrize("entry", ENTRIES, ids=by_id)
def test_every_effect_states_what_its_operator_needs(entry: Entry):
    assert entry.effects
    assert [each.effect for each in entry.effects] == [
        str(number) for number, _ in enumerate(entry.effects, start=1)
    ]
    for each in entry.effects:
        given = {
            name for name in ("carrier", "to_carrier", "to_use", "curve") if getattr(each, name)
        }
        assert all(getattr(each, name) for name in NEEDED.get(each.operator, ()))
        assert given <= {"carrier", *NEEDED.get(each.operator, ())}
        assert each.carrier != each.to_carrier or not each.carrier


@pytest.mark.parametrize("entry", ENTRIES, ids=by_id)
def test_every_text_is_there_in_both_languages(entry: Entry):
    for lang in LANGUAGES:
        assert 5 < len(entry.name(lang)) <= 70
        assert entry.about(lang).endswith(".")
        assert not CEDILLA.search(entry.name(lang) + entry.about(lang))
    assert entry.about_en != entry.about_ro
    assert entry.name_ro != entry.name_en


@pytest.mark.parametrize("entry", ENTRIES, ids=by_id)
def test_every_figure_has_a_source(entry: Entry):
    assert len(entry.source) >= len("expert judgement")
    assert all(len(each.source) >= len("expert judgement") for each in entry.effects)
    assert all(len(each.source) >= len("expert judgement") for each in entry.co_benefits)
    if entry.doubt in ("published", "range of studies"):
        assert not entry.source.startswith("expert judgement") or ";" in entry.source


@pytest.mark.parametrize("entry", ENTRIES, ids=by_id)
def test_what_is_not_known_exactly_has_a_range(entry: Entry):
    assert entry.capex_eur.low < entry.capex_eur.high or entry.capex_eur.mean == 0
    whole = ("all electricity", "expert judgement: 180 to 240 full cycles")
    for each in entry.effects:
        assert each.strength.low < each.strength.high or each.source.startswith(whole)


def test_groups_combine_in_one_way():
    how: dict[str, set[tuple[str, float]]] = {}
    for each in EFFECTS:
        assert bool(each.group) == (each.combine != "product")
        if each.group:
            how.setdefault(each.group, set()).add((each.combine, each.potential_share))
    assert [group for group, found in how.items() if len(found) != 1] == []
    assert {combine for found in how.values() for combine, _ in found} == set(COMBINES) - {
        "product"
    }


def test_relations_join_measures_that_exist_and_say_why():
    for each in relations():
        assert {each.id, each.other} <= set(catalogue())
        assert each.id != each.other
        for lang in LANGUAGES:
            assert each.why(lang).endswith(".")
            assert not CEDILLA.search(each.why(lang))
    assert {each.kind for each in relations()} == {"exclusive", "nested", "requires"}
    pairs = [(each.kind, *sorted((each.id, each.other))) for each in relations()]
    assert len(pairs) == len(set(pairs))


def test_no_measure_requires_itself_in_the_end():
    graph = {each.id: set(each.requires) for each in ENTRIES}
    assert len(list(TopologicalSorter(graph).static_order())) == len(ENTRIES)


def test_nothing_requires_what_it_excludes():
    assert [e.id for e in ENTRIES if set(e.requires) & set(e.exclusive)] == []


def test_a_relation_is_seen_from_both_sides():
    assert "flats_deep" in catalogue()["flats_moderate"].exclusive
    assert "flats_moderate" in catalogue()["flats_deep"].exclusive
    assert catalogue()["ev_private"].requires == ("ev_charging_public",)
    assert catalogue()["ev_charging_public"].requires == ()


def test_every_effect_and_benefit_belongs_to_a_measure():
    assert {each.id for each in EFFECTS} == set(catalogue())
    assert {each.id for each in co_benefits()} <= set(catalogue())
    assert {each.benefit for each in co_benefits()} == set(BENEFITS)


def test_a_benefit_without_a_size_is_not_zero():
    unsized: list[CoBenefit] = [each for each in co_benefits() if each.amount is None]
    assert unsized
    assert {each.unit for each in unsized} == {"direction_only"}
    assert all(each.unit != "direction_only" for each in co_benefits() if each.amount)


@pytest.mark.parametrize(
    ("vocabulary", "codes"),
    [
        ("stock", STOCKS),
        ("unit", UNITS),
        ("payer", PAYERS),
        ("benefit", BENEFITS),
        ("benefit_unit", BENEFIT_UNITS),
        ("doubt", DOUBTS),
        ("relation", ("exclusive", "nested", "requires")),
        ("operator", sorted({each.operator for each in EFFECTS})),
    ],
)
def test_every_code_has_a_label_and_is_used(vocabulary: str, codes: tuple[str, ...]):
    for lang in LANGUAGES:
        labels = [label(vocabulary, code, lang) for code in codes]
        assert len(labels) == len(set(labels))
    used = {
        "stock": {e.stock for e in ENTRIES},
        "unit": {e.unit for e in ENTRIES},
        "payer": {e.payer for e in ENTRIES},
        "benefit_unit": {each.unit for each in co_benefits()},
    }
    assert set(codes) == used.get(vocabulary, set(codes))


# Growth curves


def test_what_stands_in_the_ground_a_year_has_hardly_grown():
    for name, ages in curves().items():
        assert ages[0] == 0, name
        assert all(each >= 0 for each in ages), name


def test_crowns_grow_as_the_guidelines_say():
    # 2.9 t C a hectare of crown and year x 44/12 = 10.633 t CO2, at most and for twenty years.
    ages = curve("urban_tree")
    assert max(ages) == pytest.approx(2.9 * 44 / 12, abs=1e-3)
    assert sum(ages[21:]) == 0


def test_a_young_forest_grows_as_the_guidelines_say():
    # 4.0 t of dry matter x 1.24 with roots x 0.47 t C x 44/12 = 8.548 t CO2 on average.
    young = curve("mixed_broadleaf")[1:20]
    assert sum(young) / len(young) == pytest.approx(4.0 * 1.24 * 0.47 * 44 / 12, abs=0.01)


def test_a_green_roof_takes_up_its_carbon_once():
    # 375 g C a square metre = 3.75 t C a hectare = 13.75 t CO2.
    assert sum(curve("green_roof")) == pytest.approx(3.75 * 44 / 12)


def test_a_meadow_builds_soil_for_twenty_years():
    # 50 t C x (1.14 - 1) x 44/12 = 25.67 t CO2.
    assert sum(curve("grassland_soil")) == pytest.approx(50 * 0.14 * 44 / 12, abs=0.05)


def test_an_unknown_curve_is_named_with_those_that_exist():
    with pytest.raises(
        KeyError, match="no growth curve 'oak'; there are grassland_soil, green_roof"
    ):
        curve("oak")


def test_the_catalogue_cannot_be_changed_by_who_reads_it():
    with pytest.raises(TypeError):
        catalogue()["flats_deep"] = None  # type: ignore[index]
    assert isinstance(relations()[0], Relation)
