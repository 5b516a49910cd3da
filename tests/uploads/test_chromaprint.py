"""Recordings found again by their sound: comparing is tried on numbers, hearing where the system's library is."""

import numpy as np
import pytest

from tests.uploads.voices import speech
from uploads import chromaprint
from uploads.chromaprint import SECONDS_A_NUMBER, Sound

heard = pytest.mark.skipif(not chromaprint.installed(), reason="libchromaprint1 is not installed")


def numbers(seed: int, length: int) -> Sound:
    return np.random.default_rng(seed).integers(0, 2**32, length, dtype=np.uint32)


def spoiled(sound: Sound, share: float) -> Sound:
    """So many bits of all turned over, by chance."""
    turned = np.random.default_rng(9).random((len(sound), 32)) < share
    return sound ^ (turned @ (1 << np.arange(32, dtype=np.uint64))).astype(np.uint32)


@pytest.mark.parametrize(("share", "same"), [(0.0, True), (0.07, True), (0.17, False)])
def test_a_recording_saved_anew_is_found_and_how_sure_it_is(share: float, same: bool) -> None:
    ours = numbers(1, 2000)
    theirs = spoiled(ours[40:], share)
    theirs[::50] = ours[40::50]
    found = chromaprint.heard_in_both(ours, theirs)
    assert found is not None
    assert found.same is same and abs(found.ours - 40 * SECONDS_A_NUMBER - found.theirs) < 0.2
    assert abs(found.wrong - share) < 0.02


def test_ten_seconds_within_another_programme_are_found_where_they_are() -> None:
    ours = numbers(1, 3000)
    theirs = np.concatenate([numbers(2, 700), ours[1000:1090], numbers(3, 500)])
    found = chromaprint.heard_in_both(ours, theirs)
    assert found is not None and found.same
    assert abs(found.ours - 1000 * SECONDS_A_NUMBER) < 3 and abs(found.theirs - 700 * SECONDS_A_NUMBER) < 3


def test_strangers_silence_and_a_jingle_are_not_the_same() -> None:
    assert chromaprint.heard_in_both(numbers(1, 3000), numbers(2, 3000)) is None
    silence = np.zeros(500, dtype=np.uint32)
    assert chromaprint.heard_in_both(silence, silence) is None
    jingle = numbers(3, 30)
    assert chromaprint.heard_in_both(np.r_[jingle, numbers(1, 900)], np.r_[jingle, numbers(2, 900)]) is None
    assert chromaprint.heard_in_both(numbers(1, 0), numbers(2, 900)) is None


def test_the_numbers_go_through_the_store_as_they_are() -> None:
    sound = numbers(1, 50)
    assert chromaprint.unpacked(chromaprint.packed(sound)).tolist() == sound.tolist()


@heard
def test_another_text_in_the_same_voice_is_another_recording() -> None:
    one, other = (chromaprint.fingerprint([speech(seed, 40)]) for seed in (1, 2))
    assert one is not None and other is not None and len(one) > 250
    assert chromaprint.heard_in_both(one, other) is None


@heard
def test_without_its_first_five_seconds_and_with_noise_it_is_the_same() -> None:
    said = speech(1, 40)
    noisy = said[5 * chromaprint.RATE :] + np.random.default_rng(3).normal(0, 300, len(said) - 5 * chromaprint.RATE)
    ours, theirs = chromaprint.fingerprint([said]), chromaprint.fingerprint([noisy.astype(np.int16)])
    assert ours is not None and theirs is not None
    found = chromaprint.heard_in_both(ours, theirs)
    assert found is not None and found.same and found.seconds > 25 and abs(found.ours - found.theirs - 5) < 1


def test_without_the_library_there_is_no_fingerprint(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chromaprint, "_LIBRARIES", ("libnothing.so.9",))
    chromaprint._library.cache_clear()
    try:
        assert not chromaprint.installed()
        assert chromaprint.fingerprint([speech(1, 2)]) is None
    finally:
        chromaprint._library.cache_clear()
