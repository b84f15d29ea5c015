"""What blocks of flats need hour by hour, what renovating them costs and gives.

One module ``blocks_<action>`` with a function ``<action>`` for each action.
"""

from __future__ import annotations

import typer

from vatra.cli.lazy import lazy_group

# In the order in which a newcomer meets them.
ACTIONS = (
    "simulate",
    "stock",
    "edit",
    "retrofit",
    "calibrate",
    "network",
    "quarter",
    "measures",
    "sun",
    "stream",
)

blocks = typer.Typer(
    cls=lazy_group("vatra.cli.verbs.blocks_", ACTIONS),
    name="blocks",
    help="What blocks of flats need hour by hour, what renovating them costs and gives.\n\n"
    "Example: [bold]vatra blocks stock examples/quarters/manastur-like[/]",
    no_args_is_help=True,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
)
