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
from commonweal.analysis.in_units import outcomes_told
from commonweal.analysis.smallest_effect import NO, YES
from commonweal.figures.forest import forest
from commonweal.figures.labels import effect_label, label, words
from commonweal.report.predictions import predictions
from commonweal.report.sentences import effect_text

# %% tags=["parameters"]
results_folder = "results/inclusion/latest"
never = "never"
early = "from month 1"
late = "from month 37"
beside = " | communication"

# %% [markdown]
# ## What it says

# %% tags=["conclusion"]
found, units = outcomes_told(results_folder)
per_person = units.said("MU per person and round")
manifest = found.manifest
alone = [name for name in found.choices() if not name.endswith(beside)]
both = [name for name in found.choices() if name.endswith(beside)]
measures = ["marginalised_welfare", "welfare_net", "agreement", "marginalised_representation", "time_to_agreement"]
measures += ["acceptability", "marginalised_welfare_last_year", "agreement_last_year"]
without = against(found, never, measures, alone)
with_talk = against(found, never + beside, measures, both)
with_talk["strategy"] = with_talk["strategy"].str.removesuffix(beside)
contrast = against(found, late, measures, [early])
pace = against(found, early, ["agreement", "acceptability", "marginalised_welfare"], ["all at once in month 1"])
every = contrast["scenario"].iloc[0]
late_less = contrast.set_index(["measure", "scenario"]).to_dict("index")
never_less = without[without["strategy"] == early].set_index(["measure", "scenario"]).to_dict("index")
talk_less = with_talk[with_talk["strategy"] == early].set_index(["measure", "scenario"]).to_dict("index")
paced = pace.set_index(["measure", "scenario"]).to_dict("index")
display(
    Markdown(
        "From month 1 rather than never, step by step, inclusion changes the welfare of the groups included by "
        f"{effect_text(never_less['marginalised_welfare', every])} {per_person} net of what it costs, on "
        f"the mean over the scenarios; everyone's by {effect_text(never_less['welfare_net', every])}. Begun in month 1 "
        f"rather than in month 37 it changes theirs by {effect_text(late_less['marginalised_welfare', every])}, and "
        f"what the agenda holds for them by {effect_text(late_less['marginalised_representation', every])} of overlap. "
        "All at once rather than step by step in month 1 changes how well agendas suit those at the table by "
        f"{effect_text(paced['acceptability', every])}, and the share of months with a joint agenda by "
        f"{effect_text(paced['agreement', every])}. Beside communication, from month 1 rather than never, it changes "
        f"the welfare of the groups included by {effect_text(talk_less['marginalised_welfare', every])}."
    )
)

# %%
table = without.rename(columns={"scenario": "panel", "strategy": "row"}).assign(strategy="inclusion")
beside_talk = with_talk.rename(columns={"scenario": "panel", "strategy": "row"}).assign(strategy="inclusion")
forest(
    table[table["measure"] == "marginalised_welfare"], "Inclusion, early and late: welfare of the groups included",
    "Against never, paired by replicate. All scenarios: the mean over them.", effect_label("marginalised_welfare"),
)  # fmt: skip

# %%
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
# ## Does it make agreeing harder?
# How well agendas suit those at the table (nearly every agenda passes, so that months with one would say nothing):

# %%
forest(
    table[table["measure"] == "acceptability"], "Inclusion, early and late: how well agendas suit the table",
    "Against never, paired by replicate. All scenarios: the mean over them.", effect_label("acceptability"),
)  # fmt: skip

# %% [markdown]
# ## Early or late?
# Month 1 less month 37, step by step, over the run and over the last year alone, when inclusion is in place in both:

# %%
columns = ["measure", "scenario", "effect", "low", "high", "p_holm"]
named = contrast.assign(measure=contrast["measure"].map(label))
display(named[columns].set_index(["measure", "scenario"]).rename(index=words, level="scenario").round(4))

# %% [markdown]
# And all at once less step by step, both in month 1:

# %%
named = pace.assign(measure=pace["measure"].map(label))
named[columns].set_index(["measure", "scenario"]).rename(index=words, level="scenario").round(4)

# %% [markdown]
# ## The predictions
# As the plan has them, written before the run.

# %%
last = late_less["marginalised_welfare_last_year", every]
small = 0.01 * never_less["welfare_net", every]["baseline"]
alone_gain, talk_gain = (each["marginalised_welfare", every] for each in (never_less, talk_less))
JUDGED = [
    ("the marginalised gain most from the earliest inclusion, in what the agenda holds for them and in welfare",
     all(late_less[measure, every]["low"] > 0 and late_less[measure, every]["matters"] == YES
         for measure in ("marginalised_welfare", "marginalised_representation")),
     f"month 1 less month 37: {effect_text(late_less['marginalised_welfare', every])} of welfare, "
     f"{effect_text(late_less['marginalised_representation', every])} of overlap"),
    ("all at once in month 1 suits the table less than step by step; agendas pass all the same",
     bool(paced["acceptability", every]["high"] < 0 and paced["acceptability", every]["matters"] == YES
          and paced["agreement", every]["matters"] == NO),
     f"acceptability {effect_text(paced['acceptability', every], 4)}, agreement "
     f"{effect_text(paced['agreement', every], 4)}"),
    ("over the last year they gain the same whenever it was begun, to .01",
     abs(last["effect"]) < 0.01 * units.times("MU per person and round"),
     effect_text(last)),
    ("their gain is larger beside communication than alone", bool(talk_gain["effect"] > alone_gain["effect"]),
     f"{effect_text(talk_gain)} beside it, {effect_text(alone_gain)} alone"),
    ("welfare of all changes by less than 1 %", abs(never_less["welfare_net", every]["effect"]) < small,
     f"{effect_text(never_less['welfare_net', every])}, of which 1 % is {small:.3f}"),
]  # fmt: skip
display(Markdown(predictions(JUDGED)))

# %% [markdown]
# ## How sure, and what would change the answer
# The intervals speak of the model. In it those called marginalised have less to give, less standing and fewer seats,
# and what is provided matters, so that a seat can change whose needs are met. That being heard makes people give more
# is contested: its range holds 0. Dignity, legitimacy and what those included know are not in it. How readily agendas
# are refused (`people.reservation`), how unlike needs are (`people.need_spread`) and how much worse off the
# marginalised are to begin with are assumed.
