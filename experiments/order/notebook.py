# ---
# jupyter:
#   commonweal:
#     reads: [order]
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
# ---

# %% [markdown]
# # Relationships first, or incentives first?
#
# A convener will build relationships, get people talking, and pay, but cannot begin all of it at once. Does it matter
# in which order? `experiments/order/plan.md` has the question, the predictions and the decision rule, written before
# the run.

# %%
import pandas as pd
from IPython.display import Markdown, display

from commonweal.analysis.against import against
from commonweal.analysis.in_units import outcomes_told
from commonweal.analysis.precedence import precedences
from commonweal.figures.forest import forest
from commonweal.figures.labels import effect_label, title, words
from commonweal.report.predictions import predictions
from commonweal.report.sentences import effect_text, listed

# %% tags=["parameters"]
results_folder = "results/order/latest"

# %% [markdown]
# ## What it says

# %% tags=["conclusion"]
found, units = outcomes_told(results_folder)
per_person = units.said("MU per person and round")
manifest = found.manifest
reference = found.choices()[0]
gains = against(found, reference, ["welfare_net", "welfare_net_last_year", "worst_off", "spend"])
everywhere = gains["scenario"].iloc[0]
average = gains[gains["scenario"] == everywhere]
over_the_run, at_the_end = (
    each.assign(row=each["first"] + " before " + each["then"])
    for each in (
        precedences(found, measure).rename(columns={"across": "panel"})
        for measure in ("welfare_net", "welfare_net_last_year")
    )
)

belongs, left = (
    [f"{words(each['first'] if each['effect'] > 0 else each['then'])} before "
     f"{words(each['then'] if each['effect'] > 0 else each['first'])} ({abs(each['effect']):.4f}, "
     f"{min(abs(each['low']), abs(each['high'])):.4f} to {max(abs(each['low']), abs(each['high'])):.4f})"
     for each in table[table["panel"] == everywhere].to_dict("records")
     if each["p_holm"] < 0.05 and each["low"] * each["high"] > 0]
    for table in (over_the_run, at_the_end)
)  # fmt: skip
whole = average[(average["strategy"] == "all at once") & (average["measure"] == "welfare_net_last_year")]["effect"]
largest = at_the_end[at_the_end["panel"] == everywhere]["effect"].abs().max()
share = (
    f"; the largest of these differences is {100 * largest / whole.iloc[0]:.1f} % of what the mix brings then"
    if len(whole) else ""
)  # fmt: skip
display(
    Markdown(
        f"On the mean over the scenarios and over the whole run these orders are better (by how much net welfare, "
        f"in {per_person}): {listed(belongs)}. Over the last year, when all do the "
        f"same, these were: {listed(left)}{share}."
    )
)

# %%
forest(
    over_the_run, "What belongs first, over the whole run?",
    "Orders with the first before the second less those with the second "
    "before the first, paired by replicate. All scenarios: the mean over them.",
    effect_label("welfare_net"),
)  # fmt: skip

# %%
display(
    Markdown(
        f"**What was done.** {len(found.choices())} ways to begin, in {', '.join(map(words, found.groups))}; "
        f"{manifest['leaders']} leaders, {manifest['rounds']} monthly rounds, {found.values('welfare_net').shape[1]:,} "
        f"replicates of each under the same luck, seed {manifest['seed']}. '>' reads 'then, a year later'."
    )
)

# %% [markdown]
# ## Every way to begin
# Each way less the first, *nothing*, in the same communities.

# %%
net = gains[gains["measure"] == "welfare_net"].rename(columns={"scenario": "panel", "strategy": "row"})
forest(
    net, f"Ways to begin, against {reference}",
    "Mean differences over the whole run, paired by replicate. All scenarios: the mean over them.",
    effect_label("welfare_net"),
)  # fmt: skip

# %% [markdown]
# The same in numbers, on the mean over the scenarios, with what each way spends: differences with their 95 % intervals.
# Welfare is in MU per person and round, spend (money and leaders' time) in MU per leader and round.

# %%
shown = average.assign(told=average.apply(lambda row: effect_text(row, 1 if row["measure"] == "spend" else 4), axis=1))
best_first = shown[shown["measure"] == "welfare_net"].sort_values("effect", ascending=False)["strategy"]
shown = shown.pivot(index="strategy", columns="measure", values="told").loc[best_first, gains["measure"].unique()]
shown.rename(columns=title).rename_axis(index="way to begin", columns=None)

# %% [markdown]
# ## Does the path leave a trace?
# What belongs first over the last year, when every order is doing the same at the same price. Whatever is left is what
# the path has done to ties, trust and habits.

# %%
forest(
    at_the_end, "What is left of the order in the last year",
    "The same contrasts over the last year alone.", effect_label("welfare_net_last_year"),
)  # fmt: skip

# %%
tables = [
    each.assign(difference=each.apply(effect_text, axis=1, digits=4), p=each["p_holm"].map("{:.3f}".format)).set_index(
        ["panel", "row"]
    )[["difference", "p"]]
    for each in (over_the_run, at_the_end)
]
table = pd.concat(tables, axis=1, keys=["whole run", "last year"]).rename_axis(index=["scenario", "contrast"])
table.replace("0.000", "< .001").rename(
    index=lambda name: words(name, 60),
    columns={"difference": "difference (95 % interval)", "p": "p after Holm's correction"},
)

# %% [markdown]
# ## The predictions
# As the plan has them, written before the run.


# %%
turned = over_the_run.assign(
    first=over_the_run["then"], then=over_the_run["first"],
    **{name: -over_the_run[other] for name, other in (("effect", "effect"), ("low", "high"), ("high", "low"))},
)  # fmt: skip
PAIR = pd.concat([over_the_run, turned]).set_index(["first", "then", "panel"]).sort_index()
incentives_first = PAIR.loc["incentives", "build_relationships", everywhere]
relationships, talk = PAIR.loc["build_relationships", "incentives"], PAIR.loc["communication", "incentives"]
some = gains[(gains["measure"] == "welfare_net_last_year") & (gains["scenario"] == "calm")]
ends, small = at_the_end[at_the_end["panel"] == "calm"], 0.01 * some["baseline"].max()
path = ends[(ends["low"] > small) | (ends["high"] < -small)]
there = {name: name in talk.index for name in ("calm", "broken_trust", "polarised")}
JUDGED = [
    ("incentives before relationships is better over the run", bool(incentives_first["low"] > 0),
     effect_text(incentives_first, 4)),
    ("communication before incentives is better in calm", bool(talk["low"]["calm"] > 0) if there["calm"] else None,
     effect_text(talk.loc["calm"], 4) if there["calm"] else ""),
    ("there is a path: over the last year a pair differs in calm by more than 1 % of welfare",
     bool(len(path)) if there["calm"] else None,
     f"{len(path)} of {len(ends)} pairs; the largest difference is {ends['effect'].abs().max():.4f}, "
     f"1 % is {small:.4f}"),
]  # fmt: skip
if there["calm"] and there["broken_trust"]:
    here, calm = relationships.loc["broken_trust"], relationships.loc["calm"]
    JUDGED += [("where trust is broken relationships first do better than elsewhere, though not well enough",
                bool(here["effect"] > calm["effect"] and here["effect"] < 0),
                f"relationships before incentives {effect_text(here, 4)}, in calm {effect_text(calm, 4)}")]  # fmt: skip
if there["calm"] and there["polarised"]:
    here, calm = talk.loc["polarised"], talk.loc["calm"]
    JUDGED += [("in polarised communities communication belongs first by more than in calm",
                bool(here["effect"] > calm["effect"]),
                f"before incentives {effect_text(here, 4)}, in calm {effect_text(calm, 4)}")]  # fmt: skip
display(Markdown(predictions(JUDGED)))

# %% [markdown]
# ## How sure, and what would change the answer
# The intervals speak of the model. A contrast over the whole run is mostly a question of what is worth having longest
# at its price; only the last year is about the path. In this model success feeds motivation and trust follows deeds, so
# that what happened early can leave a trace; ties fade within two years. The price of meetings is assumed, and decides
# how long relationships had better wait.
