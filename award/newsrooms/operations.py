"""Deeds at a newsroom's desk: attesting works, many at once; saying that one is not; what ends what was said."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from flask_babel import gettext as _
from sqlalchemy import select

from award import dates
from award.clock import now
from award.db import session
from award.editions.clauses import rule
from award.editions.models import Edition
from award.entries.keeping import hand_on
from award.entries.models import Entry
from award.entries.operations import note_confirmation
from award.entries.permissions import BEFORE_JUDGING
from award.entries.queries import plain_dossiers_of
from award.letters.queries import reminds
from award.log.operations import record
from award.messages.queries import latest_by_key
from award.newsrooms import choosing, queries, surveyed
from award.newsrooms.attested import facts_hash
from award.newsrooms.models import Attestation
from award.newsrooms.permissions import Standing, can_attest, can_take_over
from award.newsrooms.queries import Organ
from award.people.models import Newsroom, Person
from award.text import canonical
from award.verdicts import Refused, Verdict, require


class Outcome(NamedTuple):
    """Codes of works attested now, and of those left because what was shown of them is no longer so."""

    done: tuple[str, ...]
    left: tuple[str, ...]


def attest(*, standing: Standing, edition: Edition, organ: Organ, shown: Mapping[str, str]) -> Outcome:
    """The newsroom attests these works, all in one act. `shown`: address → the hash of the facts that were read.

    A work whose facts are others by now, or that is gone, is left as it is; one that is attested already stays.
    """
    require(can_attest(standing, edition, now()))
    return say_all(standing=standing, edition=edition, organ=organ, shown=shown)


def say_all(
    *, standing: Standing, edition: Edition, organ: Organ, shown: Mapping[str, str], list_id: int | None = None
) -> Outcome:
    """The same for who has asked whether it may be said; `list_id` where it was said on paper."""
    entries = queries.entries_to_attest(edition.id, organ.family, shown)
    read = plain_dossiers_of([entry.id for entry in entries])
    said = queries.standing([entry.id for entry in entries])
    done, left = [], []
    for entry in entries:
        code, facts = entry.code or "", facts_hash(read[entry.id])
        if facts != shown[entry.public_id]:
            left.append(code)
            continue
        earlier = said.get(entry.id)
        if earlier is None or earlier.answer != "confirmed":
            _say(standing, edition, organ, entry, facts, earlier, list_id=list_id)
        done.append(code)
    return Outcome(tuple(done), tuple(left))


def refuse(*, standing: Standing, edition: Edition, organ: Organ, key: str, reason: str) -> Entry:
    """The newsroom does not attest the work, and says why. It may still attest it later."""
    require(can_attest(standing, edition, now()))
    reason = canonical(reason)
    if not reason:
        raise Refused(Verdict("reason", _("Chưa ghi lý do.")))
    entry = next(iter(queries.entries_to_attest(edition.id, organ.family, [key])), None)
    if entry is None:
        raise Refused(Verdict("gone", _("Tác phẩm này đã rút hoặc không còn thuộc cơ quan.")))
    facts = facts_hash(plain_dossiers_of([entry.id])[entry.id])
    _say(standing, edition, organ, entry, facts, queries.standing([entry.id]).get(entry.id), reason=reason)
    return entry


def take_over(*, standing: Standing, edition: Edition, organ: Organ, key: str) -> Entry:
    """Who speaks for the newsroom fills in the work from now on, which somebody entered who has left it.

    Raises Refused when it is nobody's who has left: a work of one's own stays one's own.
    """
    require(can_take_over(standing, edition))
    assert standing.by.person_id is not None
    entry = queries.locked_left_behind(edition.id, organ.family, key)
    if entry is None:
        raise Refused(Verdict("kept", _("Hồ sơ này vẫn do người lập khai.")))
    hand_on(by=standing.by, edition=edition, entry=entry, to=session.get_one(Person, standing.by.person_id))
    return entry


def follow(*, edition: Edition, entry: Entry, what: str) -> None:
    """What was said of the work, and its place, end when it is withdrawn or what they rest on is changed."""
    choosing.follow(edition=edition, entry=entry, what=what)
    said = queries.standing([entry.id]).get(entry.id)
    if said is None:
        return
    if what == "withdrawn":
        _end(said, "withdrawn")
        return
    session.flush()
    if facts_hash(plain_dossiers_of([entry.id])[entry.id]) != said.facts_hash:
        _end(said, "changed")
        record("work.attestation_ended", actor_id=None, award_id=edition.award_id, subject=entry)


def _say(
    standing: Standing,
    edition: Edition,
    organ: Organ,
    entry: Entry,
    facts: str,
    earlier: Attestation | None,
    *,
    reason: str = "",
    list_id: int | None = None,
) -> None:
    if earlier is not None:
        _end(earlier, "replaced")
    assert standing.by.person_id is not None
    answer = "refused" if reason else "confirmed"
    session.add(
        Attestation(
            entry_id=entry.id,
            newsroom_id=organ.newsroom.id,
            answer=answer,
            facts_hash=facts,
            reason=reason,
            said_by_id=standing.by.person_id,
            said_at=now(),
            list_id=list_id,
        )
    )
    session.flush()
    note_confirmation(entry, confirmed=not reason)
    told: dict[str, int | str | None] = {"newsroom": organ.newsroom.id, "facts": facts, "list": list_id}
    kind, actor = ("work.refused" if reason else "work.attested"), standing.by.person_id
    detail = {"reason": reason} if reason else None
    record(kind, actor_id=actor, award_id=edition.award_id, subject=entry, facts=told, detail=detail)


def _end(said: Attestation, why: str) -> None:
    said.ended, said.ended_at = why, now()
    session.flush()
    note_confirmation(session.get_one(Entry, said.entry_id), confirmed=None)


def owner(entry: Entry) -> Person:
    """Whose work it is."""
    return session.get_one(Person, entry.owner_id)


RULE = "newsrooms"
DAYS_BEFORE = (7, 3, 1)
"""So many days before the last one on which works are confirmed, who has some waiting is reminded by itself."""


def remind_in_time(*, today: date, letter: Callable[[Edition, Newsroom, str, int], None]) -> int:
    """Where works must be confirmed by some day, newsrooms that have said nothing are reminded as it draws near.

    Each has a letter for each of the days, on the next where nobody worked on the day itself. Answers with how many
    editions somebody was written to in; asked again it writes to nobody a second time.
    """
    done = 0
    open_ = select(Edition).where(Edition.state.in_(BEFORE_JUDGING), Edition.trial_of_id.is_(None))
    for edition in session.scalars(open_.order_by(Edition.id)):
        since = _day_reached(last_day(edition), today)
        if since is not None and reminds(edition.id, RULE):
            told, _nobody = remind(by_id=None, edition=edition, letter=letter, unless_since=since)
            done += bool(told)
    return done


def _day_reached(last: date | None, today: date) -> date | None:
    """The nearest of the days by rule that has come; none long before the last day, and none after it."""
    left = (last - today).days if last is not None else -1
    days = next((each for each in sorted(DAYS_BEFORE) if 0 <= left <= each), None)
    return None if last is None or days is None else last - timedelta(days=days)


def last_day(edition: Edition) -> date | None:
    """The last day on which newsrooms confirm works: their own, or that of entering where the rules want their word."""
    end = edition.confirmation_at
    if end is None and rule(edition, "newsroom_confirmation").yes:
        end = edition.deadline_at
    return None if end is None else dates.local(end - timedelta(seconds=1)).date()


def remind(
    *,
    by_id: int | None,
    edition: Edition,
    letter: Callable[[Edition, Newsroom, str, int], None],
    unless_since: date | None = None,
) -> tuple[int, int]:
    """Who speaks for a newsroom that has works waiting gets a letter. `letter` writes it to one address.

    Left out are newsrooms that had such a letter on the day `unless_since` or later.
    Answers with how many newsrooms were written to, and how many have nobody to write to.
    """
    waiting = surveyed.unsaid(edition.id)
    if unless_since is not None:
        told = latest_by_key(f"attest:{edition.id}:")
        late = {newsroom for newsroom, at in told.items() if dates.local(at).date() >= unless_since}
        waiting = {newsroom: count for newsroom, count in waiting.items() if str(newsroom) not in late}
    to = queries.addresses(waiting)
    if by_id is None and not to:
        return 0, len(waiting)
    for newsroom_id, emails in to.items():
        newsroom = session.get_one(Newsroom, newsroom_id)
        for email in emails:
            letter(edition, newsroom, email, waiting[newsroom_id])
    facts: dict[str, int | str | None] = {"newsrooms": len(to), "works": sum(waiting.values())}
    record("newsrooms.reminded", actor_id=by_id, award_id=edition.award_id, subject=edition, facts=facts)
    return len(to), len(waiting) - len(to)
