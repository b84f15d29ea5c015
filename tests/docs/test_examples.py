"""What the pages tell a reader to type does what they say."""

from __future__ import annotations

import contextlib
import io
import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.docs.pages import ROOT, Block, Command, blocks, commands, name_of, prints, written_pages
from vatra.cli import app

pytestmark = pytest.mark.usefixtures("rendered_once")

CONSOLE_PAGES = [
    page for page in written_pages() if any(b.language == "console" for b in blocks(page))
]
PYTHON_PAGES = [
    page for page in written_pages() if any(b.language == "python" for b in blocks(page))
]


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder as a reader has it: examples and cases in it, English, no terminal."""
    for folder in ("examples", "cases"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.delenv("COLUMNS", raising=False)
    return tmp_path


def output_of(command: Command) -> str:
    """Standard output of a command line: ``vatra`` in this process, anything else in a shell."""
    words = shlex.split(command.line)
    if words[0] == "vatra" and not {"|", ">", "&&"} & set(words):
        result = CliRunner().invoke(app, words[1:])
        assert result.exit_code in (0, 1), result.output
        assert result.exception is None or isinstance(result.exception, SystemExit), result.output
        return result.stdout
    environment = os.environ | {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    }
    done = subprocess.run(
        ["bash", "-c", command.line], capture_output=True, text=True, env=environment, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def put(block: Block) -> None:
    file = Path(block.file)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(block.text, "utf-8")


@pytest.mark.slow
@pytest.mark.parametrize("page", CONSOLE_PAGES, ids=name_of)
def test_commands_print_what_the_page_says(page: Path, desk: Path):
    for block in blocks(page):
        if block.file:
            put(block)
        if block.language != "console":
            continue
        for command in commands(block):
            found = output_of(command)
            assert prints(command.output, found), f"$ {command.line}\n{found}"


@pytest.mark.slow
@pytest.mark.parametrize("page", PYTHON_PAGES, ids=name_of)
def test_python_prints_what_the_page_says(page: Path, desk: Path):
    scope: dict[str, object] = {"__name__": "__main__"}
    listed = blocks(page)
    for block, after in zip(listed, [*listed[1:], Block("", "")], strict=True):
        if block.language != "python":
            continue
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(compile(block.text, name_of(page), "exec"), scope)
        if after.text and not after.language:
            # A block without a language shows a part of the output.
            assert prints(f"...{after.text.strip()}...", printed.getvalue()), printed.getvalue()
            continue
        expected = after.text if after.language == "text" else ""
        assert prints(expected, printed.getvalue()), printed.getvalue()


def test_the_tours_are_there():
    assert {name_of(page) for page in CONSOLE_PAGES} >= {"README.md", "docs/start/tour.md"}
    assert {name_of(page) for page in PYTHON_PAGES} >= {"README.md", "docs/start/notebook.md"}


@pytest.mark.parametrize(
    ("expected", "found", "same"),
    [
        ("a  \nb", "a\nb  \n", True),
        ("a\n...\nz", "a\nb\nc\nz", True),
        ("seal: ...", "seal: 12ab", True),
        ("a", "b", False),
        ("a.c", "abc", False),
        ("a", "a\nb", False),
    ],
)
def test_outputs_are_compared_to_the_letter(expected: str, found: str, same: bool):
    assert prints(expected, found) is same
