"""The report of a design: what is planted is what it says, and what is not whole is refused."""

import json
import re
from itertools import permutations

import numpy as np
import pytest

from commonweal.__main__ import main
from commonweal.analysis import against
from commonweal.analysis.outcomes import Outcomes, means
from commonweal.errors import InputError
from commonweal.report import design, pdf
from commonweal.report.report import read, render

SMALL = ("run.replicates=2", "run.rounds=2", "community.leaders=6", "community.degree=4", "workers=1", "quiet=true")
PARTS = "strategy.parts.{}.intensity"
THREE = ("communication", "incentives", "inclusion")
MIXES = ("design=factorial", f"design.over={{{','.join(f'{PARTS.format(name)}:[0,1]' for name in THREE)}}}")
LUCK = np.random.default_rng(7).normal(0, 1, 300)


@pytest.fixture
def here(tmp_path, monkeypatch):
    """Plays a design into a folder, and plants the outcomes of its conditions: (conditions,), but for luck."""
    monkeypatch.chdir(tmp_path)

    def play(*words, expected=None, noise=0.01):
        assert main(["run", *words, *SMALL, "out=here"]) == 0
        if expected is not None:
            lot = np.random.default_rng(8)
            values = np.asarray(expected, float)[:, None] + LUCK + lot.normal(0, noise, (len(expected), len(LUCK)))
            flat = {"spend": np.full(values.shape, 2.0), "money": np.full(values.shape, 1.0), "gini": -values}
            monkeypatch.setattr(Outcomes, "values", lambda self, measure: flat.get(measure, values))
            monkeypatch.setattr(Outcomes, "means", lambda self, measure: means(self.values(measure)))
        return tmp_path / "here"

    return play


def test_a_factorial_says_what_adds_what_clashes_and_which_mix_is_best(here):
    on = np.array([[int(bit) for bit in f"{mix:03b}"] for mix in range(8)])  # as the design has them: the last fastest
    communication, incentives, inclusion = on.T
    welfare = 0.4 * communication + 0.1 * incentives - 0.2 * inclusion + 0.06 * communication * incentives
    page = read(here(*MIXES, "design.across={scenario:[calm,crisis]}", expected=[*welfare, *welfare]))
    assert "Which of 3 strategies add" in page.question and "each other" in page.question
    assert page.played.startswith("8 conditions; 2 replicates of each condition, 6 leaders")
    adds, pairs, best = page.answer
    assert "8 mixes and 2 scenarios" in adds and "what adds is communication +0.43" in adds
    assert "and incentives +0.1" in adds and "what takes away is inclusion −0.2" in adds
    assert "Of 3 pairs 1 help each other, most of all communication with incentives, +0.03" in pairs
    assert "clash" not in pairs and "2 make no difference that matters" in pairs
    assert "“communication + incentives” does most in both scenarios (by +0.5" in best
    titles = [section.title for section in page.sections]
    assert titles == ["What each strategy adds", "Together: synergy and clash", "Mixes ranked beside doing nothing",
                      "Who gains, who loses"]  # fmt: skip
    (each,) = [section for section in page.annex if section.title.startswith("Mixes ranked")]
    ranked = {part.title: part.tables[0].rows for part in (*page.sections[2].parts, *each.parts)}
    assert len(page.sections[2].parts) == 1  # over all scenarios; each by itself is folded
    assert (
        list(ranked) == ["All scenarios", "Calm", "Crisis"]
        and ranked["Calm"][0][0].text == best.split("“")[1].split("”")[0]
    )
    gains = {row[0].text: [cell.text for cell in row[1:]] for row in page.sections[3].parts[0].tables[0].rows}
    assert gains["communication"] == ["gains in 2 of 2"] * 5 and gains["inclusion"] == ["loses in 2 of 2"] * 5
    assert set(page.strategies) == set(THREE)
    assert len(page.pictures) == len(page.further) == 1


def test_conditions_are_held_against_the_first_and_orders_against_each_other(here):
    orders = list(permutations(THREE[:2]))
    worth = [0.3 if order[0] == "communication" else 0.1 for order in orders]
    page = read(here("design=order", f"design.strategies=[{','.join(THREE[:2])}]", "design.gap=1", expected=worth))
    assert "than under “communication > incentives”?" in page.question
    first, all_, order = page.answer
    assert first.startswith("“communication > incentives” is best for welfare net of spend; next comes “incentives")
    assert "−0.2" in first
    rows = {row[0].text: [cell.text for cell in row[1:]] for row in page.sections[0].parts[0].tables[0].rows}
    assert list(rows) == ["communication > incentives", "incentives > communication"]
    assert rows["communication > incentives"] == ["0", "held against", "2.00", "1.00", "100 %"]
    assert "“incentives > communication” lowers it." in all_
    assert "it is better to begin communication before incentives by +0.2" in order
    assert [section.title for section in page.sections][1] == "What had better come first"
    (part,) = page.sections[1].parts
    assert part.title == "Calm" and [table.rows[0][2].text for table in part.tables] == ["communication"] * 2


def test_ranges_say_what_matters_and_where_it_is_worst(here):
    over = "design.over={choose.noise:[0.1,0.5],learn.public:[0.1,0.9]}"
    assert main(["run", "design=sobol", "design.points=64", over, *SMALL, "out=here"]) == 0
    table = Outcomes("here").conditions
    page = read(here("design=sobol", "design.points=64", over, expected=2.0 * table["choose_noise"]))
    spread, due, worst = page.answer
    assert "nine tenths of the 256 conditions" in spread
    assert (
        re.search(r"apart is mostly choose noise \(0\.\d+ to 1\.00\)", due)
        and "learn public" not in due
        and "luck that works differently" in due
    )
    assert "worst with choose noise from 0.1" in worst and "learn public" not in worst
    (indices,) = page.sections[0].parts[0].tables
    assert [row[0].text for row in indices.rows] == ["choose noise", "learn public"]
    assert re.fullmatch(r"0\.\d+ to 1\.00", indices.rows[0][1].text)
    (picture,) = page.pictures
    assert picture.alt.startswith("What the differences between conditions are due to. Sobol indices")


def test_what_luck_covers_is_not_told_apart(here, monkeypatch):
    over = "design.over={choose.noise:[0.1,0.5],learn.public:[0.1,0.9]}"
    folder = here("design=sobol", "design.points=4", over)
    lot = np.random.default_rng(3).normal(0, 1, (16, 3))
    monkeypatch.setattr(Outcomes, "values", lambda *_: lot - lot.mean(axis=1, keepdims=True))
    monkeypatch.setattr(Outcomes, "means", lambda self, measure: means(self.values(measure)))
    page = read(folder)
    assert "Of no parameter can be told that it sets conditions apart" in page.answer[1]
    assert page.answer[2] == "No region of the parameters can be told in which it is worst."
    assert page.sections[0].parts[0].tables[0].rows[0][1].text == "not known" and page.pictures == []


def test_steps_through_ranges_are_ranked(here):
    over = "design.over={choose.noise:[0.1,0.5],learn.public:[0.1,0.9]}"
    assert main(["run", "design=morris", "design.paths=4", over, *SMALL, "out=here"]) == 0
    table = Outcomes("here").conditions
    page = read(here("design=morris", "design.paths=4", over, expected=2.0 * table["choose_noise"], noise=0.0))
    assert "over its whole range" in page.answer[1]  # steps are two thirds of it: their effects are scaled up
    assert "choose noise (0.800, 95 % interval 0.800 to 0.800)" in page.answer[1]  # 2 * (.5 - .1)
    (table,) = page.sections[0].parts[0].tables
    assert [cell.text for cell in table.head] == ["parameter", "mean size", "mean", "spread"]
    assert [picture.title for picture in page.pictures] == ["What moves the outcome"]


def test_points_in_ranges_are_told_by_how_far_they_differ(here):
    over = "design.over={choose.noise:[0.1,0.5]}"
    page = read(here("design=latin_hypercube", "design.points=8", over, expected=np.arange(8)))
    net, worst, box = page.answer
    assert net.startswith("Welfare net of spend lies between ") and "in nine tenths of the 8 conditions" in net
    assert worst.startswith("The welfare of the worst-off group lies between ")
    assert page.question.endswith("depend on choose noise?") and box


def test_names_are_escaped_and_the_command_is_there(here, tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(pdf, "BROWSERS", ("no-such-browser",))
    (tmp_path / "mine.csv").write_text("name,learn.public\nas it is,\n<script>alert(1)</script>,0.9\n")
    here("design=csv", "design.file=mine.csv", "strategy=inclusion")
    capsys.readouterr()
    assert main(["report", "here"]) == 0
    text = (tmp_path / "here" / "report.html").read_text()
    assert "<script>" not in text and "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert "design.file=mine.csv" in text and "It needs mine.csv too." in text and "2 replicates are too few" in text
    assert read(tmp_path / "here").strategies == ["inclusion"]


def test_one_condition_is_compared_with_nothing(here):
    page = read(here("design=grid", "design.over.learn.public=[0.2]"))
    assert page.answer == ["Nothing was compared: the design has one condition."] and page.sections == []
    assert "Nothing was compared" in render(page, here("design=grid", "design.over.learn.public=[0.2]"))


def test_what_is_not_whole_or_too_large_is_refused(here, monkeypatch, capsys):
    folder = here("design=grid", "design.over.learn.public=[0.2,0.8]")
    monkeypatch.setattr(design, "MOST_BESIDE", 1)
    with pytest.raises(InputError, match=r"2 conditions, more than one page .* commonweal analyse"):
        read(folder)
    monkeypatch.setattr(design, "MOST_BESIDE", against.MOST_BESIDE)
    part = next((folder / "runs").glob("*.parquet"))
    whole = part.read_bytes()
    part.write_bytes(whole[:-5])
    refused(capsys, "is not what was written; commonweal resume here plays it again")
    part.unlink()
    refused(capsys, "lacks 1 of its blocks of runs; commonweal resume here plays what is missing")
    part.write_bytes(whole)
    manifest = json.loads((folder / "manifest.json").read_text())
    (folder / "manifest.json").write_text(json.dumps(manifest | {"schema_version": "99"}))
    refused(capsys, "schema 99")
    (folder / "manifest.json").write_text(json.dumps(manifest | {"status": "unfinished"}))
    refused(capsys, "here is unfinished")
    (folder / "manifest.json").write_text('{"kind": "design", "schema_version": "1", "identity": "x"}')
    refused(capsys, "manifest.json has no")


def refused(capsys, says: str) -> None:
    capsys.readouterr()
    assert main(["report", "here"]) == 2
    error = capsys.readouterr().err
    assert says in error and error.count("\n") == 1, error
