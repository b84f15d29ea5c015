"""Forms of people's pages: labels and faults by their codes, so that no foreign sentence shows."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from django import template
from django.forms import BaseForm, BoundField
from django.forms.utils import ErrorList
from django.template.context import Context

from vatra.web.base.moments import day_words
from vatra.words import Language, has, say

register = template.Library()
PASSWORDS = ("password", "oldpassword", "password1", "password2")
AUTOCOMPLETE = {
    "login": "username webauthn",
    "email": "email",
    "name": "name",
    "password": "current-password",
    "oldpassword": "current-password",
    "password1": "new-password",
    "password2": "new-password",
    "code": "one-time-code",
}


def faults(errors: ErrorList, lang: Language) -> list[str]:
    """What is wrong, in our words; a code we have no words for is said in general ones."""
    found = []
    for problem in errors.as_data():
        key = f"web.people.error-{str(problem.code or 'other').replace('_', '-')}"
        params = {k: v for k, v in (problem.params or {}).items() if isinstance(v, int | str)}
        found.append(say(key if has(key) else "web.people.error-other", lang, **params))
    return list(dict.fromkeys(found))


@register.inclusion_tag("people/_faults.html", takes_context=True)
def form_faults(context: Context, form: BaseForm) -> dict[str, Any]:
    """What is wrong with a form as a whole."""
    return {"faults": faults(form.non_field_errors(), context["lang"]), "id": "form-faults"}


@register.inclusion_tag("people/_field.html", takes_context=True)
def form_field(
    context: Context, field: BoundField, kind: str = "", words: str = ""
) -> dict[str, Any]:
    """A field with its label, its hint, its faults; ``words`` where its name says too little."""
    lang, name = context["lang"], words or field.name
    choices = getattr(field.field, "choices", None)
    hint = f"web.people.hint-{name}"
    return {
        "lang": lang,
        "field": field,
        "kind": kind or _kind(field),
        "label": say(f"web.people.field-{name}", lang),
        "hint": say(hint, lang) if has(hint) else "",
        "autocomplete": AUTOCOMPLETE.get(name, "off"),
        "faults": faults(field.errors, lang),
        "value": "" if name in PASSWORDS or name == "code" else field.value(),
        "choices": [(code, say(f"web.people.{name}-{code}", lang)) for code, _ in choices or ()],
    }


def _kind(field: BoundField) -> str:
    if field.name in PASSWORDS:
        return "password"
    by_name = {"email": "email", "login": "email", "until": "date", "code": "code"}
    return by_name.get(field.name, "text")


@register.simple_tag
def as_json(options: Any) -> str:
    """Options of a passkey for an attribute; the template escapes them like everything else."""
    return json.dumps(options, default=str)


@register.simple_tag(takes_context=True)
def role_name(context: Context, role: str) -> str:
    """The word for a role."""
    return say(f"web.people.role-{role}", context["lang"])


@register.simple_tag(takes_context=True)
def kind_name(context: Context, kind: str) -> str:
    """The word for a kind of organisation."""
    return say(f"web.people.kind-{kind}", context["lang"])


@register.simple_tag(takes_context=True)
def date_words(context: Context, day: date | None) -> str:
    """A day as the language writes it; an open end is said."""
    if day is None:
        return say("web.people.no-end", context["lang"])
    return day_words(day, context["lang"])


@register.simple_tag(takes_context=True)
def log_word(context: Context, word: str) -> str:
    """A word of the log in the reader's language; one that we have none for stays as it is."""
    key = f"web.people.log-word-{word.replace(' ', '-')}"
    return say(key, context["lang"]) if has(key) else word
