"""Tasks: made, changed, ended, by people who may; the days of them for a calendar."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from tests.web.pages import read
from tests.web.people.cast import as_person, person
from vatra.web.base.models import AuditEntry
from vatra.web.cities.models import City
from vatra.web.people.errors import Refused
from vatra.web.people.holding import today
from vatra.web.people.models import User
from vatra.web.progress.actions import do_end_task, do_make_task
from vatra.web.progress.calendar import folded
from vatra.web.progress.models import Task


def at(city: City, rest: str = "", lang: str = "en") -> str:
    return f"/{lang}/cities/{city.slug}/work/progress/tasks{rest}"


def sent(**more: str) -> dict[str, str]:
    return {"title": "Publish the tender", "due": "2030-03-01", "owner": "", "action": "",
            "note": "", "remind": "on"} | more  # fmt: skip


def test_a_contributor_makes_changes_and_ends_a_task(kept: City, ion: User, ana: User) -> None:
    client = as_person(ion)
    made = client.post(at(kept, "/"), sent(owner=str(ana.pk), action="B2"))
    # The form stands at #new: the address says where its answer is, else that would stay.
    assert made["Location"].endswith("?done=task#said")
    assert 'id="said"' in client.get(made["Location"]).text
    task = Task.objects.get()
    assert (task.owner, task.action, task.made_by) == (ana, "B2", ion)
    # The measure stands there with its name, not by its code alone.
    assert re.search(r'class="lead">[^<]*· B2 \w', client.get(at(kept, f"/{task.pk}/")).text)
    assert client.post(at(kept, f"/{task.pk}/"), sent(title="Award it")).status_code == 302
    assert client.post(at(kept, f"/{task.pk}/state/"), {"state": "done"}).status_code == 302
    task.refresh_from_db()
    assert (task.title, task.owner, task.state) == ("Award it", None, "done")
    assert task.done_at is not None
    verbs = AuditEntry.objects.filter(noun="task").order_by("id").values_list("verb", flat=True)
    assert list(verbs) == ["make", "change", "finish"]


def test_a_button_pressed_twice_makes_one_task(kept: City, ion: User) -> None:
    client = as_person(ion)
    for _ in range(2):
        assert client.post(at(kept, "/"), sent()).status_code == 302
    client.post(at(kept, "/"), sent(due="2030-04-01"))
    assert Task.objects.count() == 2


def test_overdue_comes_first_and_lists_are_of_a_person_or_a_measure(
    kept: City, ion: User, ana: User
) -> None:
    day = today()
    do_make_task(city=kept, title="Late one", due=day - timedelta(days=1), actor=ion, owner=ana)
    do_make_task(city=kept, title="Today's", due=day, actor=ion, action="B2")
    client = as_person(ion)
    text = read(client.get(at(kept, "/"))).text
    assert "1 task is overdue" in text
    assert text.index("Late one") < text.index("Today's")
    assert "Today's" not in read(client.get(at(kept, f"/?owner={ana.pk}"))).text
    assert "Late one" not in read(client.get(at(kept, "/?of=B2"))).text


@pytest.mark.slow
def test_faults_are_said_and_rubbish_breaks_nothing(kept: City, ion: User) -> None:
    client = as_person(ion)
    for wrong in (sent(title=""), sent(due="soon"), sent(owner="999999"), sent(action="none"),
                  sent(title="x" * 400), sent(due="0001-01-01")):  # fmt: skip
        assert client.post(at(kept, "/"), wrong).status_code == 422
    for query in ("?owner=x", "?owner=9999999999999999999999", "?of=%00", "?owner=²"):
        assert client.get(at(kept, "/" + query)).status_code == 200
    assert client.get(at(kept, "/99999/")).status_code == 404
    assert not Task.objects.exists()


def test_only_members_own_tasks_and_only_contributors_make_them(
    kept: City, ion: User, eva: User
) -> None:
    other = person("otto")
    with pytest.raises(Refused, match="role in"):
        do_make_task(city=kept, title="x", due=date(2030, 1, 1), actor=ion, owner=other)
    with pytest.raises(Refused):
        do_make_task(city=kept, title="x", due=date(2030, 1, 1), actor=eva)
    task = do_make_task(city=kept, title="x", due=date(2030, 1, 1), actor=ion)
    with pytest.raises(Refused):
        do_end_task(task=task, state="done", actor=eva)
    assert as_person(eva).get(at(kept, "/")).status_code == 200
    assert as_person(eva).post(at(kept, "/"), sent()).status_code == 403


def test_the_calendar_holds_a_day_for_each_open_task(kept: City, ion: User) -> None:
    title = "Întâlnire; cu asociațiile, " + "ș" * 60
    task = do_make_task(city=kept, title=title, due=date(2030, 12, 31), actor=ion, note="a\\b")
    over = do_make_task(city=kept, title="Over", due=date(2030, 1, 1), actor=ion)
    do_end_task(task=over, state="dropped", actor=ion)
    response = as_person(ion).get(at(kept, ".ics"))
    assert response["Content-Type"].startswith("text/calendar")
    content = response.content
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    text = content.replace(b"\r\n ", b"").decode()
    assert text.count("BEGIN:VEVENT") == 1
    assert "DTSTART;VALUE=DATE:20301231" in text
    assert "DTEND;VALUE=DATE:20310101" in text
    assert "Întâlnire\\; cu asociațiile\\, " in text
    assert f"UID:task-{task.pk}@{kept.slug}.vatra" in text
    assert as_person(ion).get(at(kept, ".ics")).content == content


def test_a_line_is_folded_between_letters() -> None:
    whole = "SUMMARY:" + "ăîșț€" * 40
    parts = folded(whole).encode().split(b"\r\n")
    assert all(len(part) <= 75 for part in parts)
    assert b"".join(p.removeprefix(b" ") if n else p for n, p in enumerate(parts)).decode() == whole
