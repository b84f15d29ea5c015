import pytest

from vatra.plans.stock import Count, generate, layout
from vatra.plans.stock.footprints import plans, to_metres

pytest.importorskip("shapely", reason="the extra 'buildings' is not installed")
pytest.importorskip("pyproj", reason="the extra 'buildings' is not installed")

COUNTS = [
    Count("q", "block_t744r_p4_1973_1982", 40, 900, 50_000.0),
    Count("q", "block_ipct1340_p10_1985_1990", 10, 660, 40_000.0),
    Count("q", "house_brick", 10, 10, 900.0),
]


def test_a_map_shows_the_buildings_as_they_were_made():
    buildings = generate(COUNTS)
    drawn = layout(buildings, 23.55, 46.75)
    assert list(drawn) == [each.code for each in buildings]
    heights = [each.shape.height_m for each in buildings]
    for building, plan in zip(
        buildings, plans(to_metres(list(drawn.values())), heights), strict=True
    ):
        shape = building.shape
        assert plan.footprint_m2 == pytest.approx(shape.footprint_m2, rel=1e-4)
        assert plan.perimeter_m == pytest.approx(shape.perimeter_m, rel=1e-4)
        # A wall may run on by the tolerance where the neighbour is narrower.
        assert plan.party_m * shape.height_m == pytest.approx(
            shape.party_m2, abs=0.7 * shape.height_m
        )
        assert plan.overlap_m2 == pytest.approx(0, abs=1e-3)
        outer = {each.azimuth_deg: each.outer_m2 + each.party_m2 for each in shape.facades}
        seen = {each.azimuth_deg: each.outer_m2 + each.party_m2 for each in plan.facades}
        assert seen == pytest.approx(outer, rel=1e-3)


def test_some_blocks_stand_wall_to_wall_and_houses_alone():
    buildings = generate(COUNTS)
    blocks = [each for each in buildings if each.use == "block"]
    assert 0 < sum(each.shape.party_m2 == 0 for each in blocks) < len(blocks)
    assert all(each.shape.party_m2 == 0 for each in buildings if each.use == "house")
