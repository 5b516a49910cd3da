"""The doors to scans that were sent many at once: each finds its parcel by the label on it, or is told its number."""

from flask import abort, flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _

from award.db import unit_of_work
from award.doors import deed, wants_json
from award.entries.views import whole_address
from award.files.answers import upload_answer
from award.files.forms import declared
from award.intake import permissions, queries, scanning, showing
from award.intake.codes import number_in
from award.intake.views import Answer, blueprint, place
from award.people.signin import sign_in_required, signed_in


@blueprint.get("/<slug>/tiep-nhan/ban-quet")
@sign_in_required
def loose(slug: str) -> Answer:
    edition, by = place(slug)
    waiting = queries.loose_scans(edition.id)
    return render_template(
        "intake/loose.html",
        waiting=waiting,
        removals={file.id: url_for("intake.drop_loose", slug=slug, file_id=file.public_id) for _loose, file in waiting},
        kinds=scanning.KINDS,
        most_bytes=scanning.MOST_BYTES,
        most=scanning.MOST_LOOSE,
        may_register=permissions.can_register(by, edition),
    )


@blueprint.post("/<slug>/tiep-nhan/ban-quet")
@sign_in_required
def begin_loose(slug: str) -> Answer:
    """JSON {name, size, part_hashes, resuming} → where to send the parts."""
    if not request.is_json:
        abort(400)
    with unit_of_work():
        at = place(slug)
        file = scanning.begin_loose(by=at.by, edition=at.edition, uploader=signed_in(), **declared())
    return jsonify(
        {**upload_answer(file), "remove_url": url_for("intake.drop_loose", slug=slug, file_id=file.public_id)}
    )


@blueprint.post("/<slug>/tiep-nhan/ban-quet/ghep")
@sign_in_required
def place_scans(slug: str) -> Answer:
    """By the labels; or one by the number that somebody read on it."""
    at, key = place(slug), request.form.get("file", "")
    placed: tuple[int, ...] = ()
    with deed() as done:
        if key:
            number = number_in(request.form.get("so", "")) or 0
            put = scanning.place_by_hand(by=at.by, edition=at.edition, file_key=key, number=number)
            placed, unread, kind = (number,) if put else (), 0, "ok" if put else "warn"
        else:
            prefix = whole_address(url_for("intake.label", slug=slug, code="x")).removesuffix("x")
            placed, unread = scanning.place_by_label(by=at.by, edition=at.edition, prefix=prefix)
            kind = "ok" if placed and not unread else "warn"
        told = showing.placed(placed, unread) if key or placed or unread else _("Chưa có bản quét nào dùng được.")
        done.after(lambda: flash(told, kind))
        return done(url_for("intake.loose", slug=slug))


@blueprint.post("/<slug>/tiep-nhan/ban-quet/<file_id>/bo")
@sign_in_required
def drop_loose(slug: str, file_id: str) -> Answer:
    with unit_of_work():
        at = place(slug)
        scanning.drop_loose(by=at.by, edition=at.edition, file_key=file_id)
    if wants_json():
        return jsonify(removed=file_id)
    return redirect(url_for("intake.loose", slug=slug), 303)
