"""The doors of proof: checkpoints, which everybody may keep; the evidence, for those who answer for the judging."""

from flask import Blueprint, Response, flash, render_template, request, url_for
from flask_babel import force_locale
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from award.documents.answers import list_asked
from award.doors import deed, found
from award.editions.calendar import called
from award.editions.models import Edition, Round
from award.editions.permissions import Capacity, can_see
from award.editions.queries import capacity, edition_by_slug
from award.editions.rulebook import figure_of
from award.languages import OWN
from award.log.checkpoints import signer
from award.paging import Turn, cut
from award.people.signin import current_person, sign_in_required, signed_in
from award.results.queries import decision
from award.verdicts import Refused, require
from judging.proof import operations, permissions, queries, versions
from judging.proof.acts import ACTS
from judging.proof.bundle import bundle
from judging.proof.receipts import receipts
from judging.proof.showing import checkpoint_list, corrections_shown
from judging.proof.verifier.one_file import assembled, fingerprint
from judging.ranking.permissions import can_follow, can_read_standings
from judging.ranking.queries import is_seated, rounds

blueprint = Blueprint("proof", __name__)

Answer = str | BaseResponse | tuple[str, int]


def _place(slug: str) -> tuple[Edition, Capacity]:
    edition = found(edition_by_slug(slug))
    by = capacity(current_person(), edition)
    found(can_see(by, edition) or None)
    return edition, by


@blueprint.get("/<slug>/kiem-chung")
def checkpoints(slug: str) -> Answer:
    edition, by = _place(slug)
    milestones = queries.milestones(edition.award_id)
    return list_asked(f"cac-moc-{slug}", lambda: checkpoint_list(edition, milestones)) or render_template(
        "proof/checkpoints.html",
        edition=edition,
        taken=milestones,
        acts=ACTS,
        key=signer(edition.award_id).verifier_key,
        program=fingerprint(),
        may_take=bool(permissions.can_take_evidence(by, rounds(edition.id))),
    )


@blueprint.get("/<slug>/kiem-chung/<int:size>.txt")
def note(slug: str, size: int) -> Response:
    edition, _by = _place(slug)
    taken = found(queries.checkpoint(edition.award_id, size))
    return Response(taken.note, mimetype="text/plain")


@blueprint.get("/<slug>/kiem-chung/verify.py")
def verifier(slug: str) -> Response:
    """The program alone, for everybody: who holds a receipt needs nothing else of the house."""
    _place(slug)
    saved = {"Content-Disposition": 'attachment; filename="verify.py"'}
    return Response(assembled(), mimetype="text/x-python", headers=saved)


@blueprint.get("/<slug>/kiem-chung/vong/<int:ordinal>/bien-nhan.txt")
@sign_in_required
def own_receipts(slug: str, ordinal: int) -> Response:
    edition, person = found(edition_by_slug(slug)), signed_in()
    judged = _round(edition, ordinal)
    require(permissions.can_take_receipts(seated=is_seated(person.id, judged.id)))
    sent, held = queries.own_sent(person.id, judged), queries.last_held(edition.award_id)
    head = {"edition": edition.slug, "round": judged.public_id}
    name = f"bien-nhan-phieu-cham-{edition.slug}-vong-{ordinal}.txt"
    saved = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(receipts(sent, held, head, signer(edition.award_id)), mimetype="text/plain", headers=saved)


@blueprint.get("/<slug>/kiem-chung/bo-kiem-chung.zip")
@sign_in_required
def evidence(slug: str) -> Response:
    edition = found(edition_by_slug(slug))
    require(permissions.can_take_evidence(capacity(signed_in(), edition), rounds(edition.id)))
    name = f"kiem-chung-{edition.slug}.zip"
    saved = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    with force_locale(OWN):
        content = bundle(edition)
    return Response(content, mimetype="application/zip", headers=saved)


def _round(edition: Edition, ordinal: int) -> Round:
    return found(next((each for each in rounds(edition.id) if each.ordinal == ordinal), None))


def _closed(slug: str, ordinal: int) -> tuple[Edition, Round, Capacity]:
    """The round for whoever reads its ranking."""
    edition, person = found(edition_by_slug(slug)), signed_in()
    judged, by = _round(edition, ordinal), capacity(person, edition)
    require(can_read_standings(by, judged, seated=is_seated(person.id, judged.id)))
    return edition, judged, by


def _corrections(edition: Edition, judged: Round, by: Capacity, fault: str = "") -> str:
    shown = corrections_shown(edition, judged, by, code=request.values.get("ma", "").strip())
    typed = request.form if fault else {}
    words = {"round": judged, "called": called(judged), "named": bool(can_follow(by)), "figure": figure_of(judged)}
    return render_template("proof/corrections.html", edition=edition, shown=shown, typed=typed, fault=fault, **words)


@blueprint.get("/<slug>/vong/<int:ordinal>/dinh-chinh")
@sign_in_required
def corrections(slug: str, ordinal: int) -> Answer:
    return _corrections(*_closed(slug, ordinal))


@blueprint.get("/<slug>/vong/<int:ordinal>/dinh-chinh/ban-<int:version>")
@sign_in_required
def former(slug: str, ordinal: int, version: int) -> Answer:
    edition, judged, by = _closed(slug, ordinal)
    lines = found(versions.former_lines(judged.id, version, reader=by.person_id) or None)
    page = cut(lines, Turn.read(request.args), lambda line: line.code)
    words = {"round": judged, "called": called(judged), "version": version, "page": page}
    return render_template("proof/former.html", edition=edition, **words)


@blueprint.post("/<slug>/vong/<int:ordinal>/dinh-chinh")
@sign_in_required
def propose_correction(slug: str, ordinal: int) -> Answer:
    edition, judged, by = _closed(slug, ordinal)
    require(permissions.can_correct(by, judged, decided=decision(edition.id) is not None))
    try:
        with deed() as done:
            sheets, reason = request.form.getlist("sheet"), request.form.get("reason", "")
            operations.propose_correction(by=by, edition=edition, judged=judged, sheets=sheets, reason=reason)
            return done(url_for("proof.corrections", slug=slug, ordinal=ordinal))
    except Refused as refused:
        return _corrections(edition, judged, by, refused.verdict.sentence), 422


@blueprint.post("/<slug>/vong/<int:ordinal>/dinh-chinh/xac-nhan")
@sign_in_required
def confirm_correction(slug: str, ordinal: int) -> Answer:
    edition, judged, by = _closed(slug, ordinal)
    with deed() as done:
        made = operations.confirm_correction(by=by, edition=edition, judged=judged)
        version = made.version
        done.after(lambda: flash(_("Đã đính chính, xếp hạng tính lại thành bản %(n)s.", n=version), "ok"))
        return done(url_for("proof.corrections", slug=slug, ordinal=ordinal))


@blueprint.post("/<slug>/vong/<int:ordinal>/dinh-chinh/rut")
@sign_in_required
def withdraw_correction(slug: str, ordinal: int) -> Answer:
    edition, judged, by = _closed(slug, ordinal)
    with deed() as done:
        operations.withdraw_correction(by=by, edition=edition, judged=judged)
        return done(url_for("proof.corrections", slug=slug, ordinal=ordinal))
