"""Something like speech, made by code: a voice whose syllables differ from seed to seed."""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from uploads.chromaprint import RATE


@cache
def speech(seed: int, seconds: int) -> NDArray[np.int16]:
    """One channel at RATE: syllables with a pitch that moves and three formants, and pauses between them."""
    chance = np.random.default_rng(seed)
    pieces: list[NDArray[np.float64]] = []
    while sum(map(len, pieces)) < seconds * RATE:
        length = int(RATE * chance.uniform(0.12, 0.3))
        bend = np.linspace(chance.uniform(-1, 1), chance.uniform(-1, 1), length)
        pitch = chance.uniform(100, 160) * (1 + 0.2 * bend)
        turned = 2 * np.pi * np.cumsum(pitch) / RATE
        formants = chance.uniform([300, 900, 2200], [800, 2000, 3000])
        loud = [sum(1 / (1 + ((n * pitch.mean() - each) / 120) ** 2) for each in formants) for n in range(1, 30)]
        voiced = sum(weight * np.sin(n * turned) for n, weight in enumerate(loud, start=1))
        pieces += [voiced * np.hanning(length), np.zeros(int(RATE * chance.uniform(0, 0.1)))]
    whole = np.concatenate(pieces)[: seconds * RATE]
    return (whole / np.abs(whole).max() * 20_000).astype(np.int16)
