"""One study from its overrides to its table: read, compiled, simulated, drawn, printed."""

import multiprocessing
import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from commonweal.commands import _survey
from commonweal.commands._kernels import compile_model
from commonweal.commands._ranking import failed_runs
from commonweal.commands._terminal import is_live, progress, say, stage
from commonweal.commands.table import print_table
from commonweal.configuration.conf import CONFIG_NAME
from commonweal.configuration.request import Asked, read
from commonweal.errors import InputError
from commonweal.model.community.roster import OwnRoster
from commonweal.roster import describe
from commonweal.study.comparison import run_study
from commonweal.study.conditions import BASELINE
from commonweal.study.prepare import look
from commonweal.study.store import Results, Store

DONE, FAILED, INTERRUPTED = 0, 1, 130


class Played(NamedTuple):
    """What came of a study."""

    code: int
    results: Results


def alone(overrides: Sequence[str], command: Sequence[str], config_name: str | None = None) -> int:
    """A single run: play, print, draw."""
    as_json = any(each.lower() in ("json=true", "json=on", "json=yes") for each in overrides)
    with stdout_kept_clean(as_json), stage(sys.stderr, "reading the configuration"):
        asked = read(overrides, command, config_name or CONFIG_NAME)
    options = asked.options
    if asked.survey is not None:
        return _of_design(asked)
    folder = open_folder(asked)
    try:
        with stdout_kept_clean(options.json_table):
            announce(asked)
            compile_model(options.quiet)
            played = play(asked, folder)
        if options.json_table or not options.quiet:
            print_table(played.results, options.json_table)
        with stdout_kept_clean(options.json_table):
            code = draw(asked, played)
    except KeyboardInterrupt:
        return stopped(folder)
    if options.quiet and not options.json_table:
        print(folder)
    elif not options.json_table:
        print(f"\nResults: {folder}")
    return code


def _of_design(asked: Asked) -> int:
    """A study of a design: its size told, played, its best conditions printed."""
    survey, options = asked.survey, asked.options
    assert survey is not None
    folder = folder_of(asked)
    look(survey, folder, options.fresh)
    try:
        with stdout_kept_clean(options.json_table):
            compile_model(options.quiet)
            _survey.announce(asked)
            found = _survey.play(asked, folder)
        return _survey.report(found, options.json_table, options.quiet)
    except KeyboardInterrupt:
        for child in multiprocessing.active_children():
            child.kill()
        say("", f"Stopped. What was finished is kept; commonweal resume {folder} goes on.")
        return INTERRUPTED


def announce(asked: Asked) -> None:
    """Say what will be done, and what of a roster is filled in."""
    if asked.options.quiet:
        return
    study = asked.study
    scenarios = list(dict.fromkeys(each.scenario for each in study.conditions))
    strategies = [name for name in dict.fromkeys(each.strategy for each in study.conditions) if name != BASELINE]
    against = f"{_some(strategies, 'strategies')} against doing nothing" if strategies else "doing nothing"
    community, people = study.conditions[0].world.community, study.conditions[0].world.people
    said = [
        f"{study.experiment}: {against} in {_some(scenarios, 'scenarios')}; {community.size:,} leaders, "
        f"{study.size.replicates:,} replicates of {study.size.rounds:,} rounds"
    ]
    roster = community.roster()
    if people.groups > community.size and not (roster and roster.groups):
        said.append(f"people.groups is {people.groups}, more than there are leaders: there will be {community.size}")
    for each in study.conditions:
        shock = each.world.scenario.events.shock
        if each.strategy == BASELINE and shock >= study.size.rounds:
            said.append(
                f"the shock of {each.scenario} comes at the end of round {shock}: give more than {shock} run.rounds"
            )
    if isinstance(community, OwnRoster):
        said.append(describe(community.read(), people.endowment))
    say(*said)


def _some(names: list[str], plural: str) -> str:
    return names[0] if len(names) == 1 else f"{len(names)} {plural}"


def open_folder(asked: Asked) -> Path:
    """Make ready where the results go: out=, or a new folder named after the time and the study."""
    folder = folder_of(asked)
    study = asked.study
    Store(folder, study.identity).open(study.fingerprints, study.size.model_dump(), asked.options.fresh)
    return folder


def folder_of(asked: Asked) -> Path:
    """out=, or a new folder named after the time and the study."""
    if asked.options.out is not None:
        return Path(asked.options.out).expanduser()
    what = asked.survey or asked.study
    return _new_folder(Path("results") / what.experiment, what.identity)


def _new_folder(parent: Path, identity: str) -> Path:
    name = f"{datetime.now():%Y%m%d-%H%M%S}-{identity[:8]}"
    try:
        parent.mkdir(parents=True, exist_ok=True)
        for number in range(1, 1000):
            folder = parent / (name if number == 1 else f"{name}-{number}")
            with suppress(FileExistsError):
                folder.mkdir()
                return folder
    except OSError as error:
        raise InputError(f"{parent} cannot be written: {error.strerror}; give another folder with out=") from None
    raise InputError(f"{parent / name} is there a thousand times; give another folder with out=")


def stopped(folder: Path) -> int:
    """End the workers, say how to go on, and return the exit code."""
    for child in multiprocessing.active_children():
        child.kill()
    say("", f"Stopped. What was finished is kept; the same command with out={folder} goes on.")
    return INTERRUPTED


def play(asked: Asked, folder: Path, workers: int | None = None) -> Played:
    """Simulate, in a folder that was opened. Failed runs are told of on standard error."""
    options = asked.options
    with asked.place.open() as place, progress(sys.stderr, options.quiet) as notify:
        number = options.workers if workers is None else workers
        results = run_study(asked.study, folder, workers=number, place=place, notify=notify)
    failed = failed_runs(results)
    if failed:
        error = next(iter(results.manifest["failed"].values()), "")
        say(
            f"{failed:,} of {len(results.runs):,} runs failed, and are left out; the first said: {error}. "
            f"The same command with out={folder} tries them again."
        )
    return Played(FAILED if failed else DONE, results)


def draw(asked: Asked, played: Played, workers: int | None = None, few: bool = False) -> int:
    """Draw the figures, unless they are newer than the numbers, and return the exit code; what goes wrong is said.

    few: those of effects and trajectories only.
    """
    place, quiet = played.results.folder, asked.options.quiet
    folder, scratch = place / "figures", place / f".figures.{os.getpid()}.tmp"
    if not asked.options.figures or _newer(folder, place / "effects.csv"):
        return played.code
    try:
        if not (quiet or is_live(sys.stderr)):
            say("drawing the figures")
        with stage(sys.stderr, "drawing the figures", quiet):
            from commonweal.figures.gallery import draw_all

            number = asked.options.workers if workers is None else workers
            draw_all(played.results, scratch, asked.study.conditions, number, few)
            shutil.rmtree(folder, ignore_errors=True)
            scratch.rename(folder)
    except OSError as error:
        raise InputError(f"{folder} cannot be written: {error.strerror or error}; the numbers are kept") from None
    except Exception as error:
        if os.environ.get("HYDRA_FULL_ERROR") == "1":
            raise
        say(f"The figures could not be drawn ({type(error).__name__}: {error}); the numbers stand.")
        return FAILED
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return played.code


def _newer(one: Path, other: Path) -> bool:
    return one.is_dir() and one.stat().st_mtime >= other.stat().st_mtime


@contextmanager
def stdout_kept_clean(wanted: bool) -> Iterator[None]:
    """Where it is wanted, what this process or its children meanwhile write to standard output goes to the other."""
    if not wanted:
        yield
        return
    sys.stdout.flush()
    kept = os.dup(1)
    os.dup2(2, 1)
    try:
        yield
    finally:
        sys.stdout.flush()
        os.dup2(kept, 1)
        os.close(kept)
