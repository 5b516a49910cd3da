"""A document looked at in one child: the verdict on it and, when it is sound, its first pages and its text.

`python -m uploads.document KIND PATH FOLDER PAGES`. To start three children cost more than what they found out. Each
answer can still be had by itself (uploads.sniff, uploads.media), for when one question takes the others along.
"""

import sys
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from uploads import media, redrawn, sandbox, sniff
from uploads.kinds import BY_CODE, Kind
from uploads.media import Picture
from uploads.verdict import Verdict

MARK = "Bản dựng lại từ nội dung tệp"
"""At the head of each page that is not as its author saw it."""


@dataclass(frozen=True)
class Document:
    """`pictures` and `paragraphs` are empty when the verdict is against it."""

    verdict: Verdict
    pictures: list[Picture] = field(default_factory=list)
    paragraphs: list[str] = field(default_factory=list)


def looked_at(path: Path, name: str, kind: Kind, folder: Path, *, pages: int) -> Document:
    """The document that came as `name`, with at most so many pages drawn into the folder.

    ChildFailed when it broke on the way: then nothing is said, neither for nor against it.
    """
    unopened = sniff.unopened(name, kind, path.stat().st_size)
    if unopened is not None:
        return Document(unopened)
    words = [kind.code, str(path.resolve()), str(folder.resolve()), str(pages)]
    found = sandbox.run("uploads.document", words)
    pictures = [Picture(**{**each, "path": Path(each["path"])}) for each in found["pictures"]]
    return Document(Verdict.from_json(found["verdict"]), pictures, found["paragraphs"])


# In the child


def _look(path: Path, kind: Kind, folder: Path, pages: int) -> dict[str, Any]:
    verdict = sniff.inspect(path, kind)
    pictures: list[Picture] = []
    paragraphs: list[str] = []
    if verdict.ok:
        paragraphs = media.text_of(path, kind)
        if kind.code == "pdf":
            pictures = media.draw_pages(path, folder, 1, pages)
        else:
            with suppress(Exception):  # its words are there, whatever keeps its pages from being drawn
                pictures = redrawn.draw(path, kind, folder, MARK)
    drawn = [asdict(each) | {"path": str(each.path)} for each in pictures]
    return {"verdict": verdict.as_json(), "pictures": drawn, "paragraphs": paragraphs}


def _main(code: str, path: str, folder: str, pages: str) -> None:
    kind = BY_CODE[code]
    sandbox.answer(lambda: _look(Path(path), kind, Path(folder), int(pages)), sniff.LIMITS[kind.family])


if __name__ == "__main__":
    _main(*sys.argv[1:])
