"""What lies in an output folder: the sealed contract, and the pack it was computed from."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

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


def read_document(folder: Path) -> dict[str, Any]:
    """The sealed contract of a folder. Raises ``OSError`` or ``ValueError`` when there is none."""
    content = json.loads((folder / CONTRACT).read_bytes())
    if not isinstance(content, dict):
        raise ValueError(f"{CONTRACT} is not an object")
    return content


@lru_cache(DOCUMENTS_KEPT)
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


@lru_cache(RUNS_KEPT)
def run_of(folder: Path, run_id: str) -> Run:
    """The pack of a folder computed again: its inventory and its stages.

    ``run_id`` names which run of it is kept. What a plan weighs year by year stands sealed in the
    document, or is computed where it is asked for. Raises ``NotReady`` when the pack is gone or
    can no longer be computed.
    """
    return _run_of(folder, with_plan=False)


@lru_cache(WHOLE_RUNS_KEPT)
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


@lru_cache(WHAT_IFS_KEPT)
def what_if(folder: Path, run_id: str, change: str) -> Run:
    """The same pack under another factor, written ``electricity.2021=0.27746`` [t/MWh]."""
    known = run_of(folder, run_id)
    return run_pack(known.pack.with_changes(overrides=(override(change),)), with_plan=False)
