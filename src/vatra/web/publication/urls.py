"""Addresses of this room."""

from __future__ import annotations

from django.urls import path, re_path

from vatra.web.publication import views_public, views_sign, views_work

app_name = "publication"
_WORK = "cities/<slug:slug>/work/publish/"
_ONE = f"{_WORK}<int:number>/"
_EDITIONS = "cities/<slug:slug>/editions/"
urlpatterns = [
    path(_WORK, views_work.publish, name="publish"),
    path(f"{_WORK}seal/", views_work.seal, name="seal"),
    path(_ONE, views_work.contract, name="contract"),
    path(f"{_ONE}ask/", views_work.ask, name="ask"),
    path(f"{_ONE}signatories/<int:pk>/dismiss/", views_work.dismiss, name="dismiss"),
    path(f"{_ONE}signatories/<int:pk>/bring/", views_sign.bring, name="bring"),
    path(f"{_ONE}signatories/<int:pk>/key/", views_sign.key, name="key"),
    path(f"{_ONE}sign/", views_sign.sign, name="sign"),
    path(f"{_ONE}decline/", views_sign.decline, name="decline"),
    path(f"{_ONE}show/", views_work.show, name="show"),
    path(f"{_ONE}withdraw/", views_work.withdraw, name="withdraw"),
    path(f"{_ONE}files/<path:name>", views_work.file, name="work-file"),
    path(_EDITIONS, views_public.editions, name="editions"),
    path(f"{_EDITIONS}<int:number>/", views_public.edition, name="edition"),
    path(f"{_EDITIONS}<int:number>/files/<path:name>", views_public.file, name="file"),
    path(
        f"{_EDITIONS}<int:number>/signatures/<str:name>",
        views_public.signature,
        name="signature",
    ),
    path(f"{_EDITIONS}<int:number>/compare/<int:other>/", views_public.compare, name="compare"),
    re_path(r"^verify/(?P<seal>[0-9a-f]{64})/$", views_public.verify_seal, name="verify-seal"),
]
