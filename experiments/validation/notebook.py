# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
# ---

# %% [markdown]
# # Validation: what the model reproduces, what it misses, what its answer rests on
#
# Each mechanism must reproduce exact results. Behaviour was calibrated on published experiments, and is held against
# others that nothing was fitted to. What no evidence supports is listed and ranked by how far the headline answer
# moves with it. `experiments/validation/plan.md` says what was to be compared before it was.

# %%
from pathlib import Path

import pandas as pd
from IPython.display import Image, Markdown, display

from commonweal.files import shipped
from commonweal.study.folder import read_manifest

# %% tags=["parameters"]
results_folder = "results/validation/published"
tables_folder = ""  # empty: the tables that travel with commonweal

# %%
results = Path(results_folder)
tables = Path(tables_folder) if tables_folder else shipped("experiments/validation")
manifest = read_manifest(results) or {}
table = pd.read_parquet(results / "validation.parquet")
pd.set_option("display.max_rows", 200, "display.max_colwidth", 90, "display.precision", 3)
size = ", ".join(f"{count} {what}" for what, count in manifest["size"].items())
display(Markdown(f"Numbers version {manifest['numbers']}; {size}; `commonweal validate out=DIR`."))
shown = {
    kind: rows.drop(columns="kind").dropna(axis=1, how="all").style.hide(axis="index").format(precision=4, na_rep="")
    for kind, rows in table.groupby("kind")
}

# %%
order = ["reproduced", "within tolerance", "missed", "reported", "assumed"]
counts = pd.crosstab(table["kind"], table["verdict"])
display(counts[[name for name in order if name in counts]])

# %% [markdown]
# ## Theory
#
# Every mechanism by itself, everything else off. A miss here would be a fault of the program.

# %%
display(shown.get("verification"))

# %% [markdown]
# ## Published experiments
#
# Black points: published, with 95 % intervals. Bands: what 95 % of simulated sessions do.

# %%
pictures = {
    "ten_periods": "Gifts, beliefs and share giving nothing over ten periods, published and simulated",
    "erosion": "Share of conditional cooperators over ten periods, published and simulated",
    "effects": "Effect sizes, published and of the model, with their intervals",
}
display(*[Image(filename=str(results / f"{name}.png"), alt=alt, retina=True) for name, alt in pictures.items()])

# %% [markdown]
# What parameters were chosen to reproduce together:

# %%
display(shown.get("calibrated"))

# %% [markdown]
# What nothing was fitted to:

# %%
display(shown.get("predicted"))

# %% [markdown]
# ## Signs
#
# Directions on which experiments agree: one-sided comparisons of groups that met the same luck, at a level of .01.

# %%
display(shown.get("sign"))

# %% [markdown]
# ## Patterns that nothing aims at

# %%
display(shown.get("pattern"))

# %% [markdown]
# ## Misses, and the best explanation of each

# %%
display(table[table["verdict"] == "missed"][["kind", "target", "published", "simulated"]].style.hide(axis="index"))

# %% [markdown]
# - **Conditional cooperators in the last period** (Andreozzi). Published shares fall from .455 to .343 in the tenth
#   period alone: subjects knew that it was the last. Nobody in the model foresees an end, so its series levels off
#   where those who turn selfish and those who return balance. The nine periods before are met, and leaders in office
#   have no tenth period.
# - **Egocentric goals.** The published effect is on performance, here it is on gifts, which cannot fall below nothing:
#   if nobody gave anything, d would be -2.2. A goal acts on what is expected of the others, with the weight that group
#   goals have (`focus`); even a goal that is believed entirely gives -1.6. What a goal does to what one wants for
#   oneself is not in the model. The sign holds.
# - **A leader's effect and the size of the group.** Followers respond the same in groups of 4, 8 and 16 (gifts higher
#   by .158, .164, .164 of the endowment): they see what the leader gives, not how many see it with them. That gift,
#   which is larger, is a smaller part of a larger group, so the mean effect falls (.188, .180, .172). In sum over the
#   group the effect grows with its size, and the published effect is an aggregate one; which of the two was compared
#   across sizes its abstract does not say. A rule by which an example counts for more where more depend on it has no
#   estimate to be fitted to.
# - **Trust and cooperation** (a pattern, not judged). In the meta-analysis trust is a person's expectation that others
#   will cooperate. That is `belief` here, and it goes with giving more strongly than published (r .70 among strangers
#   in their first period). The model's `trust` is about fulfilled expectations: where all expect little and get it, it
#   drifts to 1 / (1 + asymmetry) whatever is given. It is one more reason not to read effects on `trust` as
#   good will.
# - **Ties within sectors** (a pattern). A share of encounters is within one's sector by assumption (`meet.by_sector`),
#   and ties fade otherwise, so silos without a convener grow denser than any that are published.
# - **Hubs** are bottlenecks here only where they cannot attend to all: in the same network, with a hub that attends to
#   no more leaders than the others can, a little less is given and less often agreed. A hub that attends to all is
#   none.
#
# ## How well the data fix the calibrated values
#
# `error` is the standard error given that the other values of the block may move, `alone` with the others held. Where
# `identified` is false the data leave the value, or a sum of values, open.

# %%
for which in ("lab", "field"):
    display(pd.read_csv(tables / f"calibrated_{which}.csv").style.hide(axis="index").format(precision=3))

# %% [markdown]
# ## Each target left out, and predicted from the rest
#
# Distances are root mean squares in standard errors of the published numbers. Every search begins in the middle of the
# bounds; the first row of a block leaves nothing out and says how well such a search does. A target that alone says
# anything about a value cannot be predicted.

# %%
for which in ("lab", "field"):
    display(pd.read_csv(tables / f"left_out_{which}.csv").style.hide(axis="index").format(precision=3, na_rep=""))

# %% [markdown]
# ## What is assumed, and matters
#
# By how much the effects of the seven strategies on net welfare move, on the mean, when an assumed number moves from a
# quarter below to a quarter above its value; then all of the foremost at once, along the trajectories of Morris.

# %%
columns = ["parameter", "value", "low", "high", "moved", "most_moved", "by", "changes_the_best"]
display(pd.read_csv(tables / "sensitivity.csv")[columns].head(20).style.hide(axis="index").format(precision=4))
display(pd.read_csv(tables / "morris.csv").drop(columns="of").style.hide(axis="index").format(precision=4))
