"""Studies from Python: strategies compared, a design over parameters, or whatever the command line runs."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from commonweal.agents.batch_agents import Only, OwnLeaders
from commonweal.agents.leader import Leader
from commonweal.commands import _kernels
from commonweal.configuration.conf import session
from commonweal.configuration.request import Request, read
from commonweal.errors import InputError
from commonweal.front import studies
from commonweal.front.inline import Selection, Several, selection
from commonweal.front.keywords import overrides, places, written
from commonweal.front.progress import progress, watched
from commonweal.front.results import Results
from commonweal.front.town import Town
from commonweal.study.conditions import BASELINE

ALL = "which_strategy"
"""the experiment that lists every strategy"""


def compare(
    strategies: Several | None = None,
    *,
    scenario: str | Sequence[str] | None = None,
    community: str | Town | None = None,
    replicates: int | None = None,
    rounds: int | None = None,
    seed: int | None = None,
    out: str | Path | None = None,
    leader_class: type[Leader] | None = None,
    only: Only = None,
    config_dir: str | Path | None = None,
    **settings: Any,
) -> Results:
    """Compare strategies with doing nothing, under the same luck: at full strength, and at equal spend.

    strategies: names as in `strategy=`, and your own: a subclass of cw.Strategy, or an object of it; a table
    {"name": object} says what they are called. None for all there are.
    scenario: one or several; calm where it is None. community: a kind as in `community=`, or what cw.roster read.
    leader_class, only: what the leaders are, or some of them, as in cw.Cooperation.
    out: the folder of the results. Without it they are kept until Python ends, the same question is not played
    twice, and Results.save keeps them for good.
    config_dir: a folder of your own conf files. settings: anything else that conf has, a dot as two underscores
    (`learn__public=0.3`); a bare name does where it is the only one (`leaders=12`, `workers=1`).

    Your own classes are played in this very process; their values and their code decide what counts as the same.
    Raises InputError, one sentence, as the command line does.
    """
    named = _given(community=community, replicates=replicates, rounds=rounds, seed=seed, out=out)
    scenarios = [scenario] if isinstance(scenario, str) else scenario

    def lines() -> tuple[list[str], Selection]:
        own = Selection([], {}) if strategies is None else selection(strategies)
        listed = own.names or ([BASELINE] if own.own else [])
        found = overrides(named | settings)
        if not any(each.startswith("experiment=") for each in found):
            found.insert(0, f"experiment={'single' if listed else ALL}")
            found.append(f"experiment.scenarios={written('scenario', scenarios or ['calm'])}")
        elif scenarios is not None:
            found.append(f"experiment.scenarios={written('scenario', scenarios)}")
        if listed:
            found.append(f"experiment.strategies={written('strategies', listed)}")
        return found, own

    return _play(lines, config_dir, None if leader_class is None else OwnLeaders(leader_class, _kept(only)))


def design(
    name: str,
    over: Mapping[str, Any] | None = None,
    *,
    across: Mapping[str, Any] | None = None,
    replicates: int | None = None,
    rounds: int | None = None,
    seed: int | None = None,
    out: str | Path | None = None,
    config_dir: str | Path | None = None,
    **settings: Any,
) -> Results:
    """Play the conditions of a design: any parameters, varied together.

    name: a file of conf/design, such as grid, factorial, latin_hypercube, sobol or csv. over: per parameter (or group
    of files, such as scenario) its values, or the two ends of its range: {"learn.public": [0.1, 0.3]}. across: crosses
    all of it with every value of these too. The rest is as in `compare`; a design's own parameters are settings, such
    as `design__file="plan.csv"`.
    """
    named = _given(replicates=replicates, rounds=rounds, seed=seed, out=out)

    def lines() -> tuple[list[str], Selection]:
        found = [f"design={name}", *overrides(named | settings, [f"design={name}"])]
        for what, varied in (("over", over), ("across", across)):
            if varied is not None:
                paths = places(varied, found)
                table = {paths[each]: values for each, values in varied.items()}
                found.append(f"design.{what}={written(what, table)}")
        return found, Selection([], {})

    return _play(lines, config_dir)


def run(*typed: str, config_dir: str | Path | None = None, **settings: Any) -> Results:
    """Run a study as `commonweal run` does: overrides as they are typed there, and settings as in `compare`.

    cw.run("experiment=which_strategy", "run=smoke", out="results/first")
    """
    return _play(lambda: ([*typed, *overrides(settings, typed)], Selection([], {})), config_dir)


def resume(results: str | Path | Results, *, fresh: bool = False, **settings: Any) -> Results:
    """Go on with a study that was stopped, or extend it: `cw.resume(folder, replicates=400)`.

    fresh: from the start, with the model as it is now.
    """
    from commonweal.commands.resume import recorded

    folder = Path(results.folder if isinstance(results, Results) else results)

    with session():
        more = [*overrides(settings), *(["fresh=true"] if fresh else [])]
    again = [*recorded(folder, more), *more, f"out={written('out', folder)}"]
    return _play(lambda: (again, Selection([], {})), None)


def _play(
    lines: Callable[[], tuple[list[str], Selection]], config_dir: str | Path | None, leaders: OwnLeaders | None = None
) -> Results:
    with session(also=None if config_dir is None else str(config_dir)):
        given, own = lines()
        where = [] if config_dir is None else ["--config-dir", str(config_dir)]
        request = studies.with_own(read(given, ["commonweal", "run", *where, *given]), own.own, leaders)
        _kernels.compile_model(_kernels.worlds_of(request.study), not watched(), request.options.workers)
        folder = studies.folder_of(request)
        _ask(request, folder)
        with progress() as notify:
            studies.play(request, folder, notify)
    return Results(folder, request.study)


def _ask(request: Request, folder: Path) -> None:
    """Raise InputError before what takes more than a day or much of the disk, unless `yes=True`."""
    from commonweal.commands._before import announce, ask

    if request.options.dry_run:
        raise InputError("dry_run is of the command line: commonweal run --dry-run")
    quiet = request._replace(options=request.options.model_copy(update={"quiet": True}))
    ask(request, folder, announce(quiet, folder), by="yes=True", terminal=False)


def _given(**named: Any) -> dict[str, Any]:
    return {name: value for name, value in named.items() if value is not None}


def _kept(only: Only) -> Any:
    """Which leaders, so that it can be asked more than once."""
    return only if only is None or callable(only) or isinstance(only, str) else tuple(only)
