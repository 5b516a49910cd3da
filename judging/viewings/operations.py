"""Calling a panel before the screen, the roll, what is on, and the end. The marks are given on sheets as ever."""

from collections.abc import Collection

from flask_babel import gettext as _
from sqlalchemy import select, update

from award.clock import now
from award.db import session
from award.editions.models import Edition, Panel, Round
from award.editions.permissions import Capacity
from award.log.operations import record
from award.verdicts import Refused, Verdict, require
from judging.panels.aside import ties_of
from judging.panels.queries import seats_in
from judging.viewings import permissions, queries
from judging.viewings.models import ViewedBy, ViewedWork, Viewer, Viewing


def open_viewing(*, by: Capacity, edition: Edition, round: Round, panel: Panel) -> Viewing:
    """The panel sits before one screen: its members are on the roll, nobody found present yet, nothing on.

    Raises Refused while another viewing of the panel is not closed, and for whoever does not lead it.
    """
    session.execute(select(Panel.id).where(Panel.id == panel.id).with_for_update())
    require(permissions.can_open(by, queries.seat_on(panel, by.person_id), round))
    if queries.is_running(panel.id):
        raise Refused(Verdict("running", _("Tiểu ban đang có buổi xem chung chưa kết thúc.")))
    assert by.person_id is not None
    viewing = Viewing(panel_id=panel.id, panel=panel, opened_by_id=by.person_id)
    session.add(viewing)
    session.flush()
    members = [seat.person_id for seat in seats_in(round.id) if seat.panel_id == panel.id]
    session.add_all(Viewer(viewing_id=viewing.id, person_id=person) for person in members)
    session.flush()
    _record("viewing.opened", by, edition, viewing, {"panel": panel.id, "members": len(members)})
    return viewing


def call_roll(*, by: Capacity, edition: Edition, round: Round, viewing: Viewing, present: Collection[int]) -> None:
    """Those of the roll who are in `present` are there, nobody else is; who comes while a work is on sees it too."""
    _held(by, round, viewing)
    here = Viewer.person_id.in_(list(present))
    session.execute(update(Viewer).where(Viewer.viewing_id == viewing.id).values(present=here))
    listed = [each.id for each in queries.roll(viewing.id) if each.present]
    work = queries.on_now(viewing.id)
    if work is not None:
        known = queries.seen_by(viewing.id).get(work.id, {})
        _note_present(edition, work, [person for person in listed if person not in known])
    _moved(viewing)
    _record("viewing.roll_called", by, edition, viewing, {"present": _listed(listed)})


def show(*, by: Capacity, edition: Edition, round: Round, viewing: Viewing, entry_id: int) -> ViewedWork:
    """The work is on; what was on before is not. Who has to do with it is told to leave, and sees nothing of it.

    Raises Refused for a work the panel was not dealt, while nobody is present, and for who has to do with it.
    """
    _held(by, round, viewing)
    if entry_id not in {work.entry_id for work in queries.works_of(viewing.panel_id)}:
        raise Refused(Verdict("not_of_panel", _("Tác phẩm không thuộc danh sách chấm của tiểu ban.")))
    here = [each.id for each in queries.roll(viewing.id) if each.present]
    if not here:
        raise Refused(Verdict("nobody", _("Chưa điểm danh thành viên có mặt.")))
    if by.person_id is not None and ties_of(edition, [entry_id], [by.person_id]):
        raise Refused(Verdict("kept_from", str(permissions.LED_BY_ANOTHER)))
    _end_what_is_on(viewing)
    work = ViewedWork(viewing_id=viewing.id, entry_id=entry_id)
    session.add(work)
    session.flush()
    away = _note_present(edition, work, here)
    _moved(viewing)
    facts: dict[str, int | str | None] = {"entry": entry_id}
    facts |= {"present": _listed(set(here) - away), "recused": _listed(away)}
    _record("viewing.shown", by, edition, viewing, facts)
    return work


def stop(*, by: Capacity, edition: Edition, round: Round, viewing: Viewing) -> None:
    """Nothing is on."""
    _held(by, round, viewing)
    work = queries.on_now(viewing.id)
    if work is not None:
        _end_what_is_on(viewing)
        _moved(viewing)
        _record("viewing.stopped", by, edition, viewing, {"entry": work.entry_id})


def close_viewing(*, by: Capacity, edition: Edition, viewing: Viewing) -> None:
    """The viewing is over, and what was on with it."""
    _lock(viewing)
    require(permissions.can_close(by, queries.seat_on(viewing.panel, by.person_id), viewing))
    _end_what_is_on(viewing)
    viewing.closed_by_id, viewing.closed_at = by.person_id, now()
    _moved(viewing)
    _record("viewing.closed", by, edition, viewing, {"works": len(queries.shown_in(viewing.id))})


def _held(by: Capacity, round_: Round, viewing: Viewing) -> None:
    _lock(viewing)
    require(permissions.can_lead(by, queries.seat_on(viewing.panel, by.person_id), round_, viewing))


def _lock(viewing: Viewing) -> None:
    session.flush()
    session.execute(select(Viewing.id).where(Viewing.id == viewing.id).with_for_update())
    session.refresh(viewing)


def _end_what_is_on(viewing: Viewing) -> None:
    on = update(ViewedWork).where(ViewedWork.viewing_id == viewing.id, ViewedWork.ended_at.is_(None))
    session.execute(on.values(ended_at=now()))


def _note_present(edition: Edition, work: ViewedWork, people: Collection[int]) -> set[int]:
    """These people were there for the work, apart from those who had to leave; gives the latter."""
    away = {person for person, _entry in ties_of(edition, [work.entry_id], people)}
    session.add_all(ViewedBy(work_id=work.id, person_id=person, recused=person in away) for person in people)
    session.flush()
    return away


def _moved(viewing: Viewing) -> None:
    """Devices in the room will see that something changed."""
    viewing.turn += 1
    session.flush()


def _listed(people: Collection[int]) -> str:
    return ",".join(map(str, sorted(people)))


def _record(kind: str, by: Capacity, edition: Edition, viewing: Viewing, facts: dict[str, int | str | None]) -> None:
    record(kind, actor_id=by.person_id, award_id=edition.award_id, subject=viewing, facts=facts)
