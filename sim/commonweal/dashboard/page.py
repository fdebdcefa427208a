"""The page: choose, press play, compare. One setting per browser tab; nothing is shared between tabs."""

# solara re-exports from reacton, and its overloads ask for a Reactive where a value will do:
# pyright: reportPrivateImportUsage=false, reportCallIssue=false
# pyright: reportArgumentType=false, reportAttributeAccessIssue=false

import operator
import tempfile
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

import solara
import solara.lab
from mesa.visualization.solara_viz import ModelController
from mesa.visualization.utils import update_counter

from commonweal.agents.cooperation import Cooperation
from commonweal.dashboard import ensemble, past, picture, upload
from commonweal.dashboard.pieces import Chart, Choice, ChooseFile, Folded, Frame, Network, Sliders, Table
from commonweal.dashboard.setting import COMMUNITIES, OWN_CONF, SCENARIOS, STRATEGIES, Setting
from commonweal.errors import InputError
from commonweal.figures.labels import title, words

NAMES = ("A", "B")
BUDGET = 2000
"""MU per leader: the right end of the budget's slider, which stands for no limit"""
STYLE = """
.cw-page { padding: 14px; } .cw-page h2 { font-size: 18px; margin: 14px 0 4px; }
.cw-grid { display: grid; gap: 0 26px; grid-template-columns: minmax(0, 1fr); }
.cw-grid > div { min-width: 0; }
.cw-charts { display: grid; gap: 10px; grid-template-columns: repeat(auto-fit, minmax(min(300px, 100%), 1fr)); }
.cw-page .v-btn { text-transform: none; letter-spacing: normal; }
.cw-text { white-space: pre-wrap; overflow-wrap: anywhere; font-size: 13px; }
.cw-brief { position: fixed; bottom: 0; left: 0; right: 0; z-index: 2; padding: 8px 14px; font-size: 14px;
  background: #fff; border-top: 1px solid #777; }
@media (max-width: 999px) { .cw-page { padding-bottom: 90px; } }
@media (min-width: 1000px) { .cw-brief { display: none; } }
@media (min-width: 1000px) { .cw-grid { grid-template-columns: minmax(320px, 4fr) minmax(0, 5fr) minmax(0, 6fr); } }
"""


@solara.component
def Page():
    """The whole page."""
    setting = solara.use_reactive(Setting())
    solara.Title("commonweal")
    solara.Style(STYLE)
    with solara.Div(classes=["cw-page"]):
        Frame(
            title="What gets leaders to work together?",
            note="Drag, press play, compare. MU is the unit of money and of leaders' time.",
        )
        with solara.Div(classes=["cw-grid"]):
            with solara.Div():
                Choices(setting)
                Portfolios(setting)
                Upload(setting)
            with solara.Div():
                Play(setting.value)
            with solara.Div():
                Ensemble(setting.value)
                Export(setting.value)
                PastStudy()


@solara.component
def Choices(setting: solara.Reactive[Setting]):
    """Community, scenario, budget."""
    now = setting.value
    own = "your own roster"

    def settle(name: str) -> None:
        if name in COMMUNITIES:
            setting.set(replace(setting.value, community=name, files=None))

    def spend(moved: dict) -> None:
        much = float(moved["value"])
        setting.set(replace(setting.value, budget=None if much >= BUDGET else max(0.0, much)))

    solara.HTML(tag="h2", unsafe_innerHTML="The community")
    Choice(
        label="community", options=[*COMMUNITIES, *([own] if now.files else [])],
        value=own if now.files else now.community, event_choose=settle,
    )  # fmt: skip
    Choice(
        label="scenario", options=list(SCENARIOS), value=now.scenario,
        event_choose=lambda name: name in SCENARIOS and setting.set(replace(setting.value, scenario=name)),
    )  # fmt: skip
    shown = BUDGET if now.budget is None else int(now.budget)
    said = "no limit" if now.budget is None else f"{shown}"
    row = {"name": "budget", "label": "budget, MU per leader", "values": [shown], "said": [said]}
    Sliders(title="", head=[], rows=[row], high=BUDGET, step=50, event_move=spend)


@solara.component
def Upload(setting: solara.Reactive[Setting]):
    """A roster of one's own. Files are kept in a folder that goes with the tab."""
    said, wrong = solara.use_state(""), solara.use_state("")
    kept = solara.use_reactive({})
    scratch = solara.use_memo(lambda: tempfile.TemporaryDirectory(prefix="commonweal-"), [])
    solara.use_effect(lambda: scratch.cleanup, [])

    def take(data: dict) -> None:
        folder = Path(tempfile.mkdtemp(dir=scratch.name))  # a new one each time: what was read before stays as it was
        try:
            path = upload.keep(data["kind"], str(data["name"]), data["content"], folder)
            usual = setting.value.world(None).people.endowment
            called = {
                **(dict(setting.value.files.called) if setting.value.files else {}),
                data["kind"]: str(data["name"]),
            }
            files, text = upload.read({**kept.value, data["kind"]: path}, usual, called)
        except InputError as error:
            wrong[1](str(error))
            return
        kept.set({**kept.value, data["kind"]: path})
        wrong[1]("")
        said[1](text)
        setting.set(replace(setting.value, files=files))

    def refuse(data: dict) -> None:
        limit = upload.LIMIT // 2**20
        wrong[1](f"{data['name']}: it is larger than {limit} MiB; leave out what the roster does not need")

    solara.HTML(tag="h2", unsafe_innerHTML="Your own leaders")
    for kind, name in (("leaders", "leaders (CSV or GraphML)"), ("ties", "ties (CSV)"), ("groups", "groups (CSV)")):
        ChooseFile(label=name, kind=kind, limit=upload.LIMIT, event_upload=take, event_refuse=refuse)
    if wrong[0]:
        with solara.Div(classes=["cw-wrong"], attributes={"role": "alert"}):
            solara.Text(wrong[0], style="color: #9c2a00; font-weight: 600")
    if said[0]:
        solara.Text(said[0], classes=["cw-text", "cw-read"])


@solara.component
def Portfolios(setting: solara.Reactive[Setting]):
    """The intensities of both portfolios, side by side."""

    def change(moved: dict) -> None:
        which, name = int(moved["column"]), str(moved["name"])
        if which in range(len(NAMES)) and name in STRATEGIES:
            portfolios = list(setting.value.portfolios)
            portfolios[which] = {**portfolios[which], name: min(1.0, max(0.0, round(float(moved["value"]), 2)))}
            setting.set(replace(setting.value, portfolios=tuple(portfolios)))

    rows = []
    for name in STRATEGIES:
        values = [portfolio.get(name, 0.0) for portfolio in setting.value.portfolios]
        rows.append({"name": name, "label": words(name), "values": values, "said": [f"{each:g}" for each in values]})
    solara.HTML(tag="h2", unsafe_innerHTML="Two portfolios: how much of each strategy")
    Sliders(title="strategy", head=list(NAMES), rows=rows, high=1, step=0.05, event_move=change)


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
    Stage(arguments).key(repr(key))


@solara.component
def Stage(arguments: dict):
    """The model of some arguments, its controls and what is to be seen of it."""
    model = solara.use_reactive(solara.use_memo(lambda: Cooperation(**arguments), []))
    every, shown, threads = solara.use_reactive(250), solara.use_reactive(1), solara.use_reactive(False)
    ModelController(
        model, model_parameters=arguments, play_interval=every, render_interval=shown, use_threads=threads
    )  # fmt: skip
    View(model.value)


@solara.component
def View(model: Cooperation):
    """The community as it is now."""
    update_counter.get()
    chosen, choose = solara.use_state(-1)
    at = solara.use_memo(lambda: picture.places(model), [id(model)])
    now = model.measures
    solara.Text(
        f"month {model.round} of {model.rounds}" + (f", cooperation {now['cooperation']:.2f}" if model.round else ""),
        classes=["cw-month"],
    )
    Network(picture.community(model, at), chosen=chosen, event_choose=choose)
    solara.Text(
        "Darker and larger: gives more. Dark rim: has a seat. Darker line: trusts more. Click a leader, or go there "
        "with Tab and the arrow keys and press Enter.",
        style="font-size: 13px",
    )
    if chosen >= 0:
        who = model.leaders[chosen]
        about = picture.leader(who)
        Table(title=who.name, head=[], rows=about["about"])
        Table(title="wants effort spent on", head=[], rows=about["wants"])
        Table(title="trusts", head=[], rows=about["trusts"])
        Chart(title="gave, and believed the others give (share)", series=picture.history(model, who))
    agenda = [
        [issue, f"{share:.2f}"]
        for issue, share in zip(model.labels.issues, model.state.islands.agenda[0], strict=False)
    ]
    Table(title="The agenda: share of joint effort", head=[], rows=agenda)
    groups = [
        [name, f"{value:.1f}" if model.round else "not yet"]
        for name, value in zip(model.labels.groups, model.state.groups.welfare, strict=False)
    ]
    Table(title="Welfare by group, MU per person", head=[], rows=groups)


@solara.component
def Ensemble(setting: Setting):
    """Hundreds of replicates of both portfolios against doing nothing."""
    played, show = solara.use_state(None, eq=operator.is_)
    wanted = solara.use_ref(setting)
    wanted.current = setting

    def compute():
        for found in ensemble.answers(setting, NAMES, lambda: wanted.current is setting):
            show(found)

    task = solara.lab.use_task(compute, dependencies=[setting], prefer_threaded=True)
    few = min((len(each.runs) for each in (played or {}).values()), default=0)
    first = f"The first {few} of " if 0 < few < setting.replicates else ""
    solara.HTML(tag="h2", unsafe_innerHTML=f"{first}{setting.replicates} communities, {setting.rounds} months")
    if task.error:
        solara.Text(str(task.exception), style="color: #9c2a00")
    if played is None:
        solara.Text("computing")
        return
    pairs = _pairs(played)
    columns = [ensemble.effects(played[one], played[other]) for one, other in pairs]
    rows = [
        [title(each[0].measure), *(picture.estimate(*found[1:]) for found in each)]
        for each in zip(*columns, strict=True)
    ]
    with solara.Div(classes=["cw-effects"], attributes={"aria-live": "polite"}):
        Table(
            title="Difference under the same luck, with its 95 % interval",
            head=["measure", *(f"{one} against {other}" for one, other in pairs)], rows=rows,
        )  # fmt: skip
    brief = [
        f"{one} {picture.estimate(*found[0][1:])}".replace("\n", " ")
        for (one, other), found in zip(pairs, columns, strict=True) if other == "nothing"
    ]  # fmt: skip
    if brief:
        solara.Text(f"Welfare net of spend against nothing, MU: {', '.join(brief)}", classes=["cw-brief"])
    with solara.Div(classes=["cw-charts"]):
        for measure in ensemble.SHOWN:
            drawn = picture.lines(measure, played)
            Chart(title=drawn["title"], series=drawn["series"])
    solara.Text("Lines: means. Bands: nine tenths of the communities.", style="font-size: 13px")


def _pairs(played: Collection[str]) -> list[tuple[str, str]]:
    """What is compared with what: each portfolio that was played with nothing, and both with each other."""
    pairs = [(name, "nothing") for name in NAMES if name in played]
    return [*pairs, NAMES] if len(pairs) == len(NAMES) else pairs


@solara.component
def Export(setting: Setting):
    """The setting as conf and as the command that reproduces it."""
    solara.HTML(tag="h2", unsafe_innerHTML="Take it along")
    for which, name in enumerate(NAMES):
        parts, file = setting.portfolios[which], f"setting_{name.lower()}"
        solara.Text(f"Portfolio {name}: the command", style="font-weight: 600; font-size: 14px")
        solara.Text(setting.command(parts), classes=["cw-text", f"cw-command-{name}"])
        solara.FileDownload(setting.conf(parts), filename=f"{file}.yaml", label=f"Download {file}.yaml")
        solara.Text(
            f"The same as a file: put it into {OWN_CONF}/experiment and run {setting.command_of_conf(file)}",
            classes=["cw-text"],
        )
    if setting.files:
        solara.Text("Run it where your files are.", classes=["cw-text"])


@solara.component
def PastStudy():
    """Results that lie under the folder of results."""
    found, left_out = solara.use_memo(past.studies, [])
    name, choose = solara.use_state("")
    where, look = solara.use_state("")
    solara.HTML(tag="h2", unsafe_innerHTML="A past study")
    if found:
        Choice(label="study", options=["", *found], value=name, event_choose=choose)
    else:
        solara.Text(f"There are no finished comparisons of strategies in {past.root()}.")
    if left_out:
        Folded(title=f"Folders of results that are not shown here: {len(left_out)}", lines=left_out)
    if name:
        try:
            ranked = past.ranked(name)
        except InputError as error:
            with solara.Div(attributes={"role": "alert"}):
                solara.Text(str(error), style="color: #9c2a00")
            return
        where = where if where in ranked else next(iter(ranked))
        Choice(label="scenario of the study", options=list(ranked), value=where, event_choose=look)
        Table(
            title="Effect on welfare net of spend, MU per person and round",
            head=["strategy", "effect\n(95 % interval)", "verdict"], rows=ranked[where],
        )  # fmt: skip
