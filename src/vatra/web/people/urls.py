"""Addresses of people's pages."""

from __future__ import annotations

from django.urls import path

from vatra.web.people import views_account, views_invite
from vatra.web.people.entrance import doors

app_name = "people"
urlpatterns = [
    path("account/", views_account.account, name="account"),
    path("account/invitations/<str:token>/", views_invite.accept, name="invitation"),
    path("account/data.json", views_account.data, name="data"),
    path("account/erase/", views_account.erase, name="erase"),
    path("account/sessions/", views_account.sessions, name="sessions"),
    *doors,
]
