"""That work on speed changes no number: a hash of every bit of many short runs, kept and compared.

python -m benchmarks.numbers keep FILE       before the change
python -m benchmarks.numbers compare FILE    after it; exit code 1 where a run differs, and which

Every strategy in every scenario, every alternative of every group of conf with levers neutral and all at work,
teams, events, budgets and larger communities; of each the measures of every round and the whole state at the end.
"""

import hashlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from benchmarks.worlds import world
from commonweal.files import shipped
from commonweal.model import luck
from commonweal.model.community.populate import populate
from commonweal.model.measures import MEASURES
from commonweal.model.round import begin, play
from commonweal.model.tape import tape_of
from commonweal.model.world import World

ROUNDS = 12
REPLICATES = 3
OWN_SIZE = ("florentine_families", "davis_clubs")
GROUPS = ("talk", "decision_rule", "game", "trust", "calibration", "community", "meet", "pledge", "agree", "incentives")
BUSY = "strategy=all"
SOON = ("scandal=2", "cut=3", "crisis=4", "crisis_rounds=3", "crisis_issue=1", "arrival=5", "turnover=0.1")


def names(group: str) -> list[str]:
    """The files of a group of conf."""
    return sorted(path.stem for path in (shipped("conf") / group).glob("*.yaml"))


def conditions() -> Iterator[tuple[str, ...]]:
    """Overrides of every run that is compared."""
    few = "community.leaders=13"
    for strategy in names("strategy"):
        for scenario in names("scenario"):
            yield few, f"strategy={strategy}", f"scenario={scenario}"
    for strategy in ("strategy=laissez_faire", BUSY):
        for group in GROUPS:
            for name in names(group):
                if name != "roster":
                    yield f"{group}={name}", strategy, *([] if name in OWN_SIZE else [few])
        for game in names("game"):
            yield few, strategy, f"game={game}", "game.team=4", "game.strangers=true"
        yield few, strategy, *(f"scenario.events.{event}" for event in SOON)
        yield few, strategy, "convener.budget=200"
        yield few, strategy, "people.issues=[one,two,three,four,five,six,seven]"
        yield few, strategy, "people.issues=[only]", "people.common_interest=true"
        yield "community.leaders=400", "community.degree=10", strategy
        yield "community=scale_free", "community.leaders=150", strategy, "scenario=turnover"


def played(of: World) -> str:
    """A hash of every measure of every round and of the whole state after the last."""
    run = luck.run_keys(7, range(REPLICATES))
    state = populate(of.community, of.people, of.scenario.conditions, run, of.game.team)
    begin(of, state)
    tape_of(of, state).before = 2  # so that most rounds are played from what was recorded, as in a long run
    digest = hashlib.blake2b(digest_size=12)
    out = np.full((len(run), len(MEASURES)), np.nan)
    for round_ in range(1, ROUNDS + 1):
        play(of, state, round_, ROUNDS, out)
        digest.update(out.tobytes())
    there = state.ties.to >= 0
    for array in (state.leaders.belief, state.leaders.priorities, state.leaders.payoff, state.leaders.contribution):
        digest.update(np.ascontiguousarray(array).tobytes())
    for array in (state.ties.to, state.ties.strength[there], state.ties.trust[there]):
        digest.update(array.tobytes())
    return digest.hexdigest()


def main(what: str, file: str) -> int:
    """Keep the hashes in a file, or compare them with those in it."""
    found = {" ".join(overrides): played(world(*overrides)) for overrides in conditions()}
    if what == "keep":
        Path(file).write_text(json.dumps(found, indent=1) + "\n")
        print(f"{len(found)} runs kept in {file}")
        return 0
    kept = json.loads(Path(file).read_text())
    differing = sorted(name for name in kept.keys() | found.keys() if kept.get(name) != found.get(name))
    print("\n".join([f"differs: {name}" for name in differing] + [f"{len(found)} runs, {len(differing)} differ"]))
    return 1 if differing else 0


if __name__ == "__main__":
    if len(sys.argv) != 3 or sys.argv[1] not in ("keep", "compare"):
        sys.exit("usage: python -m benchmarks.numbers keep|compare FILE")
    sys.exit(main(*sys.argv[1:]))
