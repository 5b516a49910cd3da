"""What is made of photos and recordings after the verdict: in jobs of its own, and never at the cost of the file."""

import io
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import av
import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import select, text

from award.alone import alone
from award.clock import now, stopped_at
from award.db import session, unit_of_work
from award.files import lightening, operations, tasks, words
from award.files.models import File
from award.files.resting import REST
from award.files.store import storage
from award.files.tasks import lighten, repair, tidy, verify
from award.log.models import Event
from demonstration import media
from tests.award.files.conftest import Sender, fresh, made_of, photo
from tests.uploads import recordings
from uploads import light
from uploads.sandbox import ChildFailed
from uploads.storage import NoSuchObject, StoreUnavailable

MINUTE = timedelta(seconds=61)
pytestmark = pytest.mark.usefixtures("ctx")


def stored_bytes(key: str | None) -> bytes:
    assert key is not None
    return b"".join(storage().stream(key))


def light_jobs() -> int:
    return int(session.scalar(text("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'files.lighten'")) or 0)


def verified(sender: Sender, data: bytes, name: str, kind: str) -> File:
    file = sender.stored(data, name, [kind])
    verify(file_id=file.id)
    return fresh(file)


def test_a_photo_is_made_in_three_sizes_upright_and_without_what_the_camera_wrote(sender: Sender) -> None:
    original = media.photograph("Tiếng cồng ở Suối Đá", 2, author="Nguyen Thi Van")
    assert b"Nguyen Thi Van" in original
    file = verified(sender, original, "anh.jpg", "jpeg")
    assert (file.state, file.light, words.light_of(file)) == ("ready", "waiting", "Đang làm bản xem nhẹ.")
    lighten(file_id=file.id)
    assert fresh(file).light == "done"
    made = made_of(file, "photo")
    assert [(each.ordinal, each.facts["width"], each.facts["height"]) for each in made] == [
        (0, 1200, 1800),
        (400, 267, 400),
        (1600, 1067, 1600),
    ]
    for each in made:
        data = stored_bytes(each.key)
        assert storage().stat(each.key or "").content_type == each.content_type
        assert b"Nguyen" not in data
        with Image.open(io.BytesIO(data)) as image:
            assert not image.getexif()
            assert image.size == (each.facts["width"], each.facts["height"])
    assert stored_bytes(file.key) == original, "the original stays as it came"


def test_a_film_gets_a_light_version_a_poster_and_the_picture_of_its_sound(
    sender: Sender, run_jobs: Callable[[], None]
) -> None:
    file = sender.stored(recordings.mov(), "phim.mov", ["mov"])
    run_jobs()
    found = fresh(file)
    assert (found.state, found.light, found.facts["plays_in_browser"]) == ("ready", "done", False)
    (version,) = made_of(file, "light")
    assert (version.content_type, version.facts) == ("video/mp4", {"width": 160, "height": 90})
    assert version.size == len(stored_bytes(version.key))
    with av.open(io.BytesIO(stored_bytes(version.key))) as opened:
        assert opened.streams.video[0].codec_context.name == "h264"
    (sound,) = made_of(file, "sound")
    with av.open(io.BytesIO(stored_bytes(sound.key))) as opened:
        assert [stream.type for stream in opened.streams] == ["audio"]
    (poster,) = made_of(file, "poster")
    assert Image.open(io.BytesIO(stored_bytes(poster.key))).size == (160, 90)
    (wave,) = made_of(file, "waveform")
    assert 0 < len(wave.facts["peaks"]) <= 1000
    assert list(session.scalars(select(Event.kind).order_by(Event.id)))[-3:] == [
        "file.ready",
        "file.light_made",
        "file.fingerprinted",
    ]


def test_a_recording_that_plays_gets_one_too_since_a_blind_round_shows_nothing_else(
    sender: Sender, run_jobs: Callable[[], None]
) -> None:
    file = sender.stored(media.recording("Giữ lời hứa với dân", 3, author="Nguyen Thi Van"), "a.mp3", ["mp3"])
    run_jobs()
    (version,) = made_of(file, "light")
    assert b"Nguyen" not in stored_bytes(version.key)
    assert made_of(file, "poster") == []


def test_a_document_has_none(sender: Sender, run_jobs: Callable[[], None]) -> None:
    from tests.award.files.conftest import pdf_of

    file = sender.stored(pdf_of("Trang 1"))
    run_jobs()
    assert fresh(file).light == "none"


def test_one_that_cannot_be_made_never_unmakes_ready(sender: Sender, monkeypatch: pytest.MonkeyPatch) -> None:
    file = verified(sender, photo(), "anh.jpg", "jpeg")
    storage().put_small(file.key, b"\xff\xd8\xff not a photo any more", "image/jpeg")
    lighten(file_id=file.id)
    found = fresh(file)
    assert (found.state, found.light) == ("ready", "failed")
    assert words.state_of(found).word == "Dùng được"
    assert words.facts_of(found).endswith("Chưa làm được bản xem nhẹ; tệp vẫn dùng được.")


def test_making_it_twice_makes_it_once(sender: Sender) -> None:
    file = verified(sender, photo(), "anh.jpg", "jpeg")
    lighten(file_id=file.id)
    keys = [each.key for each in made_of(file, "photo")]
    lighten(file_id=file.id)
    assert [each.key for each in made_of(file, "photo")] == keys


def test_what_stood_there_before_gives_way(sender: Sender) -> None:
    file = verified(sender, photo(), "anh.jpg", "jpeg")
    lighten(file_id=file.id)
    before = [each.key or "" for each in made_of(file, "photo")]
    with unit_of_work():
        fresh(file).light = "waiting"
    lighten(file_id=file.id)
    after = [each.key or "" for each in made_of(file, "photo")]
    assert len(after) == 3
    assert not set(before) & set(after)
    for key in before:
        with pytest.raises(NoSuchObject):
            storage().stat(key)


def test_a_worker_that_died_over_it_is_followed_by_another(sender: Sender, monkeypatch: pytest.MonkeyPatch) -> None:
    file = verified(sender, photo(), "anh.jpg", "jpeg")

    def dies(**_: object) -> object:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(operations, "mark_light", dies)
        with pytest.raises(KeyboardInterrupt):
            lighten(file_id=file.id)
    left = {found.key for found in storage().objects(f"{operations.PAGES}/")}
    assert left
    session.execute(text("DELETE FROM procrastinate_jobs"))
    session.commit()
    with stopped_at(now() + MINUTE):
        repair()
    assert light_jobs() == 1
    lighten(file_id=file.id)
    assert fresh(file).light == "done"
    with stopped_at(now() + timedelta(hours=49)):
        tidy()
    assert not left & {found.key for found in storage().objects(f"{operations.PAGES}/")}


def test_after_three_deaths_it_is_given_up(sender: Sender) -> None:
    file = verified(sender, photo(), "anh.jpg", "jpeg")
    for _ in range(operations.LIGHT_TRIES):
        with unit_of_work():
            assert operations.start_light(file_id=file.id) is not None
    lighten(file_id=file.id)
    assert fresh(file).light == "failed"


def test_a_store_that_is_away_costs_no_try(sender: Sender, monkeypatch: pytest.MonkeyPatch) -> None:
    file = verified(sender, recordings.mp3(), "a.mp3", "mp3")

    def away(*_: object) -> bytes:
        raise StoreUnavailable("away")

    with monkeypatch.context() as patch:
        patch.setattr("uploads.storage.Storage.read", away)
        lighten(file_id=file.id)
    assert (fresh(file).light, fresh(file).light_tries) == ("waiting", 0)
    lighten(file_id=file.id)
    assert fresh(file).light == "waiting", "the store is left alone for a while"
    REST.over()
    lighten(file_id=file.id)
    assert fresh(file).light == "done"


def test_a_full_disk_costs_no_try(sender: Sender, monkeypatch: pytest.MonkeyPatch) -> None:
    file = verified(sender, recordings.mp3(), "a.mp3", "mp3")
    with monkeypatch.context() as patch:
        patch.setattr(lightening, "FREE_BYTES", 10**18)
        lighten(file_id=file.id)
    assert (fresh(file).light, fresh(file).light_tries) == ("waiting", 0)


def test_how_far_it_has_come_is_told(sender: Sender, monkeypatch: pytest.MonkeyPatch) -> None:
    file = verified(sender, recordings.mp4(), "a.mp4", "mp4")
    seen: list[str] = []
    real = operations.note_light

    def noted(*, file_id: int, percent: int) -> None:
        real(file_id=file_id, percent=percent)
        session.flush()
        found = session.get_one(File, file_id, populate_existing=True)
        seen.append(words.light_of(found))

    monkeypatch.setattr(operations, "note_light", noted)
    monkeypatch.setattr(tasks, "TELL_EVERY", 0.0)
    lighten(file_id=file.id)
    assert len(seen) > 10
    assert all(word.startswith("Đang làm bản xem nhẹ") for word in seen)
    assert any("%." in word for word in seen)
    assert words.light_of(fresh(file)) == ""


def test_a_file_in_the_hands_of_another_worker_is_left_to_it(sender: Sender) -> None:
    file = verified(sender, photo(), "anh.jpg", "jpeg")
    with alone(tasks._LOCK_SPACE, file.id) as mine:
        assert mine
        lighten(file_id=file.id)
    assert fresh(file).light == "waiting"


def test_a_file_that_went_meanwhile_leaves_nothing(sender: Sender, monkeypatch: pytest.MonkeyPatch) -> None:
    file = verified(sender, photo(), "anh.jpg", "jpeg")
    real = tasks._light_renditions

    def meanwhile(made: lightening.Lightened) -> Iterator[object]:
        yield from real(made)
        with unit_of_work():
            operations.discard(file=session.get_one(File, file.id))

    monkeypatch.setattr(tasks, "_light_renditions", meanwhile)
    before = {found.key for found in storage().objects(f"{operations.PAGES}/")}
    lighten(file_id=file.id)
    assert {found.key for found in storage().objects(f"{operations.PAGES}/")} == before


def test_discarding_takes_everything_along(sender: Sender, run_jobs: Callable[[], None]) -> None:
    before = {found.key for found in storage().objects()}
    file = sender.stored(recordings.mp4(), "a.mp4", ["mp4"])
    run_jobs()
    assert len({found.key for found in storage().objects()} - before) == 4
    with unit_of_work():
        operations.discard(file=fresh(file))
    run_jobs()
    assert {found.key for found in storage().objects()} == before


def test_light_versions_nobody_names_go_after_two_days(sender: Sender) -> None:
    key = f"{operations.LIGHT}/{'0' * 40}"
    storage().put_small(key, b"x", "video/mp4")
    with stopped_at(now() + timedelta(hours=49)):
        tidy()
    with pytest.raises(NoSuchObject):
        storage().stat(key)


def test_verdicts_do_not_wait_behind_films(sender: Sender) -> None:
    """At most two light versions are made at once, whoever works: their jobs share a lock, verdicts have none."""
    verified(sender, photo(), "anh.jpg", "jpeg")
    locks = session.execute(text("SELECT task_name, lock FROM procrastinate_jobs")).tuples().all()
    assert dict(locks)["files.lighten"] in ("files.lighten.first", "files.lighten.second")
    assert not str(dict(locks).get("files.verify")).startswith("files.lighten")


def test_asking_again_adds_no_second_job(sender: Sender) -> None:
    file = verified(sender, photo(), "anh.jpg", "jpeg")
    with unit_of_work():
        operations.ask_for_light(file_id=file.id)
        operations.ask_for_light(file_id=file.id)
        assert session.get_one(File, file.id).light == "waiting", "the transaction goes on after the second refusal"
    assert light_jobs() == 1


@pytest.mark.parametrize("damage", [b"", b"x" * 1000])
def test_a_child_without_an_answer_is_no_light_version(damage: bytes, tmp_path: Path, ctx: Flask) -> None:
    from uploads.kinds import BY_CODE
    from uploads.ranges import FileRanges

    path = tmp_path / "film"
    path.write_bytes(damage)
    with pytest.raises(ChildFailed):
        light.make(FileRanges(path), BY_CODE["mp4"], tmp_path, seconds=1, on_progress=int)


def test_two_are_made_at_once_and_the_second_only_where_there_is_memory_for_both(
    sender: Sender, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = [sender.stored(photo(640 + number, 480), f"anh {number}.jpg", ["jpeg"]) for number in range(2)]
    for each in files:
        verify(file_id=each.id)
    lanes = session.scalars(text("SELECT lock FROM procrastinate_jobs WHERE task_name = 'files.lighten' ORDER BY id"))
    assert set(lanes) == {"files.lighten.first", "files.lighten.second"}
    second = next(each for each in files if operations.second_lane(each.id))
    monkeypatch.setattr(tasks, "memory_left", lambda: 0)
    session.execute(text("UPDATE procrastinate_jobs SET status = 'doing' WHERE task_name = 'files.lighten'"))
    session.commit()
    lighten(file_id=second.id)
    assert (fresh(second).light, fresh(second).light_tries) == ("waiting", 0), "it waits, and no try is counted"
    session.execute(
        text("UPDATE procrastinate_jobs SET status = 'todo' WHERE args->>'file_id' != :id"), {"id": str(second.id)}
    )
    session.commit()
    lighten(file_id=second.id)
    assert fresh(second).light == "done", "alone it goes however little there is"
