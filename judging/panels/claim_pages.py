"""The doors to what is said in private of members who have to do with a work."""

from flask import flash, render_template, request, url_for
from flask_babel import gettext as _

from award.doors import deed, found
from award.editions.models import Edition
from award.editions.permissions import Capacity
from award.editions.queries import capacity, edition_by_slug
from award.entries.models import Entry
from award.entries.queries import own_entry
from award.people.signin import sign_in_required, signed_in
from award.typed import line
from award.verdicts import Refused, require
from judging.panels import claims, queries
from judging.panels.permissions import can_decide_claim, can_state_claim, relations
from judging.panels.views import Answer, blueprint

OWN = "/<slug>/tac-pham/<entry_id>/thanh-vien-lien-quan"
ALL = "/<slug>/thanh-vien-lien-quan"


def _own(slug: str, entry_id: str) -> tuple[Edition, Entry]:
    edition = found(edition_by_slug(slug))
    return edition, found(own_entry(signed_in().id, edition.id, entry_id))


def _own_page(edition: Edition, entry: Entry, fault: str = "") -> str:
    return render_template(
        "panels/own_claims.html",
        edition=edition,
        entry=entry,
        said=claims.claims_of(entry.id),
        may_state=bool(can_state_claim(edition, entry)),
        longest=claims.LONGEST,
        typed=request.form.get("words", "") if fault else "",
        fault=fault,
    )


@blueprint.get(OWN)
@sign_in_required
def own_claims(slug: str, entry_id: str) -> Answer:
    return _own_page(*_own(slug, entry_id))


@blueprint.post(OWN)
@sign_in_required
def state_claim(slug: str, entry_id: str) -> Answer:
    edition, entry = _own(slug, entry_id)
    try:
        with deed() as done:
            claims.state(by=signed_in(), edition=edition, entry=entry, words=request.form.get("words", ""))
            done.after(lambda: flash(_("Đã gửi Tổ Thư ký."), "ok"))
            return done(url_for("panels.own_claims", slug=slug, entry_id=entry_id))
    except Refused as refused:
        return _own_page(edition, entry, refused.verdict.sentence), 422


def _deciding(slug: str) -> tuple[Edition, Capacity]:
    edition = found(edition_by_slug(slug))
    by = capacity(signed_in(), edition)
    require(can_decide_claim(by, blind=queries.judges_blind(signed_in().id, edition.id)))
    return edition, by


def _list(edition: Edition, fault: str = "", at: str = "") -> str:
    """All claims; `at` is the one whose decision was refused, with what was chosen for it."""
    return render_template(
        "panels/claims.html",
        edition=edition,
        said=claims.claims_in(edition.id),
        members=[(seat.public_id, seat.person.legal_name) for seat in claims.members(edition.id)],
        relations=list(relations(queries.policy_of(edition)).items()),
        fault=fault,
        at=at,
        typed=request.form,
    )


@blueprint.get(ALL)
@sign_in_required
def conflict_claims(slug: str) -> Answer:
    return _list(_deciding(slug)[0])


@blueprint.post(f"{ALL}/<claim_id>")
@sign_in_required
def decide_claim(slug: str, claim_id: str) -> Answer:
    edition, by = _deciding(slug)
    claim, reason = found(claims.claim_at(edition.id, claim_id)), line("reason")
    seats = {seat.public_id: seat for seat in claims.members(edition.id)}
    try:
        with deed() as done:
            seat = seats.get(request.form.get("member", ""))
            if seat is None:
                claims.dismiss(by=by, edition=edition, claim=claim, reason=reason)
            else:
                relation = request.form.get("relation", "")
                claims.uphold(by=by, edition=edition, claim=claim, seat=seat, relation=relation, reason=reason)
            return done(url_for("panels.conflict_claims", slug=slug))
    except Refused as refused:
        return _list(edition, refused.verdict.sentence, claim.public_id), 422
