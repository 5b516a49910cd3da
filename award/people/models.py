"""People, the accounts some of them have, newsrooms with dated names, sessions, invitations, consent."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from flask import current_app
from flask_security import AsaList, UserMixin, WebAuthnMixin
from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.ext.mutable import MutableList
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from award.db import Base, NfcText, Numbered
from award.text import folded, name_sort_key, one_line, sort_key

FORMS_OF_ADDRESS = ("ông/bà", "đồng chí")
"""Vietnamese in every language of the pages: letters are."""


class Newsroom(Numbered, Base):
    """A press organ. Its names are dated; a merged organ points to what it became."""

    __tablename__ = "newsroom"

    successor_id: Mapped[int | None] = mapped_column(ForeignKey("newsroom.id"))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("newsroom.id"))
    """Cơ quan chủ quản: the body it stands under today; None where nobody said so."""
    licensed: Mapped[bool] = mapped_column(default=True)
    kinds: Mapped[list[str]] = mapped_column(default=list)
    """Codes of kinds as editions know them; empty while nobody has said."""
    names: Mapped[list["NewsroomName"]] = relationship(
        back_populates="newsroom", order_by="NewsroomName.valid_from", cascade="all, delete-orphan"
    )

    def name_on(self, day: date) -> str:
        """The name the organ bore on `day`; its first name before that was recorded."""
        borne = [n for n in self.names if n.valid_from <= day and (n.valid_to is None or day <= n.valid_to)]
        return (borne or self.names)[-1].name if self.names else ""


class NewsroomName(Base):
    __tablename__ = "newsroom_name"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    newsroom_id: Mapped[int] = mapped_column(ForeignKey("newsroom.id"))
    name: Mapped[str]
    name_folded: Mapped[str] = mapped_column(index=True)
    name_key: Mapped[bytes] = mapped_column(default=b"")
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    newsroom: Mapped[Newsroom] = relationship(back_populates="names")

    @validates("name")
    def _keep_folded(self, _key: str, name: str) -> str:
        self.name_folded, self.name_key = folded(name), sort_key(name)
        return one_line(name)


class Person(Numbered, Base):
    """A human being the award knows of; with or without an account."""

    __tablename__ = "person"

    legal_name: Mapped[str]
    name_folded: Mapped[str] = mapped_column(index=True)
    name_key: Mapped[bytes] = mapped_column(index=True)
    """In the order of lists by tên."""
    family_key: Mapped[bytes] = mapped_column(default=b"")
    """In the order of lists by họ."""
    pen_name: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    press_card: Mapped[str] = mapped_column(default="")
    """Number of the press card, of who has one and says so; never a picture of it."""
    form_of_address: Mapped[str] = mapped_column(default="đồng chí")
    """How letters speak to the person: one of FORMS_OF_ADDRESS, chosen by the person in the account."""
    newsroom_id: Mapped[int | None] = mapped_column(ForeignKey("newsroom.id"))
    newsroom_words: Mapped[str] = mapped_column(default="")
    """Where the person works, as typed, when it is not one of the recorded newsrooms."""
    newsroom: Mapped[Newsroom | None] = relationship()
    user: Mapped["User | None"] = relationship(back_populates="person")

    @validates("legal_name")
    def _keep_derived(self, _key: str, name: str) -> str:
        name = one_line(name)
        self.name_folded = folded(name)
        self.name_key, self.family_key = name_sort_key(name), sort_key(name)
        return name


class User(UserMixin, Base):
    """The account of a person. Rights come from appointments per edition, so an account carries no roles."""

    __tablename__ = "user_account"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), unique=True)
    email: Mapped[str] = mapped_column(unique=True)
    password: Mapped[str]
    active: Mapped[bool] = mapped_column(default=True)
    administrator: Mapped[bool] = mapped_column(default=False)
    fs_uniquifier: Mapped[str] = mapped_column(unique=True)
    confirmed_at: Mapped[datetime | None]
    tf_primary_method: Mapped[str | None]
    tf_totp_secret: Mapped[str | None]
    tf_last_counter: Mapped[int | None]
    """The time step of the last code that was accepted: a code opens the door once."""
    mf_recovery_codes: Mapped[list[str] | None] = mapped_column(MutableList.as_mutable(AsaList()))
    fs_webauthn_user_handle: Mapped[str | None] = mapped_column(unique=True)  # type: ignore[assignment]
    large_type: Mapped[bool | None]
    """Pages come in large type, or not, on whatever device; None: as each device was told."""
    person: Mapped[Person] = relationship(back_populates="user", lazy="joined", innerjoin=True)
    webauthn: Mapped[list["Passkey"]] = relationship(  # type: ignore[assignment]
        back_populates="user", cascade="all, delete-orphan"
    )

    roles = ()  # type: ignore[assignment]

    def __init__(self, *, roles: Sequence[object] = (), **columns: Any) -> None:
        assert not roles, "rights are appointments, not roles"
        super().__init__(**columns)

    @validates("email")
    def _keep_lower(self, _key: str, email: str) -> str:
        return email.lower()

    def must_have_second_factor(self) -> bool:
        """Whether this account opens only with a second factor: administrators, and whoever holds an appointment."""
        return self.administrator or bool(current_app.extensions["needs_second_factor"](self.person_id))

    def check_tf_required(
        self, tf_setup_methods: list[tuple[str, str]], tf_fresh: bool
    ) -> tuple[bool, list[tuple[str, str]]]:
        """Asked after the password was right: a factor that is set up is always checked, on every device."""
        _ = tf_fresh
        return bool(tf_setup_methods) or self.must_have_second_factor(), tf_setup_methods

    def check_tf_required_setup(self) -> bool:
        """Asked on the set-up page: who must have a factor may change it, not switch it off."""
        return self.must_have_second_factor()


class Passkey(WebAuthnMixin, Base):
    """A registered passkey of an account."""

    __tablename__ = "passkey"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id", ondelete="CASCADE"))
    credential_id: Mapped[bytes] = mapped_column(unique=True)
    public_key: Mapped[bytes]
    sign_count: Mapped[int] = mapped_column(default=0)
    transports: Mapped[list[str] | None] = mapped_column(MutableList.as_mutable(AsaList()))
    backup_state: Mapped[bool]
    device_type: Mapped[str]
    extensions: Mapped[str | None]
    create_datetime: Mapped[datetime]
    lastuse_datetime: Mapped[datetime]
    name: Mapped[str]
    usage: Mapped[str]
    user: Mapped[User] = relationship(back_populates="webauthn")


class WebSession(Base):
    """A browser's session on the server: ends at once when the row is deleted. Only a hash of its token is kept."""

    __tablename__ = "web_session"

    token_hash: Mapped[bytes] = mapped_column(primary_key=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id", ondelete="CASCADE"), index=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    data: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    idle_until: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)
    browser: Mapped[str] = mapped_column(default="")


class ApiToken(Numbered, Base):
    """A key by which a program acts for the owner of an account. Only its hash is kept, and how it begins."""

    __tablename__ = "api_token"

    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id", ondelete="CASCADE"), index=True)
    name: Mapped[str]
    """What its owner calls it."""
    begins: Mapped[str]
    scopes: Mapped[list[str]]
    """What it is for, of `award.people.tokens.SCOPES`."""
    token_hash: Mapped[bytes] = mapped_column(unique=True)
    expires_at: Mapped[datetime]
    seen_at: Mapped[datetime | None]
    """When it was last used, to the minute."""


class EndedSession(Base):
    """A session that was ended before its time: what its browser kept of our pages has to go, even signed out.

    Only the random name of the session stands here, until the session would have been over by itself.
    """

    __tablename__ = "ended_session"

    public_id: Mapped[str] = mapped_column(primary_key=True)
    until: Mapped[datetime] = mapped_column(index=True)


class Membership(Base):
    """A person works for, or speaks for, a newsroom during a time."""

    __tablename__ = "membership"
    __table_args__ = (
        UniqueConstraint("person_id", "newsroom_id", "role"),
        Index("ix_membership_newsroom", "newsroom_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    newsroom_id: Mapped[int] = mapped_column(ForeignKey("newsroom.id"))
    role: Mapped[str]  # journalist | contact | editor_in_chief
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]


class Invitation(Numbered, Base):
    """A single-use link that makes or joins an account. The token itself is only in the letter."""

    __tablename__ = "invitation"

    token_hash: Mapped[bytes] = mapped_column(unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    email: Mapped[str]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    makes_administrator: Mapped[bool] = mapped_column(default=False)
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    person: Mapped[Person] = relationship(foreign_keys=[person_id])


class ConsentText(Base):
    """One version of one purpose's words."""

    __tablename__ = "consent_text"
    __table_args__ = (UniqueConstraint("purpose", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    purpose: Mapped[str]
    version: Mapped[int]
    words: Mapped[str]
    since: Mapped[datetime]


class Consent(Base):
    """A person agreed to one version of a text; withdrawing keeps the row and dates it."""

    __tablename__ = "consent"
    __table_args__ = (Index("ix_consent_person", "person_id", "text_id"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    text_id: Mapped[int] = mapped_column(ForeignKey("consent_text.id"))
    given_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]


class SignInAttempt(Base):
    """A failed try to sign in, counted per account and per address to slow guessing down."""

    __tablename__ = "sign_in_attempt"
    __table_args__ = (
        CheckConstraint("scope IN ('account', 'address')", name="scope"),
        Index("ix_attempt", "scope", "key_hash", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    scope: Mapped[str]
    key_hash: Mapped[bytes]
    at: Mapped[datetime]


__all__ = [
    "ApiToken",
    "Consent",
    "ConsentText",
    "Invitation",
    "Membership",
    "Newsroom",
    "NewsroomName",
    "NfcText",
    "Passkey",
    "Person",
    "SignInAttempt",
    "User",
    "WebSession",
]
