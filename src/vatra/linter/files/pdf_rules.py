"""Tables of a PDF page whose rows lie between rules and whose columns only stand apart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from vatra.linter.files.pdf_words import Word

# Rules of one table begin and end at the same places, a few points more or less.
SAME_POINTS = 4.0
SHORTEST_SHARE = 0.3
FEWEST_ROWS = 3
FEWEST_COLUMNS = 3
NARROWEST_GAP = 4.0


@dataclass(frozen=True)
class Rule:
    """A horizontal line from ``left`` to ``right`` at a height, in points."""

    left: float
    right: float
    height: float


@dataclass(frozen=True)
class Area:
    """A table between rules: where rows and columns begin and where the last of each ends."""

    tops: tuple[float, ...]
    lefts: tuple[float, ...]

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom."""
        return self.lefts[0], self.tops[0], self.lefts[-1], self.tops[-1]

    def cells(self) -> list[tuple[float, float, float, float]]:
        """The box of every cell, row by row."""
        return [
            (left, top, right, bottom)
            for top, bottom in zip(self.tops, self.tops[1:], strict=False)
            for left, right in zip(self.lefts, self.lefts[1:], strict=False)
        ]


def areas(
    rules: Iterable[Rule], words: Sequence[Word], width: float, before: Area | None = None
) -> list[Area]:
    """The tables that the long rules of a page and the gaps between its words make.

    ``before`` the last such table of the page before: a few rows between the same edges go on it.
    """
    found = []
    for group in _groups(rules, width):
        heights = _apart(rule.height for rule in group)
        if before is not None and _goes_on(before, group, words, heights):
            found.append(Area(tuple(heights), before.lefts))
            continue
        if len(heights) <= FEWEST_ROWS:
            continue
        left = min(rule.left for rule in group) - SAME_POINTS
        right = max(rule.right for rule in group) + SAME_POINTS
        held = [
            word
            for word in words
            if heights[0] < word.middle < heights[-1] and left < word.left and word.right < right
        ]
        gaps = _gaps(held, left, right)
        if len(gaps) + 1 >= FEWEST_COLUMNS:
            found.append(Area(tuple(heights), (left, *gaps, right)))
    return found


def _goes_on(
    before: Area, group: Sequence[Rule], words: Sequence[Word], heights: Sequence[float]
) -> bool:
    """Whether rules have the edges of the table before, and no word crosses its columns."""
    left, right = before.lefts[0] + SAME_POINTS, before.lefts[-1] - SAME_POINTS
    rule = group[0]
    if abs(rule.left - left) > SAME_POINTS or abs(rule.right - right) > SAME_POINTS:
        return False
    held = [word for word in words if heights[0] < word.middle < heights[-1]]
    return len(heights) > 1 and not any(
        word.left < column < word.right for word in held for column in before.lefts[1:-1]
    )


def _groups(rules: Iterable[Rule], width: float) -> list[list[Rule]]:
    """Rules that begin and end at the same places."""
    groups: list[list[Rule]] = []
    for rule in sorted(rules, key=lambda each: each.height):
        if rule.right - rule.left < SHORTEST_SHARE * width:
            continue
        for group in groups:
            near = abs(group[0].left - rule.left) < SAME_POINTS
            if near and abs(group[0].right - rule.right) < SAME_POINTS:
                group.append(rule)
                break
        else:
            groups.append([rule])
    return groups


def _apart(heights: Iterable[float]) -> list[float]:
    found: list[float] = []
    for height in sorted(heights):
        if not found or height - found[-1] > SAME_POINTS:
            found.append(height)
    return found


def _gaps(words: Sequence[Word], left: float, right: float) -> list[float]:
    """The middles of the strips that no word reaches into."""
    gaps = []
    edge = None
    for word in sorted(words, key=lambda each: each.left):
        if edge is not None and word.left - edge >= NARROWEST_GAP:
            gaps.append((edge + word.left) / 2)
        edge = word.right if edge is None else max(edge, word.right)
    return [gap for gap in gaps if left < gap < right]
