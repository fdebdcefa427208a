"""A fit from question to folder: worlds, how alike they are, what strategies bring in them, what to ask next."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
import pandas as pd
from scipy.special import ndtri

from commonweal.advice import why
from commonweal.configuration.places import community_of
from commonweal.errors import InputError
from commonweal.fitting import folder as place
from commonweal.fitting.adjust import quantiles
from commonweal.fitting.alike import INTERVAL, alike
from commonweal.fitting.batches import Notify
from commonweal.fitting.fit import USUAL, Fitted, Size, fit, identity_of
from commonweal.fitting.future import future
from commonweal.fitting.markup import as_html
from commonweal.fitting.observed import Observed, observe, refuse_unpaired
from commonweal.fitting.prior import Prior
from commonweal.fitting.report import Told, as_markdown
from commonweal.fitting.rivals import rivals
from commonweal.fitting.town import Town, town_of
from commonweal.fitting.worth import worth
from commonweal.harmless import cells
from commonweal.roster.mapping import read_mapping
from commonweal.study.fitted import leaders_digest
from commonweal.study.folder import locked
from commonweal.study.provenance import origin
from commonweal.units import told_in, units_of

ENDS: Final = ndtri(np.array(INTERVAL))
"""where the ends and the middle of the prior's interval lie"""


@dataclass
class _Clock:
    """One progress over all stages, in worlds played through the months that were observed."""

    notify: Notify
    stages: dict[str, tuple[int, float]]
    """worlds of each stage, and what one of them costs"""
    passed: float = 0.0

    def __call__(self, what: str, done: int, total: int) -> None:
        stages = list(self.stages)
        at = next((number for number, each in enumerate(stages) if what.startswith(each)), 0)
        before = sum(count * cost for count, cost in list(self.stages.values())[:at])
        whole = sum(count * cost for count, cost in self.stages.values())
        self.notify(what, round(before + done * self.stages[stages[at]][1]), round(whole))


class Asked(NamedTuple):
    """What is to be fitted, and where to."""

    town: Town
    observed: Observed
    folder: Path
    size: Size


def ready(
    community: str | None, overrides: Sequence[str] = (), size: Size = USUAL, *, observed: str | None = None,
    later: str | None = None, month: str | int | None = None, mapping: str | None = None, out: str | None = None,
) -> Asked:  # fmt: skip
    """What a fit is asked for, read and found to be possible; within a session. Nothing is written. Raises InputError.

    community: a folder or a file; None where overrides choose it. size: how much is played.
    """
    if month is not None and not str(month).isdecimal():
        raise InputError(f"month is {month}; write the whole number of the month of later=, such as 24")
    refuse_unpaired(later, None if month is None else int(month))
    town = town_of([*(community_of(community) if community is not None else []), *overrides])
    files = {name: None if each is None else Path(each).expanduser() for name, each in
             (("log", observed), ("later", later))}  # fmt: skip
    seen = observe(
        town.roster(), **files, month=None if month is None else int(month),
        mapping=None if mapping is None else read_mapping(Path(mapping).expanduser()),
        directed=bool(getattr(town.world().community, "directed", False)),
    )  # fmt: skip
    asked = Asked(town, seen, _folder_of(community, out), size)
    place.look(asked.folder, identity_of(town, seen, asked.size), town.options.fresh)
    return asked


def _folder_of(community: str | None, out: str | None) -> Path:
    """out=, or the folder `fit` beside the leaders."""
    if out is not None:
        return Path(out).expanduser()
    if community is None:
        return Path("results") / "fit"
    place = Path(community).expanduser()
    return (place if place.is_dir() else place.parent) / "fit"


def carry_out(asked: Asked, notify: Notify, command: Sequence[str] = ()) -> dict[str, Any]:
    """Fit a town, and write what came of it into a folder; its manifest.

    What a stopped fit left is gone on with; where all is there as it was written, in these units, nothing is touched.
    Raises InputError where the folder cannot be used.
    """
    town, observed, folder, size = asked
    fresh, identity = town.options.fresh, identity_of(town, observed, size)
    place.look(folder, identity, fresh)  # before the lock, whose file is a trace
    try:
        with locked(folder):
            manifest = place.look(folder, identity, fresh)
            if manifest is not None and place.whole(folder, manifest) and units_of(manifest) == town.units:
                return manifest
            about = origin(command) | {"seed": town.seed, "rounds": town.rounds, "size": size._asdict(),
                                       "months": observed.months, "parameters": len(town.prior.unknown),
                                       "leaders": leaders_digest(town.roster().ids)}  # fmt: skip
            about |= {"units": town.units._asdict()} if town.units.money else {}
            parts = place.begin(folder, identity, about, fresh)
            place.finish(folder, _tables(town, observed, size, parts, _Clock(notify, _stages(town, observed, size))))
    except OSError as error:
        raise InputError(
            f"{folder} cannot be written: {why(error)}; what was finished is kept: mend that, then give the same "
            "command again"
        ) from None
    return place.read_manifest(folder) or {}


def _stages(town: Town, observed: Observed, size: Size) -> dict[str, tuple[int, float]]:
    """What is done one after the other."""
    months = max(observed.months, 1)
    waves = {f"wave {number + 1}": (size.later if number else size.first, 1.0) for number in range(size.waves + 1)}
    again = {"holding": (size.future, 1.0)}
    ahead = {"playing": (size.future, 1.5 * len(town.strategies) * town.rounds / months)}
    return (waves | again if observed.months or observed.dates else {}) | ahead


def _tables(town: Town, observed: Observed, size: Size, parts: Any, notify: Notify) -> dict[str, bytes]:
    """All that is written, by name."""
    fitted = fit(town, observed, size, parts, notify)
    alike_table = alike(town, observed, fitted, size, parts, notify)
    ahead = future(town, fitted.accepted, size, parts, notify)
    value = worth(ahead, town.strategies, town.prior)
    parameters = parameters_of(town.prior, fitted)
    told = Told(
        town.roster(), observed, fitted, parameters, alike_table, value, rivals(ahead, town.strategies, town.prior),
        town.rounds,
    )  # fmt: skip
    with told_in(town.units):
        text = as_markdown(told)
    return {
        place.WORLDS: place.as_parquet(town.prior.frame(fitted.accepted.normal), fitted.accepted.weight),
        "parameters.csv": _csv(parameters), "alike.csv": _csv(alike_table), "worth.csv": _csv(value.table),
        "effects.csv": _csv(value.effects), "report.md": text.encode(), "report.html": as_html(text).encode(),
    }  # fmt: skip


def parameters_of(prior: Prior, fitted: Fitted) -> pd.DataFrame:
    """A row per parameter: name, words, conf's value, middle 95 % before and after, and by how much it is narrower.

    narrower: the share of the prior's interval that the accepted worlds' interval is shorter by, in the places between
    the bounds; 0 where it is not.
    """
    normal, weight = prior.places(fitted.accepted.normal), fitted.accepted.weight
    after = quantiles(normal, weight, INTERVAL)
    narrower = 1 - (after[2] - after[0]) / np.ptp(ENDS)
    rows = []
    for at, each in enumerate(prior.unknown):
        before = prior.at_places(at, ENDS)
        rows.append({
            "name": each.name, "words": each.meaning, "value": each.value, "prior_low": before[0],
            "prior_middle": before[1], "prior_high": before[2],
            **dict(zip(("low", "middle", "high"), prior.at_places(at, after[:, at]), strict=True)),
            "narrower": max(float(narrower[at]), 0.0), "contested": each.contested,
        })  # fmt: skip
    return pd.DataFrame(rows)


def _csv(frame: pd.DataFrame) -> bytes:
    return cells(frame).to_csv(index=False, float_format="%.6g").encode()
