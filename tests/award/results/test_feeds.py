"""Feeds, the map of the site and shared pictures as documents, read back by other readers."""

import json
from datetime import UTC, datetime
from io import BytesIO

import pytest
from lxml import etree
from PIL import Image

from award.results.feeds import ATOM, SITEMAP, Feed, atom, json_feed, sitemap
from award.results.news import News
from award.results.picture import MOST_LINES, SIZE, Words, drawn, fitted

BEGUN = datetime(2023, 7, 5, 1, 0, tzinfo=UTC)
FEED = Feed(
    "Giải <báo chí> & xây dựng Đảng",
    "Giải báo chí",
    "https://giai.vn/iii-2023/",
    "https://giai.vn/iii-2023/tin.atom",
    "tag:giai.vn,2023-07-05:abc/",
    BEGUN,
)
NEWS = [
    News(
        "published-abc", datetime(2023, 11, 22, 1, 0, tzinfo=UTC), "Công bố kết quả", "“A” < “B”", "https://giai.vn/k"
    ),
    News("opened-abc", BEGUN, "Mở nhận tác phẩm", "Mở & nhận", "https://giai.vn/iii-2023/"),
]
NAMES = {"a": ATOM, "s": SITEMAP}


@pytest.mark.parametrize("news", [NEWS, []])
def test_atom_has_what_the_standard_asks_for(news: list[News]) -> None:
    root = etree.fromstring(atom(FEED, news))
    assert root.tag == f"{{{ATOM}}}feed"
    assert root.findtext("a:title", namespaces=NAMES) == FEED.title
    assert root.findtext("a:author/a:name", namespaces=NAMES) == "Giải báo chí"
    assert root.findtext("a:updated", namespaces=NAMES) == ("2023-11-22T01:00:00Z" if news else "2023-07-05T01:00:00Z")
    assert {link.get("rel"): link.get("href") for link in root.findall("a:link", NAMES)} == {
        "self": FEED.own,
        "alternate": FEED.home,
    }
    entries = root.findall("a:entry", NAMES)
    ids = [each.findtext("a:id", namespaces=NAMES) for each in [root, *entries]]
    assert ids == [f"{FEED.tag}{key}" for key in ("feed", *(each.key for each in news))]
    for entry, each in zip(entries, news, strict=True):
        for name in ("title", "updated", "published", "link", "content"):
            assert len(entry.findall(f"a:{name}", NAMES)) == 1, name
        assert entry.findtext("a:content", namespaces=NAMES) == each.words


def test_json_feed_has_what_the_standard_asks_for() -> None:
    read = json.loads(json_feed(FEED, NEWS))
    assert read["version"] == "https://jsonfeed.org/version/1.1"
    assert (read["title"], read["home_page_url"], read["feed_url"]) == (FEED.title, FEED.home, FEED.own)
    assert [each["id"] for each in read["items"]] == [f"{FEED.tag}published-abc", f"{FEED.tag}opened-abc"]
    assert read["items"][0]["content_text"] == "“A” < “B”"
    assert read["items"][0]["date_published"] == "2023-11-22T01:00:00Z"


def test_the_map_names_addresses() -> None:
    root = etree.fromstring(sitemap(["https://giai.vn/a?b=1&c=2"]))
    assert [each.text for each in root.findall("s:url/s:loc", NAMES)] == ["https://giai.vn/a?b=1&c=2"]


LONG = "Khi bí thư chi bộ xuống ruộng cùng dân và những câu chuyện chưa kể về nghị quyết đi vào cuộc sống " * 4


@pytest.mark.parametrize("title", ["Đổi đất", LONG, "Ghép" * 80, ""])
def test_a_title_of_any_length_stands_on_the_picture(title: str) -> None:
    face, lines = fitted(title, SIZE[0] - 168)
    assert 1 <= len(lines) <= MOST_LINES
    assert all(face.getlength(line) <= SIZE[0] - 168 for line in lines)
    png = drawn(Words("Giải A", title, "Nguyễn Thị Vân (Hà Vân), Trần Thế Sự " * 6))
    image = Image.open(BytesIO(png))
    assert (image.format, image.size) == ("PNG", SIZE)
    assert len(png) < 100_000


def test_every_vietnamese_letter_has_its_own_shape() -> None:
    """A face that lacks a letter draws the same box for each of them."""
    face, _lines = fitted("a", 1000)
    letters = "ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ“”–"
    shapes = {bytes(face.getmask(letter)) for letter in [*letters, "\uffff"]}
    assert len(shapes) == len(letters) + 1
