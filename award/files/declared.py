"""A file that somebody is about to send, as the browser declares it: one shape from the door to the deed."""

from collections.abc import Sequence
from typing import NotRequired, TypedDict


class Declared(TypedDict):
    """The arguments of `operations.begin_or_resume` that the sender says."""

    name: str
    size: int
    part_hashes: Sequence[str]
    resuming: NotRequired[str | None]
