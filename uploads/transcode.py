"""Making the light version of a recording: runs in the child (uploads.light).

Nothing is taken over but pictures and sound: no title, no author, no chapter, no picture of a cover. One thread and no
date, so that the same recording gives the same bytes.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

import av
import numpy as np
from av.filter import Graph
from numpy.typing import NDArray

from uploads import recordings
from uploads.kinds import Kind

BOX = (1280, 720)
"""Wide and high at most; the other way round for what was filmed upright."""
MOST_FRAMES_A_SECOND = 30
CRF, MOST_BITS = "23", 2_500_000
"""Speech and faces stay clear at this quality; a line of 3 Mbit/s, as in a commune, carries it without a pause."""
STEREO_BITS, MONO_BITS, SPEECH_BITS = 128_000, 80_000, 48_000
SOUND_RATE = 48_000
PEAKS = 1000
SECONDS_A_PEAK = 0.02
POSTER_FROM, POSTER_AT_MOST = 0.1, 20.0
"""The picture before the film starts stands at a tenth of it, after the titles."""
LIVELY = 18.0
"""So much the brightness of a picture must vary: black and plain title cards vary less."""
_KEY_SECONDS = 2
_CLEAN = {"movflags": "+faststart", "fflags": "+bitexact"}
Progress = Callable[[int], object]


@dataclass(frozen=True)
class Light:
    """What was made, beside the files themselves. `peaks` are loudest values of equal stretches, 0 to 100."""

    peaks: list[int]
    width: int | None = None
    height: int | None = None
    poster: bool = False
    sound: bool = False


def sound(file: Any, kind: Kind, made: Path, seconds: float, progress: Progress) -> Light:
    """AAC in an M4A that plays while it loads."""
    with recordings.opened(file, kind) as source, av.open(str(made), "w", format="ipod", options=_CLEAN) as out:
        _, heard = recordings.main_streams(source)
        voice = _Voice(out, heard, _start(source))
        for packet in _packets(source, [heard], seconds, progress):
            for frame in _frames(packet):
                voice.add(frame)
        voice.end()
        return Light(voice.peaks())


def film(file: Any, kind: Kind, made: Path, poster: Path, alone: Path, seconds: float, progress: Progress) -> Light:
    """H.264 and AAC in an MP4 that plays while it loads, upright, in full pictures; one picture to stand before; and
    `alone`, where it has a sound, that sound in one channel."""
    with recordings.opened(file, kind) as source, av.open(str(made), "w", format="mp4", options=_CLEAN) as out:
        watched, heard = recordings.main_streams(source)
        scene = _Scene(out, watched, _start(source), _PosterChoice(seconds))
        voice: _Voices | None = None
        before_the_picture: list[Any] = []
        streams = [watched] if heard is None else [watched, heard]
        for packet in _packets(source, streams, seconds, progress):
            for frame in _frames(packet):
                if packet.stream_index != watched.index:
                    (voice.add if voice else before_the_picture.append)(frame)
                    continue
                if scene.begins_with(frame) and heard:  # both must be there before the first byte is written
                    voice = _Voices(out, alone, heard, _start(source))
                    for sounded in before_the_picture:
                        voice.add(sounded)
                scene.add(frame)
        scene.end()
        if voice:
            voice.end()
        peaks = voice.peaks() if voice else []
        return Light(peaks, *scene.size, poster=scene.poster.save(poster), sound=bool(peaks))


def _start(source: Any) -> Fraction:
    return Fraction(source.start_time or 0, 1_000_000)


def _packets(source: Any, streams: list[Any], seconds: float, progress: Progress) -> Iterator[Any]:
    told = -1
    for packet in source.demux(streams):
        yield packet
        if packet.pts is not None and seconds > 0:
            percent = min(99, int(100 * float(packet.pts * packet.time_base) / seconds))
            if percent > told:
                told = percent
                progress(percent)


def _frames(packet: Any) -> Iterator[Any]:
    """What the packet decodes to; a damaged one to nothing."""
    try:
        yield from packet.decode()
    except av.EOFError:
        return
    except av.FFmpegError:
        return


class _Scene:
    """The pictures on their way: turned, made whole, made smaller, encoded."""

    def __init__(self, out: Any, stream: Any, start: Fraction, poster: "_PosterChoice") -> None:
        self.poster = poster
        self.size: tuple[int, int] = (0, 0)
        self._out, self._start = out, start
        self._rate = _rate(stream)
        self._ratio = stream.sample_aspect_ratio or Fraction(1)
        self._encoder: Any = None
        self._graph: Any = None
        self._entered: tuple[Any, ...] = ()

    def begins_with(self, frame: Any) -> bool:
        """Whether this is the first picture; then it decided how large all will be."""
        if self._encoder is not None:
            return False
        self.size = _fitting(frame, self._ratio)
        self._encoder = self._opened()
        return True

    def add(self, frame: Any) -> None:
        if frame.pts is None:
            return
        looks = (frame.width, frame.height, frame.format.name)
        if looks != self._entered:
            self._let_out(None)
            self._graph, self._entered = self._built(frame), looks
        frame.pts = max(0, frame.pts - int(self._start / frame.time_base))
        self._let_out(frame)

    def end(self) -> None:
        """Everything is encoded. ValueError when there was no picture at all."""
        self._let_out(None)
        if self._encoder is None:
            raise ValueError("no picture could be decoded")
        self._out.mux(self._encoder.encode(None))

    def _let_out(self, frame: Any) -> None:
        if self._graph is None:
            return
        self._graph.push(frame)
        while True:
            try:
                done = self._graph.pull()
            except (av.BlockingIOError, av.EOFError):
                return
            self.poster.look(done)
            self._out.mux(self._encoder.encode(done))

    def _built(self, frame: Any) -> Any:
        graph = Graph()
        ratio = self._ratio
        steps = [
            graph.add(
                "buffer",
                f"video_size={frame.width}x{frame.height}:pix_fmt={frame.format.name}:time_base={frame.time_base}"
                f":pixel_aspect={ratio.numerator}/{ratio.denominator}:frame_rate={self._rate}",
            )
        ]
        if frame.interlaced_frame:
            steps.append(graph.add("bwdif", "mode=send_frame"))
        steps += [graph.add(*turn) for turn in _TURNS.get(round(frame.rotation) % 360, ())]
        width, height = self.size
        steps += [
            graph.add("scale", f"{width}:{height}:flags=bicubic"),
            graph.add("setsar", "1"),
            graph.add("fps", f"{self._rate}"),
            graph.add("format", "yuv420p"),
            graph.add("buffersink"),
        ]
        for before, after in pairwise(steps):
            before.link_to(after)
        graph.configure()
        return graph

    def _opened(self) -> Any:
        encoder = self._out.add_stream("libx264", rate=self._rate)
        encoder.width, encoder.height = self.size
        encoder.pix_fmt = "yuv420p"
        encoder.codec_context.thread_count = 1
        encoder.options = {
            "preset": "veryfast", "crf": CRF, "maxrate": str(MOST_BITS), "bufsize": str(2 * MOST_BITS),
            "g": str(round(_KEY_SECONDS * self._rate)), "threads": "1", "flags": "+bitexact",
        }  # fmt: skip
        return encoder


# What stands on its side is turned; the number is how far, against the clock, the picture is to be turned.
_TURNS = {90: [("transpose", "cclock")], 270: [("transpose", "clock")], 180: [("hflip", ""), ("vflip", "")]}


def _rate(stream: Any) -> Fraction:
    """Pictures a second: as they came, halved until they are not more than anybody needs."""
    rate = Fraction(stream.average_rate or stream.guessed_rate or 25)
    while rate > MOST_FRAMES_A_SECOND:
        rate /= 2
    return max(rate, Fraction(1)).limit_denominator(1001)


def _fitting(frame: Any, ratio: Fraction) -> tuple[int, int]:
    width, height = frame.width * float(ratio if ratio > 0 else 1), float(frame.height)
    if round(frame.rotation) % 180:
        width, height = height, width
    box = BOX if width >= height else BOX[::-1]
    share = min(1.0, box[0] / width, box[1] / height)
    return max(2, round(width * share / 2) * 2), max(2, round(height * share / 2) * 2)


@dataclass
class _PosterChoice:
    """The first picture after the titles in which there is something to see; otherwise the liveliest there was."""

    seconds: float
    _best: Any = None
    _liveliness: float = -1.0
    _looked_at: float = -1.0

    def look(self, frame: Any) -> None:
        at = float(frame.time or 0)
        early = at < min(self.seconds * POSTER_FROM, POSTER_AT_MOST) and self._best is not None
        if early or self._liveliness >= LIVELY or 0 <= at - self._looked_at < 1:
            return
        self._looked_at = at
        bright = frame.to_ndarray(format="gray")[::8, ::8]
        lively = float(bright.std())
        if lively > self._liveliness:
            self._best, self._liveliness = frame.to_image(), lively

    def save(self, path: Path) -> bool:
        """Whether there is a poster; it stands at the path."""
        if self._best is None:
            return False
        self._best.save(path, "WEBP", quality=80, method=4)
        return True


@dataclass
class _Voice:
    """The sound on its way: in two channels at most, encoded, and measured for the picture of it."""

    out: Any
    stream: Any
    start: Fraction
    speech: bool = False
    """In one channel and few bits: enough for what is said."""
    _loud: list[NDArray[np.float32]] = field(default_factory=list)
    _rest: NDArray[np.float32] = field(default_factory=lambda: np.zeros(0, dtype=np.float32))

    def __post_init__(self) -> None:
        layout = "mono" if self.speech or self.stream.codec_context.channels == 1 else "stereo"
        self._encoder = self.out.add_stream("aac", rate=SOUND_RATE, layout=layout)
        bits = MONO_BITS if layout == "mono" else STEREO_BITS
        self._encoder.bit_rate = SPEECH_BITS if self.speech else bits
        self._encoder.codec_context.options = {"flags": "+bitexact"}
        self._encoder.codec_context.thread_count = 1
        self._resampler = av.AudioResampler(format="fltp", layout=layout, rate=SOUND_RATE)

    def add(self, frame: Any) -> None:
        if frame.pts is None:
            return
        frame.pts = max(0, frame.pts - int(self.start / frame.time_base))
        self._let_out(frame)

    def end(self) -> None:
        self._let_out(None)
        self.out.mux(self._encoder.encode(None))

    def peaks(self) -> list[int]:
        """At most a thousand, of equal stretches, drawn so that quiet speech can still be seen."""
        loud = np.concatenate([*self._loud, np.zeros(0, dtype=np.float32)])
        if not len(loud):
            return []
        groups = np.array_split(loud, min(PEAKS, len(loud)))
        highest = np.array([group.max() for group in groups])
        return [round(float(value)) for value in 100 * (highest / max(float(highest.max()), 1e-6)) ** 0.6]

    def _let_out(self, frame: Any) -> None:
        for suited in self._resampler.resample(frame):
            self._measure(np.abs(suited.to_ndarray()).max(axis=0))
            self.out.mux(self._encoder.encode(suited))

    def _measure(self, samples: NDArray[np.float32]) -> None:
        together = np.concatenate([self._rest, samples])
        length = round(SECONDS_A_PEAK * SOUND_RATE)
        whole = len(together) // length * length
        if whole:
            self._loud.append(together[:whole].reshape(-1, length).max(axis=1))
        self._rest = together[whole:]


class _Voices:
    """The sound of a film: beside its pictures, and once more alone."""

    def __init__(self, out: Any, alone: Path, stream: Any, start: Fraction) -> None:
        self._beside = _Voice(out, stream, start)
        self._file = av.open(str(alone), "w", format="ipod", options=_CLEAN)
        self._alone = _Voice(self._file, stream, Fraction(0), speech=True)

    def add(self, frame: Any) -> None:
        if frame.pts is not None:
            self._beside.add(frame)  # which moved it to where it stands from the beginning
            self._alone.add(frame)

    def end(self) -> None:
        self._beside.end()
        self._alone.end()
        self._file.close()

    def peaks(self) -> list[int]:
        return self._beside.peaks()
