"""The words an edition has of its own, what was sent to many and what became of it, which reminders are on."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import NamedTuple

from flask_babel import gettext as _
from sqlalchemy import bindparam, func, select

from award.clock import now
from award.correspondence import HOUSE_SUBJECT, HOUSE_WORDS, Recipient
from award.db import once_a_request, session
from award.editions.models import Edition
from award.letters import offers
from award.letters.filling import filled, placeholders
from award.letters.models import Mailing, MailingLetter, ReminderOff, Wording
from award.messages.models import Message
from award.messages.withheld import goes_nowhere
from award.paging import Order, Page, Turn, page
from award.people.models import Person
from award.text import one_line

Written = tuple[str, str]
"""Subject and text."""
TOLD_FOR = timedelta(days=7)
"""So long after a mailing its failures are something to do."""
SHARED = ("giai", "nam", "co_quan", "lien_he")


def shared(edition: Edition) -> dict[str, str]:
    """What every letter of the edition can say."""
    name = edition.help_name or edition.secretariat_name
    asked = _("Liên hệ: %(name)s, %(phone)s", name=name, phone=edition.help_phone) if edition.help_phone else ""
    return {"giai": edition.name, "nam": str(edition.year), "co_quan": edition.secretariat_name, "lien_he": asked}


def standing(edition_id: int) -> dict[str, Wording]:
    """The edition's own words by kind of letter; a kind the house words is not among them."""
    return once_a_request(("wordings", edition_id), lambda: _standing(edition_id))


def _standing(edition_id: int) -> dict[str, Wording]:
    newest = session.scalars(_NEWEST, {"edition_id": edition_id})
    return {each.kind: each for each in newest if each.body}


_NEWEST = (
    select(Wording)
    .where(Wording.edition_id == bindparam("edition_id"))
    .distinct(Wording.kind)
    .order_by(Wording.kind, Wording.version.desc())
)


def worded(edition: Edition, kind: str, values: Mapping[str, str], house: Callable[[], Written]) -> Written:
    """Subject and text of a letter: in the edition's own words where it has some, else as the house writes it."""
    assert values.keys() == offers.kinds()[kind].placeholders.keys(), "what an edition may say is what the letter gives"
    own = standing(edition.id).get(kind)
    return marked(edition, house()) if own is None else in_words(edition, (own.subject, own.body), values, house)


def in_words(
    edition: Edition, words: Written, values: Mapping[str, str], house: Callable[[], Written] | None = None
) -> Written:
    """These words with everything filled; invented data are said to be invented."""
    known = {**shared(edition), **values}
    if house is not None and {HOUSE_SUBJECT, HOUSE_WORDS} & {*placeholders(words[0]), *placeholders(words[1])}:
        subject, body = house()
        known |= {HOUSE_SUBJECT: subject, HOUSE_WORDS: body.strip()}
    return marked(edition, (one_line(filled(words[0], known)), filled(words[1], known) + "\n"))


def marked(edition: Edition, written: Written) -> Written:
    """A letter of invented data says that they are invented."""
    subject, body = written
    told = _("Dữ liệu minh họa, không phải hồ sơ hoặc kết quả của Giải.")
    if not edition.illustrative or told in body:
        return written
    return subject, f"{body.rstrip()}\n\n{told}\n"


def versions(edition_id: int, kind: str) -> Sequence[tuple[Wording, str]]:
    """Every version with who saved it, the newest first."""
    found = (
        select(Wording, Person.legal_name)
        .join(Person, Person.id == Wording.saved_by_id)
        .where(Wording.edition_id == edition_id, Wording.kind == kind)
        .order_by(Wording.version.desc())
    )
    return session.execute(found).tuples().all()


def reminders_off(edition_id: int) -> set[str]:
    """Codes of the reminders that do not go out in the edition."""
    return set(session.scalars(select(ReminderOff.rule).where(ReminderOff.edition_id == edition_id)))


def reminds(edition_id: int, rule: str) -> bool:
    """Whether letters by this rule go out in the edition."""
    return rule not in reminders_off(edition_id)


def written_to(people: Iterable[Recipient]) -> list[Recipient]:
    """Each address once, in the order given; nobody without one."""
    found = {each.address.lower(): each for each in reversed(list(people)) if each.address}
    return [each for each in reversed(found.values()) if not goes_nowhere(each.address)]


class Reach(NamedTuple):
    """Everybody meant: to whom a letter goes, and whom none reaches."""

    people: list[Recipient]
    unreached: list[Recipient]


def reach(meant: Iterable[Recipient]) -> Reach:
    """Who of them is written to, and who cannot be."""
    every = list(meant)
    return Reach(written_to(every), [each for each in every if not each.address])


@dataclass(frozen=True)
class Sent:
    """A mailing with who sent it and how many of its letters are where."""

    mailing: Mailing
    sender: str
    states: Mapping[str, int]

    def count(self, state: str) -> int:
        return self.states.get(state, 0)

    @property
    def let_go(self) -> int:
        """Letters the outbox does not keep any more."""
        return self.mailing.people - sum(self.states.values())


_NEWEST_FIRST = Order((Mailing.id.expression,), lambda public_id: Mailing.public_id == public_id, falling=True)


def mailings(edition_id: int, turn: Turn) -> Page[Sent]:
    """What was sent to many in the edition, newest first."""
    asked = (
        select(Mailing, Person.legal_name)
        .join(Person, Person.id == Mailing.sent_by_id)
        .where(Mailing.edition_id == edition_id)
    )
    found = page(asked, _NEWEST_FIRST, turn, lambda row: row.Mailing.public_id)
    states = _states([mailing.id for mailing, _sender in found.rows])
    return found.of([Sent(mailing, sender, states.get(mailing.id, {})) for mailing, sender in found.rows])


def mailing(edition_id: int, public_id: str) -> Sent | None:
    """One of them."""
    asked = (
        select(Mailing, Person.legal_name)
        .join(Person, Person.id == Mailing.sent_by_id)
        .where(Mailing.edition_id == edition_id, Mailing.public_id == public_id)
    )
    row = session.execute(asked).tuples().one_or_none()
    return None if row is None else Sent(*row, _states([row[0].id]).get(row[0].id, {}))


def _states(mailing_ids: Sequence[int]) -> dict[int, Counter[str]]:
    counted = (
        select(MailingLetter.mailing_id, Message.state, func.count())
        .join(Message, Message.id == MailingLetter.message_id)
        .where(MailingLetter.mailing_id.in_(mailing_ids))
        .group_by(MailingLetter.mailing_id, Message.state)
    )
    found: dict[int, Counter[str]] = {}
    for mailing_id, state, n in session.execute(counted).tuples():
        found.setdefault(mailing_id, Counter())[state] = n
    return found


def with_failures(edition_id: int) -> Sequence[tuple[Mailing, int]]:
    """Mailings of these days with letters that could not be delivered, and how many.

    A mistyped address fails for ever, and nothing on the page mends it: after that only the list of mailings says so.
    """
    found = (
        select(Mailing, func.count())
        .join(MailingLetter, MailingLetter.mailing_id == Mailing.id)
        .join(Message, Message.id == MailingLetter.message_id)
        .where(Mailing.edition_id == edition_id, Mailing.created_at > now() - TOLD_FOR, Message.state == "failed")
        .group_by(Mailing.id)
        .order_by(Mailing.id.desc())
    )
    return session.execute(found).tuples().all()


def failed(mailing_id: int) -> Sequence[Message]:
    """The letters of a mailing that could not be delivered."""
    found = (
        select(Message)
        .join(MailingLetter, MailingLetter.message_id == Message.id)
        .where(MailingLetter.mailing_id == mailing_id, Message.state == "failed")
        .order_by(Message.id)
    )
    return session.scalars(found).all()
