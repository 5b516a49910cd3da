"""Sound and film: what is taken with which facts, what is refused by which word, and that nothing else is opened."""

import io
import random
import socket
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from tests.uploads import corpus, recordings
from tests.uploads.corpus import image
from tests.uploads.recordings import (
    id3,
    id3_frame,
    m4a,
    mkv,
    mov,
    mp3,
    mp4,
    ogg,
    wav,
    webm,
    with_attachment,
    with_outside_part,
    without_tag,
)
from uploads import boxes
from uploads.kinds import BY_CODE
from uploads.ranges import FileRanges
from uploads.sniff import Verdict, inspect, verify_in_child

FASTSTART = (("movflags", "faststart"),)
FRAGMENTS = (("movflags", "frag_keyframe+empty_moov"),)


def verdict_on(data: bytes, code: str, folder: Path) -> Verdict:
    path = folder / "file"
    path.write_bytes(data)
    return inspect(path, BY_CODE[code])


def large_cover() -> bytes:
    out = io.BytesIO()
    Image.effect_noise((1200, 1200), 90).save(out, "JPEG", quality=95)
    assert len(out.getvalue()) > 400_000
    return id3(recordings.cover(out.getvalue()))


FILM = {"video_codec": "h264", "audio_codec": "aac", "width": 160, "height": 90, "fps": 25.0, "has_audio": True}
HONEST = [
    ("mp3", lambda: mp3(), {"audio_codec": "mp3float", "plays_in_browser": True}),
    ("mp3", lambda: without_tag(mp3()), {"plays_in_browser": True}),
    ("mp3", lambda: mp3(options=(("write_xing", "0"),)), {"plays_in_browser": True}),
    ("mp3", lambda: id3(recordings.cover(image("JPEG"))) + without_tag(mp3()), {"video_codec": None}),
    ("mp3", lambda: large_cover() + without_tag(mp3()), {"video_codec": None}),
    ("m4a", lambda: m4a(), {"audio_codec": "aac", "plays_in_browser": True}),
    ("wav", lambda: wav(), {"audio_codec": "pcm_s16le", "plays_in_browser": True}),
    ("wav", lambda: recordings.made("wav", audio="pcm_s24le"), {"plays_in_browser": False}),
    ("ogg", lambda: ogg(), {"audio_codec": "opus", "plays_in_browser": False}),
    ("mp4", lambda: mp4(), {**FILM, "plays_in_browser": True, "interlaced": False}),
    ("mp4", lambda: mp4(options=FASTSTART), {**FILM, "plays_in_browser": True}),
    ("mp4", lambda: mp4(options=FRAGMENTS), {"plays_in_browser": True}),
    ("mp4", lambda: mp4(audio=None), {"has_audio": False, "audio_codec": None, "plays_in_browser": True}),
    ("mp4", lambda: mp4(turned=90), {"width": 90, "height": 160}),
    ("mp4", lambda: mp4(interlaced=True, size=(160, 96)), {"interlaced": True}),
    ("mp4", lambda: mp4(pixels="yuv422p"), {"plays_in_browser": False}),
    ("mp4", lambda: mp4().replace(b"ftypisom", b"ftypXAVC", 1), FILM),
    ("mp4", lambda: mp4().replace(b"ftypisom", b"ftypM4V ", 1), FILM),
    ("mov", lambda: mov(), {**FILM, "plays_in_browser": False}),
    ("mov", lambda: mov().replace(b"ftypqt  ", b"freeqt  ", 1), FILM),
    ("mov", lambda: mov(video="prores_ks", pixels="yuv422p10le", audio="pcm_s16le"), {"video_codec": "prores"}),
    ("mkv", lambda: mkv(), {**FILM, "plays_in_browser": False}),
    ("webm", lambda: webm(), {"video_codec": "vp8", "audio_codec": "opus", "plays_in_browser": False}),
    ("webm", lambda: webm(options=(("live", "1"),)), {"video_codec": "vp8"}),
]


@pytest.mark.parametrize(("code", "data", "facts"), HONEST)
def test_honest_recordings_are_taken(code: str, data: object, facts: dict[str, object], tmp_path: Path) -> None:
    made = data()  # type: ignore[operator]
    verdict = verdict_on(made, code, tmp_path)
    assert (verdict.ok, verdict.reason) == (True, "")
    assert (verdict.facts.mime, verdict.facts.size) == (BY_CODE[code].mime, len(made))
    assert verdict.facts.duration == pytest.approx(3, abs=0.1)
    assert {name: getattr(verdict.facts, name) for name in facts} == facts


@pytest.mark.parametrize(("code", "data"), [("mp4", mp4), ("mkv", mkv), ("mp3", mp3), ("wav", wav)])
def test_a_longer_one_is_looked_into_in_three_places(code: str, data: object, tmp_path: Path) -> None:
    verdict = verdict_on(data(20), code, tmp_path)  # type: ignore[operator]
    assert verdict.ok
    assert verdict.facts.duration == pytest.approx(20, abs=0.1)


def with_hole(data: bytes) -> bytes:
    """The middle third of the pictures and the sound is zeros."""
    start = data.index(b"mdat") + 4
    third = (len(data) - start) // 3
    return data[: start + third] + bytes(third) + data[start + 2 * third :]


REFUSED = [
    # not all of it
    ("mp4", lambda: mp4()[:-500], "truncated"),
    ("mp4", lambda: mp4(options=FASTSTART)[:-1], "truncated"),
    ("mp4", lambda: corpus.MP4, "truncated"),
    ("mp4", lambda: with_hole(mp4(20)), "truncated"),
    ("m4a", lambda: m4a(20)[:60_000], "truncated"),
    ("mkv", lambda: mkv(20)[:100_000], "truncated"),
    ("webm", lambda: webm(20)[:100_000], "truncated"),
    ("mp3", lambda: mp3(20)[:80_000], "truncated"),
    ("wav", lambda: wav(20)[:500_000], "truncated"),
    ("mp3", lambda: b"\xff\xfb\x90\x64" + random.Random(1).randbytes(100_000), "truncated"),  # noqa: S311
    # nothing to hear, nothing to see
    ("mp4", lambda: recordings.made("mp4", audio="aac"), "no_picture"),
    ("mkv", lambda: recordings.made("matroska", audio="aac"), "no_picture"),
    ("mp4", lambda: with_only_a_cover(), "no_picture"),
    # an honest recording under a wrong ending
    ("m4a", lambda: mp4(), "wrong_type"),
    ("mov", lambda: mp4(), "wrong_type"),
    ("mp4", lambda: mov(), "wrong_type"),
    ("mkv", lambda: webm(), "wrong_type"),
    ("webm", lambda: mkv(), "wrong_type"),
    ("mp3", lambda: wav(), "wrong_type"),
    ("mp3", lambda: corpus.MP4, "wrong_type"),
    # something else under this name
    ("mp3", lambda: corpus.ELF * 2000, "disguised"),
    ("mp4", lambda: corpus.MP4[:32] + corpus.HTML, "disguised"),
    ("mp3", lambda: id3(id3_frame(b"GEOB", bytes(5_000_000) + corpus.HTML)) + without_tag(mp3()), "disguised"),
    ("mp4", lambda: corpus.PLAYLIST, "wrong_type"),
    # parts elsewhere, other files, locks
    ("mp4", lambda: with_outside_part(mp4()), "active_content"),
    ("mov", lambda: with_outside_part(mov()), "active_content"),
    ("mkv", with_attachment, "active_content"),
    ("mp4", lambda: mp4().replace(b"avc1", b"encv"), "encrypted"),
]


def with_only_a_cover() -> bytes:
    """What stands as a picture in this MP4 is the cover of a recording of sound."""
    import av

    out = io.BytesIO()
    with av.open(out, "w", format="mp4") as container:
        cover = container.add_stream("mjpeg", rate=1)
        cover.width, cover.height, cover.pix_fmt = 64, 48, "yuvj420p"
        cover.disposition = av.stream.Disposition.attached_pic
        container.mux(cover.encode(av.VideoFrame.from_image(Image.new("RGB", (64, 48)))))
        container.mux(cover.encode(None))
    return out.getvalue()


@pytest.mark.parametrize(("code", "data", "reason"), REFUSED)
def test_recordings_are_refused_for_the_right_reason(code: str, data: object, reason: str, tmp_path: Path) -> None:
    verdict = verdict_on(data(), code, tmp_path)  # type: ignore[operator]
    assert (verdict.ok, verdict.reason) == (False, reason)


def test_larger_pictures_than_any_screen_shows_are_not_decoded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("uploads.recordings.MOST_PIXELS", 160 * 90 - 1)
    assert verdict_on(mp4(), "mp4", tmp_path).reason == "image_too_large"


@pytest.mark.parametrize("code", ["mp4", "mov", "mkv", "webm", "mp3", "wav", "ogg", "m4a"])
def test_a_playlist_opens_nothing_under_any_name(code: str, tmp_path: Path) -> None:
    """Neither a file of this machine nor a connection, whatever the ending and whatever stands before the list."""
    with socket.create_server(("127.0.0.1", 0)) as canary:
        canary.settimeout(0.2)
        port = canary.getsockname()[1]
        secret = tmp_path / "secret.ts"
        secret.write_bytes(b"G" * 188)
        listed = f"#EXTM3U\n#EXTINF:1,\nhttp://127.0.0.1:{port}/a.ts\n#EXTINF:1,\nfile://{secret}\n".encode()
        dash = f'<?xml version="1.0"?><MPD><BaseURL>http://127.0.0.1:{port}/</BaseURL></MPD>'.encode()
        joined = f"ffconcat version 1.0\nfile {secret}\n".encode()
        for data in (listed, dash, joined, b"\x00\x00\x00\x18ftypisom" + bytes(12) + listed):
            assert not verdict_on(data, code, tmp_path).ok
        with pytest.raises(TimeoutError):
            canary.accept()


def test_the_child_reads_a_recording_by_ranges_and_tells_the_same(tmp_path: Path) -> None:
    data = mp4(20)
    path = tmp_path / "phim.mp4"
    path.write_bytes(data)
    asked: list[tuple[int, int]] = []

    class Watched(FileRanges):
        def read(self, offset: int, length: int) -> bytes:
            asked.append((offset, length))
            return super().read(offset, length)

    assert verify_in_child(Watched(path), "phim.mp4", BY_CODE["mp4"]) == verdict_on(data, "mp4", tmp_path)
    assert asked
    assert all(offset + length <= len(data) for offset, length in asked)


def test_of_a_large_recording_little_is_read(tmp_path: Path) -> None:
    """Sixty megabytes of padding between the index and the sound of a film are passed over."""
    data = mp4(20)
    first = data.index(b"mdat") - 4
    size = int.from_bytes(data[first : first + 4], "big")
    padding = 60 * 1024 * 1024
    body = bytes(padding - 8)
    behind = data[first + size :] if size else b""
    path = tmp_path / "phim.mp4"
    path.write_bytes(data[: first + size] + padding.to_bytes(4, "big") + b"free" + body + behind)
    read = 0

    class Counted(FileRanges):
        def read(self, offset: int, length: int) -> bytes:
            nonlocal read
            read += length
            return super().read(offset, length)

    assert verify_in_child(Counted(path), "phim.mp4", BY_CODE["mp4"]).ok
    assert read < 10 * 1024 * 1024


def test_one_byte_too_many_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "a.mp3"
    path.write_bytes(mp3())
    tight = replace(BY_CODE["mp3"], max_bytes=path.stat().st_size - 1)
    assert verify_in_child(path, "a.mp3", tight).reason == "too_large"


def test_a_source_that_fails_says_nothing_about_the_file(tmp_path: Path) -> None:
    class Away(FileRanges):
        def read(self, offset: int, length: int) -> bytes:
            raise ConnectionError(f"the store is away, {length} bytes from {offset} are not to be had")

    path = tmp_path / "a.mp3"
    path.write_bytes(mp3())
    with pytest.raises(ConnectionError, match="away"):
        verify_in_child(Away(path), "a.mp3", BY_CODE["mp3"])


def test_boxes_that_never_end_end_the_examination(tmp_path: Path) -> None:
    many = b"\x00\x00\x00\x18ftypisom" + bytes(12) + b"\x00\x00\x00\x08free" * 30_000
    assert verdict_on(many, "mp4", tmp_path).reason == "truncated"
    assert boxes.mime(many) == "video/mp4"
