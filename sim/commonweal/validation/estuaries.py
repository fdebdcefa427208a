"""Five estuaries (Berardo & Scholz 2010): who worked with whom, and how far they trusted, in 1999 and two years later.

The networks may not be committed: they are read from a folder. What they came to is known by moments, which may be; the
same moments are taken of communities that begin as the estuaries did and do without a programme for 24 months.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
import pandas as pd

from commonweal.errors import InputError
from commonweal.model import luck
from commonweal.model.community.community import Edges, Site
from commonweal.model.community.populate import populate
from commonweal.model.measures import MEASURES
from commonweal.model.round import begin, play
from commonweal.model.state import State
from commonweal.model.world import World
from commonweal.validation.experiments import SEED
from commonweal.validation.fits import Fit
from commonweal.validation.laboratory import changed, experiment
from commonweal.validation.reference import ESTUARIES, table
from commonweal.validation.rows import NAN, Row, Verdict, near

MONTHS: Final = 24
FITTED: Final = range(5)
"""the estuaries whose second wave is known"""
FILES: Final[dict[str, tuple[str, ...]]] = {
    "leaders.csv": ("estuary", "id", "side", "trust_1999"),
    "ties_1999.csv": ("estuary", "source", "target"),
}
POPULAR: Final = {"0": (0, 0), "1": (1, 1), "2-3": (2, 3), "4+": (4, 10**6)}
"""classes of how many others named somebody in 1999"""


class Estuary(NamedTuple):
    """n organisations around one estuary, as a community: populate asks for a roster, a size and ties."""

    size: int
    side: np.ndarray
    """(n,) 1 for government, 0 for others"""
    trust: np.ndarray
    """(n,) trust in the others in 1999, 0..1; nan where unknown"""
    named: np.ndarray
    """(n, n) bool, who named whom in 1999"""
    ids: tuple[str, ...]
    """what they are called"""

    def roster(self) -> None:
        """None: what is known is in the ties and their trust."""

    def wire(self, site: Site) -> Edges:
        """The ties of 1999 in every community, each trusted as its sender trusts."""
        source, target = np.nonzero(self.named)
        islands = len(site.run)
        first = np.repeat(np.arange(islands) * self.size, len(source))
        unknown = np.full(len(first), np.nan)
        return Edges(
            (np.tile(source, islands) + first).astype(np.int32),
            (np.tile(target, islands) + first).astype(np.int32),
            unknown,
            np.tile(self.trust[source], islands),
        )


class Later(NamedTuple):
    """What came of the estuaries in two years."""

    named: list[np.ndarray]
    """per estuary, (communities, n, n) bool"""
    before: np.ndarray
    """mean trust of each organisation that has ties at the start and at the end, all communities"""
    after: np.ndarray


def read_estuaries(folder: Path) -> list[Estuary]:
    """The five estuaries of a folder. Raises InputError, one sentence, where it does not hold them."""
    tables = {name: _table(folder, name, columns) for name, columns in FILES.items()}
    leaders, ties = tables["leaders.csv"], tables["ties_1999.csv"]
    found = []
    for number in FITTED:
        mine: Any = leaders[leaders["estuary"] == number].reset_index(drop=True)
        if len(mine) < 2:
            raise InputError(f"{folder / 'leaders.csv'} has no estuary {number}; the five fitted are numbered 0 to 4")
        row = {name: place for place, name in enumerate(mine["id"])}
        here = ties[ties["estuary"] == number]
        strange = [name for name in [*here["source"], *here["target"]] if name not in row]
        if strange:
            raise InputError(
                f"{folder / 'ties_1999.csv'} names {strange[0]} in estuary {number}, who is not among its leaders"
            )
        named = np.zeros((len(mine), len(mine)), bool)
        named[[row[name] for name in here["source"]], [row[name] for name in here["target"]]] = True
        np.fill_diagonal(named, False)
        side = (mine["side"] == "government").to_numpy().astype(np.int32)
        found.append(Estuary(len(mine), side, mine["trust_1999"].to_numpy(float), named, tuple(mine["id"])))
    return found


def _table(folder: Path, name: str, columns: tuple[str, ...]) -> pd.DataFrame:
    file = folder / name
    try:
        frame = pd.read_csv(file, dtype={"id": str, "source": str, "target": str})
    except (OSError, ValueError) as error:
        raise InputError(
            f"data={folder} does not hold the estuaries: {name} cannot be read ({error}); give the folder of the "
            "networks of Berardo & Scholz (2010), or leave data= out"
        ) from None
    missing = [column for column in columns if column not in frame]
    if missing:
        raise InputError(f"{file} has no column {missing[0]}; it must have {', '.join(columns)}")
    return frame


def two_years(of: World, estuaries: list[Estuary], communities: int, seed: int, months: int = MONTHS) -> Later:
    """Play each estuary so often without a programme. of: a world with two sectors, the sides."""
    named, before, after = [], [], []
    for estuary in estuaries:
        state, first = lived(of, estuary, luck.run_keys(seed, range(communities)), months)
        last = mean_trust(state)
        both = ~np.isnan(first) & ~np.isnan(last)
        before.append(first[both])
        after.append(last[both])
        named.append(named_in(state, estuary.size, communities))
    return Later(named, np.concatenate(before), np.concatenate(after))


def lived(of: World, estuary: Estuary, run: np.ndarray, months: int) -> tuple[State, np.ndarray]:
    """An estuary after some months without a programme, for each key of luck, and mean trust at the start, (L,)."""
    state = populate(estuary, of.people, of.scenario.conditions, run, of.game.team)  # pyright: ignore[reportArgumentType]
    _seat(state, np.tile(estuary.side, len(run)))
    begin(of, state)
    first, out = mean_trust(state), np.empty((len(run), len(MEASURES)))
    for month in range(1, months + 1):
        play(of, state, month, months, out)
    return state, first


def _seat(state: State, side: np.ndarray) -> None:
    """The sides take the place of the sectors that were drawn."""
    leaders, islands = state.leaders, state.islands
    leaders.sector[:] = side
    islands.members[:] = np.lexsort((side, leaders.island))
    counts = np.zeros((len(islands.run), islands.sector_start.shape[1] - 1), np.int64)
    np.add.at(counts, (leaders.island, side), 1)
    islands.sector_start[:, 1:] = islands.sector_start[:, :1] + counts.cumsum(axis=1)


def _senders(state: State) -> np.ndarray:
    return np.repeat(np.arange(len(state.leaders.key)), np.diff(state.ties.start))


def mean_trust(state: State) -> np.ndarray:
    """(L,) each leader's mean trust over ties; nan without ties."""
    there = state.ties.to >= 0
    source = _senders(state)[there]
    count = np.bincount(source, minlength=len(state.leaders.key))
    total = np.bincount(source, state.ties.trust[there], minlength=len(state.leaders.key))
    return np.where(count > 0, total / np.maximum(count, 1), np.nan)


def named_in(state: State, n: int, communities: int) -> np.ndarray:
    """(communities, n, n) bool, who attends to whom."""
    there = state.ties.to >= 0
    source, target = _senders(state)[there], state.ties.to[there]
    found = np.zeros((communities, n, n), bool)
    found[source // n, source % n, target % n] = True
    return found


def moments(estuaries: list[Estuary], later: Later) -> dict[str, float]:
    """The published moments of the communities that were played, by the names of experiments/reference/effects.csv."""
    counts: dict[str, list[float]] = {}
    for estuary, named in zip(estuaries, later.named, strict=True):
        for name, pairs in classes(estuary).items():
            total = counts.setdefault(name, [0.0, 0.0])
            total[0] += float(named[:, pairs].sum())
            total[1] += float(pairs.sum() * len(named))
    found = {name: there / of if of else float("nan") for name, (there, of) in counts.items()}
    found["trust change"] = float((later.after - later.before).mean())
    found["trust r"] = float(np.corrcoef(later.before, later.after)[0, 1])
    return found


def classes(estuary: Estuary) -> dict[str, np.ndarray]:
    """(n, n) which pairs each moment is about."""
    old, n = estuary.named, estuary.size
    new = ~old & ~np.eye(n, dtype=bool)
    indegree = old.sum(axis=0)[None, :]
    via = (old.astype(int) @ old.astype(int)) > 0
    same = estuary.side[:, None] == estuary.side[None, :]
    found = {"tie stays": old, "tie new": new}
    found |= {f"tie new, named by {name}": new & (indegree >= low) & (indegree <= high)
              for name, (low, high) in POPULAR.items()}  # fmt: skip
    found |= {"tie new, named one": new & old.T, "tie new, did not name one": new & ~old.T}
    found |= {"tie stays, mutual": old & old.T, "tie stays, one way": old & ~old.T}
    found |= {"tie new, two-path": new & via, "tie new, no two-path": new & ~via}
    return found | {"tie new, same side": new & same, "tie new, other side": new & ~same}


def shape(named: list[np.ndarray]) -> tuple[float, float]:
    """Mean number named, and the share of names that are mutual."""
    names = sum(float(each.sum()) for each in named)
    leaders = sum(each.shape[0] * each.shape[1] for each in named)
    mutual = sum(float((each & each.transpose(0, 2, 1)).sum()) for each in named)
    return names / leaders, mutual / names


def world(values: Mapping[str, float] | None = None) -> World:
    """The field's people with the estuaries' two sides for sectors."""
    return changed(experiment(), {"people.sectors": ("government", "other")} | dict(values or {}))


def beside(estuaries: list[Estuary], later: Later) -> dict[str, Fit]:
    """Every moment beside the published one."""
    told, found = table(ESTUARIES).set_index("name"), moments(estuaries, later)
    return {
        name: Fit(*(np.array([each]) for each in (told.loc[name, "value"], value, told.loc[name, "error"])))
        for name, value in found.items()
    }


def estuary_rows(folder: Path, communities: int) -> Iterator[Row]:
    """The estuaries two years on, and ten: each moment, and the shape of the networks."""
    source, estuaries = "berardo_scholz_2010", read_estuaries(folder)
    later = two_years(world(), estuaries, communities, SEED)
    for name, each in beside(estuaries, later).items():
        published, simulated, error = float(each.published[0]), float(each.simulated[0]), float(each.error[0])
        tolerance = {"tie stays": 0.1, "trust change": 0.06, "trust r": 0.17}.get(name, 0.0)
        yield near("calibrated", f"estuaries: {name}", source, published, simulated, 1.96 * error, "share", tolerance)
    began = shape([estuary.named[None] for estuary in estuaries])
    ten = shape(two_years(world(), estuaries, communities, SEED, 120).named)
    for what, first, last, unit in zip(
        ("names per leader", "share mutual"), began, ten, ("ties", "share"), strict=True
    ):
        verdict: Verdict = "reproduced" if 0.5 <= last / first <= 2 else "missed"
        said = "after ten years without a programme; must be within a factor of two"
        yield Row("predicted", f"estuaries: {what}", source, first, last, NAN, NAN, unit, verdict, said)
