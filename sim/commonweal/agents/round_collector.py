"""Mesa's data collector, which takes all measures of a round at once: asked one by one they take as long as a round."""

from typing import Any, Final

import mesa

from commonweal.model.measures import MEASURES

ROUND: Final = {name: name for name in ("round", *MEASURES)}
"""Mesa's reporters of the model: attributes"""


class RoundCollector(mesa.DataCollector):
    """The round and every measure of it. Whoever gives it reporters more has them collected as Mesa does."""

    def __init__(self, agent_reporters: dict[str, Any]) -> None:
        super().__init__(model_reporters=ROUND, agent_reporters=agent_reporters)

    def collect(self, model: Any) -> None:
        if self.model_reporters != ROUND or self.agent_reporters or self.agenttype_reporters:
            super().collect(model)
            return
        self._collection_steps.append(model.time)
        for kept, value in zip(self.model_vars.values(), (model.round, *model._measures[0].tolist()), strict=True):
            kept.append(value)
