"""The doors of earlier editions: their works for everybody, and for the staff the lists they are read from."""

from flask import Blueprint, Response, flash, render_template, request, url_for
from flask_babel import force_locale
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from award.db import session
from award.documents.listings import old_cells
from award.documents.tables import csv, xlsx
from award.doors import deed, found
from award.editions.models import Edition
from award.editions.permissions import Capacity, can_see
from award.editions.queries import capacity, edition_by_slug
from award.history import operations, papers, permissions, queries, showing
from award.history.forms import FileForm, TakingBackForm, TakingInForm
from award.history.models import HistoryImport
from award.history.naming import award_key
from award.languages import OWN
from award.paging import Turn
from award.people.models import Person
from award.people.signin import current_person, sign_in_required
from award.verdicts import Refused, require

blueprint = Blueprint("history", __name__)

Answer = str | BaseResponse | tuple[str, int]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _seen(slug: str) -> tuple[Edition, Capacity]:
    edition = found(edition_by_slug(slug))
    by = capacity(current_person(), edition)
    found(can_see(by, edition) or None)
    return edition, by


def _kept(slug: str) -> tuple[Edition, Capacity]:
    """The same for who sees the lists."""
    edition, by = _seen(slug)
    require(permissions.can_read_lists(by))
    return edition, by


def _list(slug: str, list_id: str) -> tuple[Edition, Capacity, HistoryImport]:
    edition, by = _kept(slug)
    return edition, by, found(queries.list_of(edition.award_id, list_id))


def _workbook(content: bytes, name: str) -> Response:
    return Response(content, content_type=XLSX, headers={"Content-Disposition": f'attachment; filename="{name}.xlsx"'})


@blueprint.get("/<slug>/cac-lan-truoc")
def works(slug: str) -> Answer:
    edition, by = _seen(slug)
    staff = bool(permissions.can_read_lists(by))
    held = queries.editions_held(edition.award_id, staff=staff, but=edition.id)
    chosen = next((each for each in held if each.key == request.args.get("lan")), None)
    words = request.args.get("tim", "").strip()[:100]
    asked = queries.works(edition.award_id, staff=staff, but=edition.id, held=chosen, words=words)
    page = queries.page_of(asked, Turn.read(request.args))
    return render_template(
        "history/works.html",
        held=[(each, showing.called(each, edition.award.name)) for each in held],
        chosen=chosen,
        words=words,
        page=page,
        ours=award_key(edition.award.name),
        staff=staff,
    )


@blueprint.get("/<slug>/cac-lan-truoc/tac-pham/<work_id>")
def work(slug: str, work_id: str) -> Answer:
    """What one work was given over the editions; without a session only what is public of it."""
    edition, by = _seen(slug)
    staff = bool(permissions.can_read_lists(by))
    prizes = found(queries.over_editions(edition.award_id, work_id, staff=staff) or None)
    return render_template("history/work.html", edition=edition, prizes=prizes, staff=staff)


@blueprint.get("/<slug>/cac-lan-truoc/danh-sach.<ending>")
@sign_in_required
def export(slug: str, ending: str) -> Answer:
    edition, _by = _kept(slug)
    kind = found({"xlsx": XLSX, "csv": "text/csv; charset=utf-8"}.get(ending))
    held = queries.editions_held(edition.award_id, staff=True, but=edition.id)
    chosen = next((each for each in held if each.key == request.args.get("lan")), None)
    asked = queries.works(edition.award_id, staff=True, but=edition.id, held=chosen, words=request.args.get("tim", ""))
    with force_locale(OWN):
        sheet = papers.recorded(edition, session.scalars(asked).all())
        content = xlsx([sheet]) if ending == "xlsx" else csv(sheet)
    headers = {"Content-Disposition": f'attachment; filename="cac-lan-truoc.{ending}"'}
    return Response(content, content_type=kind, headers=headers)


@blueprint.get("/<slug>/cac-lan-truoc/mau.xlsx")
@sign_in_required
def blank(slug: str) -> Answer:
    edition, _by = _kept(slug)
    with force_locale(OWN):
        book = xlsx(papers.blank(edition))
    return _workbook(book, "mau-danh-sach-doat-giai")


def _lists(edition: Edition, by: Capacity, form: FileForm) -> str:
    return render_template(
        "history/lists.html",
        page=queries.lists(edition.award_id, Turn.read(request.args)),
        form=form,
        may_bring_in=bool(permissions.can_bring_in(by, edition)),
        me=by.person_id,
    )


@blueprint.get("/<slug>/cac-lan-truoc/nap")
@sign_in_required
def lists(slug: str) -> Answer:
    edition, by = _kept(slug)
    return _lists(edition, by, FileForm(None))


@blueprint.post("/<slug>/cac-lan-truoc/nap")
@sign_in_required
def read(slug: str) -> Answer:
    edition, by = _kept(slug)
    require(permissions.can_bring_in(by, edition))
    form = FileForm()
    if not form.validate():
        return _lists(edition, by, form), 422
    try:
        with deed() as done:
            draft = operations.read_in(by=by, edition=edition, content=form.content, file_name=form.name)
            return done(url_for("history.one", slug=slug, list_id=draft.public_id))
    except Refused as refused:
        form.file.errors = [refused.verdict.sentence]
        return _lists(edition, by, form), 422


def _draft(edition: Edition, by: Capacity, draft: HistoryImport, fault: str = "") -> str:
    sort = request.args.get("xem", "")
    reviewed = showing.review(operations.checked(edition, draft), sort, Turn.read(request.args))
    before = queries.done_before(edition.award_id, draft.file_sha256)
    return render_template(
        "history/draft.html",
        draft=draft,
        unused=(draft.draft or {}).get("unused", ()),
        review=reviewed,
        old_cells=old_cells(draft.draft or {}),
        sort=sort,
        words=showing.WORDS,
        before=before,
        form=TakingInForm(None),
        fault=fault,
        may_bring_in=bool(permissions.can_bring_in(by, edition)),
        may_take_in=bool(permissions.can_take_in(by, edition, draft, reviewed.bad, reviewed.new)),
    )


@blueprint.get("/<slug>/cac-lan-truoc/nap/<list_id>")
@sign_in_required
def one(slug: str, list_id: str) -> Answer:
    """A draft to look through; or what a list brought, and what became of it."""
    edition, by, shown = _list(slug, list_id)
    if shown.state == "draft":
        return _draft(edition, by, shown)
    people = {person_id: session.get_one(Person, person_id).legal_name for person_id in _people(shown)}
    return render_template(
        "history/list.html",
        shown=shown,
        page=queries.works_of(shown.id, Turn.read(request.args)),
        public=queries.how_many_public(shown.id),
        people=people,
        may_take_back=bool(permissions.can_take_back(by, edition, shown)),
    )


def _people(shown: HistoryImport) -> set[int]:
    return {person for person in (shown.done_by_id, shown.taken_back_by_id) if person is not None}


@blueprint.post("/<slug>/cac-lan-truoc/nap/<list_id>")
@sign_in_required
def take_in(slug: str, list_id: str) -> Answer:
    edition, by, draft = _list(slug, list_id)
    require(permissions.can_bring_in(by, edition))
    form = TakingInForm()
    try:
        with deed() as done:
            operations.take_in(by=by, edition=edition, draft=draft, public=bool(form.public.data))
            done.after(lambda: flash(_("Đã nạp %(n)s tác phẩm.", n=draft.works), "ok"))
            return done(url_for("history.one", slug=slug, list_id=list_id))
    except Refused as refused:
        if draft.state != "draft":
            raise
        return _draft(edition, by, draft, refused.verdict.sentence), 422


@blueprint.post("/<slug>/cac-lan-truoc/nap/<list_id>/doi-ma")
@sign_in_required
def in_unicode(slug: str, list_id: str) -> Answer:
    """What an old encoding wrote in the list is taken as it reads."""
    edition, by, draft = _list(slug, list_id)
    with deed() as done:
        count = operations.in_unicode(by=by, edition=edition, draft=draft)
        done.after(lambda: flash(_("Đã chuyển %(n)s ô sang Unicode.", n=count), "ok"))
        return done(url_for("history.one", slug=slug, list_id=list_id))


@blueprint.post("/<slug>/cac-lan-truoc/nap/<list_id>/bo")
@sign_in_required
def discard(slug: str, list_id: str) -> Answer:
    edition, by, draft = _list(slug, list_id)
    with deed() as done:
        operations.discard(by=by, edition=edition, draft=draft)
        done.after(lambda: flash(_("Đã bỏ tệp; chưa có gì được ghi vào hệ thống."), "ok"))
        return done(url_for("history.lists", slug=slug))


@blueprint.post("/<slug>/cac-lan-truoc/nap/<list_id>/cong-khai")
@sign_in_required
def show(slug: str, list_id: str) -> Answer:
    edition, by, shown = _list(slug, list_id)
    with deed() as done:
        operations.show(by=by, edition=edition, done=shown, public=request.form.get("public") == "y")
        return done(url_for("history.one", slug=slug, list_id=list_id))


@blueprint.get("/<slug>/cac-lan-truoc/nap/<list_id>/go")
@sign_in_required
def taking_back(slug: str, list_id: str) -> Answer:
    edition, by, shown = _list(slug, list_id)
    require(permissions.can_take_back(by, edition, shown))
    return render_template("history/taking_back.html", shown=shown, form=TakingBackForm(None), fault="")


@blueprint.post("/<slug>/cac-lan-truoc/nap/<list_id>/go")
@sign_in_required
def take_back(slug: str, list_id: str) -> Answer:
    edition, by, shown = _list(slug, list_id)
    require(permissions.can_take_back(by, edition, shown))
    form = TakingBackForm()
    if not form.validate():
        return render_template("history/taking_back.html", shown=shown, form=form, fault=""), 422
    try:
        with deed() as done:
            operations.take_back(by=by, edition=edition, done=shown, reason=form.reason.data)
            done.after(lambda: flash(_("Đã gỡ danh sách: %(n)s tác phẩm.", n=shown.works), "ok"))
            return done(url_for("history.lists", slug=slug))
    except Refused as refused:
        fault = refused.verdict.sentence
        return render_template("history/taking_back.html", shown=shown, form=form, fault=fault), 422
