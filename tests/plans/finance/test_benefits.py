"""Co-benefits: a ledger of its own, added up only where adding means something."""

from dataclasses import replace

import numpy as np
import pytest

from tests.plans.engine.models import action, base, efficiency
from vatra.plans.catalogue import catalogue
from vatra.plans.distributions import fixed
from vatra.plans.engine import Economics, Model
from vatra.plans.finance.benefits import co_benefits, totals
from vatra.plans.finance.costs import costs

FLATS = "flats_moderate"


def model(level: float = 1.0) -> Model:
    """A hundred flats at EUR 20,000 from 2024 on."""
    flats = action(
        "flats",
        efficiency(0.3, "residential"),
        start=2024,
        catalogue=FLATS,
        level=level,
        economics=Economics(100.0, fixed(20_000.0), lifetime_years=30.0),
    )
    return Model(base(), (flats,))


def ledger(level: float = 1.0):
    built = model(level)
    return co_benefits(built, costs(built))


def test_jobs_follow_the_capital_of_the_year():
    (jobs,) = [each for each in ledger() if each.benefit == "jobs"]
    stated = next(each for each in catalogue()[FLATS].co_benefits if each.benefit == "jobs")
    assert stated.amount is not None
    # EUR 2 million in 2024 and nothing after.
    assert jobs.yearly[3] == pytest.approx(2 * stated.amount.mean)
    assert not any(jobs.yearly[:3] + jobs.yearly[4:])
    assert jobs.total_unit == "job_years"
    assert jobs.low is not None
    assert jobs.high is not None
    assert jobs.low < jobs.middle < jobs.high  # type: ignore[operator]


def test_what_cannot_be_added_up_is_not():
    shares = [each for each in ledger() if each.unit == "percent_heating_bill"]
    assert shares
    assert all(each.yearly == () and each.middle is not None for each in shares)
    directions = [each for each in ledger() if each.unit == "direction_only"]
    assert directions
    assert all(each.middle is None for each in directions)
    assert set(totals(ledger())) == {("jobs", "job_years")}


def test_actions_without_catalogue_and_those_not_chosen_have_no_entry():
    built = model()
    own = replace(built, actions=(replace(built.actions[0], catalogue=""),))
    assert co_benefits(own, costs(own)) == ()
    assert ledger(level=0.0) == ()


def test_totals_are_sums_of_the_years():
    (amount,) = totals(ledger()).values()
    jobs = next(each for each in ledger() if each.benefit == "jobs")
    assert amount == pytest.approx(float(np.sum(jobs.yearly)))
