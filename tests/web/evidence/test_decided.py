"""What somebody decides while another one still looks at the file stays decided."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.web.evidence.conftest import GOOD, handed
from vatra.web.cities.models import City
from vatra.web.evidence.actions import do_check_upload, do_map_upload
from vatra.web.evidence.models import Upload
from vatra.web.people.errors import Refused
from vatra.web.people.models import User

pytestmark = pytest.mark.django_db


def test_a_page_of_before_does_not_take_an_acceptance_back(
    poiana: City, client_of_con: Client, con: User, editor: Client
) -> None:
    upload = handed(client_of_con, GOOD)
    # Read before the decision, written after it.
    checked, mapped = (Upload.objects.get(pk=upload.pk) for _ in range(2))
    editor.post(f"/en/cities/poiana/work/evidence/{upload.pk}/accept/", {"mode": "add"})
    with pytest.raises(Refused) as check:
        do_check_upload(upload=checked, actor=con)
    with pytest.raises(Refused) as read:
        do_map_upload(upload=mapped, table="energy", text="", actor=con)
    assert check.value.key == read.value.key == "web.evidence.decided"
    upload.refresh_from_db()
    assert upload.state == "accepted" and upload.version is not None
