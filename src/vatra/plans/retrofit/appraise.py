"""Every package of one block side by side: cost, class, CO2, bill, who pays, what is best."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from vatra.plans.retrofit.classes import CO2, Indices, class_indices, has_scale, scale
from vatra.plans.retrofit.costs import Costs, Quantities, costs, heat_pump_count
from vatra.plans.retrofit.energy import Energy, Figures, figures, works_of
from vatra.plans.retrofit.facts import Applicant, Block, City, Works
from vatra.plans.retrofit.flats import per_flat
from vatra.plans.retrofit.funding import Funding, fund
from vatra.plans.retrofit.packages import Packages
from vatra.plans.retrofit.pareto import pareto_front
from vatra.plans.retrofit.reading import Cents, Flags, RetrofitError


@dataclass(frozen=True)
class Appraisal:
    """Everything about ``n`` packages of a block; arrays [n] unless said otherwise.

    ``energy_classes`` and ``co2_classes`` are places in ``classes.LETTERS``; ``co2_classes`` is
    ``None`` where no scale is known for the kind of building. ``is_on_front`` marks packages that
    no other beats in cost, primary energy, CO2 and bill at once.
    """

    packages: Packages
    costs: Costs
    figures: Figures
    works: Works
    energy_classes: Indices
    co2_classes: Indices | None
    funding: Funding
    is_on_front: Flags

    def owners_per_flat_cents(self, block: Block) -> Cents:
        """What the owner of each flat bears at most, without value added tax [n, flats]."""
        return per_flat(self.funding.owners_most_cents, block.flat_m2)


def appraise(
    block: Block,
    packages: Packages,
    energy: Energy,
    before: Energy,
    quantities: Quantities,
    programme_ids: Sequence[str],
    on_date: date,
    *,
    applicant: Applicant | None = None,
    city: City | None = None,
    own_eur_per_mwh: Mapping[str, float] | None = None,
) -> Appraisal:
    """Costs, classes, bills, funding and Pareto front of every package of a block.

    Parameters
    ----------
    energy : of the ``n`` packages; its peak load sizes the heat pumps unless ``quantities`` count
        them
    before : of the block as it stands, one row
    quantities : of the block by basis, see ``costs.costs``

    Raises ``RetrofitError`` for what is missing, see the functions of this room.
    """
    for each, count in ((energy, packages.count), (before, 1)):
        if each.count != count:
            raise RetrofitError("energy-shape", names=["heating"], count=count)
    amounts = dict(quantities)
    if energy.peak_heat_kw is not None:
        amounts.setdefault("heat_pump_count", heat_pump_count(energy.peak_heat_kw))
    cost = costs(packages, amounts, on_date)
    after = figures(energy, block, on_date, own_eur_per_mwh)
    works = works_of(packages, after, figures(before, block, on_date, own_eur_per_mwh))
    co2_known = has_scale(block.scale, on_date, CO2)
    return Appraisal(
        packages,
        cost,
        after,
        works,
        class_indices(after.primary_kwh_m2, scale(block.scale, on_date)),
        class_indices(after.co2_kg_m2, scale(block.scale, on_date, CO2)) if co2_known else None,
        fund(block, works, cost, programme_ids, on_date, applicant=applicant, city=city),
        pareto_front(_objectives(cost, after)),
    )


def _objectives(cost: Costs, after: Figures) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    return np.column_stack(
        [cost.total_cents(), after.primary_kwh_m2, after.co2_kg_m2, after.bill_eur]
    ).astype(np.float64)
