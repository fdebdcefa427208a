"""The page: choose, press play, compare. One setting per browser tab; nothing is shared between tabs."""

# solara re-exports from reacton, and its overloads ask for a Reactive where a value will do:
# pyright: reportPrivateImportUsage=false, reportCallIssue=false
# pyright: reportArgumentType=false, reportAttributeAccessIssue=false

import solara

from commonweal.dashboard.against import Ensemble
from commonweal.dashboard.choices import Choices, Portfolios, Upload
from commonweal.dashboard.money import Money
from commonweal.dashboard.pieces import Frame
from commonweal.dashboard.setting import Setting
from commonweal.dashboard.take_along import Export, PastStudy
from commonweal.dashboard.watch import Play

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
            note="Drag, press play, compare. "
            + setting.value.units.said("MU is the unit of money and of leaders' time."),
        )
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
