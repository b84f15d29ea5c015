"""Writes of uploads: taken in, read by a mapping, checked, refused; each one atomic and logged."""

from __future__ import annotations

import hashlib
import re
import zipfile
from pathlib import Path
from typing import IO, Any

from django.db import transaction
from django.utils import timezone

from vatra.sources.mapping import parse_mapping
from vatra.tables import Finding, FindingsError, has_errors, order, tables
from vatra.web.base.actions import do_record_write
from vatra.web.cities.models import City
from vatra.web.evidence import checking, files, inheriting, reading, sniffing
from vatra.web.evidence.checking import Outcome, Say, silent
from vatra.web.evidence.merging import about_of, merge
from vatra.web.evidence.models import SavedMapping, Upload
from vatra.web.evidence.rules import may_decide, may_hand_in
from vatra.web.jobs.actions import do_begin_job
from vatra.web.jobs.handle import Cancelled
from vatra.web.people.actions_invite import need
from vatra.web.people.errors import Refused
from vatra.web.people.models import User
from vatra.web.workspace import store
from vatra.web.workspace.actions_start import do_open_workspace
from vatra.web.workspace.models import Workspace
from vatra.web.workspace.queries import head_of
from vatra.web.workspace.sheet import Unreadable

# Larger files are checked by a job, with progress; smaller ones while the person waits.
LARGE_BYTES = 5_000_000
LARGE_ROWS = 20_000
# An unpacked workbook of this size may hold so many rows.
LARGE_WORKBOOK_BYTES = 8_000_000
REASON_LENGTH = 1000
FILE_OF_KIND = {"epw": "climate.epw", "geojson": "buildings.geojson"}


class AlreadyHere(Exception):
    """The same bytes were handed in before, as ``upload``."""

    def __init__(self, upload: Upload) -> None:
        self.upload = upload
        super().__init__(upload.log_name)


def do_receive_upload(
    *,
    city: City,
    name: str,
    source: IO[bytes],
    actor: User,
    replaces: Upload | None = None,
    again: bool = False,
) -> Upload:
    """Keep a file and look at what it is; one in our layout is checked at once.

    Raises ``FindingsError`` for what is not taken (then nothing is kept), ``AlreadyHere`` for a
    file that the city has, unless ``again`` says that it is wanted once more, ``Refused`` when the
    actor may not.
    """
    need(may_hand_in.refusal(actor, city), city)
    if replaces is not None and (replaces.city_id != city.pk or not _may_replace(replaces)):
        raise Refused("web.evidence.not-replaceable")
    name = sniffing.plain_name(name)
    path = Path(getattr(source, "temporary_file_path", lambda: "")() or source.name)
    kind = sniffing.kind_of(path, name)
    source.seek(0)
    sha = store.put_file(source)
    with transaction.atomic():
        do_open_workspace(city=city, actor=None)
        # Who hands the same file in at the same time waits here, and then finds it.
        Workspace.objects.select_for_update().get(city=city)
        here = None if again else same_file(city, sha)
        if here is not None:
            raise AlreadyHere(here)
        upload = Upload.objects.create(
            city=city,
            name=name,
            sha=sha,
            byte_count=path.stat().st_size,
            kind=kind,
            replaces=replaces,
            by=actor,
            at=timezone.now(),
        )
        _record(upload, "receive", actor, sha)
        _begin(upload, actor)
    upload.refresh_from_db()
    return upload


def same_file(city: City, sha: str) -> Upload | None:
    """The upload with these bytes that matters most: one not refused or replaced, the newest."""
    found = Upload.objects.filter(city=city, sha=sha).select_related("by", "city")
    return found.exclude(state__in=("rejected", "replaced")).first() or found.first()


def _may_replace(upload: Upload) -> bool:
    return upload.state in ("accepted", "ready", "failed", "mapping", "cancelled")


def _begin(upload: Upload, actor: User) -> None:
    """What can be checked without asking is checked; for the rest a mapping is asked for."""
    if upload.kind in FILE_OF_KIND:
        return _check(upload, actor)
    earlier = upload.replaces
    with files.named(upload) as path:
        read_before = inheriting.kept(upload, path)
        fits = () if read_before else reading.fits_of(path)
    if read_before is not None and earlier is not None:
        upload.table, upload.mapping = earlier.table, read_before.text
        upload.sheet = read_before.sheet
        if read_before.fits:
            return _check(upload, actor)
        upload.state = "mapping"
        return upload.save(update_fields=["table", "mapping", "sheet", "state"])
    best = fits[0] if fits else None
    if best is not None and best.is_ours:
        upload.table = best.table
        return _check(upload, actor)
    upload.table = earlier.table if earlier and earlier.table else (best.table if best else "")
    upload.state = "mapping"
    upload.save(update_fields=["table", "state"])


def do_map_upload(
    *, upload: Upload, table: str, text: str, actor: User, sheet: str = "", keep: bool = True
) -> Upload:
    """Read an upload as a table by a mapping, empty for our own layout, and check it.

    ``keep`` offers the mapping again for the next file with these headings. Raises
    ``FindingsError`` with every fault of the mapping, ``Refused`` when the actor may not or the
    upload is decided.
    """
    need(may_hand_in.refusal(actor, upload.city), upload.city)
    if table not in tables():
        raise Refused("web.evidence.table-unknown")
    if text:
        mapping = parse_mapping(text, reading.MAPPING_NAME)
        if mapping.table != table:
            raise Refused("web.evidence.table-unknown")
    with transaction.atomic():
        hold(upload)
        _need_open(upload)
        upload.table, upload.mapping, upload.sheet = table, text, sheet
        upload.save(update_fields=["table", "mapping", "sheet"])
        if text and keep:
            _keep_mapping(upload, actor)
        _record(upload, "map", actor, table)
        _check(upload, actor)
    upload.refresh_from_db()
    return upload


def hold(upload: Upload) -> None:
    """To the end of the transaction nobody else changes the upload, which says what stands now.

    Who also needs the workspace takes that first.
    """
    upload.refresh_from_db(from_queryset=Upload.objects.select_for_update())


def _keep_mapping(upload: Upload, actor: User) -> None:
    mapping = parse_mapping(upload.mapping, reading.MAPPING_NAME)
    with files.named(upload) as path:
        grid = reading.beginning(path, upload.sheet, delimiter=mapping.delimiter)
    rows = list(mapping.heading_rows) or [grid.rows[0][0]]
    SavedMapping.objects.update_or_create(
        city=upload.city,
        table=upload.table,
        headings_key=reading.headings_key(grid, rows),
        defaults={"text": upload.mapping, "by": actor, "at": timezone.now()},
    )


def do_check_upload(*, upload: Upload, actor: User) -> Upload:
    """Check an upload anew, as the city's plan stands now."""
    need(may_hand_in.refusal(actor, upload.city), upload.city)
    with transaction.atomic():
        hold(upload)
        _need_open(upload)
        if not upload.table and upload.kind not in FILE_OF_KIND:
            raise Refused("web.evidence.no-table")
        _check(upload, actor)
    upload.refresh_from_db()
    return upload


def _check(upload: Upload, actor: User) -> None:
    """Check now or, where that takes long, by a job."""
    upload.state, upload.round = "checking", upload.round + 1
    upload.findings, upload.mapped_sha, upload.against = [], "", {}
    upload.save()
    if not is_large(upload):
        finish_check(upload, look(upload))
        return
    job = do_begin_job(
        kind="evidence.check",
        city=upload.city,
        params={"upload": upload.pk, "round": upload.round},
        actor=actor,
        about=upload.name,
        place=place_of(upload),
    )
    Upload.objects.filter(pk=upload.pk).update(job=job)


def is_large(upload: Upload) -> bool:
    """Whether a person would have to wait for it."""
    if upload.byte_count > LARGE_BYTES or upload.row_count > LARGE_ROWS:
        return True
    try:
        if upload.kind == "xlsx":
            return _unpacked_bytes(store.path_of(upload.sha)) > LARGE_WORKBOOK_BYTES
        return upload.kind == "csv" and _has_many_lines(store.path_of(upload.sha))
    except OSError:
        # Gone from the store: who reads it says so.
        return False


def _unpacked_bytes(path: Path) -> int:
    with zipfile.ZipFile(path) as archive:
        return sum(part.file_size for part in archive.infolist())


def _has_many_lines(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(LARGE_BYTES).count(b"\n") > LARGE_ROWS


def place_of(upload: Upload) -> str:
    """The address of an upload's page, after the language."""
    return f"cities/{upload.city.slug}/work/evidence/{upload.pk}/"


def look(upload: Upload, say: Say = silent) -> Outcome:
    """Read and check an upload; writes nothing."""
    try:
        with files.named(upload) as path:
            if upload.kind == "epw":
                return checking.check_climate(path)
            if upload.kind == "geojson":
                return checking.check_footprints(path)
            about = about_of(head_of(upload.city))
            found = checking.check_table(path, tables()[upload.table], upload.mapping, about, say)
            found.findings = order([*found.findings, *inheriting.notes(upload, path)])
            return found
    except Cancelled:
        raise
    except FindingsError as problem:
        return Outcome(findings=list(problem.findings))
    except store.Damaged:
        return Outcome(findings=[Finding("web.evidence.damaged", "error", upload.name)])


def finish_check(upload: Upload, found: Outcome) -> bool:
    """Write what a check found, unless a later one began; False then."""
    errors = [each for each in found.findings if each.severity == "error"]
    values: dict[str, Any] = {
        "state": "ready",
        "findings": checking.kept(found.findings),
        "error_count": sum(max(1, each.line_count or len(each.lines)) for each in errors),
        "warning_count": sum(each.severity == "warning" for each in found.findings),
        "row_count": found.row_count,
        "bad_row_count": found.bad_row_count,
        "mapped_sha": "",
        "against": {},
    }
    if found.rows is not None and len(found.rows):
        values["mapped_sha"] = files.keep_rows(found.rows)
    elif has_errors(found.findings):
        values["state"] = "failed"
    fresh = Upload.objects.filter(pk=upload.pk, round=upload.round, state="checking")
    if values["state"] == "ready" and not errors and upload.kind not in FILE_OF_KIND:
        for name, value in values.items():
            setattr(upload, name, value)
        values["against"] = against(upload)
    return bool(fresh.update(**values))


def against(upload: Upload) -> dict[str, Any]:
    """What the rows mean for those that stand in the table now."""
    head = head_of(upload.city)
    try:
        return merge(upload, head, "add").summary(head)
    except Unreadable as problem:
        # Said in the language of who reads it, by the page.
        (why,) = checking.kept([problem.finding])
        why["file"] = problem.finding.file
        return {"version": head.number if head else 0, "unreadable": why}


def do_reject_upload(*, upload: Upload, reason: str, actor: User) -> Upload:
    """Refuse an upload; who handed it in reads why.

    Raises ``Refused`` without a reason, when the actor may not, or when it is decided.
    """
    need(may_decide.refusal(actor, upload.city), upload.city)
    reason = re.sub(r"[^\S\n]+", " ", reason.replace("\x00", "")).strip()[:REASON_LENGTH]
    if not reason:
        raise Refused("web.evidence.needs-reason")
    with transaction.atomic():
        decided = Upload.objects.filter(
            pk=upload.pk, state__in=("received", "mapping", "ready", "failed", "cancelled")
        ).update(state="rejected", reason=reason, decided_by=actor, decided_at=timezone.now())
        if not decided:
            raise Refused("web.evidence.decided")
        digest = hashlib.sha256(reason.encode()).hexdigest()
        _record(upload, "reject", actor, digest)
    upload.refresh_from_db()
    return upload


def _need_open(upload: Upload) -> None:
    if not upload.is_open or upload.state == "checking":
        raise Refused("web.evidence.decided")


def _record(upload: Upload, verb: str, actor: User, detail: str) -> None:
    do_record_write(
        actor=actor.log_name,
        verb=verb,
        noun="upload",
        name=upload.log_name,
        detail=detail,
        city=upload.city.slug,
    )
