"""A real PostgreSQL is stopped at once while people write and a job runs, and started again."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.web.faults.http import Browser, serving
from tests.web.jobs.place import ROOT, Place, lines, wait
from tests.web.ops.postgres import postgres_machine

pytestmark = pytest.mark.slow

PEOPLE, EDITS = 3, 6
WORK = "/en/cities/poiana/work/"
BEGIN = """
import json, sys
from django.conf import settings
from tests.web.people.cast import as_person, member
from tests.web.workspace.conftest import CITY
from vatra.web.cities.models import City
from vatra.web.workspace.actions_start import do_open_workspace
pack = settings.DATA / "out" / "pack"
pack.mkdir(parents=True)
(pack / "city.yaml").write_text(CITY, "utf-8")
rows = [f"buildings,natural_gas,1,2021,place {n},{n},MWh,meter" for n in range(int(sys.argv[1]))]
heads = "sector,carrier,scope,year,item,amount,unit,source"
(pack / "energy.csv").write_text("\\n".join([heads, *rows]) + "\\n", "utf-8")
city = City.objects.create(slug="poiana", name="Poiana", folder=str(pack.parent), run_id="0",
                           base_year=2021)
do_open_workspace(city=city, actor=None)
City.objects.update(folder="", run_id="", is_listed=False)
people = [as_person(member(f"p{n}", city, "editor")) for n in range(int(sys.argv[2]))]
name = settings.SESSION_COOKIE_NAME
print(json.dumps([{name: each.cookies[name].value} for each in people]))
"""
SHOW = """
import json
from vatra.web.base.models import AuditEntry
from vatra.web.cities.models import City
from vatra.web.workspace.models import Version
from vatra.web.workspace.queries import head_of, sheet_of
rows = sheet_of(head_of(City.objects.get()), "energy").rows
print(json.dumps({
    "said": [row["source"] for row in rows],
    "versions": Version.objects.count(),
    "logged": AuditEntry.objects.filter(noun="version", actor__startswith="person-").count(),
}))
"""


@dataclass
class Writer:
    """Somebody who writes into rows of their own and sends again what was not taken.

    The last two of them only after ``is_away``, so that there is work left then.
    """

    number: int
    browser: Browser
    is_away: threading.Event
    statuses: list[int] = field(default_factory=list)
    done: int = 0

    def run(self) -> None:
        self.browser.get(f"{WORK}tables/energy/")
        base = "1"
        for n in range(EDITS):
            if n == EDITS - 2:
                self.is_away.wait()
            row = self.number * EDITS + n
            sent = {"base": base, "c-source": f"said {row}", "before-source": "meter"}
            while True:
                answer = self.browser.post(f"{WORK}tables/energy/rows/{row + 2}/", sent)
                self.statuses.append(answer.status)
                if answer.status not in (0, 503):
                    break
                time.sleep(0.1)
            base = answer.headers.get("location", "").rpartition("saved=")[2] or base
            self.done = n + 1


def test_a_database_that_dies_under_people_and_a_job_loses_nothing(tmp_path: Path) -> None:
    file, over, is_away = tmp_path / "lines", tmp_path / "over", threading.Event()
    with postgres_machine() as server:
        place = Place(tmp_path / "data", server.url)
        cookies = json.loads(place.call(BEGIN, str(PEOPLE * EDITS), str(PEOPLE)))
        with serving(place.environment) as port, place.worker():
            writers = [Writer(n, Browser(port, each), is_away) for n, each in enumerate(cookies)]
            threads = [threading.Thread(target=each.run, daemon=True) for each in writers]
            job = place.begin("tests.hold", until=str(over), file=str(file))
            wait(lambda: len(lines(file)) == 1)
            for each in threads:
                each.start()
            wait(lambda: all(each.done for each in writers))
            server.stop()
            is_away.set()
            # Nobody's work is over yet, and everybody hears of it.
            wait(lambda: all(503 in each.statuses for each in writers))
            for lang, words in (("en", "comes back by itself"), ("ro", "revine singur")):
                answer = Browser(port, cookies[0]).get(WORK.replace("/en/", f"/{lang}/"))
                assert answer.status == 503 and words in answer.text
                assert answer.headers["retry-after"] == "30"
            assert Browser(port).get("/ready").status == 503
            assert len(lines(file)) == 1
            server.start()
            over.touch()
            for each in threads:
                each.join(120)
            wait(lambda: place.shown(job)[0] == "done")
            Browser(port).wait("/ready")
        # Everything that was sent is there once, and the log knows of each version.
        found = json.loads(place.call(SHOW))
        assert found["said"] == [f"said {row}" for row in range(PEOPLE * EDITS)]
        assert found["versions"] - 1 == found["logged"] == PEOPLE * EDITS
        assert {status for each in writers for status in each.statuses} <= {302, 503}
        assert place.shown(job)[2] == {"sum": 1}
        check = subprocess.run(
            [sys.executable, "-m", "vatra.cli", "admin", "check", "--format", "json"],
            env=place.environment, cwd=ROOT, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert json.loads(check.stdout)["ok"], check.stdout
