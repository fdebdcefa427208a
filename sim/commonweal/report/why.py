"""Why, in sentences: which mechanisms carry each strategy's effect, and when in the run it comes."""

from collections.abc import Iterator
from typing import Final

import pandas as pd

from commonweal.analysis.shapley import ALL, NONE
from commonweal.figures.labels import words
from commonweal.report.sentences import capital, listed, number
from commonweal.study.conditions import BASELINE

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

    table: columns as of commonweal.analysis.shapley.COLUMNS, of one scenario. timed: as of its function `when`.
    """
    whole = table[table["mechanism"] == ALL].set_index("strategy")
    for strategy in whole["carries"].abs().sort_values(ascending=False, kind="stable").index:
        if strategy == BASELINE:
            continue
        rows = table[(table["strategy"] == strategy) & ~table["mechanism"].isin([ALL, NONE])]
        sure = rows[(rows["low"] > 0) | (rows["high"] < 0)].sort_values("carries", ascending=False, kind="stable")
        up, down = sure[sure["carries"] > 0].head(MOST), sure[sure["carries"] < 0].iloc[::-1].head(MOST)
        said = [f"{words(str(strategy))}: {_in_all(whole.loc[strategy])} on {words(measure)}."]
        said += [f"Carried by {_named(up)}."] * bool(len(up)) + [f"Held back by {_named(down)}."] * bool(len(down))
        said += ["No mechanism surely carries any of it."] * (not len(sure))
        left = table[(table["strategy"] == strategy) & (table["mechanism"] == NONE)].iloc[0]
        if left["low"] > 0 or left["high"] < 0:
            said.append(f"With all of them off {_in_all(left)} is left.")
        yield capital(" ".join([*said, _timed(timed, str(strategy))]).strip())


def _in_all(row: "pd.Series[float]") -> str:
    return f"{number(row['carries'])} ({number(row['low'])} to {number(row['high'])})"


def _named(rows: pd.DataFrame) -> str:
    named = ((MEANINGS.get(str(row["mechanism"]), words(str(row["mechanism"]))), row) for _, row in rows.iterrows())
    return listed(f"{name}, {_in_all(row)}" for name, row in named)


def _timed(timed: pd.DataFrame | None, strategy: str) -> str:
    """In which third of the run most of the effect comes."""
    mine = timed[timed["strategy"] == strategy] if timed is not None else pd.DataFrame()
    if not len(mine) or mine[list(THIRDS)].isna().any(axis=None):
        return ""
    shares = mine.iloc[0][list(THIRDS)].astype(float)
    return f"Of the effect, {100 * shares.max():.0f} % comes in {THIRDS[str(shares.idxmax())]} of the run."
