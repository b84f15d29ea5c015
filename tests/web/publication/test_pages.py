"""Editions and verification as visitors see them, and what is found out about altered copies."""

from __future__ import annotations

import io
import json
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.web.pages import read
from tests.web.people.cast import as_person
from tests.web.publication.conftest import ENERGY, Town
from tests.web.publication.keys import PASSWORD, Card
from tests.web.publication.test_flow import document, published
from vatra.web.drafting.models import Review
from vatra.web.people.models import CityDoor
from vatra.web.publication import queries
from vatra.web.publication.actions_seal import do_publish_contract, do_withdraw_contract
from vatra.web.publication.actions_sign import do_sign_with_key
from vatra.web.publication.models import SealedContract, Signatory

pytestmark = pytest.mark.django_db(transaction=True)
EDITION = "/en/cities/poiana/editions/1/"


@pytest.fixture
def edition(town: Town, ana_card: Card) -> SealedContract:
    return published(town, ana_card)


def hand_in(content: bytes, name: str = "contract.json") -> Any:
    file = SimpleUploadedFile(name, content)
    return read(Client().post("/en/verify/", {"file": file, "text": ""}))


def test_an_edition_shows_its_seal_and_who_signed(edition: SealedContract) -> None:
    shown = read(Client().get(EDITION)).text
    assert "Edition 1 of the contract of Poiana is intact and in force." in shown
    assert edition.seal in shown and "Ana Pop" in shown and "primar" in shown
    assert "1 signature, verified now: it holds." in shown
    assert "Edition 1" in read(Client().get("/en/cities/poiana/editions/")).text


def test_an_edition_leads_to_the_installation_by_its_own_name(
    edition: SealedContract, settings: Any
) -> None:
    """The name that was asked under, here testserver, is in no text and in no code."""
    content = page(EDITION)
    assert f'href="/en/verify/{edition.seal}/"' in content
    assert "testserver" not in content and 'class="edition-code"' not in content
    # Who has signed in reads how to set it.
    assert "VATRA_URL" not in content
    settings.PUBLIC_URL = "https://vatra.example.ro"
    content = page(EDITION)
    assert f">https://vatra.example.ro/en/verify/{edition.seal}/</a>" in content
    assert 'class="edition-code"' in content and "testserver" not in content


def test_all_files_of_an_edition_can_be_taken(edition: SealedContract) -> None:
    names = re.findall(r'href="([^"]+/(?:files|signatures)/[^"]+)"', page(EDITION))
    # JSON, and PDF, DOCX, XLSX in two languages, and the signature.
    assert len(names) == 8
    for url in names:
        response = Client().get(url)
        assert response.status_code == 200 and b"".join(response.streaming_content)
        assert response["X-Content-Type-Options"] == "nosniff"
    for name in ("../pack/city.yaml", "pack/city.yaml", "SHA256SUMS", "rows/x"):
        assert Client().get(f"{EDITION}files/{name}").status_code == 404
    assert Client().get(f"{EDITION}signatures/..%2fcontract.json").status_code == 404


def page(url: str) -> str:
    return Client().get(url).content.decode()


def test_a_typed_seal_leads_to_its_page(edition: SealedContract) -> None:
    response = Client().post("/en/verify/", {"text": f" {edition.seal.upper()}\n"})
    assert response["Location"] == f"/en/verify/{edition.seal}/"
    # From paper: in groups, over two lines.
    groups = " ".join(edition.seal[at : at + 8] for at in range(0, 64, 8))
    typed = groups[:36].strip() + "\r\n" + groups[36:].strip()
    assert Client().post("/en/verify/", {"text": typed})["Location"] == response["Location"]
    shown = read(Client().get(response["Location"])).text
    assert "is intact and in force" in shown and "Ana Pop" in shown
    unknown = Client().get(f"/en/verify/{'0' * 64}/")
    assert unknown.status_code == 404
    assert "No edition with this seal" in read(unknown).text


def test_the_sealed_json_tells_its_edition(edition: SealedContract) -> None:
    shown = hand_in(document(edition)).text
    assert "The seal of the contract of Poiana holds" in shown
    assert "Edition 1 of the contract of Poiana is intact and in force." in shown


def test_an_altered_json_names_the_figure(edition: SealedContract) -> None:
    content = json.loads(document(edition))
    content["totals"]["all"]["2021"] -= 50 * 10**9
    shown = hand_in(json.dumps(content).encode()).text
    assert "The contract of Poiana does not hold" in shown
    assert "totals.all.2021" in shown
    # The edition itself is whole: its verdict does not stand for the copy's.
    assert "What was published here under the seal" in shown


def test_what_was_superseded_says_so_and_still_holds(
    town: Town, edition: SealedContract, ana_card: Card
) -> None:
    old = document(edition)
    town.change("energy.csv", ENERGY.replace("1000", "900"))
    town.approve()
    published(town, ana_card)
    shown = hand_in(old).text
    assert "The seal of the contract of Poiana holds" in shown
    assert "What was published here under the seal" not in shown
    assert "is intact, but a later edition took its place" in shown
    assert "In force now: edition 2" in shown
    moved = read(Client().get("/en/cities/poiana/editions/2/compare/1/")).text
    # 100 MWh of gas less at 0.202 t/MWh are 20 t less.
    assert "Total of 2021" in moved and "−20 t" in moved


def test_what_was_withdrawn_says_why(town: Town, edition: SealedContract) -> None:
    do_withdraw_contract(contract=edition, reason="o eroare la\0 transport", actor=town.lead)
    for url in (EDITION, f"/en/verify/{edition.seal}/", "/en/cities/poiana/contract/"):
        shown = read(Client().get(url)).text
        assert "was withdrawn" in shown and "o eroare la transport" in shown
    # Of an edition the word has its gender, and a whole copy does not pass for one in force.
    assert re.search(
        r"Ediția 1\s+retrasă", read(Client().get(EDITION.replace("/en/", "/ro/"))).text
    )
    copy = hand_in(document(edition)).text
    assert copy.index("was withdrawn") < copy.index("The seal of the contract of Poiana holds")


def test_a_closed_city_is_not_verified_for_strangers(town: Town, edition: SealedContract) -> None:
    CityDoor.objects.create(city=town.city, members_only=True)
    assert Client().get(f"/en/verify/{edition.seal}/").status_code == 404
    assert Client().get(EDITION).status_code == 404


@pytest.mark.slow
def test_the_sealed_pdf_is_known_byte_for_byte(edition: SealedContract) -> None:
    sealed = (queries.folder_of(edition) / "contract.ro.pdf").read_bytes()
    assert "This PDF is the very file that was sealed." in hand_in(sealed, "c.pdf").text
    assert "is not the file that was sealed" in hand_in(sealed + b"\n", "c.pdf").text


@pytest.mark.slow
def test_a_pdf_with_another_figure_is_found_out(edition: SealedContract) -> None:
    """Somebody prints the contract anew with another number and leaves the seal as it was."""
    from vatra.contract.render.pdf import pdf

    content = json.loads(document(edition))
    content["totals"]["all"]["2021"] += 11 * 10**9
    shown = hand_in(pdf(content, "en"), "c.pdf").text
    assert "This PDF is not the file that was sealed." in shown
    assert "What is written otherwise" in shown


def test_a_pdf_without_a_seal_or_of_another_place(edition: SealedContract) -> None:
    import pypdf

    writer = pypdf.PdfWriter()
    writer.add_blank_page(100, 100)
    written = io.BytesIO()
    writer.write(written)
    assert "bears no seal of a contract" in hand_in(written.getvalue(), "c.pdf").text
    foreign = written.getvalue() + b"vatra-seal:" + b"0" * 64
    assert "under which nothing was published here" in hand_in(foreign, "c.pdf").text


@pytest.mark.slow
def test_a_signed_pdf_that_is_handed_in_shows_its_signatures(town: Town, ana_card: Card) -> None:
    contract = town.seal()
    asked = town.ask(contract, town.ana)
    do_sign_with_key(
        signatory=asked, pkcs12=ana_card.pkcs12, password=PASSWORD, lang="ro", actor=town.ana
    )
    contract.refresh_from_db()
    do_publish_contract(contract=contract, actor=town.lead)
    row = asked.signature
    content = (queries.folder_of(contract) / "signatures" / row.file).read_bytes()
    shown = hand_in(content, "c.pdf").text
    assert "is the sealed file with signatures, and nothing else was added" in shown
    assert "Ana Pop" in shown and "the issuer was not checked" in shown
    assert "cannot be read" in hand_in(content[:-2000], "c.pdf").text


@pytest.mark.parametrize(
    "content",
    [b"%PDF-1.7", b"%PDF" + b"\0" * 5000, b"\0", b"<html>", b"%PDF vatra-seal:" + b"a" * 64],
)
def test_rubbish_is_answered(edition: SealedContract, content: bytes) -> None:
    response = Client().post("/en/verify/", {"file": SimpleUploadedFile("x", content)})
    assert response.status_code in (200, 422)


def test_too_often_and_too_large_are_not_read(town: Town) -> None:
    client = Client()
    for _ in range(30):
        assert client.post("/en/verify/", {"text": "{}"}).status_code == 200
    response = client.post("/en/verify/", {"text": "{}"})
    assert response.status_code == 429 and response["Retry-After"] == "60"
    large = Client().post(
        "/en/verify/", b"", content_type="text/plain", headers={"content-length": str(10**9)}
    )
    assert large.status_code == 413 and "was not read" in read(large).text


def test_without_an_approval_the_page_leads_to_the_review(town: Town) -> None:
    Review.objects.all().delete()
    page = read(as_person(town.lead).get("/ro/cities/poiana/work/publish/"))
    assert "/ro/cities/poiana/work/contract/review/" in page.links()


def test_the_lead_goes_the_whole_way_on_pages(town: Town) -> None:
    lead = as_person(town.lead)
    home = "/en/cities/poiana/work/publish/"
    assert "Version 1 is approved" in read(lead.get(home)).text
    assert lead.post(f"{home}seal/", {"note": "prima"})["Location"] == f"{home}1/"
    shown = read(lead.get(f"{home}1/")).text
    assert "Say who is to sign it." in shown and "prima" in shown
    wrong = lead.post(f"{home}1/ask/", {"office": "", "name": "", "email": "x"})
    assert wrong.status_code == 422
    text = read(wrong).text
    assert "Write a name" in text and "Write the office" in text and "no e-mail address" in text
    asked = {"person": str(town.ana.pk), "office": "primar"}
    assert lead.post(f"{home}1/ask/", asked).status_code == 302
    assert "Ana" in read(lead.get(f"{home}1/")).text
    early = lead.post(f"{home}1/show/")
    assert early.status_code == 422 and "Not all who must" in read(early).text
    ana = as_person(town.ana)
    to_sign = read(ana.get(f"{home}1/sign/"))
    assert f"/en/account/security/keys/add/?next={home}1/sign/" in to_sign.links()
    shown = to_sign.text
    assert "semnez" not in shown and "I, Ana, primar, sign the Climate City Contract" in shown
    assert "You have no passkey yet." in shown
    number = Signatory.objects.get().pk
    nothing = read(ana.post(f"{home}1/signatories/{number}/bring/"))
    assert "Choose a file." in nothing.text
    # The form that failed stays open, beside the files that may be signed.
    assert ("details", {"open": ""}) in nothing.tags
    assert f"{home}1/files/contract.json" in nothing.links()
    rubbish = ana.post(f"{home}1/sign/", {"statement": "x", "credential": "{}"})
    assert rubbish.status_code == 422
    assert lead.get(f"{home}1/sign/").status_code == 403
    declined = ana.post(f"{home}1/decline/", {"reason": "nu încă"})
    assert declined.status_code == 302
    assert "Declined: nu încă" in read(lead.get(f"{home}1/")).text
    silent = read(lead.post(f"{home}1/withdraw/"))
    assert ("details", {"class": "withdraw", "open": ""}) in silent.tags
    gone = lead.post(f"{home}1/withdraw/", {"reason": "o luăm de la capăt"})
    assert gone.status_code == 302
    assert "Reason: o luăm de la capăt" in read(lead.get(f"{home}1/")).text
