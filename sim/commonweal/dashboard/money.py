"""Money: the user's currency, what an hour of staff or an MU is worth in it, and a budget as they write it."""

# solara re-exports from reacton, and its overloads ask for a Reactive where a value will do:
# pyright: reportPrivateImportUsage=false, reportCallIssue=false
# pyright: reportArgumentType=false, reportAttributeAccessIssue=false

import re
from dataclasses import replace

import solara

from commonweal.amounts import Terms, amount_of, number_of, same
from commonweal.configuration.own_units import units_in, worth_of
from commonweal.dashboard.pieces import Field
from commonweal.dashboard.setting import Setting
from commonweal.errors import InputError
from commonweal.units import NONE, Units

FIELDS = {
    "money": "your currency, such as EUR", "hour": "what an hour of staff costs in it",
    "mu": "or what an MU is worth in it",
}  # fmt: skip
BUDGET = "a budget, such as 60k EUR in total, or 50 EUR per leader and month"


@solara.component
def Money(setting: solara.Reactive[Setting]):
    """The currency and its worth, and a budget in it."""
    typed, wrong = solara.use_reactive({}), solara.use_reactive("")
    wanted = solara.use_reactive("")

    def write(name: str, text: str) -> None:
        typed.set({**typed.value, name: text.strip()})
        try:
            units = units_typed(typed.value, setting.value.world(None).convener.hour)
        except InputError as error:
            wrong.set(str(error))
            return
        wrong.set("")
        setting.set(replace(setting.value, units=units))

    def limit(text: str) -> None:
        wanted.set(text.strip())
        try:
            budget = budget_typed(wanted.value, setting.value)
        except InputError as error:
            wrong.set(str(error))
            return
        wrong.set("")
        setting.set(replace(setting.value, budget=budget))

    solara.HTML(tag="h2", unsafe_innerHTML="Your own money")
    for name, label in FIELDS.items():
        Field(
            label=label, value=typed.value.get(name, ""), number=name != "money",
            event_write=lambda text, name=name: write(name, str(text)),
        )  # fmt: skip
    Field(label=BUDGET, value=wanted.value, number=False, event_write=lambda text: limit(str(text)))
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
    values: dict[str, str | float] = {"money": given.get("money", "")}
    for name in {"hour", "mu"} & {*given}:
        label = FIELDS[name].removeprefix("or ")
        values[name], values["money"] = _number(label, given[name], str(values["money"]))
    if not values["money"]:
        del values["money"]
    if {"hour", "mu"} <= {*given}:
        raise InputError("give what an hour costs or what an MU is worth, not both: the one follows from the other")
    return units_in(worth_of(values), hour)


def budget_typed(text: str, setting: Setting) -> float | None:
    """MU per leader and run that a budget comes to; None, which is no limit, for ''. Raises InputError."""
    if not text:
        return None
    world = setting.world(None)
    terms = Terms(setting.units, world.convener.hour, world.community.size, setting.rounds, "leader", "run")
    return terms.mu(text, "the budget")


def _number(label: str, text: str, money: str) -> tuple[float, str]:
    """A number, and its currency: the one written beside it where none is given. Raises InputError."""
    if not re.search(r"[^\W\d]|[$€£]", text):
        return number_of(text, text, label), money
    try:
        found = amount_of(text, label, money)
    except InputError:
        raise InputError(f"{label}: {text!r} is no number; write it as 6.4") from None
    if found.unit in ("MU", "hours") or (money and not same(found.unit, money)) or found.whose or found.span:
        raise InputError(f"{label}: {text!r} is no number of {money or 'a currency'}; write it as 6.4")
    return found.number, money or found.unit
