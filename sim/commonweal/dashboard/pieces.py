"""The page's own drawings, each a small Vue template. Text is always escaped: nothing is inserted as HTML.

What is drawn goes to the browser as one text: in anything else Solara looks for elements number by number, which takes
longer than the drawing.
"""

import json
from collections.abc import Callable
from typing import Any

import solara


@solara.component_vue("frame.vue")
def Frame(title: str, note: str, query: str, back: str, event_leave: Callable[[dict], None]) -> None:  # pyright: ignore[reportReturnType]
    """The head of the page, which also says its language, lets it be enlarged, and keeps the address.

    query: what the address has behind '?'. back: what leads away from here, '' for nothing.
    """


@solara.component_vue("cards.vue")
def Cards(cards: list[dict[str, str]], guesses: list[dict[str, str]], event_play: Callable[[dict], None]) -> None:  # pyright: ignore[reportReturnType]
    """One of several cards (name, title, text, colour), and a guess (name, text), which may be left out."""


@solara.component_vue("story.vue")
def Story(drawn: str, title: str, event_ended: Callable[[dict], None]) -> None:  # pyright: ignore[reportReturnType]
    """A community that moves by itself, as commonweal.dashboard.story draws it."""


@solara.component_vue("choice.vue")
def Choice(label: str, options: list[str], value: str, event_choose: Callable[[str], None]) -> None:  # pyright: ignore[reportReturnType]
    """One of several, by the browser's own means."""


@solara.component_vue("sliders.vue")
def Sliders(
    title: str, head: list[str], rows: list[dict[str, Any]], high: float, step: float,
    event_move: Callable[[dict], None],
) -> None:  # pyright: ignore[reportReturnType]  # fmt: skip
    """Rows of sliders from 0 to `high`, a column for each of `head`, each with what it stands for beside it.

    rows: name, label, values and what is said of each, column by column.
    """


def Chart(title: str, series: list[dict[str, Any]]) -> None:
    """Lines with bands, named at their ends."""
    _Chart(title=title, drawn=json.dumps(series))


@solara.component_vue("chart.vue")
def _Chart(title: str, drawn: str) -> None:  # pyright: ignore[reportReturnType]
    """As Chart."""


def Network(community: dict[str, list[dict[str, Any]]], chosen: int, event_choose: Callable[[int], None]) -> None:
    """A community, its nodes and ties; leaders can be clicked."""
    _Network(drawn=json.dumps(community), chosen=chosen, event_choose=event_choose)


@solara.component_vue("network.vue")
def _Network(drawn: str, chosen: int, event_choose: Callable[[int], None]) -> None:  # pyright: ignore[reportReturnType]
    """As Network."""


@solara.component_vue("table.vue")
def Table(title: str, head: list[str], rows: list[list[str]]) -> None:  # pyright: ignore[reportReturnType]
    """Rows of text."""


@solara.component_vue("folded.vue")
def Folded(title: str, lines: list[str]) -> None:  # pyright: ignore[reportReturnType]
    """Lines that are shown where the title is clicked."""


@solara.component_vue("choose_file.vue")
def ChooseFile(
    label: str, kind: str, limit: int, event_upload: Callable[[dict], None], event_refuse: Callable[[dict], None]
) -> None:  # pyright: ignore[reportReturnType]
    """A file of at most `limit` bytes from the user's machine."""


@solara.component_vue("field.vue")
def Field(label: str, value: str, number: bool, event_write: Callable[[str], None]) -> None:  # pyright: ignore[reportReturnType]
    """A line of text, or a number, that is taken when it is left or Enter is pressed."""
