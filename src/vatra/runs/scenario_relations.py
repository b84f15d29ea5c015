"""How actions stand to each other: groups on shared factors, requirements, circles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import polars as pl

from vatra.plans.catalogue import catalogue
from vatra.plans.engine import Action, Effect
from vatra.tables import Finding

RELATIONS = "relations.csv"


@dataclass(frozen=True)
class Relation:
    """``code`` excludes, lies within or requires ``other``; ``line`` 0 for the catalogue's own."""

    kind: str
    code: str
    other: str
    line: int = 0


def relations_of(rows: pl.DataFrame, actions: Sequence[Action]) -> list[Relation]:
    """The city's relations, then the catalogue's between actions that come from it."""
    found = [
        Relation(str(row["relation"]), row["code"], row["other"], row["line"])
        for row in rows.sort("line").iter_rows(named=True)
    ]
    by_entry: dict[str, list[str]] = {}
    for action in actions:
        if action.catalogue:
            by_entry.setdefault(action.catalogue, []).append(action.code)
    for action in actions:
        entry = catalogue().get(action.catalogue)
        for each in entry.relations if entry else ():
            for other in by_entry.get(each.other, []):
                if other != action.code:
                    found.append(Relation(each.kind, action.code, other))
    return found


def with_relations(
    actions: Sequence[Action], relations: Iterable[Relation]
) -> tuple[list[Action], list[Finding]]:
    """Actions with their groups and requirements, and what is wrong with the relations."""
    relations = list(relations)
    codes = {each.code for each in actions}
    findings = [
        _fault("relation-unknown", each.line, column, value=getattr(each, column))
        for each in relations
        for column in ("code", "other")
        if getattr(each, column) not in codes
    ]
    findings += [
        _fault("relation-itself", each.line, "other", value=each.code)
        for each in relations
        if each.code == each.other and each.kind != "requires"
    ]
    known = [each for each in relations if each.code in codes and each.other in codes]
    groups = _groups(known)
    needs: dict[str, list[str]] = {}
    for each in known:
        if each.kind == "requires":
            needs.setdefault(each.code, []).append(each.other)
    excludes: dict[str, set[str]] = {}
    for each in known:
        if each.kind == "exclusive" and each.line:
            excludes.setdefault(each.code, set()).add(each.other)
            excludes.setdefault(each.other, set()).add(each.code)
    made = [
        replace(
            _made(each, groups, needs.get(each.code, [])),
            excludes=tuple(sorted(excludes.get(each.code, ()))),
        )
        for each in actions
    ]
    for action in made:
        for other in action.requires:
            if other not in codes:
                findings.append(
                    Finding(
                        "runs.requires-unknown", "error", action.file, (action.line,), "requires",
                        {"code": action.code, "value": other},
                    )
                )  # fmt: skip
    lines = {(each.code, each.other): each.line for each in known if each.kind == "requires"}
    return made, [
        *findings, *_circles(made, lines), *_idle(made), *excluding(made)
    ]  # fmt: skip


def _fault(code: str, line: int, column: str, **params: Any) -> Finding:
    return Finding(f"runs.{code}", "error", RELATIONS, (line,), column, params)


def _made(action: Action, groups: Mapping[str, tuple[str, str]], needs: list[str]) -> Action:
    requires = tuple(dict.fromkeys((*action.requires, *needs)))
    if action.code not in groups:
        return replace(action, requires=requires)
    group, how = groups[action.code]
    effects = tuple(_grouped(each, group, how) for each in action.effects)
    return replace(action, requires=requires, effects=effects)


def _grouped(effect: Effect, group: str, how: str) -> Effect:
    """A group of the effect's own stays: a potential that it states is narrower."""
    if effect.group:
        return effect
    return replace(effect, group=group, combine=how)  # type: ignore[arg-type]


def _groups(relations: Iterable[Relation]) -> dict[str, tuple[str, str]]:
    """Group of each action, by what binds it: exclusive before nested."""
    found: dict[str, tuple[str, str]] = {}
    for how in ("nested", "exclusive"):
        parent: dict[str, str] = {}

        def root(code: str, parent: dict[str, str] = parent) -> str:
            while parent.setdefault(code, code) != code:
                code = parent[code]
            return code

        for each in relations:
            if each.kind == how:
                ends = sorted((root(each.code), root(each.other)))
                parent[ends[1]] = ends[0]
        for code in list(parent):
            found[code] = (f"{how}:{root(code)}", how)
    return found


def _circles(actions: Sequence[Action], lines: Mapping[tuple[str, str], int]) -> list[Finding]:
    """One error for every circle of requirements, naming its codes.

    It stands at the row of ``relations.csv`` that is part of it, else at that of an action.
    """
    needs = {each.code: each.requires for each in actions}
    found, seen = [], set[frozenset[str]]()
    for action in actions:
        path = _circle_from(action.code, needs)
        if path and frozenset(path) not in seen:
            seen.add(frozenset(path))
            params = {"path": " → ".join((*path, path[0]))}
            steps = zip(path, (*path[1:], path[0]), strict=True)
            own = next((lines[step] for step in steps if lines.get(step)), 0)
            file, line, column = (
                (RELATIONS, own, "other") if own else (action.file, action.line, "requires")
            )
            found.append(Finding("runs.requires-circle", "error", file, (line,), column, params))
    return found


def _idle(actions: Sequence[Action]) -> list[Finding]:
    """Actions that are done but can do nothing, since one that they require is not done."""
    level = {each.code: each.level for each in actions}
    return [
        Finding(
            "runs.requires-idle", "warning", each.file, (each.line,), "requires",
            {"code": each.code, "other": other},
        )
        for each in actions
        for other in each.requires
        if each.level > 0 and level.get(other) == 0
    ]  # fmt: skip


def _circle_from(start: str, needs: Mapping[str, tuple[str, ...]]) -> list[str]:
    """The way from a code back to itself, empty where there is none."""
    stack, visited = [(start, [start])], {start}
    while stack:
        code, path = stack.pop()
        for other in needs.get(code, ()):
            if other == start:
                return path
            if other not in visited:
                visited.add(other)
                stack.append((other, [*path, other]))
    return []


def excluding(actions: Sequence[Action]) -> list[Finding]:
    """Actions that exclude each other and are done to more than the whole together."""
    return [*_over_stock(actions), *_both(actions)]


def _over_stock(actions: Sequence[Action]) -> list[Finding]:
    """Actions that exclude each other and together reach more than all of one stock."""
    groups: dict[str, dict[str, Action]] = {}
    for action in actions:
        for effect in action.effects:
            if effect.combine == "exclusive" and effect.group:
                groups.setdefault(effect.group, {})[action.code] = action
    found: list[Finding] = []
    for _, members in sorted(groups.items()):
        total = sum(each.reach_share * each.level for each in members.values())
        lines = tuple(sorted(each.line for each in members.values()))
        params = {"codes": sorted(members), "total": f"{total * 100:.10g}"}
        if total > 1 + 1e-9 and not any(params == each.params for each in found):
            file = next(iter(members.values())).file
            found.append(
                Finding("runs.exclusive-over", "error", file, lines, "reach_percent", params)
            )
    return found


def _both(actions: Sequence[Action]) -> list[Finding]:
    """Pairs that the city says exclude each other, and whose levels pass the whole."""
    by_code = {each.code: each for each in actions}
    found = []
    for action in actions:
        for code in action.excludes:
            other = by_code[code]
            total = action.level + other.level
            if action.code < code and total > 1 + 1e-9:
                params = {"codes": [action.code, code], "total": f"{total * 100:.10g}"}
                found.append(
                    Finding(
                        "runs.exclusive-levels",
                        "error",
                        action.file,
                        (action.line,),
                        "level_percent",
                        params,
                    )
                )
    return found
