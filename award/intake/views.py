"""The doors of the ledger: its lines, writing one down, a parcel, correcting and crossing out, opening by a code."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from award import dates
from award.arrival import reached
from award.documents.answers import list_asked
from award.doors import deed, found
from award.editions import posting
from award.editions.models import Category, Edition
from award.editions.permissions import Capacity
from award.editions.queries import capacity
from award.entries.queries import categories, edition_with_clauses
from award.intake import lists, operations, permissions, pieces, queries, scanning, showing
from award.intake.codes import number_in
from award.intake.filters import STATES, LedgerFilter
from award.intake.forms import CorrectionForm, RegisterForm, VoidForm, WorkForm
from award.intake.queries import Line
from award.paging import Turn
from award.people.signin import sign_in_required, signed_in
from award.verdicts import Refused, require

blueprint = Blueprint("intake", __name__)

Answer = str | BaseResponse | tuple[str, int]
FIELD_OF = {"future": "arrived_on", "postmark": "postmark"}
"""Code of a refusal → the field it speaks of."""


class Place(NamedTuple):
    edition: Edition
    by: Capacity


def place(slug: str) -> Place:
    """The edition at this address, for who may read its ledger."""
    edition = found(edition_with_clauses(slug))
    found(None if edition.state == "draft" else edition)
    by = capacity(signed_in(), edition)
    require(permissions.can_read(by))
    return Place(edition, by)


def parcel_at(slug: str, parcel_id: str) -> tuple[Place, Line]:
    """The parcel at this address, for who may read the ledger."""
    at = place(slug)
    return at, found(queries.line(at.edition, parcel_id))


def parcel_address(slug: str, parcel_id: str, **more: Any) -> str:
    return url_for("intake.parcel", slug=slug, parcel_id=parcel_id, **more)


@blueprint.get("/<slug>/tiep-nhan")
@sign_in_required
def ledger(slug: str) -> Answer:
    edition, by = place(slug)
    wanted = LedgerFilter.read(request.args)
    if taken := list_asked(f"so-tiep-nhan-{slug}", lambda: lists.ledger(edition, queries.whole(edition, wanted))):
        return taken
    return render_template(
        "intake/ledger.html",
        page=queries.page_of(edition, wanted, Turn.read(request.args)),
        counts=queries.counts(edition),
        wanted=wanted,
        states=STATES,
        channels=posting.NAMES,
        things=showing.things,
        code=showing.code,
        may_register=permissions.can_register(by, edition),
        may_bring_in=permissions.can_bring_in(by, edition),
    )


@blueprint.get("/<slug>/tiep-nhan/mo")
@sign_in_required
def open_code(slug: str) -> Answer:
    """Where a scanner or a hand leads that gives the code of a label."""
    return _opened(slug, request.args.get("ma", ""))


@blueprint.get("/<slug>/tiep-nhan/ma/<code>")
@sign_in_required
def label(slug: str, code: str) -> Answer:
    """Where the code on a label leads that a telephone reads."""
    return _opened(slug, code)


def _opened(slug: str, text: str) -> Answer:
    edition, _by = place(slug)
    number = number_in(text)
    key = None if number is None else queries.key_of_number(edition.id, number)
    if key is not None:
        return redirect(parcel_address(slug, key))
    flash(_("Không có gói nào mang mã “%(code)s” trong sổ này.", code=text[:60]), "warn")
    return redirect(url_for("intake.ledger", slug=slug))


def _blank(edition: Edition) -> RegisterForm:
    """An empty line with what the last one of this person had in common with the next."""
    last = queries.last_by(edition.id, signed_in().id)
    channel = last.channel if last is not None and last.channel in posting.CHANNELS else "post"
    return RegisterForm(
        formdata=None,
        channel=channel,
        pieces=pieces.USUAL[channel],
        kept_at=showing.kept_at(last) if last is not None else "",
    )


def _register_page(edition: Edition, form: RegisterForm) -> str:
    offered = queries.offered(edition.id)
    form.offer(offered.kinds, none=True)
    just = request.args.get("vua", "")
    line = queries.line(edition, just) if just else None
    return render_template(
        "intake/register.html",
        form=form,
        organs=offered.organs,
        just=line,
        told=showing.registered(edition, line) if line is not None else "",
        counted=posting.counted(edition),
    )


def _offered(edition: Edition) -> tuple[RegisterForm, Sequence[Category]]:
    """The form as it came, with the categories a work may be put in."""
    form, kinds = RegisterForm(request.form), categories(edition.id)
    form.offer([(each.public_id, each.name) for each in kinds], none=True)
    return form, kinds


@blueprint.route("/<slug>/tiep-nhan/ghi", methods=["GET", "POST"])
@sign_in_required
def register(slug: str) -> Answer:
    """One form for a parcel and its work; the next one comes at once."""
    edition, by = place(slug)
    require(permissions.can_register(by, edition))
    if request.method == "GET":
        return _register_page(edition, _blank(edition))
    form, kinds = _offered(edition)
    if not form.validate():
        return _register_page(edition, form), 422
    try:
        with deed() as done:
            line = operations.register(
                by=by,
                edition=edition,
                stamped_at=reached(),
                named=form.named(kinds),
                beside=queries.dossier_at(edition.id, request.form.get("entry", "")),
                **form.how,
            )
            return done(url_for("intake.register", slug=slug, vua=line.public_id))
    except Refused as refused:
        if refused.verdict.code not in FIELD_OF:
            raise
        form[FIELD_OF[refused.verdict.code]].errors = [refused.verdict.sentence]
        return _register_page(edition, form), 422


class Shown(NamedTuple):
    """The forms of a parcel's page as they were typed, where one of them is shown again."""

    correction: CorrectionForm | None = None
    work: WorkForm | None = None
    voiding: VoidForm | None = None


def parcel_page(at: Place, line: Line, shown: Shown = Shown()) -> str:
    edition, by = at
    parcel, sought = line.parcel, request.args.get("tim", "").strip()[:200]
    offered, work = queries.offered(edition.id), shown.work or WorkForm(formdata=None)
    work.offer(offered.kinds, none=False)
    may_change = permissions.can_change(by, edition, parcel)
    return render_template(
        "intake/parcel.html",
        line=line,
        parcel=parcel,
        code=showing.code(edition, parcel),
        way=posting.words(parcel.came),
        verdict=posting.verdict(edition, parcel.came),
        in_time=posting.in_time(edition, parcel.came),
        word=STATES[line.state],
        told=showing.told,
        correction=shown.correction or _stands(line),
        work=work,
        voiding=shown.voiding or VoidForm(formdata=None),
        organs=offered.organs if may_change else [],
        sought=sought,
        dossiers=queries.dossiers(edition.id, sought, beside=parcel.id) if sought and may_change else [],
        **_scans(at, line),
        may_change=may_change,
        may_begin=permissions.can_begin(by, edition, parcel),
        may_void=permissions.can_void(by, edition, parcel, works=len(line.works)),
        me=by.person_id,
    )


def _scans(at: Place, line: Line) -> dict[str, Any]:
    files = line.parcel.scans
    here: dict[str, Any] = {"slug": at.edition.slug, "parcel_id": line.parcel.public_id}
    return {
        "scans": files,
        "scan_removals": {each.id: url_for("intake.remove_scan", file_id=each.public_id, **here) for each in files},
        "scan_kinds": scanning.KINDS,
        "scan_bytes": scanning.MOST_BYTES,
        "scan_most": scanning.MOST,
    }


def _stands(line: Line) -> CorrectionForm:
    parcel = line.parcel
    return CorrectionForm(
        formdata=None,
        sender=parcel.sender,
        newsroom=line.newsroom,
        postmark=parcel.postmark_on,
        pieces=showing.held(parcel),
        kept_at=showing.kept_at(parcel),
        contents=parcel.contents,
    )


@blueprint.get("/<slug>/tiep-nhan/<parcel_id>")
@sign_in_required
def parcel(slug: str, parcel_id: str) -> Answer:
    at, line = parcel_at(slug, parcel_id)
    return parcel_page(at, line)


@blueprint.post("/<slug>/tiep-nhan/<parcel_id>")
@sign_in_required
def correct(slug: str, parcel_id: str) -> Answer:
    at, line = parcel_at(slug, parcel_id)
    require(permissions.can_change(at.by, at.edition, line.parcel))
    form = CorrectionForm(request.form)
    if not form.validate():
        return parcel_page(at, line, Shown(correction=form)), 422
    try:
        with deed() as done:
            operations.correct(
                by=at.by,
                edition=at.edition,
                parcel=line.parcel,
                sent=form.sent(line.parcel.channel),
                pieces=form.told,
                kept_at=form.kept_at.data,
            )
            done.after(lambda: flash(_("Đã lưu dòng số %(n)s.", n=dates.number(line.parcel.number)), "ok"))
            return done(parcel_address(slug, parcel_id))
    except Refused as refused:
        if refused.verdict.code != "postmark":
            raise
        form.postmark.errors = [refused.verdict.sentence]
        return parcel_page(at, line, Shown(correction=form)), 422


@blueprint.post("/<slug>/tiep-nhan/<parcel_id>/ghi-nham")
@sign_in_required
def void(slug: str, parcel_id: str) -> Answer:
    at, line = parcel_at(slug, parcel_id)
    require(permissions.can_change(at.by, at.edition, line.parcel))
    form = VoidForm(request.form)
    if not form.validate():
        return parcel_page(at, line, Shown(voiding=form)), 422
    with deed() as done:
        operations.void(by=at.by, edition=at.edition, parcel=line.parcel, reason=form.reason.data)
        return done(parcel_address(slug, parcel_id))
