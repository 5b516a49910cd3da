"""Letters to judges whose sheets are still open: by rule some days before the round's end, and by hand.

How many sheets somebody has not sent is no secret from the staff; what stands in them is, and no letter says it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext as _
from sqlalchemy import func, select

from award import dates
from award.clock import now
from award.db import session
from award.editions.calendar import called
from award.editions.models import Edition, Round
from award.editions.permissions import Capacity
from award.letters.operations import write
from award.letters.queries import Written, reminds
from award.log.operations import record
from award.messages.queries import latest_by_key
from award.people.letters import address, rendered
from award.people.models import Person, User
from award.verdicts import require
from judging.scoring.permissions import can_remind
from judging.scoring.progress import progress

KIND, RULE = "judge_reminder", "judges"
DAYS_BEFORE = (3, 1)
"""So many days before the round's last day who has open sheets is told by rule; 1 is also told on the day itself."""


@dataclass(frozen=True)
class Waited:
    """A judge whose sheets are waited for: how many, of how many, and when the last letter went."""

    person_id: int
    key: str
    form_of_address: str
    name: str
    email: str
    """Empty for who has no account that can be used."""
    left: int
    assigned: int
    told_at: datetime | None

    @property
    def to_tell(self) -> bool:
        """Has an address, and had no such letter today."""
        return bool(self.email) and (self.told_at is None or dates.local(self.told_at).date() != _today())


def waited_for(round_: Round) -> list[Waited]:
    """Whose sheets are open in the round, by name; nobody where judging is not under way."""
    if round_.state != "open":
        return []
    open_: dict[int, tuple[int, int]] = {}
    for seat in progress(round_.id).seats:
        left, assigned = open_.get(seat.person_id, (0, 0))
        open_[seat.person_id] = (left + seat.assigned - seat.finished, assigned + seat.assigned)
    open_ = {person: counts for person, counts in open_.items() if counts[0]}
    told = latest_by_key(_key(round_, ""))
    people = (
        select(Person.id, Person.public_id, Person.form_of_address, Person.legal_name, func.coalesce(User.email, ""))
        .outerjoin(User, (User.person_id == Person.id) & User.active)
        .where(Person.id.in_(open_))
        .order_by(Person.name_key, Person.id)
    )
    return [
        Waited(person_id, key, form, name, email, *open_[person_id], told.get(key))
        for person_id, key, form, name, email in session.execute(people).tuples()
    ]


def remind(*, by: Capacity, edition: Edition, round_: Round) -> int:
    """Everybody whose sheets are open and who had no letter today has one; gives how many. Again adds nothing."""
    require(can_remind(by, round_))
    to_tell = [one for one in waited_for(_held(round_)) if one.to_tell]
    _tell(edition, round_, to_tell, _today().isoformat())
    _note(by.person_id, edition, round_, to_tell)
    return len(to_tell)


def remind_by_rule(*, edition: Edition, round_: Round) -> int:
    """Near the round's last day everybody whose sheets are open has had the letter of that day, once; gives how many.

    A worker that was away on the day tells on the next.
    """
    held = _held(round_)
    days = _days_reached(held.ends_on)
    if days is None or not reminds(edition.id, RULE):
        return 0
    mark = f"{held.ends_on}-{days}"
    told = latest_by_key(_key(held, ""), ending=f":{mark}")
    to_tell = [one for one in waited_for(held) if one.to_tell and one.key not in told]
    _tell(edition, held, to_tell, mark)
    _note(None, edition, held, to_tell)
    return len(to_tell)


def _days_reached(ends_on: date | None) -> int | None:
    """The nearest of the days by rule that has come; none long before the end, and none after it."""
    if ends_on is None:
        return None
    left = (ends_on - _today()).days
    return next((days for days in sorted(DAYS_BEFORE) if 0 <= left <= days), None)


def _tell(edition: Edition, round_: Round, people: Sequence[Waited], mark: str) -> None:
    for one in people:
        values, house = words(edition, round_, one)
        key = f"{_key(round_, one.key)}:{mark}"
        write(edition, KIND, to_address=one.email, values=values, house=house, dedupe_key=key)


def words(edition: Edition, round_: Round, one: Waited) -> tuple[dict[str, str], Callable[[], Written]]:
    """What an edition's own words for it may hold, and the letter as the house writes it."""
    ends_on = dates.day(round_.ends_on) if round_.ends_on else ""
    link = address("scoring.queue", slug=edition.slug, ordinal=round_.ordinal)
    values = {
        "xung_ho": one.form_of_address,
        "ho_ten": one.name,
        "vong": called(round_),
        "con_lai": str(one.left),
        "duoc_giao": str(one.assigned),
        "han": ends_on,
        "lien_ket": link,
    }

    def house() -> Written:
        told = {"edition": edition, "one": one, "called": called(round_), "ends_on": ends_on, "link": link}
        subject = _("Còn %(n)s phiếu chấm chưa gửi: %(edition)s", n=one.left, edition=edition.name)
        return subject, rendered("scoring/mail/reminder.txt", **told)

    return values, house


def _note(actor_id: int | None, edition: Edition, round_: Round, people: Sequence[Waited]) -> None:
    if people:
        facts: dict[str, int | str | None] = {"people": len(people), "sheets": sum(one.left for one in people)}
        record("judges.reminded", actor_id=actor_id, award_id=edition.award_id, subject=round_, facts=facts)


def _held(round_: Round) -> Round:
    """The round, so that two who remind at once come one after the other."""
    held = select(Round).where(Round.id == round_.id).with_for_update().execution_options(populate_existing=True)
    return session.scalars(held).one()


def _key(round_: Round, person: str) -> str:
    return f"judge_reminder:{round_.public_id}:{person}"


def _today() -> date:
    return dates.local(now()).date()
