"""A run under another strategy from some round on, with the same luck."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from commonweal.commands import _kernels
from commonweal.commands import branch as verb
from commonweal.configuration.conf import session
from commonweal.front.keywords import overrides
from commonweal.front.progress import watched
from commonweal.model.measures import MEASURES


def branch(
    *typed: str,
    at: int,
    to: str,
    replicates: range | int = 20,
    measures: Sequence[str] | None = None,
    config_dir: str | Path | None = None,
    **settings: Any,
) -> pd.DataFrame:
    """The same run under another strategy from some round on: per measure and round both means, their difference.

    cw.branch(strategy="inclusion", scenario="polarised", at=25, to="communication")

    typed, settings: which run it is, as in cw.run; parameters of the second strategy begin with to:
    `to__channel="text"`. replicates: which, or how many. measures: all where it is None. Raises InputError.
    """
    first = {name: value for name, value in settings.items() if not name.startswith("to__")}
    second = {name: value for name, value in settings.items() if name not in first}
    chosen = list(measures or MEASURES)
    with session(also=None if config_dir is None else str(config_dir)):
        lines = [*typed, *overrides(first, typed), *overrides(second)]
        world, after, size = verb.read_both(lines, to)
        verb.refuse(at, chosen, size.rounds)
        _kernels.compile_model([world], not watched())
    from commonweal.study.branch import branch as played

    some = range(replicates) if isinstance(replicates, int) else replicates
    return verb.differences(played(world, after, at, size.seed, some, size.rounds), chosen)
