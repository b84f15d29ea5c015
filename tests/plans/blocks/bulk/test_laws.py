"""What holds for any zone and any works: the slow way's numbers, and the laws of heat."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.plans.blocks.cases import wave_climate
from vatra.plans.blocks import OFF, Air, Bridge, Control, Element, Mass, Plane, Shade, Window, Zone
from vatra.plans.blocks.bulk import Changes, renovated, simulate_states
from vatra.plans.blocks.bulk.found import Way
from vatra.plans.blocks.bulk.together import run
from vatra.plans.blocks.climate.climate import monthly
from vatra.plans.blocks.engines.asked import surroundings
from vatra.plans.blocks.engines.modal_reference import modal_hours
from vatra.plans.blocks.engines.rc5_reference import rc5_hours

pytest.importorskip("numba")
CLIMATE = wave_climate()
PLANES = (Plane(0.0), Plane(90.0, 0.0), Plane(90.0, 90.0), Plane(90.0, 180.0), Plane(90.0, 270.0),
          Plane(90.0, 45.0), Plane(90.0, 225.0), Plane(30.0, 180.0))  # fmt: skip
FEW = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
ENGINES = ("rc5", "modal", "seasonal")


def between(low: float, high: float) -> st.SearchStrategy[float]:
    return st.floats(low, high, allow_nan=False)


@st.composite
def any_zones(draw: st.DrawFn, heating_only: bool = False) -> Zone:
    """A zone with a few elements, windows and bridges of its own."""
    elements = [
        Element(
            f"e{n}",
            draw(between(10, 60)),
            draw(between(0.2, 2.5)),
            draw(st.sampled_from(PLANES)),
            mass=draw(st.sampled_from(("light", "medium", "heavy"))),
            place=draw(st.sampled_from(("inside", "outside", "both", "spread", "middle"))),
        )
        for n in range(draw(st.integers(1, 4)))
    ]
    if draw(st.booleans()):
        beyond_c, b_share = draw(st.sampled_from([(10.0, 1.0), (None, 0.5)]))
        elements.append(
            Element(
                "below", 50.0, draw(between(0.3, 2.0)), Plane(180.0), "ground", b_share, beyond_c
            )
        )
    windows = tuple(
        Window(f"w{n}", draw(between(1, 10)), draw(between(0.8, 3.0)), draw(between(0.3, 0.8)),
               draw(st.sampled_from(PLANES)), angular=draw(st.booleans()),
               shade=draw(st.sampled_from([Shade(), Shade(overhang_depth_m=0.8)])))
        for n in range(draw(st.integers(0, 3)))
    )  # fmt: skip
    low, high = draw(between(12, 18)), draw(between(19, 22))
    day = draw(
        st.sampled_from([(high,) * 24, (low,) * 6 + (high,) * 18, (None,) * 5 + (high,) * 19])
    )
    return Zone(
        "any",
        100.0,
        260.0,
        tuple(elements),
        windows,
        (Bridge("joints", 0.5, draw(between(0, 40))), Bridge("slabs", 0.8, 10.0)),
        Air(draw(between(0.2, 1.0)), draw(st.sampled_from([0.0, 0.7]))),
        gains_w_m2=(draw(between(0, 6)),) * 24,
        heating=Control(day, draw(st.sampled_from([float("inf"), 3000.0]))),
        cooling=OFF if heating_only else draw(st.sampled_from([OFF, Control((26.0,) * 24)])),
        mass=Mass(draw(st.sampled_from(("light", "medium", "heavy")))),
    )


@st.composite
def any_changes(draw: st.DrawFn, count: int = 4) -> Changes:
    def array(low: float, high: float, unsaid: bool = False) -> np.ndarray:
        one = between(low, high)
        each = st.one_of(one, st.just(float("nan"))) if unsaid else one
        return np.array(draw(st.lists(each, min_size=count, max_size=count)))

    return Changes(
        count=count,
        resistance_m2k_w={kind: array(0, 6) for kind in ("wall", "roof", "floor")},
        u_scale={kind: array(0.7, 1.3) for kind in ("wall", "roof", "floor", "window")},
        window_u_w_m2k=array(0.7, 2.0, unsaid=True),
        window_g_share=array(0.3, 0.7, unsaid=True),
        bridge_share={"joints": array(0, 1.2), "": array(0, 1.2)},
        air_change_per_h=array(0.2, 1.0, unsaid=True),
        air_scale=array(0.6, 1.4),
        heat_recovery_share=array(0, 0.9, unsaid=True),
        inside_k=array(-2, 2),
        gains_scale=array(0.5, 1.5),
    )


@pytest.mark.parametrize("engine", ENGINES)
@FEW
@given(zone=any_zones(), changes=any_changes())
def test_states_are_zones_one_by_one(engine, zone, changes):
    found = simulate_states([zone], CLIMATE, changes, engine, sky="isotropic", single=False)
    single = simulate_states([zone], CLIMATE, changes, engine, sky="isotropic")
    for state in range(changes.count):
        alone = simulate_states(
            [renovated(zone, changes, state)], CLIMATE, Changes.kept(), engine,
            sky="isotropic", single=False,
        )  # fmt: skip
        expected = alone.heating_wh[0, 0]
        assert found.heating_wh[0, state] == pytest.approx(expected, rel=1e-9, abs=1e-2)
        yearly = single.heating_wh[0, state].sum()
        # A need that the sun all but covers is a small difference of large heats.
        assert yearly == pytest.approx(expected.sum(), rel=1e-4, abs=100 * zone.floor_m2 / 100)
        if found.cooling_wh is not None:
            assert found.cooling_wh[0, state] == pytest.approx(
                alone.cooling_wh[0, 0], rel=1e-9, abs=1e-2
            )


# Eigenvalues carry the rounding of the quickest node into the slowest: nodes that hold next to
# nothing leave eight digits of those that hold most.
@pytest.mark.parametrize(
    ("engine", "by", "rel"), [("rc5", rc5_hours, 1e-9), ("modal", modal_hours, 1e-7)]
)
@settings(FEW, max_examples=4)
@given(zone=any_zones(), changes=any_changes(1))
def test_states_are_the_reference_hour_by_hour(engine, by, rel, zone, changes):
    found = simulate_states([zone], CLIMATE, changes, engine, sky="isotropic", single=False)
    year = by(renovated(zone, changes, 0), surroundings([zone], CLIMATE, "isotropic"))
    for mine, hours in ((found.heating_wh, year.heating_w), (found.cooling_wh, year.cooling_w)):
        assert mine[0, 0] == pytest.approx(monthly(hours), rel=rel, abs=1e-2)
    assert found.peak_heating_w[0, 0] == pytest.approx(year.heating_w.max(), rel=rel, abs=1e-5)


def yearly(zone: Zone, changes: Changes, engine: str) -> np.ndarray:
    found = simulate_states([zone], CLIMATE, changes, engine, sky="isotropic", single=False)
    return found.heating_wh[0].sum(axis=1)


@pytest.mark.parametrize("engine", ENGINES)
@FEW
@given(zone=any_zones(heating_only=True), more=between(0.1, 2.0))
def test_less_that_leaks_never_needs_more_heat(engine, zone, more):
    steps = np.arange(4) * more
    kept = Changes.kept(4)
    # Dull walls: insulation also keeps out the sun that a dark wall takes up.
    dull = replace(zone, elements=tuple(replace(e, absorptance_share=0.0) for e in zone.elements))
    laws = [
        replace(kept, resistance_m2k_w=dict.fromkeys(("wall", "roof", "floor"), steps)),
        replace(kept, bridge_share={"": 1 / (1 + steps)}),
        replace(kept, u_scale={"window": 1 / (1 + steps)}),
        replace(kept, air_scale=1 / (1 + steps)),
        replace(kept, heat_recovery_share=steps / 8),
        replace(kept, gains_scale=1 + steps),
        replace(kept, inside_k=-steps),
    ]
    # Behind a steady 10 degC there may be warmth to gain: leave such floors out of the law.
    if any(each.beyond_c is not None for each in dull.elements):
        laws = laws[1:]
    for law in laws:
        need = yearly(dull, law, engine)
        assert (np.diff(need) <= 1e-9 * need[:-1] + 1e-3).all()


@FEW
@given(zone=any_zones(), changes=any_changes())
def test_more_threads_and_others_beside_it_change_no_byte(zone, changes):
    around = surroundings([zone], CLIMATE, "isotropic")
    one = run([zone], changes, Way(around, "rc5", np.float64, 1))
    two = run([zone], changes, Way(around, "rc5", np.float64, 2))
    assert one.heating_wh.tobytes() == two.heating_wh.tobytes()
