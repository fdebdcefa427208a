"""The page's own drawings, each a small Vue template. Text is always escaped: nothing is inserted as HTML."""

from collections.abc import Callable
from typing import Any

import solara


@solara.component_vue("chart.vue")
def Chart(title: str, series: list[dict[str, Any]]) -> None:  # pyright: ignore[reportReturnType]
    """Lines with bands, named at their ends."""


@solara.component_vue("network.vue")
def Network(
    nodes: list[dict[str, Any]], ties: list[dict[str, Any]], chosen: int, event_choose: Callable[[int], None]
) -> None:  # pyright: ignore[reportReturnType]
    """A community; leaders can be clicked."""


@solara.component_vue("table.vue")
def Table(title: str, head: list[str], rows: list[list[str]]) -> None:  # pyright: ignore[reportReturnType]
    """Rows of text."""


@solara.component_vue("choose_file.vue")
def ChooseFile(
    label: str, kind: str, limit: int, event_upload: Callable[[dict], None], event_refuse: Callable[[dict], None]
) -> None:  # pyright: ignore[reportReturnType]
    """A file of at most `limit` bytes from the user's machine."""
