"""Writes of comments: each one atomic and logged. The words themselves stay out of the log."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from vatra.web.base.actions import do_record_write
from vatra.web.cities.models import City
from vatra.web.editing.mentions import named
from vatra.web.editing.models import KINDS, LONGEST_TEXT, STATES, Comment, Mention, Thread
from vatra.web.editing.queries import LONGEST_ANCHOR, people_of
from vatra.web.people.actions_invite import need
from vatra.web.people.errors import Refused
from vatra.web.people.models import User
from vatra.web.people.rules import may_contribute, may_read_work

TWICE = timedelta(minutes=1)


def do_begin_thread(*, city: City, kind: str, anchor: str, text: str, actor: User) -> Thread:
    """Say something about a thing of a city; joins the open thread about it where there is one.

    Raises ``Refused`` when the actor may not, or there is nothing to say or to say it about.
    """
    need(may_contribute.refusal(actor, city), city)
    if kind not in KINDS or not _is_plain(anchor, LONGEST_ANCHOR):
        raise Refused("web.editing.anchor-unknown")
    with transaction.atomic():
        # Who speaks of it at the same moment waits, and joins the thread begun here.
        City.objects.select_for_update().get(pk=city.pk)
        found = Thread.objects.filter(city=city, kind=kind, anchor=anchor, state="open").first()
        thread = found or Thread.objects.create(city=city, kind=kind, anchor=anchor)
        do_add_comment(thread=thread, text=text, actor=actor)
    return thread


def do_add_comment(*, thread: Thread, text: str, actor: User) -> Comment:
    """Say something in a thread; people named in it find it in their list."""
    need(may_contribute.refusal(actor, thread.city), thread.city)
    said = tidy(text)
    again = _said_already(thread, said, actor)
    if again is not None:
        return again
    with transaction.atomic():
        comment = Comment.objects.create(thread=thread, author=actor, text=said)
        _mention(comment)
        _move(thread)
        _record(thread, actor, "comment", f"comment-{comment.pk}")
    return comment


def _said_already(thread: Thread, said: str, actor: User) -> Comment | None:
    """The last word of a thread where it is the same by the same person: a button pressed twice."""
    last = thread.comments.order_by("-pk").first()
    is_same = last is not None and last.author_id == actor.pk and last.text == said
    is_new = last is not None and abs(timezone.now() - last.at) < TWICE
    return last if is_same and is_new else None


def do_change_comment(*, comment: Comment, text: str, actor: User) -> None:
    """Say it differently; only who said it may."""
    city = comment.thread.city
    need(may_contribute.refusal(actor, city), city)
    if comment.author_id != actor.pk:
        raise Refused("web.editing.not-yours")
    said = tidy(text)
    with transaction.atomic():
        comment.text, comment.edited_at = said, timezone.now()
        comment.save(update_fields=["text", "edited_at"])
        _mention(comment)
        _record(comment.thread, actor, "change", f"comment-{comment.pk}")


def do_set_thread(*, thread: Thread, state: str, actor: User) -> None:
    """Resolve a thread, or open it again."""
    need(may_contribute.refusal(actor, thread.city), thread.city)
    if state not in STATES:
        raise Refused("web.editing.state-unknown")
    with transaction.atomic():
        thread.state = state
        _move(thread, "state")
        _record(
            thread, actor, "resolve" if state == "resolved" else "reopen", f"thread-{thread.pk}"
        )


def do_see_mentions(*, thread: Thread, actor: User) -> None:
    """Take what names the actor in a thread off the actor's list."""
    need(may_read_work.refusal(actor, thread.city), thread.city)
    with transaction.atomic():
        unseen = Mention.objects.filter(comment__thread=thread, person=actor, seen_at=None)
        if unseen.update(seen_at=timezone.now()):
            _record(thread, actor, "see", f"thread-{thread.pk}")


def tidy(text: str) -> str:
    """What is kept of a comment: lines without trailing spaces. ``Refused`` when it is nothing."""
    lines = [line.rstrip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    said = "\n".join(lines).strip()
    if not said:
        raise Refused("web.editing.nothing-said")
    if len(said) > LONGEST_TEXT:
        raise Refused("web.editing.too-much-said", most=LONGEST_TEXT)
    if any(not (each.isprintable() or each in "\n\t") for each in said):
        raise Refused("web.editing.unprintable")
    return said


def _is_plain(text: str, most: int) -> bool:
    return bool(text.strip()) and len(text) <= most and text.isprintable()


def _mention(comment: Comment) -> None:
    """Who is named reads it; nobody is told of what they say themselves."""
    for person in named(comment.text, people_of(comment.thread.city)):
        if person.pk != comment.author_id:
            Mention.objects.get_or_create(comment=comment, person=person)


def _move(thread: Thread, *changed: str) -> None:
    thread.moved_at = timezone.now()
    thread.save(update_fields=["moved_at", *changed])


def _record(thread: Thread, actor: User, verb: str, name: str) -> None:
    do_record_write(
        actor=actor.log_name, verb=verb, noun="thread", name=name, detail=thread.kind,
        city=thread.city.slug,
    )  # fmt: skip
