"""The text of the contract and its approval, as the desk tells them."""

from __future__ import annotations

from django.urls import reverse

from vatra.contract.narrative import NARRATIVE_FILES, OUTLINE, narrative_file
from vatra.runs.narrative import narrative_of
from vatra.web.cities.models import City
from vatra.web.drafting.models import Review
from vatra.web.drafting.queries import approved_review, open_review, reviews
from vatra.web.drafting.rules import may_decide
from vatra.web.people.models import User
from vatra.web.workspace.models import Version
from vatra.web.workspace.queries import text_of
from vatra.web.workspace.steps import State, Step, Waiting
from vatra.words import LANGUAGES, Language, say


def steps(city: City, head: Version, lang: Language) -> list[Step]:
    """Write the contract, and have it read by somebody else."""
    written = _written(head)
    return [_text(city, written, lang), _review(city, written, lang)]


def _text(city: City, written: int, lang: Language) -> Step:
    whole = len(OUTLINE)
    state: State = "done" if written == whole else "open"
    words = say("web.drafting.step-text-words", lang, count=written, whole=whole)
    url = reverse("drafting:contract", args=[lang, city.slug])
    return Step(60, say("web.drafting.step-text", lang), words, url, state)


def _review(city: City, written: int, lang: Language) -> Step:
    name, url = say("web.drafting.step-review", lang), _ask(city, lang)
    approved, asked = approved_review(city), open_review(city)
    if approved is not None:
        words = say("web.drafting.step-review-done", lang, number=approved.version.number)
        return Step(70, name, words, url, "done")
    if asked is not None:
        words = say("web.drafting.step-review-asked", lang, number=asked.version.number)
        return Step(70, name, words, _page(city, asked, lang), "open")
    words = say("web.drafting.step-review-means", lang)
    if not written:
        return Step(70, name, words, url, "blocked", say("web.drafting.step-needs-text", lang))
    return Step(70, name, words, url, "open")


def _written(head: Version) -> int:
    """Sections that have a text in some language."""
    if not any(name in head.manifest for name in NARRATIVE_FILES):
        return 0
    texts = {lang: text_of(head, narrative_file(lang)) for lang in LANGUAGES}
    found = narrative_of({lang: text for lang, text in texts.items() if text.strip()})
    return sum(any(found.text(lang, each.key).strip() for lang in LANGUAGES) for each in OUTLINE)


def waiting(person: User, city: City, lang: Language) -> list[Waiting]:
    """A review that the person may decide, and an own one that was refused."""
    asked = open_review(city)
    if asked is not None and may_decide(asked).allows(person, city):
        words = say("web.drafting.waits-review", lang, number=asked.version.number)
        return [Waiting(words, _page(city, asked, lang), asked.asked_at)]
    last = reviews(city).first()
    if last is not None and last.state == "refused" and last.asked_by_id == person.pk:
        words = say("web.drafting.waits-refused", lang, number=last.version.number)
        return [Waiting(words, _page(city, last, lang), last.decided_at)]
    return []


def _page(city: City, review: Review, lang: Language) -> str:
    return reverse("drafting:review", args=[lang, city.slug, review.pk])


def _ask(city: City, lang: Language) -> str:
    return reverse("drafting:ask", args=[lang, city.slug])
