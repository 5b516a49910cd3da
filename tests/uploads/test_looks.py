"""Pictures found again as published figures of these hashes say, and films by their pictures, second by second."""

import io
from collections.abc import Callable

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageEnhance, ImageOps

from uploads import looks
from uploads.looks import Alike, Look, Stretch


def scene(seed: int, size: tuple[int, int] = (900, 600)) -> Image.Image:
    """Light and shapes as in a photo: coarse noise grown large, with figures in front of it."""
    chance = np.random.default_rng(seed)
    ground = Image.fromarray(chance.integers(0, 255, (6, 9, 3), dtype=np.uint8)).resize(size, Image.Resampling.BICUBIC)
    drawing = ImageDraw.Draw(ground)
    for _ in range(12):
        x, y = (int(chance.integers(0, side)) for side in size)
        reach = int(chance.integers(40, 200))
        colour = tuple(int(value) for value in chance.integers(0, 255, 3))
        drawing.ellipse((x, y, x + reach, y + 2 * reach), fill=colour)
    return ground


def saved(image: Image.Image, quality: int) -> Image.Image:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality)
    return Image.open(out)


def cropped(image: Image.Image, share: float) -> Image.Image:
    across, down = int(image.width * share / 2), int(image.height * share / 2)
    return image.crop((across, down, image.width - across, image.height - down))


def seen(image: Image.Image) -> Look:
    found = looks.look(image)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("change", "most"),
    [
        (lambda image: saved(image, 40), 4),
        (lambda image: image.resize((450, 300)), 4),
        (lambda image: image.convert("L"), 2),
        (lambda image: ImageEnhance.Brightness(image).enhance(1.3), 12),
        (lambda image: cropped(image, 0.05), 24),
    ],
    ids=["jpeg 40", "half", "grey", "brighter", "crop 5 %"],
)
def test_a_changed_picture_is_alike(change: Callable[[Image.Image], Image.Image], most: int) -> None:
    for seed in range(8):
        picture = scene(seed)
        found = looks.alike(seen(picture), seen(change(picture)))
        assert found is not None and found.waves <= most and not found.mirrored


def test_a_picture_turned_over_is_alike_in_the_mirror() -> None:
    ours, theirs = seen(scene(1)), seen(saved(ImageOps.mirror(scene(1)), 70))
    assert ours.slopes != theirs.slopes
    found = looks.alike(ours, theirs)
    assert found is not None and found.mirrored and found.waves <= 4


def test_unrelated_pictures_are_not_alike() -> None:
    hashes = [seen(scene(seed)) for seed in range(60)]
    pairs = [(one, other) for n, one in enumerate(hashes) for other in hashes[n + 1 :]]
    assert [pair for pair in pairs if looks.alike(*pair)] == []


@pytest.mark.parametrize(
    ("waves", "slopes", "shown"),
    [(10, 7, True), (11, 7, False), (24, 4, True), (25, 4, False), (24, 5, False), (64, 0, False), (0, 17, True)],
)
def test_where_the_line_is(waves: int, slopes: int, shown: bool) -> None:
    assert looks.near(waves, slopes) is shown


def test_a_flat_picture_is_like_nothing() -> None:
    assert looks.look(Image.new("RGB", (400, 300), (120, 160, 210))) is None
    assert looks.slopes(Image.new("RGB", (400, 300), "black")) == 0


def test_the_numbers_go_through_the_store_as_they_are() -> None:
    numbers = [0, 1, 2**63, 2**64 - 1]
    assert looks.unpacked(looks.packed(numbers)).tolist() == numbers


def film(seed: int, seconds: int) -> looks.Hashes:
    return np.random.default_rng(seed).integers(1, 2**64, seconds, dtype=np.uint64)


def test_a_stretch_of_a_film_is_found_in_another() -> None:
    ours = film(1, 200)
    theirs = np.concatenate([film(2, 70), ours[40:85], film(3, 30)])
    assert looks.stretches(ours, theirs) == [Stretch(40, 70, 45)]


def test_a_film_without_its_beginning_and_with_a_bit_lost_here_and_there_is_the_same() -> None:
    ours = film(1, 300)
    theirs = ours[5:] ^ (np.uint64(1) << np.arange(295, dtype=np.uint64) % np.uint64(64))
    assert looks.stretches(ours, theirs) == [Stretch(5, 0, 295)]


def test_less_than_half_a_minute_is_not_shown() -> None:
    ours = film(1, 100)
    assert looks.stretches(ours, np.concatenate([film(2, 50), ours[:29], film(3, 50)])) == []


def test_a_studio_that_stands_still_and_black_pictures_are_no_report() -> None:
    still = np.full(120, film(4, 1)[0])
    assert looks.stretches(np.concatenate([film(1, 50), still]), np.concatenate([still, film(2, 50)])) == []
    black = np.zeros(120, dtype=np.uint64)
    assert looks.stretches(black, black) == []


def test_alike_says_by_how_much() -> None:
    ours = Look(0b111, 0b1, 0, 0)
    assert looks.alike(ours, Look(0b001, 0b0, 2**64 - 1, 2**64 - 1)) == Alike(2, 1)
