"""Costs of a package under draws, and what of them the owners bear."""

from __future__ import annotations

import numpy as np

from vatra.plans.bills import WorkDraws
from vatra.plans.bills.reading import Floats
from vatra.plans.retrofit import Costs, cost_items, fund
from vatra.plans.retrofit.costs import GROUPS, STATISTICS, heat_pump_count
from vatra.plans.stock import archetypes
from vatra.runs.retrofit import Renovation
from vatra.runs.retrofit_facts import block_of, quantities
from vatra.runs.retrofit_rows import one_works

_CENTS = 100


def drawn_cents(found: Renovation, place: int, luck: WorkDraws) -> Floats:
    """Cost of a package by group under every draw, without VAT [n, groups], in whole cents.

    All prices rise and fall together, so that P10 and P90 are those of ``plans.retrofit.costs``;
    pumps are ordered for the expected block.
    """
    amounts = dict(quantities(found.zone, found.building))
    peak_kw = found.spent.energy.peak_heat_kw
    if peak_kw is not None:
        amounts["heat_pump_count"] = float(heat_pump_count(peak_kw[[place]])[0])
    total = np.zeros((luck.count, len(GROUPS)))
    items = cost_items()
    units = found.packages.units(list(items))[place]
    for unit, item in zip(units, items.values(), strict=True):
        if unit:
            price = item.unit_cost_eur.quantile(luck.price_probability)
            # Panels and batteries bring their amount with them.
            much = unit * amounts.get(item.basis, 1.0)
            total[:, GROUPS.index(item.group)] += _CENTS * price * much
    return np.asarray(np.rint(total))


def owners_cents(found: Renovation, place: int, cost_cents: Floats) -> Floats:
    """What owners bear at most under every draw [n].

    Public money is divided by the rules as for the expected works: an audit before them decides,
    not what comes out of them.
    """
    block = block_of(found.building, archetypes()[found.building.archetype], found.asked)
    cents = cost_cents.astype(np.int64)
    cost = Costs(
        np.broadcast_to(cents, (len(STATISTICS), *cents.shape)).copy(),
        found.appraisal.costs.vat_percent,
    )
    paid = fund(
        block,
        one_works(found.appraisal.works, place),
        cost,
        found.programme_ids,
        found.asked.on_date,
        applicant=found.asked.who_applies,
        city=found.asked.city,
    )
    return paid.owners_most_cents.astype(np.float64)
