"""What can be done in a quarter: every block beside every package, as arrays."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from vatra.plans.quarter.errors import QuarterError

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Menu:
    """``n`` blocks and ``p`` packages, the same list for all; arrays [n, p] unless said otherwise.

    Attributes
    ----------
    blocks, packages : codes, [n] and [p]
    kept : place of the package that changes nothing; its column is the quarter as it stands, costs
        nothing and is allowed to every block
    flats_count, floor_m2 : of the blocks, [n]; flats 0 where nobody lives
    cost_cents : without value added tax
    owners_cents : what owners bear at most
    grant_cents : what each public payer (``eu``, ``state``, ``city``, ...) bears; together with
        the owners exactly ``cost_cents``
    co2_kg, primary_kwh, heating_kwh, bill_eur, peak_heat_kw : of a typical year after the works;
        all carriers and services that the certificate counts
    final_kwh : bought by carrier
    energy_class : place in ``retrofit.LETTERS``; 0 is the best
    allowed : whether a block may have a package
    group : [n], who is compared with whom when works are shared out fairly: an income group, or the
        class before the works
    undivided_cents : how much of ``owners_cents`` public budgets may yet bear; no programme says
    cost_low_cents, cost_high_cents : P10 and P90 of the cost; ``None`` where not known
    vat_percent : value added tax on top of the costs

    Raises ``QuarterError`` naming every array that does not fit.
    """

    blocks: tuple[str, ...]
    packages: tuple[str, ...]
    kept: int
    flats_count: Ints
    floor_m2: Floats
    cost_cents: Ints
    owners_cents: Ints
    grant_cents: Mapping[str, Ints]
    co2_kg: Floats
    primary_kwh: Floats
    heating_kwh: Floats
    bill_eur: Floats
    peak_heat_kw: Floats
    final_kwh: Mapping[str, Floats]
    energy_class: Ints
    allowed: Flags
    group: tuple[str, ...]
    undivided_cents: Ints | None = None
    cost_low_cents: Ints | None = None
    cost_high_cents: Ints | None = None
    vat_percent: float | None = None
    columns: Mapping[str, Any] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "columns", self._columns())
        self._refuse_shapes()
        self._refuse_sums()

    @property
    def count(self) -> int:
        """How many blocks there are."""
        return len(self.blocks)

    def before(self, name: str) -> Floats:
        """A column as the quarter stands [n]: ``before("co2_kg")``."""
        return np.asarray(self.columns[name][:, self.kept])

    def of(self, name: str, package: Ints) -> Any:
        """A column under one package per block [n]."""
        return self.columns[name][np.arange(self.count), package]

    def _columns(self) -> dict[str, Any]:
        plain = ("cost_cents", "owners_cents", "co2_kg", "primary_kwh", "heating_kwh", "bill_eur",
                 "peak_heat_kw", "energy_class", "allowed")  # fmt: skip
        found = {name: getattr(self, name) for name in plain}
        for name in ("undivided_cents", "cost_low_cents", "cost_high_cents"):
            if getattr(self, name) is not None:
                found[name] = getattr(self, name)
        found |= {f"grant.{payer}": each for payer, each in sorted(self.grant_cents.items())}
        found |= {f"final.{carrier}": each for carrier, each in sorted(self.final_kwh.items())}
        return found

    def _refuse_shapes(self) -> None:
        n, shape = len(self.blocks), (len(self.blocks), len(self.packages))
        wrong = [name for name, each in self.columns.items() if np.shape(each) != shape]
        wrong += [
            name
            for name in ("flats_count", "floor_m2", "group")
            if np.shape(getattr(self, name)) != (n,)
        ]
        wrong += [
            name
            for name, each in self.columns.items()
            if name not in wrong and not bool((np.isfinite(each) & (np.asarray(each) >= 0)).all())
        ]
        if wrong or not n or not 0 <= self.kept < shape[1]:
            raise QuarterError("menu-shape", names=wrong, blocks=n, packages=shape[1])
        twice = sorted(each for each, count in Counter(self.blocks).items() if count > 1)
        if twice:
            raise QuarterError("menu-twice", names=twice)

    def _refuse_sums(self) -> None:
        paid = self.owners_cents + sum(self.grant_cents.values(), np.zeros_like(self.owners_cents))
        off = np.flatnonzero((paid != self.cost_cents).any(axis=1))
        if len(off):
            raise QuarterError("menu-payers", names=[self.blocks[each] for each in off[:10]])
        free = (self.cost_cents[:, self.kept] == 0) & self.allowed[:, self.kept]
        if not free.all():
            raise QuarterError("menu-kept", package=self.packages[self.kept])
