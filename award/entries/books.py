"""The rules of an edition as the rules of entry read them. Pure, but for the clock."""

from typing import Any

from award.clock import now
from award.editions import deadlines
from award.editions.clauses import Rule, rule
from award.editions.models import Edition
from award.editions.outlets import kinds_of
from award.entries.permissions import files_due_at, files_may_follow
from award.rules.eligibility import RuleBook

RULED = (
    "window",
    "carry_over",
    "several_categories",
    "max_parts",
    "max_group_size",
    "max_works_per_author",
    "max_works_per_group",
    "max_works_per_newsroom",
    "prior_prizes",
    "licensed_outlet",
    "newsroom_confirmation",
    "counted_in_time",
    "organisers_enter",
    "judges_enter",
    "conflict_policy",
)
"""The matters of the edition that the rules of entry read."""


def rule_book(edition: Edition) -> RuleBook:
    """What the edition's clauses say, as the rules of entry read it."""
    said = {code: rule(edition, code) for code in RULED}
    regulated = not said["window"].unregulated
    due = files_due_at(edition)
    choice: Any = said["prior_prizes"].choice
    means: Any = said["max_works_per_newsroom"].choice or "publisher"
    members: Any = said["conflict_policy"].choice
    confirming = deadlines.confirmation(edition)
    kinds = kinds_of(edition.outlet_kinds)
    return RuleBook(
        window_from=edition.window_from if regulated else None,
        window_to=edition.window_to if regulated else None,
        carry_over=said["carry_over"].yes,
        several_categories=_yes(said["several_categories"]),
        max_parts=said["max_parts"].number,
        max_group_size=said["max_group_size"].number,
        max_works_per_author=said["max_works_per_author"].number,
        max_works_per_group=said["max_works_per_group"].number,
        max_works_per_newsroom=said["max_works_per_newsroom"].number,
        newsroom_means=means,
        organisers_enter=_yes(said["organisers_enter"]),
        judges_enter=_yes(said["judges_enter"]),
        members=members,
        confirmation=said["newsroom_confirmation"].yes,
        confirmation_until=deadlines.said(confirming) if confirming else "",
        confirmation_over=deadlines.confirmation_over(edition, now()),
        prior_prizes=choice,
        barred_prizes=said["prior_prizes"].names,
        licensed_outlet=_yes(said["licensed_outlet"]),
        outlet_names=tuple((kind.code, kind.name) for kind in kinds),
        unlicensed_kinds=frozenset(kind.code for kind in kinds if not kind.licensed),
        files_still_come=due is None or now() < due,
        files_may_follow=files_may_follow(edition),
        sources={code: found.cited for code, found in said.items() if found.source},
    )


def _yes(said: Rule) -> bool | None:
    """None where the edition says nothing."""
    return said.yes if said.valued else None
