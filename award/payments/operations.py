"""Deeds on prize money: telling an account, taking it back, looking at accounts, recording that money went out."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import delete

from award.clock import now
from award.db import session
from award.editions.models import Edition
from award.editions.operations.locking import lock
from award.editions.permissions import Capacity
from award.log.operations import record
from award.payments import permissions, queries
from award.payments.models import BankAccount, Payment
from award.payments.owed import Owed
from award.people.consents import PAYMENT, give_consent
from award.people.models import Consent, Person
from award.results.queries import decision
from award.verdicts import require


def tell(*, person: Person, edition: Edition, lines: Sequence[Owed], holder: str, number: str, bank: str) -> None:
    """The money of these lines goes to this account, to which the person agreed; what was told before is gone."""
    lock(edition)
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


def take_back(*, person: Person, edition: Edition, lines: Sequence[Owed]) -> None:
    """No account is kept for these lines any more, and the consent to it is withdrawn."""
    told = [kept for line in lines if line.person_id == person.id and (kept := queries.account(line)) is not None]
    for kept in told:
        consent = session.get_one(Consent, kept.consent_id)
        consent.withdrawn_at = consent.withdrawn_at or now()
        session.delete(kept)
    session.flush()
    _log("payment.account_taken_back", person.id, edition, lines=len(told))


def forget(person_id: int, purpose: str) -> None:
    """Who withdraws the consent to the payment has no account here any more."""
    if purpose == PAYMENT:
        session.execute(delete(BankAccount).where(BankAccount.person_id == person_id))


def look(*, by: Capacity, edition: Edition, lines: Sequence[Owed]) -> queries.Accounts:
    """The accounts of these lines; that they were looked at, by whom and how many, stands in the log."""
    require(permissions.can_pay(by, decision(edition.id)))
    found = queries.accounts(lines)
    _log("payment.accounts_looked_at", by.person_id, edition, accounts=len(found))
    return found


def pay(*, by: Capacity, edition: Edition, lines: Sequence[Owed], paid_on: date) -> None:
    """The money of these lines went out on this day; their accounts are gone in the same commit."""
    lock(edition)
    require(permissions.can_pay(by, decision(edition.id)))
    assert by.person_id is not None
    for line in lines:
        require(permissions.can_record(line))
        session.add(
            Payment(
                result_id=line.result_id,
                authorship_id=line.authorship_id,
                honour_id=line.honour_id,
                amount=line.amount,
                paid_on=paid_on,
                recorded_by_id=by.person_id,
            )
        )
        if line.result_id is not None:
            over = BankAccount.result_id == line.result_id, BankAccount.authorship_id == line.authorship_id
            session.execute(delete(BankAccount).where(*over))
    session.flush()
    _log("payment.paid", by.person_id, edition, lines=len(lines), day=paid_on.isoformat())


def _log(kind: str, by_id: int | None, edition: Edition, **facts: int | str | None) -> None:
    record(kind, actor_id=by_id, award_id=edition.award_id, subject=edition, facts=facts)
