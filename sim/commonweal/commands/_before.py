"""What is said and asked before a study is played: how much it is, what it takes, and whether it may be."""

import shlex
import shutil
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

from commonweal.commands._estimate import Estimate, estimate, in_bytes, in_time
from commonweal.commands._terminal import say
from commonweal.configuration.request import Request
from commonweal.errors import InputError
from commonweal.harmless import shown
from commonweal.model.community.roster import OwnRoster
from commonweal.report.meanings import counted
from commonweal.roster import describe
from commonweal.study.conditions import label
from commonweal.study.folder import read_manifest
from commonweal.study.replication.rule import Sequential
from commonweal.study.study import Study

DAY: Final = 86_400.0
OF_THE_DISK: Final = 0.1
"""of the room that is left, what is taken without being asked for"""
SMALL: Final = 1e8
"""leader-rounds of a condition that nobody need be asked about"""


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
    said += [study.units.key, *request.notes] if study.units.money else request.notes
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
    what = strategies[0] if len(strategies) == 1 else counted(strategies, "and")
    against = f"{what} against doing nothing" if strategies else "doing nothing"
    return f"{against} in {_some(study.scenarios, 'scenarios')}"


def _besides(study: Study, found: Estimate) -> str:
    """How many runs there are in other worlds and at other doses."""
    where = [f"in {len(study.ensemble.variation.draws):,} other worlds"] if study.ensemble else []
    where += ["at the doses of a cost curve and of pairs at its sums"] if study.curve else []
    return f", and {found.beside:,} {' and '.join(where)}" if where else ""


def _some(names: list[str], plural: str) -> str:
    return names[0] if len(names) == 1 else f"{len(names)} {plural}"


OVER: Final = "design.over."


def _on_top(study: Study) -> Iterator[str]:
    """That what was asked for by its path comes on top of what a design brings, and how it takes its place."""
    typed = [each.lstrip("+").removeprefix(OVER) for each in study.command if each.lstrip("+").startswith(OVER)]
    named = [each.partition("=")[0] for each in typed]
    own = [
        path for path in study.columns
        if label(path) not in study.across and not any(_within(path, each) for each in named)
    ]  # fmt: skip
    if named and own:
        instead = shlex.quote(f"{OVER[:-1]}={{{','.join(each.replace('=', ':', 1) for each in typed)}}}")
        yield (
            f"{', '.join(OVER + each for each in named)} comes on top of the {len(own)} parameters that "
            f"design={study.design} brings, which makes {len(study.names):,} conditions; {instead} would be in their "
            "place"
        )


def _within(path: str, of: str) -> bool:
    """Whether a path is another, or lies below it."""
    return path == of or path.startswith(f"{of}.")


def _notes(study: Study) -> Iterator[str]:
    """What is odd about the communities, and what of a roster is filled in."""
    world = study.world(0)
    roster = world.community.roster()
    if world.people.groups > world.community.size and not (roster and roster.groups):
        yield (
            f"people.groups is {world.people.groups}, more than there are leaders: there will be {world.community.size}"
        )
    yield from _on_top(study)
    yield from study.too_late()
    if isinstance(world.community, OwnRoster):
        roster = world.community.read()
        yield describe(roster, world.people.endowment)
        if not all(map(str.isascii, roster.names)):
            from commonweal.figures.community import NO_LETTERS
            from commonweal.figures.fonts import drawable

            if not all(map(drawable, (*roster.names, *roster.sectors))):
                yield NO_LETTERS
