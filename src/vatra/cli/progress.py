"""Long work says what it is doing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import Progress as Bar
from rich.progress import SpinnerColumn, TextColumn, TimeElapsedColumn

from vatra.cli.output import Format
from vatra.runs.contract import Progress
from vatra.words import Language, say


@contextmanager
def progress(lang: Language, form: Format) -> Iterator[Progress]:
    """Say each step on stderr while it runs; silent for machines."""
    if form is not Format.TABLE:
        yield lambda step: None
        return
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    console = Console(stderr=True)
    with Bar(*columns, console=console, disable=not console.is_terminal) as bar:
        current = [bar.add_task("", total=None, visible=False)]

        def step(name: str) -> None:
            bar.update(current[0], total=1, completed=1)
            text = say(f"cli.step-{name}", lang)
            current[0] = bar.add_task(text, total=None)
            if not console.is_terminal:
                console.print(text, highlight=False)

        yield step
        bar.update(current[0], total=1, completed=1)
