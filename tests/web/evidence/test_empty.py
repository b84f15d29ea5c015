"""A file without a row is never taken for something to accept."""

from __future__ import annotations

import pytest
from django.utils import timezone

from tests.web.people.cast import member
from vatra.web.cities.models import City
from vatra.web.evidence.accepting import do_accept_upload
from vatra.web.evidence.models import Upload
from vatra.web.people.errors import Refused
from vatra.web.workspace import store
from vatra.web.workspace.actions_start import do_open_workspace
from vatra.web.workspace.queries import head_of


def test_a_file_without_rows_is_refused_and_nothing_is_written(cluj: City) -> None:
    do_open_workspace(city=cluj, actor=None)
    editor, head = member("elena", cluj, "editor"), head_of(cluj)
    content = b"year,sector,carrier,unit,amount,source\n"
    empty = Upload.objects.create(
        city=cluj,
        name="consum.csv",
        sha=store.put(content),
        byte_count=len(content),
        kind="csv",
        state="ready",
        table="energy",
        by=editor,
        at=timezone.now(),
    )
    with pytest.raises(Refused, match="no row"):
        do_accept_upload(upload=empty, mode="add", actor=editor)
    assert head_of(cluj) == head
    empty.refresh_from_db()
    assert empty.state == "ready"
