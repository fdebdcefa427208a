"""A fit from Python: worlds that look like your own community."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from commonweal.commands import _kernels
from commonweal.configuration.conf import session
from commonweal.fitting import fit as sizes
from commonweal.fitting.carry_out import carry_out, ready
from commonweal.fitting.folder import table_of
from commonweal.front.keywords import overrides
from commonweal.front.progress import progress, watched
from commonweal.front.town import Town
from commonweal.study.fitted import worlds


@dataclass(frozen=True)
class Fit:
    """What came of a fit, as its folder has it."""

    folder: Path

    @property
    def worlds(self) -> pd.DataFrame:
        """The accepted worlds, a row each: a column per number that is not known, and `weight`, which sums to 1."""
        return worlds(self.folder)

    @property
    def parameters(self) -> pd.DataFrame:
        """Per number the middle 95 % before and after, and by how much it was narrowed."""
        return table_of(self.folder, "parameters.csv")

    @property
    def alike(self) -> pd.DataFrame:
        """Per respect that was compared the community, the prior's worlds and the accepted ones."""
        return table_of(self.folder, "alike.csv")

    @property
    def effects(self) -> pd.DataFrame:
        """Per strategy what it adds to net welfare over the accepted worlds, MU per person and month."""
        return table_of(self.folder, "effects.csv")

    @property
    def worth(self) -> pd.DataFrame:
        """Per number and question what it would be worth to know it, MU per person and month."""
        return table_of(self.folder, "worth.csv")

    def __str__(self) -> str:
        return (self.folder / "report.md").read_text(encoding="utf-8")

    def __repr__(self) -> str:
        return f"<the fit in {self.folder}; print it for its report>"

    def _repr_html_(self) -> str:
        from commonweal.fitting.markup import body_of

        return body_of(str(self))


def fit(
    community: str | Path | Town,
    *,
    observed: str | Path | None = None,
    later: str | Path | None = None,
    month: int | None = None,
    mapping: str | Path | None = None,
    out: str | Path | None = None,
    quick: bool = False,
    **settings: Any,
) -> Fit:
    """Fit the model to your own community, as `commonweal fit` does.

    community: the folder of leaders.csv and ties.csv, a file, or what cw.roster read. observed: a log of months. later,
    month: ties as they were in a later month. mapping: which heading of the log is which column, and on which scale.
    out: the folder; the folder `fit` beside the leaders where it is None. quick: fewer worlds, for a look. settings:
    anything that conf has, a dot as two underscores; a number that is set is taken for known.
    Raises InputError, one sentence, as the command line does.
    """
    town = community if isinstance(community, Town) else None
    files = {"observed": observed, "later": later, "mapping": mapping, "out": out}
    if town is not None and out is None:
        files["out"] = Path(town.files["leaders_file"]).parent / "fit"
    with session(), progress() as notify:
        lines = overrides(settings | ({} if town is None else {"community": town}))
        asked = ready(
            None if town is not None else str(community), lines, sizes.QUICK if quick else sizes.USUAL, month=month,
            **{name: None if each is None else str(each) for name, each in files.items()},
        )  # fmt: skip
        _kernels.compile_model([asked.town.world()], not watched(), asked.town.options.workers)
        typed = ["commonweal", "fit", str(community), *lines]
        carry_out(asked, notify, typed)
    return Fit(asked.folder)
