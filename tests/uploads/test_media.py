"""Pictures and text made of files in the child."""

import io
from pathlib import Path

import pytest
import typst
from PIL import Image, ImageCms

from tests.uploads import corpus
from uploads.kinds import BY_CODE
from uploads.media import clean_text, page_images, photo_sizes
from uploads.sandbox import ChildFailed

ARTICLE = """
#set page(width: 10cm, height: 14cm)
#set text(lang: "vi", size: 11pt, hyphenate: true)
#set par(justify: true)
= Những người giữ rừng
Trong những ngày mưa lũ tháng Mười, chúng tôi theo chân các kiểm lâm viên ngược dòng Đakrông lên thượng nguồn.

Ông Hồ Văn Thương nói: “Rừng còn thì bản còn.” Đêm ấy cả bản ngồi quanh chiếc đài cũ nghe tin bão.
#pagebreak()
Hết.
"""


@pytest.fixture(scope="module")
def article(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("media") / "article.pdf"
    path.write_bytes(typst.compile(ARTICLE.encode()))
    return path


def nothing_but_a_picture(path: Path) -> Image.Image:
    data = path.read_bytes()
    assert not any(chunk in data for chunk in (b"EXIF", b"XMP ", b"ICCP"))
    with Image.open(path, formats=["WEBP"]) as image:
        image.load()
        return image


def test_pages_become_images(article: Path, tmp_path: Path) -> None:
    first, second = page_images(article, tmp_path)
    assert (first.number, second.number) == (1, 2)
    assert max(first.width, first.height) == 1600
    assert abs(first.width / first.height - 10 / 14) < 0.01
    image = nothing_but_a_picture(first.path)
    assert image.size == (first.width, first.height)
    assert image.getextrema()[0] == (0, 255)  # black letters on white paper
    assert sorted(tmp_path.iterdir()) == [first.path, second.path]


def test_a_range_of_pages(article: Path, tmp_path: Path) -> None:
    assert [page.number for page in page_images(article, tmp_path, first=2, last=9)] == [2]
    assert page_images(article, tmp_path, first=3) == []


@pytest.mark.parametrize("size", [(20, 14000), (14000, 20), (3, 3)])
def test_odd_pages_stay_within_bounds(size: tuple[int, int], tmp_path: Path) -> None:
    path = tmp_path / "odd.pdf"
    path.write_bytes(corpus.pdf(change=lambda document: setattr(document.pages[0], "MediaBox", [0, 0, *size])))
    (page,) = page_images(path, tmp_path)
    assert (max(page.width, page.height), min(page.width, page.height) >= 1) == (1600, True)


def test_the_text_of_a_pdf(article: Path) -> None:
    assert clean_text(article, BY_CODE["pdf"]) == [
        "Những người giữ rừng",
        "Trong những ngày mưa lũ tháng Mười, chúng tôi theo chân các kiểm lâm viên "
        "ngược dòng Đakrông lên thượng nguồn.",
        "Ông Hồ Văn Thương nói: “Rừng còn thì bản còn.” Đêm ấy cả bản ngồi quanh chiếc đài cũ nghe tin bão.",
        "Hết.",
    ]


def test_the_text_of_a_document(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(corpus.docx_file("Một", "Hai"))
    assert clean_text(path, BY_CODE["docx"]) == ["Một", "Hai"]
    path.write_bytes(corpus.odt_file())
    assert clean_text(path, BY_CODE["odt"]) == ["Xin chào"]


def photo(folder: Path, image: Image.Image, format_: str = "JPEG", **options: object) -> Path:
    path = folder / "photo"
    image.save(path, format_, **options)
    return path


def test_photos_come_in_two_sizes_without_what_the_camera_wrote(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x010F], exif[0x8825] = "Camera", {1: "N", 2: (16.0, 45.0, 0.0)}
    source = photo(tmp_path, Image.new("RGB", (3000, 2000), "teal"), exif=exif, comment=b"by Nguyen Van A")
    large, small = photo_sizes(source, tmp_path)
    assert [(each.number, each.width, each.height) for each in (large, small)] == [(1600, 1600, 1067), (400, 400, 267)]
    for each in (large, small):
        assert nothing_but_a_picture(each.path).size == (each.width, each.height)


def test_a_photo_taken_sideways_stands_upright(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    image = Image.new("RGB", (300, 200), "white")
    image.paste("black", (0, 0, 30, 200))
    (made,) = photo_sizes(photo(tmp_path, image, exif=exif, quality=95), tmp_path, [1600])
    upright = nothing_but_a_picture(made.path)
    assert upright.size == (200, 300)  # never larger than it came
    assert upright.getpixel((100, 5))[0] < 60
    assert upright.getpixel((100, 295))[0] > 200


def test_colours_of_printing_houses_and_clear_paper_survive(tmp_path: Path) -> None:
    (from_print,) = photo_sizes(photo(tmp_path, Image.new("CMYK", (50, 50), (0, 255, 255, 0))), tmp_path, [100])
    assert nothing_but_a_picture(from_print.path).getpixel((9, 9))[0] > 180
    (clear,) = photo_sizes(photo(tmp_path, Image.new("LA", (50, 50), (255, 0)), "PNG"), tmp_path, [100])
    assert nothing_but_a_picture(clear.path).getpixel((9, 9))[3] == 0
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    red = Image.new("RGB", (50, 50), "red")
    (profiled,) = photo_sizes(photo(tmp_path, red, icc_profile=profile), tmp_path, [100])
    (broken,) = photo_sizes(photo(tmp_path, red, icc_profile=b"no profile"), tmp_path, [100])
    assert nothing_but_a_picture(profiled.path).getpixel((9, 9))[0] > 240
    assert nothing_but_a_picture(broken.path).getpixel((9, 9))[0] > 240


def test_what_cannot_be_read_is_a_failure_and_no_picture(tmp_path: Path) -> None:
    source = tmp_path / "broken"
    source.write_bytes(io.BytesIO(corpus.image("JPEG", (300, 300))).getvalue()[:500])
    for make in (
        lambda: photo_sizes(source, tmp_path),
        lambda: page_images(source, tmp_path),
        lambda: clean_text(source, BY_CODE["docx"]),
    ):
        with pytest.raises(ChildFailed):
            make()
    assert list(tmp_path.iterdir()) == [source]
