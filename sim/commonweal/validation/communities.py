"""Communities that live or die, and trust that follows deeds: what the second model must do, with its standard errors.

Five years of communities of the field's people in calm, unless said otherwise; pairs meet the same luck.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

import numpy as np

from commonweal.model.measures import MEASURES
from commonweal.model.strategies import STRATEGIES
from commonweal.validation.experiments import SEED
from commonweal.validation.fits import COOPERATOR, FREE_RIDER
from commonweal.validation.laboratory import Behaviour, behaviour, changed, experiment
from commonweal.validation.patterns import across_leaders, grown
from commonweal.validation.planner import worth_of_the_best_agenda
from commonweal.validation.rows import NAN, Row, Verdict

MONTHS: Final = 60
YEAR: Final = 12
AGREED: Final[Mapping[str, Any]] = {"people.reservation": 0.0, "people.reservation_spread": 0.0}
"""nobody refuses an agenda"""


def beyond(
    target: str, value: float, error: float, least: float, unit: str, note: str = "", most: float = np.inf
) -> Row:
    """A number that must lie above `least` (and below `most`): reproduced if it does. error: its standard error."""
    verdict: Verdict = "reproduced" if least < value < most else "missed"
    high = most if np.isfinite(most) else NAN
    said = f"must be above {least:g}" + (f" and below {most:g}" if np.isfinite(most) else "")
    return Row(
        "community",
        target,
        "by definition",
        NAN,
        value,
        least,
        high,
        unit,
        verdict,
        f"{said}; {note}" if note else said,
        error,
    )


def mean_of(values: np.ndarray) -> tuple[float, float]:
    """The mean over communities and its standard error."""
    return float(values.mean()), float(values.std(ddof=1) / len(values) ** 0.5)


def last_year(play: Behaviour, measure: str = "cooperation") -> np.ndarray:
    """(communities,) the mean of a measure over the fifth year."""
    return play.measures[-YEAR:, :, list(MEASURES).index(measure)].mean(axis=0)


def field(communities: int, *overrides: str, **values: Any) -> Behaviour:
    """Communities of the field's people over five years."""
    named = {name.replace("__", "."): value for name, value in values.items()}
    return behaviour(changed(experiment(*overrides), named), communities, SEED, MONTHS)


def communities(n: int) -> Iterator[Row]:
    """Every row; n communities each."""
    base = field(n)
    yield from alive(n, base)
    yield from trusting(n, base)
    yield from disagreeing(n, base)
    yield from serving(n, base)


def alive(n: int, base: Behaviour) -> Iterator[Row]:
    """Cooperation that can live or die."""
    giving = last_year(base)
    yield beyond("giving with nothing done, fifth year in calm", *mean_of(giving), 0.25, "share")
    still = last_year(field(n, choose__noise=0.0)) - giving
    yield beyond("the same without noise, less with it", *mean_of(still), -0.05, "share", most=0.05)
    gifts = base.gift[-YEAR:].mean(axis=0)
    kinds = [gifts[base.kind == kind] for kind in (FREE_RIDER, COOPERATOR)]
    ratio = float(kinds[0].mean() / kinds[1].mean())
    error = ratio * float(np.hypot(*(each.std() / each.mean() / len(each) ** 0.5 for each in kinds)))
    yield beyond("gifts of free riders over those of conditional cooperators", ratio, error, 0.0, "ratio", most=0.5)
    few, many = (last_year(field(n, people__belief=belief)) for belief in (0.2, 0.8))
    yield beyond(
        "giving after beliefs of .8 less after .2 at the start, fifth year", *mean_of(many - few), 0.1, "share"
    )
    for name, dose in (("a match of 1", {"strategy.match": 1.0}), ("grants of a tenth to who gives a half",
                       {"strategy.grant": 0.1, "strategy.standard": 0.5})):  # fmt: skip
        nothing = dict.fromkeys(("strategy.recognition", "strategy.match", "strategy.grant"), 0.0)
        of = changed(experiment("strategy=incentives"), nothing | dose)
        more = last_year(behaviour(of, n, SEED, MONTHS)) - giving
        yield beyond(f"{name} moves giving", *mean_of(more), 0.0, "share", "the convener does nothing else")
    low, high = (last_year(field(n, "game=threshold", game__provision=part)) for part in (0.2, 0.4))
    yield beyond("giving at a provision point of .4 less at .2", *mean_of(high - low), 0.0, "share")


def trusting(n: int, base: Behaviour) -> Iterator[Row]:
    """Trust that follows deeds, and is acted on."""
    state, _ = grown("community=small_world", n)
    yield beyond("r of trust in ties and giving, within communities", across_leaders(state), n**-0.5 / 5, 0.0, "r")
    plays = {name: field(n, f"strategy={name}") for name in ("laissez_faire", *STRATEGIES)}
    ends = np.array([[last_year(play, each).mean() for each in ("trust", "cooperation")] for play in plays.values()])
    r = float(np.corrcoef(ends[:, 0], ends[:, 1])[0, 1])
    yield beyond("r of trust and giving, across strategies", r, NAN, 0.0, "r", f"{len(ends)} strategies")
    for kept, sign, name in (
        (1.0, 1, "raises trust where promises are kept"),
        (0.0, -1, "lowers it where they are not"),
    ):
        talk = changed(
            experiment("strategy=communication", "strategy.channel=face_to_face"),
            {"people.promise_keeping": kept, "people.promise_keeping_spread": 0.0},
        )
        none = changed(talk, {"strategy.channels.face_to_face.pledges": 0.0})
        given, silent = (last_year(behaviour(of, n, SEED, MONTHS), "trust") for of in (talk, none))
        note = "all of communication against all of it but pledges"
        yield beyond(f"pledging {name}", *mean_of(sign * (given - silent)), 0.0, "share", note)
    little, much = (last_year(field(n, people__trust=trust, **_named(AGREED))) for trust in (0.3, 0.7))
    yield beyond(
        "giving with trust of .7 less .3 at the start, fifth year, agreement forced",
        *mean_of(much - little),
        0.05,
        "share",
    )
    yield from broken(n, base)


def broken(n: int, base: Behaviour) -> Iterator[Row]:
    """Broken trust regains half of what was lost under some strategy, and not under doing nothing."""
    whole = last_year(base, "trust").mean()
    back = {}
    for name in ("laissez_faire", *STRATEGIES):
        play = field(n, f"strategy={name}", "scenario=broken_trust")
        start = play.measures[0, :, list(MEASURES).index("trust")].mean()
        back[name] = float((last_year(play, "trust").mean() - start) / (whole - start))
    nothing = back.pop("laissez_faire")
    best = max(back, key=lambda name: back[name])
    yield beyond("share of broken trust regained in five years, best strategy", back[best], NAN, 0.5, "share", best)
    yield beyond("share of broken trust regained with nothing done", nothing, NAN, -1.0, "share", most=0.5)


STEPS: Final = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
"""of polarisation"""
LONG: Final = 240
"""rounds in which no community may be without an official agenda throughout"""


def disagreeing(n: int, base: Behaviour) -> Iterator[Row]:
    """Disagreement that matters everywhere, and locks nobody in."""
    plays = [field(n, "scenario=polarised", scenario__conditions__polarisation=step) for step in STEPS]
    falls = -np.diff([last_year(play, "welfare_net").mean() for play in plays])
    yield beyond(
        "largest step of net welfare in polarisation from 0 to 1 by .2, as a share of the whole fall",
        float(falls.max() / falls.sum()), NAN, 0.0, "share", most=0.5,
    )  # fmt: skip
    clear = {f"strategy.channels.face_to_face.{name}": 0.0 for name in ("talks", "reach", "pledges")}
    clear |= {"strategy.mediation": 0.0, "strategy.mediation_in_deadlock": 0.0}
    for step in (0.4, 0.8):
        split = {"scenario.conditions.polarisation": step}
        of = changed(experiment("strategy=communication", "scenario=polarised"), clear | split)
        more = behaviour(of, n, SEED, MONTHS).measures - plays[STEPS.index(step)].measures
        agreed = more[:, :, list(MEASURES).index("agreement")].mean(axis=0)
        yield beyond(
            f"clarity alone: rounds with an official agenda, polarisation {step:g}", *mean_of(agreed), -0.01, "share"
        )
    one = last_year(field(n, people__service=0.0, people__priority_spread=0.0)) - last_year(base)
    yield beyond("giving where all want the same, less with differing priorities", *mean_of(one), 0.05, "share")
    torn = changed(experiment("scenario=polarised"), {"scenario.conditions.polarisation": 1.0})
    agreed = behaviour(torn, max(n // 5, 2), SEED, LONG).measures[:, :, list(MEASURES).index("agreement")]
    locked = float((agreed.max(axis=0) == 0).mean())
    yield beyond(
        f"communities without an official agenda in {LONG} rounds, polarisation 1",
        locked,
        NAN,
        -1.0,
        "share",
        most=0.001,
    )


def serving(n: int, base: Behaviour) -> Iterator[Row]:
    """What is provided matters, and to whom."""
    none = dict.fromkeys((f"people.marginalised_{name}" for name in ("endowment", "standing", "seat")), 1.0)
    better = last_year(field(n, **_named(none)), "marginalised_welfare") - last_year(base, "marginalised_welfare")
    yield beyond(
        "welfare of marginalised groups where nothing marginalises them, less as it is", *mean_of(better), 0.05, "MU"
    )
    yield beyond("worth of a planner's best agenda, in calm", *mean_of(worth_of_the_best_agenda(n)), 0.03, "MU")


def _named(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name.replace(".", "__"): value for name, value in values.items()}
