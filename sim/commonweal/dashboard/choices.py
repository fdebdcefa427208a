"""What is chosen: a community, a scenario, a budget, leaders of one's own, two portfolios."""

# solara re-exports from reacton, and its overloads ask for a Reactive where a value will do:
# pyright: reportPrivateImportUsage=false, reportCallIssue=false
# pyright: reportArgumentType=false, reportAttributeAccessIssue=false

import tempfile
from dataclasses import replace
from itertools import takewhile
from pathlib import Path

import solara

from commonweal.dashboard import upload
from commonweal.dashboard.pieces import Choice, ChooseFile, Folded, Sliders
from commonweal.dashboard.setting import COMMUNITIES, NAMES, SCENARIOS, STRATEGIES, Setting
from commonweal.errors import InputError
from commonweal.figures.labels import words

BUDGET = 60
"""MU per leader and month, as spend is told: the right end of the budget's slider, which stands for no limit"""


@solara.component
def Choices(setting: solara.Reactive[Setting]):
    """Community, scenario, budget."""
    now = setting.value
    own = "your own roster"

    def settle(name: str) -> None:
        if name in COMMUNITIES:
            setting.set(replace(setting.value, community=name, files=None))

    def spend(moved: dict) -> None:
        much, months = float(moved["value"]) / now.units.mu, setting.value.rounds
        setting.set(replace(setting.value, budget=None if much >= BUDGET else max(0.0, much * months)))

    solara.HTML(tag="h2", unsafe_innerHTML="The community")
    Choice(
        label="community", options=[*COMMUNITIES, *([own] if now.files else [])],
        value=own if now.files else now.community, event_choose=settle,
    )  # fmt: skip
    Choice(
        label="scenario", options=list(SCENARIOS), value=now.scenario,
        event_choose=lambda name: name in SCENARIOS and setting.set(replace(setting.value, scenario=name)),
    )  # fmt: skip
    shown = BUDGET if now.budget is None else now.budget / now.rounds
    mu = now.units.mu if now.units.money else 1
    said = "no limit" if now.budget is None else now.units.short(shown * mu) if now.units.money else f"{shown:g}"
    label = now.units.said("budget, MU per leader and month")
    row = {"name": "budget", "label": label, "values": [shown * mu], "said": [said]}
    Sliders(title="", head=[], rows=[row], high=BUDGET * mu, step=5 * mu, event_move=spend)


@solara.component
def Upload(setting: solara.Reactive[Setting]):
    """A roster of one's own. Files are kept in a folder that goes with the tab."""
    said, wrong = solara.use_state(""), solara.use_state("")
    scratch = solara.use_memo(lambda: tempfile.TemporaryDirectory(prefix="commonweal-"), [])
    solara.use_effect(lambda: scratch.cleanup, [])
    uploads = solara.use_memo(lambda: upload.Uploads(Path(scratch.name)), [])

    def take(data: dict) -> None:
        try:
            usual = setting.value.world(None).people.endowment
            files, text = uploads.take(data["kind"], str(data["name"]), data["content"], usual)
        except InputError as error:
            wrong[1](str(error))
            return
        wrong[1]("")
        said[1](text)
        setting.set(replace(setting.value, files=files))

    def refuse(data: dict) -> None:
        limit = upload.LIMIT // 2**20
        wrong[1](f"{data['name']}: it is larger than {limit} MiB; leave out what the roster does not need")

    solara.HTML(tag="h2", unsafe_innerHTML="Your own leaders")
    for kind, name in (
        ("leaders", "leaders, or all in one (CSV, workbook, GraphML ...)"),
        ("ties", "ties"),
        ("groups", "groups"),
    ):
        ChooseFile(label=name, kind=kind, limit=upload.LIMIT, event_upload=take, event_refuse=refuse)
    if wrong[0]:
        with solara.Div(classes=["cw-wrong"], attributes={"role": "alert"}):
            solara.Text(wrong[0], classes=["cw-error"])
    if said[0]:
        lines = said[0].splitlines()
        first = [*takewhile(lambda line: not line.endswith(":"), lines)]
        solara.Text("\n".join(first), classes=["cw-text", "cw-read"])
        if rest := [line.strip() for line in lines[len(first) :]]:
            Folded(title="What you left open, and how the files were read", lines=rest)


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
    Sliders(title="strategy", head=list(NAMES), rows=rows, high=1, step=0.1, event_move=change)
    Folded(title="What each means on Monday, at full strength", lines=setting.value.practice())
