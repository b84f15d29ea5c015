"""The packages that a quarter chooses from: sensible sets of works, not every combination."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources

import numpy as np

from vatra.plans.retrofit import Packages, default_options
from vatra.plans.retrofit.packages import ENVELOPE_AXES, Option

KEPT = "kept"
_VENTILATION = "ventilation"
# Sizes of panels that a quarter weighs; a single block weighs them all.
_PANELS = ("pv_none", "pv_20", "pv_40")
_NO_BATTERY = "battery_none"


def quarter_packages() -> Packages:
    """Sets of envelope works x heat recovery where they are whole x source of heat x panels.

    The first package changes nothing. Sets are rows of ``data/envelopes.csv``.
    """
    options = default_options()
    rows = []
    for envelope in _envelopes():
        wanted = set(filter(None, envelope["options"].split(";")))
        fans = options.get(_VENTILATION, ())
        some = fans if envelope["ventilation"] == "yes" else fans[:1]
        for fan in some:
            for heat in options.get("heat", ()):
                for panels in options.get("pv", ()):
                    if panels.id in _PANELS:
                        rows.append(_places({*wanted, fan.id, heat.id, panels.id, _NO_BATTERY}))
    return packages_of(rows)


def packages_of(rows: Iterable[Mapping[str, str]]) -> Packages:
    """Packages from the id of an option by axis; axes left out stay as they are.

    Raises ``KeyError`` naming an option that does not exist.
    """
    options = default_options()
    axes = tuple(options)
    chosen = [
        [_place(options[axis], row.get(axis, options[axis][0].id)) for axis in axes] for row in rows
    ]
    return Packages(axes, tuple(options[axis] for axis in axes), np.asarray(chosen, np.int64))


def package_code(packages: Packages, place: int) -> str:
    """A package by what it does: ``wall_eps10+window_u11``; ``kept`` where it does nothing."""
    done = [
        packages.options[axis][int(at)].id
        for axis, at in enumerate(packages.chosen[place])
        if packages.options[axis][int(at)].items
    ]
    return "+".join(done) or KEPT


def kept_place(packages: Packages) -> int | None:
    """Where the package stands that changes nothing."""
    codes = [package_code(packages, place) for place in range(packages.count)]
    return codes.index(KEPT) if KEPT in codes else None


def _places(wanted: set[str]) -> dict[str, str]:
    found = {}
    for axis, options in default_options().items():
        asked = [each.id for each in options if each.id in wanted]
        found[axis] = asked[0] if asked else options[0].id
    return found


def _place(options: tuple[Option, ...], name: str) -> int:
    ids = [each.id for each in options]
    if name not in ids:
        raise KeyError(f"no option '{name}' among {', '.join(ids)}")
    return ids.index(name)


@cache
def _envelopes() -> tuple[dict[str, str], ...]:
    file = resources.files("vatra.plans.quarter") / "data" / "envelopes.csv"
    found = tuple(csv.DictReader(file.read_text("utf-8").splitlines()))
    known = {each.id for axis in ENVELOPE_AXES for each in default_options()[axis]}
    for row in found:
        foreign = set(filter(None, row["options"].split(";"))) - known
        if foreign:
            raise ValueError(f"envelopes.csv, {row['envelope']}: {', '.join(sorted(foreign))}")
    return found
