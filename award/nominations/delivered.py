"""The doors to dossiers that other houses sent: sending one, what it would bring, taking it in, letting it go."""

from flask import abort, flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _

from award import house_key
from award.db import session, unit_of_work
from award.documents.answers import list_asked
from award.documents.tables import Column, Sheet
from award.doors import deed, found, wants_json
from award.editions.models import Edition
from award.editions.papers import invented
from award.editions.permissions import Capacity
from award.files.answers import upload_answer
from award.files.forms import declared
from award.files.models import File
from award.nominations import arrivals, arriving, permissions, taking
from award.nominations.models import Delivery
from award.nominations.views import Answer, blueprint, place
from award.paging import Turn
from award.people.signin import sign_in_required, signed_in
from award.verdicts import Refused, require
from uploads.kinds import DOSSIER

DOORS = "/<slug>/ho-so-gui-den"
STATES = {
    "sending": ("doing", _("Đang tải lên")),
    "checking": ("doing", _("Đang kiểm tra")),
    "refused": ("bad", _("Không dùng được")),
    "checked": ("warn", _("Chờ xem và nạp")),
    "taking": ("doing", _("Đang nạp")),
    "taken": ("done", _("Đã nạp")),
}


def _sheet(edition: Edition) -> Sheet:
    """Who sent what, how far it is, and how many works it gave."""
    columns = [
        Column(gettext("Nơi gửi"), width=48),
        Column(gettext("Công văn"), width=24),
        Column(gettext("Tải lên"), "date", 14),
        Column(gettext("Người tải lên"), width=28),
        Column(gettext("Tình trạng"), width=20),
        Column(gettext("Tác phẩm"), "int", 12),
    ]
    rows = [
        (
            each.delivery.sender or (each.file.name if each.file else gettext("Hồ sơ")),
            each.delivery.letter,
            each.delivery.created_at,
            each.brought_by,
            str(STATES[each.delivery.state][1]),
            each.works if each.delivery.state == "taken" else None,
        )
        for each in arrivals.every_line(edition.id)
    ]
    return Sheet(gettext("Hồ sơ gửi đến"), columns, rows, f"{edition.name}. {invented(edition)}".strip())


@blueprint.get(DOORS)
@sign_in_required
def arrived(slug: str) -> Answer:
    edition, by = place(slug)
    taken = list_asked(f"ho-so-gui-den-{slug}", lambda: _sheet(edition))
    return taken or render_template(
        "nominations/arrived.html",
        page=arrivals.lines(edition.id, Turn.read(request.args)),
        may_receive=permissions.can_receive(by, edition),
        kinds=(DOSSIER.code,),
        most_bytes=DOSSIER.max_bytes,
        me=signed_in().id,
        words=STATES,
    )


@blueprint.post(DOORS)
@sign_in_required
def begin_delivery(slug: str) -> Answer:
    """JSON {name, size, part_hashes, resuming} → where to send the parts."""
    if not request.is_json:
        abort(400)
    with unit_of_work():
        edition, by = place(slug)
        made, file = arriving.begin(by=by, edition=edition, uploader=signed_in(), **declared())
    remove_url = url_for("nominations.let_go", slug=slug, delivery_id=made.public_id)
    return jsonify({**upload_answer(file), "remove_url": remove_url})


@blueprint.get(f"{DOORS}/<delivery_id>")
@sign_in_required
def delivery(slug: str, delivery_id: str) -> Answer:
    edition, by = place(slug)
    return _page(edition, by, found(arrivals.delivery(edition.id, delivery_id)))


@blueprint.get(f"{DOORS}/<delivery_id>/trang-thai")
@sign_in_required
def delivery_status(slug: str, delivery_id: str) -> Answer:
    edition, _by = place(slug)
    shown = found(arrivals.delivery(edition.id, delivery_id))
    return jsonify(state=shown.state, percent=shown.percent)


@blueprint.post(f"{DOORS}/<delivery_id>")
@sign_in_required
def take_in(slug: str, delivery_id: str) -> Answer:
    edition, by = place(slug)
    shown = found(arrivals.delivery(edition.id, delivery_id))
    require(permissions.can_receive(by, edition))
    try:
        with deed() as done:
            taking.ask(
                by=by,
                edition=edition,
                delivery=shown,
                chosen=_chosen(shown),
                compared="compared" in request.form,
                parcel=request.form.get("parcel", "").strip(),
            )
            return done(url_for("nominations.delivery", slug=slug, delivery_id=delivery_id))
    except Refused as refused:
        if refused.verdict.code in {"done", "state"}:
            raise
        shown = found(arrivals.delivery(edition.id, delivery_id))
        return _page(edition, by, shown, refused.verdict.sentence), 422


@blueprint.post(f"{DOORS}/<delivery_id>/bo")
@sign_in_required
def let_go(slug: str, delivery_id: str) -> Answer:
    """The dossier, or the ZIP of one that was taken in, is gone."""
    with unit_of_work() as after:
        edition, by = place(slug)
        shown = found(arrivals.delivery(edition.id, delivery_id))
        arriving.discard(by=by, edition=edition, delivery=shown)
        if not wants_json():
            after(lambda: flash(str(_("Đã bỏ tệp nén.")), "ok"))
    if wants_json():
        return jsonify(removed=delivery_id)
    return redirect(url_for("nominations.arrived", slug=slug), 303)


def _page(edition: Edition, by: Capacity, shown: Delivery, fault: str = "") -> str:
    """The dossier in whichever state it is; one that waits with all that it would bring."""
    trial = None
    if shown.state == "checked":
        typed = request.form.get("parcel", "").strip()
        trial = taking.trial(edition=edition, delivery=shown, chosen=_chosen(shown), parcel=typed)
    return render_template(
        "nominations/delivery.html",
        delivery=shown,
        file=session.get(File, shown.file_id) if shown.file_id else None,
        trial=trial,
        kinds=[("", _("Chưa chọn")), *((kind.key, kind.name) for kind in arrivals.kinds(edition.id))],
        works=arrivals.taken_works(shown.id) if shown.state == "taken" else (),
        seen=arrivals.key_seen(shown) if shown.fingerprint else None,
        fingerprint=house_key.grouped(shown.fingerprint or ""),
        may_receive=permissions.can_receive(by, edition),
        may_let_go=permissions.can_let_go(by, edition, shown),
        fault=fault,
        word=STATES[shown.state],
    )


def _chosen(shown: Delivery) -> dict[str, str]:
    """The categories people chose: on this form where there is one, otherwise as they were kept."""
    told = (shown.told or {}).get("works", ())
    names = list(dict.fromkeys(work["category"] for work in told))
    typed = {name: request.form.get(f"kind-{n}", "") for n, name in enumerate(names)}
    return typed if any(typed.values()) else shown.kinds
