"""What a heated zone is made of, as the engines take it; whoever fills it has checked it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from vatra.plans.blocks.sun.plane import SOUTH_WALL, Plane

Boundary = Literal["outside", "ground", "unheated", "adjacent", "space"]
BOUNDARIES: tuple[Boundary, ...] = ("outside", "ground", "unheated", "adjacent", "space")
MassClass = Literal["very_light", "light", "medium", "heavy", "very_heavy"]
MASS_CLASSES: tuple[MassClass, ...] = ("very_light", "light", "medium", "heavy", "very_heavy")
Place = Literal["inside", "outside", "both", "spread", "middle"]
PLACES: tuple[Place, ...] = ("inside", "outside", "both", "spread", "middle")
# Surfaces that nobody describes: emissivity as in the constants of ISO 52016-1, and how much of the
# sun indoors they take up (the reference rooms of ANSI/ASHRAE 140).
USUAL_EMISSIVITY, USUAL_ABSORPTANCE = 0.9, 0.6
# 24 values, one an hour of the day; None is "off".
Day = tuple[float | None, ...]


@dataclass(frozen=True)
class Layer:
    """One layer of an element: thickness [m], conductivity [W/mK], density [kg/m3], specific heat
    [J/kgK]."""

    d_m: float
    k_w_mk: float
    rho_kg_m3: float
    c_j_kgk: float

    @property
    def r_m2k_w(self) -> float:
        """Resistance of the layer."""
        return self.d_m / self.k_w_mk


@dataclass(frozen=True)
class Ground:
    """Ground under a slab (EN ISO 13370): how far its temperature swings with the months.

    ``swing_w_k`` is the periodic coefficient H_pe [W/K], ``lag_months`` how late it follows the
    outdoor air (1 for a slab).
    """

    swing_w_k: float
    lag_months: float = 1.0


@dataclass(frozen=True)
class Element:
    """An opaque part of the envelope, or a wall within the zone (``boundary`` adjacent).

    Attributes
    ----------
    u_w_m2k : from air to air, with the surface resistances of ISO 6946
    layers : from inside to outside; an empty tuple leaves mass to ``mass`` and ``place``
    b_share : how much of the difference to outdoors is behind the element (EN ISO 13789)
    beyond_c : a steady temperature behind the element instead, such as deep ground [degC]
    absorptance_share : of the sun on the outer surface
    emissivity_share : of the outer surface, for what it radiates to sky and surroundings
    inner_absorptance_share, inner_emissivity_share : of the surface in the room
    space : name of the room behind it, where ``boundary`` is ``space``
    ground : what the ground below or beside it is like; its temperature then follows the months
    layers_share, added_m2k_w : after works, where there are layers: what their resistances are
        multiplied by, and the insulation outside of them, whose mass does not count
    """

    name: str
    area_m2: float
    u_w_m2k: float
    plane: Plane = SOUTH_WALL
    boundary: Boundary = "outside"
    b_share: float = 1.0
    beyond_c: float | None = None
    absorptance_share: float = 0.6
    mass: MassClass = "medium"
    place: Place = "spread"
    layers: tuple[Layer, ...] = ()
    emissivity_share: float = USUAL_EMISSIVITY
    inner_absorptance_share: float = USUAL_ABSORPTANCE
    inner_emissivity_share: float = USUAL_EMISSIVITY
    space: str = ""
    ground: Ground | None = None
    layers_share: float = 1.0
    added_m2k_w: float = 0.0


@dataclass(frozen=True)
class Bridge:
    """A linear thermal bridge: psi [W/mK] times length [m]."""

    name: str
    psi_w_mk: float
    length_m: float
    b_share: float = 1.0


@dataclass(frozen=True)
class Shade:
    """What stands in the way of the sun: an overhang and fins of the given depth and distance from
    the glass [m], and a blind that lets ``blind_share`` through above ``blind_w_m2``."""

    overhang_depth_m: float = 0.0
    overhang_gap_m: float = 0.0
    fin_depth_m: float = 0.0
    fin_gap_m: float = 0.0
    blind_share: float = 1.0
    blind_w_m2: float = 300.0


@dataclass(frozen=True)
class Window:
    """A window with its frame.

    ``g_share`` of the glass at right angles; ``shading_share`` of the sun that reaches it past
    the surroundings; ``angular``: beam falls off with the angle as through clear double glass,
    else the mean 0.9 of EN ISO 13790 holds for all light. ``height_m`` and ``width_m`` matter
    where there is an overhang or fins. ``space`` names the room behind it; then light from there
    passes through it, and no sun falls on it from outdoors.
    """

    name: str
    area_m2: float
    u_w_m2k: float
    g_share: float
    plane: Plane = SOUTH_WALL
    frame_share: float = 0.3
    shading_share: float = 1.0
    angular: bool = False
    height_m: float = 1.4
    width_m: float = 1.2
    shade: Shade = Shade()
    space: str = ""


@dataclass(frozen=True)
class Night:
    """Air let in by night: more changes in the given hours. With ``above_c``, windows open only
    while the zone was warmer than that and outdoors was colder; without it a fan runs."""

    change_per_h: float
    from_h: int = 22
    to_h: int = 6
    above_c: float | None = None

    def holds(self, hour: int) -> bool:
        """Whether an hour of the day (0 is from midnight to one) is in it."""
        if self.from_h <= self.to_h:
            return self.from_h <= hour < self.to_h
        return hour >= self.from_h or hour < self.to_h


@dataclass(frozen=True)
class Air:
    """Air change with outdoors.

    ``heat_recovery_share`` of the difference that is kept while the zone is not cooled;
    ``density_share``: air against sea level, 0.82 in Denver; ``day``: multiples by hour.
    """

    change_per_h: float
    heat_recovery_share: float = 0.0
    density_share: float = 1.0
    day: Day = (1.0,) * 24
    night: Night | None = None


@dataclass(frozen=True)
class Control:
    """Setpoint by hour of the day [degC] (None: off) and the most power there is [W]."""

    day_c: Day
    capacity_w: float = float("inf")


OFF = Control((None,) * 24)


@dataclass(frozen=True)
class Mass:
    """Thermal mass of the zone for 5R1C and the seasonal method, per floor area: capacity
    [J/m2K] and effective area [m2/m2], by class of EN ISO 13790 Table 12 unless stated."""

    klass: MassClass = "medium"
    c_j_m2k: float | None = None
    area_share: float | None = None


@dataclass(frozen=True)
class Zone:
    """A heated zone: one thermal node of air, its envelope, its air change, gains and controls.

    ``gains_w_m2`` internal heat per floor area by hour of the day, ``gains_convective_share`` of it
    to the air at once; ``sun_convective_share`` of the sun indoors, taken up by furniture (modal
    engine; ISO 52016-1: 0.1, none in an empty room); ``h_is_w_m2k`` between surfaces
    and air in 5R1C (EN ISO 13790: 3.45); ``surfaces_share``: all inner surfaces to floor area
    (4.5); ``inside_j_m2k``: air and furniture per floor area (ISO 52016-1: 10,000); ``spaces``:
    rooms beside it whose temperature floats, such as a staircase or a sunspace.
    """

    name: str
    floor_m2: float
    volume_m3: float
    elements: tuple[Element, ...]
    windows: tuple[Window, ...] = ()
    bridges: tuple[Bridge, ...] = ()
    air: Air = field(default_factory=lambda: Air(0.5))
    gains_w_m2: Day = (3.0,) * 24
    gains_convective_share: float = 0.5
    sun_convective_share: float = 0.1
    heating: Control = Control((20.0,) * 24)
    cooling: Control = OFF
    mass: Mass = Mass()
    h_is_w_m2k: float = 3.45
    surfaces_share: float = 4.5
    inside_j_m2k: float = 10_000.0
    source: str = ""
    synthetic: bool = False
    spaces: tuple[Space, ...] = ()

    @property
    def is_coupled(self) -> bool:
        """Whether rooms beside it, or ground that follows the months, are solved with it."""
        return bool(self.spaces) or any(each.ground for each in self.elements)

    @property
    def is_particular(self) -> bool:
        """Whether it has what the reference engines alone know: what is solved with it, and
        surfaces that are not the usual ones."""
        return self.is_coupled or not all(map(_is_usual, self.elements))


def _is_usual(element: Element) -> bool:
    return (
        element.emissivity_share == USUAL_EMISSIVITY
        and element.inner_emissivity_share == USUAL_EMISSIVITY
        and element.inner_absorptance_share == USUAL_ABSORPTANCE
    )


@dataclass(frozen=True)
class Space:
    """A room without heating or cooling beside a zone: ``room`` is made as a zone is, its
    controls off; ``air_m3_h`` passes between both each way."""

    room: Zone
    air_m3_h: float = 0.0

    @property
    def name(self) -> str:
        """As elements name it."""
        return self.room.name
