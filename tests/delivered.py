"""The process from which browsers read files, as the single machine has it, before any store."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from award.local.delivery import listen, start_delivery


@contextmanager
def delivered(store: str, log: Path) -> Iterator[str]:
    """The host from which files of the store (host:port) are read until the end of the block."""
    with listen(None) as listening:
        service = start_delivery(listening, store, log=log)
        try:
            yield f"localhost:{listening.getsockname()[1]}"
        finally:
            service.stop()
