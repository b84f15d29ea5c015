"""Many people write into one city at once, in a database of its own; prints what came of it.

``python together.py <rows> <processes> <threads> <edits a thread>``; the database is that of
``VATRA_DATA`` or ``VATRA_DATABASE_URL``. Each process is one of a server's workers: it has its own
connections and knows of the others through the database and the data folder alone; one process
is this one. Who is told that the database is busy (503) sends the same again, as people do.
"""

from __future__ import annotations

import json
import os
import subprocess
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
from vatra.web.people.models import User  # noqa: E402
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
        while (answer := client.post(f"{URL}/{line}/", sent)).status_code == 503:
            statuses.append(503)
        base = answer.get("Location", "").rpartition("saved=")[2] or base
        statuses.append(answer.status_code)
    connections.close_all()
    return statuses


def work(first: int, threads: int, edits: int, row_count: int) -> list[int]:
    """The part of one process."""
    people = [User.objects.get(email=f"p{n}@example.org") for n in range(first, first + threads)]
    clients = [as_person(each) for each in people]
    connections.close_all()
    if sys.argv[2] == "0":
        # All begin at once.
        print("ready", flush=True)
        sys.stdin.readline()
    with ThreadPoolExecutor(threads) as pool:
        jobs = [
            pool.submit(write, each, first + n, edits, row_count) for n, each in enumerate(clients)
        ]
        return [status for job in jobs for status in job.result()]


def spread(processes: int, threads: int, edits: int, row_count: int) -> list[int]:
    """The statuses of all answers of all processes."""
    own = [sys.executable, __file__, str(row_count), "0", str(threads), str(edits)]
    running = [
        subprocess.Popen(
            [*own, str(n * threads)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for n in range(processes)
    ]
    for each in running:
        assert each.stdout is not None and each.stdout.readline() == "ready\n"
    for each in running:
        assert each.stdin is not None
        each.stdin.write("go\n")
        each.stdin.flush()
    said = [each.communicate()[0] for each in running]
    assert [each.returncode for each in running] == [0] * processes
    return [status for each in said for status in json.loads(each.splitlines()[-1])]


def main() -> None:
    row_count, processes, threads, edits = (int(each) for each in sys.argv[1:5])
    settings.ALLOWED_HOSTS = ["testserver"]
    if not processes:
        print(json.dumps(work(int(sys.argv[5]), threads, edits, row_count)))
        return
    call_command("migrate", verbosity=0)
    city = city_of(row_count)
    for n in range(processes * threads):
        member(f"p{n}", city, "editor")
    connections.close_all()
    if processes == 1:
        statuses = work(0, threads, edits, row_count)
    else:
        statuses = spread(processes, threads, edits, row_count)
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
        "answers": {str(each): statuses.count(each) for each in sorted({*statuses} - {503})},
        "kept": kept,
        "versions": Version.objects.count(),
        "logged": AuditEntry.objects.filter(noun="version", actor__startswith="person-").count(),
    }
    print(json.dumps(found))


if __name__ == "__main__":
    main()
