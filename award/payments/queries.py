"""Whose money is owed and paid, with the accounts apart: they are read only where somebody is to see them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, and_, func, or_, select
from sqlalchemy.dialects.postgresql import JSONB, aggregate_order_by
from sqlalchemy.orm import InstrumentedAttribute, selectinload, undefer

from award.db import session
from award.editions.models import PrizeLevel, Round
from award.entries.models import Entry
from award.payments.models import BankAccount, FeeRate, Payment, TaxRule
from award.payments.owed import Owed, receivers, rest, settled, teller, with_excess
from award.payments.taxed import Fees, Tax
from award.people.consents import PAYMENT
from award.people.models import Consent, ConsentText
from award.results.models import Honour, Result
from award.results.queries import corrections
from award.results.works import authors_of, said_of

Accounts = Mapping[str, BankAccount]
"""Accounts by the line that they are for, as `Owed.key` names it."""


def owed(edition_id: int, entry_id: int | None = None) -> list[Owed]:
    """Every line of what was decided, prizes from the top; with `entry_id` those of one work. No account is read.

    What was paid for a prize that was taken back afterwards is told too; a prize that carries no money by the rules is
    no line. All of it is as the database has it now.
    """
    payments = _standing(edition_id)
    lines = [
        *_for_works(edition_id, entry_id, payments),
        *(_for_others(edition_id, payments) if entry_id is None else ()),
    ]
    return [each for each in lines if each.amount != 0 or not each.open]


def _stands(result: type[Result] | type[Honour], paid: ColumnElement[bool]) -> ColumnElement[bool]:
    """Decided; or taken back after it was paid."""
    went_out = select(Payment.id).where(paid, Payment.withdrawn_at.is_(None)).correlate(result).exists()
    return or_(result.state == "decided", and_(result.state == "revoked", went_out))


def _standing(edition_id: int) -> Sequence[Payment]:
    """Everything that was paid in the edition, first to last, but what was recorded by mistake."""
    works = select(Result.id).where(Result.edition_id == edition_id)
    others = select(Honour.id).where(Honour.edition_id == edition_id)
    either = or_(Payment.result_id.in_(works), Payment.honour_id.in_(others))
    return session.scalars(select(Payment).where(either, Payment.withdrawn_at.is_(None)).order_by(Payment.id)).all()


def _for_works(edition_id: int, entry_id: int | None, payments: Sequence[Payment]) -> list[Owed]:
    wanted = [Result.edition_id == edition_id, _stands(Result, Payment.result_id == Result.id)]
    if entry_id is not None:
        wanted.append(Result.entry_id == entry_id)
    found = (
        select(Result, PrizeLevel, Entry, TaxRule, corrections(), _told())
        .join(PrizeLevel, PrizeLevel.id == Result.prize_level_id)
        .join(Entry, Entry.id == Result.entry_id)
        .outerjoin(TaxRule, _of_prizes(Result.edition_id))
        .where(*wanted)
        .order_by(PrizeLevel.rank, PrizeLevel.id, Entry.title_key, Entry.id)
        .options(selectinload(Entry.authors))
        .execution_options(populate_existing=True)
    )
    return [
        line
        for result, level, entry, rule, corrected, told in session.execute(found).tuples()
        for line in _lines(
            result,
            level,
            entry,
            said_of(corrected),
            [each for each in payments if each.result_id == result.id],
            {authorship_id: datetime.fromisoformat(at) for authorship_id, at in told or ()},
            rule.tax if rule else None,
        )
    ]


def _told() -> ScalarSelect[Any]:
    """Of a prize by author when an account was told, first to last; null where none was."""
    row = func.jsonb_build_array(BankAccount.authorship_id, BankAccount.told_at)
    found = select(func.jsonb_agg(aggregate_order_by(row, BankAccount.id), type_=JSONB))
    return found.where(BankAccount.result_id == Result.id).correlate(Result).scalar_subquery()


def _lines(
    result: Result,
    level: PrizeLevel,
    entry: Entry,
    said: Mapping[tuple[str, int | None], str],
    payments: Sequence[Payment],
    told: Mapping[int, datetime],
    tax: Tax | None,
) -> list[Owed]:
    """Of one prize: what was paid and what is open, authors in their order."""
    lines = {
        author.id: Owed(
            f"{result.public_id}.{author.public_id}",
            level.name,
            named.name,
            said.get(("title", None), entry.title),
            level.money,
            result_id=result.id,
            authorship_id=author.id,
            person_id=teller(author, entry.owner_id),
            rule=tax,
            revoked=result.state == "revoked",
        )
        for author, named in zip(entry.authors, authors_of(entry, (), said), strict=True)
    }
    if result.state == "revoked":
        found = [settled(lines[each.authorship_id], each) for each in payments if each.authorship_id in lines]
    else:
        found = _standing_lines(level, entry, lines, payments, told, tax)
    order = {number: n for n, number in enumerate(lines)}
    return sorted(found, key=lambda each: (order[each.authorship_id or 0], each.instalment))


def _standing_lines(
    level: PrizeLevel,
    entry: Entry,
    lines: Mapping[int, Owed],
    payments: Sequence[Payment],
    told: Mapping[int, datetime],
    tax: Tax | None,
) -> list[Owed]:
    """Of one prize that stands: what was paid, and what is still to be. Who had money, or else told an account, is the
    receiver."""
    paid_to = [each.authorship_id for each in reversed(payments) if each.authorship_id is not None]
    given = receivers(level.money, entry.authors, entry.owner_id, paid_to or list(told))
    receiving = {author.id for author, _amount in given}
    aside = [each for each in payments if len(given) > 1 and each.authorship_id not in receiving]
    found = _paid(lines, aside, None)
    for author, amount in given:
        of = [each for each in payments if len(given) == 1 or each.authorship_id == author.id]
        whole = replace(lines[author.id], amount=amount, tax=_tax(tax, amount), told_at=told.get(author.id))
        line = rest(whole, of)
        found += [*_paid(lines, of, amount), *([line] if line is not None else [])]
    return found


def _paid(lines: Mapping[int, Owed], payments: Sequence[Payment], amount: int | None) -> list[Owed]:
    """The lines of these payments, which are for a prize, or a share of it, of this sum."""
    known = [settled(line, each) for each in payments if (line := lines.get(each.authorship_id or 0))]
    return with_excess(known, amount)


def _of_prizes(edition_id: InstrumentedAttribute[int]) -> ColumnElement[bool]:
    return and_(TaxRule.edition_id == edition_id, TaxRule.kind == "prize")


def _tax(tax: Tax | None, amount: int | None, *, person: bool = True) -> int | None:
    """What is withheld of the whole sum. Nothing is withheld of what a body has."""
    if tax is None or amount is None:
        return None
    return tax.on(amount) if person else 0


def _for_others(edition_id: int, payments: Sequence[Payment]) -> list[Owed]:
    """Bodies and persons: they tell no account here."""
    wanted = Honour.edition_id == edition_id, _stands(Honour, Payment.honour_id == Honour.id)
    found = (
        select(Honour, PrizeLevel, Entry.title, TaxRule)
        .join(PrizeLevel, PrizeLevel.id == Honour.prize_level_id)
        .outerjoin(Entry, Entry.id == Honour.entry_id)
        .outerjoin(TaxRule, _of_prizes(Honour.edition_id))
        .where(*wanted)
        .order_by(PrizeLevel.rank, PrizeLevel.id, Honour.id)
        .execution_options(populate_existing=True)
    )
    lines: list[Owed] = []
    for honour, level, title, rule in session.execute(found).tuples():
        gone = honour.state == "revoked"
        line = Owed(honour.public_id, level.name, honour.recipient, title or "", level.money, honour_id=honour.id)
        line = replace(line, rule=rule.tax if rule else None)
        of = [each for each in payments if each.honour_id == honour.id]
        tax = _tax(rule.tax if rule else None, level.money, person=level.kind == "person")
        left = None if gone else rest(replace(line, tax=tax), of)
        lines += [*(settled(replace(line, revoked=gone), each) for each in of), *([left] if left else [])]
    return lines


def own(edition_id: int, entry_id: int, person_id: int) -> list[Owed]:
    """What this person is owed for this work."""
    return [each for each in owed(edition_id, entry_id) if each.person_id == person_id]


def accounts(lines: Sequence[Owed]) -> Accounts:
    """The accounts of these lines with their words. Who shows them to others than their owner records the look."""
    opened = undefer(BankAccount.holder), undefer(BankAccount.number), undefer(BankAccount.bank)
    wanted = {(each.result_id, each.authorship_id): each.key for each in lines if each.open}
    numbers = [result_id for result_id, _authorship_id in wanted if result_id is not None]
    rows = session.scalars(select(BankAccount).where(BankAccount.result_id.in_(numbers)).options(*opened))
    return {wanted[place]: row for row in rows if (place := (row.result_id, row.authorship_id)) in wanted}


def account(line: Owed) -> BankAccount | None:
    """The account told for this line, without its words."""
    return session.scalar(
        select(BankAccount).where(
            BankAccount.result_id == line.result_id, BankAccount.authorship_id == line.authorship_id
        )
    )


def accounts_of(person_id: int, entry_id: int) -> Sequence[BankAccount]:
    """Whatever accounts the person told for this work, without their words."""
    found = select(BankAccount).join(Result, Result.id == BankAccount.result_id)
    return session.scalars(found.where(BankAccount.person_id == person_id, Result.entry_id == entry_id)).all()


def resting_consents(person_id: int) -> Sequence[Consent]:
    """The person's standing consents to the payment on which no account rests any more."""
    used = select(BankAccount.consent_id).where(BankAccount.person_id == person_id)
    found = select(Consent).join(ConsentText, ConsentText.id == Consent.text_id)
    mine = Consent.person_id == person_id, ConsentText.purpose == PAYMENT, Consent.withdrawn_at.is_(None)
    return session.scalars(found.where(*mine, Consent.id.not_in(used))).all()


def untold(edition_id: int, person_id: int) -> list[str]:
    """Public ids of the person's works whose prize money has no account yet and was not paid."""
    mine = {each.result_id for each in owed(edition_id) if each.person_id == person_id and not _done(each)}
    found = select(Entry.public_id).join(Result, Result.entry_id == Entry.id)
    return list(dict.fromkeys(session.scalars(found.where(Result.id.in_(mine)).order_by(Entry.id)))) if mine else []


def _done(line: Owed) -> bool:
    return not line.open or line.told_at is not None or line.amount == 0


def tax_rules(edition_id: int) -> Mapping[str, Tax]:
    """What the organiser has said is withheld, of prizes and of fees: by kind, and only what was said."""
    rows = session.scalars(select(TaxRule).where(TaxRule.edition_id == edition_id))
    return {each.kind: each.tax for each in rows}


def terms_said(edition_id: int) -> int:
    """How many sums the organiser has said: what is withheld, and what a sheet of a round is paid."""
    return len(tax_rules(edition_id)) + sum(rate is not None for _each, rate in rounds_with_rates(edition_id))


def rounds_with_rates(edition_id: int) -> Sequence[tuple[Round, int | None]]:
    """Every round, with what a sheet of it is paid where that was said."""
    asked = select(Round, FeeRate.per_sheet).outerjoin(FeeRate, FeeRate.round_id == Round.id)
    return session.execute(asked.where(Round.edition_id == edition_id).order_by(Round.ordinal)).tuples().all()


def fees(judged: Round) -> Fees:
    """What those who judge the round are paid."""
    rate = session.get(FeeRate, judged.id)
    return Fees(rate.per_sheet if rate else None, tax_rules(judged.edition_id).get("fee"))
