"""What blocks of flats need, cost and can become: one module for each action."""

from __future__ import annotations

from collections.abc import Callable

import typer

from vatra.cli.verbs.blocks_simulate import simulate
from vatra.cli.verbs.blocks_stock import stock

# In the order in which a newcomer meets them.
ACTIONS: tuple[Callable[..., None], ...] = (
    simulate,
    stock,
)

blocks = typer.Typer(
    name="blocks",
    help="What blocks of flats need hour by hour, what renovating them costs and gives.\n\n"
    "Example: [bold]vatra blocks stock examples/quarters/manastur-like[/]",
    no_args_is_help=True,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
)
for action in ACTIONS:
    blocks.command(action.__name__)(action)
