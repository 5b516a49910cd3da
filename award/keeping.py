"""What rooms hand to the archive of an edition: pages anybody reads, lists and files, each for everybody or for us."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class KeptPage:
    """An address that anybody may read. In the archive it stands as it is answered to a visitor who is nobody.

    With a `label` it stands in the table of contents; the others are reached from those.
    """

    address: str
    label: str = ""


@dataclass(frozen=True)
class KeptList:
    """A list of the house as a table: `sheet` makes the `award.documents.tables.Sheet`."""

    name: str
    """Of its files, in plain letters: xep-hang-vong-1."""
    label: str
    sheet: Callable[[], Any]
    public: bool = False
    """Holds nothing but what the public has been told."""


@dataclass(frozen=True)
class KeptFile:
    """Something that lies in the archive as it is. `path` is its place there, in plain letters."""

    path: str
    label: str
    content: Callable[[], bytes]
    public: bool = False
    names_authors: bool = False
    """It bears the names of authors as they were decided, and nothing in it can be changed."""


@dataclass(frozen=True)
class Kept:
    pages: tuple[KeptPage, ...] = ()
    lists: tuple[KeptList, ...] = ()
    files: tuple[KeptFile, ...] = ()

    def __add__(self, other: "Kept") -> "Kept":
        return Kept(self.pages + other.pages, self.lists + other.lists, self.files + other.files)

    def for_public(self, *, somebody_unnamed: bool) -> "Kept":
        """Without what only the house keeps, and without what names somebody who took back the consent to it."""
        return Kept(
            self.pages,
            tuple(each for each in self.lists if each.public),
            tuple(each for each in self.files if each.public and not (somebody_unnamed and each.names_authors)),
        )


NOTHING = Kept()
