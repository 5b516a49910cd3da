"""Two tabs, one form: whose text stands, field by field, without either being lost.

A form carries a stamp: of each field a hash of what it showed. When it comes back, a field that somebody else changed
meanwhile and that says something else here is in conflict; nothing is saved until the person has chosen. Pure.
"""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

GONE = "-"
"""In a stamp: the row of this field was removed elsewhere, and the person has been told so."""


@dataclass(frozen=True)
class Merged:
    """`values` shall stand; where there are `conflicts` nothing may be saved. `stamp` goes out with the answer."""

    values: dict[str, str]
    stamp: str
    conflicts: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Field -> (yours, theirs)."""


def stamp(shown: Mapping[str, str]) -> str:
    """What a form that shows these texts carries as its version."""
    return ",".join(f"{name}={_hash(text)}" for name, text in shown.items())


def merge(base: str, theirs: Mapping[str, str], yours: Mapping[str, str]) -> Merged:
    """`base` is the stamp the form came with, `theirs` what stands now, `yours` what was typed.

    A field that was not sent stays as it stands. A field of a row that is gone stands only when the person, told of
    that, sends it again.
    """
    seen = _read(base)
    values, conflicts, told = dict(theirs), {}, {}
    for name, text in yours.items():
        standing, before = theirs.get(name), seen.get(name)
        if text == standing:
            continue
        if standing is None:
            if text and before == GONE:
                values[name] = text
            elif text:
                conflicts[name], told[name] = (text, ""), GONE
        elif before == _hash(standing) or (before is None and not standing):
            values[name] = text
        else:
            conflicts[name] = (text, standing)
    if conflicts:
        return Merged(dict(theirs), ",".join(filter(None, [stamp(theirs), _written(told)])), conflicts)
    return Merged(values, stamp(values))


def touched(base: str, yours: Mapping[str, str]) -> dict[str, str]:
    """Of what came, the texts that say something else than the form with this stamp was given to show."""
    seen = _read(base)
    return {name: text for name, text in yours.items() if seen.get(name) != _hash(text)}


def news(base: str, shown: Mapping[str, str], yours: Collection[str]) -> dict[str, str]:
    """Of what stands now, the texts that the form with this stamp shows otherwise and did not send (`yours`)."""
    seen = _read(base)
    return {n: text for n, text in shown.items() if n not in yours and n in seen and seen[n] != _hash(text)}


def _hash(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=5).hexdigest()


def _written(hashes: Mapping[str, str]) -> str:
    return ",".join(f"{name}={value}" for name, value in hashes.items())


def _read(text: str) -> dict[str, str]:
    pairs = (pair.partition("=") for pair in text.split(",") if pair)
    return {name: value for name, _sign, value in pairs}
