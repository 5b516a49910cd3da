"""News as feed readers take it: Atom by RFC 4287, JSON Feed 1.1, and the map of a site. Pure."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape

from award.results.news import News

ATOM, SITEMAP = "http://www.w3.org/2005/Atom", "http://www.sitemaps.org/schemas/sitemap/0.9"
JSON_FEED = "https://jsonfeed.org/version/1.1"


class Written(str):
    """Text that is an element already; any other is escaped when it becomes part of one."""

    __slots__ = ()


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
    updated = _instant(max((each.at for each in news), default=feed.begun))
    return _document(
        "feed",
        _element("id", f"{feed.tag}feed"),
        _element("title", feed.title),
        _element("updated", updated),
        _element("author", _element("name", feed.author)),
        _element("link", rel="self", type="application/atom+xml", href=feed.own),
        _element("link", rel="alternate", type="text/html", href=feed.home),
        *(_entry(feed, each) for each in news),
        **{"xmlns": ATOM, "xml:lang": "vi"},
    )


def _entry(feed: Feed, each: News) -> Written:
    return _element(
        "entry",
        _element("id", f"{feed.tag}{each.key}"),
        _element("title", each.title),
        _element("published", _instant(each.at)),
        _element("updated", _instant(each.at)),
        _element("link", rel="alternate", type="text/html", href=each.url),
        _element("content", each.words, type="text"),
    )


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
    return _document("urlset", *(_element("url", _element("loc", each)) for each in addresses), xmlns=SITEMAP)


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _element(name: str, *parts: str, **attributes: str) -> Written:
    said = "".join(f' {each}="{escape(value)}"' for each, value in attributes.items())
    inner = "".join(part if isinstance(part, Written) else escape(part) for part in parts)
    return Written(f"<{name}{said}>{inner}</{name}>" if parts else f"<{name}{said}/>")


def _document(name: str, *parts: Written, **attributes: str) -> bytes:
    root = _element(name, *parts, **attributes)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{root}\n'.encode()
