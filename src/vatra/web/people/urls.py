"""Addresses of people's pages."""

from __future__ import annotations

from django.urls import path

from vatra.web.people import (
    views_account,
    views_identity,
    views_invite,
    views_log,
    views_members,
    views_organisations,
)
from vatra.web.people.entrance import OIDC_BACK, doors

app_name = "people"
urlpatterns = [
    path("account/", views_account.account, name="account"),
    path("account/invitations/<str:token>/", views_invite.accept, name="invitation"),
    path("account/data.json", views_account.data, name="data"),
    path("account/erase/", views_account.erase, name="erase"),
    path("account/roles/<int:pk>/leave/", views_account.leave, name="leave"),
    path("account/sessions/", views_account.sessions, name="sessions"),
    path("account/organisation/leave/", views_organisations.leave, name="organisation-leave"),
    path("organisations/", views_organisations.organisations, name="organisations"),
    path("organisations/<int:pk>/", views_organisations.organisation, name="organisation"),
    path("organisations/<int:pk>/invite/", views_organisations.invite, name="organisation-invite"),
    path(
        "organisations/<int:pk>/invited/<int:invited>/",
        views_organisations.revoke,
        name="organisation-revoke",
    ),
    path(
        "organisations/<int:pk>/people/<int:who>/manager/",
        views_organisations.manager,
        name="organisation-manager",
    ),
    path(
        "organisations/<int:pk>/people/<int:who>/remove/",
        views_organisations.remove,
        name="organisation-remove",
    ),
    path("cities/<slug:slug>/people/", views_members.members, name="members"),
    path("cities/<slug:slug>/people/<int:pk>/role/", views_members.role, name="role"),
    path("cities/<slug:slug>/people/<int:pk>/end/", views_members.end, name="end"),
    path("cities/<slug:slug>/people/invited/<int:pk>/", views_members.revoke, name="revoke"),
    path("cities/<slug:slug>/people/delegate/", views_members.delegate, name="delegate"),
    path("cities/<slug:slug>/people/door/", views_members.door, name="door"),
    path("cities/<slug:slug>/log/", views_log.city_log, name="city-log"),
    path("log/", views_log.whole_log, name="log"),
    path("account/login/oidc/", views_identity.begin, name="oidc"),
    path(f"account/{OIDC_BACK}", views_identity.back, name="oidc-back"),
    *doors,
]
