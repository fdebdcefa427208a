"""Money: the user's currency, and what an hour of staff or an MU is worth in it; all amounts are then told in that."""

# solara re-exports from reacton, and its overloads ask for a Reactive where a value will do:
# pyright: reportPrivateImportUsage=false, reportCallIssue=false
# pyright: reportArgumentType=false, reportAttributeAccessIssue=false

from dataclasses import replace

import solara

from commonweal.configuration.own_units import units_in, worth_of
from commonweal.dashboard.pieces import Field
from commonweal.dashboard.setting import Setting
from commonweal.errors import InputError
from commonweal.units import NONE, Units

FIELDS = {
    "money": "your currency, such as EUR", "hour": "what an hour of staff costs in it",
    "mu": "or what an MU is worth in it",
}  # fmt: skip


@solara.component
def Money(setting: solara.Reactive[Setting]):
    """The currency and its worth."""
    typed, wrong = solara.use_reactive({}), solara.use_reactive("")

    def write(name: str, text: str) -> None:
        typed.set({**typed.value, name: text.strip()})
        try:
            units = units_typed(typed.value, setting.value.world(None).convener.hour)
        except InputError as error:
            wrong.set(str(error))
            return
        wrong.set("")
        setting.set(replace(setting.value, units=units))

    solara.HTML(tag="h2", unsafe_innerHTML="Your own money")
    for name, label in FIELDS.items():
        Field(
            label=label, value=typed.value.get(name, ""), number=name != "money",
            event_write=lambda text, name=name: write(name, str(text)),
        )  # fmt: skip
    if wrong.value:
        with solara.Div(attributes={"role": "alert"}):
            solara.Text(wrong.value, classes=["cw-error"])
    elif setting.value.units.money:
        solara.Text(setting.value.units.key, classes=["cw-text", "cw-units"])


def units_typed(typed: dict[str, str], hour: float) -> Units:
    """What the fields say; NONE while they do not say all. hour: MU that an hour of staff costs. Raises InputError."""
    given = {name: text for name, text in typed.items() if text}
    if len(given) < 2 and not {"hour", "mu"} & {*given}:
        return NONE  # a currency alone, before its worth is written
    values: dict[str, str | float] = dict(given)
    for name in ("hour", "mu"):
        if name in given:
            values[name] = _number(FIELDS[name], given[name])
    if {"hour", "mu"} <= {*given}:
        raise InputError("give what an hour costs or what an MU is worth, not both: the one follows from the other")
    return units_in(worth_of(values), hour)


def _number(label: str, text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise InputError(f"{label.removeprefix('or ')}: {text!r} is no number; write it as 6.4") from None
