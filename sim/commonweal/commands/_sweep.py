"""`commonweal run -m`: a job after the other, or side by side with a launcher, each with a folder of its own."""

import json
import os
import pickle
import re
import signal
import sys
import tempfile
import traceback
import zlib
from argparse import Namespace
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from hydra._internal.core_plugins.basic_sweeper import BasicSweeper
from hydra.core.global_hydra import GlobalHydra
from hydra.core.hydra_config import HydraConfig
from hydra.core.override_parser.overrides_parser import OverridesParser
from hydra.core.override_parser.types import Override
from omegaconf import DictConfig, OmegaConf

from commonweal.advice import command as typed
from commonweal.advice import quoted, setting, why
from commonweal.commands import _hydra, _jobs, _play
from commonweal.commands._before import announce, ask_of, is_begun
from commonweal.commands._drawing import draw
from commonweal.commands._ending import DONE, FAILED
from commonweal.commands._estimate import Estimate, in_bytes, in_time
from commonweal.commands._kernels import compile_model, worlds_of
from commonweal.commands._terminal import say, stage
from commonweal.configuration.compose import compose, free_keys, parsed
from commonweal.configuration.conf import CONFIG_NAME, session
from commonweal.configuration.options import Options, options_of
from commonweal.configuration.own_money import option_of
from commonweal.configuration.request import Request, read
from commonweal.errors import InputError
from commonweal.study import sweep
from commonweal.study.folder import is_ours, read_manifest, refuse_foreign

OUTCOME: Final = "outcome.json"
COMMAND: Final = "COMMONWEAL_COMMAND"
"""the environment variable by which jobs know what was typed"""
KNOWN: Final[dict[tuple[str, ...], bytes]] = {}
"""what jobs ask for, by their overrides, where it was read before the first of them; each takes some 20 kB"""
LONGEST: Final = 120
"""characters of a job's folder"""


def main(flags: Namespace, command: list[str]) -> int:
    """Run the jobs, then print one line for each."""
    given = parsed(free_keys(flags.overrides))
    fixed = [each for each in given if not each.is_sweep_override()]
    lines = [each.input_line or "" for each in fixed]
    with session(flags.config_path, flags.config_dir):
        composed = compose(lines, flags.config_name or CONFIG_NAME, partly=True)
        chosen = options_of(composed, given)
        folder = Path(chosen.out).expanduser() if chosen.out else _new_name()
        _refuse_foreign(folder)
        if not (chosen.yes or chosen.dry_run):
            _ask(given, folder, command, flags.config_name or CONFIG_NAME, chosen.quiet)
    with _scratch(fixed) as scratch, _kept(folder, command, chosen) as keep:
        inner, before = _with_folder(flags, given, folder), _settings(given, scratch)
        os.environ[COMMAND] = json.dumps(command)
        try:
            with _play.stdout_kept_clean(chosen.json_table):
                code = _hydra.hand_over(inner, job, before)
        except KeyboardInterrupt:
            return _play.stopped(f"the same command with {setting('out', folder)}")
        finally:
            del os.environ[COMMAND]
            KNOWN.clear()
        outcomes = [json.loads(path.read_text()) for path in scratch.glob(f"*/{OUTCOME}")]
        keep(outcomes)
    if not (code or outcomes):
        raise InputError("no job of the sweep left word of what came of it; leave out hydra.sweep.subdir")
    return code or _report(sorted(outcomes, key=lambda each: each["job"]), folder, chosen)


def _ask(given: Sequence[Override], folder: Path, command: list[str], config_name: str, quiet: bool) -> None:
    """Ask once before all jobs, where together they take much. Raises InputError unless they may be played.

    Jobs that were begun were asked about then, those that are refused say so in their turn, and shards are one study.
    Where a sweeper decides as it goes what is played, nobody knows beforehand.
    """
    jobs = _words_of_jobs(given)
    swept = {each.get_key_element() for each in given if each.is_sweep_override()}
    there: dict[Path, Estimate] = {}
    with stage(sys.stderr, f"reading the configuration of {len(jobs):,} jobs", quiet):
        for number, words in enumerate(jobs):
            with suppress(InputError):
                request = _changed(read(words, command, config_name), out=str(folder))
                KNOWN[_own(words)] = pickle.dumps(request)
                sweeps = sorted(each for each in words if each.partition("=")[0] in swept)
                place = _place(request, ",".join(sweeps), folder, number)
                told = None if place in there else announce(_changed(request, quiet=True), place)
                if told is not None and not is_begun(place, told):
                    there[place] = told
    if there:
        ask_of(f"a sweep of {len(jobs):,} jobs", folder, _together(list(there.values())))


def _words_of_jobs(given: Sequence[Override]) -> list[list[str]]:
    """The overrides of each job, as Hydra's own sweeper has them; none where it would refuse, and says why itself."""
    parser = OverridesParser.create(GlobalHydra.instance().config_loader())
    try:
        return BasicSweeper.split_arguments(parser.parse_overrides([each.input_line or "" for each in given]), None)[0]
    except Exception:
        return []


def _own(words: Sequence[str]) -> tuple[str, ...]:
    """A job's overrides but for Hydra's own, and where results go, which change nothing of what is asked."""
    return tuple(each for each in words if not each.lstrip("+~").startswith(("hydra.", "hydra/", "out=")))


def _together(told: Sequence[Estimate]) -> Estimate:
    """What jobs take one after the other."""
    runs, seconds, room, memory, beside = zip(*told, strict=True)
    return Estimate(sum(runs), sum(seconds), sum(room), max(memory), sum(beside))


def _place(request: Request, sweeps: str, folder: Path, number: int) -> Path:
    """The folder of a job, by its number where it sweeps nothing; shards of a design share one."""
    return folder if request.options.shards > 1 else folder / (folder_name(sweeps) or str(number))


@contextmanager
def _kept(folder: Path, command: Sequence[str], chosen: Options) -> Iterator[Callable[[list[dict[str, Any]]], None]]:
    """Keep what came of the jobs in the sweep's folder, which says meanwhile that it is under way.

    Not of shards, which are one study, nor where nothing is played.
    """
    if chosen.dry_run or chosen.shards > 1:
        yield lambda _: None
        return
    made = [each for each in (folder, *folder.parents) if not each.exists()]
    try:
        sweep.begin(folder, command)
        try:
            yield lambda outcomes: sweep.end(folder, sorted(outcomes, key=lambda each: each["job"]))
        finally:
            sweep.abandon(folder)
            for each in made:
                with suppress(OSError):
                    each.rmdir()  # it was made for this, and is empty
    except OSError as error:
        raise InputError(f"{folder} cannot be written: {why(error)}; give another folder with out=") from None


def _with_folder(flags: Namespace, given: Sequence[Override], folder: Path) -> Namespace:
    """What was typed, as Hydra is to have it: the folder of the sweep is named in any case."""
    inner = Namespace(**vars(flags))
    inner.multirun = True
    inner.overrides = [line for each in given if not (line := each.input_line or "").startswith("out=")]
    inner.overrides.append(f"out={quoted(str(folder))}")
    return inner


def _settings(given: Sequence[Override], scratch: Path) -> list[str]:
    """Hydra's own: where it writes, and that jobs are called by what is swept alone."""
    swept = {each.key_or_group for each in given if each.is_sweep_override()}
    unswept = sorted({each.key_or_group for each in given} - swept)
    return [
        f"hydra.sweep.dir={quoted(str(scratch))}",
        "hydra.sweep.subdir=${hydra.job.num}",
        f"hydra.job.config.override_dirname.exclude_keys=[{','.join(map(quoted, [*unswept, 'out']))}]",
    ]


@contextmanager
def _scratch(fixed: Sequence[Override]) -> Iterator[Path]:
    """Where Hydra may write what it likes, and jobs leave word: for the time of the sweep, or hydra.sweep.dir.

    A launcher on other machines needs a folder that they share.
    """
    given = [str(each.value()) for each in fixed if each.key_or_group == "hydra.sweep.dir"]
    if not given:
        with tempfile.TemporaryDirectory(prefix="commonweal-") as folder:
            yield Path(folder)
        return
    folder = Path(given[-1]).expanduser().resolve()
    for path in folder.glob(f"*/{OUTCOME}"):
        path.unlink()
    yield folder


def job(config: DictConfig) -> None:
    """One job of a sweep, in this process or in a launcher's: play it, and leave word of what came of it."""
    del config  # it is composed once more, with what a comparison needs besides
    hydra = HydraConfig.get()
    sweeps = hydra.job.override_dirname
    told = _as_typed(sweeps)
    outcome: dict[str, Any] = {
        "job": hydra.job.num, "sweeps": told, "swept": _swept(hydra), "code": 2, "error": "", "folder": None,
    }  # fmt: skip
    overrides = [*hydra.overrides.hydra, *hydra.overrides.task]
    command = json.loads(os.environ.get(COMMAND, "[]"))
    elsewhere = not hydra.launcher._target_.startswith("hydra._internal.")
    if elsewhere:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the sweep's own process is the one that is stopped
    try:
        known = KNOWN.get(_own(overrides))
        request = pickle.loads(known) if known else read(overrides, command, hydra.job.config_name)
        outcome["swept"] = _in_mu(outcome["swept"], request.study.config)
        folder = _place(request, sweeps, Path(request.options.out or "."), hydra.job.num)
        if not request.options.quiet:
            say(f"job {hydra.job.num}: {told or 'as given'}", *request.study.too_late())
        request = _changed(request, out=str(folder), quiet=request.options.quiet or elsewhere)
        workers = 1 if elsewhere else None
        if request.options.dry_run:
            leave_word(outcome | {"code": DONE, "told": announce(request, folder)})
            return
        compile_model(worlds_of(request.study), request.options.quiet, workers or request.options.workers)
        played = _play.play(request, folder, workers)
        ranked = request.study.baseline is not None and request.options.shards == 1
        outcome |= {"code": played.code, "folder" if ranked else "unranked": str(folder)}
        if ranked:
            outcome["code"] = draw(request, played, workers, few=True)
    except InputError as error:
        outcome["error"] = str(error)
    except Exception as error:
        traceback.print_exc()
        outcome |= {"code": FAILED, "error": f"{told}: {type(error).__name__}: {error}"}
    leave_word(outcome)


def _swept(hydra: Any) -> dict[str, str]:
    """What a job sweeps, by key."""
    fixed = set(hydra.job.config.override_dirname.exclude_keys)
    pairs = (each.lstrip("+~").partition("=") for each in hydra.overrides.task)
    return {key: _as_typed(value) for key, _, value in pairs if key not in fixed}


def _as_typed(text: str) -> str:
    """64 EUR, not 64\\ EUR."""
    return re.sub(r"\\(.)", r"\1", text)


def _in_mu(swept: dict[str, str], config: Mapping[str, Any]) -> dict[str, str]:
    """What a job sweeps, amounts as the MU that they are, so that the jobs' tables have numbers in one unit."""
    amounts = {key: OmegaConf.select(OmegaConf.create(dict(config)), key) for key in swept if option_of(key)}
    return swept | {key: f"{value:g}" for key, value in amounts.items() if isinstance(value, int | float)}


def _changed(request: Request, **options: Any) -> Request:
    return request._replace(options=request.options.model_copy(update=options))


def leave_word(outcome: dict[str, Any]) -> None:
    """Tell the sweep's own process what came of a job."""
    (Path(HydraConfig.get().runtime.output_dir) / OUTCOME).write_text(json.dumps(outcome))


def folder_name(sweeps: str) -> str:
    """What a job sweeps, as the name of a folder; long ones are cut, and told apart by a hash."""
    name = re.sub(r"[^\w=,.+-]+", "_", sweeps).strip("._")
    if len(name) > LONGEST or name != sweeps:
        name = f"{name[:LONGEST]}-{zlib.crc32(sweeps.encode()):08x}"
    return name if sweeps else ""


def _new_name() -> Path:
    """A folder, not yet made, for a sweep that has been given none."""
    return Path("results") / "sweeps" / f"{datetime.now():%Y%m%d-%H%M%S}-{os.urandom(4).hex()}"


def _refuse_foreign(folder: Path) -> None:
    """Raise InputError where the folder of a sweep holds anything but studies, or is one itself, as of shards."""
    try:
        if not folder.exists() or is_ours(read_manifest(folder)):
            return
        ours = sweep.FILES if sweep.sweep_in(folder) is not None else ()
        for path in folder.iterdir():
            if path.name in ours:
                continue
            if not path.is_dir():
                raise InputError(f"{folder} holds something else ({path.name}); give an empty or new folder with out=")
            refuse_foreign(path, read_manifest(path))
    except OSError as error:
        raise InputError(f"{folder} cannot be used: {why(error)}; give another folder with out=") from None


def _report(outcomes: list[dict[str, Any]], folder: Path, chosen: Options) -> int:
    """Print what came of the jobs, and return the exit code."""
    for error in dict.fromkeys(each["error"] for each in outcomes if each["error"]):
        say(error)
    code = max((each["code"] for each in outcomes), default=DONE)
    _say_told([Estimate(*each["told"]) for each in outcomes if each.get("told")])
    if unranked := list(dict.fromkeys(each["unranked"] for each in outcomes if each.get("unranked"))):
        print("\n".join(unranked) if chosen.quiet else f"Results: {folder}")
        if chosen.shards > 1 and not chosen.quiet:
            say(f"{typed('resume', unranked[0])} gathers the shards.")
    elif any(each["folder"] for each in outcomes):
        _show(outcomes, folder, chosen)
    return code


def _show(outcomes: list[dict[str, Any]], folder: Path, chosen: Options) -> None:
    """Print the table of jobs that compared strategies."""
    if chosen.quiet and not chosen.json_table:
        print(folder)
    else:
        _jobs.show(sweep.jobs_of(folder, outcomes), folder, chosen.json_table)


def _say_told(told: list[Estimate]) -> None:
    """Say what jobs that were not played, as of a dry run, would take together."""
    if told:
        whole = _together(told)
        say(
            f"{len(told):,} jobs: {whole.runs:,} runs, about {in_time(whole.seconds)} in all, and "
            f"{in_bytes(whole.megabytes)} on disk"
        )
