"""One study from its overrides to its table: read, compiled, told of, played, printed, drawn."""

import multiprocessing
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from commonweal.advice import command as typed
from commonweal.advice import why
from commonweal.analysis.results import run_study
from commonweal.commands._before import announce, ask
from commonweal.commands._drawing import draw
from commonweal.commands._ending import DONE, FAILED, INTERRUPTED, Ending
from commonweal.commands._garbage import passed_over
from commonweal.commands._kernels import compile_model, worlds_of
from commonweal.commands._terminal import progress, say, stage
from commonweal.commands.resume import goes_on
from commonweal.commands.table import print_table
from commonweal.configuration.conf import CONFIG_NAME
from commonweal.configuration.request import Request, read
from commonweal.errors import InputError
from commonweal.study.prepare import look


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
