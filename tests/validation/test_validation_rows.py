"""What is called reproduced, missed and assumed, and how rows are written."""

import numpy as np
import pandas as pd
import pytest

from commonweal.configuration.conf import session
from commonweal.model.numbers import NUMBERS
from commonweal.validation import report, sensitivity
from commonweal.validation.rows import NAN, Row, at_most, exact, near
from commonweal.validation.signs import judged


@pytest.fixture
def proved() -> list[Row]:
    return [exact(f"a theorem, part {part}", "degroot_1974", 1.0, 1.0, "share") for part in "ab"]


@pytest.mark.parametrize(
    ("simulated", "half_width", "verdict"),
    [(0.75, 0.2, "reproduced"), (0.79, 0.05, "within tolerance"), (0.5, 0.1, "missed"),
     (0.8, NAN, "within tolerance"), (0.86, NAN, "missed")],
)  # fmt: skip
def test_verdicts_of_published_numbers(simulated, half_width, verdict):
    row = near("calibrated", "it", "balliet_2011", 0.7, simulated, half_width, "d")
    assert row.verdict == verdict
    assert (row.low, row.high) == (
        pytest.approx(0.7 - half_width, nan_ok=True),
        pytest.approx(0.7 + half_width, nan_ok=True),
    )


def test_verdicts_of_distances_and_exact_numbers():
    assert [at_most("calibrated", "it", "x", off, 0.4, "tokens").verdict for off in (0.4, 0.41)] == [
        "reproduced",
        "missed",
    ]
    assert [exact("it", "x", 1.0, got, "share").verdict for got in (1.0, 1.0 + 1e-8)] == ["reproduced", "missed"]


def test_a_sign_needs_a_difference_beyond_chance():
    rng = np.random.default_rng(1)
    noise = rng.normal(size=400)
    noise -= noise.mean()
    assert judged("it", "x", noise + 0.3, "share").verdict == "reproduced"
    assert judged("it", "x", noise + 0.03, "share").verdict == "missed"
    assert judged("it", "x", noise - 0.03, "share", zero=True).verdict == "reproduced"  # not surely below
    assert judged("it", "x", noise - 0.3, "share", zero=True).verdict == "missed"
    assert judged("it", "x", np.zeros(5), "share").verdict == "missed"


def test_the_page_escapes_and_the_table_counts(proved, tmp_path):
    rows = [*proved, proved[0]._replace(target="<b>&", kind="calibrated", verdict="missed", note="<script>")]
    with session():
        rows += list(report.assumed())
    html = report.page(rows, [("a.png", 'x" onload="')], NUMBERS, report.QUICK)
    assert "<script>" not in html and "&lt;b&gt;&amp;" in html and 'onload="' not in html
    said = report.text(rows)
    assert "theory 2 of 2 reproduced; evidence 0 of 1" in said
    report.write(rows, tmp_path, NUMBERS, report.QUICK, [], {})
    frame = pd.read_parquet(tmp_path / "validation.parquet")
    assert list(frame.columns) == list(Row._fields) and len(frame) == len(rows)
    assert set(frame.verdict) == {"reproduced", "missed", "assumed", "direction only"}


def test_every_assumed_number_is_listed_and_those_of_known_direction_are_called_so():
    from commonweal.configuration.parameters import CHOSEN, parameters

    kinds = [each.source_kind for each in parameters() if each.number and each.source_kind in CHOSEN]
    with session():
        rows = list(report.assumed())
    assert sorted(each.verdict for each in rows) == sorted(kinds)
    assert len(rows) > 50 and kinds.count("direction only") > 3
    said = report.summary(rows)
    assert f"{kinds.count('assumed')} numbers assumed, {kinds.count('direction only')} in size only" in said


def test_a_screening_of_other_values_is_not_taken_for_one_of_these(monkeypatch):
    monkeypatch.setattr(sensitivity, "present", lambda: "of other values")
    rows = list(report.assumed())
    assert rows[0].note.endswith(report.OUTDATED) and report.OUTDATED in report.text(rows)
