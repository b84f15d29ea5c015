"""Many people write into one city at once, in a database of its own; prints what came of it.

``python together.py <rows> <threads> <edits a thread>``; the database is that of ``VATRA_DATA`` or
``VATRA_DATABASE_URL``.
"""

from __future__ import annotations

import json
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]
os.environ["DJANGO_SETTINGS_MODULE"] = "vatra.web.site.settings"

import django  # noqa: E402

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connections  # noqa: E402
from django.test import Client  # noqa: E402

from tests.web.people.cast import as_person, member  # noqa: E402
from tests.web.workspace.conftest import CITY  # noqa: E402
from vatra.web.base.models import AuditEntry  # noqa: E402
from vatra.web.cities.models import City  # noqa: E402
from vatra.web.workspace.actions_start import do_open_workspace  # noqa: E402
from vatra.web.workspace.models import Version  # noqa: E402
from vatra.web.workspace.queries import head_of, sheet_of  # noqa: E402

URL = "/en/cities/poiana/work/tables/energy/rows"


def city_of(row_count: int) -> City:
    """A city with so many rows of energy."""
    pack = settings.DATA / "out" / "pack"
    pack.mkdir(parents=True)
    (pack / "city.yaml").write_text(CITY, "utf-8")
    rows = [f"buildings,natural_gas,1,2021,place {n},{n},MWh,meter" for n in range(row_count)]
    heads = "sector,carrier,scope,year,item,amount,unit,source"
    (pack / "energy.csv").write_text("\n".join([heads, *rows]) + "\n", "utf-8")
    made = City.objects.create(
        slug="poiana", name="Poiana", folder=str(pack.parent), run_id="0", base_year=2021
    )
    do_open_workspace(city=made, actor=None)
    return made


def write(client: Client, thread: int, edits: int, rows: int) -> list[int]:
    """Cells of its own; everybody begins at version 1 and goes on from what they saved last."""
    statuses, base = [], "1"
    for n in range(edits):
        at = thread * edits + n
        line, column = 2 + at % rows, ("source", "note", "quality")[at // rows]
        text = "H" if column == "quality" else f"said {at}"
        before = "meter" if column == "source" else ""
        sent = {"base": base, f"c-{column}": text, f"before-{column}": before}
        answer = client.post(f"{URL}/{line}/", sent)
        base = answer.get("Location", "").rpartition("saved=")[2] or base
        statuses.append(answer.status_code)
    connections.close_all()
    return statuses


def main() -> None:
    row_count, threads, edits = (int(each) for each in sys.argv[1:4])
    settings.ALLOWED_HOSTS = ["testserver"]
    call_command("migrate", verbosity=0)
    city = city_of(row_count)
    clients = [as_person(member(f"p{n}", city, "editor")) for n in range(threads)]
    with ThreadPoolExecutor(threads) as pool:
        jobs = [pool.submit(write, each, n, edits, row_count) for n, each in enumerate(clients)]
        statuses = [status for job in jobs for status in job.result()]
    head = head_of(city)
    assert head is not None
    rows = sheet_of(head, "energy").rows
    kept = sum(
        row.get("source", "").startswith("said")
        + row.get("note", "").startswith("said")
        + (row.get("quality", "") == "H")
        for row in rows
    )
    found = {
        "answers": {str(each): statuses.count(each) for each in sorted(set(statuses))},
        "kept": kept,
        "versions": Version.objects.count(),
        "logged": AuditEntry.objects.filter(noun="version", actor__startswith="person-").count(),
    }
    print(json.dumps(found))


if __name__ == "__main__":
    main()
