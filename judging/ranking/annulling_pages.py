"""The doors to conflicts found late: one person says so, another confirms."""

from flask import flash, render_template, request, url_for
from flask_babel import gettext as _

from award.doors import deed, found
from award.editions.calendar import ROUND_WORDS, called
from award.editions.models import Edition, Round
from award.editions.permissions import Capacity
from award.people.signin import sign_in_required
from award.verdicts import Refused, Verdict, require
from judging.panels.permissions import relations
from judging.panels.queries import policy_of
from judging.ranking import annulling, permissions
from judging.ranking.annulments import annulments, named, proposal_at
from judging.ranking.views import Answer, blueprint, place


def _page(edition: Edition, judged: Round, by: Capacity, fault: str = "") -> str:
    return render_template(
        "ranking/annulments.html",
        round=judged,
        called=called(judged),
        round_words=ROUND_WORDS,
        shown=annulments(edition, judged, by),
        relations=list(relations(policy_of(edition)).items()),
        may_annul=bool(permissions.can_annul(by, judged)),
        typed=request.form if fault else {},
        fault=fault,
    )


@blueprint.get("/<slug>/vong/<int:ordinal>/vo-hieu")
@sign_in_required
def annulled(slug: str, ordinal: int) -> Answer:
    edition, judged, by = place(slug, ordinal)
    require(permissions.can_see_annulments(by, judged))
    return _page(edition, judged, by)


@blueprint.post("/<slug>/vong/<int:ordinal>/vo-hieu")
@sign_in_required
def propose_annulment(slug: str, ordinal: int) -> Answer:
    edition, judged, by = place(slug, ordinal)
    require(permissions.can_annul(by, judged))
    typed = request.form
    try:
        assignment = named(judged, typed.get("code", ""), typed.get("seat", ""))
        if assignment is None:
            raise Refused(Verdict("unknown", _("Thành viên này không được phân công tác phẩm có mã ấy.")))
        relation, reason = typed.get("relation", ""), typed.get("reason", "")
        with deed() as done:
            annulling.propose_annulment(
                by=by, edition=edition, judged=judged, assignment=assignment, relation=relation, reason=reason
            )
            return done(url_for("ranking.annulled", slug=slug, ordinal=ordinal))
    except Refused as refused:
        return _page(edition, judged, by, refused.verdict.sentence), 422


@blueprint.post("/<slug>/vong/<int:ordinal>/vo-hieu/<sign_id>/xac-nhan")
@sign_in_required
def confirm_annulment(slug: str, ordinal: int, sign_id: str) -> Answer:
    edition, judged, by = place(slug, ordinal)
    require(permissions.can_annul(by, judged))
    proposal = found(proposal_at(edition, judged, sign_id))
    try:
        with deed() as done:
            annulling.confirm_annulment(by=by, edition=edition, judged=judged, proposal=proposal)
            done.after(lambda: flash(_("Đã vô hiệu phiếu chấm. Phiếu vẫn còn trong sổ, không tính vào điểm."), "ok"))
            return done(url_for("ranking.annulled", slug=slug, ordinal=ordinal))
    except Refused as refused:
        return _page(edition, judged, by, refused.verdict.sentence), 422


@blueprint.post("/<slug>/vong/<int:ordinal>/vo-hieu/<sign_id>/rut")
@sign_in_required
def withdraw_annulment(slug: str, ordinal: int, sign_id: str) -> Answer:
    edition, judged, by = place(slug, ordinal)
    require(permissions.can_annul(by, judged))
    proposal = found(proposal_at(edition, judged, sign_id))
    with deed() as done:
        annulling.withdraw_annulment(by=by, edition=edition, judged=judged, proposal=proposal)
        return done(url_for("ranking.annulled", slug=slug, ordinal=ordinal))
