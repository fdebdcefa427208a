# ---
# jupyter:
#   commonweal:
#     reads: []
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
# ---

# %% [markdown]
# # Do the intervals of a fit hold what they say?
#
# Towns whose numbers are known, because the model made them, are fitted as `commonweal fit` fits a community.
# `experiments/fit_calibration/plan.md` says which towns, and what counts as calibrated.

# %%
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pandas as pd
from IPython.display import Markdown, display

from commonweal.configuration.conf import session
from commonweal.configuration.places import community_of
from commonweal.figures.panels import panels
from commonweal.figures.style import CYCLE, FAINT, styled
from commonweal.fitting.fit import Size
from commonweal.fitting.proof import everything, prove
from commonweal.fitting.town import town_of
from commonweal.report.sentences import percent
from commonweal.roster import write_template
from commonweal.study.parts import Parts

# %% tags=["parameters"]
towns = 200
months = 12  # observed
first = 3000  # worlds of the first wave, the same for all towns
later = 100  # worlds of the later one, each town's own
worlds = 300  # accepted worlds of equal weight
workers = 1

# %% [markdown]
# ## What it says

# %% tags=["conclusion"]
with TemporaryDirectory() as scratch, session():
    place = Path(scratch)
    write_template(place)
    for name, columns in (("leaders", ["id", "sector"]), ("ties", ["source", "target", "trust"])):
        table = pd.read_csv(place / f"{name}.csv")
        table[[each for each in columns if each in table]].to_csv(place / f"{name}.csv", index=False)
    (place / "groups.csv").unlink()
    town = town_of([*community_of(scratch), f"workers={workers}"])
    size = Size(first=first, later=later, waves=1, worlds=worlds)
    seen = everything(len(town.roster().ids), months)
    proof = prove(town, seen, size, towns, Parts(place, "proof", ".npy"), lambda *_: None)
table = proof.frame().sort_values("narrowed", ignore_index=True)
most = table.head(25)
summary = pd.DataFrame(
    {
        "numbers": [len(table), len(most)],
        "intervals that hold": [table["covered"].mean(), most["covered"].mean()],
        "worst": [table["covered"].min(), most["covered"].min()],
        "best": [table["covered"].max(), most["covered"].max()],
        "outside the band": [int((~table["within"]).sum()), int((~most["within"]).sum())],
    },
    index=["all numbers", "the twenty-five narrowed most"],
)
calibrated = summary["intervals that hold"].between(0.93, 0.97).all() and table["within"].all()
one_by_one, outside = table["covered"], int((~table["within"]).sum())
display(
    Markdown(
        f"{'Calibrated' if calibrated else 'Not calibrated'}, as the plan has it: of the 95 % intervals of "
        f"{len(table)} numbers in {towns} towns whose numbers are known, {100 * one_by_one.mean():.1f} % hold the "
        f"number that was true, and {100 * most['covered'].mean():.1f} % of those of the {len(most)} numbers that the "
        f"log of {months} months narrows most. Number by number it is {100 * one_by_one.min():.1f} to "
        f"{100 * one_by_one.max():.1f} %; {outside or 'none'} of them {'lies' if outside < 2 else 'lie'} outside the "
        f"band of {100 * table['low'].iloc[0]:.1f} to {100 * table['high'].iloc[0]:.1f} % that luck alone would leave. "
        f"Narrowed most is {most['parameter'].iloc[0]}, to {percent(most['narrowed'].iloc[0])} of the spread it had "
        f"before; to less than 90 % are {int((table['narrowed'] < 0.9).sum())} of the {len(table)} numbers."
    )
)

# %%
with styled():
    figure, (left, right) = panels(
        2, 2, 2.9, 2.2, "Ranks of true numbers among accepted worlds, and what intervals hold",
        f"Left: {towns * len(table):,} ranks in twenty classes; dashed: even. Right: each number's share of 95 % "
        "intervals that hold it, by how much it is narrowed; grey: the band that holds all in 95 of 100 proofs.",
        left=0.6, bottom=0.5, across=0.75,
    )  # fmt: skip
    left.hist(proof.ranks.ravel(), bins=np.linspace(0, 1, 21), color=CYCLE[0], density=True)
    left.axhline(1.0, color=FAINT, linestyle="--", linewidth=1)
    left.set(xlabel="share of accepted worlds below", ylabel="density")
    right.axhspan(table["low"][0], table["high"][0], color=FAINT, alpha=0.2, linewidth=0)
    right.scatter(table["narrowed"], table["covered"], s=9, color=CYCLE[0])
    right.axhline(0.95, color=FAINT, linestyle="--", linewidth=1)
    right.set(xlabel="spread after, as a share of the prior's", ylabel="share of intervals that hold")
display(figure)

# %% [markdown]
# Left, where a town's own number lies among its accepted worlds, of all numbers and towns: even is right; a hill would
# be intervals that are too wide, a valley such as are too narrow, a slope a bias.

# %% [markdown]
# ## Coverage

# %%
display(summary.round(4))

# %% [markdown]
# The numbers that are narrowed most: the share of intervals that hold, and the spread of the accepted worlds as a share
# of the prior's.

# %%
display(most[["parameter", "covered", "narrowed", "low", "high"]].round(3))
