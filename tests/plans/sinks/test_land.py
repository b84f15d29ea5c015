from dataclasses import replace

import polars as pl

from vatra.plans.sinks import Sink, land_findings, read_land
from vatra.words import LANGUAGES


def rows(*listed) -> pl.DataFrame:
    return pl.DataFrame(
        [
            {
                "year": year,
                "from_use": before,
                "to_use": after,
                "area_ha": area,
                "management_from": managed,
                "management_to": "nominal",
                "residues_from": "medium",
                "residues_to": "medium",
                "line": line,
            }
            for line, (year, before, after, area, managed) in enumerate(listed, 2)
        ]
    )


LAND = read_land(
    rows(
        (2021, "cropland", "cropland", 100.0, "nominal"),
        (2026, "cropland", "cropland", 20.0, "no_tillage"),
        (2027, "cropland", "forest_land", 10.0, "nominal"),
        (2030, "cropland", "cropland", 60.0, "nominal"),
    )
)


def sink(code, year, area, use="cropland", line=2, parcel="", kept=None) -> Sink:
    return Sink(code, year, code, code, "forest", size=area, area_ha=area, from_use=use,
                parcel=parcel, permanence_years=kept, line=line)  # fmt: skip


def found(*sinks) -> list[tuple[str, tuple[int, ...]]]:
    findings = land_findings(sinks, LAND, "sinks.csv")
    for each in findings:
        for lang in LANGUAGES:
            assert each.message(lang)
    return [(each.code.removeprefix("plans.sinks."), each.lines) for each in findings]


def test_the_latest_area_that_stays_as_it_is_counts():
    # The 20 ha of 2026 are land managed in another way, not all of the cropland.
    assert LAND.area_at("cropland", 2026) == (2021, 100.0)
    assert LAND.area_at("cropland", 2031) == (2030, 60.0)
    assert LAND.area_at("cropland", 2015) == (2021, 100.0)
    assert LAND.area_at("wetlands", 2026) is None


def test_sinks_together_take_no_more_than_there_is():
    assert found(sink("a", 2025, 60.0), sink("b", 2028, 40.0, line=3)) == []
    assert found(sink("a", 2025, 60.0), sink("b", 2028, 41.0, line=3)) == [
        ("land-too-little", (2, 3))
    ]


def test_land_nobody_stated_is_unknown_and_not_nothing():
    assert found(sink("a", 2025, 60.0, "settlements")) == [("land-unknown", (2,))]
    assert found(sink("a", 2025, 60.0, "")) == [("land-unstated", (2,))]


def test_a_parcel_is_used_once_at_a_time():
    first = sink("a", 2025, 5.0, parcel="Valea  Mare")
    second = sink("b", 2030, 5.0, line=3, parcel="valea mare")
    assert found(first, second) == [("parcel-twice", (2, 3))]
    ended = sink("a", 2025, 5.0, parcel="Valea Mare", kept=5)
    assert found(ended, second) == []


def test_a_planting_that_the_inventory_counts_is_warned_of():
    assert found(sink("a", 2027, 10.0)) == [("in-land-use", (2,))]


def test_land_that_nobody_names_cannot_be_checked() -> None:
    named, unnamed = sink("A", 2026, 5.0), sink("B", 2026, 1e9, use="", line=3)
    street = replace(sink("C", 2026, 0.0, use="", line=4), kind="single_trees")
    found = land_findings([named, unnamed, street], LAND, "sinks.csv")
    assert [(each.code, each.severity, each.lines) for each in found] == [
        ("plans.sinks.land-unstated", "note", (3,))
    ]
    assert "1,000,000,000 ha" in found[0].message("en")
    assert "1.000.000.000 ha" in found[0].message("ro")
