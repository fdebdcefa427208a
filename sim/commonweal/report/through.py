"""Through whom an effect comes, in sentences and as a table: whose giving carries it, and whose people gain."""

from typing import Any, Final

import pandas as pd

from commonweal.analysis.shapley import ALL, NONE
from commonweal.analysis.through import BEST_CONNECTED, FIRST, MARGINALISED, OTHERS, WHOLE
from commonweal.figures.labels import words
from commonweal.report.page import Cell, Table
from commonweal.report.sentences import number
from commonweal.report.tables import LONG

ROWS: Final = {(WHOLE, ALL): "all: the effect", (WHOLE, NONE): "nobody: all give as before"}
HEADS: Final = {
    (WHOLE, ALL): "effect", (WHOLE, NONE): "giving as before", ("groups", MARGINALISED): "marginalised",
    ("hubs", BEST_CONNECTED): "best connected", (FIRST, FIRST): "exemplars",
}  # fmt: skip
"""columns of the short table; what each leaves of the effect is the others'"""


def through_sentences(table: pd.DataFrame, strategy: str) -> str:
    """By whose giving a strategy's effect comes, and who gains. table: commonweal.analysis.through.COLUMNS."""
    mine = table.loc[table["strategy"] == strategy, :]
    rows: dict[tuple[str, str], dict[Any, Any]] = {(row["by"], row["whom"]): row for row in mine.to_dict("records")}
    if not rows:
        return ""
    every = rows[WHOLE, ALL]["leaders"]
    said = [f"Through whom: with everybody giving as before it would be {_carries(rows[WHOLE, NONE])}."]
    parts = [
        f"{whom} ({row['leaders']:.0f} of {every:.0f}) {_carries(row)}, of the others {_carries(rows[by, OTHERS])}"
        for (by, whom), row in rows.items() if by not in (WHOLE, "sectors") and whom != OTHERS
    ]  # fmt: skip
    said += [f"Of the rest there comes through the giving of {'; of '.join(parts)}."] * bool(parts)
    sectors = sorted((row for (by, _), row in rows.items() if by == "sectors"), key=lambda row: row["carries"])
    if sectors:
        low, high = sectors[0], sectors[-1]
        said.append(
            f"By sector most comes through {words(high['whom'])}, {_carries(high)}, least through "
            f"{words(low['whom'])}, {_carries(low)}."
        )
    if ("groups", MARGINALISED) in rows:
        weak, strong = rows["groups", MARGINALISED], rows["groups", OTHERS]
        said.append(
            f"Leaders of marginalised groups give {_more(weak, 'gives')} of what they can, and their people gain "
            f"{_more(weak, 'gains')}; the others give {_more(strong, 'gives')}, and theirs gain "
            f"{_more(strong, 'gains')}."
        )
    return " ".join(said)


def _carries(row: dict[Any, Any]) -> str:
    return f"{number(row['carries'])} ({number(row['low'])} to {number(row['high'])})"


def _more(row: dict[Any, Any], what: str) -> str:
    return f"{number(row[what])} ({number(row[f'{what}_low'])} to {number(row[f'{what}_high'])})"


def through_by_set(table: pd.DataFrame) -> Table:
    """A row per set of leaders, a column per strategy: what comes by their giving, with its interval."""
    strategies = list(dict.fromkeys(table["strategy"]))
    sets = [key for key in dict.fromkeys(zip(table["by"], table["whom"], strict=True)) if key[1] != OTHERS]
    cells = {(row["by"], row["whom"], row["strategy"]): row for row in table.to_dict("records")}
    rows = [
        [Cell(ROWS.get(key, words(key[1], LONG))), *(_cell(cells.get((*key, name))) for name in strategies)]
        for key in sorted(sets, key=lambda key: (key[0] != WHOLE, key[1] != ALL))
    ]  # fmt: skip
    head = [Cell("giving of"), *(Cell(words(name, LONG), "n") for name in strategies)]
    return Table("", "through whom", head, rows)


def _cell(row: dict[Any, Any] | None) -> Cell:
    if row is None:
        return Cell("")
    return Cell(number(row["carries"]), "n", f"{number(row['low'])} to {number(row['high'])}")


def through_table(table: pd.DataFrame) -> str:
    """A row per strategy: its effect, what of it comes without anybody giving otherwise, and through whose giving."""
    found = pd.DataFrame(index=list(dict.fromkeys(table["strategy"])))
    for (by, whom), head in HEADS.items():
        rows = table.loc[(table["by"] == by) & (table["whom"] == whom), :]
        if len(rows):
            found[head] = rows.set_index("strategy")["carries"].reindex(found.index).map(number)
    found.index = pd.Index([words(str(name)) for name in found.index])
    return found.to_string()
