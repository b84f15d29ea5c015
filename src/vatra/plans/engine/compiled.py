"""Which effects act on which factor of which cell: worked out once for a model."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from vatra.plans.engine.actions import Effect, Model
from vatra.plans.engine.base import Base, Cell

# An effect by its action's position and its own.
At = tuple[int, int]


@dataclass(frozen=True)
class Compiled:
    """Effects by what they act on.

    ``avoid``, ``leave`` by use; ``keep`` (efficiency of the service, whatever gives it), ``stay``
    (efficiency of a device, gone with its carrier), ``shift`` (to another carrier) and ``clean`` by
    cell; ``immediate`` by stream cell; ``own`` by use with the cells it can serve; ``claims``
    observed tonnes and energy with the cells they belong to; ``sinks``; ``arrival`` cell -> cell
    of a shifted carrier.
    """

    avoid: dict[str, list[At]]
    leave: dict[str, list[At]]
    keep: dict[int, list[At]]
    stay: dict[int, list[At]]
    shift: dict[int, list[At]]
    clean: dict[int, list[At]]
    immediate: dict[int, list[At]]
    own: dict[tuple[int, ...], list[At]]
    energy_claims: dict[tuple[int, ...], list[At]]
    mass_claims: dict[tuple[int, ...], list[At]]
    sinks: list[At]
    arrival: dict[tuple[int, At], int]


def compiled(model: Model) -> Compiled:
    """Sort the effects of a model by what they act on.

    Raises ``ValueError`` for a carrier that is moved to where the use has no cell for it; the base
    of a scenario has one for every carrier that an action may bring.
    """
    base, cells = model.base, model.base.cells
    energy = [n for n, cell in enumerate(cells) if not cell.stream]
    streams = [n for n, cell in enumerate(cells) if cell.stream]

    def of_cells(operator: str, among: list[int], fits: Callable[[Effect, Cell], bool]) -> Found:
        found: Found = {}
        for at, effect in _effects(model, operator):
            for n in among:
                if cells[n].is_of(effect.use) and fits(effect, cells[n]):
                    found.setdefault(n, []).append(at)
        return found

    shift = of_cells("shift_carrier", energy, _same_carrier)
    return Compiled(
        avoid=_of_uses(model, "avoid"),
        leave=_of_uses(model, "shift_activity"),
        keep=of_cells("efficiency", energy, _service),
        stay=of_cells("efficiency", energy, _device),
        shift=shift,
        clean=of_cells("clean_supply", energy, _carrier_or_all),
        immediate=of_cells("non_energy", streams, lambda effect, cell: True),
        own=_of_groups(model, "own_generation", _serves),
        energy_claims=_of_groups(model, "observed_energy", _carrier_or_all),
        mass_claims=_of_groups(model, "observed_tonnes", _claims),
        sinks=[at for at, _ in _effects(model, "sink")],
        arrival=_arrivals(model, base, shift),
    )


Found = dict[int, list[At]]


def _effects(model: Model, operator: str) -> Iterator[tuple[At, Effect]]:
    for i, action in enumerate(model.actions):
        for e, effect in enumerate(action.effects):
            if effect.operator == operator:
                yield (i, e), effect


def _same_carrier(effect: Effect, cell: Cell) -> bool:
    return effect.carrier != "" and effect.carrier == cell.carrier


def _service(effect: Effect, cell: Cell) -> bool:
    return not effect.carrier or (_same_carrier(effect, cell) and effect.acts_on == "service")


def _device(effect: Effect, cell: Cell) -> bool:
    return _same_carrier(effect, cell) and effect.acts_on == "device"


def _carrier_or_all(effect: Effect, cell: Cell) -> bool:
    return cell.carrier != "" and effect.carrier in ("", cell.carrier)


def _serves(effect: Effect, cell: Cell) -> bool:
    return cell.carrier == (effect.carrier or "electricity")


def _claims(effect: Effect, cell: Cell) -> bool:
    return effect.carrier in ("", cell.carrier)


def _of_uses(model: Model, operator: str) -> dict[str, list[At]]:
    """Effects by use; one that names a sector acts on each of its uses."""
    found: dict[str, list[At]] = {}
    for at, effect in _effects(model, operator):
        named = {cell.use for cell in model.base.cells if cell.is_of(effect.use)}
        if effect.use in model.base.activity:
            named.add(effect.use)
        for use in sorted(named):
            found.setdefault(use, []).append(at)
    return found


def _of_groups(
    model: Model, operator: str, fits: Callable[[Effect, Cell], bool]
) -> dict[tuple[int, ...], list[At]]:
    """Effects by the cells they share, the narrowest first, so that no order of files matters."""
    found: dict[tuple[int, ...], list[At]] = {}
    for at, effect in _effects(model, operator):
        mine = tuple(
            n
            for n, cell in enumerate(model.base.cells)
            if cell.is_of(effect.use) and fits(effect, cell)
        )
        found.setdefault(mine, []).append(at)
    return {key: found[key] for key in sorted(found, key=lambda key: (len(key), key))}


def _arrivals(model: Model, base: Base, shift: Found) -> dict[tuple[int, At], int]:
    found = {}
    for n, effects in shift.items():
        for i, e in effects:
            effect = model.actions[i].effects[e]
            where = _cell_of(base, base.cells[n], effect.to_carrier)
            if where is None:
                place = f"{base.cells[n].use} / {effect.to_carrier}"
                raise ValueError(f"{model.actions[i].code}: there is no cell {place}")
            found[n, (i, e)] = where
    return found


def _cell_of(base: Base, origin: Cell, carrier: str) -> int | None:
    """The cell of a carrier in the same use; of several, that of the same sub-sector first."""
    fitting = [
        (cell.sub_sector != origin.sub_sector, n)
        for n, cell in enumerate(base.cells)
        if cell.use == origin.use and cell.sector == origin.sector and cell.carrier == carrier
    ]
    return min(fitting)[1] if fitting else None
