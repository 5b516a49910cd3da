"""The doors to receipts: the last one or an earlier one, as a page and as a paper."""

from flask import Response, render_template, request, url_for
from flask_babel import force_locale

from award import house_key
from award.clock import now
from award.documents.answers import file_asked
from award.doors import found
from award.editions.models import Edition
from award.entries import attesting, papers, queries, receipts, summaries
from award.entries.attesting import Attested, attested
from award.entries.following import following
from award.entries.models import Receipt
from award.entries.permissions import BEFORE_JUDGING, changeable_until
from award.entries.views import Answer, blueprint, whole_address, work_at
from award.people.signin import sign_in_required, signed_in


@blueprint.get("/<slug>/tac-pham/<entry_id>/bien-nhan")
@sign_in_required
def receipt(slug: str, entry_id: str) -> Answer:
    edition, own, every, shown = _asked_for(slug, entry_id)
    signed = _signed(edition, shown)
    return render_template(
        "entries/receipt.html",
        own=own,
        receipt=shown,
        others=[each for each in every if each is not shown],
        last=shown is every[0],
        sentence=receipts.sentence(shown.content, shown.received_at, edition),
        follows=following(shown.content, own.standing, now()) if shown is every[0] else None,
        lines=summaries.received(shown),
        prints=summaries.prints(shown),
        steps=_steps(edition, own) if shown is every[0] else [],
        qr=summaries.qr(_address(slug, entry_id)),
        signature=signed.signature.hex(),
        key=house_key.grouped(signed.key.fingerprint),
        key_at=house_key.ADDRESS,
        commands=(attesting.CHECK_SIGNATURE, house_key.CHECK_KEY),
    )


@blueprint.get("/<slug>/tac-pham/<entry_id>/bien-nhan.pdf")
@sign_in_required
def receipt_paper(slug: str, entry_id: str) -> Answer:
    edition, own, every, shown = _asked_for(slug, entry_id)
    steps = _steps(edition, own) if shown is every[0] else []
    with force_locale("vi"):
        drawn = papers.receipt_pdf(
            shown,
            edition,
            steps=steps,
            address=_address(slug, entry_id),
            signed=_signed(edition, shown),
            key_at=whole_address(house_key.ADDRESS),
        )
    headers = {"Content-Disposition": f'attachment; filename="bien-nhan-{shown.code}.pdf"'}
    return Response(drawn, content_type="application/pdf", headers=headers)


def _asked_for(slug: str, entry_id: str) -> tuple[Edition, queries.OwnWork, list[Receipt], Receipt]:
    """The own work with all its receipts, newest first, and the one the address names, else the newest."""
    edition, own = work_at(slug, entry_id)
    every = list(found(queries.receipts(own.standing.id) or None))
    named = request.args.get("lan", "")
    shown = next((each for each in every if each.public_id == named), None) if named else every[0]
    return edition, own, every, found(shown)


def _signed(edition: Edition, shown: Receipt) -> Attested:
    """The receipt with the signature of the house."""
    entry, owner = queries.with_owner(shown.entry_id)
    return attested(shown, entry, edition=edition.public_id, owner=owner.public_id, by=house_key.own())


def _steps(edition: Edition, own: queries.OwnWork) -> list[str]:
    """What happens now, for the person who looks at the receipt; nothing once the dossier has been screened."""
    person, standing = signed_in(), own.standing
    if standing.state != "submitted" or edition.state not in BEFORE_JUDGING:
        return []
    email = person.user.email if person.user else ""
    return receipts.steps(edition, email, changeable_until(edition, now(), standing.leave))


def _address(slug: str, entry_id: str) -> str:
    return whole_address(url_for("entries.receipt", slug=slug, entry_id=entry_id))


@blueprint.get("/<slug>/tac-pham/<entry_id>/phieu-dang-ky.<ending>")
@sign_in_required
def entry_form(slug: str, entry_id: str, ending: str) -> Answer:
    """What was declared, to be printed and signed: for an organ or an author that keeps a file of paper."""
    edition, _own, _every, shown = _asked_for(slug, entry_id)
    return file_asked(f"phieu-dang-ky-{shown.code}", ending, paper=lambda: papers.entry_form(shown, edition))
