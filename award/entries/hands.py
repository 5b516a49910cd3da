"""Whose hands may fill in a dossier: its owner's, and those of authors who were invited and joined. Pure."""

from collections.abc import Mapping, Sequence
from typing import Literal, Protocol

Hand = Literal["whole", "row", ""]
"""Every page and submitting; the own row among the authors alone; nothing."""


class AuthorLike(Protocol):
    """An author as a row or as it is read."""

    @property
    def person_id(self) -> int | None: ...
    @property
    def joined(self) -> bool: ...
    @property
    def fills(self) -> bool: ...


class EntryLike(Protocol):
    """An entry as a row or as it is read."""

    @property
    def owner_id(self) -> int: ...
    @property
    def authors(self) -> Sequence[AuthorLike]: ...


class KeyedAuthor(AuthorLike, Protocol):
    @property
    def key(self) -> str: ...


def hand_of(person_id: int | None, entry: EntryLike) -> Hand:
    """What the person may fill in. A row that only names the account of its author gives no hand: joining does."""
    if person_id is None:
        return ""
    if person_id == entry.owner_id:
        return "whole"
    joined = [author for author in entry.authors if author.joined and author.person_id == person_id]
    if not joined:
        return ""
    return "whole" if any(author.fills for author in joined) else "row"


def locked_rows(person_id: int, owner_id: int, authors: Sequence[KeyedAuthor]) -> frozenset[str]:
    """The rows of authors that somebody else keeps: who has joined writes the own row, and nobody beside.

    Who was invited to the own row alone finds every other row kept.
    """
    kept = {author.key for author in authors if author.joined and author.person_id != person_id}
    own = [author for author in authors if author.joined and author.person_id == person_id]
    if own and person_id != owner_id and not any(author.fills for author in own):
        return frozenset(author.key for author in authors) - {author.key for author in own}
    return frozenset(kept)


def writable(
    typed: Mapping[str, str], locked: frozenset[str], *, row_only: bool, known: frozenset[str]
) -> dict[str, str]:
    """Of what was typed on the page of authors, what the person may change: nothing of a row that is kept.

    Who may write the own row alone neither adds rows nor names the contact.
    """
    fields = {}
    for name, text in typed.items():
        key, dash, _field = name.rpartition("-")
        if key in locked or (row_only and (not dash or key not in known)):
            continue
        fields[name] = text
    return fields
