"""Communities whose leaders and ties are known: a roster, repeated for every replicate."""

from abc import abstractmethod
from dataclasses import replace
from functools import lru_cache
from typing import Any, Final, Self

import numpy as np
from pydantic import PrivateAttr

from commonweal.model import luck
from commonweal.model.community.community import Community, Edges, Site
from commonweal.roster import Roster

PER_LEADER: Final = (
    "sector", "group", "endowment", "standing", "slope", "intercept", "promise_keeping", "belief", "reservation",
    "seated", "priorities",
)  # fmt: skip
"""arrays of a roster with a row per leader"""


class CommunityOfRoster(Community):
    """A community given by a roster, read once. What the roster leaves open is drawn anew in each replicate."""

    _roster: Roster = PrivateAttr()

    def model_post_init(self, context: Any) -> None:
        self._roster = canonical(self.read())

    @abstractmethod
    def read(self) -> Roster:
        """The roster, in any order of rows."""

    @property
    def size(self) -> int:
        return len(self._roster.ids)

    def roster(self) -> Roster:
        return self._roster

    def without(self, leader: int) -> Self:
        """The same community without a leader, by their number, and without their ties."""
        roster, stay = self._roster, np.arange(self.size) != leader
        place = np.cumsum(stay) - 1
        ties = stay[roster.source] & stay[roster.target]
        smaller = self.model_copy()
        smaller._roster = replace(
            roster,
            ids=tuple(name for name, stays in zip(roster.ids, stay, strict=True) if stays),
            names=tuple(name for name, stays in zip(roster.names, stay, strict=True) if stays),
            source=place[roster.source[ties]],
            target=place[roster.target[ties]],
            strength=roster.strength[ties],
            trust=roster.trust[ties],
            **{name: getattr(roster, name)[stay] for name in PER_LEADER},
        )
        return smaller

    def wire(self, site: Site) -> Edges:
        roster, communities = self._roster, len(site.run)
        offset = np.arange(communities, dtype=np.int32)[:, None] * np.int32(site.leaders)
        return Edges(
            (roster.source.astype(np.int32) + offset).ravel(),
            (roster.target.astype(np.int32) + offset).ravel(),
            np.tile(roster.strength, communities),
            np.tile(roster.trust, communities),
        )


def keys(ids: tuple[str, ...]) -> np.ndarray:
    """(n,) uint64: the identity of each leader."""
    return np.array([luck.identity(name) for name in ids], np.uint64)


@lru_cache(maxsize=8)
def canonical(roster: Roster) -> Roster:
    """The same roster with leaders in the order of their identities and ties sorted.

    So the order of rows in a file changes nothing: every loop of the model meets leaders in this order.
    """
    order = np.argsort(keys(roster.ids), kind="stable")
    place = np.empty_like(order)
    place[order] = np.arange(len(order))
    source, target = place[roster.source], place[roster.target]
    ties = np.lexsort((target, source))
    return replace(
        roster,
        ids=tuple(roster.ids[i] for i in order),
        names=tuple(roster.names[i] for i in order),
        source=source[ties],
        target=target[ties],
        strength=roster.strength[ties],
        trust=roster.trust[ties],
        **{name: getattr(roster, name)[order] for name in PER_LEADER},
    )
