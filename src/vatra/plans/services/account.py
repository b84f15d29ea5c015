"""The books of one computation: what is bought, lost and free, service by service."""

from __future__ import annotations

from dataclasses import dataclass, field

from vatra.plans.services.reading import Floats
from vatra.plans.services.served import Bought

ELECTRICITY = "electricity"


@dataclass
class Account:
    """Amounts by month [Wh], [n, 12], added up under their names as they come."""

    wh: dict[tuple[str, str], Floats] = field(default_factory=dict)
    losses: dict[str, Floats] = field(default_factory=dict)
    need: dict[str, Floats] = field(default_factory=dict)
    free: dict[tuple[str, str], Floats] = field(default_factory=dict)
    auxiliary: dict[str, Floats] = field(default_factory=dict)

    def buys(self, service: str, carrier: str, amount: Floats) -> None:
        """Something bought for a service."""
        key = service, carrier
        self.wh[key] = self.wh[key] + amount if key in self.wh else amount

    def loses(self, service: str, stage: str, amount: Floats) -> None:
        """Something lost on the way."""
        key = f"{service}_{stage}"
        self.losses[key] = self.losses[key] + amount if key in self.losses else amount

    def needs(self, service: str, amount: Floats) -> None:
        """What arrives where it is wanted."""
        self.need[service] = self.need[service] + amount if service in self.need else amount

    def takes(self, service: str, origin: str, amount: Floats) -> None:
        """Something that nobody pays for."""
        key = service, origin
        self.free[key] = self.free[key] + amount if key in self.free else amount

    def helps(self, service: str, amount: Floats) -> None:
        """Electricity of pumps and fans, bought with the rest."""
        held = self.auxiliary.get(service)
        self.auxiliary[service] = amount if held is None else held + amount
        self.buys(service, ELECTRICITY, amount)

    def closed(self) -> Bought:
        """The books as a result."""
        return Bought(self.wh, self.losses, self.need, self.free, self.auxiliary)
