"""What became of the works at the national award: received, shortlisted, prized, each time with its source."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext
from sqlalchemy import select

from award.db import session
from award.editions.models import Edition
from award.editions.operations.locking import lock
from award.editions.permissions import Capacity
from award.log.operations import record
from award.nominations import permissions, queries
from award.nominations.models import Nomination, NominationNews
from award.people.models import Person
from award.text import one_line
from award.verdicts import Refused, Verdict, require

WORDS = {
    "chosen": lazy_gettext("Dự kiến"),
    "completing": lazy_gettext("Đang hoàn thiện hồ sơ"),
    "sent": lazy_gettext("Đã gửi"),
    "received": lazy_gettext("Trung ương đã nhận"),
    "shortlisted": lazy_gettext("Vào chung khảo"),
    "prized": lazy_gettext("Đoạt giải"),
}
KINDS = ("sent", "received", "shortlisted", "prized")
"""What can become known, in the order in which it does."""
AT_HOME = queries.AT_HOME
"""States of a work that has not been sent: it can still be taken off the list."""


@dataclass(frozen=True)
class Told:
    """One line of the history of a work there."""

    news: NominationNews
    by: str

    @property
    def words(self) -> str:
        """Đoạt giải: Giải B."""
        word = str(WORDS[self.news.state])
        return f"{word}: {self.news.prize}" if self.news.prize else word


def tell(
    *,
    by: Capacity,
    edition: Edition,
    keys: Collection[str],
    state: str,
    source: str,
    known_on: date,
    today: date,
    prize: str = "",
) -> int:
    """Of each of these works of the list it is known now; how many they are. What was told before stays as history.

    Raises Refused when no work is named, a prize has no name, or the source is missing or of a day to come.
    """
    require(permissions.can_tell_news(by))
    assert by.person_id is not None
    lock(edition)
    rows = session.scalars(
        select(Nomination).where(Nomination.edition_id == edition.id, Nomination.public_id.in_(keys))
    ).all()
    source, prize = one_line(source)[:300], one_line(prize)[:200] if state == "prized" else ""
    if not rows or len(rows) != len(set(keys)):
        raise Refused(Verdict("none", _("Chưa chọn tác phẩm nào.")))
    if state not in KINDS:
        raise Refused(Verdict("kind", _("Chưa chọn kết quả.")))
    if state == "prized" and not prize:
        raise Refused(Verdict("prize", _("Chưa ghi giải đã đoạt.")))
    if not source:
        raise Refused(Verdict("source", _("Chưa ghi nguồn: văn bản, danh sách hoặc người báo.")))
    if known_on > today:
        raise Refused(Verdict("future", _("Ngày của nguồn chưa tới.")))
    for row in rows:
        row.state = state
        session.add(
            NominationNews(
                nomination_id=row.id,
                state=state,
                prize=prize,
                source=source,
                known_on=known_on,
                recorded_by_id=by.person_id,
            )
        )
        record(
            "nomination.news",
            actor_id=by.person_id,
            award_id=edition.award_id,
            subject=row,
            facts={"state": state, "on": known_on.isoformat()},
            detail={"source": source, "prize": prize},
        )
    session.flush()
    return len(rows)


def histories(nomination_ids: Collection[int]) -> Mapping[int, Sequence[Told]]:
    """Nomination → what became known, the latest first."""
    asked = (
        select(NominationNews, Person.legal_name)
        .join(Person, Person.id == NominationNews.recorded_by_id)
        .where(NominationNews.nomination_id.in_(nomination_ids))
        .order_by(NominationNews.id.desc())
    )
    found: dict[int, list[Told]] = {}
    for news, name in session.execute(asked).tuples():
        found.setdefault(news.nomination_id, []).append(Told(news, name))
    return found


def history_of(entry_id: int) -> Sequence[Told]:
    """What became known of the work, the latest first."""
    rows = session.scalars(select(Nomination.id).where(Nomination.entry_id == entry_id)).all()
    return [told for each in histories(rows).values() for told in each] if rows else []


def tally_of(edition_id: int) -> list[tuple[str, int]]:
    """The same of an edition whose list is not at hand."""
    return tally(session.scalars(select(Nomination.state).where(Nomination.edition_id == edition_id)))


def tally(states: Iterable[str]) -> list[tuple[str, int]]:
    """How many works of the list stand where, in the order of states; nothing while none was sent."""
    counted = Counter(states)
    if not any(counted.get(state) for state in KINDS):
        return []
    return [(str(word), counted[state]) for state, word in WORDS.items() if counted.get(state)]
