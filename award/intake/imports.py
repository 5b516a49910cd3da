"""The doors to the secretariat's own lists: the template, reading one in, looking it through, taking it in."""

from flask import Response, flash, render_template, request, url_for
from flask_babel import force_locale
from flask_babel import gettext as _

from award import dates
from award.documents.listings import old_cells
from award.documents.tables import xlsx
from award.doors import deed, found
from award.editions.posting import CHANNELS
from award.entries.declarations import asked_in
from award.history.forms import FileForm
from award.intake import importing, permissions
from award.intake.columns import FIELDS, OF_PARCEL
from award.intake.views import Answer, Place, blueprint, place
from award.languages import OWN
from award.newsrooms import brought, showing
from award.newsrooms.imports import XLSX
from award.newsrooms.lists import to_fill
from award.newsrooms.models import EntryImport
from award.people.signin import sign_in_required
from award.verdicts import Refused, require


@blueprint.get("/<slug>/tiep-nhan/mau.xlsx")
@sign_in_required
def blank(slug: str) -> Answer:
    edition, _by = place(slug)
    with force_locale(OWN):
        offered = {"way": tuple(str(each) for each in CHANNELS.values())}
        book = xlsx(to_fill(FIELDS, brought.kinds(edition.id), brought.topics(edition.id), offered=offered))
    headers = {"Content-Disposition": f'attachment; filename="mau-so-tiep-nhan-{slug}.xlsx"'}
    return Response(book, content_type=XLSX, headers=headers)


def _bringing(at: Place, form: FileForm) -> str:
    return render_template(
        "intake/bringing.html",
        lists=brought.lists(at.edition.id, None),
        form=form,
        may_bring_in=permissions.can_bring_in(at.by, at.edition),
        me=at.by.person_id,
    )


@blueprint.get("/<slug>/tiep-nhan/nap")
@sign_in_required
def bringing(slug: str) -> Answer:
    return _bringing(place(slug), FileForm(None))


@blueprint.post("/<slug>/tiep-nhan/nap")
@sign_in_required
def read(slug: str) -> Answer:
    at = place(slug)
    require(permissions.can_bring_in(at.by, at.edition))
    form = FileForm()
    if not form.validate():
        return _bringing(at, form), 422
    try:
        with deed() as done:
            draft = importing.read_in(by=at.by, edition=at.edition, content=form.content, file_name=form.name)
            return done(url_for("intake.draft", slug=slug, list_id=draft.public_id))
    except Refused as refused:
        form.file.errors = [refused.verdict.sentence]
        return _bringing(at, form), 422


def _draft_at(slug: str, list_id: str) -> tuple[Place, EntryImport]:
    at = place(slug)
    return at, found(brought.list_of(at.edition.id, None, list_id))


def _draft(at: Place, shown: EntryImport, fault: str = "") -> str:
    rows, sort = importing.checked(at.edition, shown), request.args.get("xem", "")
    reviewed = showing.review(rows, sort=sort, behind=request.args.get("sau", 0, type=int))
    bundles = importing.bundles(rows)
    may = permissions.can_take_in(at.by, at.edition, shown, bad=reviewed.bad, new=reviewed.new_works)
    return render_template(
        "intake/draft.html",
        draft=shown,
        unused=(shown.draft or {}).get("unused", ()),
        review=reviewed,
        old_cells=old_cells(shown.draft or {}),
        parcels=len(bundles),
        late=importing.late(at.edition, bundles),
        sort=sort,
        first_page="sau" not in request.args,
        words=showing.ROW_WORDS,
        more=[(each.name, each.heading) for each in OF_PARCEL],
        fault=fault,
        may_take_in=may,
        declarations=[each.words for each in asked_in(at.edition).values() if each.required],
    )


@blueprint.get("/<slug>/tiep-nhan/nap/<list_id>")
@sign_in_required
def draft(slug: str, list_id: str) -> Answer:
    """A list to look through before anything of it is written down."""
    at, shown = _draft_at(slug, list_id)
    found(shown if shown.state == "draft" else None)
    return _draft(at, shown)


@blueprint.post("/<slug>/tiep-nhan/nap/<list_id>")
@sign_in_required
def take_in(slug: str, list_id: str) -> Answer:
    at, shown = _draft_at(slug, list_id)
    require(permissions.can_bring_in(at.by, at.edition))
    declared = request.form.get("declared") == "y"
    try:
        with deed() as done:
            taken = importing.take_in(by=at.by, edition=at.edition, draft=shown, declared=declared)
            done.after(lambda: flash(_told(taken), "ok" if not taken.late else "warn"))
            return done(url_for("intake.ledger", slug=slug))
    except Refused as refused:
        if refused.verdict.code not in {"faults", "nothing_new"}:
            raise
        return _draft(at, shown, refused.verdict.sentence), 422


def _told(taken: importing.TakenIn) -> str:
    parcels, works = dates.number(taken.parcels), dates.number(taken.works)
    said = str(_("Đã ghi %(parcels)s gói, lập %(works)s hồ sơ, chưa nộp.", parcels=parcels, works=works))
    if taken.late:
        late = dates.number(taken.late)
        said += " " + str(_("%(n)s tác phẩm gửi quá hạn: ghi vào sổ, không lập hồ sơ.", n=late))
    return said


@blueprint.post("/<slug>/tiep-nhan/nap/<list_id>/doi-ma")
@sign_in_required
def in_unicode(slug: str, list_id: str) -> Answer:
    """What an old encoding wrote in the list is taken as it reads."""
    at, shown = _draft_at(slug, list_id)
    with deed() as done:
        count = importing.in_unicode(by=at.by, edition=at.edition, draft=shown)
        done.after(lambda: flash(_("Đã chuyển %(n)s ô sang Unicode.", n=count), "ok"))
        return done(url_for("intake.draft", slug=slug, list_id=list_id))


@blueprint.post("/<slug>/tiep-nhan/nap/<list_id>/bo")
@sign_in_required
def discard(slug: str, list_id: str) -> Answer:
    at, shown = _draft_at(slug, list_id)
    with deed() as done:
        importing.discard(by=at.by, edition=at.edition, draft=shown)
        done.after(lambda: flash(_("Đã bỏ tệp; chưa có gì được ghi vào hệ thống."), "ok"))
        return done(url_for("intake.bringing", slug=slug))
