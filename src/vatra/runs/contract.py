"""The whole way: a pack in, a sealed contract out."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import vatra
from vatra.contract import document, finding_data, seal
from vatra.methods import methods
from vatra.plans import Plan
from vatra.runs.inventory import Inventory, inventory
from vatra.runs.pack import Pack, open_pack
from vatra.runs.pathway import pathway
from vatra.sources import Limits
from vatra.tables import Finding, FindingsError, has_errors, order

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Run:
    """A pack and everything computed from it.

    ``contract`` is the sealed document; ``findings`` those of reading, checking and computing.
    """

    pack: Pack
    inventory: Inventory
    plan: Plan | None
    contract: dict[str, Any]
    findings: tuple[Finding, ...]

    @property
    def run_id(self) -> str:
        """Hash of the sealed document: the same input has the same id."""
        return str(self.contract["seal"]["value"])


def run(folder: Path, limits: Limits | None = None, progress: Progress | None = None) -> Run:
    """Read, check, compute, plan and seal a city pack.

    ``progress`` is called with the name of each step as it begins. Raises ``FindingsError`` with
    every fault at once when the pack cannot be computed.
    """
    say = progress or (lambda step: None)
    say("read")
    pack = open_pack(folder, limits)
    if not pack.ok:
        raise FindingsError(pack.findings)
    return run_pack(pack, progress)


def run_pack(pack: Pack, progress: Progress | None = None) -> Run:
    """Compute, plan and seal a pack that was read without errors."""
    say = progress or (lambda step: None)
    say("compute")
    counted = inventory(pack)
    findings = order((*pack.findings, *counted.findings))
    if has_errors(findings):
        raise FindingsError(findings)
    say("plan")
    planned = pathway(pack, counted)
    say("seal")
    content = document(
        _city(pack),
        counted.cells,
        counted.book,
        counted.factors,
        planned,
        _versions(pack),
        finding_data(findings),
    )
    return Run(pack, counted, planned, seal(content), tuple(findings))


def _city(pack: Pack) -> dict[str, Any]:
    city = pack.city
    return {
        "name": city.name,
        "code": city.code,
        "country": city.country,
        "base_year": city.base_year,
        "target_year": city.target_year,
        "target_cut_ppm": city.target_cut_ppm,
        "residual_limit_ppm": city.residual_limit_ppm,
        "gwp_set": city.gwp_set,
        "gases": list(city.gases),
        "factor_sets": list(city.factor_sets),
        "overrides": [f"{each.factor_id}={each.amount}" for each in pack.overrides],
        "languages": list(city.languages),
        "synthetic": city.synthetic,
        "source": city.source,
    }


def _versions(pack: Pack) -> dict[str, Any]:
    files = {
        each.file: {
            "sha256": each.evidence_id,
            "byte_count": each.byte_count,
            "row_count": each.row_count,
        }
        for each in pack.evidence.values()
    }
    return {"vatra": vatra.__version__, "files": files, "methods": method_versions()}


def method_versions() -> dict[str, str]:
    """SHA-256 of each method's page, which states its formula, source and limits."""
    return {
        name: hashlib.sha256(method.page().encode()).hexdigest()
        for name, method in methods().items()
    }
