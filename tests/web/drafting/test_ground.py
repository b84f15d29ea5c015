"""What figures said is remembered for each state of the data and each release."""

from __future__ import annotations

import pytest

from vatra.web.cities.models import City
from vatra.web.drafting.ground import ground_of, note_reading
from vatra.web.drafting.models import FigureReading
from vatra.web.workspace.queries import head_of


def test_another_release_has_a_reading_of_its_own(
    poiana: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    head = head_of(poiana)
    assert head is not None
    ground = ground_of(head)
    note_reading(ground)
    note_reading(ground)
    assert FigureReading.objects.count() == 1
    # It may compute other figures of the same data: a text that names them must be known too.
    monkeypatch.setattr("vatra.__version__", "99.0.0")
    note_reading(ground)
    assert FigureReading.objects.count() == 2
