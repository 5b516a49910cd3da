"""Changing frozen rules: what stands is changed on a form, looked at before and after, then put in force by a paper."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from flask import flash, render_template, request, url_for
from flask_babel import lazy_gettext

from award.doors import deed, found
from award.editions import amended, operations, saving
from award.editions.amended import Change
from award.editions.forms.amendments import CategoryAmendmentForm, PrizesAmendmentForm
from award.editions.forms.clauses import EntryAmendmentForm, JudgingAmendmentForm, RulesForm, stored_rules
from award.editions.matters import Stage
from award.editions.models import Edition
from award.editions.operations.amending import (
    ClauseSaid,
    Days,
    Paper,
    change_otherwise,
    prizes_otherwise,
    say_otherwise,
)
from award.editions.permissions import Capacity, can_amend
from award.editions.queries import amendments, category_of, with_rules
from award.editions.views.doors import Answer, blueprint, edition_in_setup
from award.features import told_of_amendments
from award.people.signin import sign_in_required
from award.verdicts import Refused, require


@dataclass(frozen=True)
class Kind:
    """One page by which something of the rules is changed. `find`: the thing within the edition that is meant."""

    template: str
    form: Callable[..., Any]
    stored: Callable[[Edition, Any], dict[str, Any]]
    act: Callable[[Capacity, Edition, Any, Any], Callable[[], object]]
    """What the form asks for, on rows of this edition, to be tried or put in force."""
    find: Callable[[Edition, Any], Any] = lambda edition, _key: edition
    stage: Stage | None = None


def _of_stage(stage: Stage) -> Callable[[Capacity, Edition, Any, Any], Callable[[], object]]:
    def act(by: Capacity, edition: Edition, _thing: Any, form: Any) -> Callable[[], object]:
        days = None
        if stage == "entry":
            days = Days(form.chosen_window, form.chosen_deadline, form.chosen_confirmation)
        return partial(say_otherwise, by=by, edition=edition, stage=stage, said=_said(form), days=days)

    return act


def _of_prizes(by: Capacity, edition: Edition, _thing: Any, form: Any) -> Callable[[], object]:
    return partial(prizes_otherwise, by=by, edition=edition, levels=saving.prize_specs(form))


def _of_category(by: Capacity, edition: Edition, category: Any, form: Any) -> Callable[[], object]:
    return partial(change_otherwise, by=by, edition=edition, category=category, said=saving.category_said(form))


KINDS: dict[str, Kind] = {
    "the-le": Kind(
        "amend", EntryAmendmentForm, lambda e, _t: stored_rules(e, "entry"), _of_stage("entry"), stage="entry"
    ),
    "quy-che-cham": Kind(
        "amend", JudgingAmendmentForm, lambda e, _t: stored_rules(e, "judging"), _of_stage("judging"), stage="judging"
    ),
    "co-cau-giai": Kind("amend_prizes", PrizesAmendmentForm, saving.stored_prizes, _of_prizes),
    "loai-hinh": Kind("amend_category", CategoryAmendmentForm, saving.stored_places, _of_category, category_of),
}


@blueprint.get("/<slug>/thiet-lap/sua-doi")
@sign_in_required
def amendments_made(slug: str) -> Answer:
    edition, by = edition_in_setup(slug)
    verdict = can_amend(by, edition)
    return render_template(
        "editions/setup/amendments.html",
        edition=edition,
        made=shown(edition.id),
        refused=None if verdict else str(verdict.sentence),
    )


@blueprint.route("/<slug>/thiet-lap/sua-doi/<what>", methods=["GET", "POST"])
@blueprint.route("/<slug>/thiet-lap/sua-doi/<what>/<key>", methods=["GET", "POST"])
@sign_in_required
def amend(slug: str, what: str, key: str | None = None) -> Answer:
    edition, by = edition_in_setup(slug)
    require(can_amend(by, edition))
    kind = found(KINDS.get(what))
    thing = found(kind.find(edition, key) or None)
    if request.method == "GET":
        form = _blank(kind, edition, data=kind.stored(edition, thing))
        form.stamp(form)
        return _page(kind, edition, thing, form)
    form = _blank(kind, edition, typed=request.form)
    if form.rearrange(request.form):
        return _page(kind, edition, thing, form)
    if not form.validate():
        return _page(kind, edition, thing, form), 422
    try:
        changes = operations.would_change(edition, kind.act(by, edition, thing, form))
    except Refused as refused:
        return _page(kind, edition, thing, form, fault=refused.verdict.sentence), 422
    if not changes or form.looked.data != _print(form) or "edit" in request.form:
        return _look(kind, edition, thing, form, changes)
    return _in_force(kind, by, edition, key, form)


def _blank(kind: Kind, edition: Edition, *, typed: Any = None, data: dict[str, Any] | None = None) -> Any:
    form = kind.form(formdata=typed, data=data)
    if hasattr(form, "offer"):
        form.offer(edition)
    return form


def _in_force(kind: Kind, by: Capacity, edition: Edition, key: str | None, form: Any) -> Answer:
    """What was looked at, by its paper, on rows that nobody else changes."""
    with deed() as done:
        edition = with_rules(edition.id, for_update=True)
        act = kind.act(by, edition, found(kind.find(edition, key) or None), form)
        paper = Paper(form.number.data, form.paper_day.data, form.reason.data)
        made = operations.amend(by=by, edition=edition, paper=paper, act=act)
        told = lazy_gettext("Đã sửa đổi lần %(n)s. Thư báo gửi đến %(people)s người.", n=made.ordinal, people=made.told)
        done.after(lambda: flash(str(told), "ok"))
        return done(url_for("editions.amendments_made", slug=edition.slug))


def shown(edition_id: int) -> list[dict[str, Any]]:
    """Every amendment with its lines, the newest first, for a page."""
    return [
        {"row": made, "cited": amended.cited(made), "lines": amended.lines_of(made)}
        for made in reversed(amendments(edition_id))
    ]


def _look(kind: Kind, edition: Edition, thing: Any, form: Any, changes: list[Change]) -> Answer:
    """The words before and after stand above what was typed; the next press of the button puts them in force."""
    if not changes:
        return _page(kind, edition, thing, form, nothing=True), 422
    form.looked.data, form.looked.raw_data = _print(form), None
    return _page(kind, edition, thing, form, changes=changes, people=told_of_amendments(edition.id))


def _page(kind: Kind, edition: Edition, thing: Any, form: Any, **more: Any) -> str:
    beside: dict[str, Any] = {}
    if kind.stage is not None:
        touched = {change.code for change in more.get("changes", ())}
        beside = {
            "standing": {code: words for code, (_label, words) in amended.words_of(edition, kind.stage).items()},
            "touched": touched | {row.form.definition.code for row in form.clause_rows if row.errors},
        }
    return render_template(
        f"editions/setup/{kind.template}.html",
        edition=edition,
        stage=kind.stage,
        thing=thing,
        form=form,
        **beside,
        **more,
    )


def _print(form: Any) -> str:
    """The same for the same words: what was shown before and after is what the second press sends."""
    kept, form.looked.data = form.looked.data, None
    try:
        return str(form.fingerprint())
    finally:
        form.looked.data = kept


def _said(form: RulesForm) -> dict[str, ClauseSaid]:
    """What the rows say, as values."""
    return {
        row.form.definition.code: ClauseSaid(
            row.form.answers if row.form.regulated else None,
            row.form.unregulated,
            row.form.source.data,
            row.form.illustrative.data,
        )
        for row in form.clause_rows
    }
