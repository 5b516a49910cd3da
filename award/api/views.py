"""The doors for programs: what everybody may read, what the owner of a key may, and two deeds.

They load, allow and act as the pages do, with the very same questions and operations.
"""

from typing import Any

from flask import current_app, g, jsonify, request, url_for
from flask_babel import lazy_gettext as _
from werkzeug.wrappers import Response

from award.api import queries as lists
from award.api import schemas, showing
from award.api.callers import caller, key_of_deed
from award.api.described import DOORS, Answer, answered, blueprint, document, door
from award.api.problems import Problem
from award.clock import now
from award.db import unit_of_work
from award.doors import deed, found
from award.editions.models import Edition
from award.editions.queries import capacity, edition_by_slug, with_entry_rules
from award.entries import operations as entering
from award.entries import queries as entries
from award.features import standings_of
from award.newsrooms import operations as confirming
from award.newsrooms import queries as newsrooms
from award.newsrooms.permissions import Standing, can_attest, can_see_desk
from award.newsrooms.queries import Organ, name_in
from award.paging import Turn, cut
from award.results import front
from award.results import queries as results
from award.results.works import PrizeWork
from award.verdicts import require

Given = dict[str, Any]


def _edition(slug: str) -> Edition:
    return _no_draft(found(edition_by_slug(slug)))


def _no_draft(edition: Edition) -> Edition:
    return found(None if edition.state == "draft" else edition)


def _own_edition(slug: str) -> Edition:
    return _no_draft(found(entries.edition_with_clauses(slug)))


@blueprint.get("/openapi.json")
def openapi() -> Response:
    """The document of every door below, for programs that write programs."""
    response = jsonify(document(current_app.extensions["settings"].base_url))
    response.headers["Cache-Control"] = "public, max-age=60"
    response.vary.add("Accept-Language")
    response.add_etag()
    return response.make_conditional(request)


@door("GET", "/editions", _("Các lần Giải"), schemas.EditionsSchema, asks=schemas.TurnSchema)
def editions(given: Given) -> Answer:
    shown = lists.page_of_editions(Turn(given["after"]))
    return showing.page(shown, [showing.edition(each) for each in shown.rows])


@door("GET", "/editions/<slug>", _("Một lần Giải, với thời hạn"), schemas.EditionSchema)
def edition(slug: str) -> Answer:
    return showing.edition(_edition(slug))


@door("GET", "/editions/<slug>/rules", _("Thể lệ: từng quy định và căn cứ"), schemas.RulesSchema)
def rules(slug: str) -> Answer:
    return showing.rules(with_entry_rules(_edition(slug).id))


@door("GET", "/editions/<slug>/categories", _("Loại hình, thể loại và mục tệp"), schemas.CategoriesSchema)
def categories(slug: str) -> Answer:
    return {"items": [showing.category(each) for each in with_entry_rules(_edition(slug).id).categories]}


def _public_works(slug: str) -> list[PrizeWork]:
    """The works that have a prize; 404 until the instant of publication, as for who reads pages."""
    told = found(results.told(slug, now()))
    since = found(told.publication)
    works = results.prize_works(told.edition.id, "decided", "revoked")
    return [each.for_public() for each in front.known(works, since.at)]


@door("GET", "/editions/<slug>/results", _("Kết quả đã công bố"), schemas.ResultsSchema)
def result(slug: str) -> Answer:
    told = found(results.told(slug, now()))
    since = found(told.publication)
    honours = front.known(results.honours(told.edition.id, "decided", "revoked"), since.at)
    return showing.results(since, told.decision, results.levels(told.edition.id), honours)


@door(
    "GET",
    "/editions/<slug>/results/works",
    _("Tác phẩm đoạt giải"),
    schemas.PrizeWorksSchema,
    asks=schemas.NarrowedSchema,
)
def prize_works(slug: str, given: Given) -> Answer:
    works = _public_works(slug)
    asked = front.Narrowed(given["category"], given["level"], given["words"])
    shown = cut(works, Turn(given["after"]), lambda each: each.result_key, passes=asked.takes)
    return showing.page(shown, [showing.prize_work(each, slug) for each in shown.rows])


@door("GET", "/editions/<slug>/results/works/<work>", _("Một tác phẩm với các giải của tác phẩm"), schemas.PrizesSchema)
def prize_work(slug: str, work: str) -> Answer:
    given = found([each for each in _public_works(slug) if each.key == work] or None)
    return {"items": [showing.prize_work(each, slug) for each in given]}


@door("GET", "/me", _("Khóa này của ai, để làm gì"), schemas.MeSchema, scope="*")
def me() -> Answer:
    ours = newsrooms.spoken_for(caller().id)
    return {
        "name": caller().legal_name,
        "scopes": g.api_token.scopes,
        "expires_at": g.api_token.expires_at,
        "newsrooms": [{"id": each.public_id, "name": each.name_on(newsrooms.today())} for each in ours],
    }


@door(
    "GET",
    "/editions/<slug>/entries",
    _("Tác phẩm của tôi"),
    schemas.EntriesSchema,
    scope="entries",
    asks=schemas.TurnSchema,
)
def own_entries(slug: str, given: Given) -> Answer:
    edition = _own_edition(slug)
    shown = entries.page_of_own_works(caller().id, edition.id, Turn(given["after"]))
    told = standings_of([own.standing.id for own in shown.rows if own.standing.state == "submitted"])
    return showing.page(shown, [showing.entry(own, told) for own in shown.rows])


@door(
    "POST",
    "/editions/<slug>/entries",
    _("Lập bản nháp"),
    schemas.WholeEntrySchema,
    scope="entries",
    takes=schemas.DraftSchema,
    status=201,
)
def begin_entry(slug: str, given: Given) -> Answer:
    """Once for an Idempotency-Key: who sends it again is led to the same draft."""
    edition, person = _own_edition(slug), caller()
    category = next((each for each in entries.categories(edition.id) if each.public_id == given["category"]), None)
    if category is None:
        raise Problem(422, "category", errors={"category": [str(_("Không có loại hình này."))]})
    with deed(key_of_deed(request.headers.get("Idempotency-Key", ""))) as done:
        by = capacity(person, edition)
        made = entering.create(by=by, edition=edition, category=category, owner=person)
        there = url_for("api.own_entry", slug=slug, entry=made.public_id)
        done(there)
    own = found(entries.own_work(person.id, edition.id, made.public_id))
    told = next(each for each in DOORS if each.name == "begin_entry")
    return answered(told, showing.whole_entry(own, {}, edition), location=there)


@door(
    "GET",
    "/editions/<slug>/entries/<entry>",
    _("Một tác phẩm của tôi, với những gì quy định còn đòi hỏi"),
    schemas.WholeEntrySchema,
    scope="entries",
)
def own_entry(slug: str, entry: str) -> Answer:
    edition = _own_edition(slug)
    own = found(entries.own_work(caller().id, edition.id, entry))
    told = standings_of([own.standing.id]) if own.standing.state == "submitted" else {}
    return showing.whole_entry(own, told, edition)


@door(
    "GET",
    "/editions/<slug>/entries/<entry>/receipts",
    _("Biên nhận, mới nhất trước"),
    schemas.ReceiptsSchema,
    scope="entries",
)
def receipts(slug: str, entry: str) -> Answer:
    own = found(entries.own_work(caller().id, _own_edition(slug).id, entry))
    return {"items": [showing.receipt(each) for each in entries.receipts(own.standing.id)]}


def _desk(slug: str, newsroom: str) -> tuple[Edition, Organ, Standing]:
    """The desk of a newsroom for who may see it; to everybody else it does not exist."""
    edition = _own_edition(slug)
    organ, roles = found(newsrooms.at_desk(newsroom, caller().id))
    standing = Standing(capacity(caller(), edition), roles)
    found(can_see_desk(standing) or None)
    return edition, organ, standing


@door(
    "GET",
    "/editions/<slug>/newsrooms/<newsroom>",
    _("Cơ quan báo chí, theo tên trong lần Giải"),
    schemas.NewsroomSchema,
    scope="newsroom",
)
def newsroom(slug: str, newsroom: str) -> Answer:
    edition, organ, _standing = _desk(slug, newsroom)
    return {"id": organ.newsroom.public_id, "name": name_in(organ.newsroom, edition)}


@door(
    "GET",
    "/editions/<slug>/newsrooms/<newsroom>/works",
    _("Tác phẩm của cơ quan: còn thiếu gì, đã xác nhận chưa"),
    schemas.DeskWorksSchema,
    scope="newsroom",
    asks=schemas.DeskTurnSchema,
)
def desk_works(slug: str, newsroom: str, given: Given) -> Answer:
    edition, organ, _standing = _desk(slug, newsroom)
    ours = newsrooms.works(edition.id, organ.family, wanted=given["state"], before=given["after"])
    shown = ours[: newsrooms.PAGE]
    behind = shown[-1].read.key if len(ours) > newsrooms.PAGE else None
    return showing.listed(showing.desk_works(shown, edition), behind)


@door(
    "POST",
    "/editions/<slug>/newsrooms/<newsroom>/confirmations",
    _("Xác nhận tác phẩm đã đăng, phát"),
    schemas.ConfirmationsSchema,
    scope="newsroom",
    takes=schemas.ConfirmationSchema,
)
def confirm(slug: str, newsroom: str, given: Given) -> Answer:
    """Sent again it changes nothing: a work that is confirmed stays so."""
    edition, organ, standing = _desk(slug, newsroom)
    require(can_attest(standing, edition, now()))
    shown = {each["id"]: each["facts"] for each in given["works"]}
    with unit_of_work():
        outcome = confirming.attest(standing=standing, edition=edition, organ=organ, shown=shown)
    return {"confirmed": outcome.done, "left": outcome.left}


@door("GET", "/webhooks", _("Nơi nhận thông báo tự động"), schemas.WebhooksSchema, scope="webhooks")
def webhooks() -> Answer:
    return {"items": [showing.webhook(each) for each in lists.receivers(caller().id)]}


@door(
    "GET",
    "/webhooks/<webhook>/deliveries",
    _("Các lần gửi, mới nhất trước"),
    schemas.DeliveriesSchema,
    scope="webhooks",
    asks=schemas.TurnSchema,
)
def deliveries(webhook: str, given: Given) -> Answer:
    receiver = found(lists.receiver(caller().id, webhook))
    shown = lists.page_of_deliveries(receiver.webhook.id, Turn(given["after"]))
    return showing.page(shown, [showing.delivery(each) for each in shown.rows])
