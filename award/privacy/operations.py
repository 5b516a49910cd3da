"""Deeds around requests: asking, matching, answering, copies, erasing, withdrawing consent, terms of keeping."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flask_babel import gettext as _

from award import dates, jobs
from award.clock import now
from award.db import session
from award.editions.models import Edition
from award.editions.permissions import Capacity
from award.log.operations import record
from award.messages.operations import post
from award.messages.personal import FAREWELL
from award.people.models import Consent, Person
from award.people.queries import user_of
from award.privacy import permissions, queries, rooms
from award.privacy.models import KINDS, PrivacyRequest, RetentionRule
from award.privacy.personal import forget_copies
from award.text import canonical, one_line
from award.verdicts import Refused, Verdict, require
from uploads.storage import new_key

ANSWER_DAYS = 15
"""Within so many days from its arrival a request is answered."""
ROOM = "personal"


@dataclass(frozen=True, kw_only=True)
class OnPaper:
    """A request that came by letter, from somebody who need not have an account."""

    kind: str
    name: str
    contact: str
    newsroom_words: str
    words: str
    received_on: date


def ask(*, person: Person, kind: str, words: str = "") -> PrivacyRequest:
    """The person's request stands with its last day. While one of its kind is open, asking again gives that one.

    A person has one copy at a time: the new one takes the place of the old.
    """
    assert kind in KINDS
    already = queries.standing(person.id, kind)
    if already is not None and kind != "correction":
        return already
    today = dates.local(now()).date()
    asked = PrivacyRequest(
        award_id=queries.award_of(person.id),
        kind=kind,
        person_id=person.id,
        words=canonical(words),
        received_on=today,
        due_day=due_day(today),
    )
    session.add(asked)
    session.flush()
    _log("privacy.asked", person.id, asked)
    if kind == "export":
        forget_copies(queries.copies_of(person.id))
        ask_copy(asked)
    return asked


def due_day(received_on: date) -> date:
    """The last day on which an answer is in time."""
    return received_on + timedelta(days=ANSWER_DAYS)


def record_on_paper(*, by: Capacity, edition: Edition, said: OnPaper) -> PrivacyRequest:
    """The request stands with the last day counted from the day it arrived."""
    require(permissions.can_handle(by))
    asked = PrivacyRequest(
        award_id=edition.award_id,
        kind=said.kind,
        name=said.name,
        contact=one_line(said.contact),
        newsroom_words=one_line(said.newsroom_words),
        words=canonical(said.words),
        received_on=said.received_on,
        due_day=due_day(said.received_on),
        recorded_by_id=by.person_id,
    )
    session.add(asked)
    session.flush()
    _log("privacy.recorded", by.person_id, asked)
    return asked


def match(*, by: Capacity, asked: PrivacyRequest, chosen: Mapping[str, Sequence[int]]) -> None:
    """The rows somebody found to be the asker are the asker's from now on, and no others."""
    require(permissions.can_end(by, asked))
    asked.rows = {table: sorted(numbers) for table, numbers in chosen.items() if numbers}
    session.flush()
    _log("privacy.matched", by.person_id, asked, rows=sum(len(numbers) for numbers in asked.rows.values()))


def answer(*, by: Capacity, asked: PrivacyRequest, words: str) -> None:
    """The request is answered, and who has an account is told by letter."""
    require(permissions.can_end(by, asked))
    if asked.kind == "erasure":
        raise Refused(Verdict("kind", _("Yêu cầu xóa được trả lời bằng việc xóa hoặc từ chối có lý do.")))
    _end(asked, "answered", by.person_id, words)


def refuse(*, by: Capacity, asked: PrivacyRequest, reason: str) -> None:
    """The request is not done, for this reason; who has an account is told by letter."""
    require(permissions.can_end(by, asked))
    _end(asked, "refused", by.person_id, reason)


def withdraw(*, person: Person, asked: PrivacyRequest) -> None:
    """The person no longer asks."""
    require(permissions.can_withdraw(person.id, asked))
    asked.state, asked.ended_at, asked.ended_by_id = "withdrawn", now(), person.id
    session.flush()
    _log("privacy.withdrawn", person.id, asked)


def withdraw_consent(*, person: Person, consent: Consent) -> PrivacyRequest:
    """The consent is dated as withdrawn, its row stays as proof, and the secretariat is to stop what it allowed.

    What was kept for its purpose alone is gone at once."""
    consent.withdrawn_at = now()
    session.flush()
    facts: dict[str, int | str | None] = {"consent": consent.id, "text": consent.text_id}
    record("consent.withdrawn", actor_id=person.id, award_id=None, subject=consent, facts=facts)
    rooms.withdrawn(person.id, queries.purpose_of(consent))
    return ask(person=person, kind="consent")


def ask_copy(asked: PrivacyRequest) -> None:
    """A worker makes the copy after the commit; one that is being made is not asked for again."""
    if asked.export_key is None or asked.export_size is not None:
        if asked.export_key is not None:
            forget_copies([asked.export_key])
            session.refresh(asked)
        asked.export_key = new_key(ROOM)
        session.flush()
    jobs.defer("privacy.copy", at_most_one=f"privacy.copy:{asked.id}", request_id=asked.id)


def make_copy(*, by: Capacity, asked: PrivacyRequest) -> None:
    """The secretariat has a copy made of what was matched, to hand it over."""
    require(permissions.can_copy(by, asked))
    ask_copy(asked)
    _log("privacy.copy_asked", by.person_id, asked)


def copy_made(*, asked: PrivacyRequest, size: int, sha256: str) -> None:
    """The copy stands in the store. The owner's own request is answered with it."""
    asked.export_size, asked.export_sha256 = size, sha256
    session.flush()
    _log("privacy.copy_made", None, asked, size=size)
    if asked.person_id is not None and asked.kind == "export" and asked.state == "open":
        _end(asked, "answered", None, _("Bản sao dữ liệu đã lập, tải tại trang Dữ liệu cá nhân."))


def erase(*, by: Capacity, asked: PrivacyRequest) -> None:
    """The person's data are gone but for what was told to stay; the request is answered, one last letter says so."""
    require(permissions.can_erase(by, asked))
    found = rooms.subject_of(asked.person_id, asked.rows)
    if not found.subject.person_id and not asked.rows:
        raise Refused(Verdict("nobody", _("Chưa chọn người này là tác giả nào trong hồ sơ.")))
    for verdict in rooms.against_erasing(found.subject):
        raise Refused(verdict)
    user = user_of(asked.person_id) if asked.person_id is not None else None
    address = user.email if user is not None else ""
    request_id = asked.id
    rooms.erase(found.subject)
    asked = session.get_one(PrivacyRequest, request_id)
    asked.name = asked.contact = asked.newsroom_words = asked.words = ""
    asked.state, asked.ended_at, asked.ended_by_id = "answered", now(), by.person_id
    asked.answer = _("Đã xóa dữ liệu cá nhân theo yêu cầu.")
    session.flush()
    _log("privacy.erased", by.person_id, asked, person=asked.person_id)
    if address:
        on = dates.day(asked.received_on)
        body = _("Đã xóa dữ liệu cá nhân theo yêu cầu ngày %(day)s. Thư này là thư cuối.", day=on)
        subject = _("Đã xóa dữ liệu cá nhân")
        post(kind=FAREWELL, to_address=address, subject=subject, body=body, dedupe_key=f"erased:{asked.public_id}")


def set_term(*, by: Capacity, code: str, days: int | None, reason: str) -> None:
    """The class of data goes after so many days from now on; None: it is kept."""
    require(permissions.can_set_retention(by))
    rule = session.get(RetentionRule, code) or RetentionRule(code=code)
    rule.days, rule.reason, rule.set_by_id, rule.set_at = days, canonical(reason), by.person_id, now()
    session.add(rule)
    session.flush()
    facts: dict[str, int | str | None] = {"class": code, "days": days}
    record("retention.set", actor_id=by.person_id, award_id=None, facts=facts)


def let_go() -> dict[str, int]:
    """Whatever is older than its term is gone; class -> how many things."""
    gone = {}
    for term in queries.terms(counted=False):
        if term.days is None:
            continue
        count = term.lapse.let_go(queries.limit_of(term.days))
        if count:
            gone[term.lapse.code] = count
    session.flush()
    if gone:
        facts: dict[str, int | str | None] = {**gone}
        record("retention.let_go", actor_id=None, award_id=None, facts=facts)
    return gone


def _end(asked: PrivacyRequest, state: str, by_id: int | None, words: str) -> None:
    asked.state, asked.answer = state, canonical(words)
    asked.ended_at, asked.ended_by_id = now(), by_id
    session.flush()
    _log(f"privacy.{state}", by_id, asked)
    user = user_of(asked.person_id) if asked.person_id is not None else None
    if user is not None:
        done = _("Đã trả lời yêu cầu về dữ liệu cá nhân")
        post(
            kind=f"privacy_{state}",
            to_address=user.email,
            subject=done if state == "answered" else _("Chưa thực hiện yêu cầu về dữ liệu cá nhân"),
            body=asked.answer,
            dedupe_key=f"privacy:{asked.public_id}:{state}",
        )


def _log(kind: str, by_id: int | None, asked: PrivacyRequest, **facts: int | None) -> None:
    told: dict[str, int | str | None] = {"kind": asked.kind, **facts}
    record(kind, actor_id=by_id, award_id=asked.award_id, subject=asked, facts=told)
