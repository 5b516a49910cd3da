"""Finding a recording again by its sound, however it was compressed: fingerprints of the system's Chromaprint library.

One number of 32 bits for each eighth of a second. Where the library is not installed there are no fingerprints, and
whoever asked is told so: nothing is put in its place.
"""

import ctypes
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

Sound = NDArray[np.uint32]

RATE = 11025
"""Samples a second that are fed, one channel: what the library itself works with."""
SECONDS_A_NUMBER = 1365 / RATE
SAME, PERHAPS = 0.15, 0.25
"""Shares of wrong bits up to which two recordings are the same, or worth listening to. What was taken off a telephone
has 0.12 to 0.26; other texts in one voice have 0.26 and more over eight seconds (benchmarks/duplicates.py). Only a hum
without tones comes lower: such voices say nothing about people's."""
SHORTEST = 60
"""Numbers that must agree: about eight seconds."""
_LIBRARIES = ("libchromaprint.so.1", "libchromaprint.so.0", "libchromaprint.1.dylib")
_DEFAULT_ALGORITHM = 1
_SHIFTS_TRIED = 8
_WINDOW = SHORTEST


@dataclass(frozen=True)
class Heard:
    """A stretch that both recordings have: where it begins in each, how long it is (seconds), share of wrong bits."""

    ours: float
    theirs: float
    seconds: float
    wrong: float

    @property
    def same(self) -> bool:
        return self.wrong <= SAME


@cache
def _library() -> Any:
    for name in _LIBRARIES:
        try:
            found = ctypes.CDLL(name)
        except OSError:
            continue
        found.chromaprint_new.restype = ctypes.c_void_p
        return found
    return None


def installed() -> bool:
    """Whether this machine has the library."""
    return _library() is not None


def fingerprint(samples: Iterable[NDArray[np.int16]]) -> Sound | None:
    """The numbers of a recording that comes as pieces of one channel at RATE; None without the library."""
    library = _library()
    if library is None:
        return None
    context = ctypes.c_void_p(library.chromaprint_new(_DEFAULT_ALGORITHM))
    try:
        if not library.chromaprint_start(context, RATE, 1):
            raise OSError("Chromaprint does not begin")
        for piece in samples:
            whole = np.ascontiguousarray(piece)
            if whole.size and not library.chromaprint_feed(context, whole.ctypes.data_as(ctypes.c_void_p), whole.size):
                raise OSError("Chromaprint takes no more")
        if not library.chromaprint_finish(context):
            raise OSError("Chromaprint comes to no end")
        return _numbers(library, context)
    finally:
        library.chromaprint_free(context)


def _numbers(library: Any, context: ctypes.c_void_p) -> Sound:
    numbers, size = ctypes.POINTER(ctypes.c_uint32)(), ctypes.c_int()
    if not library.chromaprint_get_raw_fingerprint(context, ctypes.byref(numbers), ctypes.byref(size)):
        return np.zeros(0, dtype=np.uint32)
    try:
        return np.ctypeslib.as_array(numbers, (size.value,)).copy() if size.value else np.zeros(0, dtype=np.uint32)
    finally:
        library.chromaprint_dealloc(numbers)


def packed(sound: Sound) -> bytes:
    """The numbers as they are kept."""
    return sound.astype(">u4").tobytes()


def unpacked(kept: bytes) -> Sound:
    return np.frombuffer(kept, dtype=">u4").astype(np.uint32)


def heard_in_both(ours: Sound, theirs: Sound) -> Heard | None:
    """The stretch of both recordings that sounds most alike, when it is long and alike enough for people to listen."""
    best: Heard | None = None
    for shift in _shifts(ours, theirs):
        found = _stretch(ours, theirs, shift)
        if found is not None and (best is None or (found.same, found.seconds) > (best.same, best.seconds)):
            best = found
    return best


def _shifts(ours: Sound, theirs: Sound) -> list[int]:
    """By how much ours may lie behind theirs: where whole numbers agree most often. Silence tells nothing."""
    if not len(ours) or not len(theirs):
        return []
    values, first, counts = np.unique(theirs, return_index=True, return_counts=True)
    alone, places = values[counts == 1], first[counts == 1]
    at = np.searchsorted(alone, ours)
    at[at == len(alone)] = 0
    hit = np.flatnonzero(alone[at] == ours) if len(alone) else np.zeros(0, dtype=np.int64)
    shifts, often = np.unique(hit - places[at[hit]], return_counts=True)
    return [int(shifts[n]) for n in np.argsort(-often, kind="stable")[:_SHIFTS_TRIED]]


def _stretch(ours: Sound, theirs: Sound, shift: int) -> Heard | None:
    """The longest run of eight-second windows that agree when ours lies so far behind theirs; what is surely the same
    where that is most of it."""
    first, last = max(0, shift), min(len(ours), len(theirs) + shift)
    if last - first < SHORTEST:
        return None
    wrong = np.bitwise_count(ours[first:last] ^ theirs[first - shift : last - shift]).astype(np.float64) / 32
    sums = np.concatenate(([0.0], np.cumsum(wrong)))
    rates = (sums[_WINDOW:] - sums[:-_WINDOW]) / _WINDOW
    alike, sure = _longest(rates <= PERHAPS), _longest(rates <= SAME)
    if not len(alike):
        return None
    run = sure if 2 * len(sure) >= len(alike) else alike
    start, end = int(run[0]), int(run[-1]) + _WINDOW
    rate = float((sums[end] - sums[start]) / (end - start))
    return Heard(
        round((first + start) * SECONDS_A_NUMBER, 1),
        round((first + start - shift) * SECONDS_A_NUMBER, 1),
        round((end - start) * SECONDS_A_NUMBER, 1),
        round(rate, 3),
    )


def _longest(good: NDArray[np.bool_]) -> NDArray[np.int64]:
    """The places of the longest run that is good all through."""
    at = np.flatnonzero(good)
    return max(np.split(at, np.flatnonzero(np.diff(at) > 1) + 1), key=len)
