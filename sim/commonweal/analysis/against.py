"""Against: what each condition of a study does beside one of them, paired by replicate under the same luck."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd

from commonweal.analysis.effects import COLUMNS, compare
from commonweal.analysis.outcomes import Outcomes
from commonweal.analysis.smallest_effect import declared
from commonweal.errors import InputError
from commonweal.model.params import nearest
from commonweal.model.run import RUN_MEASURES

FEW: Final = 20
"""conditions up to which a message lists them"""
MOST_BESIDE: Final = 1000
"""conditions that are held against the first, each with its correction for all the others"""


def against(
    outcomes: Outcomes, reference: str, measures: Sequence[str], choices: Sequence[str] | None = None
) -> pd.DataFrame:
    """Every choice less the one called `reference`, paired by replicate: the columns of commonweal.analysis.effects.

    choices: only these; p_holm and prob_best are over them. The column scenario has the group, and the mean over
    the groups first. spend is that of the choice. Raises InputError where there is no choice of that name.
    """
    names = outcomes.choices()
    for name in [reference, *(choices or ())]:
        if name not in names:
            known = nearest(name, names) if len(names) <= FEW else "commonweal status says what it holds"
            raise InputError(f"{outcomes.folder} has no condition {name!r}; {known}")
    others = [at for at, name in enumerate(names) if name != reference and (choices is None or name in choices)]
    frames = []
    smallest = declared(outcomes.manifest)
    for measure in measures:
        values = outcomes.values(measure)

        def table(rows: np.ndarray | None, values=values, measure=measure) -> pd.DataFrame:
            some, spent = outcomes.of(values, rows), outcomes.means_of("spend", rows)
            with_it = {names[at]: some[at] for at in others}
            compared = compare(with_it, some[names.index(reference)], RUN_MEASURES[measure].better, smallest)
            found = pd.DataFrame(compared, columns=list(COLUMNS))
            return found.assign(measure=measure, spend=[spent[names.index(name)] for name in found["strategy"]])

        frames.append(outcomes.by_group(table))
    whole = pd.concat(frames, ignore_index=True).assign(basis="full strength", intensity=1.0)
    return whole.assign(scenario=whole["across"]).reindex(columns=list(COLUMNS))


def differences(outcomes: Outcomes, measure: str) -> pd.DataFrame:
    """What each condition does beside the first of its group: mean paired differences under the same luck."""
    found = against(outcomes, outcomes.choices()[0], [measure])
    found = found.rename(columns={"scenario": "across", "strategy": "choice", "baseline": "first"})
    columns = ["across", "choice", "effect", "low", "high", "p", "p_holm", "n", "mean", "first", "spend", "matters"]
    return found.reindex(columns=columns)
