"""What people send: whom to ask, a file, a key, a reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import validate_email
from django.http import HttpRequest

from vatra.web.people.models import User
from vatra.web.publication.actions_sign import Asked
from vatra.web.publication.certified import MAX_BYTES
from vatra.web.publication.statement import Unfit
from vatra.words import LANGUAGES, Language, language

_LENGTHS = {"name": 120, "office": 160, "organisation": 200, "email": 254}


@dataclass(frozen=True)
class AskForm:
    """Whom to ask; ``faults`` by field as keys of texts."""

    values: Mapping[str, str]
    faults: Mapping[str, str]

    @classmethod
    def of(cls, given: Mapping[str, Any] | None) -> AskForm:
        """What was sent, held against what fits."""
        if given is None:
            return cls({}, {})
        names = (*_LENGTHS, "person", "language", "optional")
        values = {name: str(given.get(name, "")).strip() for name in names}
        faults = {
            name: "web.publication.field-too-long"
            for name, most in _LENGTHS.items()
            if len(values[name]) > most or "\0" in values[name]
        }
        if not values["person"] and not values["name"]:
            faults["name"] = "web.publication.name-missing"
        if not values["office"]:
            faults["office"] = "web.publication.office-missing"
        if values["email"] and not _is_address(values["email"]):
            faults["email"] = "web.publication.email-unfit"
        return cls(values, faults)

    def asked(self, people: list[User]) -> Asked:
        """The one to ask; ``people`` those who may be chosen."""
        values = self.values
        person = next((each for each in people if str(each.pk) == values["person"]), None)
        if values["person"] and person is None:
            raise Unfit("person-unknown")
        spoken = values["language"] if values["language"] in LANGUAGES else LANGUAGES[0]
        lang: Language = language(person.language if person else spoken)
        name = values["name"] or (person.name if person else "")
        if not name:
            raise Unfit("name-missing")
        return Asked(
            name=name,
            office=values["office"],
            organisation=values["organisation"],
            email=values["email"],
            language=lang,
            person=person,
            is_required=not values["optional"],
        )


def _is_address(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


def file_of(request: HttpRequest, name: str = "file", most: int = MAX_BYTES) -> bytes:
    """The bytes of a file of the form; raises ``Unfit`` for none, or one that is too large."""
    file: UploadedFile[bytes] | None = request.FILES.get(name)
    if file is None or not file.size:
        raise Unfit("file-missing")
    if file.size > most:
        raise Unfit("pdf-too-large", limit=most // (1024 * 1024))
    return file.read(most + 1)
