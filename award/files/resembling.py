"""Questions about fingerprints: which are to be made, and which files they say are alike. None of them decides who may
see that: the room does that owns the files."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Integer,
    SQLColumnExpression,
    and_,
    cast,
    column,
    func,
    literal,
    or_,
    select,
    values,
)
from sqlalchemy.dialects.postgresql import BIT, array

from award.db import session
from award.files.models import File, Fingerprint, PageLook, Resemblance, Shingle
from uploads import looks, shingles

MOST = 100
_SIGN = 1 << 63


@dataclass(frozen=True)
class SharedText:
    """A text that has shingles of ours, those that many texts have left out."""

    file_id: int
    contained: float
    shared: int


def waiting(verified_before: datetime) -> list[int]:
    """Files whose fingerprint could be made since before the instant and is not: light versions come first."""
    due = (
        select(Fingerprint.file_id)
        .join(File, File.id == Fingerprint.file_id)
        .where(Fingerprint.state == "waiting", File.light != "waiting", File.verified_at < verified_before)
        .order_by(File.verified_at)
    )
    return list(session.scalars(due))


def common_from() -> int:
    """In how many texts a shingle must stand, of all there are, to be left out."""
    texts = select(func.count()).select_from(Fingerprint).where(Fingerprint.shingles > 0)
    return shingles.common_from(session.scalar(texts) or 0)


def common_among(numbers: Collection[int]) -> set[int]:
    """Those of these shingles that so many texts have that they say nothing."""
    often = (
        select(Shingle.number)
        .where(Shingle.number == func.any(literal(list(numbers))))
        .group_by(Shingle.number)
        .having(func.count() >= common_from())
    )
    return set(session.scalars(often))


def sharing_text(file_id: int) -> list[SharedText]:
    """The texts that share most with this one, by the index of shingles.

    The numbers are asked for first and handed over as they are: joined to themselves, the shingles of a table that
    grew since it was last measured are compared each with each.
    """
    numbers = list(session.scalars(select(Shingle.number).where(Shingle.file_id == file_id)))
    among = func.count().over(partition_by=Shingle.number).label("among")
    held = select(Shingle.file_id, among).where(Shingle.number == func.any(literal(numbers))).subquery()
    common = common_from()
    kept, left_out = (func.count().filter(condition) for condition in (held.c.among < common, held.c.among >= common))
    each = (
        select(held.c.file_id, kept.label("shared"), left_out.label("common"))
        .group_by(held.c.file_id)
        .order_by((held.c.file_id == file_id).desc(), kept.desc(), held.c.file_id)
        .limit(MOST)
        .subquery()
    )
    counted = (
        select(each, Fingerprint.shingles)
        .join(Fingerprint, Fingerprint.file_id == each.c.file_id)
        .order_by((each.c.file_id == file_id).desc(), each.c.shared.desc(), each.c.file_id)
    )
    rows = session.execute(counted).all()
    if not rows or rows[0].file_id != file_id:
        return []
    own = rows[0].shared
    return [
        SharedText(row.file_id, shingles.contained(row.shared, own, row.shingles - row.common), row.shared)
        for row in rows[1:]
    ]


@dataclass(frozen=True)
class LikePages:
    """Another file, pages of which look like pages of ours: how many of ours, by how many bits the nearest differ."""

    file_id: int
    pages: int
    apart: int
    ours: int
    theirs: int


def looking_like(look: looks.Look, but: int) -> list[tuple[int, looks.Look]]:
    """Other photos that may look like this one, straight or turned over, the nearest first."""
    straight, turned = (
        (_apart(column, look.waves), _apart(other, look.slopes))
        for column, other in (
            (Fingerprint.waves, Fingerprint.slopes),
            (Fingerprint.waves_mirrored, Fingerprint.slopes_mirrored),
        )
    )
    found = (
        select(Fingerprint)
        .where(
            Fingerprint.file_id != but,
            Fingerprint.waves.is_not(None),
            or_(*(_near(*pair) for pair in (straight, turned))),
        )
        .order_by(func.least(straight[0], turned[0]), Fingerprint.file_id)
        .limit(MOST)
    )
    return [(each.file_id, look_of(each)) for each in session.scalars(found)]


def pages_like(pages: Mapping[int, int], but: int, *, photos: bool) -> list[LikePages]:
    """Other files of which a page looks like one of these, in one question for them all, the nearest first; of photos,
    which are compared with each other by more, only where `photos`."""
    columns = column("page", BigInteger), column("look", BIT(looks.PAGE_BITS))
    ours = values(*columns, name="ours").data([(page, bits(look)) for page, look in sorted(pages.items())])
    apart = func.bit_count(ours.c.look.op("#")(PageLook.look))
    near = func.min(array([apart, ours.c.page, PageLook.page])).label("near")
    found = (
        select(PageLook.file_id, func.count(ours.c.page.distinct()), near)
        .join(ours, apart <= looks.PAGES_APART)
        .where(PageLook.file_id != but)
        .group_by(PageLook.file_id)
        .order_by(near, PageLook.file_id)
        .limit(MOST)
    )
    if not photos:
        found = found.join(Fingerprint, Fingerprint.file_id == PageLook.file_id).where(Fingerprint.waves.is_(None))
    return [LikePages(file_id, count, *nearest) for file_id, count, nearest in session.execute(found).tuples()]


def recordings_but(file_id: int) -> Iterator[tuple[int, bytes | None, bytes | None]]:
    """File id, frames and sound of every other recording, a few at a time."""
    others = select(Fingerprint.file_id, Fingerprint.frames, Fingerprint.sound).where(
        Fingerprint.file_id != file_id, or_(Fingerprint.frames.is_not(None), Fingerprint.sound.is_not(None))
    )
    yield from session.execute(others.order_by(Fingerprint.file_id).execution_options(yield_per=16)).tuples()


def same_bytes(file: File) -> list[int]:
    """Other files that are ready and have the very same bytes."""
    twins = select(File.id).where(File.sha256 == file.sha256, File.id != file.id, File.state == "ready")
    return list(session.scalars(twins.order_by(File.id).limit(MOST)))


def between(ours: Collection[int], theirs: Collection[int]) -> list[Resemblance]:
    """In what files of the one collection are like files of the other."""
    pairs = or_(
        and_(Resemblance.first_id.in_(ours), Resemblance.second_id.in_(theirs)),
        and_(Resemblance.first_id.in_(theirs), Resemblance.second_id.in_(ours)),
    )
    found = select(Resemblance).where(pairs).order_by(Resemblance.first_id, Resemblance.second_id, Resemblance.kind)
    return list(session.scalars(found))


def unheard(file_ids: Collection[int]) -> set[int]:
    """Those of these recordings whose sound was not listened to, for want of the library."""
    return set(session.scalars(select(Fingerprint.file_id).where(Fingerprint.file_id.in_(file_ids), Fingerprint.deaf)))


def look_of(kept: Fingerprint) -> looks.Look:
    """The numbers of a photo as they were before they were kept with a sign."""
    signed = (kept.waves, kept.slopes, kept.waves_mirrored, kept.slopes_mirrored)
    return looks.Look(*(number % (2 * _SIGN) for number in signed if number is not None))


def bits(look: int) -> str:
    """The look of a page as the database keeps it."""
    return f"{look:0{looks.PAGE_BITS}b}"


def signed(number: int) -> int:
    """The same 64 bits as the database's integer."""
    return number - 2 * _SIGN if number >= _SIGN else number


def _apart(column: SQLColumnExpression[int | None], number: int) -> ColumnElement[int]:
    """How many bits differ."""
    differing = cast(column.op("#")(literal(signed(number))), BIT(64))
    return cast(func.bit_count(differing), Integer)


def _near(waves: ColumnElement[int], slopes: ColumnElement[int]) -> ColumnElement[bool]:
    marked = and_(slopes <= looks.MARKED_SLOPES, waves <= looks.MARKED_WAVES)
    return or_(waves + slopes <= looks.TOGETHER_APART, marked)
