"""The benchmark of the slider measures answers of the laboratory that it names."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from benchmarks.slider import PACK
from scripts.browser import find_browser
from vatra.runs.scenario import open_scenario


def test_the_plan_has_as_many_actions_as_the_benchmark_says() -> None:
    assert 55 <= len(open_scenario(PACK).model.actions) <= 70


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.skipif(find_browser() is None, reason="no Chromium")
def test_an_answer_takes_longer_than_a_word() -> None:
    # In a process of its own: the browser of the other tests may be open in this one.
    code = (
        "import json; from benchmarks.slider import measure_slider;"
        "print(json.dumps(measure_slider()))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout.splitlines()[-1])
    assert 0 < found["floor"] < found["median"] <= found["p95"]
