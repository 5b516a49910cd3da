"""Light versions: what everybody can play, without anything of who made the original, the same bytes each time."""

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import av
import pytest
from PIL import Image

from tests.uploads import recordings
from tests.uploads.recordings import m4a, mkv, mov, mp3, mp4, ogg, wav, webm
from uploads import light
from uploads.kinds import BY_CODE
from uploads.light import LightVersion
from uploads.ranges import FileRanges
from uploads.sandbox import ChildFailed
from uploads.sniff import inspect
from uploads.verdict import Facts

NAME = "Nguyen Thi Van"


def made_of(data: bytes, code: str, folder: Path, told: list[int] | None = None, seconds: float = 3.0) -> LightVersion:
    path = folder / "original"
    path.write_bytes(data)
    note: Callable[[int], object] = (told if told is not None else []).append
    return light.make(FileRanges(path), BY_CODE[code], folder, seconds=seconds, on_progress=note)


def streams_of(path: Path) -> tuple[dict[str, Any], float]:
    with av.open(str(path)) as found:
        return {stream.type: stream.codec_context.name for stream in found.streams}, found.duration / 1_000_000


FILMS = [
    ("mp4", lambda: mp4(), (160, 90)),
    ("mp4", lambda: mp4(turned=90), (90, 160)),
    ("mp4", lambda: mp4(turned=270), (90, 160)),
    ("mp4", lambda: mp4(interlaced=True, size=(160, 96)), (160, 96)),
    ("mov", lambda: mov(video="libx265"), (160, 90)),
    pytest.param(
        "mov",
        lambda: mov(video="prores_ks", pixels="yuv422p10le", audio="pcm_s16le", size=(1920, 1080)),
        (1280, 720),
        marks=pytest.mark.long,
    ),
    ("mkv", lambda: mkv(rate=50), (160, 90)),
    ("webm", lambda: webm(), (160, 90)),
]


@pytest.mark.parametrize(("code", "data", "size"), FILMS)
def test_every_film_becomes_one_that_plays_everywhere(
    code: str, data: Callable[[], bytes], size: tuple[int, int], tmp_path: Path
) -> None:
    told: list[int] = []
    found = made_of(data(), code, tmp_path, told)
    assert (found.width, found.height) == size
    assert streams_of(found.path) == ({"video": "h264", "audio": "aac"}, pytest.approx(3, abs=0.1))
    verdict = inspect(found.path, BY_CODE["mp4"])
    assert verdict.ok
    assert light.suits_everybody(verdict.facts)
    assert (verdict.facts.width, verdict.facts.height) == size, "nothing is left to be turned"
    assert verdict.facts.fps == 25
    made = found.path.read_bytes()
    assert made.index(b"moov") < made.index(b"mdat"), "it plays while it loads"
    assert told == sorted(told)
    assert told
    assert found.poster is not None
    with Image.open(found.poster) as poster:
        assert (poster.format, poster.size) == ("WEBP", size)
    assert found.sound is not None
    assert streams_of(found.sound) == ({"audio": "aac"}, pytest.approx(3, abs=0.1))
    alone = inspect(found.sound, BY_CODE["m4a"]).facts
    assert light.suits_everybody(alone)
    assert (alone.bit_rate or 0) < 70_000, "of one channel, for a line that carries no pictures"


SOUNDS = [("mp3", mp3), ("wav", wav), ("ogg", ogg), ("m4a", lambda: m4a(channels="stereo"))]


@pytest.mark.parametrize(("code", "data"), SOUNDS)
def test_every_sound_becomes_one_that_plays_everywhere(code: str, data: Callable[[], bytes], tmp_path: Path) -> None:
    found = made_of(data(), code, tmp_path)
    assert streams_of(found.path) == ({"audio": "aac"}, pytest.approx(3, abs=0.1))
    assert light.suits_everybody(inspect(found.path, BY_CODE["m4a"]).facts)
    assert (found.poster, found.sound) == (None, None)
    assert 100 < len(found.peaks) <= 1000
    assert (min(found.peaks) >= 0, max(found.peaks)) == (True, 100)


def test_a_film_without_sound_stays_without(tmp_path: Path) -> None:
    found = made_of(mp4(audio=None), "mp4", tmp_path)
    assert streams_of(found.path)[0] == {"video": "h264"}
    assert found.peaks == []


def test_a_long_recording_is_drawn_in_a_thousand_stretches(tmp_path: Path) -> None:
    assert len(made_of(mp3(30), "mp3", tmp_path, seconds=30).peaks) == 1000


def test_silence_is_drawn_as_silence(tmp_path: Path) -> None:
    start = wav(4).index(b"data") + 8
    header, data = wav(4)[:start], wav(4)[start:]
    half = len(data) // 2 // 2 * 2
    peaks = made_of(header + bytes(half) + data[half:], "wav", tmp_path, seconds=4).peaks
    assert max(peaks[: len(peaks) // 2 - 2]) == 0
    assert min(peaks[len(peaks) // 2 + 2 :]) > 90


TAGS = (("artist", NAME), ("title", NAME), ("comment", NAME))
NAMED = [
    ("mp3", lambda: mp3(tags=TAGS)),
    ("m4a", lambda: m4a(tags=TAGS)),
    ("mp4", lambda: mp4(tags=TAGS)),
    ("mkv", lambda: mkv(tags=TAGS)),
]


@pytest.mark.parametrize(("code", "data"), NAMED)
def test_nobody_is_named_in_what_was_made(code: str, data: Callable[[], bytes], tmp_path: Path) -> None:
    original = data()
    assert NAME.encode() in original
    found = made_of(original, code, tmp_path)
    files = [found.path, *([found.poster] if found.poster else [])]
    assert not any(NAME.encode() in file.read_bytes() for file in files)
    with av.open(str(found.path)) as opened:
        assert set(opened.metadata) <= {"major_brand", "minor_version", "compatible_brands"}


def test_a_cover_with_a_face_is_not_taken_over(tmp_path: Path) -> None:
    out = io.BytesIO()
    Image.new("RGB", (80, 80)).save(out, "JPEG")
    tagged = recordings.id3(recordings.cover(out.getvalue())) + recordings.without_tag(mp3())
    assert streams_of(made_of(tagged, "mp3", tmp_path).path)[0] == {"audio": "aac"}


def test_the_same_recording_gives_the_same_bytes(tmp_path: Path) -> None:
    made = []
    for name in ("one", "two"):
        folder = tmp_path / name
        folder.mkdir()
        found = made_of(mp4(), "mp4", folder)
        assert found.poster is not None
        made.append((found.path.read_bytes(), found.poster.read_bytes(), found.peaks))
    assert made[0] == made[1]


def test_damage_in_the_middle_is_gone_over(tmp_path: Path) -> None:
    data = mp4(20)
    at = data.index(b"mdat") + 100_000
    broken = data[:at] + bytes(2000) + data[at + 2000 :]
    assert streams_of(made_of(broken, "mp4", tmp_path, seconds=20).path)[1] == pytest.approx(20, abs=0.2)


def test_sound_that_begins_before_the_picture_keeps_its_place(tmp_path: Path) -> None:
    found = made_of(mkv(options=(("cluster_time_limit", "100"),)), "mkv", tmp_path)
    assert streams_of(found.path)[0] == {"video": "h264", "audio": "aac"}


def test_what_cannot_be_made_is_a_failure(tmp_path: Path) -> None:
    with pytest.raises(ChildFailed):
        made_of(b"no film at all", "mp4", tmp_path)


@pytest.mark.parametrize(
    ("code", "video", "audio", "plays"),
    [
        ("webm", "vp9", "opus", True),
        ("webm", "vp8", None, True),
        ("ogg", None, "vorbis", True),
        ("ogg", None, "flac", False),
        ("mov", "h264", "aac", True),
        ("mov", "prores", "pcm_s16le", False),
        ("mkv", "h264", "aac", False),
        ("mp4", "hevc", "aac", False),
    ],
)
def test_what_most_browsers_play_as_it_came(code: str, video: str | None, audio: str | None, plays: bool) -> None:
    assert light.plays_in_most(BY_CODE[code], Facts(video_codec=video, audio_codec=audio)) is plays


def test_only_what_plays_and_is_not_heavy_suits_everybody() -> None:
    film = Facts(video_codec="h264", width=1920, height=1080, bit_rate=3_000_000, plays_in_browser=True)
    assert light.suits_everybody(film)
    assert light.suits_everybody(Facts(audio_codec="mp3", bit_rate=192_000, plays_in_browser=True))
    for change in (
        {"bit_rate": 9_000_000},
        {"width": 3840, "height": 2160},
        {"plays_in_browser": False},
        {"interlaced": True},
    ):
        assert not light.suits_everybody(replace(film, **change))
    assert not light.suits_everybody(Facts(audio_codec="pcm_s16le", bit_rate=1_536_000, plays_in_browser=True))
