"""Commands whose modules are imported only when they are called or their own help is asked.

A list of commands needs one line of each, and that is read from compiled code without running it:
``vatra --help`` would otherwise load every table, solver and chart that any command needs.
"""

from __future__ import annotations

import copy
import errno
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, wraps
from importlib import import_module
from importlib.util import find_spec
from inspect import cleandoc
from types import CodeType
from typing import Any, ClassVar

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command, get_group

Command = TyperCommand | TyperGroup
# What a person can mend: a folder that is a file, no rights, no room, no such place.
_UNUSABLE = {
    getattr(errno, name)
    for name in ("EACCES", "EDQUOT", "EEXIST", "EISDIR", "ENAMETOOLONG", "ENOENT", "ENOSPC",
                 "ENOTDIR", "EPERM", "EROFS")
    if hasattr(errno, name)
}  # fmt: skip


class Commands(Mapping[str, Any]):
    """Commands by name in the order of their modules; a module is imported when it is asked for.

    A module is named like its function or group, after ``prefix``: ``check``, or ``blocks_stock``
    with ``stock`` in it. An underscore at the end keeps a word of Python apart: ``import_``.
    """

    def __init__(self, prefix: str, names: Sequence[str]) -> None:
        self._module_by_name = {each.rstrip("_"): (prefix + each, each) for each in names}

    def __getitem__(self, name: str) -> Any:
        module, inside = self._module_by_name[name]
        return _command(name, getattr(import_module(module), inside))

    def __iter__(self) -> Iterator[str]:
        return iter(self._module_by_name)

    def __len__(self) -> int:
        return len(self._module_by_name)

    def listed(self) -> dict[str, Any]:
        """Every command with its name and first sentence alone."""
        return {
            name: TyperCommand(name=name, help=first_sentence(*place), rich_markup_mode="rich")
            for name, place in self._module_by_name.items()
        }


def _command(name: str, found: Any) -> Command:
    if isinstance(found, typer.Typer):
        return get_group(found)
    alone = typer.Typer(add_completion=False, rich_markup_mode="rich")
    alone.command(name)(_saying_what_cannot_be_written(found))
    return get_command(alone)  # type: ignore[return-value]


def _saying_what_cannot_be_written(verb: Callable[..., None]) -> Callable[..., None]:
    """The verb, ending with a sentence where a file or folder that was named cannot be used."""

    @wraps(verb)
    def said(*given: Any, **options: Any) -> None:
        try:
            verb(*given, **options)
        except BrokenPipeError:
            raise  # whoever read the answer has read enough
        except OSError as error:
            if error.errno not in _UNUSABLE:
                raise
            from vatra.cli.output import fail, speak
            from vatra.words import say

            file, fault = str(error.filename or "…"), error.strerror or ""
            fail(say("cli.unwritable", speak(options.get("lang")), file=file, fault=fault))

    return said


@cache
def first_sentence(module: str, function: str) -> str:
    """What a function, or else its module, says of itself in its first paragraph."""
    spec = find_spec(module)
    code = spec.loader.get_code(module) if spec and spec.loader else None  # type: ignore[attr-defined]
    if code is None:
        return ""
    inside = [each for each in code.co_consts if isinstance(each, CodeType)]
    function_code = next((each for each in inside if each.co_name == function), code)
    text = next(iter(function_code.co_consts), None)
    return cleandoc(text).split("\n\n")[0] if isinstance(text, str) else ""


class LazyGroup(TyperGroup):
    """A group of commands that knows their names before it imports them."""

    lazy: ClassVar[Commands]

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.commands = self.lazy  # type: ignore[assignment]

    def format_help(self, ctx: Any, formatter: Any) -> None:
        shown = copy.copy(self)
        shown.commands = self.lazy.listed()
        TyperGroup.format_help(shown, ctx, formatter)

    def list_commands(self, ctx: Any) -> list[str]:
        return list(self.commands)


def lazy_group(prefix: str, names: Sequence[str]) -> type[LazyGroup]:
    """A class for ``typer.Typer(cls=...)``: a command for each function of ``prefix`` + name."""
    return type("LazyGroup", (LazyGroup,), {"lazy": Commands(prefix, names)})
