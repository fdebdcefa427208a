"""Predictions: what a plan said before its study was run, and what was found."""

from collections.abc import Iterable

import numpy as np

CAME_TRUE = {True: "yes", False: "no", None: "not known here"}


def predictions(judged: Iterable[tuple[str, bool | None, str]]) -> str:
    """A table in Markdown, a row per prediction in the order of the plan.

    judged: what was predicted, whether it came true (None where these results cannot say), and what was found.
    """
    rows = [
        f"| {number} | {predicted} | {CAME_TRUE[true]} | {found} |"
        for number, (predicted, true, found) in enumerate(judged, 1)
    ]
    return "\n".join(["| | predicted | came true | found |", "| --- | --- | --- | --- |", *rows])


def in_scenarios(true: Iterable[bool]) -> tuple[bool, str]:
    """Whether something is so in every scenario, and in how many: (False, 'in 3 of 10 scenarios')."""
    each = np.array(list(true), bool)
    return bool(each.all()), f"in {each.sum()} of {len(each)} scenarios"
