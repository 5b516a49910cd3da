"""Letters that are not to be written: what happens in a trial is nobody's business outside."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar, Token

NOWHERE = ".invalid"
"""Addresses that end so belong to nobody, by the rules of names: invented people have such."""

_withheld: ContextVar[bool] = ContextVar("letters_withheld", default=False)


def begin() -> Token[bool]:
    """No letter is written until `end`."""
    return _withheld.set(True)


def end(token: Token[bool]) -> None:
    """Letters are written again, as before `begin`."""
    _withheld.reset(token)


@contextmanager
def no_letters() -> Iterator[None]:
    """No letter is written inside the block, whoever asks for one."""
    token = begin()
    try:
        yield
    finally:
        end(token)


def goes_nowhere(address: str) -> bool:
    """A letter to this address is not written now."""
    return _withheld.get() or address.endswith(NOWHERE)
