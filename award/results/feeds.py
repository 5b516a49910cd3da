"""News as feed readers take it: Atom by RFC 4287, JSON Feed 1.1, and the map of a site. Pure."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from xml.etree import ElementTree

from award.results.news import News

ATOM, SITEMAP = "http://www.w3.org/2005/Atom", "http://www.sitemaps.org/schemas/sitemap/0.9"
JSON_FEED = "https://jsonfeed.org/version/1.1"


@dataclass(frozen=True)
class Feed:
    """What a feed says of itself. `begun` dates one that has no news yet; `tag` begins every id and stays for ever."""

    title: str
    author: str
    home: str
    own: str
    tag: str
    begun: datetime


def atom(feed: Feed, news: Sequence[News]) -> bytes:
    """The feed as an Atom document in UTF-8."""
    root = ElementTree.Element("feed", {"xmlns": ATOM, "xml:lang": "vi"})
    _add(root, "id", f"{feed.tag}feed")
    _add(root, "title", feed.title)
    _add(root, "updated", _instant(max((each.at for each in news), default=feed.begun)))
    _add(_add(root, "author"), "name", feed.author)
    _add(root, "link", rel="self", type="application/atom+xml", href=feed.own)
    _add(root, "link", rel="alternate", type="text/html", href=feed.home)
    for each in news:
        entry = _add(root, "entry")
        _add(entry, "id", f"{feed.tag}{each.key}")
        _add(entry, "title", each.title)
        _add(entry, "published", _instant(each.at))
        _add(entry, "updated", _instant(each.at))
        _add(entry, "link", rel="alternate", type="text/html", href=each.url)
        _add(entry, "content", each.words, type="text")
    return _document(root)


def json_feed(feed: Feed, news: Sequence[News]) -> str:
    """The feed as a JSON Feed."""
    said = {
        "version": JSON_FEED,
        "title": feed.title,
        "home_page_url": feed.home,
        "feed_url": feed.own,
        "language": "vi",
        "authors": [{"name": feed.author}],
        "items": [
            {
                "id": f"{feed.tag}{each.key}",
                "url": each.url,
                "title": each.title,
                "content_text": each.words,
                "date_published": _instant(each.at),
            }
            for each in news
        ],
    }
    return json.dumps(said, ensure_ascii=False, indent=1) + "\n"


def sitemap(addresses: Iterable[str]) -> bytes:
    """The addresses of pages that may be found, as search engines take them."""
    root = ElementTree.Element("urlset", {"xmlns": SITEMAP})
    for each in addresses:
        _add(_add(root, "url"), "loc", each)
    return _document(root)


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _add(parent: ElementTree.Element, name: str, text: str | None = None, **attributes: str) -> ElementTree.Element:
    made = ElementTree.SubElement(parent, name, attributes)
    made.text = text
    return made


def _document(root: ElementTree.Element) -> bytes:
    written: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"
