"""What an owners' association does, in order, with which papers and by which votes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from vatra.plans.retrofit.reading import Origin, Said, origin, rows, said


@dataclass(frozen=True)
class Document:
    """A paper of a step, and who issues it."""

    id: str
    name: Said
    issuer: Said


@dataclass(frozen=True)
class Step:
    """One step from the first assembly to the second winter after the works."""

    order: int
    id: str
    who: Said
    text: Said
    documents: tuple[Document, ...]
    origin: Origin


@dataclass(frozen=True)
class AssemblyRule:
    """A rule of the general assembly; ``value`` in ``unit`` (days, per cent of the members)."""

    id: str
    value: int
    unit: str
    text: Said
    origin: Origin


@cache
def steps() -> tuple[Step, ...]:
    """Every step in order, with its documents."""
    papers: dict[str, list[Document]] = {}
    for row in rows("documents"):
        paper = Document(row["document"], said(row, "name"), said(row, "issuer"))
        papers.setdefault(row["step"], []).append(paper)
    found = [
        Step(
            int(row["order"]),
            row["step"],
            said(row, "who"),
            said(row, "text"),
            tuple(papers.get(row["step"], ())),
            origin(row),
        )
        for row in rows("steps")
    ]
    return tuple(sorted(found, key=lambda each: each.order))


@cache
def assembly_rules() -> tuple[AssemblyRule, ...]:
    """The rules of the general assembly of owners, as Law 196/2018 states them."""
    return tuple(
        AssemblyRule(row["id"], int(row["value"]), row["unit"], said(row, "text"), origin(row))
        for row in rows("assembly")
    )


def assembly_may_decide(members_count: int, present_count: int, called_again: bool) -> bool:
    """Whether an assembly has its quorum: half of the members plus one, or any when called again.

    Counted as Law 196/2018, Article 48 states it; represented members count as present. Raises
    ``ValueError`` for counts that cannot be.
    """
    if not 0 <= present_count <= members_count or not members_count:
        raise ValueError(f"{present_count} of {members_count} members cannot be present")
    if called_again:
        return present_count > 0
    share = next(each.value for each in assembly_rules() if each.id == "quorum")
    return present_count >= members_count * share // 100 + 1
