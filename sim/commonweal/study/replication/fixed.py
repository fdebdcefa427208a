"""Fixed: run.replicates of every condition."""

from typing import Any

from commonweal.study.replication.rule import Rule, Verdict


class Fixed(Rule):
    """No look is taken."""

    @property
    def limit(self) -> int | None:
        return None

    def look(self, connection: Any, across: list[str]) -> Verdict:
        return Verdict(True, {})
