"""What the commands that operate an installation share."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from vatra.cli.output import fail
from vatra.words import Language, say

Data = Annotated[
    Path | None,
    typer.Option(
        "--data",
        metavar="FOLDER",
        help="Folder of the installation; that of VATRA_DATA unless given, else .vatra.",
    ),
]


@contextmanager
def operating(lang: Language, data: Path | None, must_exist: bool = True) -> Iterator[None]:
    """Make the web wing ready, and say what it refuses."""
    if find_spec("django") is None:
        fail(say("cli.no-web", lang))
    from vatra.web.ops.errors import OpsError
    from vatra.web.ops.start import prepare

    try:
        prepare(data, must_exist)
        yield
    except OpsError as error:
        fail(error.message(lang))
