"""A list of commands needs none of them; each is found in its place when it is called."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from vatra.cli import app
from vatra.cli.lazy import Commands, _saying_what_cannot_be_written, first_sentence

HEAVY = ("numpy", "polars", "scipy", "typst", "vatra.tables", "vatra.runs", "vatra.plans")
ASK = f"""
import json, sys
from vatra.cli import main
sys.argv[0] = "vatra"
try:
    main()
finally:
    loaded = [each for each in {HEAVY!r} if each in sys.modules]
    print(json.dumps(loaded), file=sys.stderr)
"""


def groups() -> dict[str, Any]:
    root: Any = get_command(app)
    return {"vatra": root, "blocks": root.get_command(None, "blocks")}


@pytest.mark.parametrize("arguments", [("--help",), ("--version",), ("blocks", "--help")])
def test_help_loads_no_room(arguments: tuple[str, ...]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", ASK, *arguments], capture_output=True, text=True, check=True
    )
    assert done.stdout
    assert json.loads(done.stderr) == []


@pytest.mark.parametrize("group", ["vatra", "blocks"])
def test_a_list_says_of_each_command_what_its_own_help_says_first(group: str) -> None:
    whole = groups()[group]
    listed = whole.lazy.listed()
    assert list(listed) == whole.list_commands(None)
    for name, short in listed.items():
        own = whole.get_command(None, name)
        assert own.name == name
        assert short.help == own.help.split("\n\n")[0] != ""


@pytest.mark.parametrize(
    ("lang", "words"), [("en", "cannot be used"), ("ro", "nu poate fi folosit")]
)
def test_a_place_that_cannot_be_written_is_said(tmp_path: Path, lang: str, words: str) -> None:
    (tmp_path / "file").write_text("mine", "utf-8")
    done = CliRunner().invoke(app, ["template", str(tmp_path / "file" / "city"), "--lang", lang])
    assert done.exit_code == 1
    assert isinstance(done.exception, SystemExit)
    assert words in done.output and "file" in done.output
    assert (tmp_path / "file").read_text("utf-8") == "mine"


def test_a_fault_of_our_own_stays_one() -> None:
    with pytest.raises(ConnectionError):
        _saying_what_cannot_be_written(fails)(ConnectionResetError(104, "reset"))
    with pytest.raises(BrokenPipeError):
        _saying_what_cannot_be_written(fails)(BrokenPipeError(32, "pipe"))


def fails(error: OSError) -> None:
    raise error


def test_an_unknown_name_is_no_command() -> None:
    assert groups()["vatra"].get_command(None, "chek") is None
    assert "chek" not in Commands("vatra.cli.verbs.", ("check",))


def test_a_word_of_python_is_called_without_its_underscore() -> None:
    assert list(Commands("vatra.cli.verbs.", ("import_", "check"))) == ["import", "check"]


def test_a_module_that_is_not_there_says_nothing() -> None:
    assert first_sentence("vatra.cli.verbs.nothing", "nothing") == ""
