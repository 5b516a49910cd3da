"""To whom the money of a prize is owed. Pure: authors and a sum in, one line for each who receives some of it out.

Where the rules of a category ask for shares, every author with a share receives theirs; otherwise one of them receives
the whole for all: the author who is there to be written to, or who entered the work, as the dossier names them. Once
money went to somebody, or somebody told an account, that author is the one, whatever the dossier says afterwards.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from award.entries.models import Authorship
from award.payments.models import Payment
from award.payments.taxed import Tax


@dataclass(frozen=True)
class Owed:
    """One line of the list: who receives how much for what, and how far that has come.

    What was paid stands in a line of its own; what is still owed beside it is another one, open.
    """

    key: str
    level: str
    name: str
    work: str
    amount: int | None
    """In đồng; None while the edition has not said how much a prize is. Of what was paid: how much went out."""
    tax: int | None = None
    """How much of the amount is withheld; None while nobody has said how much is."""
    result_id: int | None = None
    authorship_id: int | None = None
    honour_id: int | None = None
    person_id: int | None = None
    """Who alone may say to which account it goes; None where nobody of the house is this author."""
    rule: Tax | None = None
    """How much is withheld of such prizes now, as far as it is said."""
    told_at: datetime | None = None
    paid_on: date | None = None
    over: int = 0
    """Of what was paid: how much more it is than the prize is worth since it was lowered. To be given back."""
    revoked: bool = False
    """The prize was taken back after this was paid: it is no longer owed, and not forgotten."""
    instalment: int = 1
    payment_id: int | None = None

    @property
    def open(self) -> bool:
        """Still to be paid."""
        return self.paid_on is None

    @property
    def choice(self) -> str:
        """How a form says that this line was paid with this sum and tax, so that no others are recorded."""
        told = "" if self.amount is None else str(self.amount)
        return f"{self.key}={told}" if self.tax is None else f"{self.key}={told}-{self.tax}"

    @property
    def net(self) -> int | None:
        """What the receiver has of it."""
        return None if self.amount is None or self.tax is None else self.amount - self.tax


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


def receivers(
    money: int | None, authors: Sequence[Authorship], owner_id: int, held: Sequence[int] = ()
) -> list[tuple[Authorship, int | None]]:
    """The same; where one receives the whole, the first of `held` does: authorships that money or an account is for."""
    given = shares(money, authors, owner_id)
    if len(given) != 1:
        return given
    known = {each.id: each for each in authors}
    kept = next((known[number] for number in held if number in known), given[0][0])
    return [(kept, given[0][1])]


def settled(line: Owed, payment: Payment) -> Owed:
    """The line of what this payment paid."""
    return replace(
        line,
        key=_numbered(line.key, payment.instalment),
        amount=line.amount if payment.amount is None else payment.amount,
        tax=payment.tax,
        paid_on=payment.paid_on,
        instalment=payment.instalment,
        payment_id=payment.id,
    )


def rest(line: Owed, payments: Sequence[Payment]) -> Owed | None:
    """What is still owed of the line beside these payments, as the next instalment; None when nothing is.

    Tax is reckoned on all of the prize: what was withheld before is not withheld again.
    """
    if not payments:
        return line
    known = [each.amount for each in payments if each.amount is not None]
    if line.amount is None or len(known) < len(payments) or sum(known) >= line.amount:
        return None
    number, left = 1 + max(each.instalment for each in payments), line.amount - sum(known)
    withheld = sum(each.tax or 0 for each in payments)
    tax = None if line.tax is None else min(left, max(0, line.tax - withheld))
    return replace(line, key=_numbered(line.key, number), amount=left, tax=tax, instalment=number, payment_id=None)


def with_excess(settled_: Sequence[Owed], amount: int | None) -> list[Owed]:
    """What was paid of a prize, the last of it with what is more than the prize is worth now."""
    paid = sum(each.amount or 0 for each in settled_)
    if not settled_ or amount is None or paid <= amount:
        return list(settled_)
    return [*settled_[:-1], replace(settled_[-1], over=paid - amount)]


def _numbered(key: str, instalment: int) -> str:
    return key if instalment == 1 else f"{key}.{instalment}"


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


@dataclass(frozen=True)
class Sums:
    """Of lines whose prizes stand: how much is known, of how many nothing is, how much was paid, how much is withheld.

    `tax` is None while it is not said of one whose sum is known; `over` is what is to be given back of what was paid.
    """

    known: int
    unknown: int
    paid: int
    tax: int | None
    over: int = 0


def sums(lines: Sequence[Owed]) -> Sums:
    """What the accountant reckons with; a prize that was taken back counts in none of it."""
    standing = [each for each in lines if not each.revoked]
    known = [each for each in standing if each.amount is not None]
    paid = sum(each.amount or 0 for each in known if each.paid_on is not None)
    over = sum(each.over for each in known)
    owed = sum(each.amount or 0 for each in known) - over
    taxes = [each.tax for each in known]
    tax = None if None in taxes else sum(each or 0 for each in taxes)
    return Sums(owed, len(standing) - len(known), paid, tax, over)
