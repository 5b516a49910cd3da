"""One work of each kind, from its form to the end of the round that judges it."""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import expect

from award.clock import now
from award.db import unit_of_work
from award.editions.queries import edition_by_slug
from tests.browser.kinds.conftest import Story
from tests.browser.kinds.entering import enters
from tests.browser.kinds.judging import judges
from tests.browser.looking import look

pytestmark = [pytest.mark.browser, pytest.mark.db, pytest.mark.long, pytest.mark.timeout(600)]

ROUND = "/vi-2026/vong/1"


def test_each_kind_is_entered_and_judged_in_its_own_way(
    app: Flask, story: Story, worker: Callable[[], None], tmp_path: Path, faults: list[str]
) -> None:
    codes = [enters(story.entrants[kind.medium], kind, worker, tmp_path) for kind in story.kinds]
    assert codes == [f"KH6-{number:04d}" for number in range(1, 6)]
    found_eligible(app, story, codes)
    begin(story)
    for kind in story.kinds:
        judges(story.judge, kind, f"{ROUND}/cham")
    the_round_closes(story)
    assert faults == []


def found_eligible(app: Flask, story: Story, codes: list[str]) -> None:
    """The deadline has passed; the secretary opens each dossier and finds it eligible."""
    with app.app_context(), unit_of_work():
        edition = edition_by_slug("vi-2026")
        assert edition is not None
        assert edition.deadline_at is not None
        edition.deadline_at = now() - timedelta(days=1)
    secretary = story.secretary
    story.organiser.opens("/vi-2026/lich/close_entries")
    story.organiser.presses("Kết thúc nhận tác phẩm")
    for kind, code in zip(story.kinds, codes, strict=True):
        secretary.opens("/vi-2026/kiem-tra")
        secretary.presses(kind.work.title)
        secretary.sees(kind.files[0].name)
        look(secretary.page, f"{kind.medium}-7-kiem-tra-dieu-kien")
        secretary.presses(re.compile("^Đủ điều kiện"))
        expect(secretary.page.get_by_text(f"{code}: đủ điều kiện.")).to_be_visible()


def begin(story: Story) -> None:
    """Works are dealt, the round is open, and the judge has promised to keep what is seen."""
    story.organiser.opens(f"{ROUND}/phan-cong?who=all")
    story.organiser.presses("Lưu cách phân công")
    story.organiser.opens("/vi-2026/lich/open_round")
    story.organiser.presses(re.compile("^Bắt đầu"))
    story.judge.opens(f"{ROUND}/cham")
    story.judge.presses("Tôi cam kết")
    story.judge.opens(f"{ROUND}/cham")
    look(story.judge.page, "8-danh-sach-cham")


def the_round_closes(story: Story) -> None:
    chair, secretary = story.chair, story.secretary
    for proposal, confirmation in (
        ("Đề nghị khóa phiếu chấm", "Khóa phiếu chấm"),
        (re.compile("^Đề nghị kết thúc vòng"), re.compile("^Kết thúc vòng")),
    ):
        chair.opens(f"{ROUND}/tien-do")
        chair.presses(proposal)
        secretary.opens(f"{ROUND}/tien-do")
        secretary.presses(confirmation)
    chair.opens(f"{ROUND}/xep-hang")
    for kind in story.kinds:
        chair.sees(kind.work.title)
    look(chair.page, "9-xep-hang")
