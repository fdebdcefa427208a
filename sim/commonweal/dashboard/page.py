"""The page: an invitation, and behind it the laboratory. One setting per browser tab; nothing is shared by tabs."""

# solara re-exports from reacton, and its overloads ask for a Reactive where a value will do:
# pyright: reportPrivateImportUsage=false, reportCallIssue=false
# pyright: reportArgumentType=false, reportAttributeAccessIssue=false

from pathlib import Path
from typing import Final

import solara

from commonweal.dashboard.against import Ensemble
from commonweal.dashboard.choices import Choices, Portfolios, Upload
from commonweal.dashboard.invitation import Invitation
from commonweal.dashboard.money import Money
from commonweal.dashboard.pieces import Frame
from commonweal.dashboard.setting import Setting, of_query
from commonweal.dashboard.take_along import Export, PastStudy
from commonweal.dashboard.watch import Play
from commonweal.errors import InputError

STYLE: Final = (Path(__file__).parent / "page.css").read_text(encoding="utf-8")


@solara.component
def Page():
    """The whole page: the laboratory where the address has a setting, else the invitation."""
    query = solara.use_router().search or ""
    asked, wrong = solara.use_memo(lambda: _asked(query), [])
    setting = solara.use_reactive(asked or Setting())
    in_laboratory, enter = solara.use_state(bool(query))

    def go_on(chosen: Setting) -> None:
        setting.set(chosen)
        enter(True)

    solara.Title("commonweal")
    solara.Style(STYLE)
    with solara.Div(classes=["cw-page"]):
        if in_laboratory:
            Frame(
                title="What gets leaders to work together?",
                note="Drag, press play, compare. "
                + setting.value.units.said("MU is the unit of money and of leaders' time."),
                query=setting.value.query(), back="Begin with the question", event_leave=lambda _: enter(False),
            )  # fmt: skip
            if wrong:
                with solara.Div(classes=["cw-error"], attributes={"role": "alert"}):
                    solara.Text(wrong)
            Laboratory(setting)
        else:
            Invitation(go_on)


@solara.component
def Laboratory(setting: solara.Reactive[Setting]):
    """Everything that can be chosen, watched and compared."""
    with solara.Div(classes=["cw-grid"]):
        with solara.Div():
            Choices(setting)
            Portfolios(setting)
            Upload(setting)
            Money(setting)
        with solara.Div():
            Play(setting.value)
        with solara.Div():
            Ensemble(setting.value)
            Export(setting.value)
            PastStudy()


def _asked(query: str) -> tuple[Setting | None, str]:
    """The setting of the address; or none, and why."""
    try:
        return of_query(query), ""
    except InputError as error:
        return None, str(error)
