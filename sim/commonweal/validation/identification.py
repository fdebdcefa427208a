"""Identification: how well the data fix each calibrated value, and what is predicted of a target left out."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd
from scipy.linalg import block_diag

from commonweal.validation.calibration import UNKNOWN_ERROR, Block, Residuals, blocks
from commonweal.validation.reference import EFFECTS, effect, table
from commonweal.validation.rows import TOLERANCE
from commonweal.validation.search import Notify, Search, loss

STEP: Final = 0.1
"""part of the bounds by which a value is moved to see what it does"""
IDENTIFIED: Final = 0.25
"""a value is called identified where its standard error is at most so much of the width of its bounds"""


def joint(which: str, values: Mapping[str, float], data: Path | None = None) -> pd.DataFrame:
    """What the data say of a set's values together: the inverse of their covariance, a row and a column for each.

    Values are held to their bounds by a normal prior whose standard deviation is half their width, as in `one_step`.
    Doses that belong to an experiment and not to its people are taken for unknown, and have no row.
    """
    names, found = [], []
    for block in blocks(which, data):
        slopes = np.column_stack([_slope(block, values, number) for number in range(len(block.parameters))])
        widths = np.array([each.high - each.low for each in block.parameters]) / 2
        covariance = np.linalg.inv(slopes.T @ slopes + np.diag(widths**-2.0))
        mine = [at for at, each in enumerate(block.parameters) if not each.name.startswith("strategy.")]
        if mine:
            names += [block.parameters[at].name for at in mine]
            found.append(np.linalg.inv(covariance[np.ix_(mine, mine)]))
    return pd.DataFrame(block_diag(*found), index=pd.Index(names, name="parameter"), columns=names)


def fitted(which: str, values: Mapping[str, float], data: Path | None = None) -> pd.DataFrame:
    """Per calibrated value its standard error, given the others and alone, and whether the data identify it.

    Standard errors are those of least squares: the inverse of J'J, where J holds how the residuals, in standard errors
    of the published numbers, change with each value. `alone` holds the other values fixed.
    """
    rows, found = [], {}
    for block in blocks(which, data):
        names = [each.name for each in block.parameters]
        found |= {name: values[name] for name in names}
        slopes = np.column_stack([_slope(block, found, number) for number in range(len(names))])
        information = slopes.T @ slopes
        covariance = np.linalg.pinv(information)
        for number, each in enumerate(block.parameters):
            error = float(np.sqrt(covariance[number, number]))
            alone = float(1 / np.sqrt(information[number, number])) if information[number, number] > 0 else np.inf
            rows.append({
                "parameter": each.name, "value": found[each.name], "error": error, "alone": alone,
                "identified": error <= IDENTIFIED * (each.high - each.low), "file": each.file, "block": block.name,
            })  # fmt: skip
    frame = pd.DataFrame(rows)
    for column in ("error", "alone"):
        frame[column] = [float(f"{value:.3g}") for value in frame[column]]
    return frame


def _stacked(residuals: Residuals) -> np.ndarray:
    return np.concatenate([each for name, each in residuals.items() if name != "bounds"])


def _slope(block: Block, values: Mapping[str, float], number: int) -> np.ndarray:
    """How the residuals change with one value, by a step to both sides within its bounds."""
    each = block.parameters[number]
    step = STEP * (each.high - each.low)
    low, high = max(each.low, values[each.name] - step), min(each.high, values[each.name] + step)
    ends = [_stacked(block.residuals({**values, each.name: end})) for end in (low, high)]
    return (ends[1] - ends[0]) / (high - low)


def one_step(block: Block, values: Mapping[str, float]) -> pd.DataFrame:
    """As `left_out` where a search takes hours: without each target, the best values by one Gauss-Newton step.

    Values are held to their bounds by a normal prior whose standard deviation is half their width.
    """
    before = block.residuals(values)
    names = [name for name in before if name != "bounds"]
    owner = np.concatenate([np.full(len(before[name]), number) for number, name in enumerate(names)])
    aimed = _stacked(before)
    slopes = np.column_stack([_slope(block, values, number) for number in range(len(block.parameters))])
    widths = np.array([each.high - each.low for each in block.parameters]) / 2
    rows = []
    for number, name in enumerate(names):
        rest, mine = owner != number, owner == number
        informed = slopes[rest].T @ slopes[rest] + np.diag(widths**-2.0)
        step = -np.linalg.solve(informed, slopes[rest].T @ aimed[rest])
        predicted = aimed[mine] + slopes[mine] @ step
        rows.append({
            "target": name, "block": block.name, "off": _rms(aimed[mine]), "predicted_off": _rms(predicted),
            "verdict": "good" if _rms(predicted) <= limit(name) else "bad", "loss_of_the_rest": np.nan,
        })  # fmt: skip
    return pd.DataFrame(rows)


def left_out(
    which: str, values: Mapping[str, float], folder: Path, notify: Notify, data: Path | None = None
) -> pd.DataFrame:
    """Each target left out in turn: how far off it is where it was aimed at, and where it is predicted from the rest.

    Every search begins in the middle of the bounds, so that nothing of what was found with the target helps to predict
    it. The first row of a block leaves nothing out: how well such a search does. Distances are root mean squares in
    standard errors of the published numbers. A target that alone says anything about a value cannot be predicted: it is
    shown with that value in the middle of its bounds.
    """
    search, rows, found = Search(which, folder, notify), [], {}
    for block in blocks(which, data):
        own = {each.name: values[each.name] for each in block.parameters}
        before, found = found, found | own
        if block.slow:
            rows += one_step(block, found).to_dict("records")
            continue
        aimed = block.residuals(found)
        targets = [name for name in aimed if name != "bounds"]
        middle = block.from_the_middle()
        alone = len(targets) == 1
        for target in ["", *targets] if len(targets) > 1 else targets:
            tried = (
                {each.name: each.start for each in middle.parameters} if alone else search.best(middle, before, target)
            )
            predicted = block.residuals({**before, **tried})
            rest = {name: predicted[name] for name in targets if name != target}
            rows.append({
                "target": target or "nothing left out", "block": block.name, "off": _rms(aimed.get(target)),
                "predicted_off": _rms(predicted.get(target)), "verdict": _verdict(target, predicted, alone),
                "loss_of_the_rest": round(loss(rest), 3) if rest else np.nan,
            })  # fmt: skip
    return pd.DataFrame(rows)


def _verdict(target: str, predicted: Residuals, alone: bool) -> str:
    """What a prediction is worth; nothing where no target was left out."""
    if not target:
        return ""
    if alone:
        return "no prediction"
    return "good" if _rms(predicted[target]) <= limit(target) else "bad"


def limit(target: str) -> float:
    """How far off a prediction is still good, in standard errors: the 95 % interval, or the tolerance where none is."""
    alone = target in table(EFFECTS).index and not effect(target).half_width > 0
    return TOLERANCE / UNKNOWN_ERROR if alone else 1.96


def _rms(residuals: np.ndarray | None) -> float:
    """Root mean square, to three decimals; nan where there are none."""
    return np.nan if residuals is None else round(float(np.sqrt(np.mean(residuals**2))), 3)
