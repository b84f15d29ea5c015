"""The work behind a city's next contract, for members' programs: versions and their tables."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from ninja import Path, Query, Router

from vatra.tables import tables
from vatra.web.api import schemas_plan as schemas
from vatra.web.api.asked import Code, Paged, Slug
from vatra.web.api.entrance import check_names, work_of
from vatra.web.api.paging import mark_of, offset_of, page_of, paged
from vatra.web.api.problems import Problem
from vatra.web.api.routes import read
from vatra.web.base.errors import Choice, NotHere
from vatra.web.workspace.models import Version
from vatra.web.workspace.queries import (
    pack_files,
    sheet_of,
    version_of,
    versions,
    workspace_of,
)
from vatra.web.workspace.sheet import Unreadable

router = Router()
HIGHEST_NUMBER = 2_147_483_647


@read(router, "/cities/{city}/work/versions", "versions", schemas.Versions)
def versions_of(request: HttpRequest, city: Path[Slug], asked: Query[Paged]) -> Any:
    """Versions of the work, the newest first."""
    check_names(request, asked)
    found = work_of(request, city, asked.lang)
    space = workspace_of(found)
    every = versions(found)
    mark = mark_of("versions", found.pk, space.head_id if space else 0)
    start = offset_of(asked.cursor, mark)
    published = space.published_id if space else None
    items = [_version(each, published) for each in every[start : start + asked.limit]]
    return paged(request, items, every.count(), start, asked, mark)


def _version(each: Version, published: int | None) -> dict[str, Any]:
    return {
        "number": each.number,
        "digest": each.digest,
        "kind": each.kind,
        "note": each.note,
        "at": each.at.isoformat(),
        "changes_count": len(each.changes),
        "files": dict(pack_files(each)),
        "is_published": each.pk == published,
    }


@read(router, "/cities/{city}/work/versions/{number}/tables/{table}", "sheet", schemas.SheetOut)
def sheet(
    request: HttpRequest,
    city: Path[Slug],
    number: Path[int],
    table: Path[Code],
    asked: Query[Paged],
) -> Any:
    """Rows of a table of a version as texts, each with its line and where it came from."""
    check_names(request, asked)
    found = work_of(request, city, asked.lang)
    if not 0 < number <= HIGHEST_NUMBER:
        raise NotHere("web.workspace.version-unknown", number=str(number)[:20])
    version = version_of(found, number, asked.lang)
    if table not in tables():
        exist = [Choice(each, reverse("v1:versions", args=[city])) for each in sorted(tables())]
        raise NotHere("web.api.table-unknown", exist, name=table)
    try:
        held = sheet_of(version, table)
    except Unreadable as problem:
        raise Problem(409, "web.api.table-unreadable", name=table) from problem
    page = page_of(request, held.rows, asked, version.digest)
    start = offset_of(asked.cursor, _mark(request, version, asked))
    end = start + len(page["items"])
    return page | {
        "table": table,
        "file": held.file,
        "columns": list(held.columns),
        "lines": list(held.lines[start:end]),
        "origins": list(held.origins[start:end]),
    }


def _mark(request: HttpRequest, version: Version, asked: Paged) -> str:
    from vatra.web.api.paging import selection

    return mark_of(version.digest, request.path, selection(asked))
