"""The doors to lists of works: the template, reading one in, looking it through, taking it in, submitting all."""

from typing import NamedTuple

from flask import Response, flash, render_template, request, url_for
from flask_babel import force_locale
from flask_babel import gettext as _

from award.arrival import reached
from award.clock import now
from award.documents.listings import old_cells
from award.documents.tables import xlsx
from award.doors import deed, found
from award.editions.models import Edition
from award.entries import operations as entering
from award.entries.declarations import asked_in
from award.entries.dossiers import Dossier
from award.entries.queries import leave_to_enter
from award.entries.views import whole_address
from award.history.forms import FileForm
from award.languages import OWN
from award.newsrooms import brought, importing, lists, matching, placing, showing
from award.newsrooms.finding import SoughtWork
from award.newsrooms.models import EntryImport
from award.newsrooms.permissions import Standing, can_bring_in, can_take_in
from award.newsrooms.queries import Organ, name_in
from award.newsrooms.views import Answer, blueprint, desk_at
from award.people.models import Person
from award.people.signin import sign_in_required, signed_in
from award.verdicts import Refused, Verdict, require

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

FILES_PAGE = 40


class Desk(NamedTuple):
    edition: Edition
    organ: Organ
    standing: Standing

    @property
    def may_bring_in(self) -> Verdict:
        """Whether lists are taken here now; a deadline of one's own is asked for where the ordinary one is over."""
        ordinary = can_bring_in(self.standing, self.edition, now())
        if ordinary:
            return ordinary
        leave = leave_to_enter(self.standing.by.person_id or 0, self.edition.id)
        return can_bring_in(self.standing, self.edition, now(), leave)


@blueprint.get("/<slug>/toa-soan/<newsroom_id>/mau.xlsx")
@sign_in_required
def blank(slug: str, newsroom_id: str) -> Answer:
    edition, organ, _standing = desk_at(slug, newsroom_id)
    with force_locale(OWN):
        book = xlsx(lists.blank(edition, organ, brought.kinds(edition.id), brought.topics(edition.id)))
    headers = {"Content-Disposition": f'attachment; filename="mau-danh-sach-tac-pham-{slug}.xlsx"'}
    return Response(book, content_type=XLSX, headers=headers)


def _bringing(desk: Desk, form: FileForm) -> str:
    return render_template(
        "newsrooms/bringing.html",
        organ=desk.organ,
        name=name_in(desk.organ.newsroom, desk.edition),
        lists=brought.lists(desk.edition.id, desk.organ.newsroom.id),
        form=form,
        may_bring_in=desk.may_bring_in,
        me=desk.standing.by.person_id,
    )


@blueprint.get("/<slug>/toa-soan/<newsroom_id>/nap")
@sign_in_required
def bringing(slug: str, newsroom_id: str) -> Answer:
    return _bringing(Desk(*desk_at(slug, newsroom_id)), FileForm(None))


@blueprint.post("/<slug>/toa-soan/<newsroom_id>/nap")
@sign_in_required
def read(slug: str, newsroom_id: str) -> Answer:
    desk = Desk(*desk_at(slug, newsroom_id))
    require(desk.may_bring_in)
    form = FileForm()
    if not form.validate():
        return _bringing(desk, form), 422
    try:
        with deed() as done:
            draft = importing.read_in(
                standing=desk.standing,
                edition=desk.edition,
                organ=desk.organ,
                content=form.content,
                file_name=form.name,
            )
            return done(url_for("newsrooms.draft", slug=slug, newsroom_id=newsroom_id, list_id=draft.public_id))
    except Refused as refused:
        form.file.errors = [refused.verdict.sentence]
        return _bringing(desk, form), 422


def _draft_at(slug: str, newsroom_id: str, list_id: str) -> tuple[Desk, EntryImport]:
    desk = Desk(*desk_at(slug, newsroom_id))
    return desk, found(brought.list_of(desk.edition.id, desk.organ.newsroom.id, list_id))


def _draft(desk: Desk, shown: EntryImport, fault: str = "") -> str:
    rows = importing.checked(desk.edition, desk.organ, shown)
    reviewed = showing.review(rows, sort=request.args.get("xem", ""), behind=request.args.get("sau", 0, type=int))
    leave = leave_to_enter(desk.standing.by.person_id or 0, desk.edition.id)
    may = can_take_in(desk.standing, desk.edition, shown, now(), bad=reviewed.bad, new=reviewed.new_works, leave=leave)
    return render_template(
        "newsrooms/draft.html",
        organ=desk.organ,
        name=name_in(desk.organ.newsroom, desk.edition),
        draft=shown,
        unused=(shown.draft or {}).get("unused", ()),
        review=reviewed,
        old_cells=old_cells(shown.draft or {}),
        sort=request.args.get("xem", ""),
        first_page="sau" not in request.args,
        words=showing.ROW_WORDS,
        fault=fault,
        may_take_in=may,
        declarations=[each.words for each in asked_in(desk.edition).values() if each.required],
    )


@blueprint.get("/<slug>/toa-soan/<newsroom_id>/nap/<list_id>")
@sign_in_required
def draft(slug: str, newsroom_id: str, list_id: str) -> Answer:
    """A list to look through before anything of it is entered."""
    desk, shown = _draft_at(slug, newsroom_id, list_id)
    found(shown if shown.state == "draft" else None)
    return _draft(desk, shown)


@blueprint.post("/<slug>/toa-soan/<newsroom_id>/nap/<list_id>")
@sign_in_required
def take_in(slug: str, newsroom_id: str, list_id: str) -> Answer:
    desk, shown = _draft_at(slug, newsroom_id, list_id)
    require(desk.may_bring_in)
    declared = request.form.get("declared") == "y"
    try:
        with deed() as done:
            importing.take_in(
                standing=desk.standing, edition=desk.edition, organ=desk.organ, draft=shown, declared=declared
            )
            done.after(lambda: flash(_("Đã nạp %(n)s tác phẩm, chưa nộp.", n=shown.works), "ok"))
            return done(url_for("newsrooms.works", slug=slug, newsroom_id=newsroom_id, xem="chua-nop"))
    except Refused as refused:
        if refused.verdict.code not in {"faults", "nothing_new"}:
            raise
        return _draft(desk, shown, refused.verdict.sentence), 422


@blueprint.post("/<slug>/toa-soan/<newsroom_id>/nap/<list_id>/doi-ma")
@sign_in_required
def in_unicode(slug: str, newsroom_id: str, list_id: str) -> Answer:
    """What an old encoding wrote in the list is taken as it reads."""
    desk, shown = _draft_at(slug, newsroom_id, list_id)
    require(desk.may_bring_in)
    with deed() as done:
        count = importing.in_unicode(standing=desk.standing, edition=desk.edition, draft=shown)
        done.after(lambda: flash(_("Đã chuyển %(n)s ô sang Unicode.", n=count), "ok"))
        return done(url_for("newsrooms.draft", slug=slug, newsroom_id=newsroom_id, list_id=list_id))


@blueprint.post("/<slug>/toa-soan/<newsroom_id>/nap/<list_id>/bo")
@sign_in_required
def discard(slug: str, newsroom_id: str, list_id: str) -> Answer:
    desk, shown = _draft_at(slug, newsroom_id, list_id)
    with deed() as done:
        importing.discard(standing=desk.standing, edition=desk.edition, draft=shown)
        done.after(lambda: flash(_("Đã bỏ tệp; chưa có gì được ghi vào hệ thống."), "ok"))
        return done(url_for("newsrooms.bringing", slug=slug, newsroom_id=newsroom_id))


@blueprint.post("/<slug>/toa-soan/<newsroom_id>/nop")
@sign_in_required
def submit_all(slug: str, newsroom_id: str) -> Answer:
    """Which dossiers are complete is shown first; `viec` says that this is meant."""
    arrived_at = reached()
    desk = Desk(*desk_at(slug, newsroom_id))
    if request.form.get("viec") != "nop":
        require(desk.may_bring_in)
        titles = importing.complete(desk.edition, desk.organ, desk.standing)
        name = name_in(desk.organ.newsroom, desk.edition)
        return render_template("newsrooms/submitting.html", organ=desk.organ, name=name, titles=titles)
    with deed() as done:
        outcome = importing.submit_all(
            standing=desk.standing, edition=desk.edition, organ=desk.organ, arrived_at=arrived_at
        )
        _send_receipts(desk.edition, signed_in(), outcome)
        done.after(lambda: flash(showing.submitted(outcome), "ok" if not outcome.left else "warn"))
        return done(url_for("newsrooms.works", slug=slug, newsroom_id=newsroom_id))


def _send_receipts(edition: Edition, owner: Person, outcome: importing.Submitted) -> None:
    for key, receipt in outcome.receipts:
        there = whole_address(url_for("entries.receipt", slug=edition.slug, entry_id=key))
        entering.send_receipt(receipt=receipt, edition=edition, owner=owner, address=there, paper=f"{there}.pdf")


@blueprint.get("/<slug>/toa-soan/<newsroom_id>/tep")
@sign_in_required
def files(slug: str, newsroom_id: str) -> Answer:
    """Many files chosen at once, each sent to the place its list names."""
    desk = Desk(*desk_at(slug, newsroom_id))
    require(desk.may_bring_in)
    after = request.args.get("sau", "")
    listed = _drafts_for_files(desk, after)
    shown = [(work, matching.waiting(work, named)) for work, named in listed[:FILES_PAGE]]
    rows = brought.files_of([work.id for work, _waiting in shown])
    return render_template(
        "newsrooms/files.html",
        organ=desk.organ,
        name=name_in(desk.organ.newsroom, desk.edition),
        shown=shown,
        rows=rows,
        left=sum(each.left for _work, waiting in shown for each in waiting if each.place),
        named=any(named for _work, named in listed),
        turn={"sau": after} if after else {},
        behind=shown[-1][0].key if len(listed) > FILES_PAGE else "",
    )


def _drafts_for_files(desk: Desk, after: str) -> list[tuple[Dossier, list[brought.Expected]]]:
    family, person_id = desk.organ.family, signed_in().id
    return brought.drafts_for_files(desk.edition.id, family, person_id, after=after, limit=FILES_PAGE + 1)


@blueprint.post("/<slug>/toa-soan/<newsroom_id>/tep")
@sign_in_required
def place_files(slug: str, newsroom_id: str) -> Answer:
    """Where the files belong whose names are asked of, among the works of one page."""
    paths = placing.paths_asked()
    desk = Desk(*desk_at(slug, newsroom_id))
    require(desk.may_bring_in)
    listed = _drafts_for_files(desk, request.args.get("sau", ""))[:FILES_PAGE]
    return placing.told(paths, [SoughtWork(work, expected=tuple(named)) for work, named in listed])
