"""Identification: how well the data fix each calibrated value, and what is predicted of a target left out."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from sim.validation.calibration import Block, Notify, Residuals, Search, blocks, loss

STEP: Final = 0.1
"""part of the bounds by which a value is moved to see what it does"""
IDENTIFIED: Final = 0.25
"""a value is called identified where its standard error is at most so much of the width of its bounds"""


def fitted(which: str, values: Mapping[str, float]) -> pd.DataFrame:
    """Per calibrated value its standard error, given the others and alone, and whether the data identify it.

    Standard errors are those of least squares: the inverse of J'J, where J holds how the residuals, in standard errors
    of the published numbers, change with each value. `alone` holds the other values fixed.
    """
    rows, found = [], {}
    for block in blocks(which):
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


def left_out(which: str, values: Mapping[str, float], folder: Path, notify: Notify) -> pd.DataFrame:
    """Each target left out in turn: how far off it is where it was aimed at, and where it is predicted from the rest.

    Distances are root mean squares in standard errors of the published numbers (.05 for effect sizes without any). A
    target that alone says anything about a value is predicted with that value where its search began.
    """
    search, rows, found = Search(which, folder, 0.5, notify), [], {}
    for block in blocks(which):
        best = {each.name: values[each.name] for each in block.parameters}
        found |= best
        aimed = block.residuals(found)
        targets = [name for name in aimed if name != "bounds"]
        for target in targets:
            if len(targets) > 1:
                others = {name: value for name, value in found.items() if name not in best}
                tried, how = search.best(block, others, leave=target, start=best), "from the other targets"
            else:
                tried, how = {each.name: each.start for each in block.parameters}, "from where its search began"
            predicted = block.residuals({**found, **tried})
            rest = {name: predicted[name] for name in targets if name != target}
            rows.append({
                "target": target, "block": block.name, "off": _rms(aimed[target]),
                "predicted_off": _rms(predicted[target]), "predicted": how,
                "loss_of_the_rest": round(loss(rest), 3) if rest else np.nan,
            })  # fmt: skip
    return pd.DataFrame(rows)


def _rms(residuals: np.ndarray) -> float:
    return round(float(np.sqrt(np.mean(residuals**2))), 3)
