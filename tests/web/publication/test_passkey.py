"""A statement signed by a device is checked from its file alone, and any change is found."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.web.publication.keys import Device, altered
from vatra.web.publication.passkey import check_signature, pack_signature
from vatra.web.publication.statement import Unfit, challenge, read_statement, statement

SEAL = "ab" * 32


def said(**more: Any) -> dict[str, str]:
    values = {"seal": SEAL, "city": "Poiana", "name": "Ana Pop", "office": "primar"}
    at = datetime(2026, 11, 22, 17, 5, 3, 999, tzinfo=UTC)
    return statement(**{**values, "organisation": "", "at": at, "lang": "ro", **more})


def signed(device: Device, **more: Any) -> bytes:
    content = said()
    return pack_signature(
        statement=content,
        public_key=device.public_der,
        credential=device.answer(challenge(content), **more),
        rp_id=device.place,
    )


def test_the_statement_says_what_is_signed_and_hashes_the_same_everywhere() -> None:
    content = said()
    assert content["text"] == (
        "Subsemnatul/subsemnata Ana Pop, primar, semnez Contractul climatic al orașului Poiana "
        f"cu sigiliul {SEAL}."
    )
    assert content["at"] == "2026-11-22T17:05:03+00:00"
    # Sorted names, no spaces, UTF-8: the hash by hand.
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    assert challenge(content) == hashlib.sha256(text.encode()).digest()
    assert read_statement(json.loads(text)) == content


def test_a_signature_holds_from_its_file_alone() -> None:
    device = Device.new()
    found = check_signature(signed(device))
    assert found.holds and found.statement == said()
    assert found.key_print == hashlib.sha256(device.public_der).hexdigest()
    assert found.origin == "https://testserver"


@pytest.mark.parametrize("field", ["seal", "city", "name", "office", "organisation", "at", "text"])
def test_a_statement_altered_afterwards_is_another(field: str) -> None:
    content = said() | {field: "cd" * 32 if field == "seal" else "2026-01-01T00:00:00+00:00"}
    found = check_signature(altered(signed(Device.new()), statement=content))
    assert found.faults == ("challenge",)


@pytest.mark.parametrize(
    ("more", "fault"),
    [
        ({"flags": 0x01}, "person"),
        ({"flags": 0x04}, "person"),
        ({"kind": "webauthn.create"}, "type"),
        ({"origin": "https://testserver.evil.example"}, "origin"),
        ({"origin": "https://eviltestserver"}, "origin"),
    ],
)
def test_what_the_device_must_say_is_asked_of_it(more: dict, fault: str) -> None:
    assert check_signature(signed(Device.new(), **more)).faults == (fault,)


def test_another_key_place_or_signature_is_found() -> None:
    content, other = signed(Device.new()), Device.new()
    import base64

    foreign = base64.b64encode(other.public_der).decode()
    assert check_signature(altered(content, public_key=foreign)).faults == ("signature",)
    assert check_signature(altered(content, rp_id="elsewhere")).faults == ("origin", "place")
    again = json.loads(signed(Device.new()))["signature"]
    assert check_signature(altered(content, signature=again)).faults == ("signature",)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b'{"format": "vatra-passkey-signature/1"}',
        b"\xff\xfe",
        b"[" * 100_000,
        b"0" * 70_000,
    ],
)
def test_what_is_no_signature_is_refused(content: bytes) -> None:
    with pytest.raises(Unfit):
        check_signature(content)


@pytest.mark.parametrize(
    "changes",
    [
        {"signature": 7},
        {"signature": "ș"},
        {"public_key": "AAAA"},
        {"client_data": "e30x"},
        {"authenticator_data": "é"},
        {"statement": None},
        {"statement": {"format": "other"}},
    ],
)
def test_parts_that_are_none_are_refused(changes: dict) -> None:
    with pytest.raises(Unfit):
        check_signature(altered(signed(Device.new()), **changes))


def test_a_browser_that_gives_no_answer_is_refused() -> None:
    for credential in (None, [], {}, {"id": "a"}, {"id": "a", "response": {"signature": ""}}):
        with pytest.raises(Unfit):
            pack_signature(statement=said(), public_key=b"", credential=credential, rp_id="x")
