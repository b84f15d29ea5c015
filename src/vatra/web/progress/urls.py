"""Addresses of progress: pages of work, public pages, frames for other sites, letters."""

from __future__ import annotations

from django.urls import path, re_path

from vatra.web.progress import (
    news,
    views_embed,
    views_letters,
    views_public,
    views_reports,
    views_tasks,
    views_work,
)

app_name = "progress"
_CITY = r"^cities/(?P<slug>[-\w]+)/progress/"
_REPORT = "cities/<slug:slug>/progress/reports/<int:year>/<int:edition>/"
urlpatterns = [
    path("cities/<slug:slug>/work/progress/", views_work.work, name="work"),
    path("cities/<slug:slug>/work/progress/draft/", news.draft, name="draft"),
    path("cities/<slug:slug>/work/progress/measures/<path:code>/", views_work.measure,
         name="measure"),
    path("cities/<slug:slug>/work/progress/indicators/", views_work.indicators, name="indicators"),
    path("cities/<slug:slug>/work/progress/money/", views_work.money, name="money"),
    path("cities/<slug:slug>/work/progress/tasks/", views_tasks.tasks, name="tasks"),
    path("cities/<slug:slug>/work/progress/tasks.ics", views_tasks.tasks_file, name="tasks-file"),
    path("cities/<slug:slug>/work/progress/tasks/<int:pk>/", views_tasks.task, name="task"),
    path("cities/<slug:slug>/work/progress/tasks/<int:pk>/state/", views_tasks.state,
         name="task-state"),
    path("cities/<slug:slug>/work/progress/reports/", views_reports.annual, name="annual"),
    path("cities/<slug:slug>/progress/", views_public.progress, name="progress"),
    path("cities/<slug:slug>/progress/embed/", views_embed.snippets, name="snippets"),
    re_path(_CITY + r"charts/(?P<name>[-a-z0-9]+)\.(?P<form>svg|png|csv|json)$",
            views_public.chart, name="chart"),
    re_path(_CITY + r"tables/(?P<name>[-a-z0-9]+)\.(?P<form>csv|json)$",
            views_public.table, name="table"),
    path(_REPORT, views_reports.report, name="report"),
    re_path(
        _CITY + r"reports/(?P<year>[0-9]{4})/(?P<edition>[0-9]{1,4})/"
        r"report\.(?P<form>json|pdf|docx)$",
        views_reports.report_file,
        name="report-file",
    ),
    path("embed/<slug:place>/<slug:name>/", views_embed.embed, name="embed"),
    path("account/letters/", views_letters.letters, name="letters"),
    path("account/letters/stop/<str:token>/", views_letters.stop_letters, name="stop-letters"),
]  # fmt: skip
