"""Columns: every column of every table of results, as Markdown for results/README.md.

python -m commonweal.analysis.columns
"""

from commonweal.analysis import cost_curve, worlds
from commonweal.analysis.effects import COLUMNS
from commonweal.study.schema import ROUNDS, RUNS, TRAJECTORIES


def document() -> str:
    """The schema as Markdown."""
    tables = {
        "runs.parquet": ("a row per replicate", RUNS),
        "rounds.parquet": ("a row per condition, round and measure", ROUNDS),
        "trajectories.parquet": ("a row per replicate and round, only with run.keep=trajectories", TRAJECTORIES),
    }
    lines = []
    for title, (what, columns) in tables.items():
        lines += [f"### {title}: {what}", "", "| column | type | unit | meaning |", "| --- | --- | --- | --- |"]
        lines += [f"| {name} | {each.kind} | {each.unit} | {each.meaning} |" for name, each in columns.items()]
        lines.append("")
    lines += [
        "### effects.csv: a row per scenario, basis, strategy and measure",
        "",
        "| column | meaning |",
        "| --- | --- |",
    ]
    lines += [f"| {name} | {meaning or 'as in runs'} |" for name, meaning in COLUMNS.items()]
    lines += [
        "",
        "### worlds.parquet: a row per scenario, basis, strategy, headline measure and world, only with ensemble=",
        "",
        "| column | meaning |",
        "| --- | --- |",
    ]
    lines += [f"| {name} | {meaning or 'as in runs'} |" for name, meaning in worlds.COLUMNS.items()]
    lines += ["", "`draws.parquet` has a row per world: its number, its weight, and each number that differs, by name."]
    lines += [
        "",
        "### curves.csv: a row per scenario, sum, strategy and measure, only with run.sums",
        "",
        "| column | meaning |",
        "| --- | --- |",
    ]
    lines += [f"| {name} | {meaning or 'as in runs'} |" for name, meaning in cost_curve.COLUMNS.items()]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    print(document(), end="")
