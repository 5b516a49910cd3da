"""What rooms tell of the letters they write: to whom, with which words, and which of them go out by themselves."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

HOUSE_SUBJECT, HOUSE_WORDS = "tieu_de", "noi_dung"
"""Placeholders of every letter by rule: the subject and the text as the house itself would write them."""


@dataclass(frozen=True)
class Recipient:
    """Somebody a letter would go to, with what the letter's placeholders are for this person."""

    key: str
    """What tells this letter from others of its kind: a public id."""
    name: str
    address: str
    values: Mapping[str, str] = field(default_factory=dict)
    house: Callable[[], tuple[str, str]] | None = None
    """Subject and text as the house would write them. Of letters by rule."""
    named_at: str = ""
    """Of whom no letter reaches: the page on which a receiver is named."""


@dataclass(frozen=True)
class LetterKind:
    """A letter that goes out with a deed. An edition may keep words of its own for it."""

    code: str
    name: str
    placeholders: Mapping[str, str]
    """Code -> what stands in its place, in words."""
    recipients: Callable[[int], Sequence[Recipient]]
    """(edition_id) -> some real ones, the newest first: the words are tried on them before they hold."""
    needed: tuple[frozenset[str], ...] = ()
    """Of each of these sets the words must hold one placeholder: without it the letter would not say what it is for."""
    unsent: Callable[[int, Mapping[str, str]], tuple[str, str]] | None = None
    """(edition_id, values) -> subject and text as the house writes it, shown while nobody has had the letter."""
    beginning: tuple[str, str] = ("", "")
    """Subject and text that an edition's own words begin with, placeholders in them. No letter goes out in them until
    somebody keeps them."""


@dataclass(frozen=True)
class Audience:
    """People somebody on the staff may write to at once, each of them one letter."""

    code: str
    name: str
    placeholders: Mapping[str, str]
    people: Callable[[int], Sequence[Recipient]]
    """(edition_id) -> everybody meant now, each once, without an address those whom no letter reaches; nobody who
    withdrew."""
    subject: str = ""
    body: str = ""
    """What the form begins with, placeholders in it."""
    may_lack: frozenset[str] = frozenset()
    """Placeholders that may have nothing to say, as a deadline the rules do not set: their line is left out then."""


@dataclass(frozen=True)
class ReminderRule:
    """A letter that goes out by itself some days before a day; an edition may switch it off."""

    code: str
    name: str
    when: str


@dataclass(frozen=True)
class ShortText:
    """A few plain lines somebody on the staff pastes into a chat, with the name they go by on the page."""

    name: str
    text: str
