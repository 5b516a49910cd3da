"""Deeds on money: telling an account, taking it back, looking at accounts, recording that it went out, tax.

Each judges by the lines as they stand once it has the edition: what a page showed may have changed since.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import delete

from award.clock import now
from award.db import session
from award.editions.models import Edition
from award.editions.operations.locking import lock
from award.editions.permissions import Capacity
from award.entries.models import Entry
from award.log.operations import record
from award.payments import permissions, queries
from award.payments.models import BankAccount, FeeRate, Payment, TaxRule
from award.payments.owed import Owed
from award.payments.taxed import Tax
from award.people.consents import PAYMENT, give_consent
from award.people.models import Person
from award.results.models import Result
from award.results.queries import decision
from award.verdicts import Refused, require


def tell(*, person: Person, edition: Edition, keys: Collection[str], holder: str, number: str, bank: str) -> None:
    """The money of these lines goes to this account, to which the person agreed; what was told before is gone."""
    lines = _as_they_stand(edition, keys)
    for line in lines:
        require(permissions.can_tell(person.id, line))
    consent = give_consent(person=person, purpose=PAYMENT)
    for line in lines:
        assert line.result_id is not None
        assert line.authorship_id is not None
        kept = queries.account(line)
        if kept is None:
            kept = BankAccount(result_id=line.result_id, authorship_id=line.authorship_id, person_id=person.id)
            session.add(kept)
        kept.holder, kept.number, kept.bank = holder, number, bank
        kept.consent_id, kept.told_at = consent.id, now()
    session.flush()
    _log("payment.account_told", person.id, edition, lines=len(lines))


def take_back(*, person: Person, edition: Edition, entry: Entry) -> None:
    """No account of the person is kept for this work any more; consents on which no account rests are withdrawn."""
    lock(edition)
    told = queries.accounts_of(person.id, entry.id)
    for kept in told:
        session.delete(kept)
    session.flush()
    for consent in queries.resting_consents(person.id):
        consent.withdrawn_at = now()
    session.flush()
    _log("payment.account_taken_back", person.id, edition, lines=len(told))


def drop(*, result: Result, by_id: int | None) -> None:
    """The prize is taken back: no account is kept for it any more. What was paid stays in the books."""
    gone = delete(BankAccount).where(BankAccount.result_id == result.id).returning(BankAccount.id)
    dropped = len(session.scalars(gone).all())
    if dropped:
        edition = session.get_one(Edition, result.edition_id)
        _log("payment.accounts_dropped", by_id, edition, accounts=dropped, result=result.id)


def forget(person_id: int, purpose: str) -> None:
    """Who withdraws the consent to the payment has no account here any more."""
    if purpose == PAYMENT:
        session.execute(delete(BankAccount).where(BankAccount.person_id == person_id))


def look(*, by: Capacity, edition: Edition, lines: Sequence[Owed], taken: str = "") -> queries.Accounts:
    """The accounts of these lines; who looked at them, or took them along as which kind of file, stands in the log."""
    require(permissions.can_pay(by, decision(edition.id)))
    found = queries.accounts(lines)
    if taken:
        _log("payment.accounts_taken", by.person_id, edition, accounts=len(found), file=taken)
    else:
        _log("payment.accounts_looked_at", by.person_id, edition, accounts=len(found))
    return found


def pay(*, by: Capacity, edition: Edition, chosen: Collection[str], paid_on: date) -> None:
    """The money of these lines went out on this day, `Owed.choice` of each; their accounts are gone in the same commit.

    Refused whole when one of them was paid, taken back or is owed another sum since.
    """
    lines = _as_they_stand(edition, {each.partition("=")[0] for each in chosen})
    require(permissions.can_pay(by, decision(edition.id)))
    assert by.person_id is not None
    for line in lines:
        require(permissions.can_record(line, chosen))
        session.add(
            Payment(
                result_id=line.result_id,
                authorship_id=line.authorship_id,
                honour_id=line.honour_id,
                instalment=line.instalment,
                amount=line.amount,
                tax=line.tax,
                paid_on=paid_on,
                recorded_by_id=by.person_id,
            )
        )
        if line.result_id is not None:
            over = BankAccount.result_id == line.result_id, BankAccount.authorship_id == line.authorship_id
            session.execute(delete(BankAccount).where(*over))
    session.flush()
    detail = {"lines": [{"key": each.key, "amount": each.amount, "tax": each.tax} for each in lines]}
    _log("payment.paid", by.person_id, edition, detail, lines=len(lines), day=paid_on.isoformat())


def undo(*, by: Capacity, edition: Edition, key: str, reason: str) -> None:
    """The payment was recorded by mistake: it is withdrawn for this reason, and what it paid is owed again."""
    (line,) = _as_they_stand(edition, [key])
    require(permissions.can_pay(by, decision(edition.id)))
    require(permissions.can_undo(line))
    payment = session.get_one(Payment, line.payment_id)
    payment.withdrawn_at, payment.withdrawn_by_id, payment.withdrawn_reason = now(), by.person_id, reason
    session.flush()
    detail = {"lines": [{"key": line.key, "amount": line.amount}], "reason": reason}
    _log("payment.withdrawn", by.person_id, edition, detail, payment=payment.id)


def set_terms(
    *, by: Capacity, edition: Edition, taxes: Mapping[str, Tax | None], rates: Mapping[int, int | None]
) -> None:
    """How much is withheld of prizes and of fees, and what a sheet of each round is paid: as is said now, None unsaid.

    What was paid before keeps what was withheld of it then.
    """
    require(permissions.can_set_terms(by))
    lock(edition)
    session.execute(delete(TaxRule).where(TaxRule.edition_id == edition.id, TaxRule.kind.in_(taxes)))
    session.execute(delete(FeeRate).where(FeeRate.round_id.in_(rates)))
    session.add_all(TaxRule(edition_id=edition.id, kind=kind, **vars(tax)) for kind, tax in taxes.items() if tax)
    session.add_all(FeeRate(round_id=number, per_sheet=rate) for number, rate in rates.items() if rate is not None)
    session.flush()
    detail = {
        "taxes": {kind: tax and vars(tax) for kind, tax in taxes.items()},
        "rates": {str(n): rate for n, rate in rates.items()},
    }
    _log("payment.terms_set", by.person_id, edition, detail)


def take_terms(*, source_id: int, edition: Edition) -> None:
    """The draft withholds as the earlier edition does, and pays a sheet of each of its rounds what the one of the same
    number was paid."""
    session.execute(delete(TaxRule).where(TaxRule.edition_id == edition.id))
    for kind, tax in queries.tax_rules(source_id).items():
        session.add(TaxRule(edition_id=edition.id, kind=kind, **vars(tax)))
    paid = {each.ordinal: rate for each, rate in queries.rounds_with_rates(source_id)}
    for each, _rate in queries.rounds_with_rates(edition.id):
        session.execute(delete(FeeRate).where(FeeRate.round_id == each.id))
        if (rate := paid.get(each.ordinal)) is not None:
            session.add(FeeRate(round_id=each.id, per_sheet=rate))
    session.flush()


def _as_they_stand(edition: Edition, keys: Collection[str]) -> list[Owed]:
    """The lines under these keys, read once nobody else changes the edition; refused when one is not there any more."""
    lock(edition)
    lines = [each for each in queries.owed(edition.id) if each.key in keys]
    if len(lines) < len(set(keys)):
        raise Refused(permissions.gone())
    return lines


def _log(
    kind: str, by_id: int | None, edition: Edition, detail: dict[str, Any] | None = None, **facts: int | str | None
) -> None:
    record(kind, actor_id=by_id, award_id=edition.award_id, subject=edition, facts=facts, detail=detail)
