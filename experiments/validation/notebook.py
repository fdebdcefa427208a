# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     name: python3
# ---

# %% [markdown]
# # Validation
#
# What the model reproduces, what it misses, and what its answer rests on. `commonweal validate out=DIR` writes the same
# table; [plan.md](plan.md) says what was to be compared before it was.

# %%
import os
from pathlib import Path

import pandas as pd
from IPython.display import display

from sim.composition import session
from sim.validation import figures, report

here = Path(os.environ.get("COMMONWEAL_VALIDATION", "."))
size = report.QUICK if os.environ.get("COMMONWEAL_QUICK") else report.FULL
with session():
    rows = list(report.measured(size, print))
table = report.frame(rows)
print(report.summary(rows))

# %% [markdown]
# ## Theory, evidence, signs, patterns

# %%
pd.set_option("display.max_rows", 200, "display.max_colwidth", 80)
for kind, part in table.groupby("kind", sort=False):
    if kind != "assumed":
        display(part.drop(columns=["kind", "note"]))

# %% [markdown]
# ## Published points over simulated bands

# %%
with session():
    display(figures.ten_periods(size.sessions))
    display(figures.erosion(size.sessions))
display(figures.effects(rows))

# %% [markdown]
# ## How well the data fix the calibrated values
#
# `error` is the standard error given that the other values of the block may move, `alone` with the others held.

# %%
for which in ("lab", "field"):
    display(pd.read_csv(here / f"calibrated_{which}.csv"))

# %% [markdown]
# ## What is assumed, and matters
#
# By how much the effects of the seven strategies on net welfare move, on the mean, when an assumed number moves from a
# quarter below to a quarter above its value.

# %%
for name in ("sensitivity.csv", "morris.csv"):
    if (here / name).is_file():
        display(pd.read_csv(here / name).head(15))
