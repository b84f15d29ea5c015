"""What runs an installation: its people and cities, its check, backup and restore.

One module ``admin_<action>`` with a function ``<action>`` for each action.
"""

from __future__ import annotations

import typer

from vatra.cli.lazy import lazy_group

ACTIONS = ("create", "register", "check", "backup", "restore", "sweep", "work", "digest", "index")

admin = typer.Typer(
    cls=lazy_group("vatra.cli.verbs.admin_", ACTIONS),
    name="admin",
    help="What runs an installation: its people and cities, its check, backup and restore.\n\n"
    "Example: [bold]vatra admin create ana@example.org[/]",
    no_args_is_help=True,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
)
