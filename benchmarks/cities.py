"""An installation of many synthetic cities for the benchmark of load, made in a process of its own.

``python -m benchmarks.cities <folder> <cities> <rows a city> <editors>``; the database is that of
``VATRA_DATABASE_URL``. Prints where the editors are signed in.

Every city has the example plan of a large city over an energy table of its own: each figure is
divided among meters. What is computed is the same for all, so one is computed and the others take
its document with their own name and the hashes of their own files, sealed anew; the last one is
computed as well and must agree to the byte.
"""

from __future__ import annotations

import copy
import csv
import hashlib
import json
import os
import shutil
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from vatra.contract import pretty, seal
from vatra.runs.contract import run
from vatra.runs.publish import CONTRACT, PACK

EXAMPLE = Path(__file__).resolve().parent.parent / "examples" / "cluj"
ENERGY, ABOUT = "energy.csv", "city.yaml"
# What the example's own city printed: the made-up ones printed nothing.
LEFT_OUT = "published_"
SINCE = date(2026, 1, 1)
# What is found of one city, under the number of another.
COPY = """
INSERT INTO search_entry (source, kind, audience, lang, url_name, query, updated, city_id,
                          title, text, folded, url_args)
SELECT source, kind, audience, lang, url_name, query, updated, %(to)s,
       regexp_replace(title, %(old)s, %(new)s, 'g'), regexp_replace(text, %(old)s, %(new)s, 'g'),
       replace(regexp_replace(folded, %(old)s, %(new)s, 'g'), 'zqt001', 'zqt' || %(new)s),
       replace(url_args::text, 'oras-001', 'oras-' || %(new)s)::jsonb
FROM search_entry WHERE city_id = %(from)s
"""


def code_of(number: int) -> str:
    """The city's part of an address."""
    return f"oras-{number:03d}"


def name_of(number: int) -> str:
    """What people call it."""
    return f"Orașul {number:03d}"


def meters(number: int, row_count: int) -> Iterator[dict[str, str]]:
    """The example's energy, each figure in whole units divided among meters of one city."""
    with (EXAMPLE / ENERGY).open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    at = 0
    for position, row in enumerate(rows):
        count = row_count * (position + 1) // len(rows) - row_count * position // len(rows)
        share, rest = divmod(int(row["amount"]), count)
        for part in range(count):
            at += 1
            amount = str(share + (part < rest))
            yield row | {"item": f"contor {number:03d}-{at:05d}", "amount": amount, "source": "d"}


def write_pack(number: int, row_count: int, folder: Path) -> Path:
    """The files of one city."""
    folder.mkdir(parents=True)
    for file in EXAMPLE.iterdir():
        if not file.name.startswith(LEFT_OUT) and file.name not in (ENERGY, ABOUT):
            shutil.copyfile(file, folder / file.name)
    about = (EXAMPLE / ABOUT).read_text("utf-8")
    for old, new in (
        ("name: Cluj-Napoca", f"name: {name_of(number)}"),
        ("code: cluj-napoca", f"code: {code_of(number)}"),
        ("synthetic: false", "synthetic: true"),
    ):
        assert old in about
        about = about.replace(old, new)
    (folder / ABOUT).write_text(about, "utf-8")
    rows = list(meters(number, row_count))
    with (folder / ENERGY).open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return folder


def sealed_alike(document: dict[str, Any], number: int, pack: Path) -> dict[str, Any]:
    """The document of another city over the same figures."""
    content = copy.deepcopy(document)
    for each in ("seal", "digests", "format"):
        del content[each]
    content["city"] |= {"name": name_of(number), "code": code_of(number)}
    energy = (pack / ENERGY).read_bytes()
    content["versions"]["files"][ENERGY] |= {
        "sha256": hashlib.sha256(energy).hexdigest(), "byte_count": len(energy),
    }  # fmt: skip
    return seal(content)


def write_outputs(folder: Path, city_count: int, row_count: int) -> list[Path]:
    """The output folder of every city."""
    found: list[Path] = []
    document: dict[str, Any] = {}
    for number in range(1, city_count + 1):
        out = folder / code_of(number)
        pack = write_pack(number, row_count, out / PACK)
        document = document or run(pack).contract
        content = pretty(sealed_alike(document, number, pack))
        (out / CONTRACT).write_bytes(content)
        found.append(out)
    if content != pretty(run(pack).contract):
        raise AssertionError("the cities do not follow from each other")
    return found


def fill(outputs: list[Path], editor_count: int) -> list[dict[str, str]]:
    """Register, open for work, index and staff the cities; the editors' cities and sessions."""
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)
    from vatra.web.contracts.actions import do_register_folder
    from vatra.web.workspace.actions_start import do_open_workspace

    cities = []
    for output in outputs:
        cities.append(do_register_folder(folder=output, actor="benchmark"))
        do_open_workspace(city=cities[-1], actor=None)
    _index(cities)
    step = max(1, len(cities) // editor_count)
    return [_editor(n, cities[n * step % len(cities)]) for n in range(editor_count)]


def _index(cities: list[Any]) -> None:
    """The first city as its job does it; the others follow from it, and their jobs are done."""
    from django.db import connection
    from django_tasks_db.models import DBTaskResult

    from vatra.web.jobs.models import Job
    from vatra.web.search import engine
    from vatra.web.search.actions import do_index_city, do_index_installation
    from vatra.web.search.models import Entry, Indexed

    for model in (Entry, Indexed):
        model.objects.exclude(city=None).delete()
    do_index_city(city=cities[0])
    first = list(Indexed.objects.filter(city=cities[0]))
    with connection.cursor() as cursor:
        # Indexes over all rows at once are made in a tenth of the time.
        for name in engine.SHELVES.values():
            cursor.execute(f"DROP INDEX {name}")
        for number, city in enumerate(cities[1:], 2):
            cursor.execute(COPY, {"to": city.pk, "from": cities[0].pk, "old": "\\m001\\M",
                                  "new": f"{number:03d}"})  # fmt: skip
            mark = first[0].mark.replace(cities[0].run_id, city.run_id)
            Indexed.objects.bulk_create(
                Indexed(source=each.source, city=city, mark=mark, at=each.at,
                        entry_count=each.entry_count) for each in first
            )  # fmt: skip
    do_index_installation()
    engine.install(connection)
    Job.objects.all().delete()
    DBTaskResult.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _editor(number: int, city: Any) -> dict[str, str]:
    from allauth.account.models import EmailAddress
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from vatra.web.people.models import Membership, User

    made = User.objects.create_user(f"editor{number}@example.org", None, name=f"Editor {number}")
    EmailAddress.objects.create(user=made, email=made.email, verified=True, primary=True)
    TOTP.activate(made, generate_totp_secret())
    Membership.objects.create(city=city, person=made, role="editor", since=SINCE)
    session = SessionStore()
    session[SESSION_KEY] = str(made.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
    session[HASH_SESSION_KEY] = made.get_session_auth_hash()
    session.create()
    return {"city": city.slug, "session": str(session.session_key)}


def main() -> None:
    """Make it all; the last line of the output is JSON."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "vatra.web.site.settings"
    import django

    django.setup()
    folder, (city_count, row_count, editor_count) = Path(sys.argv[1]), map(int, sys.argv[2:5])
    print(json.dumps(fill(write_outputs(folder, city_count, row_count), editor_count)))


if __name__ == "__main__":
    main()
