"""How often letters come, and the link that stops them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from vatra.web.base.errors import NotHere
from vatra.web.people.views_account import SEND, signed_in
from vatra.web.progress.actions import do_choose_letters
from vatra.web.progress.digest import person_of_token
from vatra.web.progress.forms import letters_form
from vatra.web.progress.models import LetterChoice
from vatra.words import Language


@never_cache
@require_http_methods(SEND)
def letters(request: HttpRequest, lang: Language) -> HttpResponse:
    """One's own choice: every day, every week, never."""
    person = signed_in(request)
    chosen = LetterChoice.objects.filter(person=person).first() or LetterChoice(person=person)
    form = letters_form(lang, chosen.rhythm, chosen.fall_percent)
    if request.method == "POST":
        form = form.sent(request.POST)
        if form.ok:
            do_choose_letters(
                person=person,
                rhythm=form.values["rhythm"],
                fall_percent=int(form.values["fall_percent"]),
            )
            return redirect(reverse("progress:letters", args=[lang]) + "?done=letters")
    status = 200 if form.ok else 422
    return render(request, "progress/letters.html", {"form": form, "chosen": chosen},
                  status=status)  # fmt: skip


@csrf_exempt
@never_cache
@require_http_methods(SEND)
def stop_letters(request: HttpRequest, lang: Language, token: str) -> HttpResponse:
    """Stop the letters of whoever the link was made for; the signature stands for the person.

    Opening the link changes nothing, since mail programs open links to look at them. Sending does,
    without a cookie: so that the button of a mail program works (RFC 8058).
    """
    person = person_of_token(token)
    if person is None:
        raise NotHere("web.progress.stop-unknown")
    is_sent = request.method == "POST"
    if is_sent:
        do_choose_letters(person=person, rhythm="never")
    return render(request, "progress/stop.html", {"stopped": is_sent})
