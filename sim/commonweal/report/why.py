"""Why, in sentences: which mechanisms carry each strategy's effect, when in the run it comes, and through whom."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

import numpy as np
import pandas as pd

from commonweal.analysis.shapley import ALL, MEANINGS, NONE
from commonweal.figures.labels import title, words
from commonweal.model.run import RUN_MEASURES
from commonweal.report.sentences import capital, listed, number
from commonweal.report.through import through_sentences
from commonweal.units import told

MOST: Final = 4
"""mechanisms named on each side"""
THIRDS: Final = {"first": "the first third", "middle": "the middle third", "last": "the last third"}


def tell(
    table: pd.DataFrame, timed: pd.DataFrame | None, whom: pd.DataFrame | None, measure: str
) -> Iterator[tuple[str, str]]:  # fmt: skip
    """Per strategy its name and a paragraph, the one of the largest effect first.

    table: columns as of commonweal.analysis.shapley.COLUMNS, of one scenario, as amounts are told here. timed: as of
    its function `when`. whom: as of commonweal.analysis.through.COLUMNS, as amounts are told here.
    """
    whole = table.loc[table["mechanism"] == ALL, :].set_index("strategy")
    order = np.argsort(-whole["carries"].abs().to_numpy(), kind="stable")
    for strategy in [str(name) for name in whole.index[order]]:
        mine = table.loc[table["strategy"] == strategy, :]
        left = mine.loc[mine["mechanism"] == NONE, :].to_dict("records")[0]
        said = [f"{_in_all(whole.loc[strategy, :].to_dict())} on {title(measure, small=True)}{in_own(measure)}."]
        said += held_and_carried(mine)
        if left["low"] > 0 or left["high"] < 0:
            said.append(f"With all of them off {_in_all(left)} is left.")
        said += [_timed(timed, strategy), "" if whom is None else through_sentences(whom, strategy)]
        yield capital(words(strategy)), " ".join(filter(None, said))


def held_and_carried(table: pd.DataFrame) -> list[str]:
    """Which mechanisms carry an effect, and which hold it back: those that are sure, or of a single run the largest.

    table: columns as of commonweal.analysis.shapley.shapley, of one effect.
    """
    rows = table.loc[~table["mechanism"].isin([ALL, NONE]), :]
    known = rows["low"].notna()
    sure = rows.loc[(rows["low"] > 0) | (rows["high"] < 0) | ~known & (rows["carries"] != 0), :]
    sure = sure.sort_values("carries", kind="stable")
    down, up = sure.loc[sure["carries"] < 0, :].head(MOST), sure.loc[sure["carries"] > 0, :].iloc[::-1].head(MOST)
    said = [f"Carried by {_named(up)}."] * bool(len(up)) + [f"Held back by {_named(down)}."] * bool(len(down))
    return said or ["No mechanism surely carries any of it."]


def in_own(measure: str) -> str:
    """Of money the unit, where it is the reader's own."""
    unit = RUN_MEASURES[measure].unit
    return f", in {told().said(unit)}" if told().times(unit) != 1.0 else ""


def _in_all(row: Mapping[Any, Any]) -> str:
    known = row["low"] == row["low"]
    return number(row["carries"]) + (f" ({number(row['low'])} to {number(row['high'])})" if known else "")


def _named(rows: pd.DataFrame) -> str:
    each = rows.to_dict("records")
    return listed(f"{MEANINGS.get(row['mechanism'], words(row['mechanism']))}, {_in_all(row)}" for row in each)


def _timed(timed: pd.DataFrame | None, strategy: str) -> str:
    """In which third of the run most of the effect comes."""
    if timed is None:
        return ""
    rows = timed.loc[timed["strategy"] == strategy, list(THIRDS)].to_dict("records")
    shares = {str(third): float(share) for third, share in rows[0].items()} if rows else {}
    if not shares or any(share != share for share in shares.values()):
        return ""
    most = max(shares, key=lambda third: shares[third])
    return f"Of the effect, {100 * shares[most]:.0f} % comes in {THIRDS[most]} of the run."
