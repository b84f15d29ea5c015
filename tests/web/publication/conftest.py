"""Poiana with an approved version, and who leads and signs there."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from tests.rendered import once
from tests.web.people.cast import member
from tests.web.publication.keys import Card, card
from tests.web.workspace.conftest import CITY, ENERGY, FACTORS
from vatra.contract.render import files
from vatra.web.cities.models import City
from vatra.web.drafting.models import Review
from vatra.web.people.models import User
from vatra.web.publication.actions_seal import do_begin_sealing
from vatra.web.publication.actions_sign import Asked, do_ask_signatory
from vatra.web.publication.models import SealedContract, Signatory
from vatra.web.workspace.actions import do_save_files
from vatra.web.workspace.actions_start import do_open_workspace
from vatra.web.workspace.queries import head_of

PACK = {
    "city.yaml": CITY + "languages: [ro, en]\n",
    "energy.csv": ENERGY,
    "factors.csv": FACTORS,
}


@pytest.fixture(autouse=True)
def own_data(settings: Any, tmp_path: Path, shelf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test has a data folder of its own; what was rendered before lies on the shelf."""
    monkeypatch.setattr(files, "rendered", once(shelf))
    settings.DATA = tmp_path / "data"


@dataclass
class Town:
    """A city, who leads it, and its signatory Ana."""

    city: City
    lead: User
    ana: User

    def approve(self) -> None:
        """Somebody approves what is the newest version now."""
        version = head_of(self.city)
        assert version is not None
        Review.objects.create(
            city=self.city,
            version=version,
            state="approved",
            asked_at=timezone.now(),
            decided_at=timezone.now(),
            asked_by_log="person-0",
        )

    def change(self, file: str, text: str) -> None:
        """The lead writes another version."""
        do_save_files(
            city=self.city,
            base=head_of(self.city),
            files={file: text.encode()},
            kind="edit",
            note="",
            actor=self.lead,
        )

    def seal(self) -> SealedContract:
        """The approved version sealed; in tests the job runs at once."""
        made = do_begin_sealing(city=self.city, actor=self.lead)
        made.refresh_from_db()
        return made

    def ask(self, contract: SealedContract, person: User | None = None, **more: Any) -> Signatory:
        """Somebody is asked, Ana unless another name is given."""
        named = {"name": "Ana Pop", "office": "primar", "person": person}
        return do_ask_signatory(
            contract=contract, asked=Asked(**{**named, **more}), actor=self.lead
        )


@pytest.fixture
def town(db: None, tmp_path: Path) -> Town:
    pack = tmp_path / "out" / "pack"
    pack.mkdir(parents=True)
    for name, text in PACK.items():
        (pack / name).write_text(text, "utf-8")
    city = City.objects.create(
        slug="poiana",
        name="Poiana",
        folder=str(pack.parent),
        run_id="0",
        base_year=2021,
        is_listed=False,
    )
    do_open_workspace(city=city, actor=None)
    found = Town(city, member("lia", city, "climate_lead"), member("ana", city, "signatory"))
    found.approve()
    return found


@pytest.fixture(scope="session")
def ana_card() -> Card:
    return card("Ana Pop")
