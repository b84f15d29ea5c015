"""Pages of the documentation as tests see them: their code blocks, links and headings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
README = ROOT / "README.md"

_FENCE = re.compile(
    r"(?:^<!-- file: (?P<file>[\w./-]+) -->\n\n?)?"
    r"^(?P<fence>```+)(?P<language>[\w-]*)(?P<rest>[^\n]*)\n(?P<body>.*?)^(?P=fence)$",
    re.MULTILINE | re.DOTALL,
)


@dataclass(frozen=True)
class Block:
    """A fenced block: its language, its text, and the file it stands for, if any.

    ``<!-- file: my-town/energy.csv -->`` before a block says that its text is that file.
    """

    language: str
    text: str
    file: str = ""


@dataclass(frozen=True)
class Command:
    """A line after ``$`` of a console block, and what it prints."""

    line: str
    output: str


def written_pages() -> list[Path]:
    """README and every page that is written by hand."""
    return [README, *sorted(DOCS.rglob("*.md"))]


def name_of(path: Path) -> str:
    """Path of a page from the root of the repository."""
    return path.relative_to(ROOT).as_posix()


def blocks(path: Path) -> list[Block]:
    """The fenced blocks of a page in their order."""
    text = path.read_text("utf-8")
    return [
        Block(found["language"], found["body"], found["file"] or "")
        for found in _FENCE.finditer(text)
    ]


def commands(block: Block) -> Iterator[Command]:
    """The commands of a console block with their outputs."""
    line, output = "", []
    for each in block.text.splitlines():
        if each.startswith("$ "):
            if line:
                yield Command(line, "\n".join(output))
            line, output = each[2:], []
        else:
            output.append(each)
    if line:
        yield Command(line, "\n".join(output))


def prints(expected: str, found: str) -> bool:
    """Whether an output is the expected one; ``...`` stands for anything."""
    pattern = re.escape(_trimmed(expected)).replace(r"\.\.\.", ".*?")
    return re.fullmatch(pattern, _trimmed(found), re.DOTALL) is not None


def _trimmed(text: str) -> str:
    # A page is typed with plain spaces where the command keeps number and unit together.
    text = text.replace("\u00a0", " ")
    return "\n".join(line.rstrip() for line in text.strip("\n").splitlines())


def without_code(text: str) -> str:
    """A page without its fenced blocks and inline code."""
    return re.sub(r"`[^`\n]+`", "", _FENCE.sub("", text))
