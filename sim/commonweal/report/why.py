"""Why, in sentences: which mechanisms carry each strategy's effect, and when in the run it comes."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

import numpy as np
import pandas as pd

from commonweal.analysis.shapley import ALL, NONE
from commonweal.figures.labels import words
from commonweal.model.run import RUN_MEASURES
from commonweal.report.sentences import capital, listed, number
from commonweal.units import told

MEANINGS: Final = {
    "talk": "talk about what people want",
    "pledges": "pledges that are believed",
    "ties": "ties that form and fade",
    "common_pull": "coming to want what is common",
    "amendments": "agendas amended until they are accepted",
    "misalignment": "an agenda nearer to what people want",
    "incentives": "answering to what giving pays",
    "example": "following those who give first",
    "crowding": "motives that incentives crowd out or in",
    "erosion": "people who give up on others, or are won back",
    "trust": "trust that follows deeds",
    "noise": "errors",
    "success": "joint success that motivates",
    "commitment": "a public word that binds",
    "trust_in_choice": "giving more readily to those one trusts",
    "deterrence": "fear of fines",
    "provision": "effort towards a provision point",
    "disposition": "trust that people bring along",
    "betrayal": "broken words that cost trust",
    "premium": "trust that comes of meeting",
    "capacity": "attention that is limited",
}
"""what each mechanism of conf/design/ablation.yaml is, in the words of a council"""
MOST: Final = 4
"""mechanisms named on each side"""
THIRDS: Final = {"first": "the first third", "middle": "the middle third", "last": "the last third"}


def tell(table: pd.DataFrame, timed: pd.DataFrame | None, measure: str) -> Iterator[str]:
    """A paragraph per strategy, the one of the largest effect first.

    table: columns as of commonweal.analysis.shapley.COLUMNS, of one scenario, as amounts are told here. timed: as of
    its function `when`.
    """
    whole = table.loc[table["mechanism"] == ALL, :].set_index("strategy")
    order = np.argsort(-whole["carries"].abs().to_numpy(), kind="stable")
    for strategy in [str(name) for name in whole.index[order]]:
        mine = table.loc[table["strategy"] == strategy, :]
        rows = mine.loc[~mine["mechanism"].isin([ALL, NONE]), :]
        sure = rows.loc[(rows["low"] > 0) | (rows["high"] < 0), :].sort_values("carries", kind="stable")
        down, up = sure.loc[sure["carries"] < 0, :].head(MOST), sure.loc[sure["carries"] > 0, :].iloc[::-1].head(MOST)
        left = mine.loc[mine["mechanism"] == NONE, :].to_dict("records")[0]
        said = [f"{words(strategy)}: {_in_all(whole.loc[strategy, :].to_dict())} on {words(measure)}{_unit(measure)}."]
        said += [f"Carried by {_named(up)}."] * bool(len(up)) + [f"Held back by {_named(down)}."] * bool(len(down))
        said += ["No mechanism surely carries any of it."] * (not len(sure))
        if left["low"] > 0 or left["high"] < 0:
            said.append(f"With all of them off {_in_all(left)} is left.")
        yield capital(" ".join([*said, _timed(timed, strategy)]).strip())


def _unit(measure: str) -> str:
    """Of money the unit, where it is the reader's own."""
    unit = RUN_MEASURES[measure].unit
    return f", in {told().said(unit)}" if told().times(unit) != 1.0 else ""


def _in_all(row: Mapping[Any, Any]) -> str:
    return f"{number(row['carries'])} ({number(row['low'])} to {number(row['high'])})"


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
