"""The same work submitted in another category of its edition, as far as titles, authors and addresses tell."""

from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, and_, cast, exists, func, literal_column, or_, select, union
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import aliased

from award.editions.models import Category
from award.entries.models import Authorship, Entry, Part


def in_other_categories() -> ScalarSelect[Any]:
    """Works submitted before this one in another category that name the same page, or bear its title and an author.

    A list of {"category", "sure"}. Of two works the later one is one too many, so the first is not spoken of there.
    """
    other, first = aliased(Entry), aliased(Entry)
    since = func.coalesce(
        Entry.submitted_at,
        select(first.submitted_at).where(first.id == Entry.revises_id).correlate(Entry).scalar_subquery(),
    )
    built = func.jsonb_agg(func.jsonb_build_object("category", Category.name, "sure", _same_page(other)))
    found = (
        select(func.coalesce(built, empty_list()))
        .select_from(other)
        .join(Category, Category.id == other.category_id)
        .where(
            other.id.in_(_candidates()),
            other.state == "submitted",
            other.edition_id == Entry.edition_id,
            other.category_id != Entry.category_id,
            other.id.is_distinct_from(Entry.revises_id),
            or_(since.is_(None), other.submitted_at < since),
            or_(_same_page(other), _an_author_in_common(other)),
        )
    )
    return found.correlate(Entry).scalar_subquery()


def empty_list() -> ColumnElement[Any]:
    """Nothing, as the database writes it."""
    return cast(literal_column("'[]'"), JSONB)


def _candidates() -> Any:
    """Works of the same title or the same page, each found through its index.

    Most parts have no address, and to the planner all of these are of one page: so it is said of both that they have
    one. The title is asked for from itself to itself, which only the index of whole titles can answer.
    """
    alike, ours, theirs = aliased(Entry), aliased(Part), aliased(Part)
    same = alike.title_folded.between(Entry.title_folded, Entry.title_folded)
    by_title = select(alike.id).where(same, Entry.title_folded != "")
    by_page = (
        select(theirs.entry_id)
        .join(ours, ours.link_key == theirs.link_key)
        .where(ours.entry_id == Entry.id, ours.link_key != "", theirs.link_key != "")
    )
    return union(by_title.correlate(Entry), by_page.correlate(Entry))


def _same_page(other: type[Entry]) -> ColumnElement[bool]:
    ours, theirs = aliased(Part), aliased(Part)
    found = exists().where(
        and_(ours.entry_id == Entry.id, theirs.entry_id == other.id, ours.link_key == theirs.link_key),
        ours.link_key != "",
    )
    return found.correlate(Entry, other)


def _an_author_in_common(other: type[Entry]) -> ColumnElement[bool]:
    ours, theirs = aliased(Authorship), aliased(Authorship)
    found = exists().where(
        and_(ours.entry_id == Entry.id, theirs.entry_id == other.id, ours.name_folded == theirs.name_folded),
        ours.name_folded != "",
    )
    return found.correlate(Entry, other)
