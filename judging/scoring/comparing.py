"""A judge's own works beside each other, and how the own marks lie."""

from flask import redirect, render_template, request, url_for

from award.editions.calendar import called
from award.paging import Turn
from award.people.signin import sign_in_required
from award.verdicts import require
from judging.panels.models import Assignment
from judging.scoring import pages
from judging.scoring.first_looks import seen_first
from judging.scoring.permissions import can_compare, can_read
from judging.scoring.views import MOST_BESIDE, Answer, Chair, assignment_of, blueprint, chair_at


def _chosen(chair: Chair) -> list[Assignment]:
    """The own works that the address names, each once; another's is 404, one that a conflict keeps away is refused."""
    names = list(dict.fromkeys(name for name in request.args.getlist("tp") if name))[:MOST_BESIDE]
    chosen = [assignment_of(chair, name) for name in names]
    for assignment in chosen:
        require(can_read(assignment.seat, assignment, chair.round))
    return chosen


@blueprint.get("/<slug>/vong/<int:ordinal>/cham/so-sanh")
@sign_in_required
def compare(slug: str, ordinal: int) -> Answer:
    chair = chair_at(slug, ordinal)
    require(can_compare(chair.seats, chair.round))
    if not chair.begins:
        return redirect(chair.first, code=303)
    chosen = _chosen(chair)
    seen_first(*chosen)
    shown = pages.comparison_page(chair.person_id, chair.round, chosen)
    return render_template("scoring/compare.html", called=called(chair.round), most=MOST_BESIDE, **shown)


@blueprint.get("/<slug>/vong/<int:ordinal>/cham/diem-cua-toi")
@sign_in_required
def own_marks(slug: str, ordinal: int) -> Answer:
    chair = chair_at(slug, ordinal)
    if not chair.pledged:
        return redirect(url_for("panels.pledge", slug=slug, ordinal=ordinal), code=303)
    shown = pages.own_marks_page(chair.person_id, chair.round, Turn.read(request.args))
    return render_template("scoring/own_marks.html", called=called(chair.round), most=MOST_BESIDE, **shown)
