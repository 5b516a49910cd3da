"""Two works beside each other: what both answered alike, and what their files have in common, ready to be looked at."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from itertools import product

from flask_babel import gettext as _

from award.dates import day
from award.entries.dossiers import Dossier
from award.files import resembling
from award.files.models import Resemblance
from award.files.reading import Reading, clock, readings
from award.links import link_key
from award.screening.similar import Alike, content_words
from award.text import folded
from uploads import shingles
from uploads.shingles import Passage, Syllable

SHOWN_FROM = 8
"""Syllables in a row below which a common passage is chance or grammar."""
MOST_PASSAGES, MOST_TEXTS = 20, 12
AROUND = 12
"""Syllables that are shown before and after a passage."""


@dataclass(frozen=True)
class Answer:
    """One thing both works say. `same`: both say the same, and few others say it."""

    name: str
    ours: str
    theirs: str
    same: bool


@dataclass(frozen=True)
class Excerpt:
    """A passage as it stands in one text, with what stands around it."""

    before: str
    common: str
    after: str


@dataclass(frozen=True)
class Shared:
    """A passage that both texts have, so many syllables long."""

    length: int
    ours: Excerpt
    theirs: Excerpt


@dataclass(frozen=True)
class TextPair:
    """Two texts with what they have in common: the share of the shorter one, and the passages in our order."""

    ours: str
    theirs: str
    percent: int
    longest: int
    passages: Sequence[Shared]
    more: int
    """How many shorter passages are not shown."""


@dataclass(frozen=True)
class FilePair:
    """Two photos or recordings that are alike, in words, and from which seconds on."""

    kind: str
    ours: Reading
    theirs: Reading
    words: str
    ours_from: int = 0
    theirs_from: int = 0
    seconds: int = 0

    @property
    def sides(self) -> tuple[tuple[Reading, int, str], tuple[Reading, int, str]]:
        """Each file, from which second on it is alike, and from when to when in words."""
        times = (self.ours_from, self.theirs_from)
        words = [f"{clock(at)}–{clock(at + self.seconds)}" for at in times]
        return (self.ours, times[0], words[0]), (self.theirs, times[1], words[1])


@dataclass(frozen=True)
class SideBySide:
    """All that is shown of a pair. `unheard`: there is sound on both sides that could not be compared here."""

    reasons: Sequence[str]
    answers: Sequence[Answer]
    texts: Sequence[TextPair] = ()
    photos: Sequence[FilePair] = ()
    recordings: Sequence[FilePair] = ()
    twins: Sequence[tuple[str, str]] = ()
    unheard: bool = False


@dataclass
class _Side:
    """The files of one work as they are read, by their ids."""

    readings: dict[int, Reading] = field(default_factory=dict)

    @property
    def texts(self) -> dict[int, Reading]:
        held = {file_id: one for file_id, one in self.readings.items() if one.paragraphs}
        return dict(list(held.items())[:MOST_TEXTS])


def side_by_side(ours: Dossier, theirs: Dossier) -> SideBySide:
    """Two works with everything in which they are alike."""
    labels = {file.id: file.name for file in (*ours.files, *theirs.files)}
    captions = {file.id: file.caption for file in (*ours.files, *theirs.files)}
    read = readings(labels, captions=captions)
    mine, other = (
        _Side({file.id: read[file.id] for file in work.files if file.id in read and read[file.id].ready})
        for work in (ours, theirs)
    )
    found = resembling.between(list(mine.readings), list(other.readings)) if mine.readings and other.readings else []
    pairs = [_pair(each, mine, other) for each in found if each.kind in ("photo", "film", "sound")]
    return SideBySide(
        reasons=content_words([Alike(each.kind, each.same, each.facts) for each in found]),
        answers=_answers(ours, theirs),
        texts=_texts(mine, other),
        photos=[each for each in pairs if each.kind == "photo"],
        recordings=[each for each in pairs if each.kind != "photo"],
        twins=[_names(each, mine, other) for each in found if each.kind == "bytes"],
        unheard=_unheard(mine, other),
    )


def _answers(ours: Dossier, theirs: Dossier) -> list[Answer]:
    def authors(work: Dossier) -> str:
        return ", ".join(
            f"{each.legal_name} ({each.pen_name})" if each.pen_name else each.legal_name for each in work.authors
        )

    def published(work: Dossier) -> str:
        return ", ".join(day(part.published_on) for part in work.parts if part.published_on)

    links = [{link_key(part.link) for part in work.parts} - {""} for work in (ours, theirs)]
    telling = [
        (_("Tên tác phẩm"), ours.title, theirs.title),
        (_("Tác giả"), authors(ours), authors(theirs)),
    ]
    said = [
        (_("Cơ quan đăng, phát"), ours.publisher, theirs.publisher),
        (_("Loại hình"), ours.category, theirs.category),
        (_("Ngày đăng, phát"), published(ours), published(theirs)),
    ]
    answers = [Answer(name, one, other, bool(one) and folded(one) == folded(other)) for name, one, other in telling]
    answers += [Answer(name, one, other, same=False) for name, one, other in said]
    shown = ["\n".join(part.link for part in work.parts if part.link) for work in (ours, theirs)]
    if any(shown):
        answers.append(Answer(_("Đường dẫn"), shown[0], shown[1], bool(links[0] & links[1])))
    return answers


def _pair(found: Resemblance, mine: _Side, other: _Side) -> FilePair:
    ours, theirs, first = _sides(found, mine, other)
    facts = found.facts
    words = content_words([Alike(found.kind, found.same, facts)])[0]
    if found.kind == "photo":
        pages = facts.get("first_page", 1), facts.get("second_page", 1)
        ours_page, theirs_page = pages if first else pages[::-1]
        return FilePair("photo", _at_page(ours, ours_page), _at_page(theirs, theirs_page), words)
    at = facts["first_at"], facts["second_at"]
    ours_from, theirs_from = at if first else at[::-1]
    return FilePair(found.kind, ours, theirs, words, ours_from, theirs_from, facts["seconds"])


def _at_page(reading: Reading, number: int) -> Reading:
    """The same with this page alone, where it has pages."""
    return replace(reading, pages=[page for page in reading.pages if page.number == number])


def _sides(found: Resemblance, mine: _Side, other: _Side) -> tuple[Reading, Reading, bool]:
    """Our file and theirs, and whether ours stands first in the row."""
    first = found.first_id in mine.readings and found.second_id in other.readings
    ids = (found.first_id, found.second_id) if first else (found.second_id, found.first_id)
    return mine.readings[ids[0]], other.readings[ids[1]], first


def _names(found: Resemblance, mine: _Side, other: _Side) -> tuple[str, str]:
    ours, theirs, _first = _sides(found, mine, other)
    return ours.label, theirs.label


def _unheard(mine: _Side, other: _Side) -> bool:
    sounding = [
        {file_id for file_id, one in side.readings.items() if one.family in ("audio", "video")}
        for side in (mine, other)
    ]
    if not all(sounding):
        return False
    deaf = resembling.unheard(sounding[0] | sounding[1])
    return all(deaf & side for side in sounding)


def _texts(mine: _Side, other: _Side) -> list[TextPair]:
    """Pairs of texts that have a passage in common, those with most first."""
    texts = [
        {file_id: (one, shingles.syllables(one.paragraphs)) for file_id, one in side.texts.items()}
        for side in (mine, other)
    ]
    if not all(texts):
        return []
    numbers = [{file_id: set(shingles.shingles(each)) for file_id, (_one, each) in side.items()} for side in texts]
    shared = set().union(*numbers[0].values()) & set().union(*numbers[1].values())
    common = resembling.common_among(shared) if shared else set()
    found = [
        pair
        for ours, theirs in product(texts[0], texts[1])
        if (pair := _text_pair(texts[0][ours], texts[1][theirs], numbers[0][ours], numbers[1][theirs], common))
    ]
    return sorted(found, key=lambda pair: (-pair.percent, -pair.longest))


def _text_pair(
    ours: tuple[Reading, Sequence[Syllable]],
    theirs: tuple[Reading, Sequence[Syllable]],
    our_numbers: Collection[int],
    their_numbers: Collection[int],
    common: Collection[int],
) -> TextPair | None:
    left_out = set(common)
    contained = shingles.containment(set(our_numbers) - left_out, set(their_numbers) - left_out)
    runs = [run for run in shingles.passages(ours[1], theirs[1], common=common) if run.length >= SHOWN_FROM]
    if not runs:
        return None
    kept = sorted(sorted(runs, key=lambda run: -run.length)[:MOST_PASSAGES], key=lambda run: run.ours)
    return TextPair(
        ours=ours[0].label,
        theirs=theirs[0].label,
        percent=round(100 * contained),
        longest=max(run.length for run in runs),
        passages=[_shared(run, ours, theirs) for run in kept],
        more=len(runs) - len(kept),
    )


def _shared(
    run: Passage, ours: tuple[Reading, Sequence[Syllable]], theirs: tuple[Reading, Sequence[Syllable]]
) -> Shared:
    return Shared(run.length, _excerpt(*ours, run.ours, run.length), _excerpt(*theirs, run.theirs, run.length))


def _excerpt(one: Reading, text: Sequence[Syllable], first: int, length: int) -> Excerpt:
    end = first + length
    from_, until = max(0, first - AROUND), min(len(text), end + AROUND)
    before = _stretch(one.paragraphs, text, from_, first)
    after = _stretch(one.paragraphs, text, end, until)
    return Excerpt(
        f"… {before}" if from_ else before,
        _stretch(one.paragraphs, text, first, end),
        f"{after} …" if until < len(text) else after,
    )


def _stretch(paragraphs: Sequence[str], text: Sequence[Syllable], first: int, end: int) -> str:
    """The text from the first of these syllables up to the one at `end`, as it was written."""
    pieces, at = [], first
    while at < end:
        number = text[at].paragraph
        stop = next((n for n in range(at, end) if text[n].paragraph != number), end)
        following = text[stop] if stop < len(text) else None
        until = following.start if following is not None and following.paragraph == number else None
        pieces.append(paragraphs[number][text[at].start : until].strip())
        at = stop
    return " ".join(pieces)
