"""What leaders, sectors, groups and issues are called. The state knows them by number only."""

import difflib
from dataclasses import dataclass
from functools import cached_property

from commonweal.errors import InputError
from commonweal.model.community.community import Community
from commonweal.model.community.people import People


@dataclass(frozen=True)
class Labels:
    """The names of one community, each tuple in the order of the state's numbers."""

    ids: tuple[str, ...]
    """n, each once"""
    names: tuple[str, ...]
    """n, the id where a roster gives no name"""
    sectors: tuple[str, ...]
    groups: tuple[str, ...]
    issues: tuple[str, ...]

    def place(self, who: str) -> int:
        """The number of the leader with this id, or else with this name.

        Raises InputError where there is none, or more than one of the name.
        """
        places = self._places.get(who, ())
        if len(places) == 1:
            return places[0]
        if places:
            ids = ", ".join(self.ids[place] for place in places)
            raise InputError(f"{who!r} is the name of {len(places)} leaders; say which by id: {ids}")
        close = difflib.get_close_matches(who, self._places, n=1) if isinstance(who, str) else []
        hint = f"did you mean {close[0]!r}?" if close else f"there are {len(self.ids)}, the first is {self.ids[0]!r}"
        raise InputError(f"{who!r} is no leader's id or name; {hint}")

    @cached_property
    def _places(self) -> dict[str, tuple[int, ...]]:
        places: dict[str, tuple[int, ...]] = {}
        for place, name in enumerate(self.names):
            places[name] = (*places.get(name, ()), place)
        return places | {each: (place,) for place, each in enumerate(self.ids)}


def labels(community: Community, people: People) -> Labels:
    """The names in a roster; `Leader 1`, `Group 1` and so on where there is none. Agrees with
    commonweal.model.community.populate.

    Raises InputError where the community's files cannot be used.
    """
    roster, n = community.roster(), community.size
    if roster is None:
        ids = names = tuple(f"Leader {number}" for number in range(1, n + 1))
        return Labels(ids, names, people.sectors, _numbered(people, n), people.issues)
    sectors, groups = people.sectors, _numbered(people, n)
    if roster.sectors:
        sectors = (*roster.sectors, *(("unknown",) if (roster.sector < 0).any() else ()))
    if roster.groups:
        groups = (*roster.groups, *(("unknown",) if (roster.group < 0).any() else ()))
    return Labels(roster.ids, roster.names, sectors, groups, roster.issues or people.issues)


def _numbered(people: People, n: int) -> tuple[str, ...]:
    return tuple(f"Group {number}" for number in range(1, min(people.groups or n, n) + 1))
