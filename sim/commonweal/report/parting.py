"""How two paths of a run part, in sentences: in which month, and through which mechanisms."""

import pandas as pd

from commonweal.analysis.shapley import ALL, NONE
from commonweal.figures.labels import title
from commonweal.report.sentences import effect_text, percent
from commonweal.report.why import held_and_carried, in_own

NOT_TOLD = "Through which mechanisms they part is not told, since it takes long; add --orders {orders} to be told."


def part(parted: pd.DataFrame, carried: pd.DataFrame | None, at: int) -> dict[str, str]:
    """Per measure a paragraph.

    parted: commonweal.analysis.parting.PARTED. carried: as its function `carried_apart`, as amounts are told here; None
    where that was not asked. at: the month of the fork.
    """
    return {
        str(row["measure"]): " ".join(filter(None, (_when(row), _through(carried, row["measure"], at))))
        for row in parted.to_dict("records")
    }


def _when(row: dict) -> str:
    name, first, last = title(row["measure"]), row["first"], row["last"]
    if first != first:
        return f"{name}: the paths never part."
    month = f"in month {first:.0f}" if first == last else f"between the months {first:.0f} and {last:.0f}"
    some = "" if row["parted"] == 1.0 else f" in {percent(row['parted'])} of the runs"
    lasting = row["lasting"]
    kept = "never for good" if lasting != lasting else f"for good from month {lasting:.0f} on"
    return f"{name}: the paths part {month}{some}, {kept}."


def _through(carried: pd.DataFrame | None, measure: str, at: int) -> str:
    if carried is None or carried.empty:
        return ""
    rows = carried.loc[carried["measure"] == measure, :]
    if rows.empty:
        return ""
    ends = {str(row["mechanism"]): row for row in rows.rename(columns={"carries": "effect"}).to_dict("records")}
    if not ends[ALL]["effect"]:
        return ""
    said = [
        f"From month {at} on it makes {effect_text(ends[ALL])} on the mean{in_own(measure)}.",
        *held_and_carried(rows),
    ]
    if ends[NONE]["effect"]:
        said.append(f"With all of them off {effect_text(ends[NONE])} is left.")
    return " ".join(said)
