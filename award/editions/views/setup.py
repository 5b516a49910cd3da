"""The check list of an edition's set-up, and its pages one by one."""

from flask import render_template, url_for

from award.editions import calendar, saving
from award.editions.amended import folded_words
from award.editions.forms.clauses import EntryRulesForm, JudgingRulesForm, stored_rules
from award.editions.forms.general import GeneralForm, NationalForm
from award.editions.forms.structure import (
    CategoryForm,
    OutletKindsForm,
    PanelsForm,
    PrizesForm,
    RoundForm,
    TopicsForm,
)
from award.editions.models import Edition
from award.editions.permissions import (
    Capacity,
    can_set_judging_rules,
    can_set_national,
    can_set_up,
    can_set_up_round,
)
from award.editions.progress import by_stage, tasks
from award.editions.queries import (
    appointed,
    category_of,
    editions_to_copy,
    national_edition,
    paper_bodies,
    paper_kinds,
    round_of,
)
from award.editions.queries import topics as topics_of
from award.editions.views.calendar import acts
from award.editions.views.doors import Answer, address_of, blueprint, edition_in_setup
from award.editions.views.sections import Section, page
from award.people.signin import sign_in_required
from award.verdicts import Verdict


def _in_draft(by: Capacity, edition: Edition, _thing: object) -> Verdict:
    return can_set_up(by, edition)


def _before_rounds(by: Capacity, edition: Edition, _thing: object) -> Verdict:
    return can_set_judging_rules(by, edition)


GENERAL = Section("general", GeneralForm, saving.stored_general, _in_draft, saving.save_general)
ENTRY_RULES = Section(
    "entry_rules",
    EntryRulesForm,
    lambda e, _t: stored_rules(e, "entry"),
    _in_draft,
    saving.save_entry_rules,
    beside=lambda edition: {"standing": folded_words(edition, "entry")},
)
JUDGING_RULES = Section(
    "judging_rules",
    JudgingRulesForm,
    lambda e, _t: stored_rules(e, "judging"),
    _before_rounds,
    saving.save_clauses,
    beside=lambda edition: {"standing": folded_words(edition, "judging")},
)
CATEGORY = Section(
    "category",
    CategoryForm,
    saving.stored_category,
    _in_draft,
    saving.save_category,
    find=category_of,
    back="editions.categories",
)
OUTLET_KINDS = Section(
    "outlet_kinds",
    OutletKindsForm,
    saving.stored_outlet_kinds,
    _in_draft,
    saving.save_outlet_kinds,
    back="editions.categories",
)
ROUND = Section(
    "round", RoundForm, saving.stored_round, can_set_up_round, saving.save_round, find=round_of, back="editions.rounds"
)
PANELS = Section(
    "panels",
    PanelsForm,
    saving.stored_panels,
    can_set_up_round,
    saving.save_panels,
    find=round_of,
    back="editions.rounds",
)
TOPICS = Section("topics", TopicsForm, saving.stored_topics, _in_draft, saving.save_topics)
PRIZES = Section("prizes", PrizesForm, saving.stored_prizes, _in_draft, saving.save_prizes)
NATIONAL = Section(
    "national",
    NationalForm,
    saving.stored_national,
    lambda by, edition, _thing: can_set_national(by, edition),
    saving.save_national,
)


@blueprint.get("/<slug>/thiet-lap")
@sign_in_required
def setup(slug: str) -> Answer:
    edition, by = edition_in_setup(slug)
    bodies, papers = paper_bodies(edition.id), paper_kinds(edition.id).values()
    listed = tasks(
        edition,
        appointed(edition.id),
        national=national_edition(edition.id),
        topics=bool(topics_of(edition.id)),
        papers=papers if bodies else None,
    )
    for task in listed:
        task["url"] = url_for(f"editions.{task['page']}", slug=slug, _anchor=task["field"])
    return render_template(
        "editions/setup/index.html",
        edition=edition,
        stages=by_stage(listed),
        state_words=calendar.state_words(edition),
        step=acts(edition, by),
        archive=address_of("archive.list", slug=edition.slug) if edition.state in {"published", "archived"} else None,
        may_take=bool(can_set_up(by, edition)),
        may_copy=bool(can_set_up(by, edition) and editions_to_copy(edition)),
    )


@blueprint.route("/<slug>/thiet-lap/thong-tin-chung", methods=["GET", "POST"])
@sign_in_required
def general(slug: str) -> Answer:
    return page(GENERAL, slug)


@blueprint.route("/<slug>/thiet-lap/the-le", methods=["GET", "POST"])
@sign_in_required
def entry_rules(slug: str) -> Answer:
    return page(ENTRY_RULES, slug)


@blueprint.route("/<slug>/thiet-lap/quy-che-cham", methods=["GET", "POST"])
@sign_in_required
def judging_rules(slug: str) -> Answer:
    return page(JUDGING_RULES, slug)


@blueprint.route("/<slug>/thiet-lap/loai-hinh/<category_id>", methods=["GET", "POST"])
@sign_in_required
def category(slug: str, category_id: str) -> Answer:
    return page(CATEGORY, slug, category_id)


@blueprint.route("/<slug>/thiet-lap/loai-co-quan", methods=["GET", "POST"])
@sign_in_required
def outlet_kinds(slug: str) -> Answer:
    return page(OUTLET_KINDS, slug)


@blueprint.route("/<slug>/thiet-lap/vong-cham/<int:ordinal>", methods=["GET", "POST"])
@sign_in_required
def round(slug: str, ordinal: int) -> Answer:
    return page(ROUND, slug, ordinal)


@blueprint.route("/<slug>/thiet-lap/vong-cham/<int:ordinal>/tieu-ban", methods=["GET", "POST"])
@sign_in_required
def panels(slug: str, ordinal: int) -> Answer:
    return page(PANELS, slug, ordinal)


@blueprint.route("/<slug>/thiet-lap/noi-dung", methods=["GET", "POST"])
@sign_in_required
def topics(slug: str) -> Answer:
    return page(TOPICS, slug)


@blueprint.route("/<slug>/thiet-lap/co-cau-giai", methods=["GET", "POST"])
@sign_in_required
def prizes(slug: str) -> Answer:
    return page(PRIZES, slug)


@blueprint.route("/<slug>/thiet-lap/giai-trung-uong", methods=["GET", "POST"])
@sign_in_required
def national(slug: str) -> Answer:
    return page(NATIONAL, slug)
