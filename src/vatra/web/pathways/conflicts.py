"""What in a set of choices stands against each other: said at once, never silently mended."""

from __future__ import annotations

from collections.abc import Iterator

from vatra.plans.engine import Action, Model
from vatra.words import Language, percent, say

# Shares that add up to the whole must not fail over the last bit of a float.
_SLACK = 1e-9


def conflicts(model: Model, lang: Language) -> list[str]:
    """Actions that exclude each other beyond the whole, and those whose need is not met."""
    return [*_exclusive(model, lang), *_unmet(model, lang)]


def _exclusive(model: Model, lang: Language) -> Iterator[str]:
    groups: dict[str, dict[str, Action]] = {}
    for action in model.actions:
        for effect in action.effects:
            if effect.combine == "exclusive" and effect.group and action.level > 0:
                groups.setdefault(effect.group, {})[action.code] = action
    said = set()
    for _, members in sorted(groups.items()):
        total = sum(each.reach_share * each.level for each in members.values())
        if total > 1 + _SLACK and frozenset(members) not in said:
            said.add(frozenset(members))
            parts = [
                f"{each.name(lang)} {percent(each.reach_share * each.level, lang)}"
                for each in members.values()
            ]
            whole = percent(total, lang)
            yield say("web.pathways.conflict-exclusive", lang, parts="; ".join(parts), total=whole)


def _unmet(model: Model, lang: Language) -> Iterator[str]:
    actions = {each.code: each for each in model.actions}
    for action in model.actions:
        if action.level <= 0:
            continue
        for code in action.requires:
            other = actions.get(code)
            names = {"name": action.name(lang), "other": other.name(lang) if other else code}
            if other is None or other.level <= 0:
                yield say("web.pathways.conflict-requires", lang, **names)
            elif other.adoption.start_year > action.adoption.start_year:
                year = str(other.adoption.start_year)
                yield say("web.pathways.conflict-later", lang, year=year, **names)
