"""Whose money is owed and paid, with the accounts apart: they are read only where somebody is to see them."""

from collections.abc import Mapping, Sequence

from sqlalchemy import exists, select
from sqlalchemy.orm import selectinload, undefer

from award.db import session
from award.editions.models import PrizeLevel
from award.entries.models import Entry
from award.glance import EDITION
from award.payments.models import BankAccount, Payment
from award.payments.owed import Owed, as_of, shares, teller
from award.results.models import Decision, Honour, Result

Accounts = Mapping[tuple[int | None, int | None, int | None], BankAccount]
"""Accounts by the prize and the author they are for, as `Owed.prize` names them."""
GLANCES = {"prizes_decided": select(exists().where(Decision.edition_id == EDITION)).scalar_subquery()}


def owed(edition_id: int, entry_id: int | None = None) -> list[Owed]:
    """Every line of what was decided, prizes from the top; with `entry_id` those of one work. No account is read."""
    lines = [*_for_works(edition_id, entry_id), *(_for_others(edition_id) if entry_id is None else ())]
    told = {
        (row.result_id, row.authorship_id, None): row.told_at
        for row in session.scalars(select(BankAccount).where(BankAccount.result_id.in_(_results(lines))))
    }
    either = Payment.result_id.in_(_results(lines)) | Payment.honour_id.in_([each.honour_id for each in lines])
    paid = {
        (row.result_id, row.authorship_id, row.honour_id): row.paid_on
        for row in session.scalars(select(Payment).where(either))
    }
    return [as_of(each, told_at=told.get(each.prize), paid_on=paid.get(each.prize)) for each in lines]


def _results(lines: Sequence[Owed]) -> list[int]:
    return [each.result_id for each in lines if each.result_id is not None]


def _for_works(edition_id: int, entry_id: int | None) -> list[Owed]:
    found = (
        select(Result, PrizeLevel, Entry)
        .join(PrizeLevel, PrizeLevel.id == Result.prize_level_id)
        .join(Entry, Entry.id == Result.entry_id)
        .where(Result.edition_id == edition_id, Result.state == "decided")
        .order_by(PrizeLevel.rank, PrizeLevel.id, Entry.title_key, Entry.id)
        .options(selectinload(Entry.authors))
    )
    if entry_id is not None:
        found = found.where(Entry.id == entry_id)
    return [
        Owed(
            f"{result.public_id}.{author.public_id}",
            level.name,
            author.legal_name,
            entry.title,
            amount,
            result_id=result.id,
            authorship_id=author.id,
            person_id=teller(author, entry.owner_id),
        )
        for result, level, entry in session.execute(found).tuples()
        for author, amount in shares(level.money, entry.authors, entry.owner_id)
    ]


def _for_others(edition_id: int) -> list[Owed]:
    """Bodies and persons: they tell no account here."""
    found = (
        select(Honour, PrizeLevel, Entry.title)
        .join(PrizeLevel, PrizeLevel.id == Honour.prize_level_id)
        .outerjoin(Entry, Entry.id == Honour.entry_id)
        .where(Honour.edition_id == edition_id, Honour.state == "decided")
        .order_by(PrizeLevel.rank, PrizeLevel.id, Honour.id)
    )
    return [
        Owed(honour.public_id, level.name, honour.recipient, title or "", level.money, honour_id=honour.id)
        for honour, level, title in session.execute(found).tuples()
    ]


def own(edition_id: int, entry_id: int, person_id: int) -> list[Owed]:
    """What this person is owed for this work."""
    return [each for each in owed(edition_id, entry_id) if each.person_id == person_id]


def accounts(lines: Sequence[Owed]) -> Accounts:
    """The accounts of these lines with their words. Who shows them to others than their owner records the look."""
    opened = undefer(BankAccount.holder), undefer(BankAccount.number), undefer(BankAccount.bank)
    found = select(BankAccount).where(BankAccount.result_id.in_(_results(lines))).options(*opened)
    wanted = {each.prize for each in lines}
    rows = session.scalars(found)
    return {prize: row for row in rows if (prize := (row.result_id, row.authorship_id, None)) in wanted}


def account(line: Owed) -> BankAccount | None:
    """The account told for this line, without its words."""
    return session.scalar(
        select(BankAccount).where(
            BankAccount.result_id == line.result_id, BankAccount.authorship_id == line.authorship_id
        )
    )


def untold(edition_id: int, person_id: int) -> list[str]:
    """Public ids of the person's works whose prize money has no account yet and was not paid."""
    mine = {each.result_id for each in owed(edition_id) if each.person_id == person_id and not _settled(each)}
    found = select(Entry.public_id).join(Result, Result.entry_id == Entry.id)
    return list(dict.fromkeys(session.scalars(found.where(Result.id.in_(mine)).order_by(Entry.id)))) if mine else []


def _settled(line: Owed) -> bool:
    return line.paid_on is not None or line.told_at is not None or line.amount == 0
