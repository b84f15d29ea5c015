"""Three engines behind one call; compiled hours are those of the reference."""

from dataclasses import replace

import numpy as np
import pytest

from tests.plans.blocks.cases import ROOF, SOUTH, ZONES, box, wave_climate
from vatra.plans.blocks import (
    ENGINES,
    Air,
    Control,
    Element,
    Night,
    Plane,
    Window,
    Zone,
    read_zone,
    simulate,
    synthetic_climate,
)
from vatra.plans.blocks.engines.groups import groups

HOURLY = ("rc5", "modal")
DAY = tuple([16.0] * 6 + [21.0] * 16 + [16.0] * 2)


def several() -> list[Zone]:
    """Zones that run together, and each kind that does not."""
    plain = box()
    return [
        plain,
        replace(plain, name="larger", floor_m2=40.0, volume_m3=100.0),
        replace(plain, name="setback", heating=Control(DAY, 900.0), gains_w_m2=DAY),
        replace(plain, name="recovers", air=Air(0.8, 0.75, day=(1.0,) * 8 + (0.5,) * 16)),
        replace(plain, name="angular", windows=(replace(plain.windows[0], angular=True),)),
        replace(plain, name="opened", air=Air(0.5, night=Night(3.0))),
    ]


def t744r() -> Zone:
    zone, findings = read_zone(ZONES / "t744r.yaml")
    assert findings == []
    return zone


def renewed(
    zone: Zone, u: dict[str, float], window: tuple[float, float], psi: float, air: Air
) -> Zone:
    """The block after works: U by the first word of a name, window U and g, joints by a share."""
    return replace(
        zone,
        elements=tuple(replace(e, u_w_m2k=u[e.name.split()[0]]) for e in zone.elements),
        windows=tuple(replace(w, u_w_m2k=window[0], g_share=window[1]) for w in zone.windows),
        bridges=tuple(replace(b, psi_w_mk=b.psi_w_mk * psi) for b in zone.bridges),
        air=air,
    )  # fmt: skip


@pytest.mark.parametrize("engine", ENGINES)
def test_a_panel_block_in_iasi_before_and_after(engine):
    before = t744r()
    moderate = renewed(before, {"wall": 0.30, "gable": 0.30, "terrace": 0.20, "basement": 0.40},
                       (1.2, 0.6), 0.35, Air(0.5))  # fmt: skip
    deep = renewed(before, {"wall": 0.20, "gable": 0.20, "terrace": 0.15, "basement": 0.29},
                   (0.9, 0.5), 0.15, Air(0.5, heat_recovery_share=0.8))  # fmt: skip
    needs = simulate((before, moderate, deep), synthetic_climate("iasi"), engine,
                     sky="isotropic", compiled=False, free_float=False)  # fmt: skip
    need = needs.heating_kwh_m2
    assert 130 < need[0] < 200
    assert 35 < need[1] < 60
    assert 5 < need[2] < 25
    assert needs.synthetic


def test_engines_agree_on_a_block():
    found = [
        simulate([t744r()], synthetic_climate("iasi"), engine, sky="isotropic", compiled=False,
                 free_float=False).heating_kwh_m2[0]
        for engine in ENGINES
    ]  # fmt: skip
    assert max(found) / min(found) < 1.10


@pytest.mark.slow
@pytest.mark.parametrize("engine", HOURLY)
def test_compiled_hours_are_those_of_the_reference(engine):
    pytest.importorskip("numba")
    zones, climate = several(), wave_climate()
    fast = simulate(zones, climate, engine, sky="isotropic")
    plain = simulate(zones, climate, engine, sky="isotropic", compiled=False)
    single = simulate(zones, climate, engine, sky="isotropic", single=True)
    # Whole watt-hours: the last digit may round the other way.
    assert abs(fast.heating_wh - plain.heating_wh).max() <= 1
    assert abs(fast.cooling_wh - plain.cooling_wh).max() <= 1
    assert abs(fast.peak_heating_w - plain.peak_heating_w).max() <= 1
    assert fast.coldest_c == pytest.approx(plain.coldest_c, abs=1e-9)
    assert fast.warmest_c == pytest.approx(plain.warmest_c, abs=1e-9)
    for name in ("heating_wh", "cooling_wh"):
        yearly = [getattr(each, name).sum(axis=1) for each in (single, fast)]
        assert yearly[0] == pytest.approx(yearly[1], rel=1e-4)


def test_more_zones_than_lanes():
    pytest.importorskip("numba")
    zones = [replace(box(), name=str(n), floor_m2=20.0 + n / 100) for n in range(300)]
    needs = simulate(zones, wave_climate(), "rc5", sky="isotropic", free_float=False)
    one = simulate(zones[290:291], wave_climate(), "rc5", sky="isotropic", free_float=False)
    assert needs.heating_wh[290].tolist() == one.heating_wh[0].tolist()
    assert len(set(needs.heating_wh.sum(axis=1).tolist())) > 250


def test_zones_run_together_only_where_they_may():
    kept = groups(several()[:5])
    # The first two share all; setback, recovery and angular glass each stand apart.
    assert sorted(kept.values()) == [[0, 1], [2], [3], [4]]
    many = Zone("star", 20.0, 50.0, tuple(
        Element(str(n), 5.0, 0.5, Plane(90.0, 40.0 * n)) for n in range(7)
    ))  # fmt: skip
    (key,) = groups([many])
    assert key.own == 0


def test_what_an_engine_does_not_know_is_none():
    needs = simulate([box()], wave_climate(), "seasonal", sky="isotropic")
    assert needs.cooling_wh is needs.peak_heating_w is needs.coldest_c is None
    assert needs.heating_wh.shape == (1, 12)


def test_hours_are_kept_when_asked_for():
    needs = simulate([box()], wave_climate(), "rc5", sky="isotropic", hourly=True,
                     free_float=False)  # fmt: skip
    (hours,) = needs.hours
    assert hours.heating_w.sum() == pytest.approx(needs.heating_wh.sum(), abs=12)
    assert abs(hours.imbalance_w).max() < 1e-6
    assert needs.coldest_c is None


def test_free_air_is_warmer_behind_larger_glass():
    zones = [
        box(windows=(Window("w", area, 2.0, 0.6, SOUTH),),
            elements=(Element("r", 20.0, 0.3, ROOF),))
        for area in (1.0, 6.0)
    ]  # fmt: skip
    needs = simulate(zones, wave_climate(), "modal", sky="isotropic", compiled=False)
    assert needs.warmest_c[1] > needs.warmest_c[0] + 3
    assert np.all(needs.coldest_c < needs.warmest_c)


def test_an_unknown_engine_is_named():
    with pytest.raises(ValueError, match="seasonal, rc5, modal"):
        simulate([box()], wave_climate(), "steam", sky="isotropic")
