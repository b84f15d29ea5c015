"""Every package of one block side by side: cost, class, CO2, bill, who pays, what is best."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from vatra.plans.retrofit.classes import CO2, LETTERS, Indices, class_indices, has_scale, scale
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
    no other beats in cost, primary energy, CO2 and bill at once. ``before`` is the block as it
    stands, one row, with its classes in ``before_classes`` (energy, CO2 or ``None``).
    """

    packages: Packages
    costs: Costs
    figures: Figures
    works: Works
    energy_classes: Indices
    co2_classes: Indices | None
    funding: Funding
    is_on_front: Flags
    before: Figures
    before_classes: tuple[str, str | None]

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
    front: bool = True,
) -> Appraisal:
    """Costs, classes, bills, funding and Pareto front of every package of a block.

    Parameters
    ----------
    energy : of the ``n`` packages; its peak load sizes the heat pumps unless ``quantities`` count
        them
    before : of the block as it stands, one row
    quantities : of the block by basis, see ``costs.costs``
    front : False leaves ``is_on_front`` unasked, all false

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
    present = figures(before, block, on_date, own_eur_per_mwh)
    works = works_of(packages, after, present)
    return Appraisal(
        packages,
        cost,
        after,
        works,
        class_indices(after.primary_kwh_m2, scale(block.scale, on_date)),
        _co2_classes(after, block, on_date),
        fund(block, works, cost, programme_ids, on_date, applicant=applicant, city=city),
        pareto_front(_objectives(cost, after)) if front else np.zeros(packages.count, np.bool_),
        present,
        _letters(present, block, on_date),
    )


def _co2_classes(of: Figures, block: Block, on_date: date) -> Indices | None:
    if not has_scale(block.scale, on_date, CO2):
        return None
    return class_indices(of.co2_kg_m2, scale(block.scale, on_date, CO2))


def _letters(of: Figures, block: Block, on_date: date) -> tuple[str, str | None]:
    carbon = _co2_classes(of, block, on_date)
    energy = class_indices(of.primary_kwh_m2, scale(block.scale, on_date))
    return LETTERS[energy[0]], None if carbon is None else LETTERS[carbon[0]]


def _objectives(cost: Costs, after: Figures) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    return np.column_stack(
        [cost.total_cents(), after.primary_kwh_m2, after.co2_kg_m2, after.bill_eur]
    ).astype(np.float64)
