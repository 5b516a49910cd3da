"""A work before it is submitted, as judges will read it."""

from collections.abc import Sequence
from typing import NamedTuple

from award.editions.models import Edition
from award.editions.sight import visible_slots
from award.entries.dossiers import Dossier
from award.entries.summaries import place_called
from award.files.reading import Reading, readings


class Foreseen(NamedTuple):
    """A file as judges will read it. `rounds`: the names of the rounds that alone show it; empty when all do."""

    one: Reading
    rounds: Sequence[str]


def foreseen(work: Dossier, edition: Edition) -> list[Foreseen]:
    """What the rounds of the edition will show of the work's files, in the order in which judges find them.

    Where any round is blind the files stand as that one shows them: what was made of them and names nobody.
    """
    named = [each.name for each in edition.rounds if not each.blind]
    blind = any(each.blind for each in edition.rounds)
    held = {file.slot_id for file in work.files}
    everywhere = {slot.id for slot in visible_slots(work.slots, blind=blind, held=held)}
    read = everywhere if blind and not named else {slot.id for slot in work.slots if slot.for_judges}
    places = [each for each in work.places if each.slot.id in read]
    places.sort(key=lambda each: each.part is not None)  # files of the whole work come first
    slots = {file.id: place.slot.id for place in places for file in place.files}
    shown = readings(
        {file.id: place_called(place, work) for place in places for file in place.files},
        original=not blind,
        captions={file.id: file.caption for file in work.files},
    )
    return [Foreseen(one, () if slots[number] in everywhere else named) for number, one in shown.items()]
