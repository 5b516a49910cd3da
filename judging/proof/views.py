"""The doors of proof: checkpoints, which everybody may keep; the evidence, for those who answer for the judging."""

from flask import Blueprint, Response, render_template

from award.doors import found
from award.editions.models import Edition
from award.editions.permissions import Capacity, can_see
from award.editions.queries import capacity, edition_by_slug
from award.log.checkpoints import signer
from award.people.signin import current_person, sign_in_required, signed_in
from award.verdicts import require
from judging.proof import permissions, queries
from judging.proof.acts import ACTS
from judging.proof.bundle import bundle
from judging.proof.receipts import receipts
from judging.ranking.queries import is_seated, rounds

blueprint = Blueprint("proof", __name__)


def _place(slug: str) -> tuple[Edition, Capacity]:
    edition = found(edition_by_slug(slug))
    by = capacity(current_person(), edition)
    found(can_see(by, edition) or None)
    return edition, by


@blueprint.get("/<slug>/kiem-chung")
def checkpoints(slug: str) -> str:
    edition, by = _place(slug)
    return render_template(
        "proof/checkpoints.html",
        edition=edition,
        taken=queries.milestones(edition.award_id),
        acts=ACTS,
        key=signer(edition.award_id).verifier_key,
        may_take=bool(permissions.can_take_evidence(by, rounds(edition.id))),
    )


@blueprint.get("/<slug>/kiem-chung/<int:size>.txt")
def note(slug: str, size: int) -> Response:
    edition, _by = _place(slug)
    taken = found(queries.checkpoint(edition.award_id, size))
    return Response(taken.note, mimetype="text/plain")


@blueprint.get("/<slug>/kiem-chung/vong/<int:ordinal>/bien-nhan.txt")
@sign_in_required
def own_receipts(slug: str, ordinal: int) -> Response:
    edition, person = found(edition_by_slug(slug)), signed_in()
    judged = found(next((each for each in rounds(edition.id) if each.ordinal == ordinal), None))
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
    return Response(bundle(edition), mimetype="application/zip", headers=saved)
