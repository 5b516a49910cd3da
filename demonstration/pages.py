"""A newspaper page as a real PDF with Vietnamese text, typeset from an invented work."""

import json
from datetime import UTC, datetime, time
from pathlib import Path

import typst

from demonstration.works import MadePart, MadeWork

FONTS = Path(__file__).parent.parent / "award" / "static" / "vendor" / "tinos"

_SOURCE = """
#let page-data = json(bytes(sys.inputs.page))
#set page(width: 250mm, height: 340mm, margin: (x: 18mm, y: 16mm))
#set text(font: "Tinos", size: 13.5pt, lang: "vi")
#set par(justify: true, leading: 0.72em, first-line-indent: 1em)
#set smartquote(enabled: false)
#align(center, text(size: 34pt, weight: "bold", upper(page-data.organ)))
#line(length: 100%, stroke: 1.2pt)
#text(size: 11pt)[#page-data.day #h(1fr) #page-data.place]
#line(length: 100%, stroke: 0.4pt)
#v(6mm)
#block(text(size: 15pt, style: "italic", page-data.kicker))
#text(size: 30pt, weight: "bold", hyphenate: false, page-data.title)
#v(3mm)
#block(text(size: 14pt, weight: "bold", page-data.lead))
#v(5mm)
#columns(2, gutter: 10mm)[
  #for paragraph in page-data.paragraphs [#paragraph#parbreak()]
  #if page-data.byline != "" [#align(right, text(weight: "bold", page-data.byline))]
]
"""


def page(work: MadeWork, part: MadePart, *, byline: bool = True) -> bytes:
    """The printed page of one part; without its byline for a "bản chấm". The same bytes for the same work."""
    authors = " - ".join(author.pen_name or author.legal_name for author in work.authors)
    data = {
        "organ": work.organ,
        "day": part.published_on.strftime("%d/%m/%Y"),
        "place": part.place,
        "kicker": work.title if part.title != work.title else work.content,
        "title": part.title,
        "lead": work.summary,
        "paragraphs": list(part.paragraphs),
        "byline": authors.upper() if byline else "",
    }
    return typst.compile(
        _SOURCE.encode(),
        format="pdf",
        timestamp=printed_at(part),
        sys_inputs={"page": json.dumps(data, ensure_ascii=False)},
        font_paths=typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS]),
    )


def printed_at(part: MadePart) -> datetime:
    """The instant a page says it was made at: otherwise it would be another one each second."""
    return datetime.combine(part.published_on, time(), UTC)
