"""The doors to lists that are signed on paper: printing one, its page and its paper, the scan, what came back."""

from functools import partial

from flask import Response, abort, flash, jsonify, redirect, render_template, request, url_for
from flask_babel import force_locale

from award.db import session, unit_of_work
from award.documents.answers import file_asked
from award.doors import deed, found, wants_json
from award.entries.views import whole_address
from award.files.answers import upload_answer
from award.files.codes import codes_in
from award.files.forms import declared
from award.files.models import File
from award.files.reading import readings
from award.newsrooms import brought, lists, queries, showing, signing
from award.newsrooms.forms import ReturnForm
from award.newsrooms.imports import Desk
from award.newsrooms.models import SignedList
from award.newsrooms.permissions import can_print, can_return, can_send_scan
from award.newsrooms.queries import name_in
from award.newsrooms.signers import called
from award.newsrooms.views import Answer, blueprint, desk_at, edition_at
from award.people.signin import sign_in_required, signed_in
from award.verdicts import Refused, require


def list_at(slug: str, list_id: str) -> tuple[Desk, SignedList]:
    """The list for who may see the desk of its newsroom; to everybody else it does not exist."""
    edition = edition_at(slug)
    listed, newsroom_key = found(brought.signed_list(edition.id, list_id))
    return Desk(*desk_at(slug, newsroom_key)), listed


@blueprint.route("/<slug>/toa-soan/<newsroom_id>/danh-sach-ky", methods=["GET", "POST"])
@sign_in_required
def printing(slug: str, newsroom_id: str) -> Answer:
    desk = Desk(*desk_at(slug, newsroom_id))
    may_print = can_print(desk.standing, desk.edition)
    if request.method == "GET":
        return render_template(
            "newsrooms/printing.html",
            organ=desk.organ,
            name=name_in(desk.organ.newsroom, desk.edition),
            lists=brought.signed_lists(desk.edition.id, desk.organ.newsroom.id),
            may_print=may_print,
        )
    require(may_print)
    try:
        with deed() as done:
            listed = signing.print_list(
                standing=desk.standing,
                edition=desk.edition,
                organ=desk.organ,
                appeared=lambda work: (showing.authors(work.read), showing.appeared(work.read)),
            )
            return done(url_for("newsrooms.signed", slug=slug, list_id=listed.public_id))
    except Refused as refused:
        flash(refused.verdict.sentence, "warn")
        return redirect(url_for("newsrooms.printing", slug=slug, newsroom_id=newsroom_id), 303)


@blueprint.get("/<slug>/toa-soan/<newsroom_id>/danh-sach.<ending>")
@sign_in_required
def summary(slug: str, newsroom_id: str, ending: str) -> Answer:
    """The newsroom's own list of what it sends, to sign or to go on with."""
    from award.newsrooms import papers

    desk = Desk(*desk_at(slug, newsroom_id))
    works = queries.works(desk.edition.id, desk.organ.family, limit=None)
    return file_asked(
        f"danh-sach-tong-hop-{newsroom_id}",
        ending,
        paper=lambda: papers.summary(desk.edition, desk.organ, works),
        sheet=lambda: lists.works(desk.edition, desk.organ, works),
    )


def _page(desk: Desk, listed: SignedList, form: ReturnForm, fault: str = "", *, unread: bool = False) -> str:
    scan = session.get(File, listed.scan_id) if listed.scan_id else None
    may_return = can_return(desk.standing, desk.edition, listed)
    return render_template(
        "newsrooms/signed.html",
        organ=desk.organ,
        name=name_in(desk.organ.newsroom, desk.edition),
        listed=listed,
        scan=scan,
        seen=list(readings({scan.id: scan.name}).values()) if scan is not None and scan.state == "ready" else [],
        form=form,
        fault=fault,
        unread=unread,
        ticked=request.form.getlist("nguoi"),
        called=called,
        texts=showing.declared_words(listed),
        signatures=showing.signatures(scan.facts if scan is not None and scan.state == "ready" else {}),
        kinds=signing.KINDS,
        most_bytes=signing.MOST_BYTES,
        may_return=may_return,
        may_send=can_send_scan(desk.standing, desk.edition, listed),
    )


@blueprint.get("/<slug>/danh-sach-ky/<list_id>")
@sign_in_required
def signed(slug: str, list_id: str) -> Answer:
    """Where the code on the paper leads: the list, its paper, its scan."""
    desk, listed = list_at(slug, list_id)
    return _page(desk, listed, ReturnForm(None))


@blueprint.get("/<slug>/danh-sach-ky/<list_id>.pdf")
@sign_in_required
def signed_paper(slug: str, list_id: str) -> Answer:
    from award.newsrooms import papers  # heavier than the rest of a web process

    desk, listed = list_at(slug, list_id)
    with force_locale("vi"):
        drawn = papers.list_pdf(listed, desk.edition, desk.organ, address=_address(slug, listed))
    headers = {"Content-Disposition": f'attachment; filename="danh-sach-ky-{listed.public_id}.pdf"'}
    return Response(drawn, content_type="application/pdf", headers=headers)


@blueprint.post("/<slug>/danh-sach-ky/<list_id>/ban-quet")
@sign_in_required
def begin_scan(slug: str, list_id: str) -> Answer:
    """JSON {name, size, part_hashes, resuming} → where to send the parts."""
    if not request.is_json:
        abort(400)
    with unit_of_work():
        desk, listed = list_at(slug, list_id)
        file = signing.begin_scan(
            standing=desk.standing, edition=desk.edition, listed=listed, uploader=signed_in(), **declared()
        )
    remove_url = url_for("newsrooms.remove_scan", slug=slug, list_id=list_id)
    return jsonify({**upload_answer(file), "remove_url": remove_url})


@blueprint.post("/<slug>/danh-sach-ky/<list_id>/ban-quet/bo")
@sign_in_required
def remove_scan(slug: str, list_id: str) -> Answer:
    with unit_of_work():
        desk, listed = list_at(slug, list_id)
        signing.drop_scan(standing=desk.standing, edition=desk.edition, listed=listed)
    if wants_json():
        return jsonify(removed=list_id)
    return redirect(url_for("newsrooms.signed", slug=slug, list_id=list_id), 303)


@blueprint.post("/<slug>/danh-sach-ky/<list_id>")
@sign_in_required
def take_back(slug: str, list_id: str) -> Answer:
    desk, listed = list_at(slug, list_id)
    require(can_return(desk.standing, desk.edition, listed))
    form = ReturnForm(request.form)
    if not form.validate():
        return _page(desk, listed, form), 422
    codes = codes_in(listed.scan_id, most_pages=signing.MOST_PAGES) if listed.scan_id else []
    try:
        with deed() as done:
            outcome = signing.take_back(
                standing=desk.standing,
                edition=desk.edition,
                organ=desk.organ,
                listed=listed,
                codes=codes,
                address=_address(slug, listed),
                signed=_signers(listed, form),
                **form.said,
            )
            done.after(partial(flash, showing.recorded(outcome, listed), "warn" if outcome.left else "ok"))
            return done(url_for("newsrooms.signed", slug=slug, list_id=list_id))
    except Refused as refused:
        if refused.verdict.code not in {"scan", "other_list", "no_code", "late"}:
            raise
        return _page(desk, listed, form, refused.verdict.sentence, unread=refused.verdict.code == "no_code"), 422


def _signers(listed: SignedList, form: ReturnForm) -> set[int]:
    """The places of the people who signed, as they were ticked one by one or all at once."""
    if form.all_signed.data:
        return set(range(len(listed.people)))
    return {int(place) for place in request.form.getlist("nguoi") if place.isdecimal()}


def _address(slug: str, listed: SignedList) -> str:
    return whole_address(url_for("newsrooms.signed", slug=slug, list_id=listed.public_id))
