"""From a row of the working tables back to the file, line and person; and from a file onwards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from vatra.web.cities.models import City
from vatra.web.evidence.models import Upload
from vatra.web.evidence.queries import table_of
from vatra.web.people.models import User
from vatra.web.workspace.models import Version
from vatra.web.workspace.queries import file_of, head_of, origins_of, sheet_of
from vatra.web.workspace.sheet import Sheet, Unreadable
from vatra.web.workspace.sheet import table_of as table_of_file

LINES_SHOWN = 200
MOST_ROWS = 50_000


@dataclass(frozen=True)
class Lineage:
    """Where a row came from: the upload, the line of its file, who handed it in and when."""

    upload: Upload
    line: int
    person: User | None
    at: datetime


def lineage_of(city: City, file: str, line: int, version: Version | None = None) -> Lineage | None:
    """Where the row at a line of a file of the pack came from; None for one typed by hand.

    ``version`` is the state the line belongs to, the newest unless given.
    """
    return next(iter(lineages_of(city, file, [line], version).values()), None)


def lineages_of(
    city: City, file: str, lines: Sequence[int], version: Version | None = None
) -> dict[int, Lineage]:
    """The same for several lines at once; lines typed by hand are left out."""
    state = version or head_of(city)
    sheet = _sheet(state, file)
    return _told(city, sheet, lines) if sheet else {}


def all_lineages(city: City, file: str, version: Version) -> dict[int, Lineage]:
    """The same for every line; nothing for a table of very many rows, which nobody would read."""
    if len(origins_of(version, file)) > MOST_ROWS:
        return {}
    sheet = _sheet(version, file)
    return _told(city, sheet, sheet.lines) if sheet else {}


def _sheet(version: Version | None, file: str) -> Sheet | None:
    table = table_of_file(file)
    if version is None or table is None or not origins_of(version, file):
        return None
    try:
        return sheet_of(version, table.name)
    except Unreadable:
        return None


def _told(city: City, sheet: Sheet, lines: Sequence[int]) -> dict[int, Lineage]:
    at = sheet.by_line
    wanted = {line: sheet.origins[at[line]] for line in lines if line in at}
    told = {line: found for line, text in wanted.items() if (found := _parsed(text))}
    asked = {pk for pk, _ in told.values()}
    uploads = Upload.objects.filter(city=city, pk__in=asked).select_related("by")
    known = {each.pk: each for each in uploads}
    return {
        line: Lineage(known[pk], source, known[pk].by, known[pk].at)
        for line, (pk, source) in told.items()
        if pk in known
    }


def lines_now(upload: Upload, version: Version | None) -> tuple[str, list[int]]:
    """The file of the pack and its lines that come from an upload, in a version."""
    table = table_of(upload)
    file = file_of(version, table.name) if version and table else None
    if version is None or table is None or file is None:
        return "", []
    if not any(each.startswith(upload.origin) for each in origins_of(version, file)):
        return file, []
    try:
        sheet = sheet_of(version, table.name)
    except Unreadable:
        return file, []
    lines = [
        line
        for line, origin in zip(sheet.lines, sheet.origins, strict=True)
        if origin.startswith(upload.origin)
    ]
    return file, lines


def _parsed(origin: str) -> tuple[int, int] | None:
    word, _, line = origin.partition(":")
    number = word.removeprefix("upload-")
    if word == number or not number.isdecimal() or not line.isdecimal():
        return None
    return int(number), int(line)
