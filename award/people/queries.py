"""Questions about people, their newsrooms, their sessions and their invitations."""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, select
from sqlalchemy.orm import selectinload

from award.clock import now
from award.db import session
from award.messages.queries import failed_of
from award.people.consents import REGISTRATION
from award.people.models import (
    Consent,
    ConsentText,
    EndedSession,
    Invitation,
    Newsroom,
    NewsroomName,
    Person,
    User,
    WebSession,
)
from award.people.sessions import token_hash
from award.text import folded, sort_key


def newsrooms_by_name(day: date) -> list[tuple[Newsroom, str]]:
    """Newsrooms with the names they bear on `day`, in Vietnamese alphabetical order; merged ones are left out."""
    standing = select(Newsroom).where(Newsroom.successor_id.is_(None)).options(selectinload(Newsroom.names))
    named = [(newsroom, newsroom.name_on(day)) for newsroom in session.scalars(standing)]
    return sorted(named, key=lambda pair: sort_key(pair[1]))


def newsroom_by_public_id(public_id: str) -> Newsroom | None:
    return session.scalar(select(Newsroom).where(Newsroom.public_id == public_id))


def organ_called(name: str) -> Newsroom | None:
    """The organ that bears this name now, however it is written."""
    named = select(Newsroom).join(NewsroomName, NewsroomName.newsroom_id == Newsroom.id)
    standing = named.where(NewsroomName.name_folded == folded(name), NewsroomName.valid_to.is_(None))
    return session.scalars(standing.order_by(Newsroom.id).limit(1)).first()


def user_by_email(email: str) -> User | None:
    """The account of an address, however it was typed."""
    return session.scalar(select(User).where(User.email == email.strip().lower()))


def proven_account(email: str) -> User | None:
    """The account of an address whose owner has shown that they read its mail."""
    return session.scalar(select(User).where(User.email == email.strip().lower(), User.confirmed_at.is_not(None)))


def has_administrator() -> bool:
    """Whether there is an account that may set up an award."""
    return session.scalar(select(exists().where(User.administrator))) is True


def user_of(person_id: int) -> User | None:
    return session.scalar(select(User).where(User.person_id == person_id))


def legal_name(person_id: int | None) -> str:
    """What the person is called in papers; empty where there is nobody."""
    return session.get_one(Person, person_id).legal_name if person_id is not None else ""


def sessions_of(user_id: int, at: datetime) -> Select[WebSession]:
    """Where the account is signed in, the latest seen first."""
    standing = select(WebSession).where(
        WebSession.user_id == user_id, WebSession.expires_at > at, WebSession.idle_until > at
    )
    return standing.order_by(WebSession.seen_at.desc(), WebSession.created_at.desc())


def session_ends_at(token: str) -> datetime | None:
    """When the session of this token ends at the latest, however busy it is."""
    return session.scalar(select(WebSession.expires_at).where(WebSession.token_hash == token_hash(token)))


def session_name(token: str) -> str | None:
    """What the session of this token is called where it is not to be used."""
    return session.scalar(select(WebSession.public_id).where(WebSession.token_hash == token_hash(token)))


def was_ended(public_id: str) -> bool:
    """Whether somebody has ended the session of this name; not where it has only run out."""
    return session.get(EndedSession, public_id) is not None


def session_of(user_id: int, public_id: str) -> WebSession | None:
    """One session of the account; another's is not found."""
    return session.scalar(select(WebSession).where(WebSession.user_id == user_id, WebSession.public_id == public_id))


def invitation_of(token: str) -> Invitation | None:
    """The invitation whose letter carried `token`, whatever has become of it."""
    return session.scalar(select(Invitation).where(Invitation.token_hash == token_hash(token)))


def open_invitation_to(email: str) -> Invitation | None:
    """The invitation to an address that can still be accepted."""
    return session.scalar(
        select(Invitation).where(
            Invitation.email == email.strip().lower(),
            Invitation.used_at.is_(None),
            Invitation.revoked_at.is_(None),
            Invitation.expires_at > now(),
        )
    )


def invitations_of(person_ids: Collection[int]) -> dict[int, Invitation]:
    """Person id → the last invitation of who has not come in yet, whether it still holds, ran out or was taken back."""
    proven = exists().where(User.person_id == Invitation.person_id, User.confirmed_at.is_not(None))
    found = select(Invitation).where(Invitation.person_id.in_(person_ids), ~proven).order_by(Invitation.id)
    last = {each.person_id: each for each in session.scalars(found)}
    return {person_id: each for person_id, each in last.items() if each.used_at is None}


def last_invitation(person_id: int) -> Invitation | None:
    """What the person was last invited by, whatever has become of it."""
    found = select(Invitation).where(Invitation.person_id == person_id).order_by(Invitation.id.desc())
    return session.scalars(found.limit(1)).first()


def undelivered(invitations: Iterable[Invitation]) -> set[int]:
    """Ids of the persons whose letter of invitation could not be delivered."""
    keys = {invited_by(each): each.person_id for each in invitations}
    return {keys[key] for key in failed_of(keys)}


def invited_by(invitation: Invitation) -> str:
    """The key of the letter that an invitation goes out with."""
    return f"invitation:{invitation.public_id}"


def consent_withdrawn(person_id: Any) -> ColumnElement[bool]:
    """Of a column of persons: the consent given when joining is withdrawn, and none was given since."""
    ours = and_(
        Consent.person_id == person_id,
        Consent.text_id.in_(select(ConsentText.id).where(ConsentText.purpose == REGISTRATION)),
    )
    withdrawn = exists().where(ours, Consent.withdrawn_at.is_not(None))
    return and_(withdrawn, ~exists().where(ours, Consent.withdrawn_at.is_(None)))
