"""Letters: one to a person at most a day or a week, of what they were not told before."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from smtplib import SMTPException
from typing import Any

from django.core import signing
from django.core.mail import EmailMultiAlternatives
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from vatra.web.base.actions import do_record_write
from vatra.web.base.moments import day_words
from vatra.web.cities.models import City
from vatra.web.people.holding import held_on
from vatra.web.people.models import Membership, User
from vatra.web.people.notices import Notice, sources
from vatra.web.progress.models import Letter, LetterChoice, Told
from vatra.words import Language, language, say

ACTOR = "vatra admin digest"
SALT = "vatra.web.progress.letters"
PPM_PER_PERCENT = 10_000


@dataclass(frozen=True)
class Sent:
    """What one run of the letters did: how many left, failed, and are in doubt from before."""

    letter_count: int
    notice_count: int
    failed_count: int
    in_doubt_count: int


@dataclass(frozen=True)
class Line:
    """A notice as a letter says it; ``url`` is where something can be done."""

    city: str
    words: str
    url: str


def do_send_letters(*, root: str, now: datetime | None = None) -> Sent:
    """Write to everybody who has something new to hear and wants to hear it now.

    ``root`` is the beginning of every address, ``https://vatra.example.ro``. Each letter is
    entered before it leaves: when the run is interrupted in between, that letter is in doubt and
    is not sent again. One that the mail server refuses is taken back and tried the next time.
    """
    moment = now or timezone.now()
    day = timezone.localdate(moment)
    doubt = Letter.objects.filter(state="sending").count()
    by_person = _by_person(_found(day), day)
    letters = notices = failed = 0
    for person, told in by_person:
        count = _send(person, told, root.rstrip("/"), moment)
        if count is None:
            failed += 1
        elif count:
            letters, notices = letters + 1, notices + count
    return Sent(letters, notices, failed, doubt)


def _found(day: date) -> list[tuple[City, Notice]]:
    """Notices of all cities that somebody works in, by the city's name."""
    cities = City.objects.filter(memberships__isnull=False).distinct().order_by("name", "pk")
    return [
        (city, notice) for city in cities for _, source in sources() for notice in source(city, day)
    ]


def _by_person(
    found: Iterable[tuple[City, Notice]], day: date
) -> list[tuple[User, list[tuple[City, Notice]]]]:
    """Each person with what concerns them: only of cities they have a role in today."""
    told: dict[int, list[tuple[City, Notice]]] = {}
    roles: dict[int, dict[int, set[str]]] = {}
    for city, notice in found:
        if city.pk not in roles:
            roles[city.pk] = _roles(city, day)
        for person, held in roles[city.pk].items():
            if _concerns(notice, person, held):
                told.setdefault(person, []).append((city, notice))
    people = User.objects.filter(is_active=True).in_bulk(list(told))
    return [(people[pk], told[pk]) for pk in sorted(told) if pk in people]


def _concerns(notice: Notice, person: int, held: set[str]) -> bool:
    is_meant = person in notice.people or bool(held & notice.roles)
    return is_meant and person not in notice.besides


def _roles(city: City, day: date) -> dict[int, set[str]]:
    found: dict[int, set[str]] = {}
    for held in Membership.objects.filter(held_on(day), city=city).select_related("organisation"):
        if held.person_id is not None:
            found.setdefault(held.person_id, set()).add(held.role)
        elif held.organisation is not None:
            for person in held.organisation.people.values_list("pk", flat=True):
                found.setdefault(int(person), set()).add(held.role)
    return found


def _send(
    person: User, told: Sequence[tuple[City, Notice]], root: str, moment: datetime
) -> int | None:
    """How many notices left; 0 for nothing to say now, None when the mail server refused."""
    choice = LetterChoice.objects.filter(person=person).first() or LetterChoice(person=person)
    if choice.rhythm == "never":
        return 0
    wanted = [pair for pair in told if _is_wanted(pair[1], choice.fall_percent)]
    claimed = _claim(person, wanted, choice.rhythm, moment)
    if claimed is None:
        return 0
    letter, new = claimed
    try:
        message(person, new, root).send()
    except (OSError, SMTPException):
        # Whatever the mail server says: it did not take the letter, so nothing was told.
        letter.delete()
        return None
    except Exception:
        # A fault of ours; the letter did not leave, and everybody should hear of the fault.
        letter.delete()
        raise
    with transaction.atomic():
        letter.state = "sent"
        letter.save(update_fields=["state"])
        do_record_write(
            actor=ACTOR, verb="send", noun="letter", name=person.log_name, detail=letter.period
        )
    return len(new)


def _is_wanted(notice: Notice, fall_percent: int) -> bool:
    return notice.fall_ppm is None or notice.fall_ppm >= fall_percent * PPM_PER_PERCENT


def _claim(
    person: User, wanted: Sequence[tuple[City, Notice]], rhythm: str, moment: datetime
) -> tuple[Letter, list[tuple[City, Notice]]] | None:
    """Enter the letter and what it tells; None when nothing is new, or its time has not come."""
    by_key = {key_of(notice): (city, notice) for city, notice in wanted}
    known = Told.objects.filter(person=person, key__in=list(by_key)).values_list("key", flat=True)
    for key in known:
        by_key.pop(key, None)
    # A clock that was set back must not bring a second letter.
    if not by_key or Letter.objects.filter(person=person, at__gt=moment).exists():
        return None
    try:
        with transaction.atomic():
            letter = Letter.objects.create(
                person=person, period=period_of(rhythm, timezone.localdate(moment)), at=moment
            )
            Told.objects.bulk_create(
                [Told(letter=letter, person=person, key=key) for key in by_key]
            )
    except IntegrityError:
        # Another run was quicker, or the letter of this period has left.
        return None
    return letter, list(by_key.values())


def key_of(notice: Notice) -> str:
    """What is kept of a notice: enough to know it again, and no more."""
    return hashlib.sha256(notice.key.encode()).hexdigest()


def period_of(rhythm: str, day: date) -> str:
    """The day, or its week."""
    if rhythm == "day":
        return day.isoformat()
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


def message(person: User, told: Sequence[tuple[City, Notice]], root: str) -> EmailMultiAlternatives:
    """The letter as plain text and HTML, in the person's language."""
    lang = language(person.language)
    lines = [Line(city.name, words_of(notice, lang), _url(root, lang, notice)) for city, notice in
             told]  # fmt: skip
    stop = root + reverse("progress:stop-letters", args=[lang, stop_token(person)])
    choose = root + reverse("progress:letters", args=[lang])
    content = {"lang": lang, "lines": lines, "stop_url": stop, "choose_url": choose,
               "count": len(lines), "name": person.name}  # fmt: skip
    subject = say("web.progress.letter-subject", lang, count=len(lines))
    made = EmailMultiAlternatives(
        subject,
        render_to_string("progress/letter.txt", content),
        to=[person.email],
        headers={"List-Unsubscribe": f"<{stop}>", "Auto-Submitted": "auto-generated"},
    )
    made.attach_alternative(render_to_string("progress/letter.html", content), "text/html")
    return made


def words_of(notice: Notice, lang: Language) -> str:
    """A notice in a language: days as written there, names given in all languages in this one."""
    return say(notice.text, lang, **{k: _said(v, lang) for k, v in notice.params.items()})


def _said(value: Any, lang: Language) -> Any:
    if isinstance(value, Mapping):
        return value[lang]
    if isinstance(value, date):
        return day_words(value, lang)
    return value


def _url(root: str, lang: Language, notice: Notice) -> str:
    if not notice.address:
        return root + reverse("cities:list", args=[lang])
    return root + reverse(notice.address, args=[lang, *notice.arguments])


def stop_token(person: User) -> str:
    """What the link at a letter's end carries: it stops letters and opens nothing."""
    return signing.Signer(salt=SALT).sign(str(person.pk))


def person_of_token(token: str) -> User | None:
    """Whose letters a link stops; None for one that we did not make."""
    try:
        number = signing.Signer(salt=SALT).unsign(token)
    except signing.BadSignature:
        return None
    return User.objects.filter(pk=int(number)).first()
