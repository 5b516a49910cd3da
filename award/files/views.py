"""The doors to files: sending parts, following the verdict, reading. Bytes never pass through here."""

from urllib.parse import urlsplit

from flask import Blueprint, Response, current_app, jsonify, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from award.db import unit_of_work
from award.doors import found, wants_json
from award.features import FileSight, installed, kept_by_rooms
from award.files import answers, fetches, forms, operations, queries, reading
from award.files.models import File
from award.files.store import storage
from award.people.signin import current_person, is_confined, sign_in_required, signed_in
from award.verdicts import YES, require
from uploads import failpoints, serve
from uploads.kinds import ending_of
from uploads.storage import StoreUnavailable

blueprint = Blueprint("files", __name__, url_prefix="/tep")

Answer = str | Response | BaseResponse | tuple[Response | str, int, dict[str, str]]


@blueprint.post("/<file_id>/ky")
@sign_in_required
def sign(file_id: str) -> Answer:
    file = found(queries.sent_by(signed_in().id, file_id))
    verdicts = (room.may_send_file(file.id, file.uploader_id) for room in installed() if room.may_send_file)
    for verdict in verdicts:
        require(YES if verdict is None else verdict)
    signed = operations.sign(file=file, numbers=forms.numbers())
    return jsonify(parts=answers.signed_parts(signed))


@blueprint.post("/<file_id>/xong")
@sign_in_required
def finish(file_id: str) -> Answer:
    with unit_of_work():
        file = operations.finish(file=found(queries.held_of(signed_in().id, file_id)), held=True)
    failpoints.reach("stored_for_good")
    return jsonify(answers.status_answer(file))


@blueprint.post("/<file_id>/kiem-tra-lai")
@sign_in_required
def check_again(file_id: str) -> Answer:
    """For who sent the file and who screens it; back to the page where it was asked."""
    file = found(queries.by_public_id(file_id))
    found(_sight(file) if file.uploader_id == signed_in().id else _may_save_unchecked(file))
    with unit_of_work():
        file = operations.check_again(file=file, by_id=signed_in().id)
    return jsonify(answers.status_answer(file)) if wants_json() else redirect(_page_before(), code=303)


@blueprint.get("/<file_id>/trang-thai")
@sign_in_required
def status(file_id: str) -> Answer:
    """How far the file has come is told to who sent it, whoever may see it."""
    file = found(queries.by_public_id(file_id))
    if file.uploader_id != signed_in().id:
        found(_sight(file))
    return jsonify(answers.follow_answer(file))


@blueprint.get("/<file_id>")
def read(file_id: str) -> Answer:
    file = found(queries.by_public_id(file_id))
    sight = found(_sight(file))
    if not sight.original or file.state not in _readable(file, sight):
        found(None)
    download = "tai" in request.args
    if (person := current_person()) is not None:
        with unit_of_work():
            fetches.note(file=file, person_id=person.id, saved=download)
    return redirect(
        serve.address(
            storage(),
            file.key,
            mime=file.content_type,
            name=_with_ending(sight.shown_name, file.name),
            verified=file.state == "ready",
            download=download,
            seconds=reading.address_seconds(file),
        )
    )


@blueprint.get("/<file_id>/trang/<int:number>")
def page(file_id: str, number: int) -> Answer:
    file = found(queries.by_public_id(file_id))
    found(_sight(file))
    image = found(queries.rendition(file.id, "page", number))
    assert image.key is not None
    name = f"trang-{number}.webp"
    return redirect(serve.address(storage(), image.key, mime=image.content_type, name=name, verified=True, steady=True))


@blueprint.get("/<file_id>/ban/<name>")
def rendition(file_id: str, name: str) -> Answer:
    file = found(queries.by_public_id(file_id))
    sight = found(_sight(file))
    made = found(queries.rendition(file.id, *found(reading.RENDITIONS.get(name))))
    assert made.key is not None
    return redirect(
        serve.address(
            storage(),
            made.key,
            mime=made.content_type,
            name=reading.name_of(made, sight.shown_name),
            verified=True,
            seconds=reading.address_seconds(file),
            steady=made.content_type.startswith("image/"),
        )
    )


@blueprint.get("/<file_id>/van-ban")
def text(file_id: str) -> Answer:
    file = found(queries.by_public_id(file_id))
    found(_sight(file))
    return jsonify(paragraphs=queries.clean_text(file.id))


@blueprint.app_errorhandler(StoreUnavailable)
def _store_away(fault: StoreUnavailable) -> Answer:
    """Whatever room asked: nothing but the file is affected, and the script tries again."""
    current_app.logger.warning("the store is away: %s", fault)
    later = {"Retry-After": "10"}
    sentence = _("Tạm thời chưa tải được tệp. Nội dung hồ sơ đã lưu, vẫn nộp được; tệp gửi tiếp khi hệ thống trở lại.")
    if wants_json():
        return jsonify(status=503, code="store_unavailable", sentence=sentence), 503, later
    return render_template("errors/503.html"), 503, later


def _sight(file: File) -> FileSight | None:
    """Leave to see the file: because the person sent it, or from the room that owns it, which may keep it to itself.

    On a machine of a hall, where no secret of the person's own was asked for, only what is shown in that hall.
    """
    person, confined = current_person(), is_confined()
    if person is not None and person.id == file.uploader_id and not confined and not kept_by_rooms([file.id]):
        return FileSight(file.name)
    person_id = None if person is None else person.id
    rooms = (feature for feature in installed() if feature.shows_confined or not confined)
    asked = (feature.may_read_file(file.id, person_id) for feature in rooms if feature.may_read_file)
    return next((sight for sight in asked if sight is not None), None)


def _may_save_unchecked(file: File) -> FileSight | None:
    sight = _sight(file)
    return sight if sight is not None and sight.unchecked else None


def _page_before() -> str:
    """Where the present person came from, when that is a page of ours."""
    before = urlsplit(request.referrer or "")
    return "/" + before.path.lstrip("/") if before.netloc == request.host else "/ban-lam-viec"


def _readable(file: File, sight: FileSight) -> set[str]:
    """Who sent a file may have it back before the verdict, others only after. What was rejected nobody gets."""
    person = current_person()
    if person is not None and person.id == file.uploader_id:
        return {"stored", "verifying", "ready", "unchecked"}
    return {"ready", "unchecked"} if sight.unchecked else {"ready"}


def _with_ending(shown: str, name: str) -> str:
    ending = ending_of(name)
    return shown if ending_of(shown) == ending else f"{shown}.{ending}"
