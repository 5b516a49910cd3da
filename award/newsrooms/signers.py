"""Who signs a list besides the head of the newsroom: authors without an account, for every work of theirs on it. Pure.

What they declare is printed above their names; a signature says it for each of their works.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from flask_babel import gettext as _

from award.entries.declarations import Declaration
from award.entries.dossiers import Dossier
from award.rules.eligibility import DECLARATIONS
from award.text import folded

Person = dict[str, Any]
"""name, phone (digits), entries (ids), lines (numbers on the paper), signed; of who is younger than 18: guardian."""


def undeclared(work: Dossier) -> bool:
    """A draft that waits for what its authors declare, and of whom some can only do so on paper."""
    waits = work.state == "draft" and lacking(work)
    return bool(waits and work.title and any(author.person_id is None for author in work.authors))


def lacking(work: Dossier) -> frozenset[str]:
    """What it does not declare in the words in which it is asked now."""
    return frozenset(DECLARATIONS) - work.agreed


def of(lines: Iterable[tuple[int, Dossier]]) -> list[Person]:
    """Of works with their numbers on the list the authors without an account, as they come; the same name with another
    telephone is another."""
    found: dict[tuple[str, str], Person] = {}
    for line, work in lines:
        for author in work.authors:
            if author.person_id is None and author.legal_name:
                key = (folded(author.legal_name), re.sub(r"\D", "", author.phone))
                blank: Person = {"phone": key[1], "entries": [], "lines": [], "signed": False}
                person = found.setdefault(key, {"name": author.legal_name, **blank})
                if author.minor:
                    person["guardian"] = author.consenting
                person["entries"].append(work.id)
                person["lines"].append(line)
    return list(found.values())


def called(person: Person) -> str:
    """The name under which a signature stands; who is younger than 18 does not sign alone."""
    if "guardian" not in person:
        return str(person["name"])
    names = {"name": person["name"], "guardian": person["guardian"] or _("cha, mẹ hoặc người giám hộ")}
    return str(_("%(name)s (dưới 18 tuổi) và %(guardian)s", **names))


def with_signatures(people: Sequence[Person], signed: Collection[int]) -> list[Person]:
    """The same people; those at these places have signed."""
    return [{**each, "signed": place in signed} for place, each in enumerate(people)]


def all_signed(people: Sequence[Person], entry_id: int) -> bool:
    """Every author of the work who had to sign has."""
    theirs = [each for each in people if entry_id in each["entries"]]
    return bool(theirs) and all(each["signed"] for each in theirs)


def printed(asks: Mapping[str, Declaration], kept: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    """What stands on the paper of each purpose: the words, their version and mark. `kept`: what `made` says of them."""
    return {
        code: {"text": asks[code].kept, "version": each["version"], "words": each["words"]}
        for code, each in kept.items()
    }


def evidence(
    words: Mapping[str, Mapping[str, Any]], codes: Collection[str], *, at: str, list_key: str, scan: str
) -> dict[str, dict[str, Any]]:
    """What a dossier keeps of these purposes, signed on paper: the words as printed, the list, its scan by its hash."""
    return {
        code: {"version": each["version"], "at": at, "words": each["words"], "list": list_key, "scan": scan}
        for code, each in words.items()
        if code in codes
    }
