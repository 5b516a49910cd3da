"""The loop of mending at the doors: the secretary asks, the entrant mends what was named, the secretary decides."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from award import dates
from award.clock import now
from award.db import session, unit_of_work
from award.editions.models import Clause
from award.entries.models import Correction, Entry, Receipt
from award.log.models import Event
from award.messages.models import Message
from tests import factories
from tests.award.entries.conftest import Browser, Scene, scene

__all__ = ["scene"]


@pytest.fixture
def secretary(scene: Scene, app: Flask) -> Browser:
    with unit_of_work():
        person = factories.person("Trần Thu Hiền")
        factories.appointment(scene.edition, person, "secretary")
        said = {"choice": "some", "several": ["authors", "files"]}
        session.add(Clause(edition_id=scene.edition_id, code="corrections", value=said, source="khoản 4 Điều 6"))
    return Browser(app, person)


def version_in(page: str) -> str:
    found = re.search(r'name="version" value="([^"]*)"', page)
    assert found
    return found[1]


def seen_in(page: str) -> str:
    found = re.search(r'name="seen"[^>]*value="([^"]*)"', page)
    assert found
    return found[1]


def test_from_the_request_to_the_decision(scene: Scene, app: Flask, secretary: Browser) -> None:
    with unit_of_work():
        entry = scene.submitted()
        key, part = entry.public_id, entry.parts[0].public_id
    with unit_of_work():
        scene.edition.state, scene.edition.deadline_at = "screening", now() - timedelta(days=1)
    entrant = Browser(app, scene.entrant)
    work, dossier = f"/{scene.slug}/tac-pham/{key}", f"/{scene.slug}/kiem-tra/{key}"
    assert entrant.post(f"{work}/sua").status_code == 403

    asked = secretary.get(dossier).text
    assert 'value="authors"' in asked
    assert 'value="work"' not in asked
    due = dates.local(now() + timedelta(days=5)).date()
    request = {"items": "bút danh của tác giả", "parts": ["authors"], "due_day": dates.day(due)}
    assert secretary.post(f"{dossier}/bo-sung", request).status_code == 303
    until = f"hết ngày {dates.day(due)}"
    assert f"đến {until}" in secretary.get(f"/{scene.slug}/kiem-tra?ket-luan=correction").text

    assert "Bổ sung hồ sơ KH3-0001: bút danh của tác giả" in entrant.get("/ban-lam-viec").text
    page = entrant.get(work).text
    assert page.index("Tổ Thư ký đề nghị bổ sung hồ sơ KH3-0001: bút danh của tác giả.") < page.index(
        "Hồ sơ đã nộp lúc"
    )
    assert f"Hạn bổ sung: {until}. Quá hạn, hồ sơ được xem xét theo hiện trạng." in page
    assert "Phần được bổ sung: tác giả." in page
    assert f"Đề nghị bổ sung (đến {until})" in entrant.get(f"/{scene.slug}/tac-pham").text

    assert entrant.post(f"{work}/sua").status_code == 303
    tasks = entrant.get(work).text
    assert f'href="{work}/tac-gia"' in tasks
    assert f'href="{work}/khai"' not in tasks
    for closed in ("khai", "cac-ky", "cam-ket", "tep"):
        assert entrant.get(f"{work}/{closed}").status_code == 302
    refused = entrant.post(f"{work}/khai", {"version": "", "title": "Tên khác"})
    assert (refused.status_code, "không thuộc nội dung được đề nghị bổ sung" in refused.text) == (403, True)
    assert entrant.post(f"{work}/cac-ky", {"version": "", f"{part}-title": "Kỳ khác"}).status_code == 403
    form = entrant.get(f"{work}/tac-gia").text
    assert f"Hạn bổ sung: {until}." in form
    field = re.search(r'name="(\w+-pen_name)"', form)
    assert field
    typed = {"version": version_in(form), field[1]: "Sông Mây"}
    assert entrant.post(f"{work}/tac-gia", typed).status_code == 303

    check = entrant.get(f"{work}/kiem-tra").text
    assert "Kiểm tra và nộp bản bổ sung" in check
    assert "Thay đổi so với bản đã nộp" in check
    assert "Sông Mây" in check
    sent = entrant.post(f"{work}/nop", {"answer": "Đã ghi bút danh."})
    assert sent.location == f"{work}/bien-nhan"
    assert "Đã tiếp nhận bản bổ sung hồ sơ dự Giải" in entrant.get(sent.location).text
    assert "Đã bổ sung" in entrant.get(work).text
    assert entrant.post(f"{work}/sua").status_code == 403

    assert "Kiểm tra 1 hồ sơ đã bổ sung" in secretary.get("/ban-lam-viec").text
    assert "Giữ lời hứa với dân" in secretary.get(f"/{scene.slug}/kiem-tra?ket-luan=answered").text
    read = secretary.get(dossier).text
    assert "Đã ghi bút danh." in read
    assert re.search(r"<del>.*Nguyễn Thị Vân, Hà Vân|<del>.*Nguyễn Thị Vân", read)
    assert re.search(r"<ins>.*Nguyễn Thị Vân, Sông Mây", read)
    decided = secretary.post(f"{dossier}/du-dieu-kien", {"seen": seen_in(read), "reason": "Đã đủ"})
    assert decided.status_code == 303
    assert "Đủ điều kiện" in secretary.get(dossier).text

    session.rollback()
    session.expire_all()
    assert session.scalars(select(Entry)).one().authors[0].pen_name == "Sông Mây"
    correction = session.scalars(select(Correction)).one()
    first, second = session.scalars(select(Receipt).order_by(Receipt.id))
    assert (correction.ended, correction.before_id, correction.receipt_id) == ("answered", first.id, second.id)
    letters = [letter.kind for letter in session.scalars(select(Message).order_by(Message.id))]
    assert letters == ["correction", "receipt"]
    kinds = [event.kind for event in session.scalars(select(Event).order_by(Event.seq)) if event.kind.startswith("ent")]
    assert kinds == [
        "entry.submitted",
        "entry.correction_asked",
        "entry.screened",
        "entry.revision_begun",
        "entry.resubmitted",
        "entry.correction_answered",
        "entry.screened",
        "entry.screened",
    ]


def test_an_entrant_with_a_deadline_of_ones_own(scene: Scene, app: Flask) -> None:
    with unit_of_work():
        entry = scene.draft()
        key = entry.public_id
        boss = factories.person("Nguyễn Thanh Bình")
        factories.appointment(scene.edition, boss, "organiser")
        assert scene.entrant.user is not None
        email = scene.entrant.user.email
    with unit_of_work():
        scene.edition.deadline_at = now() - timedelta(hours=1)
        scene.edition.deadline_day = dates.local(now()).date() - timedelta(days=1)
    organiser, entrant = Browser(app, boss), Browser(app, scene.entrant)
    grants, work = f"/{scene.slug}/thoi-han-rieng", f"/{scene.slug}/tac-pham/{key}"
    assert entrant.post(f"{work}/nop").status_code == 403
    assert "Chưa có tác giả nào được thời hạn riêng." in organiser.get(grants).text

    day = dates.local(now() + timedelta(days=3)).date()
    said = {"email": email.upper(), "due_day": dates.day(day), "due_hour": "17h", "reason": "Hệ thống gián đoạn 2 giờ"}
    wrong = organiser.post(grants, {**said, "email": "khong-co@example.vn"})
    assert (wrong.status_code, "Không có tài khoản nào dùng email này." in wrong.text) == (422, True)
    early = organiser.post(grants, {**said, "due_day": "01/01/2023"})
    assert "Thời hạn riêng phải sau thời hạn chung và sau lúc này." in early.text
    assert organiser.post(grants, said).status_code == 303
    listed = organiser.get(grants).text
    assert f"chậm nhất 17 giờ 00, ngày {dates.day(day)}" in listed
    assert "Hệ thống gián đoạn 2 giờ" in listed
    assert "Nguyễn Thanh Bình" in listed

    page = entrant.get(work).text
    assert f"Thời hạn riêng: chậm nhất 17 giờ 00, ngày {dates.day(day)}." in page
    assert "Nộp tác phẩm “Giữ lời hứa với dân”" in entrant.get("/ban-lam-viec").text
    with unit_of_work():
        scene.edition.state = "screening"
    assert entrant.get(f"{work}/khai").status_code == 200
    assert entrant.get(f"/{scene.slug}/tac-pham/moi").status_code == 200
    assert entrant.post(f"{work}/nop").status_code == 303
    assert "Tác giả có thời hạn riêng" in organiser.get(f"/{scene.slug}/kiem-tra/{key}").text

    ends = re.search(r'action="([^"]*/bai-bo)"', organiser.get(grants).text)
    assert ends
    assert organiser.post(ends[1]).status_code == 303
    assert "Đã bãi bỏ" in organiser.get(grants).text
    assert entrant.get(f"/{scene.slug}/tac-pham/moi").status_code == 403
    session.rollback()
    session.expire_all()
    assert session.scalars(select(Entry)).one().state == "submitted"
    letter = session.scalars(select(Message).where(Message.kind == "personal_deadline")).one()
    assert (letter.to_address, "Hệ thống gián đoạn 2 giờ" in letter.body) == (email, True)
