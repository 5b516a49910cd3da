"""Invented landscapes: sky, sun, hills in the haze, a field or the sea. Drawn from a number, the same each time."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

FONT = Path(__file__).parent.parent / "award" / "static" / "vendor" / "tinos" / "Tinos_700Bold.ttf"
Pixels = NDArray[np.uint8]
Colour = tuple[int, int, int]


@dataclass(frozen=True)
class _Light:
    """An hour of the day: the sky above, the sky at the horizon, the nearest hill, the ground."""

    above: Colour
    horizon: Colour
    near: Colour
    ground: Colour


_HOURS = (
    _Light((84, 140, 196), (222, 232, 236), (38, 78, 58), (112, 146, 66)),
    _Light((62, 60, 106), (246, 178, 112), (36, 30, 44), (122, 82, 52)),
    _Light((120, 158, 178), (240, 236, 222), (52, 90, 92), (66, 122, 138)),
    _Light((46, 84, 138), (252, 214, 160), (44, 52, 50), (186, 152, 72)),
)
RIDGES = 3


@dataclass(frozen=True)
class Scene:
    """`sky` fills the picture; a ridge is the row its upper edge stands in at every column, and a colour; far first."""

    sky: Pixels
    ridges: tuple[tuple[NDArray[np.int64], Colour], ...]


def scene(number: int, width: int, height: int) -> Scene:
    """The landscape of this number in a picture of this size."""
    random = np.random.default_rng(number)
    light = _HOURS[number % len(_HOURS)]
    down = np.linspace(0, 1, height)[:, None] ** 0.8
    sky = (1 - down)[..., None] * np.array(light.above) + down[..., None] * np.array(light.horizon)
    sky = np.broadcast_to(sky, (height, width, 3)).copy()
    _add_sun(sky, random)
    across = np.arange(width) / height
    ridges = []
    for step in range(RIDGES):
        nearness = (step + 1) / (RIDGES + 1)
        line = np.zeros(width)
        for frequency in (1, 2.3, 5, 11):
            line += np.sin(across * frequency * (2.2 + nearness) + random.random() * 7) / frequency
        edge = height * (0.42 + 0.13 * step) - line * height * 0.05 * (1.5 - nearness)
        ridges.append((edge.astype(np.int64), _between(light.horizon, light.near, nearness)))
    ridges.append((np.full(width, round(height * 0.8), dtype=np.int64), light.ground))
    return Scene(sky.astype(np.uint8), tuple(ridges))


def painted(number: int, width: int, height: int) -> Image.Image:
    """The whole landscape as one picture, with the texture of a field or of water in front and grain over all."""
    drawn = scene(number, width, height)
    picture = drawn.sky.astype(np.float32)
    rows = np.arange(height, dtype=np.float32)[:, None]
    for edge, colour in drawn.ridges:
        top = max(0, int(edge.min()))  # above it nothing of the ridge is seen
        depth = rows[top:] - edge.astype(np.float32)[None, :]
        shade = 1 - np.float32(0.25 / height) * np.clip(depth, 0, height)
        for part, ink in enumerate(colour):
            np.copyto(picture[top:, :, part], shade * np.float32(ink), where=depth >= 0)
    front = round(height * 0.8)
    below = np.arange(front, height)[:, None] - front + 1
    furrows = np.sin(np.arange(width)[None, :] * 0.003 * (1 + number % 5) + height * 9 / (below + 30)) * 12
    picture[front:] += furrows[..., None]
    grain = np.random.default_rng(number + 1).standard_normal((height, width, 1)).astype(np.float32)
    image = Image.fromarray(np.clip(picture + 2.2 * grain, 0, 255).astype(np.uint8))
    _add_people(image, number)
    return image


def caption(
    words: str, width: int, height: int, *, ink: Colour = (255, 255, 255), paper: Colour = (28, 26, 30)
) -> Image.Image:
    """A strip with the words on two lines at most, as large as they fit."""
    strip = Image.new("RGB", (width, height), paper)
    draw = ImageDraw.Draw(strip)
    room = width - height // 2
    lines: list[str] = []
    for size in range(round(height * 0.38), 8, -1):
        font = ImageFont.truetype(FONT, size, layout_engine=ImageFont.Layout.BASIC)
        lines = _lines(words, font, room)
        if len(lines) <= 2:
            break
    narrower = (_lines(words, font, round(room * share)) for share in (0.55, 0.7, 0.85))
    text = "\n".join(next((even for even in narrower if len(even) == len(lines)), lines)[:2])
    draw.multiline_text((height // 4, height / 2), text, font=font, fill=ink, anchor="lm", spacing=height * 0.06)
    return strip


def _lines(words: str, font: ImageFont.FreeTypeFont, room: int) -> list[str]:
    lines = [""]
    for word in words.split():
        longer = f"{lines[-1]} {word}".strip()
        if font.getlength(longer) <= room or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _add_sun(sky: NDArray[np.float64], random: np.random.Generator) -> None:
    height, width, _ = sky.shape
    x, y = width * (0.15 + 0.7 * random.random()), height * (0.12 + 0.25 * random.random())
    rows, columns = (axis.astype(np.float32) for axis in np.ogrid[:height, :width])
    distance = np.hypot(rows - np.float32(y), columns - np.float32(x)) / np.float32(height)
    glow = np.clip(np.exp(-distance * 6) + (distance < 0.045), 0, 1)[..., None]
    sky += glow * (np.array((255, 244, 214)) - sky)


def _add_people(image: Image.Image, number: int) -> None:
    """Some figures at work on the near ground; nobody in particular."""
    random = np.random.default_rng(number + 2)
    draw = ImageDraw.Draw(image)
    for _ in range(3 + number % 4):
        tall = image.height * (0.09 + 0.05 * random.random())
        x, y = image.width * (0.08 + 0.84 * random.random()), image.height * (0.81 + 0.08 * random.random())
        ink = (30, 26, 28)
        shoulder, knee, brim = y - tall * 0.7, tall * 0.14, tall * 0.22
        draw.polygon([(x - knee, y), (x + knee, y), (x + tall * 0.09, shoulder), (x - tall * 0.09, shoulder)], fill=ink)
        draw.polygon([(x - brim, y - tall * 0.74), (x + brim, y - tall * 0.74), (x, y - tall)], fill=(206, 176, 120))


def _between(far: Colour, near: Colour, share: float) -> Colour:
    first, second, third = (round(a + (b - a) * share) for a, b in zip(far, near, strict=True))
    return first, second, third
