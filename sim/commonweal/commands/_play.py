"""One study from its overrides to its table: read, compiled, told of, played, printed, drawn."""

import multiprocessing
import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from commonweal.advice import command as typed
from commonweal.advice import mend, why
from commonweal.analysis.results import Results, run_study
from commonweal.commands._estimate import Estimate, estimate, in_bytes, in_time
from commonweal.commands._garbage import passed_over
from commonweal.commands._kernels import compile_model, worlds_of
from commonweal.commands._terminal import progress, say, stage
from commonweal.commands.resume import goes_on
from commonweal.commands.table import print_table
from commonweal.configuration.conf import CONFIG_NAME
from commonweal.configuration.request import Request, read
from commonweal.errors import InputError
from commonweal.harmless import shown
from commonweal.model.community.roster import OwnRoster
from commonweal.roster import describe
from commonweal.study.folder import figures_of, read_manifest, write_manifest
from commonweal.study.prepare import look
from commonweal.study.replication.rule import Sequential
from commonweal.study.study import Study
from commonweal.units import units_of

DONE, FAILED, INTERRUPTED = 0, 1, 130
DAY = 86_400.0
OF_THE_DISK = 0.1
"""of the room that is left, what is taken without being asked for"""
SMALL = 1e8
"""leader-rounds of a condition that nobody need be asked about"""


class Ending(NamedTuple):
    """What came of a study."""

    code: int
    results: Results


def alone(overrides: Sequence[str], command: Sequence[str], config_name: str | None = None) -> int:
    """A single run: play, print, draw."""
    as_json = any(each.lower() in ("json=true", "json=on", "json=yes") for each in overrides)
    with stdout_kept_clean(as_json), passed_over(), stage(sys.stderr, "reading the configuration"):
        request = read(overrides, command, config_name or CONFIG_NAME)
    options = request.options
    folder = folder_of(request)
    look(request.study, folder, options.fresh)
    try:
        with stdout_kept_clean(options.json_table):
            compile_model(worlds_of(request.study), options.quiet, options.workers)
            told = announce(request, folder)
            if options.dry_run:
                return DONE
            ask(request, folder, told)
            played = play(request, folder)
        if options.shards > 1:
            return _shard_done(request, folder, played)
        if options.json_table or not options.quiet:
            print_table(played.results, options.json_table)
        with stdout_kept_clean(options.json_table):
            code = draw(request, played)
    except KeyboardInterrupt:
        return stopped(goes_on(command, folder))
    if options.quiet and not options.json_table:
        print(folder)
    elif not options.json_table:
        print(f"\nResults: {folder}    ({typed('report', folder)}; {typed('analyse', folder)})")
    return code


def _shard_done(request: Request, folder: Path, played: Ending) -> int:
    options = request.options
    if options.quiet:
        print(folder)
    else:
        say(f"shard {options.shard} of {options.shards} is done; {typed('resume', folder)} gathers them")
    return played.code


def announce(request: Request, folder: Path) -> Estimate | None:
    """Say what will be done, what it will take, and what of a roster is filled in; None where that is asked by none."""
    options, study = request.options, request.study
    if options.quiet and (options.yes or study.leaders * study.size.rounds * study.size.replicates < SMALL):
        return None
    found = estimate(study, options.workers)
    if options.quiet:
        return found
    what = f"{len(study.names):,} conditions of" if study.baseline is None else f"{_compared(study)};"
    said = [
        f"{study.experiment}: {what} {study.leaders:,} leaders, {study.size.replicates:,} replicates of "
        f"{study.size.rounds:,} rounds: {found.runs:,} runs{_besides(study, found)}, about "
        f"{in_time(found.seconds)} on this machine, "
        f"{in_bytes(found.memory)} of memory and {in_bytes(found.megabytes)} on disk"
    ]
    if options.dry_run:
        said.append(f"nothing is played; without --dry-run the results go to {folder}")
    if isinstance(study.rule, Sequential):
        said.append(
            f"replication: {study.rule.step} replicates more at a time, up to {study.rule.most:,} of each condition"
        )
    said += [study.units.key] if study.units.money else []
    say(*map(shown, said), *_notes(study))
    return found


def ask(request: Request, folder: Path, told: Estimate | None, by: str = "--yes", terminal: bool = True) -> None:
    """Ask before a study that takes much, as `ask_of` does, unless it was begun: then that was asked."""
    if told is None or request.options.yes or is_begun(folder, told):
        return
    try:
        ask_of(request.study.experiment, folder, told, by, terminal)
    except InputError:
        for made in (folder, *folder.parents)[:3] if request.options.out is None else ():
            with suppress(OSError):
                made.rmdir()  # it was made for this, and is empty
        raise


def is_begun(folder: Path, told: Estimate) -> bool:
    """Whether a folder is of a study of as many runs."""
    return (read_manifest(folder) or {"runs": 0}).get("runs", 0) >= told.runs


def ask_of(what: str, folder: Path, told: Estimate, by: str = "--yes", terminal: bool = True) -> None:
    """Ask before what takes more than a day, or a tenth of the room that is left. Raises InputError unless it may be.

    by: how it is agreed to beforehand. terminal: whether somebody may be asked, if there is one.
    """
    place = next(each for each in (folder.absolute(), *folder.absolute().parents) if each.exists())
    free = shutil.disk_usage(place).free / 1e6
    if told.seconds <= DAY and told.megabytes <= free * OF_THE_DISK:
        return
    said = (
        f"{what} takes about {in_time(told.seconds)}, and {in_bytes(told.megabytes)} of the "
        f"{in_bytes(free)} that are free on disk"
    )
    if terminal and sys.stdin.isatty() and sys.stderr.isatty():
        say(f"{said}. Go on? Write yes:")
        if sys.stdin.readline().strip().lower() in ("y", "yes"):
            return
    raise InputError(f"{said}; add {by} to play it all the same, or ask for less")


def _compared(study: Study) -> str:
    """Which strategies are compared where."""
    strategies = [name for name in study.strategies if name != study.baseline]
    against = f"{_some(strategies, 'strategies')} against doing nothing" if strategies else "doing nothing"
    return f"{against} in {_some(study.scenarios, 'scenarios')}"


def _besides(study: Study, found: Estimate) -> str:
    """How many runs there are in other worlds and at other doses."""
    where = [f"in {len(study.ensemble.variation.draws):,} other worlds"] if study.ensemble else []
    where += ["at the doses of a cost curve and of pairs at its sums"] if study.curve else []
    return f", and {found.beside:,} {' and '.join(where)}" if where else ""


def _some(names: list[str], plural: str) -> str:
    return names[0] if len(names) == 1 else f"{len(names)} {plural}"


def _notes(study: Study) -> Iterator[str]:
    """What is odd about the communities, and what of a roster is filled in."""
    world = study.world(0)
    roster = world.community.roster()
    if world.people.groups > world.community.size and not (roster and roster.groups):
        yield (
            f"people.groups is {world.people.groups}, more than there are leaders: there will be {world.community.size}"
        )
    yield from study.too_late()
    if isinstance(world.community, OwnRoster):
        roster = world.community.read()
        yield describe(roster, world.people.endowment)
        if not all(map(str.isascii, roster.names)):
            from commonweal.figures.community import NO_LETTERS
            from commonweal.figures.fonts import drawable

            if not all(map(drawable, (*roster.names, *roster.sectors))):
                yield NO_LETTERS


def folder_of(request: Request) -> Path:
    """out=, or a new folder named after the time and the study."""
    if request.options.out is not None:
        return Path(request.options.out).expanduser()
    parent = Path("results") / request.study.experiment
    return parent / "..." if request.options.dry_run else _new_folder(parent, request.study.identity)


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
        raise InputError(f"{parent} cannot be written: {why(error)}; give another folder with out=") from None
    raise InputError(f"{parent / name} is there a thousand times; give another folder with out=")


def stopped(how: str) -> int:
    """End the workers, say what goes on, and return the exit code."""
    for child in multiprocessing.active_children():
        child.kill()
    say("", f"Stopped. What was finished is kept; {how} goes on.")
    return INTERRUPTED


def play(request: Request, folder: Path, workers: int | None = None) -> Ending:
    """Play what is missing in the folder. Failed runs, and files that were left alone, are told of."""
    options = request.options
    with request.place.open() as place, progress(sys.stderr, options.quiet) as notify:
        results = run_study(
            request.study, folder, workers=options.workers if workers is None else workers, place=place,
            shards=options.shards, shard=options.shard, fresh=options.fresh, notify=notify,
        )  # fmt: skip
    if stayed := results.manifest.get("stayed"):
        say(f"{folder} holds files that are not the study's, which stay: {', '.join(stayed)}")
    if errors := results.manifest.get("failed"):
        runs = len(errors) * int(results.manifest["replicates"])
        say(
            f"{runs:,} of {results.manifest['runs']:,} runs failed, and are left out; the first said: "
            f"{next(iter(errors.values()))}. {typed('resume', folder)} tries them again."
        )
    return Ending(FAILED if errors else DONE, results)


def draw(request: Request, played: Ending, workers: int | None = None, few: bool = False) -> int:
    """Draw the figures, unless they are of these numbers, and return the exit code; what goes wrong is said.

    few: those of effects and trajectories only. Of a study that compares no strategies there are none.
    """
    results, quiet = played.results, request.options.quiet
    place = results.folder
    folder, scratch = place / "figures", place / f".figures.{os.getpid()}.tmp"
    unwanted = request.study.baseline is None or not request.options.figures
    drawn = results.manifest.get("drawn")
    if unwanted or (folder.is_dir() and drawn is not None and drawn == _effects_of(results)):
        return played.code
    try:
        with progress(sys.stderr, quiet, "figures") as notify:
            with passed_over():
                from commonweal.figures.gallery import draw_all

            number = request.options.workers if workers is None else workers
            _put(draw_all(results, scratch, request.study, number, few, notify), folder, results)
    except OSError as error:
        raise InputError(
            f"{folder} cannot be written: {why(error)}; the numbers are kept: {mend(error)}, then give it again"
        ) from None
    except Exception as error:
        if os.environ.get("HYDRA_FULL_ERROR") == "1":
            raise
        say(f"The figures could not be drawn ({type(error).__name__}: {error}); the numbers stand.")
        return FAILED
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return played.code


def _put(drawn: list[Path], folder: Path, results: Results) -> None:
    """Move figures to their folder, in the place of those drawn before; other files there stay. Raises OSError."""
    before, names = figures_of(results.manifest), [path.name for path in drawn]
    folder.mkdir(exist_ok=True)
    write_manifest(results.folder, results.manifest | {"figures": sorted({*before, *names}), "drawn": None})
    for path in drawn:
        os.replace(path, folder / path.name)
    for name in set(before) - set(names):
        (folder / name).unlink(missing_ok=True)
    results.manifest.update(figures=sorted(names), drawn=_effects_of(results))
    write_manifest(results.folder, results.manifest)


def _effects_of(results: Results) -> str | None:
    """A hash of what is drawn, and its units; clocks, by which figures would be newer than numbers, may be set back."""
    effects, units = results.manifest.get("tables", {}).get("effects.csv"), units_of(results.manifest)
    return f"{effects} in {units.key}" if effects and units.money else effects


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
