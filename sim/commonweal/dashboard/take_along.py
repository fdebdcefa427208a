"""What is taken along, the setting as a command and as conf, and what others left: a past study."""

# solara re-exports from reacton, and its overloads ask for a Reactive where a value will do:
# pyright: reportPrivateImportUsage=false, reportCallIssue=false
# pyright: reportArgumentType=false, reportAttributeAccessIssue=false

import solara

from commonweal.dashboard import past
from commonweal.dashboard.pieces import Choice, Folded, Table
from commonweal.dashboard.setting import NAMES, OWN_CONF, Setting
from commonweal.errors import InputError


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
                solara.Text(str(error), classes=["cw-error"])
            return
        where = where if where in ranked else next(iter(ranked))
        Choice(label="scenario of the study", options=list(ranked), value=where, event_choose=look)
        Table(
            title=past.units(name).said("Effect on welfare net of spend, MU per person and round"),
            head=["strategy", "effect\n(95 % interval)", "verdict"], rows=ranked[where],
        )  # fmt: skip
