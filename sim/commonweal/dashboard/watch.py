"""One community, month by month, as it is watched and stepped."""

# solara re-exports from reacton, and its overloads ask for a Reactive where a value will do:
# pyright: reportPrivateImportUsage=false, reportCallIssue=false
# pyright: reportArgumentType=false, reportAttributeAccessIssue=false

import solara
from mesa.visualization.solara_viz import ModelController
from mesa.visualization.utils import update_counter

from commonweal.agents.cooperation import Cooperation
from commonweal.agents.diary import month, remember
from commonweal.dashboard import picture
from commonweal.dashboard.pieces import Chart, Choice, Network, Table
from commonweal.dashboard.setting import NAMES, Setting
from commonweal.units import Units


class Told(Cooperation):
    """A community that tells of its last month, held against the month before."""

    happened: str = ""

    def step(self) -> None:
        """Play one round, and say what happened in it."""
        before = remember(self.state) if self.round else None
        super().step()
        self.happened = "; ".join(month(self.state, self.labels, before)[:2]) or "a quiet month"


@solara.component
def Play(setting: Setting):
    """One community, month by month, played by Mesa's controller."""
    which, set_which = solara.use_state("A")
    parts = setting.portfolios[NAMES.index(which)]
    key = (setting.community, setting.files, setting.scenario, setting.budget, which, tuple(sorted(parts.items())))
    arguments = solara.use_memo(
        lambda: {
            "world": setting.world(parts), "seed": setting.seed, "replicate": 0, "rounds": setting.rounds,
            "collect": ("contribution", "belief"),
        },
        [key],
    )  # fmt: skip
    solara.HTML(tag="h2", unsafe_innerHTML="Month by month")
    Choice(
        label="portfolio that is played", options=list(NAMES), value=which,
        event_choose=lambda name: name in NAMES and set_which(name),
    )  # fmt: skip
    Stage(arguments, setting.units).key(repr(key))


@solara.component
def Stage(arguments: dict, units: Units):
    """The model of some arguments, its controls and what is to be seen of it."""
    model = solara.use_reactive(solara.use_memo(lambda: Told(**arguments), []))
    every, shown, threads = solara.use_reactive(250), solara.use_reactive(1), solara.use_reactive(False)
    ModelController(
        model, model_parameters=arguments, play_interval=every, render_interval=shown, use_threads=threads
    )  # fmt: skip
    View(model.value, units)


@solara.component
def View(model: Told, units: Units):
    """The community as it is now."""
    update_counter.get()
    chosen, choose = solara.use_state(-1)
    at = solara.use_memo(lambda: picture.places(model), [id(model)])
    now = model.measures
    solara.Text(
        f"month {model.round} of {model.rounds}" + (f", cooperation {now['cooperation']:.2f}" if model.round else ""),
        classes=["cw-month"],
    )
    solara.Text(model.happened, classes=["cw-small", "cw-happened"])
    with solara.Div(classes=["cw-map"]):
        Network(picture.community(model, at), chosen=chosen, event_choose=choose)
        if chosen >= 0:
            who = model.leaders[chosen]
            about = picture.leader(who)
            with solara.Div(classes=["cw-leader-card"]):
                Table(title=who.name, head=[], rows=about["about"])
                Table(title="wants effort spent on", head=[], rows=about["wants"])
                Table(title="trusts", head=[], rows=about["trusts"])
    solara.Text(
        "Colours are sectors. Larger: gives more. Dark rim: has a seat. Darker line: more attention and trust. Click a "
        "leader, or go there with Tab and the arrow keys and press Enter.",
        classes=["cw-small"],
    )
    if chosen >= 0:
        Chart(title="gave, and believed the others give (share)", series=picture.history(model, model.leaders[chosen]))
    agenda = [
        [issue, f"{share:.2f}"]
        for issue, share in zip(model.labels.issues, model.state.islands.agenda[0], strict=False)
    ]
    Table(title="The agenda: share of joint effort", head=[], rows=agenda)
    unit = "MU per person and round"
    groups = [
        [name, f"{value * units.times(unit):.1f}" if model.round else "not yet"]
        for name, value in zip(model.labels.groups, model.state.groups.welfare, strict=False)
    ]
    called = units.said(unit) if units.money else "MU per person"
    Table(title=f"Welfare by group, {called}", head=[], rows=groups)
