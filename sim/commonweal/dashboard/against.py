"""Both portfolios against doing nothing, over hundreds of communities."""

# solara re-exports from reacton, and its overloads ask for a Reactive where a value will do:
# pyright: reportPrivateImportUsage=false, reportCallIssue=false
# pyright: reportArgumentType=false, reportAttributeAccessIssue=false

import operator
from collections.abc import Collection

import solara
import solara.lab

from commonweal.dashboard import ensemble, picture
from commonweal.dashboard.pieces import Chart, Table
from commonweal.dashboard.setting import NAMES, Setting
from commonweal.figures.labels import label, title
from commonweal.model.run import RUN_MEASURES
from commonweal.report.meanings import MEANT, NET
from commonweal.report.sentences import capital
from commonweal.report.verdicts import PRIMARY
from commonweal.units import told, told_in


@solara.component
def Ensemble(setting: Setting):
    """Hundreds of replicates of both portfolios against doing nothing."""
    shown, show = solara.use_state((None, None), eq=operator.is_)
    of, played = shown
    wanted = solara.use_ref(setting)
    wanted.current = setting

    def compute():
        for found in ensemble.answers(setting, NAMES, lambda: wanted.current is setting):
            show((setting, found))

    task = solara.lab.use_task(compute, dependencies=[setting], prefer_threaded=True)
    few = min((len(each.runs) for each in (played or {}).values()), default=0)
    first = f"The first {few} of " if 0 < few < setting.replicates else ""
    solara.HTML(tag="h2", unsafe_innerHTML=f"{first}{setting.replicates} communities, {setting.rounds} months")
    if task.error:
        solara.Text(str(task.exception), classes=["cw-error"])
    if played is None:
        solara.Text("computing")
        return
    Found(setting, played, "cw-stale" if of is not setting else "")


@solara.component
def Found(setting: Setting, played: dict[str, ensemble.EnsembleResult], stale: str):
    """The table and the lines. stale: the class of what is of the setting before, until this one is played."""
    with told_in(setting.units):
        _tell(setting, played, stale)


def _tell(setting: Setting, played: dict[str, ensemble.EnsembleResult], stale: str) -> None:
    """What was played, as a table and as lines."""
    pairs = _pairs(played)
    columns = [ensemble.effects(played[one], played[other], setting.smallest_effect) for one, other in pairs]
    rows = [
        [_called(each[0].measure), *(_cell(found, other) for found, (_, other) in zip(each, pairs, strict=True))]
        for each in zip(*columns, strict=True)
    ]
    if stale:
        solara.Text("computing; what is grey is of the setting before", classes=["cw-small", "cw-computing"])
    with solara.Div(
        classes=["cw-effects", stale], attributes={"aria-live": "polite", "aria-busy": str(bool(stale)).lower()}
    ):
        Table(
            title="Difference under the same luck, with its 95 % interval",
            head=["measure", *(f"{one} against {other}" for one, other in pairs)], rows=rows,
        )  # fmt: skip
    brief = [
        f"{one} {_said(found[0])}: {found[0].verdict}".replace("\n", " ")
        for (one, other), found in zip(pairs, columns, strict=True) if other == "nothing"
    ]  # fmt: skip
    if brief:
        unit = told().said(RUN_MEASURES[PRIMARY].unit) if told().money else "MU"
        solara.Text(f"Welfare net of spend against nothing, {unit}: {', '.join(brief)}", classes=["cw-brief", stale])
    with solara.Div(classes=["cw-charts", stale]):
        for measure in ensemble.SHOWN:
            drawn = picture.lines(measure, played)
            Chart(title=drawn["title"], series=drawn["series"])
    meant = ["Lines: means. Bands: nine tenths of the communities.", f"{capital(NET)}: {MEANT}.", setting.people]
    solara.Text(" ".join(filter(None, meant)), classes=["cw-small"])


def _cell(found: ensemble.Effect, other: str) -> str:
    """An effect with its interval; against nothing, and of the outcome that decides, also whether it matters."""
    said = _said(found)
    return f"{said}\n{found.verdict}" if (found.measure, other) == (PRIMARY, "nothing") else said


def _said(found: ensemble.Effect) -> str:
    """An effect with its interval, as amounts are told here."""
    times = told().times(RUN_MEASURES[found.measure].unit)
    return picture.estimate(*(times * each for each in found[1:4]))


def _called(measure: str) -> str:
    """A measure, with its unit where that is the user's own."""
    return label(measure) if told().money else title(measure)


def _pairs(played: Collection[str]) -> list[tuple[str, str]]:
    """What is compared with what: each portfolio that was played with nothing, and both with each other."""
    pairs = [(name, "nothing") for name in NAMES if name in played]
    return [*pairs, NAMES] if len(pairs) == len(NAMES) else pairs
