"""The set-up of an edition as a file to take along, and a draft that takes pieces of such a file from another house."""

import base64
import binascii
import hashlib
from collections.abc import Sequence

from flask import Response, flash, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext

from award.doors import deed
from award.editions.copying import BY_CODE, NEVER_DESCRIBED, Source, offers
from award.editions.described import Faults, read, written
from award.editions.models import Edition
from award.editions.operations.copying import source_of, take_described
from award.editions.permissions import can_set_up
from award.editions.queries import with_rules
from award.editions.views.copying import filled
from award.editions.views.doors import Answer, blueprint, edition_in_setup, edition_of_staff
from award.people.signin import sign_in_required
from award.verdicts import require

_SHOWN = 20
"""So many faults of a file are told; who mends them sees the others."""


@blueprint.get("/<slug>/thiet-lap/tep.json")
@sign_in_required
def described(slug: str) -> Answer:
    edition, _by = edition_of_staff(slug)
    name = f"thiet-lap-{edition.slug}.json"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(written(source_of(edition.id)), content_type="application/json", headers=headers)


@blueprint.route("/<slug>/thiet-lap/lay-tu-tep", methods=["GET", "POST"])
@sign_in_required
def take(slug: str) -> Answer:
    """First the file, then what of it is taken; the file goes along in the page and is read anew each time."""
    edition, by = edition_in_setup(slug)
    require(can_set_up(by, edition))
    if request.method == "GET":
        return _page(edition)
    content = _sent()
    try:
        source = read(content) if content else None
    except Faults as faults:
        return _page(edition, wrong=_told(faults)), 422
    if source is None:
        return _page(edition, wrong=[_("Chưa chọn tệp.")]), 422
    chosen = [code for code in request.form.getlist("piece") if code in BY_CODE]
    if "told" not in request.form or not chosen:
        missing = [_("Chọn ít nhất một mục.")] if "told" in request.form else []
        page = _page(edition, source, content, wrong=missing)
        return (page, 422) if missing else page
    return _taken(slug, source, content, chosen)


def _taken(slug: str, source: Source, content: bytes, chosen: list[str]) -> Answer:
    edition, by = edition_in_setup(slug)
    dates, sha256 = "dates" in request.form, hashlib.sha256(content).hexdigest()
    with deed() as done:
        edition = with_rules(edition.id, for_update=True)
        take_described(by=by, edition=edition, source=source, pieces=chosen, sha256=sha256, with_dates=dates)
        words = lazy_gettext("Đã lấy %(n)s mục từ tệp.", n=len(chosen))
        done.after(lambda: flash(str(words), "ok"))
        return done(url_for("editions.setup", slug=slug))


def _sent() -> bytes:
    """The file as it was just chosen, or as the page carried it along."""
    file = request.files.get("file")
    if file is not None and file.filename:
        return bytes(file.read())
    try:
        return base64.b64decode(request.form.get("told", ""), validate=True)
    except (binascii.Error, ValueError):
        return b""


def _told(faults: Faults) -> list[str]:
    """Each place in a sentence; a file of another form altogether is no list of places."""
    if faults.where == ["form"]:
        return [_("Tệp này không phải tệp thiết lập của hệ thống, hoặc thuộc phiên bản chưa đọc được.")]
    told = [_("Chưa đọc được: %(where)s.", where=where) for where in faults.where[:_SHOWN]]
    more = len(faults.where) - _SHOWN
    return [*told, _("Còn %(n)s chỗ khác.", n=more)] if more > 0 else told


def _page(edition: Edition, source: Source | None = None, content: bytes = b"", *, wrong: Sequence[str] = ()) -> str:
    return render_template(
        "editions/setup/taking.html",
        edition=edition,
        source=source,
        told=base64.b64encode(content).decode(),
        offers=[each for each in offers(source) if each.piece.code not in NEVER_DESCRIBED] if source else [],
        filled=filled(edition) if source else frozenset(),
        wrong=wrong,
    )
