"""Fares and charges: income of one, cost of another, nothing to the whole."""

from dataclasses import replace

from tests.plans.engine.models import action
from vatra.plans.catalogue import catalogue
from vatra.plans.finance.prices import data_rows
from vatra.plans.finance.transfers import fees, gains, transfer_payer
from vatra.tables.budgets import PAYERS
from vatra.tables.vocabulary import FIELDS


def of(catalogue_id: str, field: str):
    return replace(action("a", catalogue=catalogue_id), field=field)


def test_who_pays_what():
    parking = of("parking_policy", "mobility_transport")
    hub = of("consolidation_centre", "mobility_transport")
    chargers = of("ev_charging_public", "mobility_transport")
    roofs = of("pv_flats", "energy_systems")
    assert [transfer_payer(each) for each in (parking, hub, chargers, roofs)] == [
        "households", "businesses", "", None
    ]  # fmt: skip
    assert gains([parking, hub, chargers, roofs]).tolist() == [0.0, 0.0, 0.0, 1.0]
    assert fees([parking, hub, chargers, roofs], "households").tolist() == [1.0, 0.0, 0.0, 0.0]


def test_an_action_of_the_city_itself_goes_by_its_field():
    assert transfer_payer(of("", "mobility_transport")) == "households"
    assert transfer_payer(of("", "waste_circular")) is None


def test_every_row_names_something_that_exists():
    known = {"field": set(FIELDS), "catalogue": set(catalogue())}
    for row in data_rows("transfers"):
        assert row["name"] in known[row["kind"]]
        assert row["payer"] in ("", *PAYERS)
        assert row["note"]
