"""From a folder of buildings and a question to one package for each block, and when it is done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from vatra.plans.blocks import Climate, Engine
from vatra.plans.quarter import (
    EXACT,
    GAP_SHARE,
    Aim,
    Capacity,
    Chosen,
    Impossible,
    Menu,
    Order,
    Point,
    Shortfall,
    choose,
    frontier,
    neighbours,
    order_of_works,
    quarter_packages,
    shortfall_words,
    shortfalls,
)
from vatra.plans.retrofit import Packages
from vatra.runs.quarter_network import NetworkView, branches, network_of, read_net
from vatra.runs.quarter_ranges import Ranges, ranges
from vatra.runs.quarter_sun import SunView, sun_view
from vatra.runs.retrofit import USUAL_HEAT, opened
from vatra.runs.retrofit_facts import Asked
from vatra.runs.retrofit_menu import renovate_all
from vatra.runs.stock import Stock
from vatra.tables import Finding, FindingsError
from vatra.tables.findings import Severity
from vatra.words import Language

Progress = Callable[[str], None]
# Uses that the scales of energy classes and the usual systems know.
HOMES = ("block", "house")


@dataclass(frozen=True)
class Question:
    """What is asked of a quarter.

    ``asked`` the day, the programmes and what is known of the place; ``heat`` what heats blocks
    without a row in ``building_systems.csv``; without ``together`` neighbours are not kept
    together in the order of works.
    """

    aim: Aim
    capacity: Capacity
    asked: Asked
    climate: str = "iasi"
    engine: Engine = "rc5"
    heat: str = USUAL_HEAT
    warmer_k: float = 0.0
    together: bool = True
    method: str = EXACT
    gap_share: float = GAP_SHARE


@dataclass(frozen=True, eq=False)
class QuarterRun:
    """A quarter, what was chosen for it, and what came of it.

    ``points`` money against CO2; ``spread`` P10 to P90; ``network`` and ``sun`` None where there is
    no heat network in the folder, or no panels were chosen.
    """

    stock: Stock
    climate: Climate
    question: Question
    packages: Packages
    menu: Menu
    chosen: Chosen
    order: Order
    points: tuple[Point, ...]
    spread: Ranges
    network: NetworkView | None = None
    sun: SunView | None = None
    findings: tuple[Finding, ...] = field(default=())

    @property
    def name(self) -> str:
        """The quarter by the words of its buildings."""
        names = sorted({each.quarter for each in self.stock.buildings if each.quarter})
        return ", ".join(names)

    @property
    def synthetic(self) -> bool:
        """Whether any building, or the weather, is made up."""
        return self.stock.synthetic or self.climate.synthetic


def run_quarter(folder: Path, question: Question, progress: Progress | None = None) -> QuarterRun:
    """Read a quarter, weigh every package of every block, choose, and order the works.

    ``progress`` is called with the name of each step as it begins. Raises ``FindingsError`` with
    all faults of the files, ``NoChoice`` with the demands that cannot be met and what would do,
    ``QuarterError`` and ``RetrofitError`` for what means nothing.
    """
    say = progress or (lambda step: None)
    say("read")
    stock, climate = opened_homes(folder, question)
    return run_stock_quarter(stock, climate, question, quarter_packages(), folder, progress)


def opened_homes(folder: Path, question: Question) -> tuple[Stock, Climate]:
    """The blocks and houses of a folder and its climate; what is used otherwise is left out and
    said so, as there is no scale of classes for it.

    Raises ``FindingsError`` with all faults at once, or where nobody lives in the folder.
    """
    stock, climate = opened(folder, question.climate, question.warmer_k)
    homes = tuple(each for each in stock.buildings if each.use in HOMES)
    others = [each for each in stock.buildings if each.use not in HOMES]
    if not others:
        return stock, climate
    params = {"count": len(others), "some": [each.code for each in others[:10]]}
    severity: Severity = "warning" if homes else "error"
    finding = Finding("runs.quarter-left-out", severity, "buildings.csv", params=params)
    if not homes:
        raise FindingsError([*stock.findings, finding])
    return replace(stock, buildings=homes, findings=(*stock.findings, finding)), climate


def run_stock_quarter(
    stock: Stock,
    climate: Climate,
    question: Question,
    packages: Packages,
    folder: Path | None = None,
    progress: Progress | None = None,
) -> QuarterRun:
    """The same for a stock that was read, under given packages."""
    say = progress or (lambda step: None)
    say("weigh")
    menu = renovate_all(
        stock, climate, question.asked, packages, engine=question.engine, heat=question.heat
    )
    say("choose")
    chosen = chosen_or_told(menu, question)
    return finish(stock, climate, question, packages, menu, chosen, folder, progress)


class NoChoice(Exception):
    """No choice meets all demands; ``shortfalls`` say which and what would do."""

    def __init__(self, short: Sequence[Shortfall]) -> None:
        self.shortfalls = tuple(short)
        super().__init__("\n".join(self.texts("en")))

    def texts(self, lang: Language) -> list[str]:
        """A sentence for each demand that falls short."""
        return [shortfall_words(each, lang) for each in self.shortfalls]


def chosen_or_told(menu: Menu, question: Question) -> Chosen:
    """The choice; ``NoChoice`` with every demand that falls short where there is none."""
    try:
        return choose(menu, question.aim, method=question.method, gap_share=question.gap_share)
    except Impossible as fault:
        short = shortfalls(menu, question.aim)
        if not short:
            raise
        raise NoChoice(short) from fault


def finish(
    stock: Stock,
    climate: Climate,
    question: Question,
    packages: Packages,
    menu: Menu,
    chosen: Chosen,
    folder: Path | None = None,
    progress: Progress | None = None,
) -> QuarterRun:
    """Order, ranges, network and sun of a choice."""
    say = progress or (lambda step: None)
    say("order")
    capacity = question.capacity
    net, findings = read_net(folder, stock)
    if question.together:
        groups = neighbours(stock.buildings, stock.footprints, branches(net))
        capacity = replace(capacity, together=(*capacity.together, *groups))
    order = order_of_works(chosen, capacity)
    say("draw")
    spread = ranges(stock, climate, packages, chosen, question.heat)
    say("network")
    network = None if net is None else network_of(net, stock, climate, packages, chosen)
    say("share")
    return QuarterRun(
        stock,
        climate,
        question,
        packages,
        menu,
        chosen,
        order,
        frontier(menu, question.aim),
        spread,
        network,
        sun_view(stock, climate, packages, chosen),
        (*stock.findings, *findings),
    )
