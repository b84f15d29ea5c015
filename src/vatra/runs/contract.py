"""The whole way: a pack in, a sealed contract out."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import vatra
from vatra.contract import document, finding_data, seal
from vatra.contract.document import decimal_text
from vatra.factors import GWP_SETS, Factor, Parameter, species_potentials
from vatra.methods import methods
from vatra.plans import Plan, overclaimed
from vatra.runs.doubt_data import doubt_data
from vatra.runs.inventory import Inventory, inventory
from vatra.runs.lint import lint_data
from vatra.runs.pack import Pack, open_pack, override
from vatra.runs.pathway import missing_in_target, pathway
from vatra.runs.scenario import Scenario
from vatra.runs.sealed_plan import plan_sections, planned_scenario
from vatra.sources import Limits
from vatra.tables import Finding, FindingsError, has_errors, order

LOG = "recalculations"
Progress = Callable[[str], None]


@dataclass(frozen=True)
class Run:
    """A pack and everything computed from it.

    ``contract`` is the sealed document; ``findings`` those of reading, checking and computing;
    ``scenario`` the pathway with its actions, None for a pack without actions or measures.
    """

    pack: Pack
    inventory: Inventory
    plan: Plan | None
    contract: dict[str, Any]
    findings: tuple[Finding, ...]
    scenario: Scenario | None = None

    @property
    def run_id(self) -> str:
        """Hash of the sealed document: the same input has the same id."""
        return str(self.contract["seal"]["value"])


def run(folder: Path, limits: Limits | None = None, progress: Progress | None = None) -> Run:
    """Read, check, compute, plan, lint and seal a city pack.

    ``progress`` is called with the name of each step as it begins. Raises ``FindingsError`` with
    every fault at once when the pack cannot be computed.
    """
    say = progress or (lambda step: None)
    say("read")
    pack = open_pack(folder, limits)
    if not pack.ok:
        raise FindingsError(pack.findings)
    return run_pack(pack, progress)


def run_pack(pack: Pack, progress: Progress | None = None, *, with_plan: bool = True) -> Run:
    """Compute, plan, lint and seal a pack that was read without errors.

    Without ``with_plan`` the sections of the plan by year, its risk and its money stay empty: that
    is a quick look at an inventory and its stages, under a change say, and not the contract.
    """
    say = progress or (lambda step: None)
    say("compute")
    counted = inventory(pack)
    findings = order((*pack.findings, *counted.findings, *missing_in_target(pack, counted)))
    if has_errors(findings):
        raise FindingsError(findings)
    say("plan")
    planned = pathway(pack, counted)
    if planned is not None and "measures" in pack.evidence:
        findings = order((*findings, *overclaimed(planned, pack.evidence["measures"].file)))
    built = planned_scenario(pack, counted)
    findings = order(_with_new(findings, built.findings if built else ()))
    # The text of a contract asks for its figures by the paths of runs.explain, which knows runs.
    from vatra.runs.narrative_sections import written_sections

    say("lint")
    linted = lint_data(pack)
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
    content |= {
        "lint": linted,
        "doubt": doubt_data(counted),
        "gwp_species": _species(counted),
        "parameters": _parameters(counted),
        **plan_sections(built if with_plan else None),
    }
    written = written_sections(pack, content)
    if written.findings:
        findings = order((*findings, *written.findings))
        content["findings"] = finding_data(findings)
    content |= written.sections
    return Run(pack, counted, planned, seal(content), tuple(findings), built)


def _with_new(findings: Sequence[Finding], more: Sequence[Finding]) -> list[Finding]:
    """Findings and those of ``more`` that do not stand among them yet."""
    return [*findings, *(each for each in more if each not in findings)]


def _species(counted: Inventory) -> dict[str, str]:
    """Potential of every species that the gases of the book do not name."""
    known = species_potentials(counted.book.gwp_set)
    found = counted.gathered.rows["species"].unique().sort()
    return {each: decimal_text(known[each]) for each in found if each not in counted.book.gwp}


def _parameters(counted: Inventory) -> list[dict[str, Any]]:
    """Every parameter that a method of activity used, with its source."""
    used = counted.gathered.used
    return [
        {
            "parameter_id": name,
            "value": decimal_text(each.value),
            "low": None if each.low is None else decimal_text(each.low),
            "high": None if each.high is None else decimal_text(each.high),
            "unit": each.unit,
            "source": each.source,
            "page": each.page,
            "file": each.file,
            "line": each.line,
        }
        for name, each in sorted(used.items())
        if isinstance(each, Parameter)
    ]


def findings_of(pack: Pack) -> list[Finding]:
    """Everything that is wrong with a pack: of reading, checking and, where it may, computing."""
    if not pack.ok:
        return order(pack.findings)
    try:
        return list(run_pack(pack).findings)
    except FindingsError as error:
        return list(error.findings)


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
        "overrides": [_override_text(each) for each in pack.overrides],
        "languages": list(city.languages),
        "synthetic": city.synthetic,
        "source": city.source,
    }


def _override_text(factor: Factor) -> str:
    year = "" if factor.year_from is None else f".{factor.year_from}"
    return f"{factor.carrier}{year}={factor.amount}"


def sealed_changes(pack: Pack, city: Mapping[str, Any]) -> Pack:
    """The pack under the factors, gases and potentials that a sealed contract names.

    Raises ``ValueError`` for an override that cannot be read.
    """
    return pack.with_changes(
        overrides=tuple(override(text) for text in city.get("overrides", ())),
        gases=tuple(city.get("gases", ())),
        gwp_set=city.get("gwp_set", "") if city.get("gwp_set") in GWP_SETS else "",
        factor_sets=tuple(city.get("factor_sets", ())),
    )


def _versions(pack: Pack) -> dict[str, Any]:
    files = {
        each.file: {
            "sha256": each.evidence_id,
            "byte_count": each.byte_count,
            "row_count": each.row_count,
        }
        for name, each in pack.evidence.items()
        # The log of recalculations names seals: it cannot be under one of them.
        if name != LOG
    }
    return {"vatra": vatra.__version__, "files": files, "methods": method_versions()}


def method_versions() -> dict[str, str]:
    """SHA-256 of each method's page, which states its formula, source and limits."""
    return {
        name: hashlib.sha256(method.page().encode()).hexdigest()
        for name, method in methods().items()
    }
