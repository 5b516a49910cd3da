"""The register of press organs: whose works enter, and which of them are licensed."""

from datetime import date

from flask import flash, render_template, request, url_for
from flask_babel import gettext as _
from wtforms import Field

from award.clock import now
from award.dates import local
from award.doors import deed, found
from award.editions.forms.newsrooms import LICENSED, KindsForm, MergeForm, NewsroomForm, ParentForm, RenameForm
from award.editions.models import Edition
from award.editions.outlets import choices_of, chosen_of
from award.editions.permissions import Capacity, can_keep_newsrooms, can_read_setup
from award.editions.views.doors import Answer, blueprint, seen_edition
from award.paging import Turn, cut
from award.people import operations, organs
from award.people.models import Newsroom
from award.people.queries import newsroom_by_public_id, newsrooms_by_name
from award.people.signin import sign_in_required
from award.verdicts import Refused, require

LONG_AGO = date(1945, 1, 1)
"""Since when an organ bears its name, where nobody says so."""


def _page(edition: Edition, by: Capacity, form: NewsroomForm) -> str:
    form.kinds.choices = choices_of(edition.outlet_kinds)
    return render_template(
        "editions/setup/newsrooms.html",
        edition=edition,
        form=form,
        kind_words=edition.outlet_words,
        page=cut(newsrooms_by_name(local(now()).date()), Turn.read(request.args), lambda named: named[0].public_id),
        may_keep=bool(can_keep_newsrooms(by)),
    )


@blueprint.get("/<slug>/thiet-lap/co-quan")
@sign_in_required
def newsrooms(slug: str) -> Answer:
    edition, by = seen_edition(slug)
    require(can_read_setup(by))
    return _page(edition, by, NewsroomForm(None))


@blueprint.post("/<slug>/thiet-lap/co-quan")
@sign_in_required
def add_newsroom(slug: str) -> Answer:
    edition, by = seen_edition(slug)
    require(can_keep_newsrooms(by))
    form = NewsroomForm(request.form)
    form.kinds.choices = choices_of(edition.outlet_kinds)
    if not form.validate():
        return _page(edition, by, form), 422
    try:
        with deed() as done:
            licensed, since = form.licence.data == LICENSED, form.since.data or LONG_AGO
            kinds = form.kinds.data or ()
            operations.record_newsroom(
                by_id=by.person_id, name=form.name.data, licensed=licensed, since=since, kinds=kinds
            )
            done.after(lambda: flash(_("Đã ghi %(name)s.", name=form.name.data), "ok"))
            return done(url_for("editions.newsrooms", slug=slug))
    except Refused as refused:
        form.name.errors = [refused.verdict.sentence]
        return _page(edition, by, form), 422


@blueprint.post("/<slug>/thiet-lap/co-quan/<newsroom_id>/giay-phep")
@sign_in_required
def license_newsroom(slug: str, newsroom_id: str) -> Answer:
    _edition, by = seen_edition(slug)
    require(can_keep_newsrooms(by))
    newsroom = found(newsroom_by_public_id(newsroom_id))
    with deed() as done:
        licensed = request.form.get("licence") == LICENSED
        operations.say_licensed(by_id=by.person_id, newsroom=newsroom, licensed=licensed)
        return done(url_for("editions.newsrooms", slug=slug))


@blueprint.post("/<slug>/thiet-lap/co-quan/<newsroom_id>/loai")
@sign_in_required
def kinds_of_newsroom(slug: str, newsroom_id: str) -> Answer:
    edition, by = seen_edition(slug)
    require(can_keep_newsrooms(by))
    newsroom = found(newsroom_by_public_id(newsroom_id))
    with deed() as done:
        said = chosen_of(edition.outlet_kinds, request.form.getlist("kinds"))
        others = set(newsroom.kinds) - set(chosen_of(edition.outlet_kinds, newsroom.kinds))
        operations.say_kinds(by_id=by.person_id, newsroom=newsroom, kinds={*said, *others})
        done.after(lambda: flash(_("Đã ghi loại cơ quan."), "ok"))
        return done(url_for("editions.newsroom", slug=slug, newsroom_id=newsroom_id))


def _changing(
    edition: Edition, newsroom: Newsroom, renaming: RenameForm, merging: MergeForm, placing: ParentForm | None = None
) -> str:
    today = local(now()).date()
    others = [(other.public_id, name) for other, name in newsrooms_by_name(today) if other.id != newsroom.id]
    merging.into.choices = [("", ""), *others]
    above = organs.parent_of(newsroom)
    placing = placing or ParentForm(None, parent=above.public_id if above else "")
    placing.parent.choices = [("", _("chưa ghi")), *others]
    sorting = KindsForm(None, kinds=newsroom.kinds)
    sorting.kinds.choices = choices_of(edition.outlet_kinds)
    return render_template(
        "editions/setup/newsroom.html",
        edition=edition,
        organ=newsroom,
        name=newsroom.name_on(today),
        sorting=sorting,
        placing=placing,
        renaming=renaming,
        merging=merging,
    )


@blueprint.get("/<slug>/thiet-lap/co-quan/<newsroom_id>")
@sign_in_required
def newsroom(slug: str, newsroom_id: str) -> Answer:
    """The names one organ has borne, and what may become of it."""
    edition, by = seen_edition(slug)
    require(can_keep_newsrooms(by))
    return _changing(edition, found(newsroom_by_public_id(newsroom_id)), RenameForm(None), MergeForm(None))


@blueprint.post("/<slug>/thiet-lap/co-quan/<newsroom_id>/doi-ten")
@sign_in_required
def rename_newsroom(slug: str, newsroom_id: str) -> Answer:
    edition, by = seen_edition(slug)
    require(can_keep_newsrooms(by))
    organ, form = found(newsroom_by_public_id(newsroom_id)), RenameForm(request.form)
    if not form.validate():
        return _changing(edition, organ, form, MergeForm(None)), 422
    try:
        with deed() as done:
            assert form.since.data is not None
            organs.rename(by_id=by.person_id, newsroom=organ, name=form.name.data, since=form.since.data)
            return done(url_for("editions.newsroom", slug=slug, newsroom_id=newsroom_id))
    except Refused as refused:
        _say_beside(form.since if refused.verdict.code == "newsroom.day" else form.name, refused)
        return _changing(edition, organ, form, MergeForm(None)), 422


@blueprint.post("/<slug>/thiet-lap/co-quan/<newsroom_id>/hop-nhat")
@sign_in_required
def merge_newsroom(slug: str, newsroom_id: str) -> Answer:
    edition, by = seen_edition(slug)
    require(can_keep_newsrooms(by))
    organ, form = found(newsroom_by_public_id(newsroom_id)), MergeForm(request.form)
    form.into.choices = [(request.form.get("into", ""), "")]
    if not form.validate():
        return _changing(edition, organ, RenameForm(None), form), 422
    into = found(newsroom_by_public_id(form.into.data))
    try:
        with deed() as done:
            assert form.merged_on.data is not None
            organs.merge(by_id=by.person_id, newsroom=organ, into=into, since=form.merged_on.data)
            return done(url_for("editions.newsroom", slug=slug, newsroom_id=newsroom_id))
    except Refused as refused:
        _say_beside(form.merged_on if refused.verdict.code == "newsroom.day" else form.into, refused)
        return _changing(edition, organ, RenameForm(None), form), 422


@blueprint.post("/<slug>/thiet-lap/co-quan/<newsroom_id>/chu-quan")
@sign_in_required
def place_newsroom(slug: str, newsroom_id: str) -> Answer:
    edition, by = seen_edition(slug)
    require(can_keep_newsrooms(by))
    organ, form = found(newsroom_by_public_id(newsroom_id)), ParentForm(request.form)
    parent = found(newsroom_by_public_id(form.parent.data)) if form.parent.data else None
    try:
        with deed() as done:
            organs.stand_under(by_id=by.person_id, newsroom=organ, parent=parent)
            done.after(lambda: flash(_("Đã ghi cơ quan chủ quản."), "ok"))
            return done(url_for("editions.newsroom", slug=slug, newsroom_id=newsroom_id))
    except Refused as refused:
        _say_beside(form.parent, refused)
        return _changing(edition, organ, RenameForm(None), MergeForm(None), form), 422


def _say_beside(field: Field, refused: Refused) -> None:
    field.errors = [refused.verdict.sentence]
