"""What members of a city write: sections of the contract, uploads, tasks, comments."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from vatra.contract.narrative import narrative_file, sections, split
from vatra.runs.publish import PACK
from vatra.web.base.searchable import Findable
from vatra.web.cities.models import City
from vatra.web.editing.models import Comment
from vatra.web.evidence.models import Upload
from vatra.web.progress.models import Task
from vatra.web.search.sources.cities import is_shown
from vatra.web.workspace.queries import head_of, text_of
from vatra.words import LANGUAGES, Language


def drafted(city: City) -> Iterator[Findable]:
    """Sections of the narrative as the newest version has them, for members."""
    head = head_of(city)
    if head is None:
        return
    for lang in LANGUAGES:
        text = text_of(head, narrative_file(lang))
        for key, title, body in _sections(text, lang):
            address = ("drafting:section", (city.slug, key))
            yield Findable("section", title, *address, body, body, lang=lang, audience="members")


def published(city: City) -> Iterator[Findable]:
    """Sections of the narrative as published."""
    for lang in LANGUAGES if is_shown(city) else ():
        file = Path(city.folder) / PACK / narrative_file(lang)
        text = file.read_text("utf-8-sig", errors="replace") if file.is_file() else ""
        for _, title, body in _sections(text, lang):
            name = f"{title}, {city.name}"
            yield Findable(
                "section", name, "contracts:contract", (city.slug,), body, body, lang=lang
            )


def _sections(text: str, lang: Language) -> Iterator[tuple[str, str, str]]:
    for key, written in split(text, narrative_file(lang))[0].items():
        if written.text.strip():
            yield key, sections()[key].title(lang), " ".join(written.text.split())


def uploads(city: City) -> Iterator[Findable]:
    """Files that were handed in, by name, table and reason."""
    for each in Upload.objects.filter(city=city).order_by("id").iterator(chunk_size=500):
        yield Findable(
            "upload",
            each.name,
            "evidence:upload",
            (city.slug, each.pk),
            each.reason,
            each.table,
            audience="members",
        )


def tasks(city: City) -> Iterator[Findable]:
    """What is to be done."""
    for each in Task.objects.filter(city=city).order_by("id").iterator(chunk_size=500):
        address = ("progress:task", (city.slug, each.pk))
        yield Findable("task", each.title, *address, each.note, each.action, audience="members")


def comments(city: City) -> Iterator[Findable]:
    """What was said about numbers, rows and sections."""
    found = Comment.objects.filter(thread__city=city).select_related("thread").order_by("id")
    for each in found.iterator(chunk_size=500):
        yield Findable(
            "comment",
            each.text[:120],
            "editing:comments",
            (city.slug,),
            each.thread.anchor,
            each.text,
            audience="members",
        )
