"""Changing frozen rules: what stands is changed on a form, looked at before and after, then put in force by a paper."""

from typing import Any

from flask import flash, render_template, request, url_for
from flask_babel import gettext as _

from award.doors import deed, found
from award.editions import amended, operations
from award.editions.amended import Change
from award.editions.clauses import Rule, rules
from award.editions.forms.clauses import EntryAmendmentForm, JudgingAmendmentForm, RulesForm, stored_rules
from award.editions.matters import Stage
from award.editions.models import Edition
from award.editions.operations.amending import ClauseSaid, Paper
from award.editions.permissions import can_amend
from award.editions.queries import amendments, with_rules
from award.editions.views.doors import Answer, blueprint, edition_in_setup
from award.features import told_of_amendments
from award.people.signin import sign_in_required
from award.verdicts import require

STAGES: dict[str, tuple[Stage, type[Any]]] = {
    "the-le": ("entry", EntryAmendmentForm),
    "quy-che-cham": ("judging", JudgingAmendmentForm),
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
@sign_in_required
def amend(slug: str, what: str) -> Answer:
    edition, by = edition_in_setup(slug)
    require(can_amend(by, edition))
    stage, kind = found(STAGES.get(what))
    if request.method == "GET":
        form = kind(formdata=None, data=stored_rules(edition, stage))
        form.stamp(form)
        return _page(edition, stage, form)
    form = kind(formdata=request.form)
    if not form.validate():
        return _page(edition, stage, form), 422
    changes = _changes(edition, stage, form)
    if not changes or form.looked.data != _print(form) or "edit" in request.form:
        return _look(edition, stage, form, changes)
    with deed() as done:
        edition = with_rules(edition.id, for_update=True)
        paper = Paper(form.number.data, form.paper_day.data, form.reason.data)
        made = operations.amend_clauses(by=by, edition=edition, stage=stage, paper=paper, said=_said(form))
        told = _("Đã sửa đổi lần %(n)s. Thư báo gửi đến %(people)s người.", n=made.ordinal, people=made.told)
        done.after(lambda: flash(told, "ok"))
        return done(url_for("editions.amendments_made", slug=slug))


def shown(edition_id: int) -> list[dict[str, Any]]:
    """Every amendment with its lines, the newest first, for a page."""
    return [
        {"row": made, "cited": amended.cited(made), "lines": amended.lines_of(made)}
        for made in reversed(amendments(edition_id))
    ]


def _look(edition: Edition, stage: Stage, form: Any, changes: list[Change]) -> Answer:
    """The words before and after stand above what was typed; the next press of the button puts them in force."""
    if not changes:
        return _page(edition, stage, form, nothing=True), 422
    form.looked.data, form.looked.raw_data = _print(form), None
    return _page(edition, stage, form, changes=changes, people=told_of_amendments(edition.id))


def _page(edition: Edition, stage: Stage, form: Any, **more: Any) -> str:
    touched = {change.code for change in more.get("changes", ())}
    return render_template(
        "editions/setup/amend.html",
        edition=edition,
        stage=stage,
        form=form,
        standing={code: words for code, (_label, words) in amended.words_of(edition, stage).items()},
        touched=touched | {row.form.definition.code for row in form.clause_rows if row.errors},
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


def _changes(edition: Edition, stage: Stage, form: RulesForm) -> list[Change]:
    """What would be another than it is. Nothing is saved."""
    before, after = amended.words_of(edition, stage), {}
    said = _said(form)
    for rule in rules(edition, stage):
        code = rule.definition.code
        if code in before:
            after[code] = before[code] if code not in said else amended.words_as(_as_said(rule, said[code]))
    return amended.changes_between(before, after)


def _as_said(rule: Rule, said: ClauseSaid) -> Rule:
    value = None if said.unregulated else said.value
    return Rule(rule.definition, rule.edition, value, said.unregulated, said.source, said.illustrative)
