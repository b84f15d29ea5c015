"""A version as folders: its pack, and what was computed from it. Both can be made again."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

import vatra
from vatra.contract import pretty
from vatra.runs.contract import Run, run_pack
from vatra.runs.pack import open_pack
from vatra.runs.publish import CONTRACT, PACK
from vatra.tables import Finding, FindingsError, order
from vatra.web.base.whole import write_whole
from vatra.web.cities import folders
from vatra.web.workspace import store
from vatra.web.workspace.models import Version
from vatra.web.workspace.queries import pack_files
from vatra.web.workspace.reading import reader_of

# Below here all is made anew when it is missing; backups leave it out.
MADE = "made"
FINDINGS = "findings.json"
KEPT_A_CITY = 6
SPARED_SECONDS = 600.0


@dataclass(frozen=True)
class Computed:
    """What a version gives: findings of every kind and, without errors, a folder to show.

    ``folder`` holds ``contract.json`` and ``pack/``; ``run_id`` is the seal it would have.
    """

    findings: tuple[Finding, ...]
    folder: Path | None = None
    run_id: str = ""

    @property
    def ok(self) -> bool:
        """Whether there is something to show."""
        return self.folder is not None

    @property
    def run(self) -> Run | None:
        """The inventory and the stages, computed in this process when first asked for."""
        return folders.run_of(self.folder, self.run_id) if self.folder else None

    @property
    def document(self) -> folders.Document | None:
        """The document as it would be sealed."""
        return folders.document_of(self.folder, self.run_id) if self.folder else None


def pack_folder(version: Version) -> Path:
    """The pack of a version, to be read only."""
    target = made_folder(version) / "pack-only"
    if not target.is_dir():
        _whole(target, lambda folder: _fill(version, folder))
    return target


def computed(version: Version) -> Computed:
    """The version computed, once; later calls read what was written then."""
    target = made_folder(version) / "output"
    if (target / FINDINGS).is_file():
        _note_use(target.parent)
    else:
        _whole(target, lambda folder: _compute(version, folder))
        _prune(target.parent.parent, target.parent)
    content = json.loads((target / FINDINGS).read_bytes())
    findings = tuple(finding_of(each) for each in content["findings"])
    return Computed(findings, target if content["run_id"] else None, content["run_id"])


def is_computed(version: Version) -> bool:
    """Whether asking for it costs nothing."""
    return (made_folder(version) / "output" / FINDINGS).is_file()


def made_folder(version: Version) -> Path:
    """Where everything made from a version lies; gone when its turn comes, and made anew.

    Another release of Vatra may compute other figures: it makes its own.
    """
    name = f"{version.digest}-{vatra.__version__}"
    return Path(settings.DATA) / MADE / str(version.city_id) / name


def _whole(target: Path, fill: Callable[[Path], None]) -> None:
    """A folder that is there with all it holds, or not at all; two who make it make the same."""
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    partial = Path(tempfile.mkdtemp(dir=target.parent, suffix=".partial"))
    try:
        fill(partial)
        try:
            os.rename(partial, target)
        except OSError:
            if not target.is_dir():
                raise
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def _fill(version: Version, folder: Path) -> None:
    for name, sha in pack_files(version).items():
        source, target = store.path_of(sha), folder / name
        if not source.is_file():
            raise store.Damaged(sha)
        try:
            os.link(source, target)
        except OSError:
            shutil.copyfile(source, target)


def _compute(version: Version, folder: Path) -> None:
    pack = folder / PACK
    pack.mkdir()
    _fill(version, pack)
    run_id = ""
    try:
        opened = open_pack(pack, reader=reader_of(version))
        if not opened.ok:
            raise FindingsError(opened.findings)
        found = run_pack(opened)
        findings = list(found.findings)
        run_id = found.run_id
        write_whole(folder / CONTRACT, pretty(found.contract), settled=True)
    except FindingsError as problem:
        findings = order(problem.findings)
    content = {"run_id": run_id, "findings": [finding_content(each) for each in findings]}
    said = json.dumps(content, ensure_ascii=False, default=str)
    # On the disk before the folder has its name: a power cut must leave no empty file in it.
    write_whole(folder / FINDINGS, said.encode(), settled=True)


def finding_content(finding: Finding) -> dict[str, Any]:
    """A finding as JSON holds it."""
    return asdict(finding) | {"params": dict(finding.params)}


def finding_of(content: dict[str, Any]) -> Finding:
    """A finding as ``finding_content`` wrote it."""
    return Finding(**(content | {"lines": tuple(content["lines"])}))


def _note_use(folder: Path) -> None:
    with suppress(FileNotFoundError):
        os.utime(folder)


def _prune(folder: Path, besides: Path) -> None:
    """Keep what was asked for last; older states are made again when somebody opens them.

    What was used a moment ago another process may be reading, or filling, right now.
    """
    until = time.time() - SPARED_SECONDS
    others = sorted((each for each in _by_use(folder) if each[1] != besides), reverse=True)
    for used, each in others[KEPT_A_CITY:]:
        if used < until:
            shutil.rmtree(each, ignore_errors=True)


def _by_use(folder: Path) -> Iterator[tuple[float, Path]]:
    """When each folder was used last; another process may take one away meanwhile."""
    for each in folder.iterdir():
        with suppress(FileNotFoundError):
            if each.is_dir():
                yield each.stat().st_mtime, each
