"""Pages of sealed contracts: parse the request, ask, render."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_http_methods

from vatra.web.contracts.forms import ContractForm
from vatra.web.contracts.queries import check_contract, figure_words
from vatra.words import Language


@csrf_protect
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest, lang: Language) -> HttpResponse:
    """Hand in a contract and see whether its seal holds, and which figure does not."""
    if request.method != "POST":
        return render(request, "contracts/verify.html", {"form": ContractForm()})
    form = ContractForm.of(request, lang)
    if form.error:
        return render(request, "contracts/verify.html", {"form": form}, status=422)
    verdict = check_contract(form.content)
    figures = [
        (
            each,
            figure_words(each.path, each.sealed, lang),
            figure_words(each.path, each.recomputed, lang),
        )
        for each in verdict.figures()
    ]
    others = [each.message(lang) for each in verdict.others()]
    content = {"form": form, "verdict": verdict, "figures": figures, "others": others}
    return render(request, "contracts/verify.html", content)
