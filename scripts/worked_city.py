"""Fill the workspace of a synthetic city, as people would, so that its pages can be photographed.

`VATRA_DATA=FOLDER python scripts/worked_city.py OUTPUT` registers an output folder of the example
Iași, gives it made-up people and lets them work: a first edition sealed, signed and published, the
next one drafted, source files handed in, tasks, comments. It prints one session of each person as
JSON. Every name and figure is invented.
"""

from __future__ import annotations

import io
import json
import os
import sys
import tempfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vatra.web.cities.models import City
    from vatra.web.people.models import User
    from vatra.web.publication.models import SealedContract
    from vatra.web.workspace.models import Version
    from vatra.words import Language

PEOPLE = {
    "lia": ("Lia Dobre", "climate_lead"),
    "ana": ("Ana Munteanu", "editor"),
    "dan": ("Dan Ciobanu", "contributor"),
    "mara": ("Mara Ionescu", "signatory"),
}
SYNTHETIC = "synthetic: invented for this example"
INDICATORS = f"""\
code,name_en,name_ro,unit,unit_en,unit_ro,action,sector,baseline_year,baseline_value,target_year,target_value,\
direction,source
B1,Flats renovated,Apartamente renovate,,flats,apartamente,1.1,,2021,0,2027,9000,up,{SYNTHETIC}
B1,,,,,,,,,,2030,22000,,{SYNTHETIC}
B1,,,,,,,,,,2035,41000,,{SYNTHETIC}
T1,Trips by bicycle or on foot,Deplasări cu bicicleta sau pe jos,%,,,,transport,2021,24,2035,45,up,\
{SYNTHETIC}
E1,Losses of the heat network,Pierderi în rețeaua de termoficare,%,,,3.1,,2021,45,2035,15,down,\
{SYNTHETIC}
G1,Trees planted,Arbori plantați,,trees,arbori,,land,2021,0,2030,60000,up,{SYNTHETIC}
"""
VALUES = f"""\
indicator,year,quarter,value,source
B1,2024,,2100,{SYNTHETIC}
B1,2025,,3900,{SYNTHETIC}
T1,2025,,31,{SYNTHETIC}
E1,2025,,43.5,{SYNTHETIC}
"""
HEARD = f"""\
date,kind,organiser,participants,groups,topic_ro,topic_en,outcome_ro,outcome_en,source
2025-06-09,workshop,Primăria Iași,64,owners of flats,Blocuri și căldură,Blocks of flats and heat,\
Întâi cvartalele cu cele mai mari pierderi,The quarters that lose most heat come first,{SYNTHETIC}
2025-06-11,survey,Primăria Iași,1240,everybody,Mersul prin oraș,Getting about,\
Benzi pentru autobuze pe patru artere,Bus lanes on four avenues,{SYNTHETIC}
"""
SECTIONS = {
    "introduction": (
        "Iași și-a propus neutralitatea climatică. Acest contract spune ce facem, cu ce bani și "
        "cine răspunde.",
        "Iași has set out for climate neutrality. This contract says what we do, with what money "
        "and who answers for it.",
    ),
    "goal": (
        "Municipiul a emis {{ total.2021 }} în 2021 și **reduce {{ cut.2035 }}** până în 2035.\n\n"
        "- clădirile au cea mai mare parte: {{ share.buildings.2021 }}\n"
        "- cartierele termoficate au prioritate",
        "The city emitted {{ total.2021 }} in 2021 and **cuts {{ cut.2035 }}** by 2035.\n\n"
        "- buildings have the largest part: {{ share.buildings.2021 }}\n"
        "- quarters on district heat come first",
    ),
}
# What the gas company sent: a scope that does not exist, a figure that is none, a row twice.
FAULTY = f"""\
year,sector,carrier,scope,sub_sector,amount,unit,quality,doubt_percent,source,note
2022,buildings,natural_gas,1,I.1,1498210,MWh,M,10,{SYNTHETIC},
2022,buildings,natural_gas,1,I.1,1498210,MWh,M,10,{SYNTHETIC},
2022,buildings,district_heat,2,I.1,38x720,MWh,M,10,{SYNTHETIC},
2022,transport,diesel,4,II.1,402100,MWh,M,15,{SYNTHETIC},
2022,transport,petrol,1,II.1,,MWh,M,15,{SYNTHETIC},
"""
TASKS = (
    ("Publish the tender for the primary heat network", -9, "dan", "3.1"),
    ("Ask the owners' associations of Tătărași for their decisions", 4, "ana", "1.1"),
    ("Count trips at the twelve bridges", 40, "dan", ""),
)


def main() -> None:
    """Fill ``VATRA_DATA`` and print the sessions."""
    _begin_django()
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)
    from vatra.web.contracts.actions import do_register_folder
    from vatra.web.workspace.actions_start import do_open_workspace

    cities = [do_register_folder(folder=Path(each), actor="pictures") for each in sys.argv[1:]]
    city = next(each for each in cities if each.slug == "iasi")
    do_open_workspace(city=city, actor=None)
    people = {name: _person(name, city) for name in PEOPLE}
    _write(city, people["ana"])
    _publish(city, people)
    _work_on(city, people)
    print(json.dumps({name: _session(person) for name, person in people.items()}))


def _begin_django() -> None:
    import django
    from django.conf import settings

    os.environ["DJANGO_SETTINGS_MODULE"] = "vatra.web.site.settings"
    django.setup()
    # Nobody waits at a screen here: sealing and checking are done at once; letters stay unsent.
    settings.JOBS_BACKEND = "at-once"
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"


def _person(name: str, city: City) -> User:
    from allauth.account.models import EmailAddress
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    from vatra.web.people.models import Membership, User

    said, role = PEOPLE[name]
    made = User.objects.create_user(f"{name}@example.org", None, name=said, language="en")
    EmailAddress.objects.create(user=made, email=made.email, verified=True, primary=True)
    TOTP.activate(made, generate_totp_secret())
    Membership.objects.create(city=city, person=made, role=role, since=date(2026, 1, 1))
    return made


def _session(person: User) -> str:
    """A signed-in session of the person."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    made = SessionStore()
    made[SESSION_KEY] = str(person.pk)
    made[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
    made[HASH_SESSION_KEY] = person.get_session_auth_hash()
    made.create()
    return str(made.session_key)


def _head(city: City) -> Version:
    from vatra.web.workspace.queries import head_of

    head = head_of(city)
    if head is None:
        raise SystemExit(f"{city.slug} has no version to work on")
    return head


def _write(city: City, ana: User) -> None:
    """Indicators, the people who were heard, and the first sections of the text."""
    from vatra.web.drafting.actions import do_save_section
    from vatra.web.workspace.actions import do_save_files

    files = {
        "indicators.csv": INDICATORS.encode(),
        "indicator_values.csv": VALUES.encode(),
        "participation.csv": HEARD.encode(),
    }
    said = "Indicators of the plan"
    do_save_files(city=city, base=_head(city), files=files, kind="edit", note=said, actor=ana)
    for key, (ro, en) in SECTIONS.items():
        texts: dict[Language, str] = {"ro": ro, "en": en}
        do_save_section(city=city, base=_head(city), key=key, texts=texts, actor=ana)


def _publish(city: City, people: dict[str, User]) -> None:
    """The version as it is: approved, sealed, signed by two, shown; then the next one sealed."""
    from vatra.web.publication.actions_seal import do_begin_sealing, do_publish_contract
    from vatra.web.publication.actions_sign import Asked, do_ask_signatory, do_sign_with_file

    lia = people["lia"]
    _approve(city, people)
    contract = do_begin_sealing(city=city, actor=lia)
    contract.refresh_from_db()
    content = (_folder(contract) / "contract.json").read_bytes()
    for person, office in ((people["mara"], "Mayor"), (None, "Chair of the council")):
        name = person.name if person else "Radu Petrescu"
        asked = Asked(name=name, office=office, organisation="City of Iași", person=person)
        signatory = do_ask_signatory(contract=contract, asked=asked, actor=lia)
        do_sign_with_file(signatory=signatory, content=_signed(name, content), actor=person or lia)
    contract.refresh_from_db()
    do_publish_contract(contract=contract, actor=lia)


def _approve(city: City, people: dict[str, User]) -> None:
    from vatra.web.drafting.actions_review import do_ask_review, do_decide_review
    from vatra.web.drafting.models import Review

    def nowhere(lang: str, review: Review) -> str:
        return "https://example.org/"

    review = do_ask_review(
        city=city,
        version=_head(city),
        found=(),
        note="",
        excuse="",
        actor=people["ana"],
        address_of=nowhere,
    )
    do_decide_review(
        review=review,
        approve=True,
        reason="",
        remarks={},
        actor=people["lia"],
        address_of=nowhere,
    )


def _folder(contract: SealedContract) -> Path:
    from vatra.web.publication import folders

    return folders.path_of(contract.folder)


def _signed(name: str, content: bytes) -> bytes:
    """A detached signature with a certificate that is made for it and thrown away."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import rsa
    from cryptography.hazmat.primitives.serialization import pkcs7
    from cryptography.x509.oid import NameOID

    key = rsa.generate_private_key(65537, 2048)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    made = x509.CertificateBuilder().subject_name(subject).issuer_name(subject)
    made = made.public_key(key.public_key()).serial_number(x509.random_serial_number())
    made = made.not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
    usage = dict.fromkeys(
        ("key_encipherment", "data_encipherment", "key_agreement", "crl_sign"), False
    )
    usage |= {"encipher_only": False, "decipher_only": False, "key_cert_sign": False}
    usage |= {"digital_signature": True, "content_commitment": True}
    made = made.add_extension(x509.KeyUsage(**usage), True)
    builder = pkcs7.PKCS7SignatureBuilder().set_data(content)
    builder = builder.add_signer(made.sign(key, hashes.SHA256()), key, hashes.SHA256())
    options = [pkcs7.PKCS7Options.DetachedSignature, pkcs7.PKCS7Options.Binary]
    return builder.sign(serialization.Encoding.DER, options)


def _work_on(city: City, people: dict[str, User]) -> None:
    """After the first edition: another contract to sign, files handed in, tasks, a question."""
    from vatra.web.drafting.actions import do_save_section
    from vatra.web.editing.actions import do_begin_thread
    from vatra.web.progress.actions import do_make_task
    from vatra.web.publication.actions_seal import do_begin_sealing
    from vatra.web.publication.actions_sign import Asked, do_ask_signatory

    ana, lia = people["ana"], people["lia"]
    texts: dict[Language, str] = {
        "ro": "Planul se citește odată cu bugetul anual.",
        "en": "Read with the budget.",
    }
    do_save_section(city=city, base=_head(city), key="process", texts=texts, actor=ana)
    _approve(city, people)
    contract = do_begin_sealing(city=city, actor=lia)
    contract.refresh_from_db()
    mara = people["mara"]
    asked = Asked(name=mara.name, office="Mayor", organisation="City of Iași", person=mara)
    do_ask_signatory(contract=contract, asked=asked, actor=lia)
    _hand_in(city, people["dan"])
    for title, days, owner, action in TASKS:
        due = date.today() + timedelta(days=days)
        do_make_task(city=city, title=title, due=due, owner=people[owner], action=action, actor=lia)
    question = "@Ana Munteanu does this hold after the new gas meters? The file of 2022 is here."
    do_begin_thread(city=city, kind="number", anchor="total.2021", text=question, actor=lia)


def _hand_in(city: City, dan: User) -> None:
    from vatra.web.evidence.actions import do_receive_upload

    foreign = (
        "An;Consum gaz (MWh);Sector;Observații\n2022;1498210;locuințe;\n2023;1477004;locuințe;"
    )
    for name, text in (("gas-2022.csv", FAULTY), ("distrigaz 2023.csv", foreign)):
        with tempfile.NamedTemporaryFile(suffix=".csv") as file:
            file.write(text.encode())
            file.flush()
            with io.FileIO(file.name) as source:
                do_receive_upload(city=city, name=name, source=source, actor=dan)


if __name__ == "__main__":
    main()
