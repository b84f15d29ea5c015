"""The figures a city's pages speak of, taken from its sealed document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from vatra.plans import DRIVERS
from vatra.tables.vocabulary import GASES, SECTORS
from vatra.web.base.tables import PPM


@dataclass(frozen=True)
class Facts:
    """A sealed document read as one asks about it; masses in mg, shares in parts per million."""

    document: Mapping[str, Any]

    @property
    def city(self) -> Mapping[str, Any]:
        """Name, years, gases, sets as sealed."""
        return self.document["city"]

    @property
    def plan(self) -> Mapping[str, Any] | None:
        """The pathway, or None when the pack has none."""
        return self.document["plan"]

    @property
    def path_left_mg(self) -> int | None:
        """What actions leave in the target year by the pathway; None when there are none."""
        totals = (self.document.get("pathway") or {}).get("total_mg", {})
        left = totals.get(str(self.target_year))
        return None if left is None else int(left)

    @property
    def path_left_ppm(self) -> int:
        """The same as a share of the base year."""
        return share_ppm(self.path_left_mg or 0, self.base_mg)

    @property
    def base_year(self) -> int:
        return int(self.city["base_year"])

    @property
    def target_year(self) -> int:
        return int(self.city["target_year"])

    @property
    def unit(self) -> str:
        """What the tonnes are of: CO₂ alone, or CO₂-equivalent."""
        return "CO₂" if list(self.city["gases"]) == ["CO2"] else "CO₂e"

    @property
    def base_path(self) -> str:
        """Path of the number that explains the base year's total."""
        return str(self.base_year)

    @property
    def base_mg(self) -> int:
        return int(self.document["totals"]["all"].get(str(self.base_year), 0))

    @property
    def years(self) -> list[int]:
        """Years that the inventory counts, first to last."""
        return sorted(int(year) for year in self.document["totals"]["all"])

    @property
    def sectors(self) -> list[str]:
        """Sectors with figures, in the order contracts print them."""
        found = {name for by in self.document["totals"]["by_sector"].values() for name in by}
        return [name for name in SECTORS if name in found]

    @property
    def missing_gases(self) -> list[str]:
        """Which of the seven gases are not counted."""
        return [gas for gas in GASES if gas not in self.city["gases"]]

    @property
    def largest_sector(self) -> str:
        """The sector with most of the base year's emissions; the first one where all have none."""
        return max(self.sectors, key=lambda each: self.sector_mg(self.base_year, each) or 0)

    @property
    def largest_ppm(self) -> int:
        """Its share of the base year."""
        return share_ppm(self.sector_mg(self.base_year, self.largest_sector) or 0, self.base_mg)

    def sector_mg(self, year: int, sector: str) -> int | None:
        """Emissions of a sector in a year, None where nothing was counted."""
        return self.document["totals"]["by_sector"].get(str(year), {}).get(sector)

    def cut_of(self, driver: str, way: str = "in_order") -> int:
        """What one driver takes off the base year."""
        if self.plan is None:
            return 0
        return int(self.plan["split"][way]["total"][driver])

    @property
    def grid_mg(self) -> int:
        return self.cut_of("grid")

    @property
    def background_mg(self) -> int:
        return self.cut_of("background")

    @property
    def measures_mg(self) -> int:
        return self.cut_of("measures")

    @property
    def grid_ppm(self) -> int:
        """Share of the cut that the grid's factor brings."""
        return share_ppm(self.grid_mg, sum(self.cut_of(each) for each in DRIVERS))

    @property
    def measures_ppm(self) -> int:
        """Share of the cut that measures bring."""
        return share_ppm(self.measures_mg, sum(self.cut_of(each) for each in DRIVERS))

    @property
    def missed_mg(self) -> int:
        """What the plan leaves above its target, 0 where it reaches it."""
        return max(0, self.plan["residual_mg"] - self.plan["target_mg"]) if self.plan else 0

    @property
    def claimed_mg(self) -> int:
        """Tonnes printed for all measures together."""
        return sum(each["claimed_mg"] or 0 for each in self.document["measures"])

    @property
    def measures_without_tonnes(self) -> int:
        """How many measures print no tonnes."""
        return sum(each["claimed_mg"] is None for each in self.document["measures"])

    @property
    def unattributed_mg(self) -> int:
        """Part of the cut by measures that no measure has tonnes for."""
        return sum(self.plan["unattributed_mg"].values()) if self.plan else 0

    @property
    def measures_count(self) -> int:
        return len(self.document["measures"])

    @property
    def cost_cents(self) -> int:
        """What all measures cost together, those with a printed cost."""
        return sum(each["cost_cents"] or 0 for each in self.document["measures"])


def headline(document: Mapping[str, Any]) -> dict[str, Any]:
    """The part of a sealed document that a list of cities speaks of, some kilobytes at most."""
    totals, path = document["totals"], document.get("pathway")
    return {
        "city": document["city"],
        "totals": {"all": totals["all"], "by_sector": totals["by_sector"]},
        "plan": document["plan"],
        "pathway": {"total_mg": path["total_mg"]} if path else None,
        "measures": [],
    }


def share_ppm(part: int, whole: int) -> int:
    """Parts per million, 0 of nothing."""
    return round(part * PPM / whole) if whole else 0


def cut_share(base: int | None, left: int | None) -> int | None:
    """How much of the base is gone, in parts per million; None where one of them is not known."""
    return share_ppm(base - left, base) if base and left is not None else None
