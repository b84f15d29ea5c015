"""Members see what is sealed, the lead seals and publishes, who was asked signs; editions are
public."""

from __future__ import annotations

from django.utils import timezone

from tests.web.people.rights import ALL, NOBODY, READ, SEND, TAKE, Right, World, city_right
from vatra.web.publication import folders
from vatra.web.publication.models import SealedContract, Signatory
from vatra.web.workspace.queries import head_of

MEMBERS = frozenset(
    {
        "viewer",
        "contributor",
        "editor",
        "climate_lead",
        "signatory",
        "administrator",
        "unproved",
        "runner",
    }
)
LEADS = frozenset({"climate_lead"})
SIGNATORY = frozenset({"signatory"})
_ONE = "work/publish/{sealed}/"

RIGHTS: dict[str, Right] = {
    "publication:publish": city_right("work/publish/", READ, MEMBERS),
    "publication:seal": city_right("work/publish/seal/", SEND, NOBODY, LEADS),
    "publication:contract": city_right(_ONE, READ, MEMBERS),
    "publication:ask": city_right(_ONE + "ask/", SEND, NOBODY, LEADS),
    "publication:dismiss": city_right(
        _ONE + "signatories/{signatory_row}/dismiss/", SEND, NOBODY, LEADS
    ),
    # Who was asked; for somebody without an account the lead, which tests/web/publication walks.
    "publication:bring": city_right(
        _ONE + "signatories/{signatory_row}/bring/", SEND, NOBODY, SIGNATORY
    ),
    "publication:key": city_right(
        _ONE + "signatories/{signatory_row}/key/", SEND, NOBODY, SIGNATORY
    ),
    "publication:sign": city_right(_ONE + "sign/", TAKE, SIGNATORY, SIGNATORY),
    "publication:decline": city_right(_ONE + "decline/", SEND, NOBODY, SIGNATORY),
    "publication:show": city_right(_ONE + "show/", SEND, NOBODY, LEADS),
    "publication:withdraw": city_right(_ONE + "withdraw/", SEND, NOBODY, LEADS),
    "publication:work-file": city_right(_ONE + "files/contract.json", READ, MEMBERS),
    "publication:editions": city_right("editions/", READ),
    "publication:edition": city_right("editions/1/", READ),
    "publication:file": city_right("editions/1/files/contract.json", READ),
    # None signed the edition of the table.
    "publication:signature": city_right("editions/1/signatures/none.json", READ, NOBODY),
    "publication:compare": city_right("editions/1/compare/1/", READ),
    "publication:verify-seal": Right("/{lang}/verify/{seal}/", READ, ALL),
}


def things(world: World) -> dict[str, object]:
    """An edition in force, and a contract that waits for the city's signatory."""
    version = head_of(world.city)
    assert version is not None
    folder = folders.path_of(folders.place_of(world.city.slug, world.city.run_id))
    if not folder.exists():
        import shutil

        shutil.copytree(world.city.folder, folder)
        folders._write_sums(folder)
    shared = {
        "city": world.city,
        "version_number": version.number,
        "version_digest": version.digest,
        "seal": world.city.run_id,
        "folder": folders.place_of(world.city.slug, world.city.run_id),
        "sealed_at": timezone.now(),
    }
    SealedContract.objects.create(
        **shared, number=1, state="published", edition=1, published_at=timezone.now()
    )
    waiting = SealedContract.objects.create(**shared, number=2, state="signing")
    row = Signatory.objects.create(
        contract=waiting,
        person=world.people["signatory"],
        name="Ana Pop",
        office="primar",
        order=1,
    )
    return {"sealed": waiting.number, "signatory_row": row.pk, "seal": world.city.run_id}
