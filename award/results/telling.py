"""The doors for programs that read along: feeds, pictures of shared addresses, the map of the site."""

from urllib.parse import urlsplit

from flask import Response, abort, current_app, request
from flask_babel import force_locale
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from award import dates
from award.clock import now
from award.doors import found
from award.editions.calendar import state_words
from award.editions.models import Edition
from award.editions.queries import edition_by_slug, open_to_all
from award.languages import OWN
from award.people.letters import address
from award.results import front, queries
from award.results.feeds import Feed, atom, json_feed, sitemap
from award.results.models import Publication
from award.results.news import news
from award.results.views import blueprint

MINUTE, DAY = 60, 24 * 3600
PRIVATE = ("/tai-khoan", "/ban-lam-viec", "/hop-thu", "/lich/")


def _open_to_all(slug: str) -> Edition:
    """404 for a draft and for a trial, whoever asks: what programs fetch is the same for everybody."""
    edition = found(edition_by_slug(slug))
    return found(edition if edition.state != "draft" and edition.trial_of_id is None else None)


@blueprint.get("/<slug>/tin.<ending>")
def feed(slug: str, ending: str) -> BaseResponse:
    """The public news of the edition, as Atom or as JSON."""
    edition = _open_to_all(slug)
    if ending not in {"atom", "json"}:
        abort(404)
    with force_locale(OWN):
        listed, told = news(edition, now()), _feed(edition, ending)
        body = atom(told, listed) if ending == "atom" else json_feed(told, listed)
    kind = "application/atom+xml" if ending == "atom" else "application/feed+json"
    return _kept(Response(body, content_type=f"{kind}; charset=utf-8"), MINUTE)


def _feed(edition: Edition, ending: str) -> Feed:
    host = urlsplit(current_app.extensions["settings"].base_url).hostname or "localhost"
    return Feed(
        title=_("%(edition)s (dữ liệu minh họa)", edition=edition.name) if edition.illustrative else edition.name,
        author=edition.award.name,
        home=address("editions.home", slug=edition.slug),
        own=address("results.feed", slug=edition.slug, ending=ending),
        tag=f"tag:{host},{dates.local(edition.created_at).date()}:{edition.public_id}/",
        begun=edition.created_at,
    )


@blueprint.get("/<slug>/chia-se/<key>.png")
def picture(slug: str, key: str) -> BaseResponse:
    """Of the edition, of its results, of a work with a prize; the last two from the instant of publication on.

    A minute and no longer: a prize may be taken back, a name put right, and nobody passes the old picture on.
    """
    from award.results.picture import Words, drawn  # heavier than the rest of a web process

    edition = _open_to_all(slug)
    with force_locale(OWN):
        kicker, title, foot = _on_picture(edition, key)
        if edition.illustrative:
            kicker = _("DỮ LIỆU MINH HỌA")
    return _kept(Response(drawn(Words(kicker, title, foot)), content_type="image/png"), MINUTE)


def _on_picture(edition: Edition, key: str) -> tuple[str, str, str]:
    ordinal = _("Lần thứ %(ordinal)s - năm %(year)s", ordinal=edition.ordinal_words, year=edition.year)
    if key == "giai":
        return ordinal, edition.award.name, state_words(edition)
    since: Publication = found(queries.public_since(edition.id, now()))
    at = _("Công bố %(at)s", at=dates.moment(since.at))
    if key == "ket-qua":
        return ordinal, _("Kết quả %(award)s", award=edition.award.name), at
    given = front.known(queries.prize_works(edition.id, "decided", "revoked", entry_id=key), since.at)
    work = found(next((each.for_public() for each in given if each.state == "decided"), None))
    return f"{work.level.name} - {edition.award.name}", work.title, work.author_words


@blueprint.get("/sitemap.xml")
def site() -> BaseResponse:
    """What anybody may find: editions that are no draft and no trial, and the results that are public."""
    at, found_ = now(), [address("desk.editions")]
    for edition in open_to_all():
        doors = ["editions.home", "editions.rules", "calendars.edition"]
        if since := queries.public_since(edition.id, at):
            doors += ["results.public", "results.openly"]
        found_ += [address(door, slug=edition.slug) for door in doors]
        works = front.known(queries.prize_works(edition.id, "decided"), since.at) if since else []
        keys = dict.fromkeys(work.key for work in works)
        found_ += [address("results.work", slug=edition.slug, entry_id=key) for key in keys]
    return _kept(Response(sitemap(found_), content_type="application/xml; charset=utf-8"), MINUTE)


@blueprint.get("/robots.txt")
def robots() -> BaseResponse:
    """A demonstration is not for search engines: what it tells is invented."""
    closed = ("/",) if current_app.extensions["settings"].demonstration else PRIVATE
    lines = ["User-agent: *", *(f"Disallow: {each}" for each in closed), f"Sitemap: {address('results.site')}"]
    return _kept(Response("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8"), DAY)


def _kept(answer: Response, seconds: int) -> BaseResponse:
    """The same for everybody: kept by whoever passes it on, and asked for again by its print."""
    answer.headers["Cache-Control"] = f"public, max-age={seconds}"
    answer.add_etag()
    return answer.make_conditional(request)
