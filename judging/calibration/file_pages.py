"""The doors to the file of a calibration work: sent by the staff, beside its title, while the round is prepared."""

from flask import abort, jsonify, render_template, request, url_for

from award.db import session, unit_of_work
from award.doors import deed, found, wants_json
from award.editions.models import Round
from award.editions.permissions import Capacity
from award.files.answers import upload_answer
from award.files.forms import declared
from award.files.models import File
from award.people.signin import sign_in_required, signed_in
from award.verdicts import require
from judging.calibration import operations, permissions, queries
from judging.calibration.models import CalibrationWork
from judging.calibration.views import blueprint, desk_of
from judging.scoring.views import Answer

HERE = "/<slug>/vong/<int:ordinal>/bai-cham-thu/tep/<work_id>"


def _named(slug: str, ordinal: int, work_id: str) -> tuple[Round, Capacity, CalibrationWork]:
    """The work for who may name those of the round, or go on with a file of it that is still coming in."""
    _edition, round_, by = desk_of(slug, ordinal)
    require(permissions.can_send(by))
    work = found(queries.work_at(round_.id, work_id))
    require(operations.may_go_on(by, round_, work))
    return round_, by, work


@blueprint.get(HERE)
@sign_in_required
def file_of(slug: str, ordinal: int, work_id: str) -> Answer:
    round_, _by, work = _named(slug, ordinal, work_id)
    file = session.get(File, work.file_id) if work.file_id is not None else None
    return render_template(
        "calibration/file.html",
        round=round_,
        work=work,
        file=file,
        kinds=operations.KINDS,
        most_bytes=operations.MOST_BYTES,
    )


@blueprint.post(HERE)
@sign_in_required
def begin_file(slug: str, ordinal: int, work_id: str) -> Answer:
    """JSON {name, size, part_hashes, resuming} → where to send the parts."""
    round_, by, work = _named(slug, ordinal, work_id)
    if not request.is_json:
        abort(400)
    with unit_of_work():
        file = operations.begin_file(by=by, round=round_, work=work, uploader=signed_in(), **declared())
    remove_url = url_for("calibration.drop_file", slug=slug, ordinal=ordinal, work_id=work_id)
    return jsonify({**upload_answer(file), "remove_url": remove_url})


@blueprint.post(HERE + "/bo")
@sign_in_required
def drop_file(slug: str, ordinal: int, work_id: str) -> Answer:
    round_, by, work = _named(slug, ordinal, work_id)
    with deed() as done:
        operations.drop_file(by=by, round=round_, work=work)
        answer = done(url_for("calibration.file_of", slug=slug, ordinal=ordinal, work_id=work_id))
    return jsonify(removed=work_id) if wants_json() else answer
