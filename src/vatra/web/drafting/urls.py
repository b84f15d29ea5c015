"""Addresses of a contract in the writing."""

from __future__ import annotations

from django.urls import path, re_path

from vatra.web.drafting import views, views_downloads, views_records, views_review

app_name = "drafting"
WORK = "cities/<slug:slug>/work/contract/"
_CITY = r"^cities/(?P<slug>[-\w]+)/"
urlpatterns = [
    path(WORK, views.contract, name="contract"),
    path(WORK + "sections/<slug:key>/", views.section, name="section"),
    path(WORK + "preview/", views.preview, name="preview"),
    path(WORK + "figures/", views.figures, name="figures"),
    path(WORK + "lint/", views.lint, name="lint"),
    path(WORK + "records/<slug:name>/", views_records.records, name="records"),
    path(WORK + "review/", views_review.ask, name="ask"),
    path(WORK + "review/<int:pk>/", views_review.review, name="review"),
    path(WORK + "review/<int:pk>/decide/", views_review.decide, name="decide"),
    path(WORK + "review/<int:pk>/withdraw/", views_review.withdraw, name="withdraw"),
    re_path(
        _CITY + r"work/contract/draft\.(?P<code>ro|en)\.(?P<form>pdf|docx|xlsx|json)$",
        views_downloads.draft,
        name="draft",
    ),
    re_path(
        _CITY + r"work/contract/secap\.(?P<form>xlsx|json)$", views_downloads.secap, name="secap"
    ),
    re_path(
        _CITY + r"contract/secap\.(?P<form>xlsx|json)$",
        views_downloads.secap_published,
        name="secap-published",
    ),
]
