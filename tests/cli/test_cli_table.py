"""The final table: ranks, intervals, widths, and what it says where nothing helps."""

import io
import json

import made
import numpy as np
import pandas as pd
import pytest
from rich.console import Console
from tiny import TINY

from commonweal.analysis.results import Results
from commonweal.commands import _cells, _ranking, _scenarios


def results(rows, replicates=200) -> Results:
    """Results with one row per strategy: name, effect on welfare net, half its interval, p, probability, spend."""
    effects = [
        {
            "scenario": "calm", "strategy": name, "basis": "full strength", "measure": measure, "effect": effect,
            "low": effect - half, "high": effect + half, "p_holm": p, "mean": 1.0 + effect, "baseline": 1.0,
            "n": replicates, "intensity": 1.0, "spend": spend, "prob_best": best, "rank": rank,
        }
        for name, effect, half, p, best, spend, rank in rows
        for measure in _cells.MEASURES
    ]  # fmt: skip
    runs = pd.DataFrame({"scenario": "calm", "strategy": ["laissez_faire"], "status": "succeeded"})
    runs[list(_cells.MEASURES)] = 1.0
    manifest = {
        "scenarios": ["calm"], "experiment": "x", "replicates": replicates, "rounds": 60, "leaders": 30, "seed": 1,
    }  # fmt: skip
    return made.results(None, manifest, pd.DataFrame(effects), runs=runs)


def shown(of: Results, width: int) -> str:
    out = io.StringIO()
    _scenarios.show(of, Console(file=out, width=width, markup=False, highlight=False, color_system=None))
    return out.getvalue()


HELPS = [("good", 0.5, 0.1, 0.001, 0.9, 12.5, 1.0), ("so_so", 0.1, 0.2, 0.4, 0.06, 3.0, 2.0),
         ("bad", -0.3, 0.1, 0.001, 0.0, 200.0, 4.0)]  # fmt: skip
HARMS = [("bad", -0.3, 0.1, 0.001, 0.0, 200.0, 2.0), ("worse", -0.5, 0.1, 0.001, 0.0, 3.0, 3.0)]


@pytest.mark.parametrize("width", [80, 100, 120, 200])
def test_it_fits(width):
    text = shown(results(HELPS), width)
    assert max(map(len, text.splitlines())) <= width
    assert "…" not in text
    assert "+0.500" in text and "±0.100*" in text and "12.5" in text and "0.90" in text


def test_doing_nothing_has_its_rank_and_its_chance():
    rows = _ranking.document(results(HELPS))["scenarios"]["calm"]["full strength"]
    assert [(row["rank"], row["strategy"]) for row in rows] == [
        (1, "good"),
        (2, "so_so"),
        (3, "laissez_faire"),
        (4, "bad"),
    ]
    assert rows[2]["prob_best"] == pytest.approx(0.04) and rows[2]["spend"] == 0


def test_it_says_where_no_strategy_is_worth_its_cost():
    assert "doing nothing (sure 1.00): no strategy is worth its cost" in shown(results(HARMS), 120)


def test_it_says_where_the_best_may_be_nothing():
    unsure = [("so_so", 0.1, 0.2, 0.4, 0.6, 3.0, 1.0)]
    assert "so_so (sure 0.60), not surely better than doing nothing" in shown(results(unsure), 120)


def test_stars_are_for_what_matters_and_what_holms_correction_leaves():
    lines = shown(results(HELPS), 120).splitlines()
    assert next(line for line in lines if "good" in line).count("*") == len(_cells.MEASURES)
    assert next(line for line in lines if "so_so" in line).count("*") == 0


def judged(rows, matters, **more) -> Results:
    """Results of which each row has its own `matters`."""
    found = results(rows)
    found.effects["matters"] = found.effects["strategy"].map(matters)
    found.effects["best_communities"] = found.effects["strategy"].map({"good": 0.5, "so_so": 0.25, "bad": 0.05})
    found.manifest.update(more)
    return found


def test_what_does_not_matter_is_told_apart_from_what_it_costs():
    of = judged(HELPS, {"good": "yes", "so_so": "unsure", "bad": "no"}, smallest_effect=0.4)
    text = shown(of, 120)
    assert "helps: good; changes nothing that matters: bad (costs 200); unsure: so_so" in text
    assert "±0.100=" in text and "(40 % of what doing nothing has)" in text and "is larger than any" not in text
    assert "good (sure 0.90, best in 50 %)" in text and " 20 %" in text  # the rest is doing nothing's
    rows = _ranking.document(of)["scenarios"]["calm"]["full strength"]
    assert [row["verdict"] for row in rows] == ["helps", "unsure", None, "no difference that matters"]
    assert [row["best_communities"] for row in rows] == [0.5, 0.25, 0.2, 0.05] and rows[0]["best_worlds"] is None
    assert rows[0]["measures"]["trust"]["matters"] == "yes"


@pytest.mark.parametrize("width", [80, 120])
def test_certainty_of_both_kinds_fits(width):
    text = shown(judged(HELPS, {"good": "yes", "so_so": "unsure", "bad": "no"}), width)
    assert max(map(len, text.splitlines())) <= width and "…" not in text


def test_a_narrow_table_breaks_names_between_words():
    rows = [("build_relationships", *HELPS[0][1:]), ("lead_by_example", *HELPS[1][1:]), ("x" * 30, *HELPS[2][1:])]
    starts = [line[3:17].strip() for line in shown(results(rows), 80).splitlines()]
    assert {"build_", "relationships", "lead_by_", "example", "x" * 13, "xxxx"} <= set(starts)


def test_a_smallest_effect_larger_than_any_effect_is_said():
    of = judged(HELPS, dict.fromkeys(["good", "so_so", "bad"], "no"), smallest_effect=2)
    text = " ".join(shown(of, 120).split())
    assert "The smallest effect of interest, 200 % of what doing nothing has, is larger than any effect on" in text


def test_markup_in_names_is_only_text():
    text = shown(results([("[red]x[/red]", 0.5, 0.1, 0.001, 0.9, 12.5, 1.0)]), 120)
    assert "[red]x[/red]" in text


def test_a_single_replicate_has_no_interval():
    one = [("good", 0.5, np.nan, np.nan, 1.0, 12.5, 1.0)]
    text = shown(results(one, replicates=1), 120)
    assert "+0.500" in text and "nan" not in text
    row = _ranking.document(results(one))["scenarios"]["calm"]["full strength"][0]
    assert row["measures"]["welfare_net"]["low"] is None
    json.dumps(row, allow_nan=False)


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.12345, "0.123"), (-0.0001, "0.000"), (12.345, "12.3"), (12345.6, "12346"), (-2.5, "-2.500"), (None, "-")],
)
def test_numbers_are_short(value, text):
    assert _cells.level(value) == text


def test_the_table_of_a_folder(command):
    run = command("run", "strategy=inclusion", *TINY, "out=here")
    table = command("table", "here")
    assert table.code == 0 and table.err == ""
    assert run.out.startswith(table.out)


@pytest.mark.parametrize("words", [[], ["a", "b"], ["--nope", "x"]])
def test_arguments_of_table(command, words):
    done = command("table", *words)
    assert done.code == 2 and done.sentence.startswith("commonweal table: ")


@pytest.mark.parametrize(("name", "content", "reason"), [
    ("nowhere", None, "there is no manifest.json"), ("other", "{}", "schema"), ("broken", "{", "cannot be read"),
])  # fmt: skip
def test_folders_that_hold_no_results(command, folder, name, content, reason):
    if content is not None:
        (folder / name).mkdir()
        (folder / name / "manifest.json").write_text(content)
    done = command("table", name)
    assert done.code == 2 and reason in done.sentence
