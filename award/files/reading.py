"""What a file looks like to a reader: pages beside text, a photo in sizes, a player. The same for everybody who reads.

Where the original is not to be seen only what was made of it is: page images, clean text, clean photos, light media.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import timedelta

from award.files import queries, words
from award.files.models import File, Rendition
from uploads import light
from uploads.kinds import BY_CODE
from uploads.storage import DOWNLOAD_SECONDS
from uploads.verdict import Facts

RENDITIONS: Mapping[str, tuple[str, int]] = {
    "nhe": ("light", 1),
    "tieng": ("sound", 1),
    "bia": ("poster", 1),
    "400": ("photo", 400),
    "1600": ("photo", 1600),
    "day-du": ("photo", 0),
}
"""Word of the address → kind and ordinal."""
BEYOND_THE_END = timedelta(minutes=30)
LONGEST_ADDRESS = timedelta(hours=6)
_ENDINGS = {"audio/mp4": "m4a", "video/mp4": "mp4", "image/webp": "webp", "image/jpeg": "jpg", "image/png": "png"}
STROKES, WAVE_WIDTH, WAVE_HEIGHT = 250, 500, 40
_FACTS = {field.name for field in fields(Facts)}


@dataclass(frozen=True)
class PageImage:
    number: int
    width: int | None
    height: int | None


@dataclass(frozen=True)
class Photo:
    """Width and height in full size; `widths` of the smaller sizes by the word of their address."""

    width: int
    height: int
    widths: Mapping[str, int]


@dataclass(frozen=True)
class Player:
    """A recording. `source` is what is played first: "light", "original", or "" while there is nothing to play."""

    seconds: float
    source: str
    mime: str
    other: str
    """What may be played instead: "light", "original" or ""."""
    poster: bool
    peaks: Sequence[int]
    width: int | None
    height: int | None
    sound: int | None = None
    """Bytes of what a film says without its pictures; None where there is no such version."""
    film: int | None = None
    """Bytes of the film as it is played first."""

    @property
    def wave(self) -> str:
        """The sound as upright strokes in a box of 500 × 40, as a path of SVG; empty when there is none."""
        if not self.peaks:
            return ""
        strokes = min(STROKES, len(self.peaks))
        step = WAVE_WIDTH / strokes
        drawn = []
        for number in range(strokes):
            first = number * len(self.peaks) // strokes
            last = max(first + 1, (number + 1) * len(self.peaks) // strokes)
            half = max(0.5, max(self.peaks[first:last]) * WAVE_HEIGHT / 200)
            middle = WAVE_HEIGHT / 2
            drawn.append(f"M{(number + 0.5) * step:.5g} {middle - half:.4g}v{2 * half:.4g}")
        return "".join(drawn)


@dataclass(frozen=True)
class Reading:
    """A file as it is read. `original`: whether it may be opened and saved as it came."""

    file_id: str
    label: str
    family: str
    """document, image, audio, video."""
    ready: bool
    original: bool
    making: str
    """What is still being made of it, or could not be made, in words."""
    caption: str = ""
    unchecked: bool = False
    """Nobody could open it, and this reader may save it."""
    scan: str = ""
    """What is known of viruses in it, in words; for who may save it as it came."""
    making_on: bool = False
    """Whether it is still being made."""
    pages: Sequence[PageImage] = ()
    paragraphs: Sequence[str] = ()
    photo: Photo | None = None
    player: Player | None = None


def readings(
    labels: Mapping[int, str],
    *,
    original: bool = True,
    unchecked: bool = False,
    captions: Mapping[int, str] | None = None,
) -> dict[int, Reading]:
    """The files of these ids, each under its label and in this order, with its caption where it has one.

    Without `original` only what was made of them may be seen; with `unchecked` what nobody could check may be saved.
    """
    files, made = queries.files(labels), queries.renditions(labels)
    told = captions or {}
    return {
        file_id: replace(
            _reading(files[file_id], made.get(file_id, []), label, caption=told.get(file_id, ""), original=original),
            unchecked=unchecked and files[file_id].state == "unchecked",
        )
        for file_id, label in labels.items()
        if file_id in files
    }


def address_seconds(file: File) -> int:
    """How long an address to read from lives. A player goes back to it for every jump: so for a recording until it has
    been heard to its end, with pauses."""
    seconds = float(file.facts.get("duration", 0))
    if not seconds:
        return DOWNLOAD_SECONDS
    return round(min(timedelta(seconds=seconds) + BEYOND_THE_END, LONGEST_ADDRESS).total_seconds())


def name_of(made: Rendition, shown_name: str) -> str:
    """The name under which what was made of a file is sent: that of the file, with another ending."""
    stem = shown_name.rpartition(".")[0] or shown_name
    return f"{stem}.{_ENDINGS[made.content_type]}"


def clock(seconds: float) -> str:
    """7:05, 1:02:09: how long a recording is, on its player."""
    whole = round(seconds)
    hours, minutes, rest = whole // 3600, whole % 3600 // 60, whole % 60
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"


def _reading(file: File, made: Sequence[Rendition], label: str, *, caption: str, original: bool) -> Reading:
    family, ready = BY_CODE[file.kind].family, file.state == "ready"
    text = next((each.facts["paragraphs"] for each in made if each.kind == "text"), ())
    pages = [
        PageImage(each.ordinal, each.facts.get("width"), each.facts.get("height"))
        for each in made
        if each.kind == "page"
    ]
    return Reading(
        file_id=file.public_id,
        label=label,
        caption=caption,
        family=family,
        ready=ready,
        original=original,
        making=(words.light_of(file) or words.pages_of(file, len(pages))) if ready else words.checking_of(file),
        scan=words.scan_of(file) if ready and original else "",
        making_on=file.light == "waiting",
        pages=pages,
        paragraphs=text,
        photo=_photo(made) if family == "image" else None,
        player=_player(file, made, original=original) if ready and family in ("audio", "video") else None,
    )


def _photo(made: Sequence[Rendition]) -> Photo | None:
    sizes = {each.ordinal: each for each in made if each.kind == "photo"}
    largest = sizes.get(0)
    if largest is None:
        return None
    words_of = {ordinal: word for word, (kind, ordinal) in RENDITIONS.items() if kind == "photo"}
    widths = {words_of[ordinal]: int(each.facts["width"]) for ordinal, each in sizes.items() if ordinal}
    return Photo(int(largest.facts["width"]), int(largest.facts["height"]), widths)


def _player(file: File, made: Sequence[Rendition], *, original: bool) -> Player:
    by_kind, kind = {each.kind: each for each in made}, BY_CODE[file.kind]
    facts = Facts(**{name: value for name, value in file.facts.items() if name in _FACTS})
    playable = [
        *(["light"] if "light" in by_kind else []),
        *(["original"] if original and (facts.plays_in_browser or light.plays_in_most(kind, facts)) else []),
    ]
    if light.suits_everybody(facts):
        playable.reverse()
    source, other = [*playable, "", ""][:2]
    waveform, sound = by_kind.get("waveform"), by_kind.get("sound")
    return Player(
        seconds=facts.duration or 0,
        source=source,
        mime=by_kind["light"].content_type if source == "light" else file.content_type,
        other=other,
        poster="poster" in by_kind,
        peaks=waveform.facts["peaks"] if waveform else (),
        width=facts.width,
        height=facts.height,
        sound=sound.size if sound is not None else None,
        film=by_kind["light"].size if source == "light" else file.size,
    )
