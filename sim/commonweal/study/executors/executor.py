"""What every place of work has in common: it can be opened, and then takes tasks."""

from abc import abstractmethod
from contextlib import AbstractContextManager

from commonweal.model.params import Params
from commonweal.study.pool import Workplace


class Place(Params):
    """Results do not depend on it."""

    @abstractmethod
    def open(self) -> AbstractContextManager[Workplace | None]:
        """The executor to hand tasks to; None for processes of this machine (workers=N). Raises InputError."""
