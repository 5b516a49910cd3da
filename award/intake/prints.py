"""The doors to what goes with a parcel on paper: its label and sheets of labels, its receipt, scans of what came."""

from flask import Response, abort, jsonify, redirect, request, url_for
from flask_babel import force_locale

from award.db import unit_of_work
from award.documents.answers import file_asked
from award.doors import found, wants_json
from award.editions.models import Edition
from award.entries.views import whole_address
from award.files.answers import upload_answer
from award.files.forms import declared
from award.intake import queries, scanning
from award.intake.codes import number_in
from award.intake.models import Parcel
from award.intake.views import Answer, blueprint, parcel_address, parcel_at, place
from award.people.signin import sign_in_required, signed_in

MOST_LABELS = 240


def _labels(slug: str, edition: Edition, parcels: list[Parcel], *, single: bool, first_place: int = 1) -> Response:
    from award.intake import papers  # heavier than the rest of a web process

    with force_locale("vi"):
        drawn = papers.labels_pdf(
            edition,
            parcels,
            address=lambda code: whole_address(url_for("intake.label", slug=slug, code=code)),
            single=single,
            first_place=first_place,
        )
    headers = {"Content-Disposition": f'inline; filename="nhan-{slug}.pdf"'}
    return Response(drawn, content_type="application/pdf", headers=headers)


@blueprint.get("/<slug>/tiep-nhan/<parcel_id>/nhan.pdf")
@sign_in_required
def parcel_label(slug: str, parcel_id: str) -> Answer:
    """One label, the page no larger than itself, for a printer of labels."""
    at, line = parcel_at(slug, parcel_id)
    found(None if line.parcel.voided_at else line)
    return _labels(slug, at.edition, [line.parcel], single=True)


@blueprint.get("/<slug>/tiep-nhan/nhan.pdf")
@sign_in_required
def labels(slug: str) -> Answer:
    """Labels of a run of numbers on A4, from the first free place of a sheet on."""
    edition, _by = place(slug)
    first, last = number_in(request.args.get("tu", "")), number_in(request.args.get("den", ""))
    numbers = range(first or 1, min(last or first or 1, (first or 1) + MOST_LABELS - 1) + 1)
    parcels = list(found(queries.numbered(edition.id, numbers) or None))
    return _labels(slug, edition, parcels, single=False, first_place=request.args.get("o", 1, type=int))


@blueprint.get("/<slug>/tiep-nhan/<parcel_id>/bien-nhan.<ending>")
@sign_in_required
def receipt(slug: str, parcel_id: str, ending: str) -> Answer:
    from award.intake import papers

    at, line = parcel_at(slug, parcel_id)
    found(None if line.parcel.voided_at else line)
    return file_asked(f"bien-nhan-{line.parcel.number}", ending, paper=lambda: papers.receipt(at.edition, line))


@blueprint.post("/<slug>/tiep-nhan/<parcel_id>/ban-quet")
@sign_in_required
def begin_scan(slug: str, parcel_id: str) -> Answer:
    """JSON {name, size, part_hashes, resuming} → where to send the parts."""
    if not request.is_json:
        abort(400)
    with unit_of_work():
        at, line = parcel_at(slug, parcel_id)
        file = scanning.begin(by=at.by, edition=at.edition, parcel=line.parcel, uploader=signed_in(), **declared())
    remove_url = url_for("intake.remove_scan", slug=slug, parcel_id=parcel_id, file_id=file.public_id)
    return jsonify({**upload_answer(file), "remove_url": remove_url})


@blueprint.post("/<slug>/tiep-nhan/<parcel_id>/ban-quet/<file_id>/bo")
@sign_in_required
def remove_scan(slug: str, parcel_id: str, file_id: str) -> Answer:
    with unit_of_work():
        at, line = parcel_at(slug, parcel_id)
        scanning.drop(by=at.by, edition=at.edition, parcel=line.parcel, file_key=file_id)
    if wants_json():
        return jsonify(removed=file_id)
    return redirect(parcel_address(slug, parcel_id, _anchor="ban-quet"), 303)
