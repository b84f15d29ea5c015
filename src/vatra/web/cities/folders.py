"""What lies in an output folder: the sealed contract, and the pack it was computed from."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from functools import lru_cache, wraps
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar, cast

from vatra.runs.contract import Run, run_pack
from vatra.runs.pack import open_pack, override
from vatra.runs.publish import CONTRACT, PACK
from vatra.tables import FindingsError
from vatra.web.base.errors import NotReady

Document = Mapping[str, Any]
RUNS_KEPT = 8
WHOLE_RUNS_KEPT = 2
DOCUMENTS_KEPT = 32
WHAT_IFS_KEPT = 64
STATES_KEPT = 1000
Make = TypeVar("Make", bound=Callable[..., Any])
_LAST: dict[tuple[Path, str], str] = {}


def state_of(folder: Path, run_id: str) -> str:
    """What changes when a run is written into its folder again: times and size of what lies there.

    Two looks at the disk. While the folder holds another run than the one that is registered, the
    state is the last one that held it, as long as this process knows.
    """
    now = _stamp(folder)
    if _seal_at(folder, now) == run_id:
        if len(_LAST) > STATES_KEPT:
            _LAST.clear()
        _LAST[folder, run_id] = now
        return now
    return _LAST.get((folder, run_id), now)


def kept_with_folder(most: int) -> Callable[[Make], Make]:
    """Keeps what a function of a folder, its run and texts gives until the folder is another."""

    def decorate(make: Make) -> Make:
        @lru_cache(most)
        def kept(state: str, folder: Path, run_id: str, *texts: str) -> Any:
            return make(folder, run_id, *texts)

        @wraps(make)
        def asked(folder: Path, run_id: str, *texts: str) -> Any:
            return kept(state_of(folder, run_id), folder, run_id, *texts)

        asked.cache_clear = kept.cache_clear  # type: ignore[attr-defined]
        return cast(Make, asked)

    return decorate


def _stamp(folder: Path) -> str:
    # Files of a pack are put in place by name, which is written into its folder.
    try:
        contract, pack = os.stat(f"{folder}/{CONTRACT}"), os.stat(f"{folder}/{PACK}")
    except OSError:
        return ""
    return f"{contract.st_size} {contract.st_mtime_ns} {contract.st_ino} {pack.st_mtime_ns}"


# A text for each city: every request asks, also for a page that is kept.
@lru_cache(STATES_KEPT)
def _seal_at(folder: Path, stamp: str) -> str:
    try:
        return str(read_document(folder)["seal"]["value"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def read_document(folder: Path) -> dict[str, Any]:
    """The sealed contract of a folder. Raises ``OSError`` or ``ValueError`` when there is none."""
    content = json.loads((folder / CONTRACT).read_bytes())
    if not isinstance(content, dict):
        raise ValueError(f"{CONTRACT} is not an object")
    return content


@kept_with_folder(DOCUMENTS_KEPT)
def document_of(folder: Path, run_id: str) -> Document:
    """The contract that was registered. Raises ``NotReady`` when the folder holds another one."""
    try:
        content = read_document(folder)
        found = content["seal"]["value"]
    except (OSError, ValueError, KeyError, TypeError):
        found = ""
        content = {}
    # A city without a published folder has no run: that is no document either.
    if not run_id or found != run_id:
        raise NotReady("web.cities.folder-changed", folder=folder.name, file=CONTRACT)
    return MappingProxyType(content)


@kept_with_folder(RUNS_KEPT)
def run_of(folder: Path, run_id: str) -> Run:
    """The pack of a folder computed again: its inventory and its stages.

    ``run_id`` names which run of it is kept. What a plan weighs year by year stands sealed in the
    document, or is computed where it is asked for. Raises ``NotReady`` when the pack is gone or
    can no longer be computed.
    """
    return _run_of(folder, with_plan=False)


@kept_with_folder(WHOLE_RUNS_KEPT)
def whole_run_of(folder: Path, run_id: str) -> Run:
    """The same with the whole plan, so that its contract can be held against the sealed one."""
    return _run_of(folder, with_plan=True)


def _run_of(folder: Path, with_plan: bool) -> Run:
    try:
        pack = open_pack(folder / PACK)
        if not pack.ok:
            raise FindingsError(pack.findings)
        return run_pack(pack, with_plan=with_plan)
    except (OSError, FindingsError) as problem:
        raise NotReady("web.cities.pack-unreadable", folder=folder.name) from problem


@kept_with_folder(WHAT_IFS_KEPT)
def what_if(folder: Path, run_id: str, change: str) -> Run:
    """The same pack under another factor, written ``electricity.2021=0.27746`` [t/MWh]."""
    known = run_of(folder, run_id)
    return run_pack(known.pack.with_changes(overrides=(override(change),)), with_plan=False)
