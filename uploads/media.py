"""What is made of a verified file for those who read it: page images, clean text, photos in smaller sizes.

Made in a child process (uploads.sandbox): `python -m uploads.media TASK …`. ChildFailed when nothing could be made.
"""

import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from uploads import sandbox
from uploads.kinds import BY_CODE, Kind

if TYPE_CHECKING:
    from PIL.Image import Image

PAGE_LONG_SIDE = 1600
PHOTO_LONG_SIDES = (400, 1600)
FULL = 0
"""Number of a photo in the size it came in."""
QUALITY, FULL_QUALITY = 80, 92
EFFORT = 2
"""More of it takes twice the time for a picture that is a thirtieth smaller."""
IMAGE_MIME, FULL_MIME, SEE_THROUGH_MIME = "image/webp", "image/jpeg", "image/png"


@dataclass(frozen=True)
class Picture:
    """An image file in the given folder. `number` counts pages from 1; of a photo it is the long side asked for."""

    number: int
    path: Path
    width: int
    height: int
    mime: str = IMAGE_MIME


def page_images(source: Path, folder: Path, *, first: int = 1, last: int | None = None) -> list[Picture]:
    """Pages `first` to `last` of a PDF as images of 1,600 pixels on the long side, carrying nothing but the picture."""
    return _pictures("pages", source, folder, str(first), str(last or 0))


def photo_sizes(source: Path, folder: Path, long_sides: Sequence[int] = PHOTO_LONG_SIDES) -> list[Picture]:
    """A photo upright, in sRGB and without its metadata, once for each long side; never larger than it came.

    With FULL among the sides, also in full size: as JPEG in which no colour is thinned out, since photos are judged by
    it; as PNG where something shines through.
    """
    return _pictures("photo", source, folder, *map(str, long_sides))


def clean_text(source: Path, kind: Kind) -> list[str]:
    """The paragraphs of a PDF, DOCX or ODT, in NFC. A PDF of scanned pages has none."""
    found = sandbox.run("uploads.media", ["text", str(source.resolve()), kind.code])
    return [str(paragraph) for paragraph in found]


def _pictures(task: str, source: Path, folder: Path, *arguments: str) -> list[Picture]:
    made = sandbox.run("uploads.media", [task, str(source.resolve()), str(folder.resolve()), *arguments])
    return [Picture(**{**each, "path": Path(each["path"])}) for each in made]


# In the child


def draw_pages(source: Path, folder: Path, first: int, last: int) -> list[Picture]:
    """Pages `first` to `last` drawn into the folder by this very process; 0 is the last page there is."""
    import pypdfium2

    document = pypdfium2.PdfDocument(source)
    made = []
    try:
        for number in range(first, min(last or len(document), len(document)) + 1):
            page = document[number - 1]
            image = page.render(scale=PAGE_LONG_SIDE / max(page.get_size())).to_pil()
            made.append(_saved(image, folder, number))
            page.close()
    finally:
        document.close()
    return made


def _make_photo(source: Path, folder: Path, long_sides: Sequence[int]) -> list[Picture]:
    from PIL import Image, ImageOps

    made = []
    with Image.open(source, formats=["JPEG", "PNG", "WEBP"]) as opened:
        upright = _in_srgb(ImageOps.exif_transpose(opened))
        if FULL in long_sides:
            made.append(_saved_full(upright, folder))
        for long_side in sorted(set(long_sides) - {FULL}, reverse=True):
            upright.thumbnail((long_side, long_side), Image.Resampling.LANCZOS)
            made.append(_saved(upright, folder, long_side))
    return made


def _in_srgb(image: "Image") -> "Image":
    """Colours as a browser shows them, whatever profile the camera or the printing house used."""
    from io import BytesIO

    from PIL import ImageCms

    transparent = image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info
    wanted = "RGBA" if transparent else "RGB"
    profile = image.info.get("icc_profile")
    if profile and image.mode in ("RGB", "CMYK"):
        try:
            converted = ImageCms.profileToProfile(
                image, ImageCms.ImageCmsProfile(BytesIO(profile)), ImageCms.createProfile("sRGB"), outputMode="RGB"
            )
        except (ImageCms.PyCMSError, OSError):  # a broken profile is no profile
            converted = None
        if converted:
            return converted
    return image.convert(wanted)


def _saved(image: "Image", folder: Path, number: int) -> Picture:
    path = folder / f"{number:05d}.webp"
    image.info.clear()  # profiles, comments and EXIF would be written along
    image.save(path, "WEBP", quality=QUALITY, method=EFFORT, exif=b"", icc_profile=b"", xmp=b"")
    return Picture(number, path, image.width, image.height)


def _saved_full(image: "Image", folder: Path) -> Picture:
    image.info.clear()
    if image.mode == "RGBA":
        path, mime = folder / "full.png", SEE_THROUGH_MIME
        image.save(path, "PNG")
    else:
        path, mime = folder / "full.jpg", FULL_MIME
        image.save(path, "JPEG", quality=FULL_QUALITY, subsampling=0, exif=b"", icc_profile=b"")
    return Picture(FULL, path, image.width, image.height, mime)


def text_of(source: Path, kind: Kind) -> list[str]:
    """The paragraphs as this very process reads them."""
    from uploads import text

    if kind.code == "pdf":
        return text.paragraphs_of_pages(text.pages_of_pdf(source))
    return text.paragraphs_of_document(source, kind)


def _work(arguments: list[str]) -> Any:
    task, source, *rest = arguments
    if task == "text":
        return text_of(Path(source), BY_CODE[rest[0]])
    folder, *numbers = rest
    wanted = [int(number) for number in numbers]
    if task == "pages":
        made = draw_pages(Path(source), Path(folder), wanted[0], wanted[1])
    else:
        made = _make_photo(Path(source), Path(folder), wanted)
    return [asdict(each) | {"path": str(each.path)} for each in made]


if __name__ == "__main__":
    sandbox.answer(lambda: _work(sys.argv[1:]))
