"""What someone sends to harm: it is shown as text, ends in time, and keeps nobody waiting."""

from __future__ import annotations

import csv
import io
import json
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.web.lint.conftest import EN, Answer, events, file_of, token_in
from tests.web.lint.test_page import SLIP
from tests.web.pages import read
from vatra.web.lint import forms, limits, runner, views

SCRIPT = "<script>alert(1)</script>"
IMAGE = "<img src=x onerror=alert(1)>"
FORMULA = '=HYPERLINK("#","Waste")'


def test_markup_in_cells_and_names_is_text(client: Client, db: None) -> None:
    harm = SLIP.replace("Buildings", SCRIPT).replace("Scope 1", IMAGE).replace("A-1.4", IMAGE)
    response = client.post(EN, {"file": file_of(f"{IMAGE}.md", harm)})
    html = response.content.decode()
    assert response.status_code == 200
    assert "<script>alert" not in html
    assert "<img" not in html


def test_a_formula_in_a_cell_is_a_text_in_the_csv(client: Client, hand_in: Answer) -> None:
    _, page = hand_in(text=SLIP.replace("Transport", FORMULA))
    response = client.post("/en/lint/findings.csv", {"report": token_in(page)})
    found = list(csv.DictReader(io.StringIO(response.content.decode())))
    assert found[0]["row"] == f"'{FORMULA}"
    assert not any(cell.startswith(("=", "+", "@")) for row in found for cell in row.values())


def test_the_json_is_the_report(client: Client, hand_in: Answer) -> None:
    _, page = hand_in(text=SLIP)
    response = client.post("/ro/lint/findings.json", {"report": token_in(page)})
    assert response.headers["Content-Disposition"] == 'attachment; filename="findings.json"'
    report = json.loads(response.content)
    finding = report["findings"][0]
    assert finding["repair"]["change"] == {"start": 0, "old": "151.926", "new": "151.962"}
    assert set(finding["message"]) == {"ro", "en"}


@pytest.mark.slow
def test_a_zip_bomb_is_not_unfolded(hand_in: Answer) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"<w>" + b" " * 450_000_000)
    status, page = hand_in(file=file_of("bomb.docx", out.getvalue()))
    assert status == 422
    assert "so it is not opened" in page.text


def test_a_file_beyond_the_limit_is_not_read(
    client: Client, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vatra.web.lint.uploads.LARGEST_FILE_BYTES", 100_000)
    response = client.post(EN, {"file": file_of("c.md", SLIP + " " * 200_000)})
    assert response.status_code == 413
    assert "so it was not read" in read(response).text


def test_a_text_beyond_the_limit_is_refused(hand_in: Answer) -> None:
    status, page = hand_in(text=SLIP + "x" * limits.LARGEST_TEXT_BYTES)
    assert status == 413
    assert "Save it as a file" in page.text


@pytest.mark.slow
def test_reading_ends_when_its_time_is_over(db: None) -> None:
    rows = "".join(f"| Row {at} | {at} | {at} | {2 * at} |\n" for at in range(60_000))
    head = "# Emissions (t)\n\n| Sector | Scope 1 | Scope 2 | Total |\n|---|---|---|---|\n"
    started = time.monotonic()
    with pytest.raises(runner.Failed) as problem:
        list(runner.run((head + rows).encode(), "c.md", longest_seconds=1.5))
    assert time.monotonic() - started < 10
    assert problem.value.key == "web.lint.too-slow"


def test_what_took_too_long_is_said_with_the_limit(
    hand_in: Answer, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = runner.run
    monkeypatch.setattr(runner, "run", lambda content, name: run(content, name, 0.01))
    status, page = hand_in(text=SLIP)
    assert status == 422
    assert "Reading took longer than 90 seconds and was ended." in page.text


def test_leaving_ends_the_work() -> None:
    process: list[Any] = []
    started = runner.subprocess.Popen

    def watched(*args: Any, **kwargs: Any) -> Any:
        process.append(started(*args, **kwargs))
        return process[0]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(runner.subprocess, "Popen", watched)
        steps = runner.run(SLIP.encode(), "c.md")
        assert next(steps) == {"step": "reading"}
        steps.close()
    assert process[0].poll() is not None


@pytest.mark.slow
def test_too_many_at_once_are_asked_to_come_back(
    client: Client, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "LONGEST_WAIT_SECONDS", 0.05)
    others: list[Iterator[Any]] = [
        runner.run(SLIP.encode(), "c.md") for _ in range(limits.SLOT_COUNT)
    ]
    for other in others:
        next(other)
    response = client.post(EN, {"text": SLIP})
    assert response.status_code == 503
    assert "Retry-After" in response.headers
    assert "Try again in a minute" in read(response).text
    for other in others:
        other.close()
    assert client.post(EN, {"text": SLIP}).status_code == 200


def test_a_reader_that_breaks_is_said(
    client: Client, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runner.sys, "executable", "/bin/false")
    response = client.post(EN, {"text": SLIP})
    assert response.status_code == 422
    assert "The reader broke on this file." in read(response).text


def test_the_steps_come_one_by_one(client: Client, db: None) -> None:
    response = client.post(EN, {"text": SLIP}, headers={"accept": views.STEPS_TYPE})
    assert response.headers["Content-Encoding"] == "identity"
    found = events(response)
    assert found[0] == {"step": "Reading the file and looking for tables"}
    assert {"step": "Checking 1 table"} in found
    assert "1 table read, 1 checked, 1 finding in 1 of them." in found[-1]["html"]
    assert "<html" not in found[-1]["html"]


def test_a_fault_comes_as_a_step_too(client: Client, db: None) -> None:
    response = client.post(EN, {"text": ""}, headers={"accept": views.STEPS_TYPE})
    assert "Nothing was handed in" in events(response)[0]["errors"][0]


def test_every_form_needs_its_proof_of_origin(db: None) -> None:
    strict = Client(enforce_csrf_checks=True)
    for url in (EN, "/en/lint/report/", "/en/lint/findings.csv", "/en/lint/keep/"):
        assert strict.post(url, {"text": SLIP}).status_code == 403, url
    page = read(strict.get(EN))
    token = next(
        attrs["value"]
        for tag, attrs in page.tags
        if tag == "input" and attrs.get("name") == "csrfmiddlewaretoken"
    )
    response = strict.post(EN, {"csrfmiddlewaretoken": token, "text": SLIP})
    assert response.status_code == 200


def test_a_report_too_large_to_travel_can_still_be_read(
    hand_in: Answer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vatra.web.lint.tokens.LARGEST_TOKEN_BYTES", 100)
    status, page = hand_in(text=SLIP)
    assert status == 200
    assert "too large to be taken along" in page.text
    assert "printed 151.926 suggested 151.962" in page.text


def test_no_page_of_the_linter_needs_what_the_policy_forbids(
    client: Client, hand_in: Answer
) -> None:
    _, page = hand_in(example="1")
    for tag, attrs in [*page.tags, *read(client.get(EN)).tags]:
        assert tag != "style"
        assert "style" not in attrs
        assert not [name for name in attrs if name.startswith("on")]


def test_the_examples_are_the_same_contract_in_both_languages() -> None:
    shapes = [
        [line.count("|") for line in forms.example(lang).decode().splitlines()]
        for lang in ("ro", "en")
    ]
    assert shapes[0] == shapes[1]


# The same reader, allowed little more than it has when it begins.
TIGHT = """
import resource
import vatra.web.lint.worker as worker
with open("/proc/self/statm") as file:
    used_bytes = int(file.read().split()[0]) * resource.getpagesize()
worker.LARGEST_MEMORY_BYTES = used_bytes + 60_000_000
worker.main()
"""


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="only Linux tells its use")
def test_what_takes_too_much_memory_is_said(
    hand_in: Answer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runner, "_ARGUMENTS", ("-P", "-c", TIGHT))
    rows = "".join(f"| Row {at} | {at} | {at} |\n" for at in range(100_000))
    status, page = hand_in(
        file=file_of("c.md", f"| Sector | Scope 1 | Total |\n|---|---|---|\n{rows}")
    )
    assert status == 422
    assert "more than this server keeps in memory" in page.text
