"""Alike: accepted worlds are played once more, with new luck, and held against the community (posterior prediction)."""

from typing import Final

import numpy as np
import pandas as pd

from commonweal.fitting.adjust import drawn
from commonweal.fitting.batches import Notify, perform_all, watched
from commonweal.fitting.fit import Fitted, Size, rows_of
from commonweal.fitting.observed import Observed
from commonweal.fitting.summaries import SUMMARIES
from commonweal.fitting.town import Town
from commonweal.study.parts import Parts

INTERVAL: Final = (0.025, 0.5, 0.975)
NEW_LUCK: Final = 500_000_000
"""worlds by which this luck is apart from that of the fit"""


def alike(
    town: Town, observed: Observed, fitted: Fitted, size: Size, parts: Parts, notify: Notify
) -> pd.DataFrame:  # fmt: skip
    """A row per summary that was compared: the community's, and the middle 95 % of the prior's and of accepted worlds.

    Columns: summary, words, observed, prior_low, prior_middle, prior_high, low, middle, high, alike.
    """
    names = fitted.target.names
    columns = ["prior_low", "prior_middle", "prior_high", "low", "middle", "high"]
    if not names:
        return pd.DataFrame(columns=["summary", "words", "observed", *columns, "alike"])
    normal = fitted.accepted.normal[drawn(fitted.accepted, size.future)]
    again = perform_all(
        "holding worlds against the community", "alike", rows_of(town, normal), watched,
        lambda first: (town.past, town.seed, NEW_LUCK + first, observed, names), parts, town.options.workers, notify,
    )  # fmt: skip
    rows = []
    for at, name in enumerate(names):
        before, after = fitted.prior_summaries[:, :, at].ravel(), again[:, :, at].ravel()
        found = dict(zip(columns, [*np.quantile(before, INTERVAL), *np.quantile(after, INTERVAL)], strict=True))
        value = float(fitted.target.values[at])
        within = found["low"] - 1e-9 <= value <= found["high"] + 1e-9
        rows.append({"summary": name, "words": SUMMARIES[name].words, "observed": value, **found, "alike": within})
    return pd.DataFrame(rows)
