"""An upload's rows taken into the city's tables: one new version, or nothing at all."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from vatra.web.base.actions import do_record_write
from vatra.web.evidence.actions import FILE_OF_KIND, hold, is_large, place_of
from vatra.web.evidence.merging import Mode, merge
from vatra.web.evidence.models import Upload
from vatra.web.evidence.rules import may_decide
from vatra.web.jobs.actions import do_begin_job
from vatra.web.people.actions_invite import need
from vatra.web.people.errors import Refused
from vatra.web.people.models import User
from vatra.web.workspace import store
from vatra.web.workspace.actions import Saved, do_save_files
from vatra.web.workspace.models import Workspace
from vatra.web.workspace.queries import head_of


def do_ask_to_accept(*, upload: Upload, mode: Mode, actor: User) -> Upload:
    """Accept an upload: now, or by a job where it is large."""
    need(may_decide.refusal(actor, upload.city), upload.city)
    _need_acceptable(upload)
    if not is_large(upload):
        do_accept_upload(upload=upload, mode=mode, actor=actor)
        return upload
    with transaction.atomic():
        Workspace.objects.select_for_update().get(city=upload.city)
        upload.refresh_from_db()
        if upload.job is not None and upload.job.is_open:
            # Asked for already: a second press of the button.
            return upload
        _need_acceptable(upload)
        job = do_begin_job(
            kind="evidence.accept",
            city=upload.city,
            params={"upload": upload.pk, "mode": mode},
            actor=actor,
            about=upload.name,
            place=place_of(upload),
        )
        Upload.objects.filter(pk=upload.pk).update(job=job)
    upload.refresh_from_db()
    return upload


def do_accept_upload(*, upload: Upload, mode: Mode, actor: User) -> Saved:
    """Write an upload's rows into its table, each with where it came from.

    ``mode`` as in ``merge``. Raises ``Refused`` when the actor may not, the upload has errors or
    is decided already; ``Conflict`` and ``Unreadable`` as saving does.
    """
    need(may_decide.refusal(actor, upload.city), upload.city)
    with transaction.atomic():
        # Who saves at the same time waits here: what is merged is what stands.
        Workspace.objects.select_for_update().get(city=upload.city)
        hold(upload)
        _need_acceptable(upload)
        saved = _save(upload, mode, actor)
        now = timezone.now()
        upload.state, upload.version, upload.job = "accepted", saved.version, None
        upload.decided_by, upload.decided_at = actor, now
        upload.save(update_fields=["state", "version", "job", "decided_by", "decided_at"])
        _retire(upload)
        do_record_write(
            actor=actor.log_name,
            verb="accept",
            noun="upload",
            name=upload.log_name,
            detail=upload.sha,
            city=upload.city.slug,
        )
    return saved


def _need_acceptable(upload: Upload) -> None:
    if not upload.is_open:
        raise Refused("web.evidence.decided")
    if not upload.may_be_accepted:
        raise Refused("web.evidence.has-errors", count=upload.error_count)
    if not upload.mapped_sha and upload.kind not in FILE_OF_KIND:
        raise Refused("web.evidence.has-no-rows")


def _save(upload: Upload, mode: Mode, actor: User) -> Saved:
    head = head_of(upload.city)
    file = FILE_OF_KIND.get(upload.kind)
    if file is not None:
        found = {file: store.read(upload.sha)}
        return do_save_files(
            city=upload.city, base=head, files=found, kind="import", note=upload.name, actor=actor
        )
    merged = merge(upload, head, mode)
    return do_save_files(
        city=upload.city,
        base=head,
        files={merged.file: merged.content},
        kind="import",
        note=upload.name,
        actor=actor,
        origins={merged.file: merged.origins},
    )


def _retire(upload: Upload) -> None:
    """The upload that this one takes the place of."""
    earlier = upload.replaces
    if earlier is not None and earlier.state != "rejected":
        Upload.objects.filter(pk=earlier.pk).update(state="replaced")
