"""Dask: workers of a Dask scheduler, on any number of machines. docs/how-to/many-machines-dask.md says how."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from pydantic import Field

from commonweal.errors import InputError
from commonweal.extras import lacking
from commonweal.study.executors.executor import Place
from commonweal.study.pool import Workplace


class Dask(Place):
    """Dask gives the work of a lost worker to another. Where the scheduler vanishes, the study can be resumed."""

    address: str | None
    """of the scheduler, such as tcp://10.0.0.5:8786"""
    patience: float = Field(gt=0, le=86_400, json_schema_extra={"unit": "seconds"})
    """how long the scheduler may be out of reach"""

    @contextmanager
    def open(self) -> Iterator[Workplace | None]:
        if self.address is None:
            raise InputError("executor.address is missing; give the scheduler's: executor.address=tcp://HOST:8786")
        try:
            from distributed import Client
            from distributed.comm.addressing import get_address_host_port
        except ImportError:
            raise InputError(lacking("cluster", "executor=dask")) from None
        logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what matters is said in one sentence
        try:
            get_address_host_port(self.address)  # a client that has begun with what is no address ends with a traceback
            client = Client(self.address, timeout=self.patience, set_as_default=False)
        except (OSError, ValueError) as error:
            raise InputError(
                f"executor.address={self.address} does not answer ({str(error).splitlines()[0]}); "
                "start a scheduler there (dask scheduler), or give another address"
            ) from None
        try:
            client.wait_for_workers(1, timeout=self.patience)
            slots = sum(client.nthreads().values())  # pyright: ignore[reportAttributeAccessIssue]
            gone = lambda: client.status not in ("running", "connecting")  # noqa: E731
            yield Workplace(client.get_executor(), max(1, slots), f"the Dask scheduler at {self.address}", gone)
        except TimeoutError:
            raise InputError(
                f"the Dask scheduler at {self.address} has no workers; start some: dask worker {self.address}"
            ) from None
        finally:
            with suppress(Exception):
                client.close(timeout=2)
