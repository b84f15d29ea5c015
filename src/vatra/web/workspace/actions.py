"""Writes of a city's work: each one a new version, atomic and logged."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from vatra.web.base.actions import do_record_write
from vatra.web.cities.models import City
from vatra.web.people.actions_invite import need
from vatra.web.people.models import User
from vatra.web.people.rules import Rule, may_edit_city
from vatra.web.workspace import prose, store
from vatra.web.workspace.changes import CellChange, Clash, Conflict, applied, difference
from vatra.web.workspace.models import Version, Workspace
from vatra.web.workspace.queries import (
    content_of,
    file_of,
    keep_sheet,
    sheet_of,
    steps_between,
)
from vatra.web.workspace.resent import not_yet_made
from vatra.web.workspace.sheet import (
    ORIGINS,
    Sheet,
    Unreadable,
    need_headings,
    origin_data,
    row_count_of,
    sheet,
    table_of,
)

MOST_CHANGES_LISTED = 2000
TEXTS = (".md", ".yaml", ".txt")


@dataclass(frozen=True)
class Saved:
    """The version that was made, or the head where nothing changed.

    ``merged`` whether somebody else had written since the state that the person saw.
    """

    version: Version
    merged: bool = False
    is_new: bool = True


@dataclass
class Draft:
    """A version in the making."""

    manifest: dict[str, str]
    changes: list[dict[str, Any]]
    merged: bool = False


def do_save_cells(
    *,
    city: City,
    table: str,
    base: Version,
    changes: Sequence[CellChange],
    actor: User,
    note: str = "",
    kind: str = "edit",
    rule: Rule = may_edit_city,
) -> Saved:
    """Change rows of one table; lines are those of ``base``, the state that the person saw.

    Raises ``Refused`` when the actor may not, ``Conflict`` when others changed the same cells to
    something else (nothing is written then), ``Unreadable`` when the file cannot be taken apart.
    """
    need(rule.refusal(actor, city), city)
    with transaction.atomic():
        workspace = _locked(city)
        head = _head(workspace)
        draft = Draft(dict(head.manifest), [], head.pk != base.pk)
        now = sheet_of(head, table)
        lines = _lines(base, head, table, now)
        seen = now if base.pk == head.pk else sheet_of(base, table)
        result, done = applied(seen, now, lines, not_yet_made(changes, base, head, now))
        if not done:
            return Saved(head, is_new=False)
        _put_sheet(draft, head, table, result, done)
        return Saved(add_version(workspace, draft, kind, note, actor), draft.merged)


def do_save_files(
    *,
    city: City,
    base: Version | None,
    files: Mapping[str, bytes | None],
    kind: str,
    note: str = "",
    actor: User,
    rule: Rule = may_edit_city,
    origins: Mapping[str, Sequence[str]] | None = None,
) -> Saved:
    """Put whole files into the pack; None takes one out.

    Files that others changed since ``base`` are merged: tables by row and cell, texts by line.
    ``origins`` file -> where each of its rows came from. Raises as ``do_save_cells`` does.
    """
    need(rule.refusal(actor, city), city)
    with transaction.atomic():
        workspace = _locked(city)
        head = _head(workspace)
        draft = Draft(dict(head.manifest), [], base is not None and head.pk != base.pk)
        clashes: list[Clash] = []
        for file, content in sorted(files.items()):
            try:
                _put_file(draft, base or head, head, file, content, (origins or {}).get(file))
            except Conflict as problem:
                clashes += problem.clashes
        if clashes:
            raise Conflict(clashes)
        if draft.manifest == head.manifest:
            return Saved(head, is_new=False)
        return Saved(add_version(workspace, draft, kind, note, actor), draft.merged)


def do_undo_version(*, version: Version, actor: User) -> Saved:
    """Take back what one version did, and keep what came after it.

    Raises ``Conflict`` when later versions changed the same cells.
    """
    if version.parent is None:
        return Saved(version, is_new=False)
    note = str(version.number)
    files, origins = _files_of(version.parent, besides=version)
    return do_save_files(
        city=version.city, base=version, files=files, kind="undo", note=note, actor=actor,
        origins=origins,
    )  # fmt: skip


def do_restore_version(*, version: Version, actor: User) -> Saved:
    """Make an earlier state the newest one; everything between stays in the history."""
    with transaction.atomic():
        head = _head(_locked(version.city))
        files, origins = _files_of(version, besides=head)
        return do_save_files(
            city=version.city, base=head, files=files, kind="restore", note=str(version.number),
            actor=actor, origins=origins,
        )  # fmt: skip


def _files_of(
    wanted: Version, besides: Version
) -> tuple[dict[str, bytes | None], dict[str, list[str]]]:
    """Files of one version that differ in the other, with where their rows came from."""
    from vatra.web.workspace.queries import origins_of

    files: dict[str, bytes | None] = {}
    origins: dict[str, list[str]] = {}
    for name in sorted(set(wanted.manifest) | set(besides.manifest)):
        if name.endswith(ORIGINS) or wanted.manifest.get(name) == besides.manifest.get(name):
            continue
        files[name] = content_of(wanted, name) if name in wanted.manifest else None
        if name in wanted.manifest:
            origins[name] = origins_of(wanted, name)
    return files, origins


def _locked(city: City) -> Workspace:
    return Workspace.objects.select_for_update().get(city=city)


def _head(workspace: Workspace) -> Version:
    if workspace.head is None:
        raise ValueError("a workspace is made with its first version")
    return workspace.head


def _lines(base: Version, head: Version, table: str, now: Sheet) -> Mapping[int, int]:
    if base.pk == head.pk or _same(base, head, table):
        return {line: line for line in now.lines}
    return steps_between(base, head, table)


def _same(base: Version, head: Version, table: str) -> bool:
    one, other = file_of(base, table), file_of(head, table)
    return one == other and (one is None or base.manifest[one] == head.manifest[one])


def _put_sheet(
    draft: Draft, head: Version, table: str, result: Sheet, done: list[dict[str, Any]]
) -> None:
    old = file_of(head, table)
    if old is not None and old != result.file:
        del draft.manifest[old]
    draft.manifest[result.file] = store.put(result.data())
    _put_origins(draft, result.file, result.origin_data())
    keep_sheet(draft.manifest[result.file], draft.manifest.get(result.file + ORIGINS, ""), result)
    draft.changes += done


def _put_origins(draft: Draft, file: str, content: bytes) -> None:
    if content:
        draft.manifest[file + ORIGINS] = store.put(content)
    else:
        draft.manifest.pop(file + ORIGINS, None)


def _put_file(
    draft: Draft,
    base: Version,
    head: Version,
    file: str,
    content: bytes | None,
    origins: Sequence[str] | None,
) -> None:
    was, now = base.manifest.get(file), head.manifest.get(file)
    table = table_of(file)
    if content is None:
        if was != now:
            raise Conflict([Clash(file, 0, "", "", "", "")])
        _drop(draft, file)
        return
    if was != now and was is not None and now is not None:
        if table is not None and file.endswith(".csv"):
            _merge_table(draft, base, head, sheet(content, table, file, origins or ()))
            return
        content = _merged(base, head, file, content)
    elif was != now and hashlib.sha256(content).hexdigest() != now:
        raise Conflict([Clash(file, 0, "", "", "", "")])
    _take(draft, head, file, content, origins)


def _merged(base: Version, head: Version, file: str, mine: bytes) -> bytes:
    if not file.endswith(TEXTS):
        if hashlib.sha256(mine).hexdigest() == head.manifest[file]:
            return mine
        raise Conflict([Clash(file, 0, "", "", "", "")])
    was, now = (content_of(each, file).decode("utf-8-sig") for each in (base, head))
    return prose.merged(file, was, now, mine.decode("utf-8-sig")).encode()


def _merge_table(draft: Draft, base: Version, head: Version, mine: Sheet) -> None:
    name = mine.table.name
    before, now = sheet_of(base, name), sheet_of(head, name)
    wanted = difference(before, mine)
    result, done = applied(before, now, _lines(base, head, name, now), wanted)
    if done:
        _put_sheet(draft, head, name, result, done)


def _drop(draft: Draft, file: str) -> None:
    if draft.manifest.pop(file, None) is not None:
        draft.changes.append({"op": "replace", "file": file, "after": ""})
    draft.manifest.pop(file + ORIGINS, None)


def _take(
    draft: Draft, head: Version, file: str, content: bytes, origins: Sequence[str] | None
) -> None:
    sha = store.put(content)
    if draft.manifest.get(file) == sha and origins is None:
        return
    table = table_of(file)
    if table is not None:
        other = file_of(head, table.name)
        if other is not None and other != file:
            _drop(draft, other)
    draft.manifest[file] = sha
    if table is None or not file.endswith(".csv"):
        draft.changes.append({"op": "replace", "file": file, "after": sha})
        return
    entry: dict[str, Any] = {"op": "replace", "file": file, "after": sha}
    try:
        # A million rows are not taken apart to be counted: who knows their origins has done so.
        need_headings(content, table, file)
        _put_origins(draft, file, origin_data(origins or ()))
        entry["row_count"] = len(origins) if origins else row_count_of(content, table, file)
    except Unreadable:
        # A file with faults may stand in a draft; its rows cannot be told apart.
        draft.manifest.pop(file + ORIGINS, None)
    draft.changes.append(entry)


def add_version(
    workspace: Workspace, draft: Draft, kind: str, note: str, actor: User | None
) -> Version:
    """Enter a draft as the newest version; inside the transaction that locked the workspace."""
    head = workspace.head
    city, log = workspace.city, actor.log_name if actor else "vatra"
    version = Version.objects.create(
        city=city,
        number=head.number + 1 if head else 1,
        parent=head,
        manifest=dict(sorted(draft.manifest.items())),
        digest=digest_of(draft.manifest),
        kind="merge" if draft.merged and kind == "edit" else kind,
        note=note[:500],
        author=actor,
        author_log=log,
        at=timezone.now(),
        changes=_bounded(draft.changes),
    )
    workspace.head = version
    workspace.save(update_fields=["head"])
    do_record_write(
        actor=log, verb="save", noun="version", name=f"{city.slug}/{version.number}",
        detail=version.digest, city=city.slug,
    )  # fmt: skip
    return version


def _bounded(changes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    if len(changes) <= MOST_CHANGES_LISTED:
        return changes
    files = dict.fromkeys(each["file"] for each in changes)
    return [{"op": "replace", "file": file, "after": "many"} for file in files]


def digest_of(manifest: Mapping[str, str]) -> str:
    """The hash of a manifest: the same files have the same digest."""
    text = json.dumps(dict(sorted(manifest.items())), ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
