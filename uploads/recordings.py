"""Whether a recording can be heard and seen to its end, and what is in it. Runs in the child (uploads.sniff).

Its demuxer is named by us, never guessed, and may open nothing else: playlists and references lead nowhere.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, BinaryIO

import av
from av.stream import Disposition

from uploads import boxes, mp3
from uploads.kinds import Kind
from uploads.verdict import Facts, Unfit

BUFFER_BYTES = 256 * 1024
MOST_STREAMS = 32
MOST_PIXELS = 8192 * 4608
BEGINNING, MIDDLE, END = 3.0, 2.0, 3.0
"""Seconds that are decoded."""
MOST_FRAMES = 400
"""So many pictures at most in one stretch: between two that stand alone there may be minutes."""
SHORT_BY = 1.0
"""So many seconds, or this share of the whole, a recording may end before it says it does."""
SHORT_SHARE = 0.02
_DEMUXERS = {
    "mp3": "mp3", "wav": "wav", "ogg": "ogg", "m4a": "mov", "mp4": "mov", "mov": "mov", "mkv": "matroska",
    "webm": "matroska",
}  # fmt: skip
_BOXED = ("m4a", "mp4", "mov")
_MICROSECONDS = 1_000_000
# What has played for years wherever there is a browser: on old tablets too, and without an exception we know.
_PLAYED = {"mp3": {"mp3", "mp3float"}, "wav": {"pcm_s16le", "pcm_u8"}, "m4a": {"aac"}}
_PLAYED_PICTURES, _PLAYED_PIXELS, _PLAYED_SOUND = {"h264"}, {"yuv420p", "yuvj420p"}, {"aac", "mp3", "mp3float"}


@contextmanager
def opened(file: Any, kind: Kind) -> Iterator[Any]:
    """The container, with its streams found. Unfit when it is not one of this kind."""
    try:
        container = av.open(
            file,
            format=_DEMUXERS[kind.code],
            container_options={"protocol_whitelist": "none"},
            metadata_errors="ignore",
            buffer_size=BUFFER_BYTES,
            io_open=_refuse,
        )
    except (av.FFmpegError, ValueError) as fault:
        raise Unfit("truncated") from fault
    with container:
        yield container


def main_streams(container: Any) -> tuple[Any, Any]:
    """The picture that is watched and the sound that is heard, None where there is none. Covers are neither."""
    if len(container.streams) > MOST_STREAMS:
        raise Unfit("truncated")
    pictures = [each for each in container.streams.video if not each.disposition & Disposition.attached_pic]
    found = next(iter(pictures), None), next(iter(container.streams.audio), None)
    for stream in found:
        if stream is not None:
            stream.codec_context.thread_count = 1
    return found


def check(file: BinaryIO, size: int, kind: Kind) -> Facts:
    """The facts of a recording that decodes at its beginning, in its middle and at its end; Unfit with the reason."""
    if kind.code in _BOXED:
        boxes.check_own_parts(file, size)
    if kind.code == "wav":
        _check_announced_size(file, size)
    file.seek(0)
    with opened(file, kind) as container:
        picture, sound = main_streams(container)
        _check_streams(container, kind, picture, sound)
        watched = [each for each in (picture, sound) if each is not None]
        _check_places(watched, size)
        seen = [_Seen(each) for each in watched]
        length = _decoded(container, seen, _said(container, file, kind))
        if not length:
            raise Unfit("truncated")
        return _facts(kind, size, length, picture and seen[0], sound and seen[-1])


def _said(container: Any, file: BinaryIO, kind: Kind) -> float | None:
    """How long the recording says it is, in seconds; None when it does not say or only guesses."""
    if container.duration is None:
        return None
    if kind.code == "mp3":
        place = file.tell()
        counted = mp3.counts_its_frames(file)
        file.seek(place)
        if not counted:
            return None
    return float(container.duration / _MICROSECONDS)


def _check_announced_size(file: BinaryIO, size: int) -> None:
    """A WAV says in its first bytes how large it is. Programs that wrote it as it came say nothing, or all ones."""
    file.seek(4)
    announced = int.from_bytes(file.read(4), "little")
    if announced not in (0, 0xFFFFFFFF) and announced + 8 > size + SHORT_SHARE * announced:
        raise Unfit("truncated")


def _refuse(url: str, _flags: int, _options: dict[str, Any]) -> Any:
    raise OSError(f"nothing else is opened: {url!r}")


def _check_streams(container: Any, kind: Kind, picture: Any, sound: Any) -> None:
    if any(stream.type == "attachment" for stream in container.streams):
        raise Unfit("active_content")
    if kind.family == "audio":
        if picture is not None:
            raise Unfit("wrong_type")
        if sound is None:
            raise Unfit("no_sound")
    elif picture is None:
        raise Unfit("no_picture")
    if picture is not None and picture.codec_context.width * picture.codec_context.height > MOST_PIXELS:
        raise Unfit("image_too_large")


def _check_places(streams: list[Any], size: int) -> None:
    """Where the index tells the place of every sample, all of them stand within the file."""
    for stream in streams:
        entries = stream.index_entries
        count = len(entries)
        if count and any(entries[at].pos + entries[at].size > size for at in {count - 1, count // 2}):
            raise Unfit("truncated")


@dataclass
class _Seen:
    """What was learnt of a stream while some of it was decoded."""

    stream: Any
    good: int = 0
    bad: int = 0
    first: Any = None
    interlaced: bool = False
    until: Fraction = Fraction(0)
    """Where its last packet ends, in seconds from the beginning."""

    def follow(self, packet: Any, start: float) -> None:
        at = packet.pts if packet.pts is not None else packet.dts
        if at is not None and packet.time_base:
            self.until = max(self.until, (at + (packet.duration or 0)) * packet.time_base - Fraction(start))

    def decode(self, packet: Any) -> Any:
        """The time of the last picture or sound in the packet; damage is counted and gone over."""
        last = None
        try:
            for frame in self.stream.decode(packet):
                self.good += 1
                if self.first is None:
                    self.first = frame
                    self.interlaced = bool(getattr(frame, "interlaced_frame", False))
                last = frame.time
        except av.FFmpegError:
            self.bad += 1
        return last


def _decoded(container: Any, seen: list[_Seen], said: float | None) -> float:
    """How long the recording is, after its stretches were decoded.

    Where it does not say how long it is, every packet is counted; that it breaks off is then not to be known.
    """
    start = (container.start_time or 0) / _MICROSECONDS
    _stretch(container, seen, start, start + BEGINNING)
    if said is None or container.format.name == "mp3":  # there, after a jump, times are estimates
        _to_the_end(container, seen, start, decode=False)
        counted = float(max(each.until for each in seen))
        if said is None:
            return counted
        _check_length(counted, said)
    if said > BEGINNING:
        _seek(container, seen, start + max(BEGINNING, said / 2))
        _stretch(container, seen, start, start + said / 2 + MIDDLE)
        _seek(container, seen, start + max(0.0, said - END))
    _to_the_end(container, seen, start, decode=said > BEGINNING)
    _check_length(float(max(each.until for each in seen)), said)
    return said


def _check_length(reached: float, said: float) -> None:
    if reached < said - max(SHORT_BY, SHORT_SHARE * said):
        raise Unfit("truncated")


def _seek(container: Any, seen: list[_Seen], seconds: float) -> None:
    try:
        container.seek(int(seconds * _MICROSECONDS))
    except av.FFmpegError as fault:
        raise Unfit("truncated") from fault
    for each in seen:
        each.stream.codec_context.flush_buffers()


def _stretch(container: Any, seen: list[_Seen], start: float, until: float) -> None:
    """Every stream is decoded up to this moment, and more of it is sound than damaged."""
    frames = 0
    waiting = {each.stream.index for each in seen}
    with _judged(seen):
        for packet, each in _packets(container, seen):
            each.follow(packet, start)
            last = each.decode(packet)
            if last is None:
                continue
            frames += 1
            if last >= until:
                waiting.discard(each.stream.index)
            if not waiting or frames > MOST_FRAMES:
                return


def _to_the_end(container: Any, seen: list[_Seen], start: float, *, decode: bool) -> None:
    """Every packet up to the last was there; what can be decoded of them is more than what is damaged."""
    frames = 0
    if not decode:
        for packet, each in _packets(container, seen):
            each.follow(packet, start)
        return
    with _judged(seen):
        for packet, each in _packets(container, seen):
            each.follow(packet, start)
            if frames < MOST_FRAMES:
                each.decode(packet)
                frames += 1


@contextmanager
def _judged(seen: list[_Seen]) -> Iterator[None]:
    """Unfit when nothing of all streams could be decoded meanwhile, or more of one was damaged than sound."""
    for each in seen:
        each.good = each.bad = 0
    yield
    if not any(each.good for each in seen) or any(each.bad > each.good for each in seen):
        raise Unfit("truncated")


def _packets(container: Any, seen: list[_Seen]) -> Iterator[tuple[Any, _Seen]]:
    by_index = {each.stream.index: each for each in seen}
    try:
        for packet in container.demux([each.stream for each in seen]):
            if packet.size:
                yield packet, by_index[packet.stream_index]
    except av.EOFError:
        return
    except av.FFmpegError as fault:
        raise Unfit("truncated") from fault


def _facts(kind: Kind, size: int, length: float, picture: _Seen | None, sound: _Seen | None) -> Facts:
    codec = sound.stream.codec_context.name if sound else None
    facts = Facts(
        duration=round(length, 3),
        bit_rate=round(size * 8 / length),
        audio_codec=codec,
        has_audio=sound is not None,
        plays_in_browser=codec in _PLAYED.get(kind.code, ()),
    )
    if picture is None:
        return facts
    context, frame = picture.stream.codec_context, picture.first
    width, height = _shown_size(picture.stream, frame)
    rate = picture.stream.average_rate
    plays = (
        kind.code == "mp4"
        and context.name in _PLAYED_PICTURES
        and frame.format.name in _PLAYED_PIXELS
        and (codec is None or codec in _PLAYED_SOUND)
    )
    return replace(
        facts,
        video_codec=context.name,
        width=width,
        height=height,
        fps=round(float(rate), 3) if rate else None,
        interlaced=picture.interlaced,
        plays_in_browser=plays,
    )


def _shown_size(stream: Any, frame: Any) -> tuple[int, int]:
    """Width and height as they are shown: in square points, and turned as the camera was held."""
    ratio = stream.sample_aspect_ratio or Fraction(1)
    width, height = round(frame.width * (ratio if ratio > 0 else 1)), frame.height
    return (height, width) if frame.rotation % 180 else (width, height)
