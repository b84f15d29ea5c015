"""The base year of a contract sealed before against today's, and what changed in between."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from vatra.plans.recalculation import Policy, Recalculation, Step, recalculation, steps
from vatra.runs.contract import Run
from vatra.runs.recalculation_log import changes

PPM = 1_000_000
_SETTINGS = ("gwp_set", "gases", "factor_sets", "overrides")


@dataclass(frozen=True)
class Differing:
    """One thing that is not as it was sealed: ``kind`` and ``name``, before and after.

    ``kind`` is one of vatra, factor_book, setting, method, file; texts are blank where there was
    or is none.
    """

    kind: str
    name: str
    before: str
    after: str


@dataclass(frozen=True)
class Compared:
    """The base year then and now.

    ``change`` totals by sector and their trigger; ``differing`` what the sealed versions say
    changed; ``step`` whether the policy asks for a recalculation, earlier small changes included.
    """

    change: Recalculation
    differing: tuple[Differing, ...]
    policy: Policy
    step: Step
    old_seal: str
    new_seal: str


def compare(run: Run, sealed: Mapping[str, Any], reason: str, note: str, on: str = "") -> Compared:
    """Hold the base year of a pack against that of a contract sealed before.

    Parameters
    ----------
    run : the pack as it is now
    sealed : a whole contract of the same base year
    reason : one of ``plans.recalculation.TRIGGERS``
    note : what changed, in a sentence for whoever reads the log
    on : date of the change, ``YYYY-MM-DD``

    Raises ``ValueError`` for another base year, an unknown reason or an empty note.
    """
    year = run.pack.city.base_year
    if sealed["city"]["base_year"] != year:
        raise ValueError(f"the contract has the base year {sealed['city']['base_year']}")
    change = recalculation(year, _by_sector(sealed, year), _by_sector(run.contract, year),
                           reason, note, on)  # fmt: skip
    policy = Policy(run.pack.city.recalculation_threshold_ppm / PPM)
    old_seal = str(sealed["seal"]["value"])
    # What was logged against this same contract is part of the change itself.
    earlier = pl.col("old_seal") != old_seal
    logged = changes(run.pack.rows["recalculations"].filter(earlier, base_year=year))
    return Compared(
        change,
        tuple(_differing(sealed, run.contract)),
        policy,
        steps([*logged, change], policy)[-1],
        old_seal,
        run.run_id,
    )


def _by_sector(contract: Mapping[str, Any], year: int) -> dict[str, int]:
    return dict(contract["totals"]["by_sector"].get(str(year), {}))


# What differs


def _differing(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Differing]:
    old, new = before["versions"], after["versions"]
    for name in ("vatra", "factor_book"):
        yield from _pair(name, "", _text(old.get(name)), _text(new.get(name)))
    for name in _SETTINGS:
        yield from _pair(
            "setting", name, _text(before["city"].get(name)), _text(after["city"].get(name))
        )
    yield from _mapped("method", old.get("methods", {}), new.get("methods", {}))
    files = [
        {name: each["sha256"] for name, each in side.get("files", {}).items()}
        for side in (old, new)
    ]
    yield from _mapped("file", files[0], files[1])


def _mapped(kind: str, old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[Differing]:
    for name in sorted({*old, *new}):
        yield from _pair(kind, name, old.get(name, ""), new.get(name, ""))


def _pair(kind: str, name: str, before: str, after: str) -> Iterator[Differing]:
    if before != after:
        yield Differing(kind, name, before, after)


def _text(value: Any) -> str:
    return ", ".join(str(each) for each in value) if isinstance(value, list) else str(value or "")
