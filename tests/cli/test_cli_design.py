"""Designs on the command line: played, told of, resumed, extended, asked and analysed."""

import json
import re
import shlex
from itertools import permutations
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from commonweal.analysis.outcomes import Outcomes, means

SMALL = ("run.replicates=3", "run.rounds=3", "community.leaders=8", "community.degree=4", "workers=1", "out=here")
GRID = ("run", "design=grid", "design.over.learn.public=[0.2,0.8]", *SMALL)


def undescribed(folder: Path) -> list[str]:
    """Columns of the tables of an analysis that results/README.md has no row for."""
    text = (Path(__file__).parents[2] / "results" / "README.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ([^|]+) \| ([^|]+) \| [^|]+ \|$", text.split("### analysis/")[1], re.MULTILINE)
    same = {"the same": "effects, differences, precedence"}
    told = {(name, where) for names, within in rows for name in names.split(", ")
            for where in same.get(within, within).split(", ")}  # fmt: skip
    tables = {path.stem: pd.read_csv(path).columns for path in (folder / "analysis").glob("*.csv")}
    return [f"{table}.{name}" for table, columns in tables.items() for name in columns
            if (name, table) not in told and name != "across"]  # fmt: skip


@pytest.fixture
def analysable(command):
    assert command("run", "design=fractional", "design.across.scenario=[calm,crisis]", *SMALL, "quiet=true").code == 0


def test_a_design_tells_its_size_before_and_its_best_after(command, folder):
    done = command(*GRID)
    assert done.code == 0
    first = done.err.splitlines()[0]
    assert first.startswith("grid: 2 conditions of 8 leaders, 3 replicates of 3 rounds: 6 runs, about ")
    assert "on this machine, " in first and " of memory and " in first and first.endswith("MB on disk")
    assert "learn_public=0.2" in done.out and "Results: here" in done.out
    assert sorted(path.name for path in folder.iterdir()) == ["here"]


def test_status_and_resume(command, folder):
    assert command(*GRID, "quiet=true").code == 0
    part = next((folder / "here" / "runs").glob("c*.parquet"))
    part.write_bytes(part.read_bytes()[:-3])
    told = command("resume", "here", "--dry-run")
    assert told.code == 0 and "1 part (c0000000" in told.out and "0 of 6 runs are done" in told.out
    assert command("resume", "here", "quiet=true").code == 0
    assert json.loads(command("status", "here", "--json").out)["done"] == 6
    assert command("resume", "here", "run.replicates=5", "quiet=true").code == 0
    status = json.loads(command("status", "here", "--json").out)
    assert (status["done"], status["status"], status["missing"]) == (10, "finished", 0)


def test_fewer_replicates_than_there_are_are_refused_before_anything_is_told(command):
    assert command(*GRID, "quiet=true").code == 0
    done = command("resume", "here", "run.replicates=2")
    assert done.code == 2 and "here has 3 replicates, more than run.replicates=2; give another out=" in done.sentence


def test_a_query_answers_and_can_do_no_harm(command, folder):
    assert command(*GRID, "quiet=true").code == 0
    done = command("query", "here", "SELECT learn_public, count(*) AS n FROM runs GROUP BY ALL ORDER BY 1", "--csv")
    assert done.out == "learn_public,n\n0.2,3\n0.8,3\n"
    secret = folder / "secret.csv"
    secret.write_text("a\n1\n")
    before = sorted(str(path) for path in folder.rglob("*"))
    for sql in (
        f"SELECT * FROM '{secret}'",
        f"SELECT * FROM read_csv('{secret}')",
        f"COPY runs TO '{folder}/stolen.csv'",
        f"ATTACH '{folder}/new.db'",
        "INSTALL httpfs",
        "SET enable_external_access = true",
        "SELECT * FROM sys",
        f"EXPORT DATABASE '{folder}/all'",
        "SELECT nothing FROM runs",
        "SELEKT",
    ):
        refused = command("query", "here", sql)
        assert refused.code == 2, sql
        assert refused.sentence.startswith("the query cannot be answered: "), sql
    assert sorted(str(path) for path in folder.rglob("*")) == before


def test_a_comparison_can_be_asked_too(command):
    assert command("run", "strategy=inclusion", *SMALL, "figures=false", "quiet=true").code == 0
    done = command("query", "here", "SELECT count(*) AS n FROM runs JOIN effects USING (strategy)", "--json")
    assert json.loads(done.out)[0]["n"] > 0


@pytest.mark.usefixtures("analysable")
def test_an_analysis_prints_and_keeps_its_tables(command, folder):
    done = command("analyse", "here", "--budget", "1e9", "--budget", "30:1")
    assert done.code == 0 and "no pair of parameters can be told apart in this fraction" in done.out
    tables = {path.stem: pd.read_csv(path) for path in (folder / "here" / "analysis").glob("*.csv")}
    assert set(tables) == {"effects", "regret", "budget", "front"}
    assert undescribed(folder / "here") == []
    effects = tables["effects"]
    assert list(dict.fromkeys(effects["across"])) == ["everywhere", "calm", "crisis"]
    mains = effects[(effects["across"] == "everywhere") & effects["with"].isna()]
    assert len(mains) == 7
    sql = "SELECT inclusion, avg(welfare_net) AS w FROM runs GROUP BY inclusion ORDER BY inclusion"
    off, on = (row["w"] for row in json.loads(command("query", "here", sql, "--json").out))
    assert mains.set_index("factor").loc["inclusion", "effect"] == pytest.approx(on - off)
    assert len(tables["regret"]) == 16 and tables["regret"]["max_regret"].min() >= 0
    assert (tables["budget"]["money"] <= tables["budget"]["budget_money"]).all()


def test_an_analysis_names_the_strongest_pairs(command):
    over = "design.over={strategy.parts.inclusion.intensity:[0,1],strategy.parts.communication.intensity:[0,1]}"
    assert command("run", "design=factorial", over, *SMALL, "quiet=true").code == 0
    assert "strongest synergy on welfare_net: inclusion with communication" in command("analyse", "here").out


@pytest.mark.usefixtures("analysable")
def test_analyses_that_cannot_be_are_refused(command):
    assert "nothing fits a budget of -1" in command("analyse", "here", "--budget=-1").sentence
    for odd in ("much", "nan", "5:x", "1:2:3"):
        assert f"--budget {odd} is no budget" in command("analyse", "here", "--budget", odd).sentence
    assert "wealth is no measure of a run" in command("analyse", "here", "--measure", "wealth").sentence
    assert "holds no results" in command("analyse", "nowhere").sentence
    assert "best of" in command("table", "here").out


MIX = ("inclusion", "incentives", "communication")


@pytest.fixture
def orders(command):
    chosen = f"design.strategies=[{','.join(MIX)}]"
    assert command("run", "design=order", chosen, "design.gap=1", *SMALL, "quiet=true").code == 0


@pytest.mark.usefixtures("orders")
def test_the_best_order_of_a_mix_is_found_where_it_is_planted_and_within_the_budget(command, folder, monkeypatch):
    """Inclusion before incentives is worth .5; the last order of all another .2, but it costs more than there is."""
    names = [" > ".join(order) for order in permutations(MIX)]
    early = np.array([name.index("inclusion") < name.index("incentives") for name in names])
    luck = np.random.default_rng(1).normal(0, 1, 200)
    welfare = luck + (0.5 * early + 0.2 * (np.arange(6) == 1))[:, None] + 0.01 * np.arange(6)[:, None] * early[:, None]
    money = 10.0 + 30.0 * (np.arange(6) == 1)[:, None] + np.zeros((6, 200))
    planted = {"welfare": welfare, "welfare_net": welfare, "worst_off": welfare, "spend": money, "money": money}
    monkeypatch.setattr(Outcomes, "values", lambda self, measure: planted[measure])
    monkeypatch.setattr(Outcomes, "means", lambda self, measure: means(self.values(measure)))
    done = command("analyse", "here", "--budget", "20", "--budget", "50", "--json")
    tables = json.loads(done.out)
    pairs = {(row["first"], row["then"]): row for row in tables["precedence"]}
    assert pairs["inclusion", "incentives"]["effect"] == pytest.approx(0.5 + 0.2 / 3, abs=0.02)
    assert pairs["inclusion", "incentives"]["p_holm"] < 1e-9
    within, enough = (row["best"] for row in tables["budget"])
    assert names[1] == "inclusion > communication > incentives" == enough
    assert within == names[np.flatnonzero(early)[-1]] == "communication > inclusion > incentives"
    assert "precedence" in tables and undescribed(folder / "here") == []


@pytest.mark.usefixtures("orders")
def test_orders_of_which_one_came_to_nothing_are_not_compared(command, monkeypatch):
    values = np.ones((6, 4))
    values[2] = np.nan
    monkeypatch.setattr(Outcomes, "values", lambda *_: values)
    monkeypatch.setattr(Outcomes, "means", lambda self, measure: means(self.values(measure)))
    done = command("analyse", "here")
    assert done.code == 2 and "(incentives > inclusion > communication has none)" in done.sentence


def test_a_folder_of_another_design_is_refused_before_anything_is_told_or_played(command):
    assert command(*GRID, "quiet=true").code == 0
    done = command("resume", "here", "run.seed=2")
    assert done.code == 2 and done.err.splitlines() == [done.sentence]
    assert "here was played with run.seed=1, not run.seed=2" in done.sentence


@pytest.mark.parametrize("value", [None, 7, [[1, 2]]])
def test_a_manifest_that_was_edited_is_refused_by_its_field(command, folder, value):
    assert command(*GRID, "quiet=true").code == 0
    path = folder / "here" / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"extents": value}))
    for words in (("status", "here"), ("resume", "here"), ("analyse", "here"), ("query", "here", "SELECT 1")):
        done = command(*words)
        assert done.code == 2 and "manifest.json has no extents such as commonweal writes" in done.sentence


def test_sensitivity_and_screening_of_the_model(command, folder):
    over = ["design.over.learn.public=[0.2,0.8]", "design.over.choose.noise=[0.1,0.4]"]
    for design, more, table in (("sobol", "design.points=8", "sensitivity"), ("morris", "design.paths=4", "screening")):
        out = ("run.replicates=3", "run.rounds=3", "community.leaders=8", "workers=1", f"out={design}", "quiet=true")
        assert command("run", f"design={design}", more, *over, *out).code == 0
        assert command("analyse", design).code == 0
        assert "learn_public" in set(pd.read_csv(folder / design / "analysis" / f"{table}.csv")["parameter"])
        assert undescribed(folder / design) == []
        shown = command("table", design).out
        assert ("what welfare net depends on" in shown) == (design == "sobol") == ("best of" not in shown)
        if design == "sobol":
            assert "points are too few" in shown and command("analyse", design).err.startswith("8 points are too few")
            assert not re.search(r"(?m)^learn_public.* 1\.0[1-9]", shown)


def test_a_branch_is_kept_and_drawn(command, folder, monkeypatch):
    monkeypatch.setattr("commonweal.commands._kernels.compile_model", lambda *_: None)
    asked = ["branch", "strategy=inclusion", *SMALL[1:4], "--at", "3", "--to", "communication", "--out", "b"]
    monkeypatch.setattr("commonweal.commands.branch.CHEAP", 0)
    done = command(*asked)
    assert done.code == 0 and "from round 3 on" in done.out and "Cooperation: the paths part in month 3" in done.out
    assert "add --orders 4 to be told" in done.out and pd.read_csv(folder / "b" / "mechanisms.csv").empty
    assert "add --orders" not in command(*asked, "--orders", "0").out
    done = command(*asked, "--orders", "2")
    assert "With all of them off" in done.out and len(pd.read_csv(folder / "b" / "parted.csv")) == 4
    carried = pd.read_csv(folder / "b" / "mechanisms.csv")
    assert set(carried["measure"]) == {"cooperation", "trust", "welfare_net", "worst_off"}
    assert command(*asked, "--orders", "0").code == 0 and pd.read_csv(folder / "b" / "mechanisms.csv").empty
    table = pd.read_csv(folder / "b" / "difference.csv")
    assert (table[table["round"] < 3]["difference"] == 0).all()
    assert (table[(table["round"] == 3) & (table["measure"] == "welfare_net")]["difference"] != 0).all()
    assert (folder / "b" / "difference.png").stat().st_size > 10_000
    assert "--at 9 is no round of this run" in command("branch", *SMALL[1:4], "--at", "9", "--to", "inclusion").sentence
    assert "it must be from 0 to 10,000" in command(*asked, "--orders", "-1").sentence


def test_resume_imports_nothing_that_is_not_allowed_again(command, folder):
    assert command(*GRID, "quiet=true").code == 0
    path = folder / "here" / "manifest.json"
    manifest = json.loads(path.read_text())
    manifest["command"].append("allow=[antigravity]")
    path.write_text(json.dumps(manifest))
    assert "if they may be imported, add 'allow=[antigravity]'" in command("resume", "here").sentence
    manifest["command"][-1] = "--config-dir=elsewhere"
    path.write_text(json.dumps(manifest))
    assert "was made with --config-dir=elsewhere; give that command again" in command("resume", "here").sentence


def test_an_ablation_says_what_each_mechanism_does_beside_the_full_model(command, folder):
    mechanisms = "design.without={talk:{talk:silence},noise:{choose.noise:0.0}}"
    assert command("run", "design=ablation", mechanisms, *SMALL, "quiet=true").code == 0
    assert command("analyse", "here").code == 0
    found = pd.read_csv(folder / "here" / "analysis" / "differences.csv").set_index("choice")
    assert list(found.index) == ["without talk", "without noise"]
    sql = "SELECT name, avg(welfare_net) AS w FROM runs GROUP BY name"
    means = {row["name"]: row["w"] for row in json.loads(command("query", "here", sql, "--json").out)}
    for name in found.index:
        assert found.loc[name, "effect"] == pytest.approx(means[name] - means["full model"])


def test_fresh_is_a_flag_too(command, folder):
    assert command(*GRID, "quiet=true").code == 0
    assert "another out=, or fresh=true" in command(*GRID, "run.seed=2", "quiet=true").sentence
    assert command(*GRID, "run.seed=2", "quiet=true", "--fresh").code == 0
    assert command("resume", "here", "quiet=true").code == 0
    assert command("resume", "here", "run.seed=3", "quiet=true", "--fresh").code == 0
    assert json.loads((folder / "here" / "manifest.json").read_text())["seed"] == 3


@pytest.mark.usefixtures("analysable")
def test_scenarios_that_have_not_been_played_in_full_are_left_out_and_named(command, folder, monkeypatch):
    monkeypatch.setattr("commonweal.study.blocks.BLOCK_LEADER_ROUNDS", 8 * 3 * 3)
    assert (
        command(
            "run", "design=fractional", "design.across.scenario=[calm,crisis]", *SMALL, "quiet=true", "--fresh"
        ).code
        == 0
    )
    parts = sorted((folder / "here" / "runs").glob("c*.parquet"))
    parts[-1].unlink()
    done = command("analyse", "here", "--budget", "1e9")
    assert done.code == 0 and "Left out, because not every condition has been played: crisis;" in done.err
    assert set(pd.read_csv(folder / "here" / "analysis" / "effects.csv")["across"]) == {"calm"}
    parts[0].unlink()
    assert "has conditions that have not been played yet; commonweal resume here" in command("analyse", "here").sentence
    for part in parts[1:-1]:
        part.unlink()
    assert "here has no runs yet" in command("analyse", "here").sentence


def test_what_comes_on_top_of_a_designs_own_parameters_is_said_with_what_takes_their_place(command):
    size = ("run.replicates=2", "run.rounds=3", "workers=1", "--dry-run")
    said = command("run", "design=factorial", "design.over.learn.public=[0.2,0.8]", *size).err
    assert "on top of the 7 parameters that design=factorial brings, which makes 256 conditions" in said
    (instead,) = [shlex.split(line.rpartition("; ")[2])[0] for line in said.splitlines() if "on top of" in line]
    done = command("run", "design=factorial", instead, *size)
    assert done.code == 0 and "2 conditions of" in done.err and "on top of" not in done.err
    for own in (GRID, ("run", "design=factorial", *size)):
        assert "on top of" not in command(*own, "--dry-run").err
