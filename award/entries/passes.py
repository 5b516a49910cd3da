"""The doors to links for sending: the owner's, who opens and ends them; and those of whoever holds one."""

from datetime import datetime
from typing import Any

from flask import abort, current_app, flash, jsonify, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from award import dates
from award.clock import now
from award.db import unit_of_work
from award.doors import deed, found, wants_json
from award.editions.models import Edition
from award.entries import openings, passing, queries, showing, summaries
from award.entries.attaching import may_send_file
from award.entries.dossiers import Dossier, Place
from award.entries.hands import hand_of
from award.entries.models import Entry, UploadPass
from award.entries.permissions import can_send_more, can_use_pass, files_due_at
from award.entries.views import Answer, blueprint, edition_at, locked_at, whole_address, work_at
from award.files import operations as sending
from award.files.answers import follow_answer, held_percents, status_answer, upload_answer
from award.files.forms import declared, numbers
from award.files.models import File
from award.people.signin import sign_in_required, signed_in
from award.verdicts import require

OWNER = "/<slug>/tac-pham/<entry_id>/tep/duong-dan"
HOLDER = "/<slug>/gui-tep/<token>"


@blueprint.post(OWNER)
@sign_in_required
def open_pass(slug: str, entry_id: str) -> Answer:
    edition = edition_at(slug)
    hours = request.form.get("hours", str(passing.HOURS[0]))
    if hours not in map(str, passing.HOURS):
        abort(400)
    with deed() as done:
        standing, revision = locked_at(edition, entry_id)
        entry = revision or standing
        read = queries.dossier(entry.id, counted=False)
        place = found(read.place(request.form.get("place", "")))
        opened = passing.open_pass(
            by_id=signed_in().id,
            edition=edition,
            entry=entry,
            place=place,
            hours=int(hours),
            last=_last_instant(read, edition),
        )
        return done(url_for("entries.show_pass", slug=slug, entry_id=entry_id, pass_id=opened.public_id))


@blueprint.get(OWNER + "/<pass_id>")
@sign_in_required
def show_pass(slug: str, entry_id: str, pass_id: str) -> Answer:
    _edition, own = work_at(slug, entry_id)
    opened, read = _own(own, pass_id)
    address = whole_address(url_for("entries.use_pass", slug=slug, token=_token(opened)))
    return render_template(
        "entries/pass_code.html",
        own=own,
        work=read,
        opened=opened,
        allowed=can_use_pass(opened, now()),
        address=address,
        qr=summaries.qr(address),
        sentence=_sentence(read, opened),
        **_progress(opened, read),
    )


@blueprint.get(OWNER + "/<pass_id>/tinh-hinh")
@sign_in_required
def watch_pass(slug: str, entry_id: str, pass_id: str) -> Answer:
    """The files of the place, for the page that is open while the phone sends; the store itself says how far it is."""
    _edition, own = work_at(slug, entry_id)
    response = make_response(render_template("entries/pass_files.html", **_progress(*_own(own, pass_id))))
    response.add_etag()
    return response.make_conditional(request)


@blueprint.post(OWNER + "/<pass_id>/thu-lai")
@sign_in_required
def end_pass(slug: str, entry_id: str, pass_id: str) -> Answer:
    edition, own = work_at(slug, entry_id)
    opened, _read = _own(own, pass_id)
    with deed() as done:
        passing.end_pass(by_id=signed_in().id, edition=edition, opened=opened)
        done.after(lambda: flash(_("Đã thu lại đường dẫn tải tệp. Tệp đã gửi vẫn được giữ."), "ok"))
        return done(url_for("entries.files", slug=slug, entry_id=entry_id))


@blueprint.get(HOLDER)
def use_pass(slug: str, token: str) -> Answer:
    edition, opened, entry = _opened(slug, token)
    read, place = _place(opened)
    rows = queries.files_of(entry.id)
    files = [rows[file.id] for file in place.files if file.id in rows]
    own = {file.id for file in openings.files_by_pass(opened.id)}
    answer = make_response(
        render_template(
            "entries/pass.html",
            place=place,
            files=files,
            sentence=_sentence(read, opened),
            begin_url=url_for("entries.begin_by_pass", slug=slug, token=token),
            remove_urls={file.id: _of("remove_by_pass", slug, token, file) for file in files if file.id in own},
            status_urls={file.id: _of("status_by_pass", slug, token, file) for file in files},
            allowed=can_use_pass(opened, now()) and can_send_more(entry, edition, now(), read.leave, place),
        )
    )
    return _private(answer)


@blueprint.post(HOLDER + "/bat-dau")
def begin_by_pass(slug: str, token: str) -> Answer:
    """JSON {name, size, part_hashes, resuming} -> where to send the parts."""
    with unit_of_work():
        edition, opened, entry = _opened(slug, token)
        entry = queries.locked(entry.id)
        read, place = _place(opened)
        file = passing.begin_file(
            opened=opened, edition=edition, entry=entry, place=place, leave=read.leave, **declared()
        )
        own = file.id in {each.id for each in openings.files_by_pass(opened.id)}
    doors = {
        "sign_url": _of("sign_by_pass", slug, token, file),
        "finish_url": _of("finish_by_pass", slug, token, file),
        "status_url": _of("status_by_pass", slug, token, file),
        "remove_url": _of("remove_by_pass", slug, token, file) if own else None,
        "preview_url": None,
    }
    return _private(jsonify({**upload_answer(file), **doors}))


@blueprint.post(HOLDER + "/<file_id>/ky")
def sign_by_pass(slug: str, token: str, file_id: str) -> Answer:
    _edition, opened, entry = _opened(slug, token)
    file = found(openings.file_in_place(opened, file_id))
    require(can_use_pass(opened, now()))
    require(found(may_send_file(file.id, entry.owner_id)))
    signed = sending.sign(file=file, numbers=numbers())
    return _private(
        jsonify(parts=[{"number": part.number, "url": part.url, "headers": dict(part.headers)} for part in signed])
    )


@blueprint.post(HOLDER + "/<file_id>/xong")
def finish_by_pass(slug: str, token: str, file_id: str) -> Answer:
    """What was sent in time is taken in, though the link may have ended while the last part was under way."""
    _edition, opened, _entry = _opened(slug, token)
    file = found(openings.file_in_place(opened, file_id))
    with unit_of_work():
        file = sending.finish(file=file)
    return _private(jsonify(status_answer(file) | {"preview_url": None}))


@blueprint.get(HOLDER + "/<file_id>/trang-thai")
def status_by_pass(slug: str, token: str, file_id: str) -> Answer:
    _edition, opened, _entry = _opened(slug, token)
    file = found(openings.file_in_place(opened, file_id))
    return _private(jsonify(follow_answer(file) | {"preview_url": None}))


@blueprint.post(HOLDER + "/<file_id>/bo")
def remove_by_pass(slug: str, token: str, file_id: str) -> Answer:
    with unit_of_work():
        edition, opened, entry = _opened(slug, token)
        entry = queries.locked(entry.id)
        passing.remove_file(opened=opened, edition=edition, entry=entry, key=file_id)
    if wants_json():
        return _private(jsonify(removed=file_id))
    return _private(redirect(url_for("entries.use_pass", slug=slug, token=token), 303))


def _secret() -> str:
    secret: str = current_app.extensions["settings"].secret_key
    return secret


def _token(opened: UploadPass) -> str:
    return passing.token_of(opened.public_id, _secret())


def _opened(slug: str, token: str) -> tuple[Edition, UploadPass, Entry]:
    """The pass behind a link of this edition, with its entry; anything else does not exist."""
    edition = edition_at(slug)
    public_id = found(passing.public_id_of(token, _secret()))
    opened, entry = found(openings.pass_with_entry(edition.id, public_id))
    return edition, opened, entry


def _own(own: queries.OwnWork, pass_id: str) -> tuple[UploadPass, Dossier]:
    """A pass of the person's own work, with the content whose place it opens."""
    contents = {each.id: each for each in (own.standing, own.revision) if each is not None}
    opened = found(openings.own_pass(list(contents), pass_id))
    found(hand_of(signed_in().id, contents[opened.entry_id]) == "whole" or None)
    return opened, contents[opened.entry_id]


def _place(opened: UploadPass) -> tuple[Dossier, Place]:
    read = queries.dossier(opened.entry_id, counted=False)
    return read, found(place_of(opened, read))


def place_of(opened: UploadPass, read: Dossier) -> Place | None:
    """The place that the pass opens."""
    here = (opened.slot_id, opened.part_id)
    return next((each for each in read.places if (each.slot.id, each.part.id if each.part else None) == here), None)


def standing_at(read: Dossier) -> dict[str, list[UploadPass]]:
    """Key of a place -> the links that open it now."""
    found_: dict[str, list[UploadPass]] = {}
    for opened in openings.passes_of(read.id, now()):
        place = place_of(opened, read)
        if place is not None:
            found_.setdefault(place.key, []).append(opened)
    return found_


def _last_instant(read: Dossier, edition: Edition) -> datetime | None:
    """When every file must be in; None for an edition without a deadline."""
    closing = showing.closing(read, edition)
    return read.files_due_at or (files_due_at(edition, closing.at) if closing else None)


def _progress(opened: UploadPass, read: Dossier) -> dict[str, Any]:
    place = found(place_of(opened, read))
    rows = queries.files_of(read.id)
    files = [rows[file.id] for file in place.files if file.id in rows]
    return {"files": files, "percents": held_percents(files), "place": place}


def _sentence(read: Dossier, opened: UploadPass) -> str:
    """What the link is for, and until when."""
    place = found(place_of(opened, read))
    words = {
        "title": read.title or _("chưa có tên"),
        "label": place.slot.label[:1].lower() + place.slot.label[1:],
        "until": dates.deadline_moment(opened.until),
    }
    if place.part is not None and len(read.parts) > 1:
        return str(
            _(
                "Đường dẫn này chỉ dùng để tải tệp (%(label)s) cho kỳ %(n)s của tác phẩm “%(title)s”, đến %(until)s.",
                n=place.part.ordinal,
                **words,
            )
        )
    return str(_("Đường dẫn này chỉ dùng để tải tệp (%(label)s) cho tác phẩm “%(title)s”, đến %(until)s.", **words))


def _of(door: str, slug: str, token: str, file: File) -> str:
    return url_for(f"entries.{door}", slug=slug, token=token, file_id=file.public_id)


def _private(answer: BaseResponse) -> BaseResponse:
    """The address is the key: it goes to no other site and into no index."""
    answer.headers["Referrer-Policy"] = "no-referrer"
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer
