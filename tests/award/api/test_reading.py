"""What programs read is what pages show to the same person, and nothing of it sooner."""

from datetime import timedelta

from flask import Flask

from award import clock
from award.clock import now
from award.db import session, unit_of_work
from award.people.models import ApiToken
from tests import factories
from tests.award.api.conftest import Program, program_of
from tests.award.newsrooms.conftest import Press
from tests.award.results.rows import outcome

EDITION = "/editions/iii-2023"


def test_an_edition_with_its_rules_is_everybodys(press: Press, anybody: Program) -> None:
    listed = anybody.get("/editions").json
    assert listed is not None
    assert [(each["id"], each["state"]) for each in listed["items"]] == [("iii-2023", "open")]
    assert listed["next"] is None
    one = anybody.get(EDITION)
    assert one.json == listed["items"][0]
    assert one.headers["Cache-Control"] == "public, max-age=60"
    assert "Set-Cookie" not in one.headers
    assert anybody.get(EDITION, If_None_Match=one.headers["ETag"]).status_code == 304
    rules = anybody.get(f"{EDITION}/rules").json
    assert rules is not None
    assert {"code", "matter", "said", "clause"} == set(rules["items"][0])
    category = anybody.get(f"{EDITION}/categories").json["items"][0]  # type: ignore[index]
    assert category["files"][0]["kinds"] == ["pdf"]


def test_what_is_not_there_is_a_problem_in_the_language_asked_for(press: Press, anybody: Program) -> None:
    for address, language, word in (("/editions/none", "vi", "Không có"), ("/nowhere", "en", "Nothing")):
        answer = anybody.get(address, Accept_Language=language)
        assert (answer.status_code, answer.content_type) == (404, "application/problem+json")
        assert answer.json is not None
        assert answer.json["title"].startswith(word)
    assert anybody.get("/me").headers["WWW-Authenticate"] == "Bearer"


def test_results_open_at_the_second_and_not_before(app: Flask, anybody: Program) -> None:
    at = (now() + timedelta(days=1)).replace(microsecond=0)
    with app.app_context(), unit_of_work():
        made = outcome()
        made.decide()
        made.publish(at)
    work = made.works[0].public_id
    addresses = (f"{EDITION}/results", f"{EDITION}/results/works", f"{EDITION}/results/works/{work}")
    with clock.stopped_at(at - timedelta(seconds=1)):
        early = [anybody.get(address) for address in addresses]
    with clock.stopped_at(at):
        open_ = [anybody.get(address) for address in addresses]
        narrowed = anybody.get(f"{EDITION}/results/works?words=bi+thu").json
    assert [each.status_code for each in early] == [404, 404, 404]
    assert not any("Khi bí thư chi bộ" in each.text for each in early)
    assert [each.status_code for each in open_] == [200, 200, 200]
    assert narrowed is not None
    assert [each["title"] for each in narrowed["items"]] == ["Khi bí thư chi bộ xuống ruộng"]
    assert open_[2].json is not None
    assert open_[2].json["items"] == narrowed["items"]


def test_own_entries_with_what_they_lack_and_their_receipt(press: Press) -> None:
    key = press.submitted("Vườn rau")
    mine = program_of(press.app, press.people["reporter"])
    listed = mine.get(f"{EDITION}/entries")
    assert listed.headers["Cache-Control"] == "private, no-cache"
    assert listed.json is not None
    assert [(each["id"], each["title"], each["state"]) for each in listed.json["items"]] == [
        (key, "Vườn rau", "submitted")
    ]
    whole = mine.get(f"{EDITION}/entries/{key}").json
    assert whole is not None
    assert whole["status"] == "Đã nộp"
    assert {each["verdict"] for each in whole["findings"]} <= {"green", "amber", "red", "not_applicable"}
    assert whole["files"][0]["state"] == "ready"
    assert len(mine.get(f"{EDITION}/entries/{key}/receipts").json["items"]) == 1  # type: ignore[index]
    other = program_of(press.app, press.people["colleague"])
    assert other.get(f"{EDITION}/entries/{key}").status_code == 404
    assert other.get(f"{EDITION}/entries").json == {"items": [], "next": None}


def test_a_draft_is_begun_once_for_a_key_and_by_the_rules_of_the_page(press: Press) -> None:
    mine = program_of(press.app, press.people["reporter"])
    category = mine.get(f"{EDITION}/categories").json["items"][0]["id"]  # type: ignore[index]
    first = mine.post(f"{EDITION}/entries", {"category": category}, Idempotency_Key="a")
    again = mine.post(f"{EDITION}/entries", {"category": category}, Idempotency_Key="a")
    other = mine.post(f"{EDITION}/entries", {"category": "x"}, Idempotency_Key="b")
    assert (first.status_code, again.status_code, other.status_code) == (201, 303, 422)
    assert first.headers["Location"] == again.headers["Location"]
    assert mine.get(first.headers["Location"]).json["state"] == "draft"  # type: ignore[index]
    theirs = program_of(press.app, press.people["colleague"])
    assert theirs.post(f"{EDITION}/entries", {"category": category}, Idempotency_Key="a").status_code == 201
    with press.at_work() as edition:
        edition.deadline_at, edition.grace_seconds = now() - timedelta(days=1), 0
    late = mine.post(f"{EDITION}/entries", {"category": category})
    assert (late.status_code, late.content_type) == (403, "application/problem+json")
    assert late.json is not None
    assert late.json["detail"]


def test_a_newsroom_reads_its_list_and_confirms_what_it_read(press: Press) -> None:
    key = press.submitted("Vườn rau")
    desk = f"{EDITION}/newsrooms/{press.organs['sea']}"
    contact = program_of(press.app, press.people["contact"])
    assert contact.get("/me").json["newsrooms"] == [{"id": press.organs["sea"], "name": "Báo Biển Xanh"}]  # type: ignore[index]
    work = contact.get(f"{desk}/works?state=waiting").json["items"][0]  # type: ignore[index]
    assert (work["id"], work["state"], work["said"]) == (key, "waiting", None)
    other = {"works": [{"id": key, "facts": "0" * 64}]}
    assert contact.post(f"{desk}/confirmations", other).json == {"confirmed": [], "left": [work["code"]]}
    same = {"works": [{"id": key, "facts": work["facts"]}]}
    for _again in range(2):
        assert contact.post(f"{desk}/confirmations", same).json == {"confirmed": [work["code"]], "left": []}
    assert press.said(key) == [("confirmed", "")]
    assert contact.get(f"{desk}/works").json["items"][0]["said"]["by"] == "Người contact"  # type: ignore[index]
    outsider = program_of(press.app, press.people["outsider"])
    assert outsider.get(f"{desk}/works").status_code == 404
    auditor = program_of(press.app, press.people["auditor"])
    assert auditor.get(f"{desk}/works").status_code == 200
    assert auditor.post(f"{desk}/confirmations", same).status_code == 403


def test_long_lists_go_on_behind_a_row(app: Flask, anybody: Program) -> None:
    with app.app_context(), unit_of_work():
        award = factories.edition(slug="le-0", state="published", ordinal=1).award_id
        for n in range(1, 53):
            factories.edition(slug=f"le-{n}", state="published", ordinal=n + 1, award_id=award)
    first = anybody.get("/editions").json
    assert first is not None
    second = anybody.get(first["next"]).json
    assert second is not None
    assert (len(first["items"]), len(second["items"]), second["next"]) == (50, 3, None)
    assert len({each["id"] for each in first["items"] + second["items"]}) == 53


def test_a_key_opens_only_what_it_was_made_for(press: Press) -> None:
    only = program_of(press.app, press.people["contact"], "newsroom")
    refused = only.get(f"{EDITION}/entries")
    assert (refused.status_code, refused.json and refused.json["code"]) == (403, "scope")
    assert Program(press.app, "giai_nothing").get("/me").status_code == 401
    assert only.get("/me").status_code == 200
    with press.app.app_context():
        assert session.query(ApiToken).one().seen_at is not None
