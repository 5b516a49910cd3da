"""Something is wrong with a work: a judge says what, the secretariat says what became of it, on a page for each."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from award.doors import deed, found
from award.editions.calendar import called
from award.editions.queries import capacity, edition_by_slug
from award.people.signin import sign_in_required, signed_in
from award.text import canonical
from award.verdicts import Refused, require
from judging.panels import queries as panels
from judging.scoring import operations, queries, told
from judging.scoring.permissions import can_read, can_see_problems
from judging.scoring.views import Answer, assignment_of, blueprint, chair_at

LONGEST = 1000


def _typed(name: str) -> str:
    return canonical(request.form.get(name, ""))[:LONGEST].strip()


@blueprint.route("/<slug>/vong/<int:ordinal>/cham/<assignment_id>/bao-loi", methods=["GET", "POST"])
@sign_in_required
def report(slug: str, ordinal: int, assignment_id: str) -> Answer:
    chair = chair_at(slug, ordinal)
    assignment = assignment_of(chair, assignment_id)
    require(can_read(assignment.seat, assignment, chair.round))
    words, fault = _typed("words"), ""
    if request.method == "POST":
        try:
            with deed() as done:
                operations.report_problem(by=chair.by, edition=chair.edition, assignment=assignment, words=words)
                done.after(lambda: flash(_("Đã báo lỗi. Có thể chấm tác phẩm khác trong khi chờ."), "ok"))
                return done(chair.address("sheet", assignment_id=assignment_id))
        except Refused as refused:
            fault = refused.verdict.sentence
    listed = queries.reading_list(chair.person_id, chair.round)
    page = render_template(
        "scoring/report.html",
        round=chair.round,
        called=called(chair.round),
        place=listed.places[listed.index(assignment.public_id)],
        told=told.problems_of(assignment.id),
        words=words,
        fault=fault,
    )
    return (page, 422) if fault else page


@blueprint.get("/<slug>/vong/<int:ordinal>/loi-tac-pham")
@sign_in_required
def problems(slug: str, ordinal: int) -> Answer:
    edition = found(edition_by_slug(slug))
    round_ = found(panels.round_at(edition.id, ordinal))
    require(can_see_problems(capacity(signed_in(), edition)))
    listed = told.problems_in(round_.id)
    return render_template("scoring/problems.html", round=round_, called=called(round_), listed=listed)


@blueprint.post("/<slug>/vong/<int:ordinal>/loi-tac-pham/<problem_id>")
@sign_in_required
def answer_problem(slug: str, ordinal: int, problem_id: str) -> Answer:
    edition = found(edition_by_slug(slug))
    round_ = found(panels.round_at(edition.id, ordinal))
    by = capacity(signed_in(), edition)
    require(can_see_problems(by))
    problem = found(told.problem_at(round_.id, problem_id))
    back = url_for("scoring.problems", slug=slug, ordinal=ordinal)
    try:
        with deed() as done:
            operations.answer_problem(by=by, edition=edition, problem=problem, words=_typed("answer"))
            return done(back)
    except Refused as refused:
        if refused.verdict.code != "no_words":
            raise
        flash(refused.verdict.sentence, "bad")
        return redirect(back, code=303)
