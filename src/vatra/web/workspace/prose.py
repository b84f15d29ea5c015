"""Two people write on one text: paragraphs that only one of them touched are taken from both."""

from __future__ import annotations

from difflib import SequenceMatcher

from vatra.web.workspace.changes import Clash, Conflict


def merged(file: str, base: str, theirs: str, mine: str) -> str:
    """The text with both sets of changes, line by line.

    Raises ``Conflict`` with every run of lines that both changed differently.
    """
    old, one, other = (text.splitlines() for text in (base, theirs, mine))
    pieces: list[str] = []
    clashes: list[Clash] = []
    at, here, there = 0, 0, 0
    for stop, here_stop, there_stop, size in _common(old, one, other):
        chunk = (old[at:stop], one[here:here_stop], other[there:there_stop])
        chosen = _chosen(*chunk)
        if chosen is None:
            clashes.append(Clash(file, at + 1, "", *("\n".join(each) for each in chunk)))
        else:
            pieces += chosen
        pieces += old[stop : stop + size]
        at, here, there = stop + size, here_stop + size, there_stop + size
    if clashes:
        raise Conflict(clashes)
    text = "\n".join(pieces)
    return text + "\n" if text else ""


def _chosen(old: list[str], one: list[str], other: list[str]) -> list[str] | None:
    if one == other or old == other:
        return one
    return other if old == one else None


def _common(old: list[str], one: list[str], other: list[str]) -> list[tuple[int, int, int, int]]:
    """Runs of lines that all three share: where each begins, and how long it is; the end last."""
    to_one = _matched(old, one)
    to_other = _matched(old, other)
    runs: list[tuple[int, int, int, int]] = []
    for line in range(len(old)):
        if line not in to_one or line not in to_other:
            continue
        place = (line, to_one[line], to_other[line])
        if runs and tuple(start + runs[-1][3] for start in runs[-1][:3]) == place:
            runs[-1] = (*runs[-1][:3], runs[-1][3] + 1)
        else:
            runs.append((*place, 1))
    return [*runs, (len(old), len(one), len(other), 0)]


def _matched(old: list[str], new: list[str]) -> dict[int, int]:
    found: dict[int, int] = {}
    for a, b, size in SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks():
        found.update({a + n: b + n for n in range(size)})
    return found
