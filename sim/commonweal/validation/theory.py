"""Theory: exact results that each mechanism must reproduce by itself, everything else off."""

from collections.abc import Iterator

from commonweal.validation.rows import Row
from commonweal.validation.theory_choice import choice
from commonweal.validation.theory_games import games
from commonweal.validation.theory_talk import talk
from commonweal.validation.theory_trust import trust


def theory(seeds: int) -> Iterator[Row]:
    """Every row; `seeds` random starts where starts are random."""
    yield from talk(seeds)
    yield from choice()
    yield from trust()
    yield from games()
