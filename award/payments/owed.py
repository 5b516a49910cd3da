"""To whom the money of a prize is owed. Pure: authors and a sum in, one line for each who receives some of it out.

Where the rules of a category ask for shares, every author with a share receives theirs; otherwise one of them receives
the whole for all: the author who is there to be written to, or who entered the work, as the dossier names them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from award.entries.models import Authorship


@dataclass(frozen=True)
class Owed:
    """One line of the list: who receives how much for what, and how far that has come."""

    key: str
    level: str
    name: str
    work: str
    amount: int | None
    """In đồng; None while the edition has not said how much a prize is."""
    result_id: int | None = None
    authorship_id: int | None = None
    honour_id: int | None = None
    person_id: int | None = None
    """Who alone may say to which account it goes; None where nobody of the house is this author."""
    told_at: datetime | None = None
    paid_on: date | None = None

    @property
    def prize(self) -> tuple[int | None, int | None, int | None]:
        return self.result_id, self.authorship_id, self.honour_id


def shares(money: int | None, authors: Sequence[Authorship], owner_id: int) -> list[tuple[Authorship, int | None]]:
    """Who of the authors receives how much. All of the money is given: what does not divide goes to the first."""
    parted = [(each, each.share) for each in authors if each.share]
    if not parted:
        return [(_receiver(authors, owner_id), money)] if authors else []
    whole = sum(share for _author, share in parted)
    if money is None:
        return [(author, None) for author, _share in parted]
    given = [(author, money * share // whole) for author, share in parted]
    first, some = given[0]
    return [(first, some + money - sum(each for _author, each in given)), *given[1:]]


def teller(author: Authorship, owner_id: int) -> int | None:
    """Who can say to which account the author's money goes: the author, who entered the work or joined it. An account
    that somebody else wrote into the row has no hand in it."""
    return author.person_id if author.joined or author.person_id == owner_id else None


def _receiver(authors: Sequence[Authorship], owner_id: int) -> Authorship:
    """Somebody who can say to which account, if there is one among the authors."""
    contact = next((each for each in authors if each.contact), authors[0])
    if teller(contact, owner_id) is not None:
        return contact
    return next((each for each in authors if each.person_id == owner_id), contact)


def total(lines: Sequence[Owed]) -> int | None:
    """The sum of all lines; None while one of them is not known."""
    sums = [each.amount for each in lines]
    return None if None in sums else sum(amount or 0 for amount in sums)


def as_of(line: Owed, *, told_at: datetime | None, paid_on: date | None) -> Owed:
    """The line with how far it has come."""
    return replace(line, told_at=told_at, paid_on=paid_on)
