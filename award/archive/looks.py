"""The looks of the house in an archive: its style sheets, its fonts, its mark. No script."""

from pathlib import Path

from award.archive.copied import of_styles
from award.nominations.contents import Page

FOLDER = "giao-dien/"


def looks(static: Path) -> list[Page]:
    """Every style sheet with the files it names, and the mark; from the folder that the house shows them from."""
    sheets = {
        f"styles/{each.name}": each.read_text(encoding="utf-8") for each in sorted((static / "styles").glob("*.css"))
    }
    fonts = {name for here, css in sheets.items() for name in of_styles(css, here=here)}
    pages = [Page(f"{FOLDER}{name}", css.encode()) for name, css in sheets.items()]
    return [*pages, *(Page(f"{FOLDER}{name}", (static / name).read_bytes()) for name in sorted(fonts | {"icon.svg"}))]
