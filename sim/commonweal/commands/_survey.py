"""One study of a design: its size told, played, and what came of it said."""

import json
import sys
import time
from pathlib import Path
from typing import Any, NamedTuple

from commonweal.commands._terminal import progress, say
from commonweal.configuration.request import Asked
from commonweal.model.run import RUN_MEASURES
from commonweal.study.blocks import Block, play_block
from commonweal.study.play import Surveyed, run_survey
from commonweal.study.pool import usable_cores
from commonweal.study.query import connect
from commonweal.study.replication.rule import Sequential
from commonweal.study.survey import Survey

DONE, FAILED = 0, 1
BYTES = 7.5
"""of a number on disk, compressed"""
TRIED = 3
"""conditions played to see how long a run takes"""
TRIED_LEADER_ROUNDS = 200_000
"""of each: a tenth of a second or so"""
SHOWN = 10
"""conditions of the final table"""


class Estimate(NamedTuple):
    """What a design will take."""

    runs: int
    seconds: float
    """on the cores of this machine"""
    megabytes: float


def estimate(survey: Survey, workers: int) -> Estimate:
    """By playing some replicates of the first, the middle and the last condition."""
    last = len(survey.names) - 1
    tried = sorted({0, last // 2, last})[:TRIED]
    size = survey.size
    replicates = max(1, min(size.replicates, TRIED_LEADER_ROUNDS // (survey.leaders * size.rounds)))

    def seconds(condition: int, replicates: int) -> float:
        began = time.perf_counter()
        block = Block(condition, condition + 1, 0, replicates)
        play_block(survey.variation, [survey.changes(condition)], block, size.seed, size.rounds)
        return time.perf_counter() - began

    for each in tried:
        seconds(each, 1)  # what the first run of a condition costs besides: kernels that it alone needs
    per_run = sum(seconds(each, replicates) for each in tried) / len(tried) / replicates
    runs = len(survey.names) * size.replicates
    return Estimate(runs, runs * per_run / (workers or usable_cores()), runs * len(RUN_MEASURES) * BYTES / 1e6)


def announce(asked: Asked) -> None:
    """Say how large the design is, and what it will take."""
    survey = asked.survey
    if asked.options.quiet or survey is None:
        return
    found = estimate(survey, asked.options.workers)
    say(
        f"{survey.experiment}: {len(survey.names):,} conditions of {survey.leaders:,} leaders, "
        f"{survey.size.replicates:,} replicates of {survey.size.rounds:,} rounds: {found.runs:,} runs, "
        f"about {in_time(found.seconds)} on this machine and {max(1, found.megabytes):,.0f} MB on disk"
    )
    if isinstance(survey.rule, Sequential):
        say(f"replication: {survey.rule.step} replicates more at a time, up to {survey.rule.most:,} of each condition")


def in_time(seconds: float) -> str:
    """A span of time in words."""
    if seconds < 100:
        return f"{seconds:.0f} s"
    minutes = seconds / 60
    return f"{minutes:.0f} min" if minutes < 100 else f"{minutes / 60:.1f} h"


def play(asked: Asked, folder: Path, workers: int | None = None) -> Surveyed:
    """Play what is missing in the folder."""
    options, survey = asked.options, asked.survey
    assert survey is not None
    with asked.place.open() as place, progress(sys.stderr, options.quiet) as notify:
        return run_survey(
            survey, folder, workers=options.workers if workers is None else workers, place=place,
            shards=options.shards, shard=options.shard, fresh=options.fresh, notify=notify,
        )  # fmt: skip


def report(found: Surveyed, as_json: bool, quiet: bool) -> int:
    """Say what came of it, and return the exit code."""
    folder, manifest = found.dataset.folder, found.manifest
    failures = count_failed(found)
    table = best(found)
    if as_json:
        about = {name: manifest[name] for name in ("experiment", "design", "conditions", "rounds", "leaders", "seed")}
        about |= {"folder": str(folder), "failed_runs": failures, "replication": manifest["replication"], "best": table}
        print(json.dumps(about, indent=1, allow_nan=False, ensure_ascii=False))
    elif quiet:
        print(folder)
    else:
        _print(table, manifest)
        print(f"\nResults: {folder}    (commonweal report {folder}; commonweal analyse {folder})")
    if failures:
        (error,) = first_error(found)
        say(
            f"{failures:,} runs failed, and are left out; the first said: {error}. "
            f"commonweal resume {folder} tries them again."
        )
    return FAILED if failures else DONE


def best(found: Surveyed) -> list[dict[str, Any]]:
    """The conditions with the highest welfare net of spend."""
    with connect(found.dataset, found.state.done) as connection:
        rows = connection.sql(
            f"""SELECT name, count(welfare_net) AS replicates, avg(welfare_net) AS welfare_net,
                       1.96 * stddev_samp(welfare_net) / sqrt(count(welfare_net)) AS half_interval,
                       avg(worst_off) AS worst_off, avg(cooperation) AS cooperation, avg(spend) AS spend
                FROM runs WHERE status = 'succeeded' GROUP BY name ORDER BY welfare_net DESC, name LIMIT {SHOWN}"""
        )
        return [dict(zip(rows.columns, row, strict=True)) for row in rows.fetchall()]


def count_failed(found: Surveyed) -> int:
    """Runs that came to nothing."""
    with connect(found.dataset, found.state.done) as connection:
        return connection.sql("SELECT count(*) FROM runs WHERE status = 'failed'").fetchall()[0][0]


def first_error(found: Surveyed) -> tuple[str]:
    """What the first of the runs that failed said."""
    with connect(found.dataset, found.state.done) as connection:
        return connection.sql("SELECT error FROM runs WHERE status = 'failed' ORDER BY replicate LIMIT 1").fetchall()[0]


def _print(rows: list[dict[str, Any]], manifest: dict[str, Any]) -> None:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    from commonweal.commands._terminal import console

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    table.add_column(f"best of {manifest['conditions']:,} conditions", overflow="fold")
    for name in ("replicates", "welfare net", "worst-off", "cooperation", "spend"):
        table.add_column(name, justify="right", no_wrap=True)
    for row in rows:
        half = row["half_interval"]
        welfare = f"{row['welfare_net']:.3f}" + (f" ±{half:.3f}" if half is not None else "")
        cells = [row["name"], f"{row['replicates']:,}", welfare, f"{row['worst_off']:.3f}",
                 f"{row['cooperation']:.3f}", f"{row['spend']:,.1f}"]  # fmt: skip
        table.add_row(*map(Text, cells))
    console(sys.stdout).print(table)
    rule = manifest["replication"]
    if rule.get("content") is False:
        print(
            f"\nThe rule of replication was not met within its budget of {rule['most']:,} replicates: {rule['reached']}"
        )
