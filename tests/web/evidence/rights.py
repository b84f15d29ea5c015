"""Who may see source files, hand them in, and decide about them."""

from __future__ import annotations

import polars as pl
from django.utils import timezone

from tests.web.people.rights import ALL, NOBODY, READ, SEND, TAKE, World, city_right
from vatra.web.evidence.files import keep_rows
from vatra.web.evidence.models import Upload
from vatra.web.workspace import store

MEMBERS = ALL - {"visitor", "stranger", "foreign"}
CONTRIBUTORS = frozenset({"contributor", "editor", "climate_lead", "administrator"})
EDITORS = CONTRIBUTORS - {"contributor"}
ONE = "work/evidence/{upload}/"
RIGHTS = {
    "evidence:uploads": city_right("work/evidence/", TAKE, MEMBERS, CONTRIBUTORS),
    "evidence:templates": city_right("work/evidence/templates/", READ, MEMBERS),
    "evidence:template": city_right("work/evidence/templates/energy.csv", READ, MEMBERS),
    "evidence:upload": city_right(ONE, READ, MEMBERS),
    "evidence:replace": city_right(f"{ONE}replace/", SEND, NOBODY, CONTRIBUTORS),
    "evidence:check": city_right(f"{ONE}check/", SEND, NOBODY, CONTRIBUTORS),
    "evidence:accept": city_right(f"{ONE}accept/", SEND, NOBODY, EDITORS),
    "evidence:reject": city_right(f"{ONE}reject/", SEND, NOBODY, EDITORS),
    # The page of a mapping is itself work on it.
    "evidence:mapping": city_right(f"{ONE}mapping/", TAKE, CONTRIBUTORS, CONTRIBUTORS),
    "evidence:rows": city_right(f"{ONE}rows/", READ, MEMBERS),
    "evidence:findings": city_right(f"{ONE}findings.csv", READ, MEMBERS),
    "evidence:file": city_right(f"{ONE}file/", READ, MEMBERS),
}


def things(world: World) -> dict[str, object]:
    """A row of energy that an editor handed in, checked and waiting to be accepted."""
    row = {"year": "2021", "sector": "buildings", "carrier": "electricity", "unit": "MWh",
           "amount": "5", "source": "invented"}  # fmt: skip
    content = "\n".join([",".join(row), ",".join(row.values())]).encode()
    made = Upload.objects.create(
        city=world.city,
        name="consum.csv",
        sha=store.put(content),
        byte_count=len(content),
        kind="csv",
        state="ready",
        table="energy",
        error_count=0,
        row_count=1,
        mapped_sha=keep_rows(pl.DataFrame([{**row, "line": 2}])),
        by=world.people["editor"],
        at=timezone.now(),
    )
    return {"upload": made.pk}
