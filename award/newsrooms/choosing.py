"""Deeds on what a newsroom puts before its other works: chosen as a whole, in its order, within the edition's quota."""

from collections import Counter
from collections.abc import Mapping

from flask_babel import gettext as _

from award.clock import now
from award.db import session
from award.editions.clauses import rule
from award.editions.models import Edition
from award.entries.models import Entry
from award.log.operations import record
from award.newsrooms import queries
from award.newsrooms.models import NewsroomChoice
from award.newsrooms.permissions import Standing, can_choose
from award.newsrooms.queries import Organ
from award.people.models import Newsroom
from award.verdicts import Refused, Verdict, require


def choose(*, standing: Standing, edition: Edition, organ: Organ, places: Mapping[str, int]) -> int:
    """These works and no others stand before the rest, in the order of their figures, as first, second, third.

    `places`: address of a submitted work → figure. Raises Refused when there are more than the edition lets a newsroom
    choose, when two have the same figure, and when one is no submitted work of the newsroom.
    """
    require(can_choose(standing, edition))
    assert standing.by.person_id is not None
    _within(edition, places)
    session.refresh(organ.newsroom, ["successor_id"], with_for_update=True)  # who chooses at the same time comes after
    entries = queries.entries_to_attest(edition.id, organ.family, places)
    if len(entries) != len(places):
        raise Refused(Verdict("gone", _("Có tác phẩm đã rút hoặc không còn thuộc cơ quan. Đề nghị xem lại.")))
    for each in queries.choices(edition.id, organ.family):
        session.delete(each)
    session.flush()
    ordered = sorted(entries, key=lambda entry: places[entry.public_id])
    made = {"newsroom_id": organ.newsroom.id, "chosen_by_id": standing.by.person_id, "chosen_at": now()}
    session.add_all([NewsroomChoice(entry_id=entry.id, place=n, **made) for n, entry in enumerate(ordered, start=1)])
    session.flush()
    facts: dict[str, int | str | None] = {
        "edition": edition.id,
        "works": " ".join(entry.code or "" for entry in ordered),
    }
    kind, actor = "works.chosen", standing.by.person_id
    record(kind, actor_id=actor, award_id=edition.award_id, subject=organ.newsroom, facts=facts)
    return len(ordered)


def _within(edition: Edition, places: Mapping[str, int]) -> None:
    most = rule(edition, "newsroom_choice").number
    if most is not None and len(places) > most:
        raise Refused(
            Verdict(
                "quota", _("Cơ quan lựa chọn nhiều nhất %(most)s tác phẩm, đang ghi %(n)s.", most=most, n=len(places))
            )
        )
    twins = [figure for figure, n in Counter(places.values()).items() if n > 1]
    if twins:
        raise Refused(Verdict("twins", _("Có hai tác phẩm cùng thứ tự %(n)s.", n=min(twins))))


def follow(*, edition: Edition, entry: Entry, what: str) -> None:
    """A work that was withdrawn, or that another newsroom published, has no place; those behind it move up."""
    chosen = session.get(NewsroomChoice, entry.id)
    if chosen is None:
        return
    organ = queries.organ(session.get_one(Newsroom, chosen.newsroom_id).public_id)
    assert organ is not None
    if what != "withdrawn" and entry.newsroom_id in organ.family:
        return
    session.delete(chosen)
    session.flush()
    for place, each in enumerate(queries.choices(edition.id, organ.family), start=1):
        each.place = place
    session.flush()
