"""Sound that is built like Vietnamese speech: a syllable for each syllable of the text, with its vowel and its tone.

Nobody's voice is in it. The same text gives the same samples.
"""

import hashlib
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

RATE = 24_000
Samples = NDArray[np.float64]

# Letter → the first three formants in hertz.
_VOWELS = {
    "a": (850, 1450, 2500), "ă": (800, 1500, 2550), "â": (620, 1300, 2500), "e": (650, 1850, 2550),
    "ê": (450, 2150, 2700), "i": (300, 2350, 3000), "y": (300, 2350, 3000), "o": (620, 950, 2450),
    "ô": (450, 800, 2450), "ơ": (520, 1250, 2450), "u": (330, 750, 2350), "ư": (350, 1350, 2350),
}  # fmt: skip
_BANDWIDTHS, _LOUDNESS = (90, 120, 180), (1.0, 0.55, 0.25)
# Mark → pitch over the syllable, as a factor of the speaker's own, at its beginning, middle and end.
_TONES = {
    "": (1.1, 1.1, 1.08),
    "\u0300": (0.95, 0.88, 0.8),
    "\u0301": (1.0, 1.1, 1.4),
    "\u0309": (0.98, 0.8, 1.0),
    "\u0303": (1.0, 0.85, 1.45),
    "\u0323": (0.95, 0.85, 0.7),
}
_HISSING = ("s", "x", "ph", "kh", "th", "tr", "ch", "gi", "h")
_STOPPED = ("b", "t", "đ", "c", "k", "q", "g", "p")
_ENDS = ".,;:?!…”"


@dataclass(frozen=True)
class _Syllable:
    onset: str
    vowels: str
    tone: str
    stopped: bool
    """Ends in p, t, c or ch: short, with nothing after it."""


def speech(words: str, seconds: float, *, pitch: float | None = None) -> Samples:
    """The text read aloud for so long, from its beginning again when it is short; samples between -1 and 1.

    Each text has a speaker of its own, unless a pitch (hertz) is asked for.
    """
    random = np.random.default_rng(int.from_bytes(hashlib.sha256(words.encode()).digest()[:8], "big"))
    pitch = pitch or 105 + 100 * random.random()
    wanted = round(seconds * RATE)
    pieces: list[Samples] = []
    length = 0
    for spoken in _again_and_again(words):
        piece = np.zeros(RATE // 4) if spoken is None else _sounded(spoken, pitch, random)
        pieces.append(piece)
        length += len(piece)
        if length >= wanted:
            break
    sound = np.concatenate(pieces)[:wanted]
    room = 0.002 * random.standard_normal(wanted)
    loudest = max(1e-9, float(np.abs(sound).max()))
    return np.asarray(np.clip(0.8 * sound / loudest + room, -1, 1))


def _again_and_again(words: str) -> Iterator[_Syllable | None]:
    """Syllables, with None for a breath."""
    read = [each for word in words.split() for each in _syllables(word)]
    if not any(read):
        read = [_Syllable("", "a", "", False)]
    while True:
        yield from read
        yield None


def _syllables(word: str) -> Iterator[_Syllable | None]:
    plain = "".join(letter for letter in word.lower() if letter.isalpha())
    if plain:
        yield _heard(plain)
    if word[-1] in _ENDS:
        yield None


def _heard(word: str) -> _Syllable:
    tone, letters = "", []
    for letter in unicodedata.normalize("NFD", word):
        if letter in _TONES:
            tone = letter
        else:
            letters.append(letter)
    bare = unicodedata.normalize("NFC", "".join(letters))
    at = next((n for n, letter in enumerate(bare) if letter in _VOWELS), len(bare))
    rest = bare[at:]
    vowels = "".join(letter for letter in rest if letter in _VOWELS)[:3]
    return _Syllable(bare[:at], vowels or "ơ", tone, rest.endswith(("p", "t", "c", "ch")))


def _sounded(spoken: _Syllable, pitch: float, random: np.random.Generator) -> Samples:
    length = round(RATE * (0.15 if spoken.stopped else 0.21) * (0.92 + 0.16 * random.random()))
    along = np.linspace(0, 1, length)
    drift = pitch * (0.97 + 0.06 * random.random())
    height = drift * np.interp(along, (0, 0.5, 1), _TONES[spoken.tone])
    phase = np.cumsum(height) / RATE
    source = 1 - 2 * (phase % 1) ** 2 + 0.03 * random.standard_normal(length)
    voiced = _through(source - source.mean(), spoken.vowels[0])
    if len(spoken.vowels) > 1:
        glide = np.clip((along - 0.35) / 0.3, 0, 1)
        voiced = voiced * (1 - glide) + _through(source - source.mean(), spoken.vowels[-1]) * glide
    fall = (0, 0.12, 0.8, 0.86, 1) if spoken.stopped else (0, 0.1, 0.7, 0.9, 1)
    voiced *= np.interp(along, fall, (0, 1, 0.85, 0 if spoken.stopped else 0.4, 0))
    return np.concatenate([_onset(spoken.onset, random), voiced])


def _onset(onset: str, random: np.random.Generator) -> Samples:
    if onset.startswith(_HISSING):
        length = round(0.07 * RATE)
        noise = _filtered([1, -0.95], [1], random.standard_normal(length))
        return np.asarray(0.35 * noise * np.hanning(length))
    if onset.startswith(_STOPPED):
        burst = random.standard_normal(round(0.008 * RATE))
        return np.concatenate([np.zeros(round(0.03 * RATE)), 0.5 * burst])
    return np.zeros(round(0.012 * RATE))


def _through(source: Samples, vowel: str) -> Samples:
    """The source as a mouth shaped for this vowel lets it out."""
    out = np.zeros(len(source))
    for formant, width, loudness in zip(_VOWELS[vowel], _BANDWIDTHS, _LOUDNESS, strict=True):
        radius = np.exp(-np.pi * width / RATE)
        turn = 2 * np.pi * formant / RATE
        out += loudness * _filtered([1 - radius], [1, -2 * radius * np.cos(turn), radius**2], source)
    return out


def _filtered(numerator: Sequence[float], denominator: Sequence[float], signal: Samples) -> Samples:
    from scipy.signal import lfilter  # here, since it takes long to load and hardly any process ever speaks

    filtered: Samples = lfilter(numerator, denominator, signal)
    return filtered
