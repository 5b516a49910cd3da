"""The doors: who may send, who may read, what is said while the store is away."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from sqlalchemy import select

from award.clock import now, stopped_at
from award.db import session, unit_of_work
from award.doors import found
from award.features import Feature, FileSight
from award.files import fetches, operations, queries, tasks
from award.files.models import Fetch, File
from award.people.models import Person
from tests import factories
from tests.award.files.conftest import MIB, Sender, pdf_of, photo, web
from tests.visitor import Visitor


@pytest.fixture
def owner(app: Flask, sender: Sender) -> Visitor:
    return Visitor(app, sender.person)


@pytest.fixture
def other(app: Flask) -> Visitor:
    with app.app_context(), unit_of_work():
        return Visitor(app, factories.person("Trần Văn Minh"))


def reader_of(
    app: Flask, monkeypatch: pytest.MonkeyPatch, person: Person | None, shown: str, *, unchecked: bool = False
) -> None:
    """Some room lets this person see every file, under this name."""

    def may(file_id: int, person_id: int | None) -> FileSight | None:
        return FileSight(shown, unchecked=unchecked) if person_id == (person and person.id) else None

    room = Feature(name="a room above", may_read_file=may)
    monkeypatch.setitem(app.extensions, "features", (room, *app.extensions["features"]))


def test_the_whole_way_over_the_doors(app: Flask, sender: Sender, owner: Visitor, run_jobs: Callable[[], None]) -> None:
    data = pdf_of("Trang 1", padding=9 * MIB)
    file = sender.begin(data)
    signed = owner.post_json(f"/tep/{file.public_id}/ky", {"numbers": [1, 2]})
    through_the_app = len(signed.data)
    for part in signed.json["parts"]:
        start = (part["number"] - 1) * file.part_size
        body = data[start : start + file.part_size]
        assert web.request("PUT", part["url"], body=body, headers=part["headers"]).status == 200
    finished = owner.post_json(f"/tep/{file.public_id}/xong", {})
    assert (finished.json["state"], finished.json["word"]) == ("stored", "Đã tải đủ, đang kiểm tra")
    assert finished.headers["Cache-Control"] == "no-store"

    run_jobs()
    status = owner.get(f"/tep/{file.public_id}/trang-thai")
    assert status.headers["Cache-Control"] == "no-store"
    assert status.json == {
        "file_id": file.public_id,
        "state": "ready",
        "kind": "done",
        "word": "Dùng được",
        "reason": "",
        "held_percent": None,
        "facts": "PDF, 1 trang, 9,4 MB",
        "pages": 1,
        "settled": True,
        "preview_url": f"/tep/{file.public_id}/trang/1",
    }
    through_the_app += len(finished.data) + len(status.data)
    assert through_the_app < len(data) / 100

    leads_to = owner.get(f"/tep/{file.public_id}")
    assert leads_to.headers["Cache-Control"] == "no-store"
    answer = web.request("GET", leads_to.headers["Location"])
    assert answer.data == data
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="trang-bao.pdf"')
    image = web.request("GET", owner.get(f"/tep/{file.public_id}/trang/1").headers["Location"])
    assert image.headers["Content-Type"] == "image/webp"
    assert image.headers["Content-Disposition"].startswith("inline")
    assert owner.get(f"/tep/{file.public_id}/trang/2").status_code == 404
    assert owner.get(f"/tep/{file.public_id}/van-ban").json == {"paragraphs": ["Trang 1"]}


def test_addresses_to_read_live_five_minutes(sender: Sender, owner: Visitor) -> None:
    file = sender.stored(pdf_of("Trang 1"))
    address = owner.get(f"/tep/{file.public_id}").headers["Location"]
    assert parse_qs(urlsplit(address).query)["X-Amz-Expires"] == ["300"]


def test_finishing_twice_answers_twice_alike(sender: Sender, owner: Visitor) -> None:
    data = pdf_of("Trang 1")
    file = sender.begin(data)
    sender.send(file, data)
    answers = [owner.post_json(f"/tep/{file.public_id}/xong", {}).json for _ in range(2)]
    assert answers[0] == answers[1]


def test_finishing_too_early_says_so(sender: Sender, owner: Visitor) -> None:
    file = sender.begin(pdf_of("Trang 1"))
    answer = owner.post_json(f"/tep/{file.public_id}/xong", {})
    assert answer.status_code == 403
    assert answer.json["code"] == "file_incomplete"
    assert answer.json["sentence"] == "Tệp chưa tải đủ. Phần đã tải được giữ lại."


def test_a_foreign_file_is_not_there(sender: Sender, other: Visitor, visitor: Visitor) -> None:
    file = sender.stored(pdf_of("Trang 1"))
    for who in (other, visitor):
        for address in ("", "/trang/1", "/van-ban"):
            assert who.get(f"/tep/{file.public_id}{address}").status_code == 404
    assert other.get(f"/tep/{file.public_id}/trang-thai").status_code == 404
    for address in ("/ky", "/xong"):
        assert other.post_json(f"/tep/{file.public_id}{address}", {"numbers": [1]}).status_code == 404
    assert owner_of_nothing(other)


def owner_of_nothing(who: Visitor) -> bool:
    """A file that never was answers like one of somebody else."""
    return who.get("/tep/222222222222").status_code == who.get("/tep/222222222222/trang-thai").status_code == 404


def test_nobody_signs_without_signing_in(sender: Sender, visitor: Visitor) -> None:
    file = sender.begin(pdf_of("Trang 1"))
    answer = visitor.post_json(f"/tep/{file.public_id}/ky", {"numbers": [1]})
    assert answer.status_code == 401
    assert "X-Amz" not in answer.text


@pytest.mark.parametrize("numbers", [None, [], ["1"], [True], [1.5], list(range(1, 52)), {"1": 1}])
def test_nonsense_instead_of_numbers_is_a_bad_request(sender: Sender, owner: Visitor, numbers: object) -> None:
    file = sender.begin(pdf_of("Trang 1"))
    assert owner.post_json(f"/tep/{file.public_id}/ky", {"numbers": numbers}).status_code == 400


def test_before_the_verdict_only_the_sender_gets_the_file_back_and_never_in_the_browser(
    app: Flask, sender: Sender, owner: Visitor, other: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = sender.stored(pdf_of("Trang 1"))
    reader_of(app, monkeypatch, other.person, "III-IN-042")
    assert other.get(f"/tep/{file.public_id}").status_code == 404
    answer = web.request("GET", owner.get(f"/tep/{file.public_id}").headers["Location"])
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith("attachment")


def test_what_was_rejected_nobody_gets(
    app: Flask,
    sender: Sender,
    owner: Visitor,
    other: Visitor,
    run_jobs: Callable[[], None],
    damaged_pdfs: dict[str, bytes],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    file = sender.stored(damaged_pdfs["active_content"])
    run_jobs()
    reader_of(app, monkeypatch, other.person, "III-IN-042")
    for who in (owner, other):
        assert who.get(f"/tep/{file.public_id}").status_code == 404
        assert who.get(f"/tep/{file.public_id}/trang/1").status_code == 404
    assert owner.get(f"/tep/{file.public_id}/trang-thai").json["kind"] == "bad"


def test_what_nobody_could_check_is_for_who_sent_it_and_who_screens_and_only_to_be_saved(
    app: Flask, sender: Sender, owner: Visitor, other: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = sender.stored(photo(), "ảnh lạ.jpg", ["jpeg"])
    with app.app_context(), unit_of_work():
        operations.start_verifying(file_id=file.id)
        operations.mark_unchecked(file_id=file.id, sha256=None, facts={})
    reader_of(app, monkeypatch, other.person, "III-IN-042")
    assert other.get(f"/tep/{file.public_id}").status_code == 404, "a judge, say"
    reader_of(app, monkeypatch, other.person, "ảnh lạ.jpg", unchecked=True)
    for who in (owner, other):
        answer = web.request("GET", who.get(f"/tep/{file.public_id}").headers["Location"])
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert answer.headers["Content-Type"] == "application/octet-stream"
    status = owner.get(f"/tep/{file.public_id}/trang-thai").json
    assert (status["kind"], status["settled"]) == ("warn", True)


def test_what_nobody_could_check_is_checked_again_for_who_sent_it_and_who_screens(
    app: Flask,
    sender: Sender,
    owner: Visitor,
    other: Visitor,
    run_jobs: Callable[[], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    file = sender.stored(photo(), "ảnh lạ.jpg", ["jpeg"])
    address = f"/tep/{file.public_id}/kiem-tra-lai"

    def give_up() -> None:
        with app.app_context(), unit_of_work():
            for _try in range(operations.VERIFY_TRIES):
                operations.start_verifying(file_id=file.id)
            operations.mark_unchecked(file_id=file.id, sha256=None, facts={})

    give_up()
    assert other.post(address, {}).status_code == 404, "it is not said that there is such a file"
    reader_of(app, monkeypatch, other.person, "III-IN-042")
    assert other.post(address, {}).status_code == 404, "who judges does not screen"
    reader_of(app, monkeypatch, other.person, "ảnh lạ.jpg", unchecked=True)
    came_from = {"Referer": f"{other.origin}/iii-2023/kiem-tra/abc?x=1"}
    asked = other.post(address, {}, headers=came_from)
    assert (asked.status_code, asked.headers["Location"]) == (303, "/iii-2023/kiem-tra/abc")
    assert owner.post(address, {}).status_code == 403, "it is on its way"
    run_jobs()
    assert owner.get(f"/tep/{file.public_id}/trang-thai").json["state"] == "ready"


@pytest.mark.parametrize("before", ["https://elsewhere.example/a", f"{Visitor.origin}//elsewhere.example", ""])
def test_the_way_back_leads_nowhere_else(app: Flask, sender: Sender, owner: Visitor, before: str) -> None:
    file = sender.stored(photo(), "ảnh lạ.jpg", ["jpeg"])
    with app.app_context(), unit_of_work():
        operations.start_verifying(file_id=file.id)
        operations.mark_unchecked(file_id=file.id, sha256=None, facts={})
    asked = owner.post(f"/tep/{file.public_id}/kiem-tra-lai", {}, headers={"Referer": before})
    assert asked.headers["Location"] in ("/ban-lam-viec", "/elsewhere.example")


def ready(sender: Sender, run_jobs: Callable[[], None]) -> File:
    file = sender.stored(pdf_of("Trang 1"), "Nguyễn Thị Vân.pdf")
    run_jobs()
    return file


def test_a_room_that_allows_decides_under_which_name(
    app: Flask,
    sender: Sender,
    other: Visitor,
    visitor: Visitor,
    run_jobs: Callable[[], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    file = ready(sender, run_jobs)
    reader_of(app, monkeypatch, other.person, "III-IN-042")
    answer = web.request("GET", other.get(f"/tep/{file.public_id}").headers["Location"])
    assert answer.headers["Content-Disposition"] == (
        "attachment; filename=\"III-IN-042.pdf\"; filename*=UTF-8''III-IN-042.pdf"
    )
    everything = [other.get(f"/tep/{file.public_id}{rest}") for rest in ("", "/trang/1", "/van-ban", "/trang-thai")]
    for each in everything:
        assert "Nguy" not in each.text + each.headers.get("Location", "")
    assert visitor.get(f"/tep/{file.public_id}").status_code == 404


def test_a_room_may_let_everybody_read(
    app: Flask, sender: Sender, visitor: Visitor, run_jobs: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = ready(sender, run_jobs)
    reader_of(app, monkeypatch, None, "tac-pham")
    assert visitor.get(f"/tep/{file.public_id}/trang/1").status_code == 302


def test_while_the_store_is_away_text_is_read_and_the_rest_says_so(
    app: Flask, sender: Sender, owner: Visitor, run_jobs: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = ready(sender, run_jobs)
    data = pdf_of("Trang 2")
    file = sender.begin(data)
    sender.send(file, data)
    away = replace(app.extensions["settings"], s3_endpoint="127.0.0.1:9", s3_public_endpoint="127.0.0.1:9")
    with monkeypatch.context() as patch:
        patch.setitem(app.extensions, "settings", away)
        answer = owner.post_json(f"/tep/{file.public_id}/xong", {})
        assert answer.status_code == 503
        assert answer.headers["Retry-After"]
        assert answer.json["sentence"] == (
            "Tạm thời chưa tải được tệp. Nội dung hồ sơ đã lưu, vẫn nộp được; tệp gửi tiếp khi hệ thống trở lại."
        )
        assert owner.get(f"/tep/{kept.public_id}/van-ban").json == {"paragraphs": ["Trang 1"]}
        assert owner.get(f"/tep/{kept.public_id}/trang-thai").json["word"] == "Dùng được"
    assert owner.post_json(f"/tep/{file.public_id}/xong", {}).json["state"] == "stored"


def test_following_a_file_costs_few_questions(
    sender: Sender, owner: Visitor, run_jobs: Callable[[], None], statements: list[str]
) -> None:
    file = ready(sender, run_jobs)
    owner.get(f"/tep/{file.public_id}/trang-thai")  # the first visit of a session writes it down
    statements.clear()
    owner.get(f"/tep/{file.public_id}/trang-thai")
    assert len(statements) <= 4


def test_discarded_files_leave_no_door(
    app: Flask, sender: Sender, owner: Visitor, run_jobs: Callable[[], None]
) -> None:
    file = ready(sender, run_jobs)
    with app.app_context(), unit_of_work():
        operations.discard(file=found(queries.by_public_id(file.public_id)))
    for address in ("", "/trang/1", "/van-ban", "/trang-thai"):
        assert owner.get(f"/tep/{file.public_id}{address}").status_code == 404


def test_who_was_given_a_file_as_it_came_is_noted_once_an_hour_and_for_a_year(
    app: Flask,
    sender: Sender,
    owner: Visitor,
    other: Visitor,
    run_jobs: Callable[[], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    file = ready(sender, run_jobs)
    reader_of(app, monkeypatch, other.person, "III-IN-042")
    for who, address in ((owner, ""), (other, ""), (other, "?tai"), (other, "?tai"), (other, "/trang/1")):
        assert who.get(f"/tep/{file.public_id}{address}").status_code == 302

    def lines() -> list[tuple[int, bool]]:
        with app.app_context():
            return [(line.person_id, line.saved) for line in session.scalars(select(Fetch).order_by(Fetch.saved))]

    assert lines() == [(other.person.id, False), (other.person.id, True)]
    with app.app_context(), stopped_at(now() + fetches.KEPT + timedelta(hours=2)):
        tasks.tidy()
    assert lines() == []
