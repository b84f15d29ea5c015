"""Tasks as a calendar file (RFC 5545): an entry for each, the same bytes for the same tasks."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, timedelta

from django.urls import reverse

from vatra.web.cities.models import City
from vatra.web.progress.models import Task
from vatra.words import Language, say

LINE_BYTES = 75
DAYS_BEFORE = 3
_STAMP = "%Y%m%dT%H%M%SZ"


def calendar(tasks: Iterable[Task], city: City, root: str, lang: Language) -> bytes:
    """The file. ``root`` is the beginning of addresses, ``https://vatra.example.ro``."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Vatra//tasks//EN",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{_text(say('web.progress.tasks-of', lang, city=city.name))}",
    ]
    for task in tasks:
        lines += _entry(task, city, root, lang)
    lines.append("END:VCALENDAR")
    return "".join(folded(line) for line in lines).encode()


def _entry(task: Task, city: City, root: str, lang: Language) -> list[str]:
    stamp = task.changed_at.astimezone(UTC).strftime(_STAMP)
    url = root + reverse("progress:task", args=[lang, city.slug, task.pk])
    about = [task.action, str(task.owner) if task.owner else "", task.note]
    told = "\n".join(each for each in about if each)
    alarm = [
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        f"DESCRIPTION:{_text(task.title)}",
        f"TRIGGER:-P{DAYS_BEFORE}D",
        "END:VALARM",
    ]
    return [
        "BEGIN:VEVENT",
        f"UID:task-{task.pk}@{city.slug}.vatra",
        f"DTSTAMP:{stamp}",
        f"LAST-MODIFIED:{stamp}",
        f"DTSTART;VALUE=DATE:{task.due:%Y%m%d}",
        f"DTEND;VALUE=DATE:{task.due + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_text(f'{city.name}: {task.title}')}",
        *([f"DESCRIPTION:{_text(told)}"] if told else []),
        f"URL:{url}",
        "TRANSP:TRANSPARENT",
        *(alarm if task.remind else []),
        "END:VEVENT",
    ]


def _text(words: str) -> str:
    """A text as the format wants it: no bare commas, semicolons or line breaks."""
    plain = words.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return plain.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n")


def folded(line: str) -> str:
    """A line of at most 75 bytes, the rest on lines that begin with a space; no letter is cut."""
    parts, size, part = [], 0, ""
    for letter in line:
        width = len(letter.encode())
        if size + width > LINE_BYTES:
            parts.append(part)
            part, size = " ", 1
        part, size = part + letter, size + width
    return "\r\n".join([*parts, part]) + "\r\n"
