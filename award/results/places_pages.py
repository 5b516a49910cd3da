"""The staff's doors to the places of the structure: lowering a prize, giving a place that is vacant."""

from functools import partial

from flask import render_template, request, url_for

from award.db import session
from award.documents.answers import file_asked
from award.doors import deed, found
from award.editions.models import Edition, PrizeLevel
from award.editions.permissions import Capacity
from award.features import suggested_number
from award.people.signin import sign_in_required
from award.results import front, later, papers_after, permissions, queries, rulings, succession
from award.results.after import REDONE, place, prize_of, ruling_form, said
from award.results.forms import FillForm, LowerForm
from award.results.front import LevelShown
from award.results.later import Paper
from award.results.models import Result
from award.results.remembered import Answer
from award.results.views import blueprint
from award.verdicts import Refused, require


def _held(slug: str, prize_id: str) -> tuple[Edition, Capacity, Result, list[LevelShown]]:
    """The prize of a work that stands, and the lower levels that its loại hình can have."""
    edition, by, prize = prize_of(slug, prize_id)
    require(permissions.can_take_back(prize))
    found(isinstance(prize, Result) or None)
    assert isinstance(prize, Result)
    levels, works = queries.ladder(edition.id, "decided")
    has = next(each for each in levels if each.id == prize.prize_level_id)
    letter = next(each.category.code for each in works if each.result_key == prize.public_id)
    lower = [each for each in front.by_level(works, levels) if permissions.can_lower(has, each.level, 0, beyond=True)]
    return edition, by, prize, [each for each in lower if letter in (each.level.categories or [letter])]


def _lowering(edition: Edition, prize: Result, lower: list[LevelShown], form: LowerForm, fault: str = "") -> str:
    return render_template(
        "results/lower.html",
        edition=edition,
        prize=prize,
        level=session.get_one(PrizeLevel, prize.prize_level_id),
        title=queries.title_of(prize.entry_id),
        lower=lower,
        form=form,
        fault=fault,
        next_number=suggested_number(edition.id, rulings.PAPER_OF["lowered"]),
    )


@blueprint.route("/<slug>/sau-cong-bo/ha-muc/<prize_id>", methods=["GET", "POST"])
@sign_in_required
def lower(slug: str, prize_id: str) -> Answer:
    edition, by, prize, lower_ = _held(slug, prize_id)
    form = ruling_form(edition, LowerForm)
    form.level.choices = [(each.level.code, each.level.name) for each in lower_]
    if request.method == "GET":
        return _lowering(edition, prize, lower_, form)
    if not form.validate():
        return _lowering(edition, prize, lower_, form), 422
    to = next(each.level for each in lower_ if each.level.code == form.level.data)
    try:
        with deed() as done:
            paper, beyond = Paper(**form.paper), bool(form.beyond.data)
            later.propose_lowering(by=by, edition=edition, prize=prize, level=to, beyond=beyond, paper=paper)
            done.after(said)
            return done(url_for("results.after", slug=slug))
    except Refused as refused:
        if refused.verdict.code not in REDONE:
            raise
        return _lowering(edition, prize, lower_, form, refused.verdict.sentence), 422


@blueprint.get("/<slug>/sau-cong-bo/ha-muc/<prize_id>/quyet-dinh.<ending>")
@sign_in_required
def lowering_paper(slug: str, prize_id: str, ending: str) -> Answer:
    """The decision to lower the prize as a draft, with room for level, number and reason."""
    edition, _by, prize, _lower = _held(slug, prize_id)
    return file_asked(f"ha-muc-{prize_id}", ending, paper=lambda: papers_after.lowering(edition, prize, None))


def _vacant(slug: str, level_id: str) -> tuple[Edition, Capacity, PrizeLevel]:
    """A level of works, for who may rule."""
    edition, by = place(slug)
    require(permissions.can_rule(by, queries.decision(edition.id), tied=False))
    level = found(rulings.level(edition.id, level_id))
    require(permissions.can_fill(level, rulings.given(level.id)))
    return edition, by, level


def _filling(edition: Edition, level: PrizeLevel, form: FillForm, fault: str = "") -> str:
    return render_template(
        "results/fill.html",
        edition=edition,
        level=level,
        line=succession.best(edition.id, level),
        form=form,
        fault=fault,
        next_number=suggested_number(edition.id, rulings.PAPER_OF["awarded"]),
    )


@blueprint.route("/<slug>/sau-cong-bo/trao/<level_id>", methods=["GET", "POST"])
@sign_in_required
def fill(slug: str, level_id: str) -> Answer:
    """A vacant place and who might have it by the closed ranking. Nobody has it but by a paper and two persons."""
    edition, by, level = _vacant(slug, level_id)
    form = ruling_form(edition, FillForm)
    if request.method == "GET":
        return _filling(edition, level, form)
    if not form.validate():
        return _filling(edition, level, form), 422
    try:
        with deed() as done:
            paper, code = Paper(**form.paper), form.code.data or ""
            later.propose_filling(by=by, edition=edition, level=level, code=code, paper=paper)
            done.after(said)
            return done(url_for("results.after", slug=slug))
    except Refused as refused:
        if refused.verdict.code not in REDONE:
            raise
        return _filling(edition, level, form, refused.verdict.sentence), 422


@blueprint.get("/<slug>/sau-cong-bo/trao/<level_id>/quyet-dinh.<ending>")
@sign_in_required
def filling_paper(slug: str, level_id: str, ending: str) -> Answer:
    """The decision that gives the place as a draft, with room for the work."""
    edition, _by, level = _vacant(slug, level_id)
    draft = partial(papers_after.succession, edition, level, None, None, None)
    return file_asked(f"trao-giai-con-khuyet-{level_id}", ending, paper=draft)
