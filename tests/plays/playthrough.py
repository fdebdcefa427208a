"""A play: what six leaders do for four months under a strategy, written out to be read and played again.

`python tests/plays/playthrough.py` writes the plays of all strategies anew; do so when numbers are meant to move, and
read the difference before it is committed.
"""

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from worlds import STRATEGIES, condition  # noqa: E402

from commonweal.agents.cooperation import Cooperation, Leader  # noqa: E402
from commonweal.model.levers import Levers  # noqa: E402

LEADERS, ROUNDS, SCENARIO = 6, 4, "polarised"


def playthrough(strategy: str) -> str:
    """The play of a strategy, a line for every leader and round."""
    model = Cooperation(condition(strategy, SCENARIO, "community.degree=4", leaders=LEADERS), rounds=ROUNDS)
    issues = model.labels.issues
    lines = [f"{strategy} among {LEADERS} leaders, {SCENARIO}, seed 1, replicate 0", "", "before the first round"]
    for one in model.leaders:
        seat = "has a seat" if one.invited else "has no seat"
        lines.append(
            f"  {one.name} of {one.sector} serves {one.group}, {seat}, wants {_division(one.priorities, issues)}; "
            f"endowment {one.endowment:.1f} MU, standing {one.standing:.3f}, believes {one.belief:.3f}"
        )
        lines += [f"    attends {tie.other.name}: {tie.strength:.3f}, trusts {tie.trust:.3f}" for tie in one.ties]
    for _ in range(ROUNDS):
        model.step()
        lines += ["", *_round(model, issues)]
    return "\n".join(lines) + "\n"


def _round(model: Cooperation, issues) -> list[str]:
    now = model.measures
    state = model.state.islands
    verdict = "agreed" if state.agreed[0] else "deadlock"
    return [
        f"round {model.round}",
        f"  levers: {_set(model.levers)}",
        f"  agenda: {_division(state.agenda[0], issues)}, {verdict}",
        *(_deeds(one) for one in model.leaders),
        *(f"  {name}: {now[name]:.4f}" for name in ("cooperation", "welfare", "welfare_net", "worst_off", "trust")),
        f"  spend: {now['spend']:.3f} MU per leader, of it money {now['money']:.3f}",
    ]


def _set(levers: Levers | None) -> str:
    there = {} if levers is None else {name: value for name, value in levers._asdict().items() if value}
    return ", ".join(f"{name} {value:g}" for name, value in there.items()) or "none"


def _deeds(one: Leader) -> str:
    table = "accepts" if one.accepts else "refuses"
    told = f", pledges {one.pledge:.3f}" if one.pledged else ""
    first = ", first" if one.exemplar else ""
    return (
        f"  {one.name}: {'at' if one.seated else 'not at'} the table, {table} (overlap {one.overlap:.3f}){told}; "
        f"gives {one.contribution:.3f}{first}, payoff {one.payoff:.1f} MU; believes {one.belief:.3f}"
    )


def _division(shares, issues) -> str:
    return " ".join(f"{issue} {share:.3f}" for issue, share in zip(issues, shares, strict=True))


if __name__ == "__main__":
    for name in STRATEGIES:
        (HERE / f"{name}.txt").write_text(playthrough(name))
