"""A paper as PDF, set by Typst with fonts of our own: the same bytes for the same paper, and PDF/A for the archive."""

import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Literal

from award.documents import forms
from award.documents.composing import Beside, Composition, Grid, Line, Part, Scanned, closing_of, composed
from award.documents.evening import FONTS
from award.documents.paper import Paper

SOURCE = Path(__file__).with_name("paper.typ")
FONT = "Tinos"
"""As wide as Times New Roman letter by letter, and free to be embedded."""


def pdf(paper: Paper) -> bytes:
    """The paper as PDF/A-2b."""
    return set_pages(SOURCE, "paper", _data(composed(paper)))


def set_pages(source: Path, name: str, data: Mapping[str, Any], *, standard: Literal["a-2b", "a-3b"] = "a-2b") -> bytes:
    """What `source` draws of the data, as PDF/A with its fonts embedded: the same bytes for the same data.

    Text reaches the typesetter as data, under this name, and never as source. A paper that carries files is "a-3b".
    """
    import typst  # as heavy as the rest of a web process: loaded by who sets a paper

    return bytes(
        typst.compile(
            str(source),
            font_paths=[str(FONTS)],
            ignore_system_fonts=True,
            format="pdf",
            pdf_standards=[standard],
            sys_inputs={name: json.dumps(data, ensure_ascii=False)},
        )
    )


def _data(composition: Composition) -> dict[str, Any]:
    day = composition.settled_on
    return {
        "title": composition.title,
        "date": [day.year, day.month, day.day],
        "mark": composition.mark,
        "font": FONT,
        "page": forms.PAGE,
        "inset": forms.INSET,
        "margins": [forms.TOP, forms.BOTTOM, forms.LEFT, forms.RIGHT],
        "styles": {name: asdict(style) | {"leading": style.leading} for name, style in composition.form.styles.items()},
        "sections": [
            {"landscape": section.landscape, "parts": _parts(section.parts)} for section in composition.sections
        ],
    }


def drawing(address: str) -> str:
    """The code that leads there, as SVG."""
    import segno

    out = io.BytesIO()
    segno.make(address, error="m").save(out, kind="svg", border=0, xmldecl=False)
    return out.getvalue().decode()


def _parts(parts: Sequence[Part]) -> list[dict[str, Any]]:
    """What ends the paper below its table goes with the table."""
    at = closing_of(parts)
    told = [_part(part) for part in parts[:at]]
    if at < len(parts):
        table = parts[at - 1]
        assert isinstance(table, Grid)
        told[-1] |= {"tail": [_part(part) for part in parts[at:]], "bound": table.bound}
    return told


def _part(part: Part) -> dict[str, Any]:
    if isinstance(part, Line):
        return {"kind": "line", **asdict(part)}
    if isinstance(part, Beside):
        return {"kind": "beside", **asdict(part)}
    if isinstance(part, Scanned):
        return {"kind": "scanned", "drawing": drawing(part.address)}
    assert isinstance(part, Grid)
    return {"kind": "grid", "tail": [], **asdict(part)}
