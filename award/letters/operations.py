"""Keeping an edition's words for letters, writing to many at once, trying again, switching reminders."""

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta

from flask_babel import gettext as _
from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert

from award.clock import now
from award.correspondence import HOUSE_SUBJECT, HOUSE_WORDS, Audience, LetterKind, Recipient, ReminderRule
from award.db import new_public_id, session
from award.editions.models import Edition
from award.editions.permissions import Capacity
from award.letters.filling import left_out_without, placeholders, unknown
from award.letters.models import Mailing, MailingLetter, ReminderOff, Wording
from award.letters.permissions import can_word, can_write_to_many
from award.letters.queries import SHARED, Written, failed, in_words, reminders_off, standing, worded
from award.log.operations import record
from award.messages.operations import again, post
from award.messages.queries import posted_since
from award.people.models import Person
from award.verdicts import Verdict, require

TRIED = "letter_tried"
TRIES_AN_HOUR = 20


def known_in(offer: LetterKind | Audience) -> set[str]:
    """Every placeholder a letter may hold."""
    house = {HOUSE_SUBJECT, HOUSE_WORDS} if isinstance(offer, LetterKind) else set()
    return {*SHARED, *offer.placeholders, *house}


def faults(
    offer: LetterKind | Audience, subject: str, body: str, *, people: Sequence[Recipient] = ()
) -> list[tuple[str, str]]:
    """(field, sentence) of what keeps these words from being sent, to these people where they are known."""
    known, found = known_in(offer), []
    for field, text in (("subject", subject), ("body", body)):
        found += [
            (field, _("Không có chỗ điền nào tên là {%(name)s} trong thư này.", name=name))
            for name in unknown(text, known)
        ]
        found += [
            (field, _("Chưa có nội dung cho {%(name)s}: %(words)s.", name=name, words=offer.placeholders[name]))
            for name in placeholders(text)
            if name in offer.placeholders and not all(one.values.get(name) for one in people)
            if not (field == "body" and _may_lack(offer, name) and left_out_without(name, text))
        ]
    said = {*placeholders(subject), *placeholders(body)}
    for one_of in offer.needed if isinstance(offer, LetterKind) else ():
        if not said & one_of:
            names = _(" hoặc ").join(f"{{{name}}}" for name in sorted(one_of))
            found.append(("body", _("Thư này phải có %(names)s.", names=names)))
    return found


def _may_lack(offer: LetterKind | Audience, name: str) -> bool:
    return isinstance(offer, Audience) and name in offer.may_lack


def save_words(*, by: Capacity, edition: Edition, kind: LetterKind, subject: str, body: str, on: int) -> Wording | None:
    """These words hold for the edition from now on; none when another version came after version `on`.

    Empty ones give the word back to the house.
    """
    require(can_word(by, edition))
    assert by.person_id is not None
    if body and (wrong := faults(kind, subject, body)):
        require(Verdict("placeholder", wrong[0][1]))
    session.execute(select(Edition.id).where(Edition.id == edition.id).with_for_update())
    last = session.scalar(
        select(Wording.version)
        .where(Wording.edition_id == edition.id, Wording.kind == kind.code)
        .order_by(Wording.version.desc())
        .limit(1)
    )
    if (last or 0) != on:
        return None
    words = Wording(
        edition_id=edition.id, kind=kind.code, version=on + 1, subject=subject, body=body, saved_by_id=by.person_id
    )
    session.add(words)
    session.flush()
    facts: dict[str, int | str | None] = {"letter": kind.code, "version": words.version}
    record("letter.worded", actor_id=by.person_id, award_id=edition.award_id, subject=words, facts=facts)
    return words


def take_words(*, source_id: int, edition_id: int, person_id: int) -> None:
    """The draft writes its letters in the words of the earlier edition, and leaves out the reminders that one does.

    Each is to be looked at: until somebody saves it here, entries do not open.
    """
    last = select(Wording.kind, func.max(Wording.version)).where(Wording.edition_id == edition_id)
    versions = dict(session.execute(last.group_by(Wording.kind)).tuples().all())
    for kind, words in standing(source_id).items():
        told = {"subject": words.subject, "body": words.body, "saved_by_id": person_id, "unseen": True}
        session.add(Wording(edition_id=edition_id, kind=kind, version=versions.get(kind, 0) + 1, **told))
    for rule in reminders_off(source_id) - reminders_off(edition_id):
        session.add(ReminderOff(edition_id=edition_id, rule=rule, off_by_id=person_id))
    session.flush()


def write(
    edition: Edition,
    kind: str,
    *,
    to_address: str,
    values: Mapping[str, str],
    house: Callable[[], Written],
    dedupe_key: str,
) -> int | None:
    """A letter of the edition goes out after the commit, once for each key: in its own words where it has some.

    Every letter in the name of an award is written here. Its number, or None where none was written.
    """
    subject, body = worded(edition, kind, values, house)
    return post(kind=kind, to_address=to_address, subject=subject, body=body, dedupe_key=dedupe_key)


def try_on_oneself(*, person: Person, written: Written) -> None:
    """The letter as it was put together goes to who tries it, so many an hour at most."""
    assert person.user is not None
    if posted_since(TRIED, person.user.email, now() - timedelta(hours=1)) >= TRIES_AN_HOUR:
        require(Verdict("often", _("Mỗi giờ gửi nhiều nhất %(n)s thư thử.", n=TRIES_AN_HOUR)))
    subject = _("[Thư thử] %(subject)s", subject=written[0])
    key = f"{TRIED}:{new_public_id()}"
    post(kind=TRIED, to_address=person.user.email, subject=subject, body=written[1], dedupe_key=key)


def send_to_many(
    *,
    by: Capacity,
    edition: Edition,
    audience: Audience,
    people: Sequence[Recipient],
    subject: str,
    body: str,
    reply_to: str,
) -> Mailing:
    """Each of these people has one letter, merged for them, in the commit that says who sent it."""
    require(can_write_to_many(by, edition))
    assert by.person_id is not None
    if wrong := faults(audience, subject, body, people=people):
        require(Verdict("placeholder", wrong[0][1]))
    sent = Mailing(
        edition_id=edition.id,
        audience=audience.code,
        subject=subject,
        body=body,
        reply_to=reply_to,
        people=0,
        sent_by_id=by.person_id,
    )
    session.add(sent)
    session.flush()
    for one in people:
        said, text = in_words(edition, (subject, body), one.values)
        number = post(
            kind="mailing",
            to_address=one.address,
            subject=said,
            body=text,
            dedupe_key=f"mailing:{sent.public_id}:{one.address.lower()}",
            reply_to=reply_to,
        )
        if number is not None:
            session.add(MailingLetter(mailing_id=sent.id, message_id=number))
            sent.people += 1
    session.flush()
    facts: dict[str, int | str | None] = {"audience": audience.code, "people": sent.people}
    record("letters.sent", actor_id=by.person_id, award_id=edition.award_id, subject=sent, facts=facts)
    return sent


def send_failed_again(*, by: Capacity, edition: Edition, mailing: Mailing) -> int:
    """The letters of the mailing that could not be delivered are tried anew; how many."""
    require(can_write_to_many(by, edition))
    tried = again([each.id for each in failed(mailing.id)])
    if tried:
        facts: dict[str, int | str | None] = {"people": tried}
        record("letters.sent_again", actor_id=by.person_id, award_id=edition.award_id, subject=mailing, facts=facts)
    return tried


def switch(*, by: Capacity, edition: Edition, rule: ReminderRule, on: bool) -> None:
    """Letters by this rule go out in the edition, or do not. Said again it changes nothing."""
    require(can_word(by, edition))
    assert by.person_id is not None
    if on:
        standing = delete(ReminderOff).where(ReminderOff.edition_id == edition.id, ReminderOff.rule == rule.code)
        changed = session.execute(standing.returning(ReminderOff.id)).scalar()
    else:
        row = {"edition_id": edition.id, "rule": rule.code, "off_by_id": by.person_id}
        off = insert(ReminderOff).values(row).on_conflict_do_nothing().returning(ReminderOff.id)
        changed = session.execute(off).scalar()
    if changed is not None:
        facts: dict[str, int | str | None] = {"rule": rule.code, "on": int(on)}
        record("reminder.switched", actor_id=by.person_id, award_id=edition.award_id, subject=edition, facts=facts)
