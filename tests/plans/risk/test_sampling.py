"""Draws through the engine: known by hand, and the same on any number of threads."""

import numpy as np
import pytest

from tests.plans.risk.models import YEARS, T, base, model, savings, tonnes, two_cells
from vatra.plans.distributions import parse
from vatra.plans.engine import Effect, Model, central, evaluate
from vatra.plans.risk import (
    Assembly,
    chance,
    default_correlations,
    design,
    fan,
    left_share,
    quantities,
    sample,
    scale,
)  # fmt: skip

HOW = design(8192, 11)


def run(plan, *scales, with_defaults=False, how=HOW, **more):
    found = quantities(plan, scales, with_defaults)
    return sample(plan, found, how, 2035, **more)


def test_nothing_doubted_gives_the_plan_itself_in_every_draw():
    plan = model(savings("a", "0.3"), tonnes("b", "100"))
    found = run(plan, how=design(64))
    assert (found.total_mg == evaluate(plan).total_mg).all()
    # 1,000 t x 0.7 - 100 t
    assert found.total_mg[0, -1] == pytest.approx(600 * T)


def test_a_uniform_claim_gives_a_uniform_fan():
    found = run(model(tonnes("a", "uniform(100; 300)")))
    figures = fan(found.years, found.total_mg, found.how)
    last = {name: values[-1] / T for name, values in figures.values.items()}
    # 1,000 t less 100 to 300 t: P5 at 710, P50 at 800, P95 at 890, mean 800
    assert last["p5"] == pytest.approx(710, abs=0.2)
    assert last["p25"] == pytest.approx(750, abs=0.2)
    assert last["p50"] == pytest.approx(800, abs=0.2)
    assert last["p95"] == pytest.approx(890, abs=0.2)
    assert last["mean"] == pytest.approx(800, abs=0.01)
    assert {name: values[0] / T for name, values in figures.values.items()} == {
        name: pytest.approx(1000) for name in figures.values
    }


def test_published_is_the_mean_of_the_results_not_the_result_of_the_means():
    plan = model(
        savings("a", "uniform(0; 1)"), savings("b", "uniform(0; 1)"),
        tonnes("c", "600"),
    )  # fmt: skip
    found = run(plan)
    mean = found.total_mg[:, -1].mean() / T
    # Means leave 1,000 x 0.5 x 0.5 = 250 t and the claim takes all of them: 0 t. Of the draws some
    # have more than 600 t left: E max(1000 u v - 600, 0), by hand below.
    assert evaluate(plan).total_mg[-1] == pytest.approx(0)
    k = 0.6
    # u v has the density -ln x on 0..1; the integral of (x - k)(-ln x) from k to 1
    expected = 1000 * (0.25 - k + k * k * (0.75 - np.log(k) / 2))
    assert mean == pytest.approx(expected, rel=0.01)
    assert mean > 0


def test_delivery_decides_alone():
    found = run(model(tonnes("a", "300", probability=0.7)))
    met = left_share(found, 2035) <= 0.75
    assert chance(met, found.how).share == pytest.approx(0.7, abs=1e-3)
    assert set(np.round(found.total_mg[:, -1] / T).tolist()) == {700.0, 1000.0}


def test_a_delay_shifts_the_curve_by_parts_of_a_year():
    # Ten years of equal steps from 2025; half a year late is half a step less
    plan = model(savings("a", "0.5", delay="uniform(0; 1)", shape="linear", ramp=10))
    found = run(plan)
    at_2030 = found.total_mg[:, YEARS.index(2030)] / T
    # In time 6 of 10 steps of 500 t: 700 t; a year late 5 steps: 750 t
    assert at_2030.min() == pytest.approx(700, abs=0.1)
    assert at_2030.max() == pytest.approx(750, abs=0.1)
    assert at_2030.mean() == pytest.approx(725, abs=0.1)


def test_an_action_waits_in_vain_for_one_not_delivered():
    plan = model(savings("a", "0.5", requires=("b",)), savings("b", "0.2", probability=0.5))
    left = run(plan).total_mg[:, -1] / T
    # Delivered: 1,000 x 0.5 x 0.8; not delivered: neither does anything
    assert set(np.round(left, 6).tolist()) == {400.0, 1000.0}


def test_an_action_that_is_never_done_does_nothing():
    plan = model(savings("a", "0.5", probability=0.0))
    assert run(plan, how=design(64)).total_mg[0, -1] == pytest.approx(1000 * T)


def test_a_factor_of_both_years_cancels_in_the_cut():
    plan = model(savings("a", "0.4"))
    scales = [scale("factor", "natural_gas", [0], parse("normal(1; 0.1)"), "x"),
              scale("activity", "gas", [0], parse("lognormal(0.5; 2)"), "x")]  # fmt: skip
    found = run(plan, *scales)
    assert left_share(found, 2035) == pytest.approx(0.6)
    assert found.total_mg[:, -1].std() > 100 * T


def test_a_path_grows_from_nothing():
    doubt = parse("uniform(0.5; 1.5)")
    found = run(model(savings("a", "0.5", use="tertiary"), on=two_cells()),
                scale("factor_path", "electricity", [1], doubt, "x"))  # fmt: skip
    spread = found.total_mg.std(axis=0) / T
    # Half the path by 2028, all of it in 2035: 200 t with a deviation of 1 / sqrt(12)
    assert spread[0] == 0
    assert spread[YEARS.index(2028)] == pytest.approx(100 / np.sqrt(12), rel=0.01)
    assert spread[-1] == pytest.approx(200 / np.sqrt(12), rel=0.01)


def test_a_plan_without_actions_still_has_its_inventory_s_doubt():
    doubt = parse("uniform(0.9; 1.1)")
    found = run(Model(two_cells(), ()), scale("activity", "homes", [0], doubt, "x"))
    assert found.total_mg[:, -1] == pytest.approx(found.base_mg)
    assert found.base_mg.min() / T == pytest.approx(940, abs=0.1)
    assert found.base_mg.max() / T == pytest.approx(1060, abs=0.1)


def rich():
    """Every kind of doubt at once."""
    shift = Effect("shift_carrier", use="residential", carrier="natural_gas",
                   to_carrier="electricity", strength=parse("pert(0.2; 0.4; 0.5)"),
                   ratio=parse("normal(3; 0.3)"))  # fmt: skip
    from tests.plans.risk.models import action
    from vatra.plans.engine import Base, Cell

    on = two_cells()
    cells = (*on.cells, Cell("residential", "buildings", "I.1", "electricity", "2"))
    amount = np.vstack([on.amount, on.amount[1] * 0])
    factor = np.vstack([on.factor, on.factor[1]])
    return Model(
        Base(on.years, cells, amount, factor),
        (
            savings("a", "0.3", shape="logistic", ramp=8),
            action("b", shift, 2024, probability=0.8, shape="cohort", ramp=12),
            tonnes("c", "uniform(20; 60)", delay="pert(0; 2; 5)", requires=("a",)),
            savings("d", "normal(0.1; 0.05)", use="tertiary"),
        ),
    )


SCALES = (
    scale("activity", "gas", [0]),
    scale("factor", "electricity", [1, 2]),
    scale("factor_path", "electricity", [1, 2]),
    scale("activity_path", "buildings", [0, 1, 2]),
)


def test_the_same_seed_gives_identical_bytes_on_any_number_of_threads():
    plan = rich()
    found = quantities(plan, SCALES)
    ties = default_correlations(found)
    runs = [sample(plan, found, design(2000, 5), 2035, ties, threads=n) for n in (1, 2, 5)]
    assert len({each.total_mg.tobytes() for each in runs}) == 1
    assert len({each.base_mg.tobytes() for each in runs}) == 1
    other = sample(plan, found, design(2000, 6), 2035, ties)
    assert other.total_mg.tobytes() != runs[0].total_mg.tobytes()


def test_every_draw_is_the_engine_on_that_draw_s_numbers():
    plan = rich()
    found = quantities(plan, SCALES)
    drawn = sample(plan, found, design(64, 5), 2035)
    assembly = Assembly(plan, found, 2035)
    for n in (0, 17, 40):
        alone = evaluate(plan, assembly.inputs(drawn.drawn.values[:, n : n + 1]))
        assert alone.total_mg[0] == pytest.approx(drawn.total_mg[n], rel=1e-12)


def test_means_of_all_numbers_are_the_central_run():
    plan = rich()
    found = quantities(plan, SCALES, with_defaults=False)
    assembly = Assembly(plan, found, 2035)
    from vatra.plans.risk.inputs import means

    values = means(found)
    delay = next(n for n, each in enumerate(found) if each.kind == "delay")
    delivery = next(n for n, each in enumerate(found) if each.kind == "delivery")
    values[delay], values[delivery] = 0.0, 1.0
    mine = evaluate(plan, assembly.inputs(values)).total_mg[0]
    assert mine == pytest.approx(evaluate(plan, central(plan)).total_mg, rel=1e-12)


def test_drawn_shares_stay_shares():
    plan = model(savings("a", "normal(0.9; 0.3)"))
    found = run(plan)
    assert found.total_mg.min() >= 0
    assert found.total_mg[:, -1].max() <= 1000 * T * (1 + 1e-12)


def test_progress_reaches_the_end_and_may_stop():
    seen = []
    run(model(savings("a", "uniform(0; 1)")), progress=lambda done, of: seen.append((done, of)))
    assert seen[-1] == (8192, 8192)
    assert seen == sorted(seen)

    class Enough(Exception):
        pass

    def stop(done, of):
        raise Enough

    with pytest.raises(Enough):
        run(model(savings("a", "uniform(0; 1)")), progress=stop)


def test_no_cut_of_nothing():
    nothing = run(model(savings("a", "uniform(0; 1)"), on=base(0.0)), how=design(64))
    with pytest.raises(ZeroDivisionError):
        left_share(nothing, 2035)
