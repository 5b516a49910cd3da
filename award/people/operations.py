"""Deeds around accounts: registering, inviting and accepting, the account's own facts, ending sessions."""

import secrets
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext
from sqlalchemy import ColumnElement, Select, delete, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import IntegrityError

from award.clock import now
from award.db import session
from award.features import tell_rooms_of_taking_back
from award.log.operations import record
from award.messages.operations import post
from award.people.consents import REGISTRATION as REGISTRATION
from award.people.consents import consent_words as consent_words
from award.people.consents import give_consent as give_consent
from award.people.models import (
    FORMS_OF_ADDRESS,
    ApiToken,
    EndedSession,
    Invitation,
    Newsroom,
    NewsroomName,
    Person,
    SignInAttempt,
    User,
    WebSession,
)
from award.people.passwords import that_nobody_knows
from award.people.permissions import can_accept, can_revoke
from award.people.queries import invited_by, organ_called, user_by_email, user_of
from award.people.sessions import token_hash
from award.people.throttle import REMEMBERED
from award.verdicts import Refused, Verdict, require


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What a person says of themselves."""

    legal_name: str
    pen_name: str
    phone: str
    newsroom: Newsroom | None
    newsroom_words: str
    press_card: str = ""
    form_of_address: str = ""
    """How letters speak to the person; empty: as before."""


def register(*, email: str, password_hash: str, facts: Facts) -> User | None:
    """A new person with an account that is not yet confirmed, and their consent; None when the address has one."""
    person = Person(form_of_address=FORMS_OF_ADDRESS[0])
    _take(person, facts)
    try:
        with session.begin_nested():
            session.add(person)
            session.flush()
            user = _account(person, email, password_hash)
    except IntegrityError:
        return None
    give_consent(person=person, purpose=REGISTRATION)
    record("person.registered", actor_id=person.id, award_id=None, subject=person, facts={"person": person.id})
    return user


def _account(person: Person, email: str, password_hash: str) -> User:
    user = User(person_id=person.id, email=email, password=password_hash, fs_uniquifier=secrets.token_urlsafe(24))
    session.add(user)
    session.flush()
    session.refresh(person, ["user"])
    return user


def _take(person: Person, facts: Facts) -> None:
    person.legal_name, person.pen_name, person.phone = facts.legal_name, facts.pen_name, facts.phone
    person.press_card = facts.press_card
    person.form_of_address = facts.form_of_address or person.form_of_address
    person.newsroom_id = facts.newsroom.id if facts.newsroom else None
    person.newsroom_words = "" if facts.newsroom else facts.newsroom_words


def edit_account(*, person: Person, facts: Facts) -> None:
    """The person's own facts are as they now say; what stood before is kept with the event."""
    before = {"legal_name": person.legal_name, "pen_name": person.pen_name, "phone": person.phone}
    _take(person, facts)
    session.flush()
    record("person.edited", actor_id=person.id, award_id=None, subject=person, detail={"before": before})


def choose_type_size(*, user: User, large: bool) -> None:
    """Pages come to the account in this size of type on whatever device it signs in."""
    if user.large_type is not large:
        user.large_type = large
        session.flush()
        facts: dict[str, int | str | None] = {"large": int(large)}
        record("account.type_size_chosen", actor_id=user.person_id, award_id=None, subject=user.person, facts=facts)


def invite(
    *,
    by_id: int | None,
    expires_at: datetime,
    letter: Callable[[str], tuple[str, str]],
    person: Person | None = None,
    email: str,
    name: str = "",
    makes_administrator: bool = False,
    kind: str = "invitation",
) -> tuple[Invitation, str]:
    """An invitation is posted to the address; answers with it and its token, which is kept nowhere.

    It is for `person` (at the address of their account, when they have one), or for whoever has an account with the
    address, or for a new person called `name`. Earlier invitations of the same person no longer work. `letter` makes
    subject and body from the token, and `kind` is what letter that is. An account whose address was never proven opens
    by the invitation alone from now on: who registered it first may be anybody, who reads the mailbox is its owner.
    """
    own = None if person is None else user_of(person.id)
    email = own.email if own is not None else email.strip().lower()
    known = user_by_email(email)
    if person is None:
        person = known.person if known is not None else Person(legal_name=name)
        session.add(person)
        session.flush()
    elif known is not None and known.person_id != person.id:
        raise Refused(_of_somebody_else())
    if known is not None and known.confirmed_at is None:
        _leave_to_the_mailbox(known, name)
    session.execute(
        update(Invitation)
        .where(Invitation.person_id == person.id, Invitation.used_at.is_(None), Invitation.revoked_at.is_(None))
        .values(revoked_at=now())
    )
    token = secrets.token_urlsafe(24)
    invitation = Invitation(
        token_hash=token_hash(token),
        person_id=person.id,
        email=email,
        by_id=by_id,
        makes_administrator=makes_administrator,
        expires_at=expires_at,
    )
    session.add(invitation)
    session.flush()
    subject, body = letter(token)
    post(
        kind=kind,
        to_address=email,
        subject=subject,
        body=body,
        dedupe_key=invited_by(invitation),
    )
    facts: dict[str, int | str | None] = {"person": person.id, "administrator": int(makes_administrator)}
    record("invitation.sent", actor_id=by_id, award_id=None, subject=invitation, facts=facts)
    return invitation, token


def _leave_to_the_mailbox(user: User, name: str) -> None:
    """Nobody who typed a password or set up a factor before the address was proven can come in by them."""
    user.password, user.tf_primary_method, user.tf_totp_secret = that_nobody_knows(), None, None
    user.mf_recovery_codes = None
    user.person.legal_name = name or user.person.legal_name
    end_sessions(user.person_id)
    session.flush()
    record("account.left_to_the_mailbox", actor_id=None, award_id=None, subject=user)


def _of_somebody_else() -> Verdict:
    return Verdict(
        "invitation.other_account",
        gettext("Địa chỉ email này đã có tài khoản mang tên khác. Đề nghị Tổ Thư ký kiểm tra và mời lại."),
    )


def prolong_invitations(people: Select[int], until: datetime) -> None:
    """What these people were invited by and did not accept yet holds until then, where it would end before."""
    standing = (Invitation.used_at.is_(None), Invitation.revoked_at.is_(None), Invitation.expires_at < until)
    session.execute(update(Invitation).where(Invitation.person_id.in_(people), *standing).values(expires_at=until))


def revoke_invitation(*, by_id: int | None, invitation: Invitation) -> None:
    """The invitation no longer works, whenever its time would have been over. Taking it back again changes nothing."""
    invitation = _locked(invitation)
    require(can_revoke(invitation))
    if invitation.revoked_at is not None:
        return
    invitation.revoked_at = now()
    session.flush()
    record("invitation.revoked", actor_id=by_id, award_id=None, subject=invitation)


def accept(*, invitation: Invitation, password_hash: str | None) -> User:
    """The invited person has a confirmed account.

    `password_hash` opens it where it is new or its address was never proven; a proven one keeps the password it has.
    """
    invitation = _locked(invitation)
    require(can_accept(invitation, now()))
    user = user_of(invitation.person_id)
    if user is None and user_by_email(invitation.email) is not None:
        raise Refused(_of_somebody_else())
    if user is None:
        assert password_hash is not None, "a new account needs a password"
        user = _account(invitation.person, invitation.email, password_hash)
    elif user.confirmed_at is None:
        assert password_hash is not None, "whoever proves the address chooses the password"
        user.password = password_hash
    user.confirmed_at = user.confirmed_at or now()
    user.administrator = user.administrator or invitation.makes_administrator
    invitation.used_at = now()
    session.flush()
    if invitation.makes_administrator:
        end_sessions(invitation.person_id)
    facts: dict[str, int | str | None] = {
        "person": invitation.person_id,
        "administrator": int(invitation.makes_administrator),
    }
    record("invitation.accepted", actor_id=invitation.person_id, award_id=None, subject=invitation, facts=facts)
    return user


def _locked(invitation: Invitation) -> Invitation:
    """As it is now, until the end of the unit of work: it is not accepted and taken back at once."""
    locked = select(Invitation).where(Invitation.id == invitation.id).with_for_update()
    return session.scalars(locked.execution_options(populate_existing=True)).one()


def record_newsroom(
    *, by_id: int | None, name: str, licensed: bool, since: date, kinds: Collection[str] = ()
) -> Newsroom:
    """A press organ is in the register under this name. Raises Refused when one bears that name already."""
    if organ_called(name) is not None:
        raise Refused(Verdict("newsroom.known", gettext("Cơ quan này đã có trong danh sách.")))
    newsroom = Newsroom(licensed=licensed, kinds=_kinds(kinds), names=[NewsroomName(name=name, valid_from=since)])
    session.add(newsroom)
    session.flush()
    facts: dict[str, int | str | None] = {"licensed": int(licensed)}
    record("newsroom.recorded", actor_id=by_id, award_id=None, subject=newsroom, facts=facts)
    return newsroom


def say_licensed(*, by_id: int | None, newsroom: Newsroom, licensed: bool) -> None:
    """The organ counts as a licensed press organ from now on, or not. Saying so again changes nothing."""
    if newsroom.licensed is licensed:
        return
    newsroom.licensed = licensed
    session.flush()
    facts: dict[str, int | str | None] = {"licensed": int(licensed)}
    record("newsroom.licence_said", actor_id=by_id, award_id=None, subject=newsroom, facts=facts)


def say_kinds(*, by_id: int | None, newsroom: Newsroom, kinds: Collection[str]) -> None:
    """The organ is of these kinds from now on; of none: nobody has said. Saying so again changes nothing."""
    wanted = _kinds(kinds)
    if newsroom.kinds == wanted:
        return
    newsroom.kinds = wanted
    session.flush()
    record("newsroom.kinds_said", actor_id=by_id, award_id=None, subject=newsroom, facts={"kinds": " ".join(wanted)})


def _kinds(chosen: Collection[str]) -> list[str]:
    return sorted(set(chosen))


def end_sessions(person_id: int) -> None:
    """The person is signed out everywhere once this commits; signing in again asks what their standing now asks.

    The keys made for programs are gone with the sessions, and whatever rooms tell without anybody signing in: who takes
    an account back, takes it back from all.
    """
    users = select(User.id).where(User.person_id == person_id)
    _end(WebSession.user_id.in_(users))
    session.execute(delete(ApiToken).where(ApiToken.user_id.in_(users)))
    tell_rooms_of_taking_back(person_id)


def end_session(*, by: Person, web_session: WebSession) -> None:
    """One session of the person is over at once."""
    _end(WebSession.public_id == web_session.public_id)
    record("session.ended", actor_id=by.id, award_id=None, subject=by)


def _end(which: ColumnElement[bool]) -> None:
    """The sessions are gone, and their browsers are told so when they next ask."""
    names = select(WebSession.public_id, WebSession.expires_at).where(which)
    kept = insert(EndedSession).from_select(["public_id", "until"], names)
    session.execute(kept.on_conflict_do_nothing())
    session.execute(delete(WebSession).where(which))


def forget_second_factor(*, by_id: int | None, user: User) -> None:
    """Telephone and recovery codes of the account are forgotten and it is signed out: for who has lost them both.

    Whoever must have a second factor sets up another on the way in.
    """
    user.tf_primary_method = user.tf_totp_secret = user.tf_last_counter = None
    user.mf_recovery_codes = None
    session.flush()
    end_sessions(user.person_id)
    record("account.second_factor_forgotten", actor_id=by_id, award_id=None, subject=user)


def sweep() -> None:
    """Sessions that are over and tries nobody counts any more are gone."""
    instant = now()
    over = (WebSession.expires_at <= instant) | (WebSession.idle_until <= instant)
    session.execute(delete(WebSession).where(over))
    session.execute(delete(EndedSession).where(EndedSession.until <= instant))
    session.execute(delete(SignInAttempt).where(SignInAttempt.at <= instant - REMEMBERED))
