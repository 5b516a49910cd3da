"""The doors to sheets on paper: printing them blank, the scan of a signed one, and its two keyings."""

from dataclasses import dataclass
from typing import Any

from flask import Response, abort, flash, jsonify, redirect, render_template, request, url_for
from flask_babel import force_locale

from award.db import unit_of_work
from award.doors import deed, found, wants_json
from award.editions.calendar import called
from award.editions.models import Edition, Round
from award.editions.permissions import Capacity
from award.editions.queries import capacity, edition_by_slug
from award.entries.views import whole_address
from award.files.answers import upload_answer
from award.files.forms import declared
from award.people.signin import sign_in_required, signed_in
from award.verdicts import Refused, require
from judging.panels import queries as panels
from judging.readings.operations import KINDS
from judging.scoring import brought, keying, pages
from judging.scoring.brought import ToJudge
from judging.scoring.contents import Incomplete
from judging.scoring.forms import KeyForm, Typed, typed
from judging.scoring.keying import differences
from judging.scoring.keying_showing import codes_of, keyed_words, keying_shown
from judging.scoring.permissions import can_key, can_see_paper
from judging.scoring.views import Answer, blueprint

MENDED = {"scan", "other_sheet", "no_code", "no_reason"}
"""What the keyer can mend on the page."""


@dataclass(frozen=True)
class Desk:
    """Where paper is printed and keyed, and for whom."""

    edition: Edition
    round: Round
    by: Capacity

    def url(self, endpoint: str, *, assignment_id: str) -> str:
        return url_for(
            f"scoring.{endpoint}", slug=self.edition.slug, ordinal=self.round.ordinal, assignment_id=assignment_id
        )


def desk_at(slug: str, ordinal: int) -> Desk:
    """The round for who may see which of its sheets come on paper."""
    edition = found(edition_by_slug(slug))
    desk = Desk(edition, found(panels.round_at(edition.id, ordinal)), capacity(signed_in(), edition))
    require(can_see_paper(desk.by))
    return desk


def sheet_of(desk: Desk, assignment_id: str) -> ToJudge:
    """The sheet of that name in this round; one of a judge who stepped aside does not exist here."""
    return found(brought.sheet_at(desk.round.id, assignment_id))


@blueprint.get("/<slug>/vong/<int:ordinal>/phieu-giay")
@sign_in_required
def paper(slug: str, ordinal: int) -> Answer:
    desk = desk_at(slug, ordinal)
    seats = brought.seats_on_paper(desk.round.id)
    return render_template("scoring/paper.html", round=desk.round, called=called(desk.round), seats=seats)


@blueprint.get("/<slug>/vong/<int:ordinal>/phieu-giay/<seat_id>")
@sign_in_required
def paper_of_seat(slug: str, ordinal: int, seat_id: str) -> Answer:
    desk = desk_at(slug, ordinal)
    seat = found(panels.seat(desk.round.id, seat_id))
    sheets = brought.sheets_of(seat.id)
    ids = [one.assignment.id for one in sheets]
    papers, states = brought.papers_of(ids), brought.states_of(ids)
    again = brought.asked_again(ids) if desk.round.state == "frozen" else set()
    rows = [
        (one, pages.paper_words(papers.get(at), states.get(at, ""), asked=at in again))
        for one, at in zip(sheets, ids, strict=True)
    ]
    return render_template(
        "scoring/paper_of_seat.html", round=desk.round, called=called(desk.round), seat=seat, rows=rows
    )


@blueprint.get("/<slug>/vong/<int:ordinal>/phieu-giay/<seat_id>.pdf")
@sign_in_required
def blank_sheets(slug: str, ordinal: int, seat_id: str) -> Answer:
    desk = desk_at(slug, ordinal)
    seat = found(panels.seat(desk.round.id, seat_id))
    return _drawn(desk, found(brought.sheets_of(seat.id) or None), f"phieu-cham-{seat_id}")


@blueprint.get("/<slug>/vong/<int:ordinal>/phieu-giay/to/<assignment_id>.pdf")
@sign_in_required
def blank_sheet(slug: str, ordinal: int, assignment_id: str) -> Answer:
    desk = desk_at(slug, ordinal)
    sheet = sheet_of(desk, assignment_id)
    return _drawn(desk, [sheet], f"phieu-cham-{sheet.code or assignment_id}")


def _drawn(desk: Desk, sheets: list[ToJudge], name: str) -> Response:
    from judging.scoring import papers  # heavier than the rest of a web process

    with force_locale("vi"):
        frozen = desk.round.state == "frozen"
        again = brought.asked_again([one.assignment.id for one in sheets]) if frozen else set()
        drawn = papers.blank_sheets(desk.edition, desk.round, sheets, lambda one: _address(desk, one), again)
    headers = {"Content-Disposition": f'attachment; filename="{name}.pdf"'}
    return Response(drawn, content_type="application/pdf", headers=headers)


def _address(desk: Desk, one: ToJudge) -> str:
    return whole_address(desk.url("paper_sheet", assignment_id=one.assignment.public_id))


@blueprint.get("/<slug>/vong/<int:ordinal>/phieu-giay/to/<assignment_id>")
@sign_in_required
def paper_sheet(slug: str, ordinal: int, assignment_id: str) -> Answer:
    """Where the code on the paper leads."""
    desk = desk_at(slug, ordinal)
    return _page(desk, sheet_of(desk, assignment_id))


def _page(desk: Desk, one: ToJudge, form: KeyForm | None = None, given: Typed | None = None, fault: str = "") -> str:
    shown = keying_shown(desk.by, desk.round, one, form, given)
    return render_template(
        "scoring/paper_sheet.html",
        round=desk.round,
        called=called(desk.round),
        one=one,
        fault=fault,
        kinds=KINDS,
        most_bytes=keying.MOST_BYTES,
        **shown,
    )


@blueprint.post("/<slug>/vong/<int:ordinal>/phieu-giay/to/<assignment_id>/ban-quet")
@sign_in_required
def begin_scan(slug: str, ordinal: int, assignment_id: str) -> Answer:
    """JSON {name, size, part_hashes, resuming} → where to send the parts."""
    desk = desk_at(slug, ordinal)
    one = sheet_of(desk, assignment_id)
    require(can_key(desk.by))
    if not request.is_json:
        abort(400)
    with unit_of_work():
        file = keying.begin_scan(
            by=desk.by, edition=desk.edition, assignment=one.assignment, uploader=signed_in(), **declared()
        )
    return jsonify({**upload_answer(file), "remove_url": desk.url("drop_scan", assignment_id=assignment_id)})


@blueprint.post("/<slug>/vong/<int:ordinal>/phieu-giay/to/<assignment_id>/ban-quet/bo")
@sign_in_required
def drop_scan(slug: str, ordinal: int, assignment_id: str) -> Answer:
    desk = desk_at(slug, ordinal)
    one = sheet_of(desk, assignment_id)
    with unit_of_work():
        keying.drop_scan(by=desk.by, edition=desk.edition, assignment=one.assignment)
    if wants_json():
        return jsonify(removed=assignment_id)
    return redirect(desk.url("paper_sheet", assignment_id=assignment_id), 303)


@blueprint.post("/<slug>/vong/<int:ordinal>/phieu-giay/to/<assignment_id>/nhan")
@sign_in_required
def take_up(slug: str, ordinal: int, assignment_id: str) -> Answer:
    desk = desk_at(slug, ordinal)
    one = sheet_of(desk, assignment_id)
    with deed() as done:
        keying.take_up(by=desk.by, edition=desk.edition, assignment=one.assignment)
        return done(desk.url("paper_sheet", assignment_id=assignment_id))


def _said(desk: Desk, one: ToJudge, form: KeyForm, given: Typed) -> dict[str, Any]:
    """What the person read on the paper."""
    return {
        "marks": given.marks,
        "level": given.level,
        "signed_on": form.signed_on.data,
        "codes": codes_of(brought.waiting_paper(one.assignment.id), desk.by),
        "seen": bool(form.seen.data),
        "reason": form.reason.data or "",
        "address": _address(desk, one),
    }


@blueprint.post("/<slug>/vong/<int:ordinal>/phieu-giay/to/<assignment_id>/nhap")
@sign_in_required
def key(slug: str, ordinal: int, assignment_id: str) -> Answer:
    desk = desk_at(slug, ordinal)
    one = sheet_of(desk, assignment_id)
    require(can_key(desk.by))
    given, form = typed(request.form, desk.round), KeyForm(request.form)
    if not form.validate() or given.faults:
        return _page(desk, one, form, given), 422
    said = _said(desk, one, form, given)
    try:
        with deed() as done:
            taken = keying.key(by=desk.by, edition=desk.edition, assignment=one.assignment, **said)
            words = keyed_words(taken, differences(taken))
            done.after(lambda: flash(*words))
            return done(desk.url("paper_sheet", assignment_id=assignment_id))
    except Incomplete as lacking:
        given.lack(lacking)
        return _page(desk, one, form, given), 422
    except Refused as refused:
        if refused.verdict.code not in MENDED:
            raise
        return _page(desk, one, form, given, refused.verdict.sentence), 422
