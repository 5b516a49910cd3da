"""Pages by key: every row once, back the way one came, whatever goes or comes meanwhile."""

from collections.abc import Callable

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from award.clock import now
from award.db import session, unit_of_work
from award.messages.models import Message
from award.paging import FIRST, Order, Page, Turn, cut, page

LETTERS = st.lists(st.text("abc", min_size=1, max_size=3), unique=True, max_size=40)


def walked(ask: Callable[[Turn], Page[str]]) -> list[str]:
    """Every row from the first page to the last; each way back is the way that was come."""
    rows: list[str] = []
    turn, found = FIRST, ask(FIRST)
    assert found.previous is None
    while True:
        rows += found.rows
        if found.following is None:
            return rows
        came, turn = turn, Turn.read(found.following)
        found = ask(turn)
        assert found.previous is not None
        back = ask(Turn.read(found.previous))
        assert (back.following, list(back.rows)) == (turn.carried, list(ask(came).rows))


@given(LETTERS, st.integers(1, 7))
def test_a_list_at_hand_is_shown_page_by_page(letters: list[str], size: int) -> None:
    assert walked(lambda turn: cut(letters, turn, str, size=size)) == letters
    some = [each for each in letters if "a" in each]
    assert walked(lambda turn: cut(letters, turn, str, passes=lambda each: "a" in each, size=size)) == some


def test_what_an_address_says() -> None:
    assert Turn.read({}) == FIRST
    assert Turn.read({"sau": " x "}) == Turn("x")
    assert Turn.read({"truoc": "x", "sau": "y"}) == Turn("x", back=True)
    assert [each.carried for each in (FIRST, Turn("x"), Turn("x", back=True))] == [{}, {"sau": "x"}, {"truoc": "x"}]


def test_how_much_of_a_list_at_hand_is_seen() -> None:
    letters = [str(n) for n in range(23)]
    found = cut(letters, Turn("9"), str, size=10)
    assert (found.first, found.last, found.total, found.alone) == (11, 20, 23, False)
    assert cut(letters, FIRST, str, size=23).alone


@pytest.fixture
def letters(app: Flask, ctx: Flask) -> list[str]:
    """Subjects of letters in the order of their kinds, of which many are the same, then of their numbers."""
    with unit_of_work():
        for n in range(23):
            kind = f"k{n % 3}"
            key = f"{n:012d}"
            session.add(
                Message(
                    public_id=key,
                    kind=kind,
                    to_address="a@b.vn",
                    subject=key,
                    body="",
                    dedupe_key=key,
                    created_at=now(),
                )
            )
    return sorted((f"{n:012d}" for n in range(23)), key=lambda key: (int(key) % 3, int(key)))


def asked(turn: Turn, *, falling: bool = False, size: int = 5) -> Page[str]:
    order = Order(
        (Message.kind.expression, Message.id.expression), lambda key: Message.public_id == key, falling=falling
    )
    found = page(select(Message.subject), order, turn, lambda row: row.subject, size=size)
    return found.of([row.subject for row in found.rows])


@pytest.mark.parametrize("size", [1, 5, 22, 23, 24])
def test_rows_are_read_page_by_page_rising_and_falling(letters: list[str], size: int) -> None:
    assert walked(lambda turn: asked(turn, size=size)) == letters
    assert walked(lambda turn: asked(turn, falling=True, size=size)) == letters[::-1]


def test_rows_that_come_or_go_above_move_nothing_below(letters: list[str]) -> None:
    below = asked(Turn(letters[9])).rows
    with unit_of_work():
        for key in letters[:4]:
            session.delete(session.scalars(select(Message).where(Message.public_id == key)).one())
    assert asked(Turn(letters[9])).rows == below
    back = asked(Turn(letters[5], back=True))
    assert list(back.rows) == letters[4:9], "a page that would not be full is the first one"
    assert back.previous is None


def test_a_row_nobody_knows_leads_to_the_first_page(letters: list[str]) -> None:
    assert asked(Turn("nobody")) == asked(Turn("nobody", back=True)) == asked(FIRST)
    assert list(asked(Turn(letters[-1])).rows) == letters[:5]
