"""The machine dies in the middle, real processes: nothing half-written, and the work goes on.

And an installation on an empty machine, from its backup: every hash and signature still verifies.
"""

from __future__ import annotations

import json
import signal
import time
from pathlib import Path

import pytest

from tests.web.jobs.place import Place, wait
from tests.web.ops.conftest import SET_UP, Installation
from tests.web.publication.keys import card
from tests.web.workspace.conftest import CITY, ENERGY, FACTORS

pytestmark = pytest.mark.slow

BEGIN = (
    SET_UP
    + """
from datetime import date
from django.core.management import call_command
call_command("migrate", verbosity=0)
from django.utils import timezone
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from vatra.web.cities.models import City
from vatra.web.drafting.models import Review
from vatra.web.people.models import Membership, User
from vatra.web.publication.actions_seal import do_begin_sealing
from vatra.web.workspace.actions_start import do_open_workspace
from vatra.web.workspace.queries import head_of
out = Path(sys.argv[1])
city = City.objects.create(slug="poiana", name="Poiana", folder=str(out), run_id="0",
                           base_year=2021, is_listed=False)
do_open_workspace(city=city, actor=None)
for name, role in (("lia", "climate_lead"), ("ana", "signatory")):
    person = User.objects.create_user(f"{name}@example.org", None, name=name.title())
    TOTP.activate(person, generate_totp_secret())
    Membership.objects.create(city=city, person=person, role=role, since=date(2026, 1, 1))
now = timezone.now()
Review.objects.create(city=city, version=head_of(city), state="approved", asked_at=now,
                      decided_at=now, asked_by_log="person-0")
do_begin_sealing(city=city, actor=User.objects.get(email="lia@example.org"))
"""
)
AGAIN = (
    SET_UP
    + """
import os, signal
from vatra.web.people.models import User
from vatra.web.publication import actions_seal, folders, sealing
from vatra.web.publication.models import SealedContract, Signatory
from vatra.web.publication.actions_sign import Asked, do_ask_signatory, do_sign_with_file
lia, ana = (User.objects.get(email=f"{name}@example.org") for name in ("lia", "ana"))
contract = SealedContract.objects.select_related("city", "sealed_by").get()
def die(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)
"""
)
SEAL = "\nsealing.do_seal_contract(contract=contract, progress=lambda *_: None)\n"
SIGN = """
asked = do_ask_signatory(contract=contract, asked=Asked(name="Ana Pop", office="primar",
                         person=ana), actor=lia)
do_sign_with_file(signatory=asked, content=Path(sys.argv[1]).read_bytes(), actor=ana)
contract.refresh_from_db()
"""
PUBLISH = "\nactions_seal.do_publish_contract(contract=contract, actor=lia)\n"
# Where the power goes while it is sealed.
MOMENTS = {
    "between two languages": """
from vatra.runs import publish as publishing
done, whole = [], sealing.publish
def once(*names):
    if done:
        die()
    done.append(names)
    whole(*names)
sealing.publish = once
""",
    "before all is on the disk": "folders._to_disk = die",
    "before it is in its place": "os.rename = die",
    "before the row says so": "sealing._sealed = die",
}
STATE = (
    AGAIN
    + """
import json
from vatra.web.cities.models import City
from vatra.web.publication.checks import Opened
city = City.objects.get()
home = Path(os.environ["VATRA_DATA"]) / "editions" / "poiana"
seals = [each for each in home.iterdir() if len(each.name) == 64] if home.is_dir() else []
found = {
    "state": contract.state, "seal": contract.seal, "edition": contract.edition,
    "listed": city.is_listed, "run": city.run_id, "folder": city.folder,
    "wrong": [name for each in seals for name in folders.faults(each)],
    "seals": [each.name for each in seals],
    "beside": sorted(each.name for each in home.iterdir() if each.is_dir() and each not in seals),
    "signed": [each.holds for each in Opened(contract).checks()] if contract.folder else [],
}
print(json.dumps(found))
"""
)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    pack = tmp_path / "out" / "pack"
    pack.mkdir(parents=True)
    (pack / "city.yaml").write_text(CITY + "languages: [ro, en]\n", "utf-8")
    (pack / "energy.csv").write_text(ENERGY, "utf-8")
    (pack / "factors.csv").write_text(FACTORS, "utf-8")
    return pack.parent


@pytest.fixture
def installed(tmp_path: Path, out: Path) -> Installation:
    made = Installation(tmp_path / "data")
    made.python(BEGIN, out)
    return made


def state(installed: Installation) -> dict:
    return json.loads(installed.python(STATE))


def signed(installed: Installation, tmp_path: Path) -> None:
    found = state(installed)
    folder = installed.data / "editions" / "poiana" / found["seal"]
    file = tmp_path / "ana.p7s"
    file.write_bytes(card("Ana Pop").detached((folder / "contract.json").read_bytes()))
    installed.python(AGAIN + SIGN, file)


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_sealing_that_was_killed_is_whole_or_not_there_and_goes_on(
    installed: Installation, moment: str
) -> None:
    killed = -signal.SIGKILL
    installed.python(AGAIN + MOMENTS[moment] + SEAL, code_wanted=killed)
    before = state(installed)
    assert (before["state"], before["wrong"]) == ("sealing", [])
    assert len(before["seals"]) == (moment == "before the row says so")
    installed.python(AGAIN + SEAL)
    after = state(installed)
    assert after["state"] == "sealed" and after["seals"] == [after["seal"]]
    assert after["wrong"] == after["beside"] == []


def test_a_publication_that_was_killed_did_not_happen_and_goes_on(
    installed: Installation, tmp_path: Path
) -> None:
    installed.python(AGAIN + SEAL)
    signed(installed, tmp_path)
    for moment in ("actions_seal.do_register_folder", "actions_seal._show_version"):
        installed.python(f"{AGAIN}\n{moment} = die{PUBLISH}", code_wanted=-signal.SIGKILL)
        before = state(installed)
        assert (before["state"], before["edition"], before["listed"]) == ("signed", None, False)
    installed.python(AGAIN + PUBLISH)
    after = state(installed)
    assert (after["state"], after["edition"], after["run"]) == ("published", 1, after["seal"])
    assert after["signed"] == [True]


def test_a_worker_killed_while_it_seals_leaves_it_to_the_next(tmp_path: Path, out: Path) -> None:
    place = Place(tmp_path / "data", "")
    installed = Installation(tmp_path / "data")
    installed.python(BEGIN, out)
    home = tmp_path / "data" / "editions" / "poiana"
    with place.worker() as first:
        wait(lambda: any(home.glob(".sealing-*/contract.json")))
        first.send_signal(signal.SIGKILL)
        first.wait()
    assert state(installed)["state"] == "sealing"
    with place.worker():
        until = time.monotonic() + 300
        while state(installed)["state"] != "sealed" and time.monotonic() < until:
            time.sleep(1)
    after = state(installed)
    assert (after["state"], after["wrong"], after["beside"]) == ("sealed", [], [])


def test_on_an_empty_machine_every_hash_and_signature_still_verifies(
    installed: Installation, tmp_path: Path
) -> None:
    installed.python(AGAIN + SEAL)
    signed(installed, tmp_path)
    installed.python(AGAIN + PUBLISH)
    before = state(installed)
    file = tmp_path / "whole.zip"
    installed.admin("backup", file)
    new = Installation(tmp_path / "new" / "data")
    new.admin("restore", file)
    after = state(new)
    place = f"editions/poiana/{before['seal']}"
    assert after == before | {"folder": str(new.data / place)}
    assert after["signed"] == [True] and after["wrong"] == []
    assert new.as_json("check")["ok"]
