"""The door before an account: may my work enter? The answers stand in the address, so that it can be kept and sent."""

from dataclasses import asdict
from typing import Any

from flask import render_template, request
from flask_babel import gettext as _
from sqlalchemy.orm import selectinload

from award.clock import now
from award.editions import deadlines
from award.editions.clauses import BY_CODE, rule
from award.editions.models import Category, Edition
from award.entries import queries
from award.entries.books import RULED, rule_book
from award.entries.inquiry import Answers, Heard, Kind, Outlet, hear, unheard
from award.entries.outlets import listed_outlet, newsroom_names
from award.entries.permissions import can_enter
from award.entries.progress import rule_word
from award.entries.views import Answer, blueprint, edition_at
from award.rules.eligibility import CategoryLimits
from award.rules.names import name_of
from award.text import one_line


@blueprint.get("/<slug>/duoc-du-khong")
def may_enter(slug: str) -> Answer:
    """Anybody asks; nothing is kept, and nothing is told that is not in the rules."""
    edition = edition_at(slug)
    categories = queries.categories(edition.id, selectinload(Category.genres))
    answers = Answers.read(request.args)
    chosen = next((each for each in categories if each.public_id == answers.category), None)
    heard = _heard(edition, answers, chosen) if request.args else Heard()
    return render_template(
        "entries/may_enter.html",
        edition=edition,
        asked=bool(request.args),
        answers=asdict(answers),
        categories=[(each.public_id, each.name) for each in categories],
        genres=[(str(each.id), each.name) for each in chosen.genres] if chosen else [],
        in_groups=rule(edition, "max_works_per_group").valued,
        groups_in_category=any("max_works_per_group" in each.limits for each in categories),
        in_category=any("max_works_per_author" in each.limits for each in categories),
        newsrooms=newsroom_names(),
        heard=heard,
        lines=_lines(heard),
        unheard=_unheard(edition, heard),
        entering=bool(can_enter(edition, now())),
        deadline=deadlines.words(edition),
    )


def _heard(edition: Edition, answers: Answers, chosen: Category | None) -> Heard:
    listed = listed_outlet(one_line(answers.outlet))
    outlet = Outlet(listed.licensed, frozenset(listed.kinds)) if listed else None
    return hear(answers, _kind(chosen) if chosen else None, outlet, rule_book(edition))


def _kind(chosen: Category) -> Kind:
    medium: Any = chosen.medium
    return Kind(
        chosen.name,
        medium,
        CategoryLimits(chosen.limits, chosen.limits_source),
        genres=frozenset(str(genre.id) for genre in chosen.genres),
        needed=frozenset(chosen.needed),
        outlets=frozenset(chosen.outlets),
    )


def _lines(heard: Heard) -> list[dict[str, str | bool]]:
    """What each rule says, with its name, its mark and word, and its code for the page of the rules."""
    lines: list[dict[str, str | bool]] = []
    for each in heard.found:
        kind, word = rule_word(each.verdict)
        said: dict[str, str | bool] = {"code": each.code, "name": name_of(each.code), "kind": kind, "word": word}
        lines.append(said | {"sentence": each.sentence, "regulated": each.code in BY_CODE})
    return lines


def _unheard(edition: Edition, heard: Heard) -> list[str]:
    """The names of the rules that the answers did not touch, and of what only people say."""
    regulated = [code for code in RULED if rule(edition, code).valued]
    return [*(name_of(code) for code in unheard(heard.found, regulated)), _("nội dung, chủ đề")]
