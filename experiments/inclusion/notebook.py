# ---
# jupyter:
#   commonweal:
#     reads: [inclusion]
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
# ---

# %% [markdown]
# # Include everyone early, or late?
#
# Groups with neither seats nor a voice can be brought to the table at once, step by step, or once the others have
# learned to work together. When should the table grow, and how fast? `experiments/inclusion/plan.md` has the question,
# the predictions and the decision rule, written before the run.

# %%
from IPython.display import Markdown, display

from commonweal.analysis.against import against
from commonweal.analysis.outcomes import Outcomes
from commonweal.figures.forest import forest
from commonweal.figures.labels import effect_label, label, words
from commonweal.report.sentences import effect_text, listed

# %% tags=["parameters"]
results_folder = "results/inclusion/latest"
never = "never"
early = "from month 1"
late = "from month 37"
beside = " | communication"

# %%
found = Outcomes(results_folder)
manifest = found.manifest
alone = [name for name in found.choices() if not name.endswith(beside)]
both = [name for name in found.choices() if name.endswith(beside)]
display(
    Markdown(
        f"**What was done.** Inclusion begun early, late or never, step by step or all at once, alone and beside "
        f"communication; in {', '.join(map(words, found.groups))}; {manifest['leaders']} leaders, {manifest['rounds']} "
        f"monthly rounds, {found.values('welfare_net').shape[1]:,} replicates of each under the same luck, seed "
        f"{manifest['seed']}."
    )
)

# %% [markdown]
# ## What it does for those included
# Against the same community without inclusion: welfare of the marginalised groups, net of what inclusion costs.

# %%
measures = ["marginalised_welfare", "welfare_net", "agreement", "marginalised_representation", "time_to_agreement"]
measures += ["marginalised_welfare_last_year", "agreement_last_year"]
without = against(found, never, measures, alone)
with_talk = against(found, never + beside, measures, both)
with_talk["strategy"] = with_talk["strategy"].str.removesuffix(beside)
table = without.rename(columns={"scenario": "panel", "strategy": "row"}).assign(strategy="inclusion")
beside_talk = with_talk.rename(columns={"scenario": "panel", "strategy": "row"}).assign(strategy="inclusion")
forest(
    table[table["measure"] == "marginalised_welfare"], "Inclusion, early and late: welfare of the groups included",
    "Against never, paired by replicate. All scenarios: the mean over them.", effect_label("marginalised_welfare"),
)  # fmt: skip

# %% [markdown]
# What the agenda holds for them, which is what a seat can change at once:

# %%
forest(
    table[table["measure"] == "marginalised_representation"], "What the agenda holds for the groups included",
    "Against never, paired by replicate. All scenarios: the mean over them.",
    effect_label("marginalised_representation"),
)  # fmt: skip

# %% [markdown]
# ## What it does for everyone
# Welfare per person, net of spend: alone, and beside communication.

# %%
forest(
    table[table["measure"] == "welfare_net"], "Inclusion, early and late: everyone's welfare",
    "Against never, paired by replicate. All scenarios: the mean over them.", effect_label("welfare_net"),
)  # fmt: skip

# %%
forest(
    beside_talk[beside_talk["measure"] == "welfare_net"], "Inclusion beside communication: everyone's welfare",
    "Against communication without inclusion, paired by replicate. All scenarios: the mean over them.",
    effect_label("welfare_net"),
)  # fmt: skip

# %% [markdown]
# ## Does it slow agreement?
# Share of months with a joint agenda: alone, and with somebody to break deadlocks.

# %%
forest(
    table[table["measure"] == "agreement"], "Inclusion, early and late: months with a joint agenda",
    "Against never, paired by replicate. All scenarios: the mean over them.", effect_label("agreement"),
)  # fmt: skip

# %%
forest(
    beside_talk[beside_talk["measure"] == "agreement"], "Inclusion beside communication: months with a joint agenda",
    "Against communication without inclusion, paired by replicate. All scenarios: the mean over them.",
    effect_label("agreement"),
)  # fmt: skip

# %% [markdown]
# ## Early or late?
# Month 1 less month 37, step by step, over the run and over the last year alone, when inclusion is in place in both:

# %%
contrast = against(found, late, measures, [early])
contrast = contrast.assign(key=contrast["measure"], measure=contrast["measure"].map(label))
columns = ["measure", "scenario", "effect", "low", "high", "p_holm"]
display(contrast[columns].set_index(["measure", "scenario"]).rename(index=words, level="scenario").round(4))

# %% [markdown]
# And all at once less step by step, both in month 1:

# %%
pace = against(found, early, ["agreement", "time_to_agreement", "marginalised_welfare"], ["all at once in month 1"])
pace = pace.assign(key=pace["measure"], measure=pace["measure"].map(label))
pace[columns].set_index(["measure", "scenario"]).rename(index=words, level="scenario").round(4)

# %% [markdown]
# ## What it says

# %% tags=["conclusion"]
late_less = contrast.set_index(["key", "scenario"]).to_dict("index")
never_less = with_talk[with_talk["strategy"] == early].set_index(["measure", "scenario"]).to_dict("index")
paced = pace.set_index(["key", "scenario"]).to_dict("index")
every = contrast["scenario"].iloc[0]
agreeing = [f"{effect_text(late_less['agreement', name])} in {words(name)}" for name in found.groups]
display(
    Markdown(
        "Begun in month 1 rather than in month 37, on the mean over the scenarios, inclusion changes the welfare of "
        f"the groups included by {effect_text(late_less['marginalised_welfare', every], 4)} MU per person and round, "
        f"what the agenda holds for them by {effect_text(late_less['marginalised_representation', every], 4)} of "
        f"overlap, and the share of months with a joint agenda by {listed(agreeing)}. All at once rather than step by "
        f"step in month 1 changes that share by {effect_text(paced['agreement', every], 4)}. Beside communication, "
        f"from month 1 rather than never, it changes their welfare by "
        f"{effect_text(never_less['marginalised_welfare', every], 4)} and that share by "
        f"{effect_text(never_less['agreement', every], 4)}."
    )
)

# %% [markdown]
# ## How sure, and what would change the answer
# The intervals speak of the model. `time to agreement` is over the replicates in which both came to an agreement, so it
# leaves out the worst. Seats reach giving only through the agenda and voice reaches it only through talk, so a null
# on welfare is partly the model's; dignity, legitimacy and what those included know are not in it. How readily agendas
# are refused (`people.reservation`) and how unlike needs are (`people.need_spread`) are assumed.
