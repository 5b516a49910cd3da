"""The staff's doors after the decision: taking a prize back, giving its place, correcting a word, the second person.

Those that lower a prize or give a vacant place stand in `places_pages`.
"""

from functools import partial
from typing import Any

from flask import flash, render_template, request, url_for
from flask_babel import gettext as _

from award.clock import now
from award.db import session
from award.documents.answers import file_asked, kept_asked, list_asked
from award.documents.paper import Paper as DecisionPaper
from award.doors import deed, found
from award.editions.clauses import rule
from award.editions.entering import entered
from award.editions.models import Countersign, Edition, PrizeLevel
from award.editions.permissions import Capacity, can_countersign
from award.entries.models import Entry
from award.features import number_remark, suggested_number
from award.issued.files import content
from award.issued.queries import standing
from award.people.signin import sign_in_required
from award.results import front, later, lists, papers_after, permissions, queries, rulings, succession
from award.results.forms import PlaceForm, RulingForm, WordForm
from award.results.later import Paper, Word, tied
from award.results.models import Honour, Result, Ruling
from award.results.remembered import Answer
from award.results.rulings import Waiting
from award.results.views import blueprint
from award.results.words import FIELD_WORDS, words_of
from award.verdicts import Refused, require

REDONE = {"waits", "not_in_line", "not_named", "not_lower", "same", "quota", "holds_other"}
"""Refusals that are told on the page of the form."""


def place(slug: str) -> tuple[Edition, Capacity]:
    return entered(slug, permissions.can_read)


def prize_of(slug: str, prize_id: str) -> tuple[Edition, Capacity, Result | Honour]:
    """A prize that was decided, for who may rule on it."""
    edition, by = place(slug)
    prize = rulings.prize(edition.id, prize_id)
    found(prize)
    assert prize is not None
    require(permissions.can_rule(by, queries.decision(edition.id), tied=tied(prize.entry_id, by.person_id)))
    return edition, by, prize


@blueprint.get("/<slug>/sau-cong-bo")
@sign_in_required
def after(slug: str) -> Answer:
    decided = found(queries.told(slug, now())).decision
    edition, by = place(slug)
    waiting, done = rulings.after_decision(edition.id)
    levels, works = queries.ladder(edition.id, "decided")
    taken = list_asked(f"sau-cong-bo-{slug}", lambda: lists.recorded(edition, done))
    return taken or render_template(
        "results/after.html",
        works=works,
        honours=queries.honours(edition.id, "decided"),
        decision=decided,
        waiting=[(each, _issued(edition, each), *_may(by, each)) for each in waiting],
        done=done,
        may_rule=bool(permissions.can_rule(by, decided, tied=False)),
        vacant=[each for each in front.by_level(works, levels) if each.vacant and each.level.kind == "main"],
        field_words=FIELD_WORDS,
    )


def _issued(edition: Edition, one: Waiting) -> DecisionPaper | None:
    """The paper that is kept when the second person confirms, which is to be read before."""
    return papers_after.written(edition, one.ruling) if one.ruling else None


def _may(by: Capacity, one: Waiting) -> tuple[bool, bool]:
    """Whether this person may confirm it, and take it back."""
    row = one.ruling or one.correction
    ties = row is not None and tied(rulings.entry_of(row), by.person_id)
    may_confirm = can_countersign(by, one.sign) and permissions.impartial(tied=ties)
    return bool(may_confirm), bool(permissions.can_withdraw_ruling(by, one.sign, tied=ties))


def _revoking(edition: Edition, prize: Result | Honour, form: RulingForm, fault: str = "") -> str:
    level = session.get_one(PrizeLevel, prize.prize_level_id)
    title = prize.recipient if isinstance(prize, Honour) else session.get_one(Entry, prize.entry_id).title
    words = {"level": level, "title": title, "of_work": isinstance(prize, Result), "fault": fault}
    words["next_number"] = suggested_number(edition.id, rulings.PAPER_OF["revoked"])
    return render_template("results/revoke.html", edition=edition, prize=prize, form=form, **words)


def ruling_form(edition: Edition, kind: type[RulingForm]) -> Any:
    """The form as it came; before it came with body and signatory of the decision."""
    if request.method == "POST":
        return kind(request.form)
    decided = queries.decision(edition.id)
    form = kind(None)
    if decided is not None:
        form.body.data, form.signatory.data = decided.body, decided.signatory
    form.case_code.data = request.args.get("kien-nghi", "")[:20]
    return form


@blueprint.route("/<slug>/sau-cong-bo/thu-hoi/<prize_id>", methods=["GET", "POST"])
@sign_in_required
def revoke(slug: str, prize_id: str) -> Answer:
    edition, by, prize = prize_of(slug, prize_id)
    require(permissions.can_take_back(prize))
    form = ruling_form(edition, RulingForm)
    if request.method == "GET":
        return _revoking(edition, prize, form)
    if not form.validate():
        return _revoking(edition, prize, form), 422
    try:
        with deed() as done:
            later.propose_revocation(by=by, edition=edition, prize=prize, paper=Paper(**form.paper))
            done.after(said)
            return done(url_for("results.after", slug=slug))
    except Refused as refused:
        if refused.verdict.code not in REDONE:
            raise
        return _revoking(edition, prize, form, refused.verdict.sentence), 422


@blueprint.get("/<slug>/sau-cong-bo/thu-hoi/<prize_id>/quyet-dinh.<ending>")
@sign_in_required
def revocation_paper(slug: str, prize_id: str, ending: str) -> Answer:
    """The decision to take the prize back as a draft, with room for number and reason until these are recorded."""
    edition, _by, prize = prize_of(slug, prize_id)
    ruling = rulings.ruling_on(prize)
    return file_asked(f"thu-hoi-{prize_id}", ending, paper=lambda: papers_after.revocation(edition, prize, ruling))


@blueprint.get("/<slug>/sau-cong-bo/xet-tiep/<ruling_id>/<entry_id>/quyet-dinh.<ending>")
@sign_in_required
def succession_paper(slug: str, ruling_id: str, entry_id: str, ending: str) -> Answer:
    """The decision that gives the place to this work of the line, as a draft."""
    edition, _by, ruling = _vacant(slug, ruling_id)
    line = succession.next_in_line(ruling.entry_id or 0, rulings.level_of(ruling))
    entry = found(succession.found(line, entry_id)).entry
    draft = partial(papers_after.succession, edition, rulings.level_of(ruling), ruling, entry, None)
    return file_asked(f"trao-giai-{entry_id}", ending, paper=draft)


@blueprint.get("/<slug>/sau-cong-bo/van-ban/<ruling_id>.<ending>")
@sign_in_required
def ruling_paper(slug: str, ruling_id: str, ending: str) -> Answer:
    """The paper as it was issued; while it waits for the second person, as it will be."""
    edition, _by = place(slug)
    ruling = found(rulings.recorded(edition.id, ruling_id))
    if kept := standing(edition.id, rulings.PAPER_OF[ruling.kind], ruling_id):
        return kept_asked(f"quyet-dinh-{ruling_id}", ending, partial(content, kept))
    return file_asked(f"quyet-dinh-{ruling_id}", ending, paper=lambda: papers_after.written(edition, ruling))


def _vacant(slug: str, ruling_id: str) -> tuple[Edition, Capacity, Ruling]:
    """The revocation whose place may be given, for who may rule."""
    edition, by = place(slug)
    require(permissions.can_rule(by, queries.decision(edition.id), tied=False))
    ruling = found(rulings.revocation(edition.id, ruling_id))
    found(ruling.entry_id)
    return edition, by, ruling


def _line(edition: Edition, ruling: Ruling, form: PlaceForm, fault: str = "") -> str:
    assert ruling.entry_id is not None
    return render_template(
        "results/next_in_line.html",
        edition=edition,
        ruling=ruling,
        level=rulings.level_of(ruling),
        title=session.get_one(Entry, ruling.entry_id).title,
        line=succession.next_in_line(ruling.entry_id, rulings.level_of(ruling)),
        ties=rule(edition, "tie_steps").words,
        taken=rulings.place_waits(ruling.id),
        form=form,
        fault=fault,
        next_number=suggested_number(edition.id, rulings.PAPER_OF["awarded"]),
    )


@blueprint.route("/<slug>/sau-cong-bo/xet-tiep/<ruling_id>", methods=["GET", "POST"])
@sign_in_required
def next_in_line(slug: str, ruling_id: str) -> Answer:
    """Who would be next by the closed ranking. Nobody gets the place by it: that takes a paper and two persons."""
    edition, by, ruling = _vacant(slug, ruling_id)
    form = ruling_form(edition, PlaceForm)
    listed = succession.next_in_line(ruling.entry_id or 0, rulings.level_of(ruling))
    form.entry.choices = [(each.entry.public_id, each.entry.title) for each in listed]
    if request.method == "GET":
        return _line(edition, ruling, form)
    if not form.validate():
        return _line(edition, ruling, form), 422
    try:
        with deed() as done:
            paper = Paper(**form.paper)
            later.propose_award(by=by, edition=edition, revocation=ruling, entry_key=form.entry.data, paper=paper)
            done.after(said)
            return done(url_for("results.after", slug=slug))
    except Refused as refused:
        if refused.verdict.code not in REDONE:
            raise
        return _line(edition, ruling, form, refused.verdict.sentence), 422


@blueprint.route("/<slug>/sau-cong-bo/dinh-chinh/<prize_id>", methods=["GET", "POST"])
@sign_in_required
def correct(slug: str, prize_id: str) -> Answer:
    edition, by = place(slug)
    entry = session.get_one(Entry, found(rulings.correctable(edition.id, prize_id)).entry_id)
    require(permissions.can_correct(by, proposed=True, tied=tied(entry.id, by.person_id)))
    words = words_of(edition.id, entry)
    form = WordForm(request.form if request.method == "POST" else None).of(words)
    page = partial(render_template, "results/correct.html", edition=edition, entry=entry, form=form, words=words)
    page = partial(page, decided=queries.decision(edition.id) is not None)
    if request.method == "GET":
        return page()
    if not form.validate():
        return page(), 422
    try:
        with deed() as done:
            later.propose_correction(by=by, edition=edition, entry=entry, word=Word(**form.word(words)))
            done.after(said)
            return done(url_for("results.after", slug=slug))
    except Refused as refused:
        if refused.verdict.code not in REDONE:
            raise
        form.after.errors = [refused.verdict.sentence]
        return page(), 422


def said() -> None:
    flash(_("Đã đề nghị. Cần người thứ hai xác nhận."), "ok")


def _sign(slug: str, sign_id: str) -> tuple[Edition, Capacity, Countersign]:
    edition, by = place(slug)
    return edition, by, found(rulings.sign_of(edition.id, sign_id))


@blueprint.post("/<slug>/sau-cong-bo/xac-nhan/<sign_id>")
@sign_in_required
def confirm_later(slug: str, sign_id: str) -> Answer:
    edition, by, sign = _sign(slug, sign_id)
    with deed() as done:
        row = later.confirm(by=by, edition=edition, sign=sign)
        done.after(lambda: flash(_("Đã xác nhận."), "ok"))
        kind = rulings.PAPER_OF[row.kind] if isinstance(row, Ruling) else ""
        if told := number_remark(edition.id, kind) if kind else "":
            done.after(lambda: flash(told, "warn"))
        return done(url_for("results.after", slug=slug))


@blueprint.post("/<slug>/sau-cong-bo/rut/<sign_id>")
@sign_in_required
def withdraw_later(slug: str, sign_id: str) -> Answer:
    edition, by, sign = _sign(slug, sign_id)
    with deed() as done:
        later.withdraw(by=by, edition=edition, sign=sign)
        return done(url_for("results.after", slug=slug))
