"""Keeping what a file says, looks and sounds like, and what other files are like it. In a job, after the verdict.

Nothing follows from it by itself: the secretariat is shown what is alike.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from sqlalchemy import func, insert, select, update

from award.clock import now
from award.db import session
from award.files import likeness, queries, resembling
from award.files.likeness import Likeness
from award.files.models import File, Fingerprint, PageLook, Resemblance, Shingle
from award.jobs import defer
from award.log.operations import record
from uploads import shingles
from uploads.fingerprints import Prints

TRIES = 3
"""After so many workers have died over it, a fingerprint is not tried again."""
_AT_A_TIME = 5000


def ask(*, file_id: int) -> None:
    """A worker makes the fingerprint once this commits, one after another: each is compared with those before it."""
    defer(
        "files.fingerprint", at_most_one=f"files.fingerprint:{file_id}", one_by_one="files.fingerprint", file_id=file_id
    )


def start(*, file_id: int) -> File | None:
    """The file whose fingerprint is to be made; None when it is gone, has one, or was tried too often."""
    kept = _locked(file_id)
    file = session.get(File, file_id)
    if kept is None or file is None or kept.state != "waiting" or file.state != "ready" or file.light == "waiting":
        return None
    if kept.tries >= TRIES:
        fail(file_id=file_id)
        return None
    kept.tries += 1
    session.flush()
    return file


def keep(*, file_id: int, prints: Prints, paragraphs: Sequence[str] = ()) -> None:
    """The fingerprint stands in place of an earlier one, and so does everything that is like the file."""
    kept = _locked(file_id)
    file = session.get(File, file_id)
    if kept is None or file is None or kept.state != "waiting":
        return
    numbers = sorted(set(shingles.shingles(shingles.syllables(paragraphs))))
    for at in range(0, len(numbers), _AT_A_TIME):
        rows = [{"number": number, "file_id": file_id} for number in numbers[at : at + _AT_A_TIME]]
        session.execute(insert(Shingle), rows)
    kept.shingles, kept.frames, kept.sound, kept.deaf = len(numbers), prints.frames, prints.sound, prints.deaf
    if prints.look is not None:
        look = prints.look
        kept.waves, kept.slopes = resembling.signed(look.waves), resembling.signed(look.slopes)
        kept.waves_mirrored = resembling.signed(look.waves_mirrored)
        kept.slopes_mirrored = resembling.signed(look.slopes_mirrored)
    kept.state, kept.made_at = "done", now()
    session.flush()
    pages = {page: look for page, look in enumerate(prints.pages, 1) if look is not None}
    if pages:
        seen = [{"file_id": file_id, "page": page, "look": resembling.bits(look)} for page, look in pages.items()]
        session.execute(insert(PageLook), seen)
    alike = list(_alike(file, kept, paragraphs, pages))
    session.add_all(_row(file_id, other_id, found) for other_id, found in alike)
    session.flush()
    facts: dict[str, int | str | None] = {"alike": len({other_id for other_id, _found in alike})}
    record("file.fingerprinted", actor_id=None, award_id=None, subject=file, facts=facts)


def postpone(*, file_id: int) -> None:
    """It was not the file's fault: the try does not count, and the sweep asks again."""
    waiting = (Fingerprint.file_id == file_id, Fingerprint.state == "waiting")
    session.execute(update(Fingerprint).where(*waiting).values(tries=func.greatest(Fingerprint.tries - 1, 0)))


def fail(*, file_id: int) -> None:
    """No fingerprint can be made of this file; it is like nothing."""
    kept = _locked(file_id)
    if kept is None or kept.state != "waiting":
        return
    kept.state = "failed"
    session.flush()
    file = session.get_one(File, file_id)
    record("file.fingerprint_failed", actor_id=None, award_id=None, subject=file, facts={"tries": kept.tries})


def _locked(file_id: int) -> Fingerprint | None:
    return session.scalar(
        select(Fingerprint)
        .where(Fingerprint.file_id == file_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )


def _row(file_id: int, other_id: int, found: Likeness) -> Resemblance:
    if other_id < file_id:
        file_id, other_id, found = other_id, file_id, found.other_way()
    return Resemblance(first_id=file_id, second_id=other_id, kind=found.kind, same=found.same, facts=found.facts)


def _alike(
    file: File, kept: Fingerprint, paragraphs: Sequence[str], pages: Mapping[int, int]
) -> Iterator[tuple[int, Likeness]]:
    """Every file that is like this one, and in what. Files of the very same bytes are alike in nothing else."""
    twins = resembling.same_bytes(file)
    yield from ((other_id, Likeness("bytes", True, {})) for other_id in twins)
    others = (found for found in _without_twins(kept, file, paragraphs, pages) if found[0] not in twins)
    yield from others


def _without_twins(
    kept: Fingerprint, file: File, paragraphs: Sequence[str], pages: Mapping[int, int]
) -> Iterator[tuple[int, Likeness]]:
    if kept.shingles:
        yield from _texts(file.id, paragraphs)
    if kept.waves is not None:
        ours = resembling.look_of(kept)
        yield from _found(
            (other, likeness.of_photos(ours, look)) for other, look in resembling.looking_like(ours, file.id)
        )
    if pages:
        yield from _pages(file.id, pages, photos=kept.waves is None)
    if kept.frames is not None or kept.sound is not None:
        for other, frames, sound in resembling.recordings_but(file.id):
            yield from ((other, each) for each in likeness.of_recordings((kept.frames, kept.sound), (frames, sound)))


def _pages(file_id: int, pages: Mapping[int, int], *, photos: bool) -> Iterator[tuple[int, Likeness]]:
    for like in resembling.pages_like(pages, file_id, photos=photos):
        yield like.file_id, likeness.of_scans(like.apart, pages=like.pages, ours=like.ours, theirs=like.theirs)


def _texts(file_id: int, paragraphs: Sequence[str]) -> Iterator[tuple[int, Likeness]]:
    """Only where enough shingles are shared for the longest passage to count is it looked for."""
    ours = shingles.syllables(paragraphs)
    for shared in resembling.sharing_text(file_id):
        longest = 0
        if shared.contained >= shingles.SHARED or shared.shared > shingles.ALWAYS_SHOWN - shingles.WIDTH:
            theirs = shingles.syllables(queries.clean_text(shared.file_id))
            longest = max((each.length for each in shingles.passages(ours, theirs)), default=0)
        yield from _found([(shared.file_id, likeness.of_texts(shared.contained, longest))])


def _found(pairs: Iterable[tuple[int, Likeness | None]]) -> Iterator[tuple[int, Likeness]]:
    return ((other_id, found) for other_id, found in pairs if found is not None)
