"""Every address of the site. Pages stand under their language: ``/ro/...`` and ``/en/...``."""

from __future__ import annotations

from django.urls import include, path, register_converter

from vatra.web.base.converters import LanguageConverter
from vatra.web.base.views import health
from vatra.web.cities.views import home
from vatra.web.ops.views import metrics, ready, security_txt
from vatra.web.people.entrance import bare

register_converter(LanguageConverter, "lang")

urlpatterns = [
    path("", home, name="home"),
    path("health", health, name="health"),
    path("ready", ready, name="ready"),
    path("metrics", metrics, name="metrics"),
    path(".well-known/security.txt", security_txt, name="security-txt"),
    path("account/", include(bare)),
    path("api/v1/", include("vatra.web.api.urls_v1")),
    path("<lang:lang>/", include("vatra.web.cities.urls")),
    path("<lang:lang>/", include("vatra.web.people.urls")),
    path("<lang:lang>/", include("vatra.web.contracts.urls")),
    path("<lang:lang>/", include("vatra.web.lint.urls")),
    path("<lang:lang>/", include("vatra.web.pathways.urls")),
    path("<lang:lang>/", include("vatra.web.investment.urls")),
    path("<lang:lang>/", include("vatra.web.monitoring.urls")),
    path("<lang:lang>/", include("vatra.web.blocks.urls")),
    path("<lang:lang>/", include("vatra.web.workspace.urls")),
    path("<lang:lang>/", include("vatra.web.jobs.urls")),
    path("<lang:lang>/", include("vatra.web.evidence.urls")),
    path("<lang:lang>/", include("vatra.web.editing.urls")),
    path("<lang:lang>/", include("vatra.web.drafting.urls")),
    path("<lang:lang>/", include("vatra.web.publication.urls")),
    path("<lang:lang>/", include("vatra.web.progress.urls")),
    path("<lang:lang>/", include("vatra.web.desk.urls")),
    path("<lang:lang>/", include("vatra.web.search.urls")),
    path("<lang:lang>/", include("vatra.web.api.urls")),
]

handler400 = "vatra.web.base.views.bad_request"
handler403 = "vatra.web.base.views.forbidden"
handler404 = "vatra.web.base.views.not_found"
handler500 = "vatra.web.base.views.server_error"
