"""To whom prize money is owed: all of it, to whom, and who may say where it goes."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from award.entries.models import Authorship
from award.payments.models import Payment
from award.payments.owed import Owed, Sums, receivers, rest, settled, shares, sums, with_excess
from award.payments.permissions import can_tell
from award.payments.taxed import Tax

JOINED = datetime(2023, 9, 1, tzinfo=UTC)


def author(number: int, *, person: int | None = None, joined: datetime | None = JOINED, **fields: Any) -> Authorship:
    fields = {"legal_name": f"Tác giả {number}", "contact": False, "share": None, **fields}
    made = Authorship(ordinal=number, person_id=person, joined_at=joined if person else None, **fields)
    made.id = number
    return made


@pytest.mark.parametrize(
    ("money", "authors", "given"),
    [
        (10_000_000, [author(1, person=7, contact=True)], {1: 10_000_000}),
        (10_000_000, [author(1), author(2, person=8, contact=True)], {2: 10_000_000}),
        # Who is to be written to has no account: the author who entered the work has one.
        (10_000_000, [author(1, contact=True), author(2, person=9)], {2: 10_000_000}),
        (10_000_000, [author(1, contact=True), author(2, person=8)], {1: 10_000_000}),
        # An account that somebody else wrote into a row has no hand in it.
        (10_000_000, [author(1, person=7, contact=True, joined=None), author(2, person=9)], {2: 10_000_000}),
        (10_000_000, [author(1, share=60), author(2, share=40), author(3)], {1: 6_000_000, 2: 4_000_000}),
        (1_000_000, [author(n, share=1) for n in (1, 2, 3)], {1: 333_334, 2: 333_333, 3: 333_333}),
        (None, [author(1, share=60), author(2, share=40)], {1: None, 2: None}),
        (None, [author(1, contact=True)], {1: None}),
        (10_000_000, [], {}),
    ],
)
def test_all_of_the_money_is_given(money: int | None, authors: list[Authorship], given: dict[int, int | None]) -> None:
    found = {each.id: amount for each, amount in shares(money, authors, owner_id=9)}
    assert found == given


@pytest.mark.parametrize(
    ("shared", "held", "who"),
    [
        (False, (), [1]),
        # The second had the money, or told an account, and left since.
        (False, (2,), [2]),
        (False, (2, 1), [2]),
        (False, (99,), [1]),
        (True, (2,), [1, 2]),
    ],
)
def test_who_had_the_whole_stays_its_receiver(*, shared: bool, held: tuple[int, ...], who: list[int]) -> None:
    share = 50 if shared else None
    authors = [author(1, person=9, share=share), author(2, contact=True, share=share)]
    assert [each.id for each, _amount in receivers(10_000_000, authors, 9, held)] == who


@pytest.mark.parametrize(
    ("amount", "paid", "left"),
    [
        (10, (), ("k", 10)),
        (10, (10,), None),
        (30, (10,), ("k.2", 20)),
        (30, (10, 5), ("k.3", 15)),
        (10, (30,), None),
        (10, (None,), None),
        (None, (10,), None),
    ],
)
def test_what_a_higher_prize_brings_is_another_line(
    amount: int | None, paid: tuple[int | None, ...], left: tuple[str, int] | None
) -> None:
    payments = [Payment(instalment=n, amount=each, paid_on=date(2023, 12, n)) for n, each in enumerate(paid, 1)]
    line = Owed("k", "Giải A", "", "", amount)
    found = rest(line, payments)
    assert (found and (found.key, found.amount)) == left
    gone = [settled(line, each) for each in payments]
    over = [each.over for each in with_excess(gone, amount)]
    assert sum(over) == max(0, sum(each or 0 for each in paid) - (amount or 10**9)), over
    taxed = rest(replace(line, tax=None if amount is None else amount // 2), payments)
    assert (taxed and taxed.tax) == (left and amount and min(left[1], amount // 2))
    assert [(each.open, each.amount) for each in gone] == [(False, each or amount) for each in paid]


def test_a_sum_is_of_what_is_settled_and_tells_how_many_are_not() -> None:
    lines = [Owed(str(n), "Giải A", "", "", amount) for n, amount in enumerate((5, 7))]
    assert sums(lines) == Sums(12, 0, 0, None)
    paid = Owed("y", "Giải B", "", "", 5, paid_on=date(2023, 12, 1))
    reckoned = sums([*lines, Owed("x", "Giải B", "", "", None), paid])
    assert (reckoned.known, reckoned.unknown, reckoned.paid) == (17, 1, 5)
    assert sums([*lines, Owed("x", "Giải B", "", "", 9, paid_on=date(2023, 12, 1), revoked=True)]).known == 12


@pytest.mark.parametrize(("person", "whose", "allowed"), [(1, 1, True), (1, 2, False), (1, None, False)])
def test_everybody_tells_for_themselves(person: int, whose: int | None, *, allowed: bool) -> None:
    assert bool(can_tell(person, Owed("k", "Giải A", "", "", 5, result_id=1, person_id=whose))) is allowed


PART, WHOLE = Tax(10, 10_000_000, of_excess=True, ground="x"), Tax(10, 2_000_000, of_excess=False, ground="x")


@pytest.mark.parametrize(
    ("tax", "amount", "taken"),
    [
        (PART, 10_000_000, 0),
        (PART, 10_000_004, 0),
        (PART, 10_000_005, 1),
        (PART, 15_000_000, 500_000),
        (WHOLE, 1_999_999, 0),
        (WHOLE, 2_000_000, 200_000),
        (WHOLE, 2_000_004, 200_000),
        (replace(PART, percent=0), 99_000_000, 0),
    ],
)
def test_tax_is_reckoned_to_the_dong(tax: Tax, amount: int, taken: int) -> None:
    assert tax.on(amount) == taken


@pytest.mark.parametrize("amounts", [(1, 1, 1), (1_999_999, 7, 0), (700_001, 700_001, 700_003), (0, 0), ()])
def test_lines_of_one_payment_bear_its_tax_together(amounts: tuple[int, ...]) -> None:
    parts = WHOLE.over(amounts)
    assert len(parts) == len(amounts)
    assert sum(parts) == WHOLE.on(sum(amounts))
    assert all(0 <= part <= amount for part, amount in zip(parts, amounts, strict=True))


def test_what_was_withheld_before_is_not_withheld_again() -> None:
    """A prize that was raised: its tax is that of the whole, less what the first instalment bore."""
    paid = Payment(instalment=1, amount=15_000_000, tax=500_000, paid_on=date(2023, 12, 1))
    line = Owed("k", "Giải A", "", "", 20_000_000, tax=PART.on(20_000_000))
    left = rest(line, [paid])
    assert left is not None
    assert (left.amount, left.tax, left.net, left.choice) == (5_000_000, 500_000, 4_500_000, "k.2=5000000-500000")
    known = [settled(line, paid), left]
    assert (sums(known).known, sums(known).tax) == (20_000_000, PART.on(20_000_000))
    assert sums([*known, Owed("x", "Giải B", "", "", 5)]).tax is None
