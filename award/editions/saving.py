"""From a form of set-up to the deeds it asks for, and from what is stored to the data of the form."""

from collections.abc import Mapping
from typing import Any

from award.editions import operations
from award.editions.contents import flat, tree
from award.editions.forms.base import SetupForm
from award.editions.forms.clauses import ClauseRow, EntryRulesForm, RulesForm
from award.editions.forms.structure import (
    CategoryForm,
    OutletKindsForm,
    PanelsForm,
    PrizesForm,
    RoundForm,
    TopicsForm,
    scopes_of,
)
from award.editions.models import Category, Edition, Round
from award.editions.operations import CriterionSpec, NationalSpec, PanelSpec, PrizeSpec, SlotSpec, TopicSpec
from award.editions.operations.amending import CategorySaid, PlaceSaid
from award.editions.permissions import Capacity
from award.editions.queries import national_edition, topics

MEGABYTE = 10**6
IDENTITY = ("name", "ordinal", "ordinal_words", "year", "slug", "code_prefix", "illustrative")
_CONTACT = ("secretariat_name", "help_name", "help_phone")
_ROUND = (
    "name",
    "scale_max",
    "steps_per_point",
    "asks_level",
    "calibration",
    "shortlist_size",
    "unranked_list",
    "opens_on",
    "ends_on",
    "illustrative",
)
_CRITERION = ("name", "weight", "low_words", "middle_words", "high_words")
_LEVEL = ("kind", "code", "name", "quota", "money", "themes", "categories", "illustrative")
_SLOT = ("label", "kinds", "at_least", "at_most", "per_part", "for_judges", "blind", "captions", "proof", "for_minors")
_NATIONAL = (
    "name",
    "recipient",
    "deadline_day",
    "deadline_words",
    "quota",
    "one_per_author",
    "barred_prizes",
    "illustrative",
)


def _fields(row: object, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}


def _answers(form: Any, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: form[name].data for name in names}


def stored_general(edition: Edition, _thing: object) -> dict[str, Any]:
    return _fields(edition, IDENTITY + _CONTACT)


def save_general(by: Capacity, edition: Edition, _thing: object, form: SetupForm) -> None:
    operations.describe(by=by, edition=edition, **_answers(form, IDENTITY + _CONTACT))


def save_entry_rules(by: Capacity, edition: Edition, _thing: object, form: EntryRulesForm) -> None:
    operations.set_dates(
        by=by,
        edition=edition,
        window=form.chosen_window,
        deadline=form.chosen_deadline,
        confirmation=form.chosen_confirmation,
        grace_seconds=form.grace_seconds.data,
        files_follow_minutes=form.files_follow_minutes.data,
        screening_promise=form.screening_promise.data,
    )
    save_clauses(by, edition, None, form)


def save_clauses(by: Capacity, edition: Edition, _thing: object, form: RulesForm) -> None:
    for field in form.clause_rows:
        row: ClauseRow = field.form
        value = row.answers if row.regulated and not row.definition.dated else None
        operations.set_clause(
            by=by,
            edition=edition,
            code=row.definition.code,
            value=value,
            unregulated=row.unregulated,
            source=row.source.data,
            illustrative=row.illustrative.data,
        )


def stored_category(_edition: Edition, category: Category) -> dict[str, Any]:
    return {
        "name": category.name,
        "code": category.code,
        "medium": category.medium,
        "needed": category.needed,
        "illustrative": category.illustrative,
        "limits": category.limits,
        "limits_source": category.limits_source,
        "outlets": category.outlets,
        "genres": [genre.name for genre in category.genres],
        "slots": [
            {
                "label": slot.label,
                "kinds": slot.kinds,
                "at_least": slot.at_least,
                "at_most": slot.at_most,
                "megabytes": slot.max_bytes // MEGABYTE,
                "lengths": slot.lengths,
                "per_part": slot.per_part,
                "for_judges": slot.for_judges,
                "blind": slot.blind,
                "captions": slot.captions,
                "proof": slot.proof,
                "for_minors": slot.for_minors,
            }
            for slot in category.slots
        ],
    }


def save_category(by: Capacity, edition: Edition, category: Category, form: CategoryForm) -> None:
    operations.change_category(
        by=by,
        edition=edition,
        category=category,
        code=form.code.data,
        name=form.name.data,
        medium=form.medium.data,
        genres=form.genres.data,
        slots=[_slot(row.data) for row in form.slots],
        needed=form.needed.data,
        limits=_told(form.limits.data),
        limits_source=form.limits_source.data,
        outlets=form.outlets.data or (),
        illustrative=form.illustrative.data,
    )


def _slot(answers: Mapping[str, Any]) -> SlotSpec:
    said = {name: answers[name] for name in _SLOT}
    return SlotSpec(max_bytes=answers["megabytes"] * MEGABYTE, lengths=_told(answers["lengths"]), **said)


def _told(numbers: Mapping[str, Any]) -> dict[str, int]:
    """The numbers that were filled in."""
    return {code: number for code, number in numbers.items() if isinstance(number, int)}


def stored_round(_edition: Edition, in_round: Round) -> dict[str, Any]:
    criteria = [_fields(criterion, _CRITERION) for criterion in in_round.criteria]
    return {**_fields(in_round, _ROUND), "blind": "yes" if in_round.blind else "no", "criteria": criteria}


def save_round(by: Capacity, edition: Edition, in_round: Round, form: RoundForm) -> None:
    criteria = [CriterionSpec(**row.data) for row in form.criteria]
    answers = _answers(form, _ROUND) | {"blind": form.blind.data == "yes", "calibration": form.calibration.data or ""}
    operations.change_round(by=by, edition=edition, round=in_round, criteria=criteria, **answers)


def stored_panels(edition: Edition, in_round: Round) -> dict[str, Any]:
    return {
        "panels": [
            {
                "public_id": panel.public_id,
                "name": panel.name,
                "shortlist_size": panel.shortlist_size,
                "scopes": [
                    str(scope.category_id) if scope.genre_id is None else f"{scope.category_id}:{scope.genre_id}"
                    for scope in panel.scopes
                ],
            }
            for panel in edition.panels
            if panel.round_id == in_round.id
        ]
    }


def save_panels(by: Capacity, edition: Edition, in_round: Round, form: PanelsForm) -> None:
    panels = [
        PanelSpec(
            row.form.name.data,
            scopes_of(row.form.scopes.data),
            row.form.public_id.data,
            row.form.shortlist_size.data,
        )
        for row in form.panels
    ]
    operations.set_panels(by=by, edition=edition, round=in_round, panels=panels)


def stored_topics(edition: Edition, _thing: object) -> dict[str, Any]:
    rows = [
        {"topic": str(each.id), "name": each.name, "depth": each.depth, "focal": each.marked}
        for each in flat(tree(topics(edition.id)))
    ]
    return {"topics": rows}


def save_topics(by: Capacity, edition: Edition, _thing: object, form: TopicsForm) -> None:
    specs = [
        TopicSpec(row.form.name.data, row.form.depth.data, row.form.focal.data, _number(row.form.topic.data))
        for row in form.topics
    ]
    operations.set_topics(by=by, edition=edition, topics_=specs)


def _number(hidden: str | None) -> int | None:
    """The id a hidden field carries; nonsense is none."""
    return int(hidden) if hidden and hidden.isascii() and hidden.isdigit() and len(hidden) < 16 else None


def stored_prizes(edition: Edition, _thing: object) -> dict[str, Any]:
    return {"levels": [_fields(level, _LEVEL) for level in edition.prize_levels]}


def prize_specs(form: PrizesForm) -> list[PrizeSpec]:
    return [PrizeSpec(**row.data) for row in form.levels]


def save_prizes(by: Capacity, edition: Edition, _thing: object, form: PrizesForm) -> None:
    operations.set_prizes(by=by, edition=edition, levels=prize_specs(form))


def stored_places(edition: Edition, category: Category) -> dict[str, Any]:
    """What an amendment of a loại hình may change of it."""
    stored = stored_category(edition, category)
    places = [
        {"slot": str(slot.id), **{name: row[name] for name in ("label", "at_least", "at_most", "megabytes", "lengths")}}
        for slot, row in zip(category.slots, stored["slots"], strict=True)
    ]
    return {name: stored[name] for name in ("genres", "limits", "limits_source", "outlets")} | {"places": places}


def category_said(form: Any) -> CategorySaid:
    places = {
        number: PlaceSaid(
            row.form.label.data,
            row.form.at_least.data,
            row.form.at_most.data,
            row.form.megabytes.data * MEGABYTE,
            _told(row.form.lengths.data),
        )
        for row in form.places
        if (number := _number(row.form.slot.data)) is not None
    }
    return CategorySaid(
        form.genres.data, _told(form.limits.data), form.limits_source.data, form.outlets.data or (), places
    )


def stored_outlet_kinds(edition: Edition, _thing: object) -> dict[str, Any]:
    return {"kinds": edition.outlet_kinds}


def save_outlet_kinds(by: Capacity, edition: Edition, _thing: object, form: OutletKindsForm) -> None:
    said = [(row.form.code.data or "", row.form.name.data, row.form.licensed.data) for row in form.kinds]
    operations.set_outlet_kinds(by=by, edition=edition, said=said)


def stored_national(edition: Edition, _thing: object) -> dict[str, Any]:
    kept = national_edition(edition.id)
    if kept is None:
        return {}
    groups = [{"code": code, "name": name} for code, name in kept.groups.items()]
    return _fields(kept, (*_NATIONAL, "window_from", "window_to")) | {"groups": groups}


def save_national(by: Capacity, edition: Edition, _thing: object, form: Any) -> None:
    groups = {row.form.code.data: row.form.name.data or "" for row in form.groups}
    spec = NationalSpec(window=(form.window_from.data, form.window_to.data), groups=groups, **_answers(form, _NATIONAL))
    operations.set_national(by=by, edition=edition, national=spec if form.name.data else None)
