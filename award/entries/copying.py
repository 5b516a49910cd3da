"""The same work in another category: a draft of its own, with everything the other category can take along.

Where the rules let a work enter in several categories the first stays; a draft that stands in the wrong category moves,
and leaves nothing behind.
"""

from dataclasses import dataclass

from flask_babel import gettext as _

from award.clock import now
from award.db import session
from award.editions.clauses import rule
from award.editions.models import Category, Edition, FileSlot
from award.editions.permissions import Capacity
from award.entries import operations, queries
from award.entries.models import Entry, EntryFile, Part, PriorPrize
from award.entries.permissions import can_copy, can_enter
from award.entries.revising import copied_row
from award.files.models import File
from award.log.operations import record
from award.verdicts import Refused, Verdict, require

_TAKEN = ("topic_id", "title", "summary", "newsroom_id", "newsroom_text", "byline", "elsewhere", "no_prior_prize")


@dataclass(frozen=True)
class Copied:
    """The new draft, and how many files found no place in its category."""

    entry: Entry
    left: int


def several_categories(edition: Edition) -> bool:
    """Whether the rules let one work enter in more than one category. Unsaid, it does not."""
    return rule(edition, "several_categories").yes


def to_category(*, by: Capacity, edition: Edition, entry: Entry, category: Category) -> Copied:
    """A draft in the category says what `entry` says; a draft that may not stand twice is gone afterwards.

    Declarations are not taken along: they are made for each dossier. Files go where the category has the same place
    for their kind; places and genres of one category are not those of another.
    """
    assert by.person_id is not None
    several = several_categories(edition)
    require(can_copy(by.person_id, entry, several=several))
    require(can_enter(edition, now(), queries.leave_to_enter(entry.owner_id, edition.id)))
    if category.id == entry.category_id or category.edition_id != edition.id:
        raise Refused(Verdict("category", _("Chọn một loại hình khác.")))
    if several:
        operations.room_for_a_draft(entry.owner_id, edition)
    made = Entry(
        edition_id=edition.id,
        category_id=category.id,
        owner_id=entry.owner_id,
        channel=entry.channel,
        genre_id=_genre(entry, category),
        changed_at=now(),
        **{name: getattr(entry, name) for name in _TAKEN},
    )
    made.parts = [copied_row(part) for part in entry.parts] or [Part(ordinal=1)]
    made.authors = [copied_row(author) for author in entry.authors]
    made.prior_prizes = [_prize(prize) for prize in entry.prior_prizes]
    for author in made.authors:  # whoever was invited was invited to one dossier
        author.invite_key = author.invited_at = author.joined_at = None
        author.invited_to, author.fills = "", False
    session.add(made)
    session.flush()
    left = _hold(made, entry, category)
    facts: dict[str, int | str | None] = {"from": entry.id, "category": category.id}
    record("entry.copied", actor_id=by.person_id, award_id=edition.award_id, subject=made, facts=facts)
    if entry.state == "draft" and not several:
        operations.delete_draft(by=by, edition=edition, entry=entry)
    return Copied(made, left)


def _genre(entry: Entry, category: Category) -> int | None:
    """The genre of the same name there, if there is one."""
    name = queries.genre_name(entry.genre_id) if entry.genre_id else None
    return next((genre.id for genre in category.genres if genre.name == name), None)


def _prize(prize: PriorPrize) -> PriorPrize:
    made: PriorPrize = copied_row(prize)
    made.past_work_id = None
    return made


def _hold(made: Entry, entry: Entry, category: Category) -> int:
    """The files that fit stand in the new draft too; how many did not."""
    codes = {slot.id: slot.code for slot in queries.slots_of(entry.category_id)}
    there = {slot.code: slot for slot in category.slots}
    places = {part.id: made.parts[n].id for n, part in enumerate(entry.parts)}
    held, left = dict[tuple[int, int | None], int](), 0
    for each in entry.files:
        slot = there.get(codes.get(each.slot_id, ""))
        file = session.get_one(File, each.file_id)
        part_id = places.get(each.part_id or 0) if slot is not None and slot.per_part else None
        if (
            slot is None
            or not _fits(file, slot, held.get((slot.id, part_id), 0))
            or (slot.per_part and part_id is None)
        ):
            left += 1
            continue
        held[(slot.id, part_id)] = held.get((slot.id, part_id), 0) + 1
        made.files.append(
            EntryFile(slot_id=slot.id, part_id=part_id, file_id=file.id, ordinal=each.ordinal, caption=each.caption)
        )
    session.flush()
    return left


def _fits(file: File, slot: FileSlot, held: int) -> bool:
    return file.kind in slot.kinds and file.size <= slot.max_bytes and held < slot.at_most and file.state != "rejected"
