"""What becomes of press organs: another name from a day on; several that are one; the body they stand under."""

from datetime import date

from flask_babel import gettext as _
from sqlalchemy import select

from award.clock import now
from award.dates import local
from award.db import session
from award.features import tell_rooms_of_ties
from award.log.operations import record
from award.people import memberships
from award.people.memberships import A_DAY
from award.people.models import Membership, Newsroom, NewsroomName, Person
from award.people.queries import organ_called
from award.text import folded
from award.verdicts import Refused, Verdict


def rename(*, by_id: int | None, newsroom: Newsroom, name: str, since: date) -> None:
    """The organ bears this name from that day on; before it, it bore what it bore. Raises Refused where it cannot."""
    _stands(newsroom)
    last = newsroom.names[-1]
    if folded(name) == last.name_folded:
        raise Refused(Verdict("newsroom.same_name", _("Cơ quan đang mang tên này.")))
    if organ_called(name) is not None:
        raise Refused(Verdict("newsroom.known", _("Cơ quan khác đang mang tên này. Nếu đã hợp nhất, ghi là hợp nhất.")))
    _after(last, since)
    last.valid_to = since - A_DAY
    newsroom.names.append(NewsroomName(name=name, valid_from=since))
    session.flush()
    record("newsroom.renamed", actor_id=by_id, award_id=None, subject=newsroom, detail={"name": name})
    tell_rooms_of_ties()


def merge(*, by_id: int | None, newsroom: Newsroom, into: Newsroom, since: date) -> None:
    """From that day on the organ is part of the other: its works are the other's too, and its people stand there.

    Raises Refused when the other is itself part of this one.
    """
    _stands(newsroom)
    after: Newsroom | None = into
    while after is not None:
        if after.id == newsroom.id:
            raise Refused(Verdict("newsroom.circle", _("Cơ quan này không thể là một phần của chính nó.")))
        after = session.get(Newsroom, after.successor_id) if after.successor_id else None
    _after(newsroom.names[-1], since)
    newsroom.names[-1].valid_to = since - A_DAY
    newsroom.successor_id = into.id
    session.flush()
    facts: dict[str, int | str | None] = {"into": into.id, "since": since.isoformat()}
    record("newsroom.merged", actor_id=by_id, award_id=None, subject=newsroom, facts=facts)
    for membership in session.scalars(select(Membership).where(Membership.newsroom_id == newsroom.id)).all():
        if membership.valid_to is None or membership.valid_to >= local(now()).date():
            person = session.get_one(Person, membership.person_id)
            memberships.join(by_id=by_id, person=person, newsroom=into, role=membership.role)
            memberships.leave(by_id=by_id, membership=membership)
    tell_rooms_of_ties()


def parent_of(newsroom: Newsroom) -> Newsroom | None:
    """The body the organ stands under, as it is today: one that was merged since is what it became."""
    above = session.get(Newsroom, newsroom.parent_id) if newsroom.parent_id else None
    while above is not None and above.successor_id is not None:
        above = session.get(Newsroom, above.successor_id)
    return above


def stand_under(*, by_id: int | None, newsroom: Newsroom, parent: Newsroom | None) -> None:
    """The organ stands under that body (cơ quan chủ quản), or under none known. Saying so again changes nothing.

    Raises Refused when the body stands under this organ itself.
    """
    _stands(newsroom)
    if newsroom.parent_id == (parent.id if parent else None):
        return
    above, seen = parent, set[int]()
    while above is not None and above.id not in seen:
        if above.id == newsroom.id:
            raise Refused(Verdict("newsroom.under_itself", _("Cơ quan này không thể là cấp dưới của chính nó.")))
        seen.add(above.id)
        above = parent_of(above) if above.successor_id is None else session.get(Newsroom, above.successor_id)
    newsroom.parent_id = parent.id if parent else None
    session.flush()
    facts: dict[str, int | str | None] = {"parent": newsroom.parent_id}
    record("newsroom.stands_under", actor_id=by_id, award_id=None, subject=newsroom, facts=facts)
    tell_rooms_of_ties()


def _stands(newsroom: Newsroom) -> None:
    if newsroom.successor_id is not None:
        raise Refused(Verdict("newsroom.merged", _("Cơ quan này đã hợp nhất, không sửa được nữa.")))


def _after(last: NewsroomName, since: date) -> None:
    if since <= last.valid_from:
        raise Refused(Verdict("newsroom.day", _("Ngày này phải sau ngày cơ quan bắt đầu mang tên hiện nay.")))
