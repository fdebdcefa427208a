"""The page: choose, press play, compare. One setting per browser tab; nothing is shared between tabs."""

# solara re-exports from reacton, and its overloads ask for a Reactive where a value will do:
# pyright: reportPrivateImportUsage=false, reportCallIssue=false
# pyright: reportArgumentType=false, reportAttributeAccessIssue=false

import tempfile
from dataclasses import replace
from pathlib import Path

import solara
import solara.lab
from mesa.visualization.solara_viz import ModelController
from mesa.visualization.utils import update_counter

from sim.dashboard import ensemble, past, picture, upload
from sim.dashboard.parts import Chart, ChooseFile, Network, Table
from sim.dashboard.setting import COMMUNITIES, SCENARIOS, STRATEGIES, Setting
from sim.errors import InputError
from sim.figures.words import title, words
from sim.model import Cooperation
from sim.report.answer import number

NAMES = ("A", "B")
BUDGET = 2000
"""MU per leader: the right end of the budget's slider, which stands for no limit"""
STYLE = """
.cw-grid { display: grid; gap: 18px; padding: 12px;
  grid-template-columns: repeat(auto-fit, minmax(min(330px, 100%), 1fr)); }
.cw-grid > div { min-width: 0; } .cw-grid h2 { font-size: 19px; margin: 4px 0 8px; }
.cw-text { white-space: pre-wrap; overflow-wrap: anywhere; font-size: 13px; }
"""


@solara.component
def Page():
    """The whole page."""
    setting = solara.use_reactive(Setting())
    solara.Title("commonweal")
    solara.Style(STYLE)
    with solara.Div(classes=["cw-grid"]):
        with solara.Div():
            Choices(setting)
        with solara.Div():
            Portfolios(setting)
        with solara.Div():
            Ensemble(setting.value)
        with solara.Div():
            Play(setting.value)
        with solara.Div():
            Export(setting.value)
        with solara.Div():
            PastStudy()


@solara.component
def Choices(setting: solara.Reactive[Setting]):
    """Community, scenario, budget."""
    now = setting.value
    own = "your own roster"
    solara.HTML(tag="h2", unsafe_innerHTML="The community")
    solara.Select(
        "community", [*COMMUNITIES, *([own] if now.files else [])], value=own if now.files else now.community,
        on_value=lambda name: name != own and setting.set(replace(setting.value, community=name, files=None)),
    )  # fmt: skip
    solara.Select(
        "scenario", list(SCENARIOS), value=now.scenario,
        on_value=lambda name: setting.set(replace(setting.value, scenario=name)),
    )  # fmt: skip
    shown = BUDGET if now.budget is None else int(now.budget)
    solara.SliderInt(
        f"budget: {'no limit' if now.budget is None else f'{shown} MU per leader'}",
        value=shown, min=0, max=BUDGET, step=50,
        on_value=lambda much: setting.set(replace(setting.value, budget=None if much >= BUDGET else float(much))),
    )  # fmt: skip
    Upload(setting)


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
            files, text = upload.read({**kept.value, data["kind"]: path}, usual)
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
    """The intensities of both portfolios."""

    def change(which: int, name: str, value: float) -> None:
        portfolios = list(setting.value.portfolios)
        portfolios[which] = {**portfolios[which], name: round(value, 2)}
        setting.set(replace(setting.value, portfolios=tuple(portfolios)))

    for which, name in enumerate(NAMES):
        solara.HTML(tag="h2", unsafe_innerHTML=f"Portfolio {name}")
        for strategy in STRATEGIES:
            value = setting.value.portfolios[which].get(strategy, 0.0)
            solara.SliderFloat(
                words(strategy), value=value, min=0.0, max=1.0, step=0.05, thumb_label=False,
                on_value=lambda value, which=which, strategy=strategy: change(which, strategy, value),
            )  # fmt: skip


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
    solara.ToggleButtonsSingle(which, values=list(NAMES), on_value=set_which)
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
    drawn = picture.community(model, at)
    Network(nodes=drawn["nodes"], ties=drawn["ties"], chosen=chosen, event_choose=choose)
    solara.Text("Darker and larger: gives more. Darker line: trusts more. Click a leader.", style="font-size: 13px")
    agenda = [
        [issue, f"{share:.2f}"]
        for issue, share in zip(model.labels.issues, model.state.islands.agenda[0], strict=False)
    ]
    Table(title="The agenda: share of joint effort", head=[], rows=agenda)
    groups = [
        [name, f"{value:.1f}"] for name, value in zip(model.labels.groups, model.state.groups.welfare, strict=False)
    ]
    Table(title="Welfare by group, MU per person", head=[], rows=groups)
    if chosen >= 0:
        who = model.leaders[chosen]
        about = picture.leader(who)
        Table(title=who.name, head=[], rows=about["about"])
        Table(title="wants effort spent on", head=[], rows=about["wants"])
        Table(title="trusts", head=[], rows=about["trusts"])
        Chart(title="gave, and believed the others give (share)", series=picture.history(model, who))


@solara.component
def Ensemble(setting: Setting):
    """Hundreds of replicates of both portfolios against doing nothing."""

    def compute():
        used = [which for which, parts in enumerate(setting.portfolios) if any(parts.values())]
        nothing = ensemble.play(setting, None)
        return {"nothing": nothing} | {NAMES[which]: ensemble.play(setting, which) for which in used}

    task = solara.lab.use_task(compute, dependencies=[setting], prefer_threaded=True)
    last = solara.use_ref(None)
    if task.finished and task.value is not None:
        last.current = task.value
    solara.HTML(tag="h2", unsafe_innerHTML=f"{setting.replicates} communities, {setting.rounds} months")
    if task.error:
        solara.Text(str(task.exception), style="color: #9c2a00")
    played = last.current
    if played is None:
        solara.Text("computing")
        return
    rows = []
    for name in NAMES:
        if name in played:
            for each in ensemble.effects(played[name], played["nothing"]):
                between = f"{number(each.low)} to {number(each.high)}"
                rows.append([name, title(each.measure), number(each.effect), between])
    with solara.Div(classes=["cw-effects"], attributes={"aria-live": "polite"}):
        Table(
            title="Against doing nothing, under the same luck",
            head=["", "measure", "effect", "95 % interval"],
            rows=rows,
        )
    for measure in ensemble.SHOWN:
        drawn = picture.lines(measure, played)
        Chart(title=drawn["title"], series=drawn["series"])
    solara.Text("Lines: means. Bands: nine tenths of the communities.", style="font-size: 13px")


@solara.component
def Export(setting: Setting):
    """The setting as conf and as the command that reproduces it."""
    solara.HTML(tag="h2", unsafe_innerHTML="Take it along")
    for which, name in enumerate(NAMES):
        parts = setting.portfolios[which]
        solara.Text(f"Portfolio {name}: the command that reproduces it", style="font-weight: 600; font-size: 14px")
        solara.Text(setting.command(parts), classes=["cw-text", f"cw-command-{name}"])
        solara.FileDownload(
            setting.conf(parts), filename=f"portfolio_{name.lower()}.yaml",
            label=f"Download portfolio {name} for conf/strategy",
        )  # fmt: skip


@solara.component
def PastStudy():
    """Results that lie under the folder of results."""
    found = solara.use_memo(past.studies, [])
    name, choose = solara.use_state("")
    solara.HTML(tag="h2", unsafe_innerHTML="A past study")
    if not found:
        solara.Text(f"There are no finished studies in {past.root()}.")
        return
    solara.Select("study", found, value=name or None, on_value=choose)
    if name:
        try:
            results = past.study(name)
        except InputError as error:
            solara.Text(str(error), style="color: #9c2a00")
            return
        Table(
            title="Effect on welfare net of spend, MU per person and round",
            head=["scenario", "strategy", "effect", "95 % interval", "verdict"], rows=past.ranked(results),
        )  # fmt: skip
