"""Whatever works do to carriers, efficiency and moves together give what is bought afterwards."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vatra.runs.handover_energy import Bought
from vatra.runs.handover_parts import Member, Money, Part, parts_of

CARRIERS = ("district_heat", "electricity", "natural_gas", "wood")
ENERGY = st.dictionaries(
    st.sampled_from(CARRIERS), st.floats(1e3, 1e12, allow_nan=False), min_size=1
)


def part(before: dict, envelope: dict, after: dict, own: float = 0.0, made: float = 0.0) -> Part:
    bought = Bought("b1", "residential", before, envelope, after, own, made)
    member = Member(bought, "moderate", 2030, 20, 1000.0, Money(100))
    return parts_of([member])[0]


def done_by_effects(found: Part) -> dict[str, float]:
    """What the engine does with the effects: efficiency, then shares that leave at a ratio."""
    left = dict(found.kept)
    for move in found.moves:
        gone = found.kept[move.carrier] * move.share
        left[move.carrier] -= gone
        left[move.to_carrier] = left.get(move.to_carrier, 0.0) + gone / move.ratio
    return left


def test_a_boiler_that_becomes_a_pump_by_hand():
    # 100 of gas, 40 after the envelope; a pump gives that heat for 10 of electricity: a ratio of 4.
    found = part(
        {"natural_gas": 100e6, "electricity": 20e6},
        {"natural_gas": 40e6, "electricity": 19e6},
        {"electricity": 29e6},
    )
    assert found.kept == {"natural_gas": 40e6, "electricity": 19e6}
    (move,) = found.moves
    assert (move.carrier, move.to_carrier) == ("natural_gas", "electricity")
    assert (move.share, move.ratio) == pytest.approx((1.0, 4.0))
    assert found.saved() == pytest.approx({"natural_gas": 100e6, "electricity": -9e6})


def test_fans_take_electricity_for_the_heat_that_they_win_back():
    # Recovery takes heat from 50 to 30 for 2 of electricity.
    found = part(
        {"district_heat": 100e6, "electricity": 20e6},
        {"district_heat": 50e6, "electricity": 20e6},
        {"district_heat": 30e6, "electricity": 22e6},
    )
    (move,) = found.moves
    assert (move.share, move.ratio) == pytest.approx((0.4, 10.0))


def test_panels_are_taken_off_what_is_bought():
    found = part({"electricity": 20e6}, {"electricity": 20e6}, {"electricity": 20e6}, 5e6, 8e6)
    assert found.saved() == {"electricity": 5e6}
    assert found.moves == ()


def test_more_of_everything_cannot_be_said():
    found = part({"electricity": 20e6}, {"electricity": 20e6}, {"electricity": 21e6})
    assert found.wrong_carriers == ("electricity",)


@given(before=ENERGY, shares=st.lists(st.floats(0, 1), min_size=4, max_size=4), after=ENERGY)
def test_effects_end_where_the_works_end(before: dict, shares: list[float], after: dict):
    cut = dict(zip(CARRIERS, shares, strict=True))
    envelope = {name: wh * cut[name] for name, wh in before.items()}
    found = part(before, envelope, after)
    if found.wrong_carriers:
        return
    left = done_by_effects(found)
    size = max(*before.values(), *after.values())
    for name in CARRIERS:
        assert left.get(name, 0.0) == pytest.approx(
            after.get(name, 0.0), rel=1e-9, abs=1e-12 * size
        )
    assert all(0 <= move.share <= 1 + 1e-12 and move.ratio > 0 for move in found.moves)
    assert all(0 <= found.kept[name] <= before[name] for name in before)


def test_each_block_stands_in_one_part():
    bought = Bought("b1", "residential", {"electricity": 1.0}, {"electricity": 1.0}, {})
    member = Member(bought, "deep", 2030, 20, 1000.0, Money(100))
    with pytest.raises(ValueError, match="b1 stands twice"):
        parts_of([member, member])


def test_parts_are_told_apart_by_year_use_and_package():
    def one(code: str, use: str, package: str, year: int) -> Member:
        energy = {"electricity": 10.0}
        return Member(
            Bought(code, use, energy, energy, {"electricity": 4.0}),
            package, year, 10, 500.0, Money(7, 5, 9, {"owners": 7}),
        )  # fmt: skip

    found = parts_of(
        [
            one("b3", "residential", "deep", 2031),
            one("b1", "residential", "deep", 2030),
            one("b2", "residential", "deep", 2030),
            one("b4", "public_buildings", "deep", 2030),
        ]
    )
    assert [(each.code, each.blocks) for each in found] == [
        ("blocks_2030_1", ("b4",)),
        ("blocks_2030_2", ("b1", "b2")),
        ("blocks_2031_1", ("b3",)),
    ]
    assert found[1].money == Money(14, 10, 18, {"owners": 14})
    assert found[1].before == {"electricity": 20.0}
