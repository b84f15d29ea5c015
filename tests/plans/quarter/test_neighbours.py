"""Blocks that touch, stand in one terrace or hang on one branch."""

from __future__ import annotations

import pytest

from vatra.plans.quarter import neighbours
from vatra.plans.stock import Building, archetypes, generate
from vatra.plans.stock.generate import Count

pytest.importorskip("shapely")
pytest.importorskip("pyproj")


def made(count: int) -> list[Building]:
    kind = next(iter(archetypes().values()))
    flats = int(kind.of("flats_count")) * count
    return generate(
        [
            Count(
                "q",
                kind.code,
                count,
                flats,
                count
                * kind.of("footprint_m2")
                * kind.of("storeys_count")
                * kind.of("heated_share"),
            )
        ]
    )


def test_walls_in_common_make_neighbours() -> None:
    import shapely

    blocks = made(4)
    codes = [each.code for each in blocks]
    from dataclasses import replace

    apart = [replace(each, terrace="") for each in blocks]
    # About 80 m and 11 m wide at 46 degrees; the third stands some 8 m off.
    drawn = {
        codes[0]: shapely.box(23.5500, 46.7500, 23.5510, 46.7501),
        codes[1]: shapely.box(23.5510, 46.7500, 23.5520, 46.7501),
        codes[2]: shapely.box(23.5521, 46.7500, 23.5530, 46.7501),
    }
    assert neighbours(apart, drawn) == (tuple(sorted(codes[:2])),)
    joined = neighbours(apart, drawn, [[codes[1], codes[3], "elsewhere"]])
    assert joined == (tuple(sorted([codes[0], codes[1], codes[3]])),)


def test_terraces_of_made_up_blocks_stand_wall_to_wall() -> None:
    blocks = made(7)
    expected: dict[str, list[str]] = {}
    for each in blocks:
        expected.setdefault(each.terrace, []).append(each.code)
    groups = neighbours(blocks, {})
    assert groups == tuple(sorted(tuple(g) for g in expected.values() if len(g) > 1))
    assert groups
