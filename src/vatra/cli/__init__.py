"""The same verbs without a browser: ``vatra check | inventory | plan | lint | contract | ...``.

Every command answers in Romanian or English, as a table, JSON or CSV. Exit codes: 0 all well,
1 findings of severity error (or a contract that does not hold), 2 wrong use of the command.
"""

from __future__ import annotations

import typer

import vatra
from vatra.cli.lazy import lazy_group
from vatra.cli.verbs import VERBS

app = typer.Typer(
    cls=lazy_group("vatra.cli.verbs.", VERBS),
    name="vatra",
    help="From a city's energy rows to a checked, sealed Climate City Contract.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"vatra {vatra.__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: bool = typer.Option(
        False, "--version", callback=_version, is_eager=True, help="Print the version."
    ),
) -> None:
    """From a city's energy rows to a checked, sealed Climate City Contract."""


def main() -> None:
    """Entry point of the command ``vatra``."""
    app()
