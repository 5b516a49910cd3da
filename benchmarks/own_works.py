"""Works of our own to find again: texts, photos, films and recordings made from numbers, and what people do to them.

Nothing is taken from anybody. Texts are syllables that follow each other as in a language, with official titles in
between as every text of this award has them; photos and films are invented landscapes; the voice is nobody's.
"""

import io
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction

import av
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageEnhance, ImageOps
from scipy.signal import butter, lfilter

from demonstration import landscape
from demonstration.speech import RATE, speech

Samples = NDArray[np.int16]
SECONDS = 180
FRAMES_A_SECOND, WIDE, HIGH = 5, 320, 180
FORMULAS = (
    "đẩy mạnh việc học tập và làm theo tư tưởng đạo đức phong cách Hồ Chí Minh",
    "xây dựng chỉnh đốn Đảng và hệ thống chính trị trong sạch vững mạnh",
    "Ban Thường vụ Tỉnh ủy ban hành nghị quyết về công tác xây dựng Đảng",
    "nâng cao năng lực lãnh đạo sức chiến đấu của tổ chức cơ sở đảng và đảng viên",
    "thực hiện tốt quy chế dân chủ ở cơ sở dân biết dân bàn dân làm dân kiểm tra dân giám sát dân thụ hưởng",
    "Ủy ban Mặt trận Tổ quốc Việt Nam và các tổ chức chính trị xã hội",
)
_ONSETS = (
    "b",
    "c",
    "ch",
    "d",
    "đ",
    "g",
    "h",
    "kh",
    "l",
    "m",
    "n",
    "ng",
    "nh",
    "ph",
    "qu",
    "s",
    "t",
    "th",
    "tr",
    "v",
    "x",
)
_RHYMES = (
    "a",
    "an",
    "ang",
    "ao",
    "ăn",
    "âm",
    "ân",
    "ê",
    "ên",
    "i",
    "inh",
    "iên",
    "o",
    "ong",
    "ông",
    "ơi",
    "u",
    "ung",
    "ươi",
    "ương",
)
_SYLLABLES = [f"{onset}{rhyme}" for onset in _ONSETS for rhyme in _RHYMES]
_FOLLOWING = 14
_TONES = ("", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323")
_OFTEN = (0.30, 0.25, 0.17, 0.08, 0.07, 0.13)
"""How often each tone is heard."""


# Texts


def text(seed: int, length: int = 0) -> list[str]:
    """The paragraphs of an article of so many syllables, by default between 500 and 1,600."""
    chance = np.random.default_rng([1, seed])
    wanted = length or int(chance.integers(500, 1600))
    followers = np.random.default_rng(0).integers(0, len(_SYLLABLES), (len(_SYLLABLES), _FOLLOWING))
    at, paragraphs, written = int(chance.integers(len(_SYLLABLES))), [], 0
    while written < wanted:
        words = []
        for _ in range(min(int(chance.integers(40, 120)), wanted - written)):
            words.append(_SYLLABLES[at])
            wander = chance.random() < 0.15
            at = int(
                chance.integers(len(_SYLLABLES)) if wander else followers[at, int(_FOLLOWING * chance.random() ** 2)]
            )
        written += len(words)
        paragraphs.append(" ".join(words))
    for formula in chance.permutation(FORMULAS)[:4]:
        paragraphs.insert(int(chance.integers(len(paragraphs) + 1)), str(formula))
    return paragraphs


def _retitled(paragraphs: Sequence[str], seed: int) -> list[str]:
    return [f"Một tựa khác {seed}", *paragraphs]


def _excerpt(paragraphs: Sequence[str], seed: int) -> list[str]:
    words = " ".join(paragraphs).split()
    first = seed * 37 % (len(words) * 4 // 5)
    return [" ".join(words[first : first + len(words) // 5])]


def _mended(paragraphs: Sequence[str], seed: int) -> list[str]:
    chance = np.random.default_rng([2, seed])
    return [" ".join("khác" if chance.random() < 0.05 else word for word in each.split()) for each in paragraphs]


def _in_a_series(paragraphs: Sequence[str], seed: int) -> list[str]:
    return [*text(50_000 + seed, 2500), *paragraphs, *text(60_000 + seed, 2500)]


TEXT_CHANGES: Mapping[str, Callable[[Sequence[str], int], list[str]]] = {
    "other title": _retitled,
    "excerpt of 20 %": _excerpt,
    "5 % of syllables mended": _mended,
    "one part of a long series": _in_a_series,
    "capitals": lambda paragraphs, _seed: [each.upper() for each in paragraphs],
}


# Photos


def photo(seed: int) -> Image.Image:
    """A landscape, or people and things before a wall."""
    if seed % 2:
        return landscape.painted(seed, 900, 600)
    chance = np.random.default_rng([3, seed])
    wall = Image.fromarray(chance.integers(0, 255, (5, 7, 3), dtype=np.uint8)).resize(
        (900, 600), Image.Resampling.BICUBIC
    )
    drawing = ImageDraw.Draw(wall)
    for _ in range(int(chance.integers(5, 16))):
        x, y, reach = int(chance.integers(0, 900)), int(chance.integers(0, 600)), int(chance.integers(40, 220))
        drawing.ellipse(
            (x, y, x + reach, y + 2 * reach), fill=tuple(int(value) for value in chance.integers(0, 255, 3))
        )
    return wall


def _saved(image: Image.Image, quality: int) -> Image.Image:
    out = io.BytesIO()
    image.convert("RGB").save(out, "JPEG", quality=quality)
    return Image.open(out)


def _cropped(image: Image.Image, share: float) -> Image.Image:
    across, down = round(image.width * share / 2), round(image.height * share / 2)
    return image.crop((across, down, image.width - across, image.height - down))


def _with_logo(image: Image.Image) -> Image.Image:
    marked = image.copy()
    ImageDraw.Draw(marked).rectangle((20, 20, 160, 80), fill=(200, 20, 30))
    return marked


def _with_bar(image: Image.Image) -> Image.Image:
    barred = image.copy()
    ImageDraw.Draw(barred).rectangle((0, round(image.height * 0.88), image.width, image.height), fill=(20, 20, 20))
    return barred


PHOTO_CHANGES: Mapping[str, Callable[[Image.Image], Image.Image]] = {
    "JPEG quality 40": lambda image: _saved(image, 40),
    "half size": lambda image: image.resize((image.width // 2, image.height // 2)),
    "greyscale": lambda image: image.convert("L"),
    "brightness +30 %": lambda image: ImageEnhance.Brightness(image).enhance(1.3),
    "logo in the corner": _with_logo,
    "caption bar 12 %": _with_bar,
    "crop 5 %": lambda image: _cropped(image, 0.05),
    "crop 10 %": lambda image: _cropped(image, 0.10),
    "mirror": ImageOps.mirror,
    "crop 5 %, JPEG 40, half size": lambda image: _saved(_cropped(image, 0.05).resize((428, 285)), 40),
}


# Scans


def page(seed: int, paper: int | None = None) -> Image.Image:
    """A page of print without a word that could be read: columns of grey lines, a headline, a picture.

    Pages of one `paper` have its head, its columns and the place of its picture in common.
    """
    chance, made_up = np.random.default_rng([9, seed]), np.random.default_rng([10, seed if paper is None else paper])
    drawn = np.full((1500, 1100), 245, dtype=np.uint8)
    if paper is not None:
        drawn[20:110, 60 : 500 + made_up.integers(500)] = 90
    drawn[130:190, 60 : 300 + chance.integers(600)] = 30
    columns = int(made_up.integers(2, 5))
    width = 1000 // columns
    for column in range(columns):
        for top in range(230, 1440, 22):
            at, end = 60 + width * column, 30 + width * (column + 1)
            while at < end - 20:
                word = int(chance.integers(20, 110))
                drawn[top + 4 : top + 14, at : min(at + word, end)] = chance.integers(60, 110)
                at += word + 10
    across, down = (int(each) for each in made_up.integers(100, 600, 2))
    picture = Image.fromarray(chance.integers(30, 220, (5, 6), dtype=np.uint8))
    drawn[down : down + 400, across : across + 450] = np.asarray(picture.resize((450, 400), Image.Resampling.BICUBIC))
    return Image.fromarray(drawn)


def scan(seed: int, paper: int | None = None) -> list[Image.Image]:
    """A work of so many pages, scanned."""
    return [page(PAGES * seed + number, paper) for number in range(PAGES)]


def _anew(pages: Sequence[Image.Image]) -> list[Image.Image]:
    """Laid on the glass once more, a little askew."""
    return [
        _saved(each.rotate(0.4, fillcolor=235).crop((8, 8, 1092, 1490)).resize((800, 1100)), 40).convert("L")
        for each in pages
    ]


PAGES = 5
SCAN_CHANGES: Mapping[str, Callable[[Sequence[Image.Image], int], list[Image.Image]]] = {
    "scanned anew": lambda pages, _seed: _anew(pages),
    "pages reordered": lambda pages, _seed: list(reversed(pages)),
    "first page exchanged": lambda pages, seed: [page(10_000_000 + seed), *pages[1:]],
    "one page alone": lambda pages, _seed: [pages[2]],
    "first page exchanged, reordered, scanned anew": lambda pages, seed: _anew(
        [*reversed(pages[1:]), page(10_000_000 + seed)]
    ),
}


# Films and recordings


def pictures(seed: int, seconds: int = SECONDS) -> Iterator[Image.Image]:
    """A film, picture by picture: shots of three to six seconds, in which the camera moves."""
    chance, shown = np.random.default_rng([4, seed]), 0
    while shown < seconds * FRAMES_A_SECOND:
        shot = landscape.painted(int(chance.integers(2**30)), 480, 270)
        x, y, across = (int(each) for each in chance.integers(0, (80, 80, 3)))
        for number in range(min(int(chance.integers(15, 31)), seconds * FRAMES_A_SECOND - shown)):
            left = min(160, x + number * across)
            yield shot.crop((left, y, left + WIDE, y + HIGH))
            shown += 1


def spoken(seed: int, length: int = 900) -> str:
    """So many syllables as they are read aloud: each with its tone, in breaths of different length. No two texts have
    more in common than chance gives them: a voice without tones hums, and one hum is like another."""
    chance, said = np.random.default_rng([5, seed]), []
    breath = int(chance.integers(4, 15))
    for _ in range(length):
        onset, rhyme = str(chance.choice(_ONSETS)), str(chance.choice(_RHYMES))
        said.append(unicodedata.normalize("NFC", onset + rhyme[0] + str(chance.choice(_TONES, p=_OFTEN)) + rhyme[1:]))
        breath -= 1
        if not breath:
            said += ["."] * int(chance.integers(1, 4))
            breath = int(chance.integers(4, 15))
    return " ".join(said)


def voice(seed: int, seconds: int = SECONDS, *, speaker: int | None = None) -> Samples:
    """A report read aloud, one channel at the rate of the demonstration's voice.

    Every report has a speaker of its own, with a pace, a mouth, a pitch and a room, unless one is named.
    """
    chance = np.random.default_rng([6, seed if speaker is None else speaker])
    faster, pitch, room = chance.uniform(0.85, 1.2), chance.uniform(100, 210), 10 ** chance.uniform(-3, -1.7)
    read = speech(spoken(seed), seconds * faster, pitch=pitch)
    at = np.arange(seconds * RATE) * (len(read) - 1) / (seconds * RATE)
    heard = np.interp(at, np.arange(len(read)), read)
    noise = np.random.default_rng([7, seed]).standard_normal(len(heard))
    return (np.clip(heard + room * noise, -1, 1) * 30_000).astype(np.int16)


def over_telephone(sound: Samples, seed: int) -> Samples:
    """What is left of it at the other end of a line: the middle of its pitches, and a murmur."""
    left = lfilter(*butter(3, [300, 3400], "bandpass", fs=RATE), sound.astype(np.float64))
    murmur = np.random.default_rng([8, seed]).normal(0, left.std() / 10, len(left))
    return np.clip(left + murmur, -32_767, 32_767).astype(np.int16)


def film(images: Sequence[Image.Image], sound: Samples | None, *, crf: int = 23, scale: float = 1) -> bytes:
    """An MP4 (H.264, AAC) of these pictures and this sound."""
    out = io.BytesIO()
    with av.open(out, "w", format="mp4") as container:
        shown = container.add_stream("libx264", rate=FRAMES_A_SECOND)
        shown.width, shown.height, shown.pix_fmt = round(WIDE * scale), round(HIGH * scale), "yuv420p"
        shown.options = {"preset": "veryfast", "crf": str(crf)}
        shown.codec_context.thread_count = 1
        heard = container.add_stream("aac", rate=RATE, layout="mono", bit_rate=48_000) if sound is not None else None
        for number, image in enumerate(images):
            frame = av.VideoFrame.from_image(image).reformat(shown.width, shown.height, format="yuv420p")
            frame.pts, frame.time_base = number, Fraction(1, FRAMES_A_SECOND)
            container.mux(shown.encode(frame))
        container.mux(shown.encode(None))
        if heard is not None and sound is not None:
            _add_sound(container, heard, sound)
    return out.getvalue()


def recording(sound: Samples, container: str = "mp3", codec: str = "libmp3lame", bit_rate: int = 128_000) -> bytes:
    """The sound in a file of its own."""
    out = io.BytesIO()
    with av.open(out, "w", format=container) as file:
        _add_sound(file, file.add_stream(codec, rate=RATE, layout="mono", bit_rate=bit_rate), sound)
    return out.getvalue()


def _add_sound(container: av.container.OutputContainer, stream: av.AudioStream, sound: Samples) -> None:
    resampler = av.AudioResampler(format=stream.format.name, layout="mono", rate=stream.rate)
    for start in range(0, len(sound), 1024):
        frame = av.AudioFrame.from_ndarray(sound[None, start : start + 1024], format="s16", layout="mono")
        frame.sample_rate, frame.pts, frame.time_base = RATE, start, Fraction(1, RATE)
        for piece in resampler.resample(frame):
            container.mux(stream.encode(piece))
    container.mux(stream.encode(None))
