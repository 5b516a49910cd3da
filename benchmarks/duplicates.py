"""How well the same work is found again, and how often another one is taken for it:  python3 dev.py bench duplicates

    --works 300     texts, photos and scans of five pages; every pair of them is unrelated
    --films 150     films and recordings
    --changed 24    of each kind that are changed in every way and looked for
    --only sound    one of text, photo, scan, film, sound; the figures of the others stay as they are

Each line of results/duplicates.json is one figure: the percentage that is found of each change, and the alerts among
10,000 unrelated pairs. Sound is heard by the system's Chromaprint; where it is not installed its figures are left out
and a line says so.
"""

import argparse
import io
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations
from multiprocessing import Pool
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from award.files import likeness
from benchmarks import own_works
from benchmarks.figures import Figure, asked_as, line
from benchmarks.own_works import FRAMES_A_SECOND, PHOTO_CHANGES, SCAN_CHANGES, SECONDS, TEXT_CHANGES
from demonstration.speech import RATE
from uploads import chromaprint, looks, shingles
from uploads.fingerprints import Prints, recording_prints
from uploads.kinds import BY_CODE
from uploads.looks import Hashes

RESULTS = Path(__file__).parent / "results" / "duplicates.json"
ALERTS = "< 1"
FIFTH = SECONDS // 5
ONE_SPEAKER = ONE_PAPER = 1
Print = tuple[bytes | None, bytes | None]


def main(words: Sequence[str]) -> int:
    asked = argparse.ArgumentParser(prog="python3 dev.py bench duplicates")
    asked.add_argument("--works", type=int, default=300)
    asked.add_argument("--films", type=int, default=150)
    asked.add_argument("--changed", type=int, default=24)
    asked.add_argument("--only", choices=PARTS)
    said = asked.parse_args(words)
    before = RESULTS.read_text().splitlines() if RESULTS.exists() else []
    written: list[str] = []
    met = True
    with Pool(2) as pool:
        for name, part in PARTS.items():
            if said.only not in (None, name):
                written += [each for each in before if each.startswith(f'{{"name": "{name}')]
                continue
            for figure in part(pool.map, said):
                met = met and figure.met is not False
                written.append(line(figure, asked_as("duplicates", words)))
                print(written[-1], flush=True)
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text("".join(f"{each}\n" for each in written))
    return int(not met)


def _found(name: str, share: float, runs: int) -> Figure:
    return Figure(f"{name}: % found", round(100 * share, 1), None, None, "reported", None, runs)


def _alerts(name: str, alerts: int, pairs: int) -> Figure:
    rate = 10_000 * alerts / pairs
    return Figure(f"{name}: alerts among 10,000 unrelated pairs", round(rate, 3), None, None, ALERTS, rate < 1, pairs)


# Texts


def _numbers(paragraphs: Sequence[str]) -> set[int]:
    return set(shingles.shingles(shingles.syllables(paragraphs)))


def text_prints(seed: int) -> set[int]:
    return _numbers(own_works.text(seed))


def _texts(apply: Callable[..., Any], said: argparse.Namespace) -> Iterator[Figure]:
    """As the product compares them: what many texts have counts for nothing."""
    known: list[set[int]] = apply(text_prints, range(said.works))
    often = Counter(number for each in known for number in each)
    common = {number for number, count in often.items() if count >= shingles.common_from(len(known))}
    kept = [each - common for each in known]

    def alike(ours: set[int], theirs: set[int], paragraphs: tuple[Sequence[str], Sequence[str]]) -> bool:
        longest = 0
        if len(ours & theirs) > shingles.ALWAYS_SHOWN - shingles.WIDTH:
            both = [shingles.syllables(each) for each in paragraphs]
            longest = max((each.length for each in shingles.passages(*both)), default=0)
        return likeness.of_texts(shingles.containment(ours, theirs), longest) is not None

    for name, change in TEXT_CHANGES.items():
        hits = 0
        for seed in range(said.changed):
            paragraphs = own_works.text(seed)
            changed = change(paragraphs, seed)
            hits += alike(kept[seed], _numbers(changed) - common, (paragraphs, changed))
        yield _found(f"text, {name}", hits / said.changed, said.changed)
    alerts = sum(
        alike(kept[one], kept[other], (own_works.text(one), own_works.text(other)))
        for one, other in combinations(range(said.works), 2)
        if kept[one] & kept[other]
    )
    yield _alerts("text", alerts, said.works * (said.works - 1) // 2)


# Photos


def photo_prints(seed: int) -> looks.Look:
    look = looks.look(own_works.photo(seed))
    assert look is not None
    return look


def changed_photo(asked: tuple[str, int]) -> bool:
    name, seed = asked
    changed = looks.look(PHOTO_CHANGES[name](own_works.photo(seed)))
    return changed is not None and likeness.of_photos(photo_prints(seed), changed) is not None


def _photos(apply: Callable[..., Any], said: argparse.Namespace) -> Iterator[Figure]:
    known: list[looks.Look] = apply(photo_prints, range(said.works))
    for name in PHOTO_CHANGES:
        hits = sum(apply(changed_photo, [(name, seed) for seed in range(said.changed)]))
        yield _found(f"photo, {name}", hits / said.changed, said.changed)
    alerts = sum(likeness.of_photos(one, other) is not None for one, other in combinations(known, 2))
    yield _alerts("photo", alerts, len(known) * (len(known) - 1) // 2)


# Scans


def scan_prints(seed: int) -> Hashes:
    """What each page looks like."""
    return _pages(own_works.scan(seed))


def scan_prints_of_one(seed: int) -> Hashes:
    """The same of pages of one newspaper, which are made up alike."""
    return _pages(own_works.scan(seed, ONE_PAPER))


def changed_scan(asked: tuple[str, int]) -> bool:
    name, seed = asked
    pages = own_works.scan(seed)
    return bool(_like(_pages(pages), _pages(SCAN_CHANGES[name](pages, seed))).any())


def _pages(images: Sequence[Image.Image]) -> Hashes:
    found = [page for page in map(looks.page, images) if page is not None]
    return np.array([np.frombuffer(page.to_bytes(looks.PAGE_BITS // 8, "big"), ">u8") for page in found], np.uint64)


def _like(ours: Hashes, theirs: Hashes) -> NDArray[np.bool_]:
    """Which pages look like which, as the database compares them."""
    apart = np.bitwise_count(ours[:, None] ^ theirs[None, :]).sum(axis=2, dtype=np.int64)
    return np.asarray(apart <= looks.PAGES_APART)


def _scans(apply: Callable[..., Any], said: argparse.Namespace) -> Iterator[Figure]:
    for name in SCAN_CHANGES:
        hits = sum(apply(changed_scan, [(name, seed) for seed in range(said.changed)]))
        yield _found(f"scan, {name}", hits / said.changed, said.changed)
    for name, prints in (("scan", scan_prints), ("scan, other pages of one newspaper", scan_prints_of_one)):
        known: list[Hashes] = apply(prints, range(said.works), 4)
        alerts = sum(bool(_like(one, other).any()) for one, other in combinations(known, 2))
        yield _alerts(name, alerts, len(known) * (len(known) - 1) // 2)


# Films and recordings


def _prints(data: bytes, code: str) -> Print:
    made: Prints = recording_prints(io.BytesIO(data), BY_CODE[code])
    return made.frames, made.sound


def film_prints(seed: int) -> Print:
    """What a film looks like, without the trouble of saving it."""
    shown = (image for n, image in enumerate(own_works.pictures(seed)) if n % FRAMES_A_SECOND == 0)
    return looks.packed([looks.slopes(_small(image)) for image in shown]), None


def sound_prints(seed: int) -> Print:
    """What a recording sounds like, without the trouble of saving it."""
    return _heard(own_works.voice(seed))


def sound_prints_of_one(seed: int) -> Print:
    """The same of somebody who reads everything."""
    return _heard(own_works.voice(seed, speaker=ONE_SPEAKER))


def _heard(sound: own_works.Samples) -> Print:
    heard = chromaprint.fingerprint([_at_rate(sound)])
    return None, None if heard is None else chromaprint.packed(heard)


def _small(image: Image.Image) -> Image.Image:
    return image.convert("L").resize((144, 128), Image.Resampling.BOX)


def _at_rate(sound: own_works.Samples) -> own_works.Samples:
    at = np.arange(round(len(sound) * chromaprint.RATE / RATE)) * RATE / chromaprint.RATE
    return np.interp(at, np.arange(len(sound)), sound).astype(np.int16)


def changed_films(seed: int) -> dict[str, tuple[Print, Print]]:
    """By what was done: the saved original and what became of it."""
    images, sound = list(own_works.pictures(seed)), own_works.voice(seed)
    fifth, five = FIFTH * FRAMES_A_SECOND, 5 * FRAMES_A_SECOND
    whole = _prints(own_works.film(images, sound), "mp4")
    seen = (whole[0], None)
    return {
        "film, saved anew at half size": (whole, _prints(own_works.film(images, sound, crf=36, scale=0.5), "mp4")),
        "film, cut of 5 s": (whole, _prints(own_works.film(images[five:], sound[5 * RATE :]), "mp4")),
        "film, excerpt of 20 %": (whole, _prints(own_works.film(images[fifth : 2 * fifth], None), "mp4")),
        "film, saved anew, pictures alone": (seen, (_prints(own_works.film(images, None, crf=36), "mp4")[0], None)),
    }


def changed_sounds(seed: int) -> dict[str, tuple[Print, Print]]:
    """By what was done: the saved original and what became of it."""
    sound = own_works.voice(seed)
    heard = _prints(own_works.recording(sound), "mp3")
    part = sound[FIFTH * RATE : 2 * FIFTH * RATE]
    changed = {
        "sound, MP3 32 kbit/s": own_works.recording(sound, bit_rate=32_000),
        "sound, cut of 5 s": own_works.recording(sound[5 * RATE :]),
        "sound, excerpt of 20 %": own_works.recording(part),
        "sound, cut of 5 s and MP3 32 kbit/s": own_works.recording(sound[5 * RATE :], bit_rate=32_000),
        "sound, taken off a telephone": own_works.recording(own_works.over_telephone(sound, seed)),
    }
    return {name: (heard, _prints(data, "mp3")) for name, data in changed.items()}


def _films(apply: Callable[..., Any], said: argparse.Namespace) -> Iterator[Figure]:
    yield from _changes(apply(changed_films, range(said.changed), 1))
    yield _unrelated("film", apply(film_prints, range(said.films), 4))


def _sounds(apply: Callable[..., Any], said: argparse.Namespace) -> Iterator[Figure]:
    if not chromaprint.installed():
        yield Figure("sound: Chromaprint is not installed on this machine", None, None, None, ALERTS, None, 0)
        return
    yield from _changes(apply(changed_sounds, range(said.changed), 1))
    yield _unrelated("sound", apply(sound_prints, range(said.films), 4))
    yield _unrelated("sound, other texts in one voice", apply(sound_prints_of_one, range(said.films), 4))


def _changes(changed: Sequence[dict[str, tuple[Print, Print]]]) -> Iterator[Figure]:
    for name in changed[0]:
        hits = sum(bool(likeness.of_recordings(*each[name])) for each in changed)
        yield _found(name, hits / len(changed), len(changed))


def _unrelated(name: str, known: Sequence[Print]) -> Figure:
    pairs = list(combinations(known, 2))
    return _alerts(name, sum(bool(likeness.of_recordings(*pair)) for pair in pairs), len(pairs))


PARTS = {"text": _texts, "photo": _photos, "scan": _scans, "film": _films, "sound": _sounds}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
