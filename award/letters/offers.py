"""What all rooms together offer of letters: kinds an edition may word, people to write to, reminders, short texts."""

from award.correspondence import Audience, LetterKind, ReminderRule, ShortText
from award.features import installed


def kinds() -> dict[str, LetterKind]:
    """By code, in the order of the rooms."""
    return {each.code: each for room in installed() for each in room.letter_kinds}


def audiences() -> dict[str, Audience]:
    """By code, in the order of the rooms."""
    return {each.code: each for room in installed() for each in room.audiences}


def rules() -> dict[str, ReminderRule]:
    """By code, in the order of the rooms."""
    return {each.code: each for room in installed() for each in room.reminders}


def short_texts(edition_id: int) -> list[ShortText]:
    """Every text some room has for the edition as it stands now."""
    return [each for room in installed() if room.short_texts for each in room.short_texts(edition_id)]
