"""The doors of a sitting: the room that follows who leads it, its preparation, votes, its papers."""

from collections.abc import Callable
from functools import partial

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from award.db import unit_of_work
from award.documents.answers import file_asked
from award.doors import deed, found, living
from award.editions.clauses import rule
from award.editions.models import Edition, PrizeLevel, Round
from award.editions.permissions import Capacity
from award.editions.queries import capacity
from award.entries.queries import edition_with_clauses, entry_for_staff
from award.people.freshness import step_up
from award.people.signin import sign_in_required, signed_in
from award.verdicts import Refused, Verdict, require
from judging.council import queries as proposing
from judging.council.papers import session_of
from judging.ranking.boards import boards
from judging.ranking.queries import rounds
from judging.scoring.material import material
from judging.sittings import agendas, forms, papers, permissions, queries, seeing, showing
from judging.sittings.models import AgendaItem, Sitting, Vote
from judging.sittings.operations import meeting, voting
from judging.sittings.paper_showing import scans_kept

blueprint = Blueprint("sittings", __name__)

Answer = str | Response | tuple[str, int]


def place(slug: str) -> tuple[Edition, Round, Capacity]:
    """The edition, its last round, which is closed, and who comes in."""
    edition = found(edition_with_clauses(slug))
    by, last = capacity(signed_in(), edition), proposing.last_of(rounds(edition.id))
    member = last is not None and by.person_id is not None and not by.holds(*permissions.READERS)
    if member:
        assert last is not None
        assert by.person_id is not None
        member = queries.is_member(by.person_id, edition.id, last.id)
    require(permissions.can_enter(by, last, member=member))
    assert last is not None
    return edition, last, by


def running(edition: Edition) -> Sitting:
    """The sitting that is prepared or open."""
    return found(queries.running(edition.id))


def _page(edition: Edition, last: Round, by: Capacity, fault: str = "") -> str:
    pulse = queries.pulse(edition.id, by.person_id)
    if pulse is None:
        held = queries.sittings(edition.id)
        may = permissions.can_prepare(by, edition, handed_down=proposing.handed_down(edition.id))
        return render_template(
            "sittings/none.html",
            held=held,
            may_prepare=bool(may),
            scans=scans_kept(edition, by, held),
            reads=bool(by.holds(*permissions.READERS)),
            fault=fault,
        )
    return _drawn("sittings/room.html", edition, last, by, pulse, fault=fault)


def _drawn(template: str, edition: Edition, last: Round, by: Capacity, pulse: queries.Pulse, **more: str) -> str:
    shown = showing.room(edition, last, by, pulse)
    return render_template(
        template, room=shown, minutes=showing.minutes(shown, by), ties=rule(edition, "tie_rule"), **more
    )


@blueprint.get("/<slug>/phien-hop")
@sign_in_required
def room(slug: str) -> Answer:
    edition, last, by = place(slug)
    return _page(edition, last, by)


def _live(slug: str, drawn: Callable[[Edition, Round, Capacity, queries.Pulse], str]) -> Response:
    """A part of a page for devices in the room; 304 while nothing they may see has changed."""
    edition, last, by = place(slug)
    pulse = queries.pulse(edition.id, by.person_id)
    if pulse is None:
        over = make_response(render_template("sittings/over.html"))
        over.add_etag()
        return over.make_conditional(request)
    return living(pulse.print_, lambda: drawn(edition, last, by, pulse))


@blueprint.get("/<slug>/phien-hop/tren-ban")
@sign_in_required
def table(slug: str) -> Answer:
    return _live(slug, partial(_drawn, "sittings/table.html"))


@blueprint.get("/<slug>/phien-hop/dang-xet")
@sign_in_required
def now_shown(slug: str) -> Answer:
    """One line for who looks elsewhere: what the council has before it."""
    return _live(slug, lambda edition, last, by, pulse: _line(showing.room(edition, last, by, pulse)))


def _line(shown: showing.Room) -> str:
    return render_template("sittings/elsewhere.html", room=shown)


@blueprint.get("/<slug>/phien-hop/man-hinh")
@sign_in_required
def screen(slug: str) -> Answer:
    """For the screen of the hall: what everybody there may read of the work on the table, and no button.

    Once it is over it says so; before any sitting there is no screen.
    """
    edition, last, by = place(slug)
    pulse = queries.pulse(edition.id, by.person_id)
    if pulse is None:
        found(queries.sittings(edition.id) or None)
        return render_template("sittings/screen.html", room=None)
    return render_template("sittings/screen.html", room=showing.room(edition, last, by, pulse))


@blueprint.get("/<slug>/phien-hop/man-hinh/dang-xet")
@sign_in_required
def screen_shown(slug: str) -> Answer:
    """The screen as it follows who leads."""

    def drawn(edition: Edition, last: Round, by: Capacity, pulse: queries.Pulse) -> str:
        return render_template("sittings/screen_shown.html", room=showing.room(edition, last, by, pulse))

    return _live(slug, drawn)


@blueprint.get("/<slug>/phien-hop/tac-pham/<item_id>")
@sign_in_required
def item(slug: str, item_id: str) -> Answer:
    edition, last, by = place(slug)
    shown = showing.room(edition, last, by, found(queries.pulse(edition.id, by.person_id)))
    row = found(next((row for row in shown.rows if row.item.public_id == item_id), None))
    seen = not row.away and seeing.is_shown(shown.sitting, last, by.person_id)
    work = material(row.item.entry_id, last) if seen else None
    return render_template("sittings/item.html", room=shown, row=row, material_of=work)


def _keeping(slug: str) -> tuple[Edition, Round, Capacity, Sitting]:
    edition, last, by = place(slug)
    sitting = running(edition)
    require(permissions.can_keep(by, sitting))
    return edition, last, by, sitting


def _preparation(edition: Edition, last: Round, by: Capacity, sitting: Sitting, fault: str = "") -> str:
    pulse = found(queries.pulse(edition.id, by.person_id))
    shown = showing.room(edition, last, by, pulse)
    listed = {row.line.entry_id for row in shown.rows}
    others = [line for each in boards(last, names=False, reader=by.person_id) for line in each.lines]
    return render_template(
        "sittings/preparation.html",
        room=shown,
        roll=queries.roll(sitting.id),
        tellers={each.id for each in queries.tellers(sitting.id)},
        may_count=queries.may_count(edition.id, sitting.id),
        others=[(line.public_id, f"{line.code} {line.title}") for line in others if line.entry_id not in listed],
        quorum=rule(edition, "quorum"),
        may_print=bool(permissions.can_print_codes(by, sitting)),
        fault=fault,
    )


@blueprint.get("/<slug>/phien-hop/chuan-bi")
@sign_in_required
def preparation(slug: str) -> Answer:
    return _preparation(*_keeping(slug))


@blueprint.post("/<slug>/phien-hop/chuan-bi")
@sign_in_required
def prepare(slug: str) -> Answer:
    edition, last, by = place(slug)
    require(permissions.can_prepare(by, edition, handed_down=proposing.handed_down(edition.id)))
    try:
        with deed() as done:
            works = agendas.in_order(boards(last, names=False))
            meeting.prepare(by=by, edition=edition, works=works)
            return done(url_for("sittings.preparation", slug=slug))
    except Refused as refused:
        return _page(edition, last, by, refused.verdict.sentence), 422


def _kept(slug: str, anchor: str, act: Callable[[Edition, Capacity, Sitting], object]) -> Answer:
    """Does something to the sitting on the page of its preparation, and comes back there."""
    edition, last, by, sitting = _keeping(slug)
    try:
        with deed() as done:
            act(edition, by, sitting)
            return done(url_for("sittings.preparation", slug=slug, _anchor=anchor))
    except Refused as refused:
        return _preparation(edition, last, by, sitting, refused.verdict.sentence), 422


@blueprint.post("/<slug>/phien-hop/diem-danh")
@sign_in_required
def call_roll(slug: str) -> Answer:
    def act(edition: Edition, by: Capacity, sitting: Sitting) -> None:
        present = forms.people_of(request.form, [each.id for each in queries.roll(sitting.id)])
        meeting.call_roll(by=by, edition=edition, sitting=sitting, present=present)

    return _kept(slug, "diem-danh", act)


@blueprint.post("/<slug>/phien-hop/kiem-phieu")
@sign_in_required
def name_tellers(slug: str) -> Answer:
    def act(edition: Edition, by: Capacity, sitting: Sitting) -> None:
        people = forms.people_of(request.form, [each.id for each in queries.may_count(edition.id, sitting.id)])
        meeting.name_tellers(by=by, edition=edition, sitting=sitting, people=people)

    return _kept(slug, "kiem-phieu", act)


@blueprint.post("/<slug>/phien-hop/chuong-trinh")
@sign_in_required
def add(slug: str) -> Answer:
    def act(edition: Edition, by: Capacity, sitting: Sitting) -> None:
        entry = found(entry_for_staff(edition.id, request.form.get("work", "")))
        meeting.add(by=by, edition=edition, sitting=sitting, entry=entry)

    return _kept(slug, "chuong-trinh", act)


@blueprint.post("/<slug>/phien-hop/tac-pham/<item_id>/chuyen")
@sign_in_required
def move(slug: str, item_id: str) -> Answer:
    def act(edition: Edition, by: Capacity, sitting: Sitting) -> None:
        item, to = found(queries.item(sitting.id, item_id)), request.form.get("to")
        if to == "off":
            meeting.take_off(by=by, edition=edition, sitting=sitting, item=item)
        else:
            meeting.move(by=by, edition=edition, sitting=sitting, item=item, up=to == "up")

    return _kept(slug, "chuong-trinh", act)


@blueprint.post("/<slug>/phien-hop/mo")
@sign_in_required
def open_sitting(slug: str) -> Answer:
    edition, last, by = place(slug)
    sitting = running(edition)
    require(permissions.can_open(by, sitting))
    try:
        with deed() as done:
            meeting.open_sitting(by=by, edition=edition, sitting=sitting)
            return done(url_for("sittings.room", slug=slug))
    except Refused as refused:
        return _preparation(edition, last, by, sitting, refused.verdict.sentence), 422


def led(slug: str, allowed: Callable[[Capacity, Sitting], Verdict], act: Callable[..., object]) -> Answer:
    """Does something in the room and comes back to it; a refusal stands above what is on the table."""
    edition, last, by = place(slug)
    sitting = running(edition)
    require(allowed(by, sitting))
    try:
        with deed() as done:
            act(edition, by, sitting)
            return done(url_for("sittings.room", slug=slug))
    except Refused as refused:
        return _page(edition, last, by, refused.verdict.sentence), 422


@blueprint.post("/<slug>/phien-hop/tac-pham/<item_id>/dua-ra")
@sign_in_required
def turn_to(slug: str, item_id: str) -> Answer:
    def act(edition: Edition, by: Capacity, sitting: Sitting) -> None:
        meeting.turn_to(by=by, edition=edition, sitting=sitting, item=found(queries.item(sitting.id, item_id)))

    return led(slug, permissions.can_lead, act)


def asked(edition: Edition, sitting: Sitting, item_id: str) -> tuple[AgendaItem, PrizeLevel]:
    """The work and the level a vote is about."""
    level = queries.level(edition.id, request.form.get("level", ""))
    if level is None:
        raise Refused(Verdict("level", _("Đề nghị chọn mức giải.")))
    return found(queries.item(sitting.id, item_id)), level


@blueprint.post("/<slug>/phien-hop/tac-pham/<item_id>/bo-phieu")
@sign_in_required
def open_vote(slug: str, item_id: str) -> Answer:
    def act(edition: Edition, by: Capacity, sitting: Sitting) -> None:
        item, level = asked(edition, sitting, item_id)
        reason = forms.reason_of(request.form)
        voting.open_vote(by=by, edition=edition, sitting=sitting, item=item, level=level, reason=reason)

    return led(slug, permissions.can_lead, act)


def _voted(slug: str, vote_id: str) -> tuple[Edition, Round, Capacity, Sitting, Vote]:
    edition, last, by = place(slug)
    sitting = running(edition)
    return edition, last, by, sitting, found(queries.vote(sitting.id, vote_id))


@blueprint.post("/<slug>/phien-hop/phieu/<vote_id>")
@sign_in_required
def cast(slug: str, vote_id: str) -> Answer:
    """A ballot. No key of a deed is kept of it: the print of the form would tell what it said beside who sent it.

    Sent twice it is the same ballot.
    """
    edition, last, by, _sitting, vote = _voted(slug, vote_id)
    choice = forms.choice_of(request.form)
    try:
        with unit_of_work():
            require(permissions.can_cast(vote, may_vote=queries.voter(vote.id, by.person_id) is not None))
            if choice is None:
                raise Refused(Verdict("choice", _("Đề nghị chọn một trong ba ô của phiếu.")))
            voting.cast(by=by, vote=vote, choice=choice)
    except Refused as refused:
        if refused.verdict.code == "not_a_voter":
            raise
        return _page(edition, last, by, refused.verdict.sentence), 422
    return redirect(url_for("sittings.room", slug=slug), code=303)


@blueprint.post("/<slug>/phien-hop/phieu/<vote_id>/ket-thuc")
@sign_in_required
def close_vote(slug: str, vote_id: str) -> Answer:
    def act(edition: Edition, by: Capacity, sitting: Sitting) -> None:
        vote = found(queries.vote(sitting.id, vote_id))
        voting.close_vote(by=by, edition=edition, sitting=sitting, vote=vote)

    return led(slug, permissions.can_lead, act)


@blueprint.post("/<slug>/phien-hop/phieu/<vote_id>/lam-lai")
@sign_in_required
def begin_anew(slug: str, vote_id: str) -> Answer:
    def act(edition: Edition, by: Capacity, sitting: Sitting) -> None:
        vote = found(queries.vote(sitting.id, vote_id))
        voting.begin_anew(by=by, edition=edition, sitting=sitting, vote=vote)

    return led(slug, permissions.can_lead, act)


@blueprint.get("/<slug>/phien-hop/ket-thuc")
@sign_in_required
def ending(slug: str) -> Answer:
    edition, last, by = place(slug)
    require(permissions.can_lead(by, running(edition)))
    shown = showing.room(edition, last, by, found(queries.pulse(edition.id, by.person_id)))
    return render_template("sittings/ending.html", room=shown)


@blueprint.post("/<slug>/phien-hop/ket-thuc")
@sign_in_required
@step_up
def close_sitting(slug: str) -> Answer:
    def act(edition: Edition, by: Capacity, sitting: Sitting) -> None:
        meeting.close_sitting(by=by, edition=edition, sitting=sitting)
        flash(_("Đã kết thúc phiên họp."), "ok")

    return led(slug, permissions.can_lead, act)


def _reading(slug: str) -> tuple[Edition, Round, Capacity]:
    """Who takes the minutes along: heads, secretariat, organisers and the auditor."""
    edition, last, by = place(slug)
    require(permissions.can_read_papers(by))
    return edition, last, by


@blueprint.get("/<slug>/de-nghi-giai/bien-ban.<ending>")
@sign_in_required
def minutes(slug: str, ending: str) -> Answer:
    edition, last, by = _reading(slug)
    held = session_of(edition, last, by.person_id)
    return file_asked(f"bien-ban-{slug}", ending, paper=lambda: papers.minutes(held))


@blueprint.get("/<slug>/phien-hop/<sitting_id>/bien-ban-kiem-phieu.<ending>")
@sign_in_required
def count_minutes(slug: str, sitting_id: str, ending: str) -> Answer:
    edition, last, by = _reading(slug)
    held, sitting = session_of(edition, last, by.person_id), found(queries.sitting(edition.id, sitting_id))
    name = f"bien-ban-kiem-phieu-{slug}-{sitting.number}"
    return file_asked(name, ending, paper=lambda: papers.count_minutes(held, sitting))
