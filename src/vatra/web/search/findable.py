"""All that the search itself knows to find; other apps add theirs."""

from __future__ import annotations

from typing import Any

from vatra.web.base.searchable import Source
from vatra.web.cities.models import City
from vatra.web.editing.models import Comment
from vatra.web.evidence.models import Upload
from vatra.web.people.models import Membership, User
from vatra.web.progress.models import Task
from vatra.web.search.sources import cities, common, people, rows, work
from vatra.web.workspace.models import Workspace


def _its_city(each: Any) -> City:
    return each.city


def _of_thread(each: Comment) -> City:
    return each.thread.city


SOURCES = {
    "catalogue": Source(common.measures, of_city=False),
    "city": Source(cities.the_city),
    "comments": Source(work.comments, watches={Comment: _of_thread}),
    "documents": Source(cities.documents),
    "findings": Source(cities.findings),
    "measures": Source(cities.measures),
    "methods": Source(common.all_methods, of_city=False),
    "numbers": Source(cities.numbers),
    "pages": Source(common.pages, of_city=False),
    "people": Source(people.people, watches={Membership: _its_city, User: people.cities_of}),
    "rows": Source(rows.rows),
    "sections": Source(work.published),
    "sections-drafted": Source(work.drafted, watches={Workspace: _its_city}),
    "tasks": Source(work.tasks, watches={Task: _its_city}),
    "uploads": Source(work.uploads, watches={Upload: _its_city}),
}
