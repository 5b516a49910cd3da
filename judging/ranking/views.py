"""The doors of ranking: progress in counts, freezing and closing by two, the standings, the shortlist."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, flash, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from award.documents.answers import PART, file_asked, list_asked
from award.documents.tables import Sheet
from award.doors import deed, found
from award.editions.calendar import ROUND_WORDS, called
from award.editions.clauses import rule
from award.editions.models import Edition, Round
from award.editions.permissions import Capacity, can_countersign
from award.editions.queries import capacity
from award.entries.queries import edition_with_clauses
from award.paging import Turn
from award.payments.queries import fees as paid_for
from award.people.freshness import step_up
from award.people.signin import sign_in_required, signed_in
from award.reports import charts
from award.typed import line
from award.verdicts import Refused, require
from judging.panels.queries import panel as panel_of
from judging.ranking import operations, papers, papers_fees, permissions, queries
from judging.ranking.board import ListGaps, list_gaps
from judging.ranking.examination import examine
from judging.ranking.exchanged import in_the_minutes
from judging.ranking.following import following
from judging.ranking.pace import PaceDay, pace
from judging.ranking.readers import AT_ONCE, MOST_ADDED
from judging.ranking.review import review
from judging.ranking.score_table import score_table
from judging.ranking.signatures import signatures
from judging.ranking.standings_shown import boards_for, standings_shown
from judging.scoring.permissions import can_remind, can_revise, can_see_paper
from judging.scoring.progress import awaits_sheets, sent_ever

blueprint = Blueprint("ranking", __name__)

Answer = str | BaseResponse | tuple[str, int]
_LONGEST = 500
"""Of a reason why a work was chosen, in signs, as its field on the page says."""


def place(slug: str, ordinal: int) -> tuple[Edition, Round, Capacity]:
    """The edition, its round, and who asks as seen from there."""
    edition = found(edition_with_clauses(slug))
    judged = found(next((each for each in queries.rounds(edition.id) if each.ordinal == ordinal), None))
    return edition, judged, capacity(signed_in(), edition)


def _signs(edition: Edition, judged: Round, by: Capacity) -> dict[str, dict[str, Any]]:
    """Both acts with who proposed and confirmed them, and what the reader may do about the one that waits."""
    signed = signatures(edition.id, judged)
    shown: dict[str, dict[str, Any]] = {}
    for act in queries.ACTS:
        one = signed.get(act)
        waits = one is not None and one.waits
        shown[act] = {
            "by": one,
            "waits": waits,
            "may_confirm": one is not None and waits and bool(can_countersign(by, one.sign)),
            "may_withdraw": one is not None and waits and bool(permissions.can_withdraw(by, one.sign)),
        }
    return shown


def _progress(edition: Edition, judged: Round, by: Capacity, fault: str = "", reason: str = "") -> str:
    shown = following(edition, judged)
    days = pace(judged, shown.assigned)
    return render_template(
        "ranking/progress.html",
        round=judged,
        called=called(judged),
        round_words=ROUND_WORDS,
        shown=shown,
        days=days,
        curves=_curves(days),
        drawing=(charts.WIDTH, charts.HEIGHT),
        signs=_signs(edition, judged, by),
        may_freeze=bool(permissions.can_freeze(by, judged)),
        may_close=bool(permissions.can_close(by, judged)),
        may_review=bool(permissions.can_review(by, judged)),
        may_see_paper=bool(can_see_paper(by)),
        may_remind=bool(can_remind(by, judged)),
        fault=fault,
        reason=reason,
    )


def _progress_sheet(edition: Edition, judged: Round) -> Sheet:
    """The table of members, or the one beside the chart where the address names it."""
    shown = following(edition, judged)
    by_day = request.args.get(PART) == "ngay"
    return (
        papers.by_day(edition, judged, pace(judged, shown.assigned))
        if by_day
        else papers.progress(edition, judged, shown)
    )


def _curves(days: Sequence[PaceDay]) -> list[str]:
    """What came, and the even pace, as lines of one drawing."""
    came = [each.so_far for each in days if each.so_far is not None]
    even = [each.even for each in days if each.even is not None]
    most = max([*came, *even, 1])
    return [charts.curve(each, most, len(days)) for each in (came, even)]


@blueprint.get("/<slug>/vong/<int:ordinal>/tien-do")
@sign_in_required
def progress(slug: str, ordinal: int) -> Answer:
    edition, judged, by = place(slug, ordinal)
    require(permissions.can_follow(by))
    name = _named("tien-do", edition, judged)
    taken = list_asked(name, lambda: _progress_sheet(edition, judged))
    return taken or _progress(edition, judged, by)


@blueprint.post("/<slug>/vong/<int:ordinal>/tien-do/khoa")
@sign_in_required
def propose_freeze(slug: str, ordinal: int) -> Answer:
    edition, judged, by = place(slug, ordinal)
    with deed() as done:
        operations.propose_freeze(by=by, edition=edition, judged=judged)
        return done(url_for("ranking.progress", slug=slug, ordinal=ordinal))


@blueprint.post("/<slug>/vong/<int:ordinal>/tien-do/khoa/xac-nhan")
@sign_in_required
def confirm_freeze(slug: str, ordinal: int) -> Answer:
    edition, judged, by = place(slug, ordinal)
    with deed() as done:
        operations.confirm_freeze(by=by, edition=edition, judged=judged)
        return done(url_for("ranking.progress", slug=slug, ordinal=ordinal))


def _review(edition: Edition, judged: Round, by: Capacity, fault: str = "") -> str:
    limit = rule(edition, "spread_limit").points
    return render_template(
        "ranking/review.html",
        round=judged,
        called=called(judged),
        round_words=ROUND_WORDS,
        shown=review(edition, judged, reader=by.person_id, limit=limit),
        panels=len(queries.panels(judged.id)),
        may_ask=bool(permissions.can_ask(by, judged)),
        revising=can_revise(edition),
        most=MOST_ADDED,
        numbers=[(n, n) for n in range(1, AT_ONCE + 1)],
        fault=fault,
    )


@blueprint.get("/<slug>/vong/<int:ordinal>/ra-soat")
@sign_in_required
def look_through(slug: str, ordinal: int) -> Answer:
    edition, judged, by = place(slug, ordinal)
    require(permissions.can_review(by, judged))
    return _review(edition, judged, by)


@blueprint.post("/<slug>/vong/<int:ordinal>/ra-soat/xem-lai")
@sign_in_required
def ask_again(slug: str, ordinal: int) -> Answer:
    edition, judged, by = place(slug, ordinal)
    require(permissions.can_ask(by, judged))
    try:
        with deed() as done:
            asked = operations.ask_again(by=by, edition=edition, judged=judged, sheets=request.form.getlist("sheet"))
            done.after(lambda: flash(_("Đã gửi %(n)s đề nghị xem lại.", n=len(asked)), "ok"))
            return done(url_for("ranking.look_through", slug=slug, ordinal=ordinal))
    except Refused as refused:
        return _review(edition, judged, by, refused.verdict.sentence), 422


@blueprint.post("/<slug>/vong/<int:ordinal>/ra-soat/cham-them")
@sign_in_required
def add_readers(slug: str, ordinal: int) -> Answer:
    edition, judged, by = place(slug, ordinal)
    require(permissions.can_ask(by, judged))
    try:
        with deed() as done:
            works = set(request.form.getlist("work"))
            number = min(max(request.form.get("readers", 1, type=int), 1), AT_ONCE)
            new = operations.add_readers(by=by, edition=edition, judged=judged, works=works, number=number)
            added = {each.entry_id for each in new}
            left = set(queries.works_named(judged.id, works)) - added
            waits = awaits_sheets(judged.id, left)
            done.after(lambda: _tell_added(len(added), len(left), waits=waits))
            return done(url_for("ranking.look_through", slug=slug, ordinal=ordinal))
    except Refused as refused:
        return _review(edition, judged, by, refused.verdict.sentence), 422


def _tell_added(added: int, left: int, *, waits: bool) -> None:
    """`waits`: somebody was to read one of the works that are left, and has not sent the sheet."""
    if added:
        flash(_("Đã phân công thêm người chấm cho %(n)s tác phẩm.", n=added), "ok")
    if left:
        others = _("đã chấm, có liên quan, chưa cam kết hoặc đang điều hành việc rà soát")
        if waits:
            others = _("đã được phân công mà chưa gửi phiếu, %(others)s", others=others)
        words = _(
            "Chưa phân công được %(n)s tác phẩm: mọi thành viên còn lại của tiểu ban đều %(why)s.", n=left, why=others
        )
        flash(words, "warn")


@blueprint.post("/<slug>/vong/<int:ordinal>/tien-do/ket-thuc")
@sign_in_required
def propose_close(slug: str, ordinal: int) -> Answer:
    edition, judged, by = place(slug, ordinal)
    require(permissions.can_close(by, judged))
    reason = line("reason")
    try:
        with deed() as done:
            operations.propose_close(by=by, edition=edition, judged=judged, shortfall_reason=reason)
            return done(url_for("ranking.progress", slug=slug, ordinal=ordinal))
    except Refused as refused:
        return _progress(edition, judged, by, refused.verdict.sentence, reason), 422


@blueprint.post("/<slug>/vong/<int:ordinal>/tien-do/ket-thuc/xac-nhan")
@sign_in_required
@step_up
def confirm_close(slug: str, ordinal: int) -> Answer:
    edition, judged, by = place(slug, ordinal)
    with deed() as done:
        operations.confirm_close(by=by, edition=edition, judged=judged)
        return done(url_for("ranking.standings", slug=slug, ordinal=ordinal))


@blueprint.post("/<slug>/vong/<int:ordinal>/tien-do/<act>/rut")
@sign_in_required
def withdraw(slug: str, ordinal: int, act: str) -> Answer:
    edition, judged, by = place(slug, ordinal)
    with deed() as done:
        operations.withdraw_proposal(by=by, edition=edition, judged=judged, act=act)
        return done(url_for("ranking.progress", slug=slug, ordinal=ordinal))


def standings_page(edition: Edition, judged: Round, by: Capacity, around: queries.Around, fault: str = "") -> str:
    """A page of the ranking as this reader may see it; `fault`: why what was typed on it was not taken."""
    shown = standings_shown(edition, judged, by, around, Turn.read(request.args))
    return render_template("ranking/standings.html", **shown, typed=request.form if fault else {}, fault=fault)


@blueprint.get("/<slug>/vong/<int:ordinal>/xep-hang")
@sign_in_required
def standings(slug: str, ordinal: int) -> Answer:
    edition, judged, by = place(slug, ordinal)
    assert by.person_id is not None
    around = queries.around(judged, by.person_id)
    require(permissions.can_read_standings(by, judged, seated=around.seated))
    name = _named("xep-hang", edition, judged)
    taken = list_asked(name, lambda: papers.ranked(edition, judged, boards_for(edition, judged, by)))
    return taken or standings_page(edition, judged, by, around)


@blueprint.get("/<slug>/vong/<int:ordinal>/doi-chieu")
@sign_in_required
def examination(slug: str, ordinal: int) -> Answer:
    edition, judged, by = place(slug, ordinal)
    require(permissions.can_examine(by, judged))
    limit = rule(edition, "spread_limit").points
    return render_template(
        "ranking/examination.html",
        round=judged,
        called=called(judged),
        panels=examine(judged, reader=by.person_id, limit=limit),
        limit=limit,
    )


@blueprint.post("/<slug>/vong/<int:ordinal>/xep-hang")
@sign_in_required
def draw(slug: str, ordinal: int) -> Answer:
    edition, judged, by = place(slug, ordinal)
    assert by.person_id is not None
    around = queries.around(judged, by.person_id)
    require(permissions.can_draw_shortlist(by, judged, followed=around.use.followed))
    chosen = queries.entries_named(judged.id, request.form.getlist("advanced"))
    advanced = {entry_id: line(f"reason-{public_id}", _LONGEST) for public_id, entry_id in chosen.items()}
    try:
        with deed() as done:
            operations.draw_shortlist(by=by, edition=edition, judged=judged, advanced=advanced)
            gaps = list_gaps(boards_for(edition, judged, by), advanced)
            done.after(lambda: _tell_drawn(len(advanced), gaps))
            return done(url_for("ranking.standings", slug=slug, ordinal=ordinal))
    except Refused as refused:
        return standings_page(edition, judged, by, around, refused.verdict.sentence), 422


def _tell_drawn(number: int, gaps: ListGaps) -> None:
    flash(_("Đã lập danh sách: %(n)s tác phẩm.", n=number), "ok")
    words = []
    if gaps.fewer:
        words.append(
            _("Số tác phẩm vào vòng sau theo quy định: %(due)s, danh sách còn thiếu %(n)s.", due=gaps.due, n=gaps.fewer)
        )
    if gaps.none_of:
        words.append(_("Không có tác phẩm nào của: %(panels)s.", panels=", ".join(gaps.none_of)))
    if words:
        flash(" ".join(str(each) for each in words), "warn")


@blueprint.get("/<slug>/vong/<int:ordinal>/danh-sach.<ending>")
@sign_in_required
def shortlist(slug: str, ordinal: int, ending: str) -> Answer:
    edition, judged, by = place(slug, ordinal)
    require(permissions.can_export(by, judged, drawn=queries.is_drawn(judged.id)))
    shown = boards_for(edition, judged, by)
    return file_asked(
        _named("danh-sach", edition, judged),
        ending,
        paper=lambda: papers.shortlist(edition, judged, shown),
        sheet=lambda: papers.shortlisted(edition, judged, shown),
    )


@blueprint.get("/<slug>/vong/<int:ordinal>/thu-lao.<ending>")
@sign_in_required
def fees(slug: str, ordinal: int, ending: str) -> Answer:
    edition, judged, by = place(slug, ordinal)
    require(permissions.can_take_scores(by, judged))
    given = edition, judged, following(edition, judged), sent_ever(judged.id), paid_for(judged)
    return file_asked(
        _named("thu-lao", edition, judged),
        ending,
        paper=lambda: papers_fees.fees(*given),
        sheet=lambda: papers_fees.fee_sheet(*given),
    )


@blueprint.get("/<slug>/vong/<int:ordinal>/bang-diem/<panel_id>.<ending>")
@sign_in_required
def scores(slug: str, ordinal: int, panel_id: str, ending: str) -> Answer:
    edition, judged, by = place(slug, ordinal)
    require(permissions.can_take_scores(by, judged))
    panel = found(panel_of(judged.id, panel_id))
    limit = rule(edition, "spread_limit").points
    table = score_table(judged, panel, reader=by.person_id, limit=limit)
    told = in_the_minutes(judged, panel.id, by.person_id)
    name = f"{_named('bang-diem', edition, judged)}-{panel.ordinal}"
    apart = queries.apart_because(judged, panel)
    return file_asked(name, ending, paper=lambda: papers.score_table(edition, judged, panel, table, told, apart))


def _named(what: str, edition: Edition, judged: Round) -> str:
    return f"{what}-{edition.slug}-vong-{judged.ordinal}"
