"""Reads of a city's work; ``access_work`` is the only door to it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from vatra.tables import tables
from vatra.web.base.errors import Choice, NotHere
from vatra.web.base.recent import Recent
from vatra.web.cities.models import City
from vatra.web.cities.queries import unknown_city
from vatra.web.people.errors import Refused
from vatra.web.people.holding import once
from vatra.web.people.rules import Actor, Rule, may_read_work
from vatra.web.workspace import store
from vatra.web.workspace.changes import difference, paired_lines, where_now
from vatra.web.workspace.models import Version, Workspace
from vatra.web.workspace.sheet import (
    ORIGINS,
    SUFFIXES,
    Sheet,
    csv_of_workbook,
    empty_sheet,
    sheet,
    table_of,
)
from vatra.words import Language

# So many tables stay in memory, taken apart, in each process.
SHEETS_KEPT = 48
# By the hashes of their bytes: one request looks at the same table several times.
_sheets: Recent[tuple[str, ...], Sheet] = Recent(SHEETS_KEPT)


def access_work(actor: Actor, slug: str, lang: Language, rule: Rule = may_read_work) -> City:
    """The city of an address, published or not, if the actor may do with it what the rule says.

    Who is no member learns of a city no more than the public does: ``NotHere`` for one that is
    not shown, ``Refused`` for one that is.
    """
    city = City.objects.filter(slug=slug).select_related("workspace", "door").first()
    is_hidden = city is None or not city.is_listed or _is_closed(city)
    refusal = may_read_work.refusal(actor, city)
    if refusal and is_hidden and not getattr(actor, "is_authenticated", False):
        # Whether there is such a city is said to members only: everybody else signs in first.
        raise Refused(refusal)
    if city is None or (refusal and is_hidden):
        raise unknown_city(slug, lang)
    refusal = refusal or rule.refusal(actor, city)
    if refusal:
        raise Refused(refusal, city=city.name)
    return city


def _is_closed(city: City) -> bool:
    door = getattr(city, "door", None)
    return door is not None and door.members_only


def workspace_of(city: City) -> Workspace | None:
    """Where the city's work stands; None where nobody has begun."""
    found = Workspace.objects.filter(city=city).select_related("head", "published")
    return once(("workspace", city.pk), found.first)


def head_of(city: City) -> Version | None:
    """The newest version."""
    found = workspace_of(city)
    return found.head if found else None


def versions(city: City) -> QuerySet[Version]:
    """All versions, the newest first."""
    return Version.objects.filter(city=city).select_related("author").order_by("-number")


def version_of(city: City, number: int, lang: Language = "ro") -> Version:
    """One version; 404 with the newest ones for a number that does not exist."""
    found = versions(city).filter(number=number).first()
    if found is None:
        newest = versions(city)[:5]
        exist = [
            Choice(
                str(each.number), reverse("workspace:version", args=[lang, city.slug, each.number])
            )
            for each in newest
        ]
        raise NotHere("web.workspace.version-unknown", exist, number=str(number)[:20])
    return found


def content_of(version: Version, file: str) -> bytes:
    """The bytes of a file of a version; ``KeyError`` for one it does not have."""
    return store.read(version.manifest[file])


def text_of(version: Version, file: str) -> str:
    """A text file of a version, empty where there is none."""
    return content_of(version, file).decode("utf-8-sig") if file in version.manifest else ""


def file_of(version: Version, name: str) -> str | None:
    """The file that holds a table in a version: CSV or workbook."""
    stem = Path(tables()[name].file_name).stem
    return next((stem + each for each in SUFFIXES if stem + each in version.manifest), None)


def sheet_of(version: Version, name: str) -> Sheet:
    """The rows of a table as texts; a table without a file has none.

    Rows of a workbook are those of its CSV form. Raises ``sheet.Unreadable``.
    """
    table, file = tables()[name], file_of(version, name)
    if file is None:
        return empty_sheet(table)
    if file.endswith(".xlsx"):
        content = content_of(version, file)
        return sheet(csv_of_workbook(content, table), table, table.file_name)
    key = (version.manifest[file], version.manifest.get(file + ORIGINS, ""), name, file)
    return _sheets.get(key) or _sheets.put(key, _read_sheet(*key))


def keep_sheet(sha: str, origins_sha: str, found: Sheet) -> None:
    """Who has just written a table need not read it again."""
    _sheets.put((sha, origins_sha, found.table.name, found.file), found)


def _read_sheet(sha: str, origins_sha: str, name: str, file: str) -> Sheet:
    origins = store.read(origins_sha).decode("utf-8-sig").splitlines() if origins_sha else []
    return sheet(store.read(sha), tables()[name], file, origins)


def origins_of(version: Version, file: str) -> list[str]:
    """Where each row of a file came from; an empty list where nothing is known."""
    sidecar = file + ORIGINS
    return text_of(version, sidecar).splitlines() if sidecar in version.manifest else []


def pack_files(version: Version) -> Mapping[str, str]:
    """The manifest without sidecars: what a pack folder holds."""
    return {name: sha for name, sha in version.manifest.items() if not name.endswith(ORIGINS)}


def steps_between(base: Version, head: Version, name: str) -> dict[int, int]:
    """Line of a table in ``base`` -> its line in ``head``, for rows that are still there."""
    later = Version.objects.filter(
        city=head.city_id, number__gt=base.number, number__lte=head.number
    ).order_by("number")
    steps: list[Any] = []
    # Changes alone: between a morning's version and the newest there may be a thousand.
    for number, changes in later.values_list("number", "changes").iterator(chunk_size=500):
        here = [change for change in changes if _is_of(change, name)]
        if any(change["op"] == "replace" for change in here):
            after = Version.objects.select_related("parent").get(city=head.city_id, number=number)
            before = sheet_of(after.parent, name) if after.parent else empty_sheet(tables()[name])
            steps.append(paired_lines(before, sheet_of(after, name)))
        elif here:
            steps.append(here)
    return where_now(sheet_of(base, name), steps)


def _is_of(change: Mapping[str, Any], name: str) -> bool:
    table = table_of(change["file"])
    return table is not None and table.name == name


def compare(before: Version, after: Version) -> list[dict[str, Any]]:
    """What differs between two versions, cell by cell in tables, file by file elsewhere.

    ``{"file", "table", "op", "line", "column", "before", "after", "row", "key"}``.
    """
    files = sorted(set(pack_files(before)) | set(pack_files(after)))
    found: list[dict[str, Any]] = []
    done: set[str] = set()
    for file in files:
        if before.manifest.get(file) == after.manifest.get(file):
            continue
        table = table_of(file)
        if table is None:
            found.append(_whole_file(before, after, file))
        elif table.name not in done:
            done.add(table.name)
            found += _cells(sheet_of(before, table.name), sheet_of(after, table.name))
    return found


def _whole_file(before: Version, after: Version, file: str) -> dict[str, Any]:
    is_text = file.endswith((".md", ".yaml"))
    texts = [text_of(each, file) if is_text else "" for each in (before, after)]
    op = "change"
    if file not in before.manifest or file not in after.manifest:
        op = "add" if file in after.manifest else "remove"
    entry = {"file": file, "table": "", "op": op, "line": 0, "column": "", "key": file}
    return entry | {"before": texts[0], "after": texts[1], "row": {}}


def _cells(before: Sheet, after: Sheet) -> list[dict[str, Any]]:
    found = []
    for each in difference(before, after):
        source = after if each.op == "add" else before
        key = " · ".join(part for part in source.key_of(source.by_line[each.line]) if part)
        entry = {"file": after.file, "table": after.table.name, "op": each.op, "line": each.line}
        entry |= {"column": each.column, "before": each.before, "after": each.after}
        found.append(entry | {"row": dict(each.row), "key": key})
    return found
