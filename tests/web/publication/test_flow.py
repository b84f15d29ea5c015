"""From an approved version to a published edition, with every way to sign."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from tests.web.pages import read
from tests.web.people.cast import as_person, member
from tests.web.publication.conftest import ENERGY, Town
from tests.web.publication.keys import PASSWORD, Card, card
from vatra.web.base.models import AuditEntry
from vatra.web.cities.models import City
from vatra.web.drafting.actions_review import do_withdraw_review
from vatra.web.drafting.models import Review
from vatra.web.jobs.actions import do_repeat_job
from vatra.web.jobs.models import Job
from vatra.web.people.errors import Refused
from vatra.web.publication import actions_sign, desk, folders, queries, sealing
from vatra.web.publication.actions_seal import (
    do_begin_sealing,
    do_publish_contract,
    do_withdraw_contract,
)
from vatra.web.publication.actions_sign import (
    do_decline_signature,
    do_dismiss_signatory,
    do_sign_with_file,
    do_sign_with_key,
    do_sign_with_pdf,
    newest_pdf,
)
from vatra.web.publication.certified import sign_pdf
from vatra.web.publication.checks import Opened
from vatra.web.publication.models import SealedContract, Signature
from vatra.web.publication.statement import Unfit

pytestmark = pytest.mark.django_db(transaction=True)


def published(town: Town, ana_card: Card) -> SealedContract:
    contract = town.seal()
    asked = town.ask(contract, town.ana)
    do_sign_with_file(
        signatory=asked, content=ana_card.detached(document(contract)), actor=town.ana
    )
    contract.refresh_from_db()
    return do_publish_contract(contract=contract, actor=town.lead)


def document(contract: SealedContract) -> bytes:
    return (queries.folder_of(contract) / "contract.json").read_bytes()


def test_sealing_writes_a_whole_folder_and_says_so(town: Town) -> None:
    contract = town.seal()
    assert Job.objects.get(pk=contract.job_id).state == "done"
    assert contract.state == "sealed"
    folder = queries.folder_of(contract)
    assert contract.folder == f"editions/poiana/{contract.seal}"
    assert json.loads(document(contract))["seal"]["value"] == contract.seal
    assert folders.faults(folder) == []
    names = {each.name for each in folder.iterdir()}
    assert {"contract.json", "contract.ro.pdf", "contract.en.pdf", "pack", "SHA256SUMS"} <= names
    # Nothing half-made is left beside it but the empty file of the lock.
    beside = [each for each in folder.parent.iterdir() if each != folder]
    assert [each.stat().st_size for each in beside] == [0]
    said = AuditEntry.objects.filter(verb="seal", noun="contract").get()
    assert said.detail == contract.seal and said.city == "poiana"


def test_the_same_version_has_the_same_seal(town: Town) -> None:
    first = town.seal()
    assert town.seal().pk == first.pk
    do_withdraw_contract(contract=first, reason="try again", actor=town.lead)
    second = town.seal()
    assert second.pk != first.pk and second.seal == first.seal and second.folder == first.folder
    assert folders.faults(queries.folder_of(second)) == []


def test_only_what_is_approved_is_sealed_and_only_by_the_lead(town: Town) -> None:
    editor = member("ion", town.city, "editor")
    with pytest.raises(Refused) as refused:
        do_begin_sealing(city=town.city, actor=editor)
    assert refused.value.key == "web.people.must-lead"
    town.change("energy.csv", ENERGY.replace("1000", "900"))
    with pytest.raises(Refused) as refused:
        do_begin_sealing(city=town.city, actor=town.lead)
    assert refused.value.key == "web.publication.not-approved"


def test_a_version_that_cannot_be_computed_says_why_and_leaves_nothing(town: Town) -> None:
    town.change("energy.csv", ENERGY.replace("MWh", "barrels"))
    town.approve()
    contract = town.seal()
    assert contract.state == "failed" and contract.folder == ""
    assert Job.objects.get(pk=contract.job_id).error_key == "web.publication.version-faulty"
    own = f"/en/cities/poiana/work/publish/{contract.number}/"
    page = read(as_person(town.lead).get(own))
    # The menu of languages leads here; the box of the work does not.
    assert "job" in {attrs.get("class", "").split(" ")[0] for _, attrs in page.tags}
    assert page.links().count(own) == 1
    home = Path(folders.path_of(f"editions/poiana/{'0' * 64}")).parent
    assert [each for each in home.iterdir() if each.is_dir()] == []


def test_an_approval_that_was_taken_back_seals_nothing(town: Town) -> None:
    contract = town.seal()
    SealedContract.objects.filter(pk=contract.pk).update(state="failed", folder="", seal="")
    Review.objects.filter(city=town.city).update(state="withdrawn")
    do_repeat_job(job=ended(Job.objects.get(pk=contract.job_id)), actor=town.lead)
    contract.refresh_from_db()
    assert (contract.state, contract.seal) == ("failed", "")
    assert Job.objects.get(pk=contract.job_id).error_key == "web.publication.not-approved"


def test_an_approval_taken_back_while_it_is_sealed_seals_nothing(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = sealing.publish

    def meanwhile(*rest: Any) -> Any:
        review = Review.objects.filter(city=town.city, state="approved").first()
        if review is not None:
            do_withdraw_review(review=review, actor=town.lead)
        return whole(*rest)

    monkeypatch.setattr(sealing, "publish", meanwhile)
    contract = town.seal()
    assert (contract.state, contract.seal, contract.folder) == ("failed", "", "")
    assert Job.objects.get(pk=contract.job_id).error_key == "web.publication.not-approved"


def ended(job: Job) -> Job:
    """A job as a server that was killed leaves it."""
    job.state = "failed"
    job.save(update_fields=["state"])
    return job


def test_the_page_leads_to_who_signs_and_keeps_what_was_chosen(town: Town) -> None:
    contract = town.seal()
    url = f"/en/cities/poiana/work/publish/{contract.number}/"
    lead = as_person(town.lead)
    assert 'href="#ask"' in lead.get(url).text
    # Without an office nobody is asked; the person that was chosen stays chosen.
    answer = lead.post(f"{url}ask/", {"person": str(town.ana.pk), "office": ""})
    assert answer.status_code == 422
    assert f'<option value="{town.ana.pk}" selected>' in answer.text


def test_asking_sends_a_letter_and_only_a_signatory_is_asked(town: Town) -> None:
    contract = town.seal()
    town.ask(contract, town.ana)
    assert mail.outbox[-1].to == ["ana@example.org"]
    assert contract.seal in mail.outbox[-1].body
    with pytest.raises(Refused) as refused:
        town.ask(contract, town.ana)
    assert refused.value.key == "web.publication.asked-already"
    with pytest.raises(Refused) as refused:
        town.ask(contract, member("ion", town.city, "editor"))
    assert refused.value.key == "web.publication.no-signatory"


@pytest.mark.slow
def test_two_sign_the_pdf_and_one_beside_it(town: Town, ana_card: Card) -> None:
    contract = town.seal()
    ana = town.ask(contract, town.ana)
    outside = town.ask(contract, name="Dan Ilie", office="rector", email="dan@example.org")
    third = town.ask(contract, name="Eva Marin", office="director", is_required=False)
    do_sign_with_key(
        signatory=ana, pkcs12=ana_card.pkcs12, password=PASSWORD, lang="ro", actor=town.ana
    )
    # Dan signs elsewhere what Ana has signed, and the lead brings it.
    his = card("Dan Ilie")
    both = sign_pdf(
        newest_pdf(contract, "ro"), his.pkcs12, PASSWORD, at=ana.asked_at, reason="rector"
    )
    do_sign_with_pdf(signatory=outside, content=both, actor=town.lead)
    contract.refresh_from_db()
    assert contract.state == "signed"
    # Who need not sign may do so until it is published.
    hers = card("Eva Marin").detached(document(contract))
    do_sign_with_file(signatory=third, content=hers, actor=town.lead)
    found = Opened(contract).checks()
    assert [each.holds for each in found] == [True] * 3
    assert [each.says_another_name for each in found] == [False] * 3
    assert [each.certificate.trust for each in found if each.certificate] == ["unchecked"] * 3
    assert folders.faults(queries.folder_of(contract)) == []
    with pytest.raises(Unfit) as unfit:
        do_sign_with_pdf(signatory=outside, content=both, actor=town.lead)
    assert unfit.value.key == "web.publication.pdf-nothing-new"


def test_one_signature_is_not_that_of_two_people(town: Town, ana_card: Card) -> None:
    contract = town.seal()
    ana, outside = (
        town.ask(contract, town.ana),
        town.ask(contract, name="Dan Ilie", office="rector"),
    )
    hers = ana_card.detached(document(contract))
    do_sign_with_file(signatory=ana, content=hers, actor=town.ana)
    with pytest.raises(Unfit) as unfit:
        do_sign_with_file(signatory=outside, content=hers, actor=town.lead)
    assert unfit.value.key == "web.publication.cms-nothing-new"
    contract.refresh_from_db()
    assert contract.state == "signing"


def test_roots_decide_whom_to_trust(town: Town, ana_card: Card, settings: Any) -> None:
    contract = published(town, ana_card)
    trust = Path(settings.DATA) / "roots"
    trust.mkdir()
    settings.TRUST = str(trust)
    (trust / "other.pem").write_bytes(card("Nobody").root_pem)
    (trust / "broken.pem").write_bytes(b"no certificate")
    (found,) = Opened(contract).checks()
    assert found.holds and found.certificate and found.certificate.trust == "untrusted"
    (trust / "own.pem").write_bytes(ana_card.root_pem)
    (found,) = Opened(contract).checks()
    assert found.certificate and found.certificate.trust == "trusted"


def test_a_detached_signature_over_another_document_is_refused(town: Town, ana_card: Card) -> None:
    contract = town.seal()
    asked = town.ask(contract, town.ana)
    for content in (ana_card.detached(b"{}"), b"rubbish", b"", ana_card.pkcs12):
        with pytest.raises(Unfit):
            do_sign_with_file(signatory=asked, content=content, actor=town.ana)
    contract.refresh_from_db()
    assert contract.state == "signing"


def test_a_certificate_that_had_expired_signs_nothing(town: Town) -> None:
    """Its time was over three days before it was used, in a .p7s as in the PDF."""
    contract = town.seal()
    asked = town.ask(contract, town.ana)
    old = card("Ana Pop", days=-3)
    with pytest.raises(Unfit) as beside:
        do_sign_with_file(signatory=asked, content=old.detached(document(contract)), actor=town.ana)
    then = timezone.now() - timedelta(days=10)
    inside = sign_pdf(newest_pdf(contract, "en"), old.pkcs12, PASSWORD, at=then, reason="")
    with pytest.raises(Unfit) as within:
        do_sign_with_pdf(signatory=asked, content=inside, actor=town.ana)
    assert beside.value.key == within.value.key == "web.publication.certificate-not-valid-then"
    assert not Signature.objects.exists()


def test_only_who_was_asked_signs_and_only_while_a_signatory(town: Town, ana_card: Card) -> None:
    contract = town.seal()
    asked = town.ask(contract, town.ana)
    content = ana_card.detached(document(contract))
    with pytest.raises(Refused):
        do_sign_with_file(signatory=asked, content=content, actor=town.lead)
    other = member("dan", town.city, "signatory")
    with pytest.raises(Refused) as refused:
        do_sign_with_file(signatory=asked, content=content, actor=other)
    assert refused.value.key == "web.publication.not-asked"
    town.ana.memberships.update(role="viewer")
    with pytest.raises(Refused):
        do_sign_with_file(signatory=asked, content=content, actor=town.ana)


def test_who_declines_says_why_and_may_think_again(town: Town, ana_card: Card) -> None:
    contract = town.seal()
    asked = town.ask(contract, town.ana)
    with pytest.raises(Refused):
        do_decline_signature(signatory=asked, reason="  ", actor=town.ana)
    do_decline_signature(signatory=asked, reason="costul lipsește", actor=town.ana)
    assert mail.outbox[-1].to == ["lia@example.org"]
    assert "costul lipsește" in mail.outbox[-1].body
    content = ana_card.detached(document(contract))
    do_sign_with_file(signatory=asked, content=content, actor=town.ana)
    contract.refresh_from_db()
    assert contract.state == "signed"
    with pytest.raises(Refused):
        do_dismiss_signatory(signatory=asked, actor=town.lead)


def test_publication_moves_the_city_and_supersedes(town: Town, ana_card: Card) -> None:
    first = published(town, ana_card)
    city = City.objects.get(slug="poiana")
    assert (first.state, first.edition, city.run_id) == ("published", 1, first.seal)
    assert city.is_listed and Path(city.folder) == queries.folder_of(first).resolve()
    assert city.editions.count() == 1
    assert city.workspace.published.number == first.version_number
    with pytest.raises(Refused) as refused:
        do_begin_sealing(city=town.city, actor=town.lead)
    assert refused.value.key == "web.publication.in-force-already"
    town.change("energy.csv", ENERGY.replace("1000", "900"))
    town.approve()
    second = published(town, ana_card)
    first.refresh_from_db()
    assert (first.state, second.edition) == ("superseded", 2)
    assert first.seal != second.seal and folders.faults(queries.folder_of(first)) == []
    assert [each.holds for each in Opened(first).checks()] == [True]


def test_what_is_not_signed_or_was_altered_is_not_published(town: Town, ana_card: Card) -> None:
    contract = town.seal()
    with pytest.raises(Refused) as refused:
        do_publish_contract(contract=contract, actor=town.lead)
    assert refused.value.key == "web.publication.not-signed"
    asked = town.ask(contract, town.ana)
    content = ana_card.detached(document(contract))
    do_sign_with_file(signatory=asked, content=content, actor=town.ana)
    (queries.folder_of(contract) / "contract.ro.pdf").write_bytes(b"%PDF another")
    contract.refresh_from_db()
    with pytest.raises(Refused) as refused:
        do_publish_contract(contract=contract, actor=town.lead)
    assert refused.value.key == "web.publication.folder-altered"
    assert City.objects.get(slug="poiana").is_listed is False


def test_a_signature_altered_on_the_disk_is_found(town: Town, ana_card: Card) -> None:
    contract = published(town, ana_card)
    home = queries.folder_of(contract) / folders.SIGNATURES
    (file,) = home.iterdir()
    file.write_bytes(file.read_bytes() + b" ")
    assert Opened(contract).checks()[0].faults == ("file-altered",)
    file.unlink()
    assert Opened(contract).checks()[0].faults == ("file-gone",)


def test_the_desk_of_who_leads_says_what_to_seal_and_to_publish(town: Town, ana_card: Card) -> None:
    def waits() -> list[str]:
        return [each.words for each in desk.waiting(town.lead, town.city, "en")]

    town.approve()
    number = town.city.versions.count()
    assert waits() == [f"Version {number} is approved: seal it"]
    contract = published(town, ana_card)
    assert waits() == []
    # One step earlier its publication was what waited.
    SealedContract.objects.filter(pk=contract.pk).update(state="signed")
    assert waits() == [f"Contract {contract.number} is signed by all: publish it"]


def test_a_signature_brought_twice_at_once_is_of_one_person(
    town: Town, ana_card: Card, monkeypatch: pytest.MonkeyPatch
) -> None:
    contract = town.seal()
    first, second = (town.ask(contract, name=name) for name in ("Ana Pop", "Ion Rusu"))
    content = ana_card.detached(document(contract))
    whole = actions_sign._keep

    def overtaken(signatory: Any, *rest: Any, **more: Any) -> Any:
        # The other request came through between the look at the file and the row.
        if signatory.pk == second.pk:
            whole(first, *rest, **more)
        return whole(signatory, *rest, **more)

    monkeypatch.setattr(actions_sign, "_keep", overtaken)
    with pytest.raises(Unfit) as unfit:
        do_sign_with_file(signatory=second, content=content, actor=town.lead)
    assert unfit.value.key == "web.publication.cms-nothing-new"
    assert [each.signatory_id for each in Signature.objects.all()] == [first.pk]
