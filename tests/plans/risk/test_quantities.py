"""Which numbers of a plan are doubted, and where the defaults stand in."""

import pytest

from tests.plans.risk.models import model, savings, tonnes
from vatra.plans.distributions import parse
from vatra.plans.engine import OPERATORS
from vatra.plans.risk import defaults, quantities, scale
from vatra.plans.risk.quantities import PARAMETERS


def keys(found):
    return [each.key for each in found]


def test_stated_doubts_are_taken_as_they_are():
    found = quantities(
        model(savings("a", "uniform(0.1; 0.3)", delay="uniform(0; 2)", probability=0.8)),
        with_defaults=False,
    )
    assert keys(found) == ["a/strength", "a/delivery", "a/delay"]
    assert found[0].distribution == parse("uniform(0.1; 0.3)")
    assert found[1].distribution.mean == pytest.approx(0.8)
    assert not any(each.is_default or each.is_multiple for each in found)


def test_a_certain_plan_has_no_doubted_numbers():
    assert quantities(model(savings(), tonnes("b", "200")), with_defaults=False) == ()


def test_defaults_stand_in_where_nothing_is_stated():
    found = quantities(model(savings("a"), tonnes("b", "200")))
    assert keys(found) == [
        "a/strength", "a/delivery", "a/delay", "b/amount", "b/delivery", "b/delay",
    ]  # fmt: skip
    assert all(each.is_default and each.source for each in found)
    claims = next(each for each in found if each.key == "b/amount")
    assert claims.is_multiple
    assert claims.distribution == parse("pert(0.4; 0.8; 1)")


def test_a_stated_doubt_displaces_only_its_own_default():
    found = quantities(model(savings("a", "uniform(0.1; 0.3)", delay="uniform(0; 2)")))
    assert keys(found) == ["a/strength", "a/delay"]
    assert not any(each.is_default for each in found)


def test_certainty_may_be_stated():
    found = quantities(model(savings("a"), savings("b")), stated_delivery={"a"})
    assert keys(found) == ["a/strength", "b/strength", "b/delivery", "b/delay"]


def test_an_action_not_chosen_is_not_doubted():
    from vatra.plans.engine import Choice

    plan = model(savings("a")).with_choices({"a": Choice(2025, 0.0)})
    assert quantities(plan) == ()


def test_scales_come_last_and_name_their_cells():
    found = quantities(model(savings("a")), [scale("factor_path", "electricity", [0])])
    assert found[-1].key == "electricity/factor_path"
    assert found[-1].is_default and found[-1].cells == (0,)
    stated = scale("activity", "buildings", [0], parse("normal(1; 0.02)"), "survey")
    assert not stated.is_default and stated.source == "survey"


def test_two_of_one_name_are_refused():
    twice = [scale("factor", "electricity", [0]), scale("factor", "electricity", [0])]
    with pytest.raises(ValueError, match="electricity/factor"):
        quantities(model(), twice)


def test_every_operator_has_a_default_with_a_source():
    by_what = {each.what for each in defaults()}
    assert set(OPERATORS) <= by_what
    assert all(each.source for each in defaults())
    of_effects = [each for each in defaults() if each.what in OPERATORS]
    assert {each.parameter for each in of_effects} <= set(PARAMETERS)


def test_default_doubts_never_promise_more_on_average():
    for each in defaults():
        if each.form == "multiple":
            assert each.distribution.mean <= 1.0 + 1e-12, each.what


def test_one_share_for_all_carriers_that_one_action_promises():
    from dataclasses import replace

    from vatra.plans.engine import Effect

    of_gas, of_power = (
        Effect("observed_energy", "buildings", carrier, amount=parse("1e9"))
        for carrier in ("natural_gas", "electricity")
    )
    plan = model(replace(savings("a", "0.1"), effects=(of_gas, of_power)))
    found = quantities(plan, stated_delivery={"a"})
    assert keys(found) == ["a/amount"]
    assert found[0].effects == (0, 1)


def test_an_action_that_does_nothing_is_doubted_only_where_others_wait_for_it():
    from dataclasses import replace

    empty = replace(savings("a"), effects=())
    assert quantities(model(empty)) == ()
    waiting = savings("b", requires=("a",))
    found = quantities(model(empty, waiting), stated_delivery={"b"})
    assert keys(found) == ["a/delivery", "a/delay", "b/strength"]
