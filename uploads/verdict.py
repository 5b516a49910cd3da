"""What an examination of a file ends with."""

from dataclasses import asdict, dataclass, field
from typing import Any, Literal

Reason = Literal[
    "",
    "empty",
    "too_large",
    "wrong_type",  # an honest file of another kind than its name says, or of no known kind
    "truncated",  # cut short or damaged: it cannot be read to its end
    "disguised",  # something else under this name, or two things at once
    "encrypted",
    "active_content",  # scripts, macros, attached files, parts fetched from elsewhere
    "zip_rules",
    "image_too_large",
    "no_sound",
    "no_picture",
    "could_not_check",
]


@dataclass(frozen=True)
class Facts:
    """What was learnt; None where it does not apply or was not reached. `mime` is what the bytes say they are."""

    mime: str | None = None
    size: int | None = None
    pages: int | None = None
    width: int | None = None
    height: int | None = None
    duration: float | None = None
    """Seconds."""
    bit_rate: int | None = None
    """Of the whole, in bits a second."""
    video_codec: str | None = None
    audio_codec: str | None = None
    fps: float | None = None
    interlaced: bool | None = None
    has_audio: bool | None = None
    plays_in_browser: bool | None = None
    signatures: list[dict[str, Any]] | None = None
    """What digital signatures in it say of themselves; nobody has checked them."""


@dataclass(frozen=True)
class Verdict:
    ok: bool
    reason: Reason = ""
    facts: Facts = field(default_factory=Facts)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> "Verdict":
        return cls(bool(value["ok"]), value["reason"], Facts(**value["facts"]))


class Unfit(Exception):
    """The file must not be taken, for this reason."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason
