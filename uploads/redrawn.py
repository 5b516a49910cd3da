"""Pages of a DOCX or ODT, drawn anew from its words and pictures in their order. Runs in the child (uploads.document).

Nobody but the program that wrote a document lays it out as it was meant, and there is none here: so these pages say on
each that they were drawn again. What the words are, and which pictures go with them, is as it came.
"""

import json
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import Any

from uploads import media, text
from uploads.kinds import Kind
from uploads.media import Picture
from uploads.zips import Attributes, parse

MOST_PAGES, MOST_PICTURES = 30, 40
MOST_PIXELS = 60_000_000
_LONG_SIDE = 1600
_RELATIONS = "word/_rels/document.xml.rels"
_FORMATS = ["JPEG", "PNG", "GIF", "BMP"]
_SOURCE = """
#let told = json(bytes(sys.inputs.at("told")))
#set page("a4", margin: (x: 2cm, y: 2.2cm), header: align(right, text(9pt, fill: luma(90), told.mark)))
#set text(font: "Libertinus Serif", size: 13pt, lang: "vi", hyphenate: false)
#set par(justify: false, leading: 0.7em, spacing: 0.9em)
#for each in told.blocks {
  if "picture" in each { align(center, image(each.picture, width: 100%, height: 11cm, fit: "contain")) }
  else { par(text(each.words)) }
}
"""


def draw(path: Path, kind: Kind, folder: Path, mark: str) -> list[Picture]:
    """The first pages as pictures in the folder, `mark` at the head of each; none of a document that is empty."""
    import typst

    work = Path.cwd()
    blocks = list(_blocks(path, kind, work))
    if not blocks:
        return []
    inputs = {"told": json.dumps({"mark": mark, "blocks": blocks}, ensure_ascii=False)}
    source, set_pages = work / "redrawn.typ", work / "redrawn.pdf"
    source.write_text(_SOURCE)
    set_pages.write_bytes(typst.compile(str(source), root=str(work), ignore_system_fonts=True, sys_inputs=inputs))
    return media.draw_pages(set_pages, folder, 1, MOST_PAGES)


def _blocks(path: Path, kind: Kind, work: Path) -> Iterator[dict[str, Any]]:
    with zipfile.ZipFile(path) as archive:
        targets = _targets(archive) if kind.code == "docx" else {}
        drawn = 0
        for words, picture in text.blocks_of_document(path, kind):
            if words:
                yield {"words": words}
            elif picture and drawn < MOST_PICTURES:
                name = targets.get(picture, "") if kind.code == "docx" else picture
                if saved := _saved(archive, name, work / f"picture-{drawn}.png"):
                    drawn += 1
                    yield {"picture": f"/{saved.name}"}


def _targets(archive: zipfile.ZipFile) -> dict[str, str]:
    """Id of a relation of the main part → the member of the archive it leads to."""
    found: dict[str, str] = {}

    def on_element(name: str, attributes: Attributes) -> None:
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            target = PurePosixPath("/word") / attributes.get("Target", "")
            found[attributes.get("Id", "")] = str(target).lstrip("/")

    if _RELATIONS in archive.namelist():
        parse(iter([archive.read(_RELATIONS)]), on_element)
    return found


def _saved(archive: zipfile.ZipFile, name: str, path: Path) -> Path | None:
    """The picture as one of a known size and form that carries nothing else; None of what cannot be shown."""
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(BytesIO(archive.read(name)), formats=_FORMATS) as image:
            if image.width * image.height > MOST_PIXELS:
                return None
            shown = image.convert("RGB")
    except (KeyError, OSError, UnidentifiedImageError, ValueError, SyntaxError):
        return None
    shown.thumbnail((_LONG_SIDE, _LONG_SIDE))
    shown.save(path, "PNG")
    return path
