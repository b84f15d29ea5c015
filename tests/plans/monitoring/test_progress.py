import polars as pl

from vatra.plans.monitoring import progress_findings, read_progress
from vatra.words import LANGUAGES


def rows(*listed) -> pl.DataFrame:
    names = ("action", "year", "adoption_percent", "spent_cents", "status", "source", "line")
    schema = {"action": pl.String, "year": pl.Int32, "adoption_percent": pl.Float64,
              "spent_cents": pl.Int64, "status": pl.String, "source": pl.String,
              "line": pl.Int64}  # fmt: skip
    data = [dict(zip(names, (*each, "x", n), strict=True)) for n, each in enumerate(listed, 2)]
    return pl.DataFrame(data, schema=schema)


def test_reports_are_by_action_and_year():
    found = read_progress(
        rows(
            ("R", 2025, 12.5, 300, "started"),
            ("R", 2024, 5.0, 200, "started"),
            ("S", 2025, None, None, "delayed"),
            (None, 2025, None, None, "measured"),
        )
    )
    assert [each.year for each in found.reports["R"]] == [2024, 2025]
    assert found.reports["R"][1].adoption_share == 0.125
    assert found.spent_cents("R") == 500
    assert found.spent_cents("S") is None
    assert (found.status("S"), found.status("T")) == ("delayed", "planned")
    assert found.known("S") == ()
    assert (found.measured, found.last_year) == ({2025: 5}, 2025)


def test_nothing_is_known_without_rows():
    assert read_progress(rows()).last_year is None


def test_every_fault_at_once():
    progress = read_progress(
        rows(
            (None, 2024, None, None, "started"),
            ("R", 2024, 10.0, None, "measured"),
            ("X", 2024, 10.0, None, "started"),
            ("R", 2024, 120.0, None, "started"),
            ("R", 2025, 10.0, None, "cancelled"),
            ("R", 2026, 20.0, None, "started"),
            ("S", 2024, None, None, "delayed"),
            (None, 2026, None, None, "measured"),
        )
    )
    findings = progress_findings(progress, ("R", "S"), (2021, 2025), "progress.csv")
    found = {(each.code.removeprefix("plans.monitoring."), each.lines, each.severity)
             for each in findings}  # fmt: skip
    assert found == {
        ("misplaced", (2,), "error"),
        ("misplaced", (3,), "error"),
        ("action-unknown", (4,), "error"),
        ("adoption-above", (5,), "error"),
        ("adoption-falls", (5, 6), "warning"),
        ("revived", (6, 7), "warning"),
        ("no-figure", (8,), "warning"),
        ("not-measured", (9,), "error"),
    }
    for each in findings:
        assert all(each.message(lang) for lang in LANGUAGES)
