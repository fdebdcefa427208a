"""The invitation: a question, seven cards, a guess, a community that moves, and one sentence of answer."""

# solara re-exports from reacton, and its overloads ask for a Reactive where a value will do:
# pyright: reportPrivateImportUsage=false, reportCallIssue=false
# pyright: reportArgumentType=false, reportAttributeAccessIssue=false

import operator
from collections.abc import Callable

import solara
import solara.lab

from commonweal.dashboard import ensemble
from commonweal.dashboard.pieces import Cards, Frame, Story
from commonweal.dashboard.setting import Setting
from commonweal.dashboard.story import alone, story
from commonweal.figures.labels import words
from commonweal.figures.style import COLOURS
from commonweal.model.run import RUN_MEASURES
from commonweal.model.strategies import STRATEGIES
from commonweal.report.summary import per_cent
from commonweal.report.verdicts import HARMS, HELPS, NULL, PRIMARY

QUESTION = "Thirty leaders. What would you do?"
NOTE = (
    "They share a town. Each month every one of them chooses how much to give to what they do together, and how much "
    "to keep for their own. You bring them together, and have one idea to try for five years."
)
GUESSES = {HELPS: "People will be better off", NULL: "It makes no difference", HARMS: "They will be worse off"}
"""what may be guessed, by the verdict that it is held against"""


@solara.component
def Invitation(go_on: Callable[[Setting], None]):
    """The first screen. go_on: opens the laboratory with a setting."""
    chosen, choose = solara.use_state("")
    guess, guessed = solara.use_state("")
    done, end = solara.use_state("")

    def play(given: dict) -> None:
        if given["card"] in STRATEGIES:
            guessed(given["guess"] if given["guess"] in GUESSES else "")
            end("")
            choose(given["card"])

    Frame(title=QUESTION, note=NOTE, query="", back="", event_leave=lambda _: None)
    cards = [
        {"name": name, "title": words(name).capitalize(), "colour": COLOURS[name], "text": said}
        for name, said in zip(STRATEGIES, in_a_sentence(), strict=True)
    ]
    Cards(cards=cards, guesses=[{"name": name, "text": text} for name, text in GUESSES.items()], event_play=play)
    if chosen:
        Story(drawn=story(chosen), title=words(chosen).capitalize(), event_ended=lambda _: end(chosen)).key(chosen)
        Answer(chosen, guess, done == chosen).key(f"answer {chosen}")
    with solara.Div(classes=["cw-further"]):
        solara.Button(
            "Open the laboratory: mix strategies, change the town, bring your own leaders", outlined=True,
            on_click=lambda: go_on(alone(chosen) if chosen else Setting()),
        )  # fmt: skip


@solara.component
def Answer(strategy: str, guess: str, ended: bool):
    """One sentence of answer, as soon as the story has ended and enough communities are played."""
    played, show = solara.use_state(None, eq=operator.is_)
    there = solara.use_ref(True)
    solara.use_effect(lambda: lambda: setattr(there, "current", False), [])

    def compute():
        for found in ensemble.answers(alone(strategy), ("A",), lambda: there.current):
            show(found)

    task = solara.lab.use_task(compute, dependencies=[strategy], prefer_threaded=True)
    if task.error:
        solara.Text(str(task.exception), classes=["cw-error"])
        return
    with solara.Div(classes=["cw-answer"], attributes={"aria-live": "polite"}):
        if ended:
            solara.Text(answer(strategy, guess, played) if played else "Counting what happens in other towns ...")


def in_a_sentence() -> list[str]:
    """What each strategy means on Monday: the first of its sentences."""
    setting = Setting()
    return [said.partition(": ")[2].partition(". ")[0].rstrip(".") + "." for said in setting.practice()]


def answer(strategy: str, guess: str, played: dict[str, ensemble.EnsembleResult]) -> str:
    """What a strategy does to people's lives, and whether that was guessed."""
    setting = alone(strategy)
    found = ensemble.effects(played["A"], played["nothing"], setting.smallest_effect)
    net, spend = found[0], found[-1]
    count = len(played["A"].runs)
    usual = float(played["nothing"].runs[:count, list(RUN_MEASURES).index(PRIMARY)].mean())
    effect, low, high = (each / usual for each in net[1:4])
    does = {
        HELPS: "it helps", HARMS: "it harms", NULL: "it makes no difference that matters",
    }.get(net.verdict, "nobody can tell yet")  # fmt: skip
    costs = f"{spend.effect:.1f} MU" if spend.effect >= 0.05 else "next to nothing"
    said = (
        f"In {count} towns like this one {does}: {words(strategy)} changes what people have by "
        f"{per_cent(effect, effect)} ({per_cent(low, high)}), after the {costs} per leader and month that it costs."
    )
    if not guess or net.verdict not in GUESSES:
        return said
    return f"{said} {'You guessed so.' if guess == net.verdict else 'You guessed otherwise.'}"
