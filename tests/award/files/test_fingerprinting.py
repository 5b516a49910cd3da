"""The same work again: what files are alike, found in a job after the verdict, kept per file and gone with it."""

import io
from collections.abc import Callable, Sequence

import numpy as np
import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import func, select, text

from award.clock import now, stopped_at
from award.db import session, unit_of_work
from award.files import fingerprinting, operations, resembling
from award.files.models import File, Fingerprint, PageLook, Resemblance, Shingle
from award.files.resting import REST
from award.files.tasks import fingerprint, repair
from award.log.models import Event
from demonstration import media
from tests.award.files.conftest import Sender, fresh
from tests.award.files.test_light import MINUTE, verified
from tests.uploads.corpus import docx_file
from tests.uploads.test_fingerprints import film_of
from tests.uploads.test_looks import cropped, saved, scene
from uploads import chromaprint, fingerprints
from uploads.sandbox import ChildFailed
from uploads.storage import StoreUnavailable

pytestmark = pytest.mark.usefixtures("ctx")
SYLLABLES = "bản làng sông núi đường xa người dân chi bộ đảng viên nước lúa trường học trẻ già".split()  # noqa: SIM905


def prose(seed: int, length: int) -> str:
    return " ".join(np.random.default_rng(seed).choice(SYLLABLES, length))


def document(sender: Sender, *paragraphs: str, name: str = "bai.docx") -> File:
    return sender.stored(docx_file(*paragraphs), name, ["docx"])


def jpeg(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=90)
    return out.getvalue()


def alike() -> list[tuple[int, int, str, bool, dict[str, object]]]:
    rows = session.scalars(select(Resemblance).order_by(Resemblance.first_id, Resemblance.second_id))
    return [(row.first_id, row.second_id, row.kind, row.same, row.facts) for row in rows]


def test_an_excerpt_under_another_title_is_found_and_a_stranger_is_not(
    sender: Sender, run_jobs: Callable[[], None]
) -> None:
    whole = prose(1, 900)
    first = document(sender, "Đường về bản", whole)
    second = document(sender, "Một chuyến đi khác hẳn", prose(2, 100), " ".join(whole.split()[300:700]))
    document(sender, "Không liên quan", prose(3, 800))
    run_jobs()
    ((one, other, kind, same, facts),) = alike()
    assert ((one, other), kind, same) == ((first.id, second.id), "text", True)
    assert facts["longest"] == 400 and 75 <= int(str(facts["percent"])) <= 85


def test_it_goes_with_its_file(sender: Sender, run_jobs: Callable[[], None]) -> None:
    first, second = (document(sender, prose(1, 200), prose(n, 20)) for n in (2, 3))
    run_jobs()
    assert len(alike()) == 1
    with unit_of_work():
        operations.discard(file=session.get_one(File, first.id))
    assert alike() == []
    assert session.scalar(select(func.count()).where(Shingle.file_id == first.id)) == 0
    assert session.get(Fingerprint, first.id) is None and session.get(Fingerprint, second.id) is not None


def test_what_many_texts_have_is_no_likeness(sender: Sender, run_jobs: Callable[[], None]) -> None:
    slogan = prose(1, 38)
    files = [document(sender, slogan, prose(n, 60)) for n in range(2, 9)]
    run_jobs()
    assert {(one, other) for one, other, *_ in alike()} <= {
        (one.id, other.id) for one in files[:5] for other in files[:5]
    }, "once the sixth has it, the slogan counts for nothing"
    assert len(resembling.common_among([row.number for row in session.scalars(select(Shingle))])) == 34


def test_a_photo_saved_anew_and_cropped_is_found_turned_over_too(sender: Sender, run_jobs: Callable[[], None]) -> None:
    original = scene(1)
    kept = sender.stored(jpeg(original), "anh.jpg", ["jpeg"])
    again = sender.stored(jpeg(cropped(saved(original, 40), 0.05)), "khac.jpg", ["jpeg"])
    turned = sender.stored(jpeg(original.transpose(Image.Transpose.FLIP_LEFT_RIGHT)), "lat.jpg", ["jpeg"])
    sender.stored(jpeg(scene(2)), "la.jpg", ["jpeg"])
    run_jobs()
    found = {(one, other): facts["mirrored"] for one, other, kind, _same, facts in alike() if kind == "photo"}
    assert found == {(kept.id, again.id): False, (kept.id, turned.id): True, (again.id, turned.id): True}


@pytest.mark.long
def test_a_film_without_its_first_five_seconds_is_found(sender: Sender, run_jobs: Callable[[], None]) -> None:
    first = sender.stored(film_of(1, 45), "phim.mp4", ["mp4"])
    run_jobs()
    second = sender.stored(film_of(1, 45, skipped=5), "khac.mp4", ["mp4"])
    sender.stored(film_of(2, 45), "la.mp4", ["mp4"])
    run_jobs()
    ((one, other, kind, _same, facts),) = alike()
    assert ((one, other), kind) == ((first.id, second.id), "film")
    assert 37 <= int(str(facts["seconds"])) <= 41
    assert abs(int(str(facts["first_at"])) - int(str(facts["second_at"])) - 5) <= 1


def test_the_very_same_bytes_are_that_and_nothing_else(sender: Sender, run_jobs: Callable[[], None]) -> None:
    data = docx_file(prose(1, 200))  # made once: it says when it was made
    first, second = (sender.stored(data, name, ["docx"]) for name in ("a.docx", "b.docx"))
    run_jobs()
    assert alike() == [(first.id, second.id, "bytes", True, {})]


def test_a_sound_is_compared_or_it_is_known_that_it_was_not(sender: Sender, run_jobs: Callable[[], None]) -> None:
    data = media.recording("Giữ lời hứa với dân, từng việc một, ở từng bản xa", 40)
    first, second = sender.stored(data, "a.mp3", ["mp3"]), sender.stored(data[:-2000], "b.mp3", ["mp3"])
    run_jobs()
    both = {first.id, second.id}
    if chromaprint.installed():
        assert resembling.unheard(both) == set()
        assert [(one, other, kind, same) for one, other, kind, same, _ in alike()] == [(*sorted(both), "sound", True)]
    else:
        assert resembling.unheard(both) == both and alike() == []


def test_each_is_made_once_and_the_log_says_so(sender: Sender, run_jobs: Callable[[], None]) -> None:
    file = document(sender, prose(1, 100))
    run_jobs()
    fingerprint(file_id=file.id)
    kinds: Sequence[str] = list(session.scalars(select(Event.kind).where(Event.subject_id == file.id)))
    assert kinds.count("file.fingerprinted") == 1


def waiting_jobs() -> int:
    sql = "SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'files.fingerprint' AND status = 'todo'"
    return int(session.scalar(text(sql)) or 0)


def test_the_sweep_asks_again_for_what_a_dead_worker_left(sender: Sender, run_jobs: Callable[[], None]) -> None:
    file = verified(sender, docx_file(prose(1, 100)), "bai.docx", "docx")
    session.execute(text("DELETE FROM procrastinate_jobs"))
    session.commit()
    with stopped_at(now() + MINUTE):
        repair()
    assert waiting_jobs() == 1
    run_jobs()
    assert session.get_one(Fingerprint, file.id).state == "done"
    with stopped_at(now() + MINUTE):
        repair()
    assert waiting_jobs() == 0


def test_while_the_store_is_away_it_waits_and_a_broken_file_is_given_up(
    sender: Sender, monkeypatch: pytest.MonkeyPatch, run_jobs: Callable[[], None]
) -> None:
    file = verified(sender, jpeg(scene(1)), "anh.jpg", "jpeg")
    with unit_of_work():
        operations.mark_light_failed(file_id=file.id)

    def state() -> tuple[str, int]:
        session.rollback()
        session.expire_all()
        kept = session.get_one(Fingerprint, file.id)
        return kept.state, kept.tries

    def away(*_: object) -> None:
        raise StoreUnavailable("away")

    def broken(*_: object) -> None:
        raise ChildFailed("broken")

    with monkeypatch.context() as patched:
        patched.setattr(fingerprints, "of_photo", away)
        fingerprint(file_id=file.id)
    assert state() == ("waiting", 0)
    REST.over()
    with monkeypatch.context() as patched:
        patched.setattr(fingerprints, "of_photo", broken)
        fingerprint(file_id=file.id)
    assert state() == ("failed", 1)
    assert fresh(file).state == "ready", "the file stays as usable as it was"


def test_one_that_kills_its_worker_again_and_again_is_given_up(sender: Sender) -> None:
    file = verified(sender, docx_file(prose(1, 100)), "bai.docx", "docx")
    for _ in range(fingerprinting.TRIES):
        with unit_of_work():
            assert fingerprinting.start(file_id=file.id) is not None
    with unit_of_work():
        assert fingerprinting.start(file_id=file.id) is None
    assert session.get_one(Fingerprint, file.id).state == "failed"


def test_finding_what_is_alike_costs_as_many_statements_for_many_as_for_few(
    sender: Sender, app: Flask, statements: list[str]
) -> None:
    def spent(count: int, seed: int) -> int:
        for n in range(count):
            verified_one(document(sender, prose(seed + n, 120)))
        last = document(sender, prose(seed + 500, 120))
        verified_one(last, made=False)
        statements.clear()
        fingerprint(file_id=last.id)
        return len(statements)

    def verified_one(file: File, *, made: bool = True) -> None:
        from award.files.tasks import verify

        verify(file_id=file.id)
        if made:
            fingerprint(file_id=file.id)

    assert spent(1, 1000) == spent(12, 3000)


def printed(seed: int) -> Image.Image:
    """A page of three columns under a headline, as grey as any other."""
    chance = np.random.default_rng(seed)
    page = np.full((1500, 1100), 245, dtype=np.uint8)
    page[50:120, 60 : 300 + chance.integers(600)] = 30
    for column in range(3):
        for line in range(170, 1440, 22):
            at, end = 60 + 340 * column, 370 + 340 * column
            while at < end - 20:
                word = int(chance.integers(20, 110))
                page[line + 4 : line + 14, at : min(at + word, end)] = chance.integers(60, 110)
                at += word + 10
    across, down = (int(each) for each in chance.integers(100, 600, 2))
    page[down : down + 400, across : across + 450] = chance.integers(40, 200)
    return Image.fromarray(page)


def scan(*pages: Image.Image) -> bytes:
    out = io.BytesIO()
    pages[0].save(out, "PDF", quality=40, save_all=True, append_images=pages[1:])
    return out.getvalue()


@pytest.mark.long
def test_a_scan_without_a_word_is_found_by_the_look_of_any_of_its_pages(
    sender: Sender, run_jobs: Callable[[], None], statements: list[str]
) -> None:
    """Other first pages, the same pages in another order, one page as a photo; empty pages are like nothing."""
    pages, empty = [printed(seed) for seed in range(1, 4)], Image.new("L", (1100, 1500), 250)
    whole = sender.stored(scan(*pages, empty), "cả bài.pdf")
    exchanged = sender.stored(scan(printed(11), empty, pages[1]), "trang đầu khác.pdf")
    run_jobs()
    statements.clear()
    reordered = sender.stored(scan(pages[2], pages[1], pages[0], *(printed(n) for n in (12, 13))), "đảo trang.pdf")
    other = sender.stored(scan(printed(21), printed(22), empty), "bài khác.pdf")
    photo = sender.stored(jpeg(pages[2].resize((800, 1100))), "chụp.jpg", ["jpeg"])
    run_jobs()
    found = {(one, other): facts for one, other, _kind, _same, facts in alike()}
    one_of_three = found[whole.id, reordered.id]
    assert (one_of_three["pages"], int(str(one_of_three["first_page"])) + int(str(one_of_three["second_page"]))) == (
        3,
        4,
    )
    nearest = {pair: (facts["pages"], facts["first_page"], facts["second_page"]) for pair, facts in found.items()}
    del nearest[whole.id, reordered.id]
    assert nearest == {
        (whole.id, exchanged.id): (1, 2, 3),
        (exchanged.id, reordered.id): (1, 3, 2),
        (whole.id, photo.id): (1, 3, 1),
        (reordered.id, photo.id): (1, 1, 1),
    }
    assert session.scalar(select(func.count()).where(PageLook.file_id == whole.id)) == 3
    compared = [each for each in statements if "bit_count" in each and "page_look" in each]
    assert len(compared) == 3, "one question for each file, however many pages"
    with unit_of_work():
        operations.discard(file=session.get_one(File, whole.id))
    assert session.scalar(select(func.count()).where(PageLook.file_id == whole.id)) == 0
    assert other.id not in {each for pair in found for each in pair}


def test_a_scan_is_found_by_its_page_scanned_anew(sender: Sender, run_jobs: Callable[[], None]) -> None:
    page = printed(1)
    first = sender.stored(scan(page), "trang bao.pdf")
    again = page.rotate(0.4, fillcolor=235).crop((8, 8, 1092, 1490)).resize((800, 1100))
    second = sender.stored(scan(again), "ban quet.pdf")
    for other in (2, 3, 4):
        sender.stored(scan(printed(other)), f"trang {other}.pdf")
    third = sender.stored(jpeg(again), "chup.jpg", ["jpeg"])
    run_jobs()
    assert {(one, other, kind) for one, other, kind, *_ in alike()} == {
        (first.id, second.id, "photo"),
        (first.id, third.id, "photo"),
        (second.id, third.id, "photo"),
    }
