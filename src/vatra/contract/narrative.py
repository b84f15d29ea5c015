"""What people write of a contract: sections of a declared outline, in each language.

A file ``narrative.ro.md`` holds sections under lines ``## key``. The outline follows the three
parts of a Climate City Contract (Commitments, Action Plan, Investment Plan) as the templates of
NetZeroCities order them; its words here are our own.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from vatra.tables import Finding, fold
from vatra.words import LANGUAGES, Language, say

Part = Literal["commitments", "action", "investment"]
PARTS: tuple[Part, ...] = ("commitments", "action", "investment")
MOST_BYTES = 500_000
# What people wrote, as a sealed document holds it; a pack without it has none of these.
WRITTEN_SECTIONS = ("narrative", "participation", "commitments")
HEADING = re.compile(r"^##[ \t]+(?P<key>[^#\n].*?)[ \t#]*$")


@dataclass(frozen=True)
class Section:
    """A place of the outline.

    ``module`` as the templates number it, empty where they do not; ``tables`` ids of the contract's
    tables that belong beside it.
    """

    key: str
    part: Part
    module: str = ""
    tables: tuple[str, ...] = ()

    def title(self, lang: Language) -> str:
        """Its heading: ``A-1 Where the city stands``."""
        words = say(f"contract.narrative-{self.key}", lang)
        return f"{self.module} {words}" if self.module else words

    def hint(self, lang: Language) -> str:
        """What belongs into it."""
        return say(f"contract.narrative-{self.key}-hint", lang)


OUTLINE = (
    Section("introduction", "commitments", tables=("summary",)),
    Section("goal", "commitments", tables=("pathway",)),
    Section("contribution", "commitments", tables=("a-2.3", "split-in-order")),
    Section("priorities", "commitments", tables=("b-2.1",)),
    Section("process", "commitments", tables=("participation",)),
    Section("signatories", "commitments", tables=("commitments",)),
    Section("current_state", "action", "A-1", ("v1-a-1.1", "v2-a-1.3", "doubt")),
    Section("policies", "action", "A-2", ("a-2.3",)),
    Section("barriers", "action", "A-3"),
    Section("pathway", "action", "B-1", ("b-1", "b-1-wedges")),
    Section("portfolio", "action", "B-2", ("b-2.1", "b-2.2")),
    Section("learning", "action", "B-3", ("b-3.1", "b-3.2")),
    Section("governance", "action", "C-1", ("c-1.1",)),
    Section("just_transition", "action", "C-2", ("c-2.1",)),
    Section("outlook", "action"),
    Section("investment_state", "investment", "A-1", ("ip-sources",)),
    Section("investment_strategy", "investment", "A-2", ("ip-uses",)),
    Section("investment_barriers", "investment", "A-3"),
    Section("costs", "investment", "B-1", ("ip-uses",)),
    Section("capital", "investment", "B-2", ("ip-sources", "ip-actors")),
    Section("investment_indicators", "investment", "B-3"),
    Section("enabling", "investment", "C-1"),
    Section("risks", "investment", "C-2"),
    Section("capacity", "investment", "C-3"),
)


@cache
def sections() -> dict[str, Section]:
    """Every section of the outline by its key."""
    return {each.key: each for each in OUTLINE}


@dataclass(frozen=True)
class Written:
    """A section as it is written: its Markdown, and the line of the file on which that begins."""

    key: str
    text: str
    line: int


def narrative_file(lang: Language) -> str:
    """Name of the file that holds a language."""
    return f"narrative.{lang}.md"


NARRATIVE_FILES = tuple(narrative_file(each) for each in LANGUAGES)


def split(text: str, file: str) -> tuple[dict[str, Written], list[Finding]]:
    """The sections of a file by key, in the order of the outline, and what is wrong with it.

    Never raises. Text before the first heading, a key the outline lacks and one that stands twice
    are findings; of two sections with one key the texts are joined, so that nothing is lost.
    """
    found: dict[str, Written] = {}
    wrong: list[Finding] = []
    for key, line, body in _pieces(normal(text)):
        if key is None:
            if body.strip():
                wrong.append(Finding("contract.narrative-before", "warning", file, (1,)))
        elif (known := _known(key)) is None:
            wrong.append(_unknown(key, file, line))
        elif known in found:
            params = {"key": known, "first": found[known].line - 1}
            wrong.append(Finding("contract.narrative-twice", "error", file, (line,), "", params))
            kept = found[known]
            found[known] = Written(known, f"{kept.text}\n\n{body.strip()}", kept.line)
        else:
            begins = line + 1 + len(body) - len(body.lstrip("\n"))
            found[known] = Written(known, body.strip("\n"), begins)
    return {each.key: found[each.key] for each in OUTLINE if each.key in found}, wrong


def narrative_section(text: str, key: str) -> str:
    """The Markdown of one section of a file, empty where it is not written."""
    found = split(text, "")[0].get(key)
    return found.text.strip() if found else ""


def with_section(text: str, key: str, body: str) -> str:
    """The file with another text in one section; all else in it stays as it is.

    Headings of the text itself are kept below those of sections. An empty text takes the section
    out; a new one comes behind those that stand before it in the outline.
    """
    body = re.sub(r"^#{1,2}[ \t]+", "### ", normal(body), flags=re.MULTILINE).strip()
    new = f"## {key}\n\n{body}\n" if body else ""
    place = {each.key: at for at, each in enumerate(OUTLINE)}
    out: list[str] = []
    is_in = False
    for name, _, old in _pieces(normal(text)):
        known = _known(name) if name is not None else None
        if known == key:
            out += [new] if not is_in else []
            is_in = True
            continue
        if known is not None and not is_in and place[known] > place[key]:
            out.append(new)
            is_in = True
        piece = old if name is None else f"## {name}\n{old}"
        out.append(piece.strip("\n") + "\n" if piece.strip() else "")
    if not is_in:
        out.append(new)
    return "\n".join(each for each in out if each)


def normal(text: str) -> str:
    """Lines that end alike everywhere."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _pieces(text: str) -> Iterator[tuple[str | None, int, str]]:
    """Heading (None before the first), its line and what stands below it."""
    key: str | None = None
    begins, body = 0, ""
    for number, line in enumerate(text.splitlines(keepends=True), 1):
        heading = HEADING.match(line.rstrip("\n"))
        if heading:
            yield key, begins, body
            key, begins, body = heading["key"], number, ""
        else:
            body += line
    yield key, begins, body


def _known(key: str) -> str | None:
    """The section of a heading, however its key is spelt."""
    words = {fold(each.key): each.key for each in OUTLINE}
    return words.get(fold(key))


def _unknown(key: str, file: str, line: int) -> Finding:
    near = difflib.get_close_matches(fold(key), sections(), 3, 0.4) or list(sections())[:3]
    params = {"key": key[:80], "near": near}
    return Finding("contract.narrative-key", "error", file, (line,), "", params)
