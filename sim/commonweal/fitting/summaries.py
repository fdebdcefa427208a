"""Summaries: the numbers by which worlds are compared with the community, of what was seen and nothing else.

Each is taken of the very cells that were seen, of the community and of a world alike, so that what is missing is
missing in both. They are means, differences and shares that a council could work out by hand.
"""

from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

import numpy as np

from commonweal.fitting.observed import Observed, as_seen
from commonweal.fitting.watch import Record

FEWEST: Final = 3
"""leaders, or pairs, of whom a spread is taken"""

Summary = Callable[[Record, Observed], np.ndarray | None]
"""(B,) a number for each community; None where it was not seen"""


class Told(NamedTuple):
    """A summary, and what it is called."""

    take: Summary
    words: str


def _cells(record: Record, observed: Observed, name: str, months: list[int]) -> np.ndarray:
    """(B, months, ...) what was seen in some months; nan where it was not."""
    return np.stack(
        [np.where(as_seen(name, month, observed), record.seen[name][month], np.nan) for month in months], axis=1
    )


def _months(observed: Observed, name: str, first: int = 1) -> list[int]:
    return sorted(month for month in getattr(observed, name) if month >= first)


def _mean(cells: np.ndarray) -> np.ndarray:
    """(B,) the mean of what was seen."""
    flat = cells.reshape(len(cells), -1)
    return np.nanmean(flat, axis=1)


def _half(last: bool) -> Summary:
    """What was given in the first or the second half of the months that were seen."""

    def take(record: Record, observed: Observed) -> np.ndarray | None:
        months = sorted({*_months(observed, "gave"), *_months(observed, "gave_all")})
        if not months or (last and len(months) == 1):
            return None
        middle = (len(months) + 1) // 2
        mine = months[middle:] if last else months[:middle]
        found = []
        for month in mine:  # who gave what, and where that was not seen, what all gave
            if month in observed.gave:
                found.append(_mean(_cells(record, observed, "gave", [month])))
            else:
                found.append(record.seen["gave_all"][month])
        return np.mean(found, axis=0)

    return take


def _gave_apart(record: Record, observed: Observed) -> np.ndarray | None:
    months = _months(observed, "gave")
    if not months:
        return None
    cells = _cells(record, observed, "gave", months)
    often = ~np.isnan(cells[0]).all(axis=0)
    return np.nanmean(cells[:, :, often], axis=1).std(axis=1) if often.sum() >= FEWEST else None


def _gave_changes(record: Record, observed: Observed) -> np.ndarray | None:
    months = _months(observed, "gave")
    if len(months) < 2:
        return None
    steps = np.abs(np.diff(_cells(record, observed, "gave", months), axis=1))
    return None if np.isnan(steps[0]).all() else _mean(steps)


def _simple(name: str, *, spread: bool = False, change: bool = False) -> Summary:
    """The mean in the last month of which it was seen, over all for what comes and goes; its spread; its change."""

    def take(record: Record, observed: Observed) -> np.ndarray | None:
        months = _months(observed, name, 0)
        if not months or (change and len(months) < 2):
            return None
        if change:
            first, last = (_mean(_cells(record, observed, name, [month])) for month in (months[0], months[-1]))
            return last - first
        cells = _cells(record, observed, name, months)
        if not spread:
            return _mean(cells)
        last = cells[:, -1].reshape(len(cells), -1)
        return np.nanstd(last, axis=1) if (~np.isnan(last[0])).sum() >= FEWEST else None

    return take


def _trust_kept(record: Record, observed: Observed) -> np.ndarray | None:
    """How far trust at the last date goes with trust in the roster: its slope on that."""
    months = _months(observed, "trust")
    if not months:
        return None
    last = _cells(record, observed, "trust", months[-1:])[:, 0]
    both = ~np.isnan(record.trusted) & ~np.isnan(last[0])
    if both.sum() < FEWEST or record.trusted[both].std() < 1e-9:
        return None
    before = record.trusted[both] - record.trusted[both].mean()
    return (last[:, both] * before).sum(axis=1) / (before**2).sum()


def _ties(keep: Callable[[np.ndarray], np.ndarray], weigh: Callable[[np.ndarray], np.ndarray] | None = None) -> Summary:
    """Of the pairs that `keep` makes of who attended to whom at the start, the share now tied.

    weigh: what such ties weigh, of which the mean is taken instead.
    """

    def take(record: Record, observed: Observed) -> np.ndarray | None:
        months = _months(observed, "tie")
        if not months:
            return None
        cells = _cells(record, observed, "tie", months[-1:])[:, 0]
        pairs = keep(record.named) & ~np.isnan(cells[0])
        np.fill_diagonal(pairs, False)
        if pairs.sum() < FEWEST:
            return None
        there = cells[:, pairs]
        if weigh is None:
            return there.mean(axis=1)
        weights = weigh(record.named)[pairs]
        count = there.sum(axis=1)
        return np.where(count > 0, (there * weights).sum(axis=1) / np.maximum(count, 1), weights.mean())

    return take


def _popularity(named: np.ndarray) -> np.ndarray:
    """(n, n) how many attended to the one in the column at the start."""
    return np.broadcast_to(named.sum(axis=0)[None, :].astype(float), named.shape)


def _returned(named: np.ndarray) -> np.ndarray:
    """(n, n) whether the one in the column attended to the one in the row."""
    return named.T.astype(float)


def _met_each(record: Record, observed: Observed) -> np.ndarray | None:
    """Whom a leader whom the log follows met in a month, how many."""
    months = _months(observed, "met")
    if not months:
        return None
    cells = _cells(record, observed, "met", months)
    followed = (~np.isnan(cells[0, 0])).any(axis=1).sum()
    return np.nansum(cells, axis=(2, 3)).mean(axis=1) / followed


def _met_again(record: Record, observed: Observed) -> np.ndarray | None:
    months = _months(observed, "met")
    if len(months) < 2:
        return None
    cells = np.nan_to_num(_cells(record, observed, "met", months))
    again = (cells[:, 1:] * cells[:, :-1]).sum(axis=(1, 2, 3))
    return again / np.maximum(cells[:, :-1].sum(axis=(1, 2, 3)), 1)


def _met_who(which: Callable[[Record], np.ndarray | None]) -> Summary:
    """The share of meetings that are between some pairs."""

    def take(record: Record, observed: Observed) -> np.ndarray | None:
        months, pairs = _months(observed, "met"), which(record)
        if not months or pairs is None:
            return None
        cells = np.nan_to_num(_cells(record, observed, "met", months))
        return (cells * pairs).sum(axis=(1, 2, 3)) / np.maximum(cells.sum(axis=(1, 2, 3)), 1)

    return take


def _known(record: Record) -> np.ndarray | None:
    return (record.named | record.named.T) if record.named.any() else None


def _same_sector(record: Record) -> np.ndarray | None:
    if (record.sector < 0).any() or len(np.unique(record.sector)) < 2:
        return None
    return record.sector[:, None] == record.sector[None, :]


SUMMARIES: Final[dict[str, Told]] = {
    "gave_first": Told(_half(False), "share given in the first half of the months seen"),
    "gave_last": Told(_half(True), "share given in the second half"),
    "gave_apart": Told(_gave_apart, "how far leaders differ in what they give (standard deviation)"),
    "gave_changes": Told(_gave_changes, "how far a leader's giving changes from one month seen to the next"),
    "expected": Told(_simple("expected"), "share that leaders expect the others to give"),
    "expected_apart": Told(_simple("expected", spread=True), "how far they differ in that"),
    "agreed": Told(_simple("agreed"), "share of months with an agreed agenda"),
    "accepted": Told(_simple("accepted"), "share of leaders who accept the agenda"),
    "attended": Told(_simple("attended"), "share of leaders with a seat"),
    "trust": Told(_simple("trust"), "mean trust in single others"),
    "trust_apart": Told(_simple("trust", spread=True), "how far trust in single others differs"),
    "trust_change": Told(_simple("trust", change=True), "how much that trust changed between the dates"),
    "trust_kept": Told(_trust_kept, "how far who was trusted in the roster is trusted still (slope)"),
    "faith": Told(_simple("faith"), "mean trust in the others at large"),
    "faith_apart": Told(_simple("faith", spread=True), "how far leaders differ in that"),
    "faith_change": Told(_simple("faith", change=True), "how much that trust changed between the dates"),
    "tie_kept": Told(_ties(lambda named: named), "share of the roster's ties that are there still"),
    "tie_new": Told(_ties(lambda named: ~named), "share of other pairs that are tied now"),
    "tie_popular": Told(_ties(lambda named: ~named, _popularity), "how many attended to the partner of a new tie"),
    "tie_returned": Told(_ties(lambda named: ~named, _returned), "share of new ties that return one"),
    "met_each": Told(_met_each, "others that a leader met in a month"),
    "met_again": Told(_met_again, "share of meetings that happen again the next month seen"),
    "met_known": Told(_met_who(_known), "share of meetings between leaders tied in the roster"),
    "met_sector": Told(_met_who(_same_sector), "share of meetings within a sector"),
}  # fmt: skip
"""every summary there is, in the order of the report"""


def summarise(record: Record, observed: Observed) -> dict[str, np.ndarray]:
    """(B,) each summary of which something was seen."""
    return dict(_each(record, observed))


def _each(record: Record, observed: Observed) -> Iterator[tuple[str, np.ndarray]]:
    for name, told in SUMMARIES.items():
        found = told.take(record, observed)
        if found is not None:
            yield name, found
