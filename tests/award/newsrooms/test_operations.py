"""Attesting many works in one act, what ends it, and whose works a newsroom's are."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from award.clock import now
from award.db import session, unit_of_work
from award.documents.paper import Table
from award.editions.models import Edition
from award.entries import operations as entering
from award.entries.models import Entry
from award.entries.queries import plain_dossiers_of
from award.log.models import Event
from award.newsrooms import operations, papers, queries, signing, surveyed
from award.newsrooms.attested import facts_hash
from award.newsrooms.models import Attestation
from award.people import memberships
from award.people.models import Newsroom
from award.verdicts import Refused
from tests import factories
from tests.award.newsrooms.conftest import Press
from tests.visitor import Visitor

pytestmark = pytest.mark.db


def shown(press: Press, *keys: str) -> dict[str, str]:
    """What the page carries for these works."""
    read = plain_dossiers_of([press.entry(key).id for key in keys])
    return {each.key: facts_hash(each) for each in read.values()}


def attest(press: Press, *keys: str, who: str = "contact") -> operations.Outcome:
    with press.at_work() as edition:
        return operations.attest(
            standing=press.standing(who), edition=edition, organ=press.organ(), shown=shown(press, *keys)
        )


def test_forty_works_are_attested_in_one_act(press: Press) -> None:
    keys = [press.submitted(f"Tác phẩm số {n}") for n in range(40)]
    outcome = attest(press, *keys)
    assert len(outcome.done) == 40
    assert outcome.left == ()
    with press.at_work() as edition:
        assert queries.counts(edition.id, press.organ().family) == {"confirmed": 40}
        logged = session.scalar(select(func.count()).where(Event.kind == "work.attested"))
        assert logged == 40


def test_saying_it_again_changes_nothing(press: Press) -> None:
    key = press.submitted("Đường về bản")
    attest(press, key)
    attest(press, key, who="chief")
    assert press.said(key) == [("confirmed", "")]


def test_a_work_that_changed_while_the_page_was_read_is_left(press: Press) -> None:
    kept, changed = press.submitted("Đường về bản"), press.submitted("Người giữ biển")
    with press.at_work() as edition:
        read = shown(press, kept, changed)
        press.entry(changed).parts[0].published_on = date(2023, 4, 2)
        session.flush()
        outcome = operations.attest(standing=press.standing(), edition=edition, organ=press.organ(), shown=read)
        assert outcome.done == (press.entry(kept).code,)
        assert outcome.left == (press.entry(changed).code,)
    assert press.said(changed) == []


def test_what_was_said_ends_with_the_facts_it_speaks_of_and_not_with_others(press: Press) -> None:
    key = press.submitted("Đường về bản")
    attest(press, key)

    def resubmit(**fields: str) -> None:
        with press.at_work() as edition:
            entry, by = press.entry(key), press.scene.by(press.people["reporter"])
            revision = entering.revise(by=by, edition=edition, entry=entry)
            for name, value in fields.items():
                setattr(revision, name, value)
            session.flush()
            entering.submit(by=by, edition=edition, entry=entry, arrived_at=now())

    resubmit(summary="Thêm phần tóm tắt.")
    assert press.said(key) == [("confirmed", "")]
    resubmit(title="Đường về bản mới")
    assert press.said(key) == [("confirmed", "changed")]
    attest(press, key)
    with press.at_work() as edition:
        by = press.scene.by(press.people["reporter"])
        entering.withdraw(by=by, edition=edition, entry=press.entry(key), reason="Gửi nhầm")
    assert press.said(key) == [("confirmed", "changed"), ("confirmed", "withdrawn")]


def test_a_refusal_has_a_reason_and_may_be_taken_back_by_attesting(press: Press) -> None:
    key = press.submitted("Đường về bản")
    with press.at_work() as edition:
        with pytest.raises(Refused) as refused:
            operations.refuse(standing=press.standing(), edition=edition, organ=press.organ(), key=key, reason=" ")
        assert refused.value.verdict.code == "reason"
        operations.refuse(
            standing=press.standing(), edition=edition, organ=press.organ(), key=key, reason="Chưa đăng trên báo"
        )
    assert press.said(key) == [("refused", "")]
    attest(press, key)
    assert press.said(key) == [("refused", "replaced"), ("confirmed", "")]


def test_a_deadline_of_their_own_lets_newsrooms_confirm_after_works_are_taken_and_ends(press: Press) -> None:
    first, second = press.submitted("Đường về bản"), press.submitted("Người giữ biển")
    with press.at_work() as edition:
        edition.deadline_at, edition.confirmation_at = now() - timedelta(days=2), now() + timedelta(days=2)
    attest(press, first)
    assert press.said(first) == [("confirmed", "")]
    with press.at_work() as edition:
        edition.confirmation_at = now() - timedelta(days=1)
    with pytest.raises(Refused, match="late"):
        attest(press, second)
    assert press.said(second) == []


def test_nobody_attests_for_another_newsroom(press: Press) -> None:
    key = press.submitted("Đường về bản")
    with press.at_work() as edition:
        for who in ("outsider", "colleague", "reporter", "secretary"):
            with pytest.raises(Refused):
                operations.attest(
                    standing=press.standing(who), edition=edition, organ=press.organ(), shown=shown(press, key)
                )
        theirs = operations.attest(
            standing=press.standing("outsider", "hill"),
            edition=edition,
            organ=press.organ("hill"),
            shown=shown(press, key),
        )
        assert theirs == ((), ())
    assert press.said(key) == []


def test_once_judging_begins_nothing_more_is_said(press: Press) -> None:
    key = press.submitted("Đường về bản")
    with press.at_work() as edition:
        edition.state = "screening"
    attest(press, key)
    with press.at_work() as edition:
        edition.state = "judging"
    with pytest.raises(Refused):
        attest(press, key)


def test_a_merged_newsroom_attests_the_works_of_what_it_came_from(press: Press) -> None:
    """Two organs of 2023 became one in 2025; their works are its own, and neither sees those of the other."""
    key = press.submitted("Đường về bản")
    with press.at_work() as edition:
        merged = factories.newsroom("Báo và Phát thanh, Truyền hình Biển Núi")
        for name in ("sea", "hill"):
            before = press.organ(name).newsroom
            before.successor_id = merged.id
            before.names[-1].valid_to = date(2025, 6, 30)
        for who in ("contact", "outsider"):
            memberships.join(by_id=None, person=press.people[who], newsroom=merged, role="contact")
        press.organs["merged"] = merged.public_id
        session.flush()
        assert set(press.organ("merged").family) == {
            merged.id,
            press.organ().newsroom.id,
            press.organ("hill").newsroom.id,
        }
        assert press.organ("hill").family == (press.organ("hill").newsroom.id,)
        assert surveyed.unsaid(edition.id) == {merged.id: 1}
        assert queries.name_in(press.organ().newsroom, edition) == "Báo Biển Xanh"
        outcome = operations.attest(
            standing=press.standing("outsider", "merged"),
            edition=edition,
            organ=press.organ("merged"),
            shown=shown(press, key),
        )
        assert len(outcome.done) == 1
        stands = queries.said_of(press.entry(key).id)
        assert stands is not None
        assert stands.newsroom.id == merged.id


def test_a_membership_stands_from_its_first_to_its_last_day(press: Press) -> None:
    with press.at_work():
        organ, person = press.organ().newsroom, press.people["chief"]
        membership = queries.membership_at(organ.id, person.public_id, "editor_in_chief")
        assert membership is not None
        membership.valid_from = queries.today() - timedelta(days=30)
        memberships.leave(by_id=None, membership=membership)
        assert membership.valid_to == queries.today() - timedelta(days=1)
        assert queries.roles_at(person.id, organ.id) == frozenset()
        again = memberships.join(by_id=None, person=person, newsroom=organ, role="editor_in_chief")
        assert again.id == membership.id
        assert queries.roles_at(person.id, organ.id) == {"editor_in_chief"}


def test_what_a_member_entered_for_others_goes_on_when_they_have_left(press: Press) -> None:
    with press.at_work():
        for title, own in (("Của tòa soạn", False), ("Của riêng mình", True)):
            entry = press.scene.draft(press.people["contact"], title=title)
            entry.authors[0].person_id = press.people["contact"].id if own else None
    visitor, page = press.visitor("chief"), press.desk()
    assert "Nhận khai tiếp" not in visitor.get(page).text
    with press.at_work():
        organ, contact = press.organ().newsroom, press.people["contact"]
        membership = queries.membership_at(organ.id, contact.public_id, "contact")
        assert membership is not None
        membership.valid_from = queries.today() - timedelta(days=30)
        memberships.leave(by_id=None, membership=membership)
        keys = {each.title: each.public_id for each in session.scalars(select(Entry))}
    assert visitor.get(page).text.count("Nhận khai tiếp") == 1
    assert visitor.post(f"{page}/{keys['Của tòa soạn']}/nhan").status_code == 303
    assert visitor.post(f"{page}/{keys['Của riêng mình']}/nhan").status_code == 403
    with press.at_work():
        assert press.entry(keys["Của tòa soạn"]).owner_id == press.people["chief"].id
        assert press.entry(keys["Của riêng mình"]).owner_id == press.people["contact"].id
    assert visitor.get(f"/iii-2023/tac-pham/{keys['Của tòa soạn']}").status_code == 200
    assert press.visitor("outsider").post(f"{page}/{keys['Của tòa soạn']}/nhan").status_code == 404


def test_two_who_attest_at_once_say_it_once(press: Press) -> None:
    keys = [press.submitted(f"Tác phẩm số {n}") for n in range(5)]

    def act(who: str) -> int:
        with press.app.app_context(), unit_of_work():
            edition = session.get_one(Edition, press.scene.edition_id)
            done = operations.attest(
                standing=press.standing(who), edition=edition, organ=press.organ(), shown=shown(press, *keys)
            )
            return len(done.done)

    with ThreadPoolExecutor(2) as both:
        assert list(both.map(act, ("contact", "chief"))) == [5, 5]
    with press.app.app_context():
        assert session.scalar(select(func.count()).select_from(Attestation)) == 5
        assert session.scalar(select(func.count()).select_from(Newsroom)) == 2


def test_whose_work_was_refused_reads_why_on_its_page_until_it_is_attested(app: Flask, press: Press) -> None:
    key = press.submitted("Đường về bản")
    with press.at_work() as edition:
        operations.refuse(
            standing=press.standing(), edition=edition, organ=press.organ(), key=key, reason="Chưa đăng trên báo."
        )
    owner = Visitor(app, press.people["reporter"])
    page = owner.get(f"/iii-2023/tac-pham/{key}").text
    assert "chưa xác nhận" not in page
    assert "Báo Biển Xanh không xác nhận" in page
    assert "Lý do: Chưa đăng trên báo." in page
    attest(press, key)
    page = owner.get(f"/iii-2023/tac-pham/{key}").text
    assert "không xác nhận" not in page
    assert "Báo Biển Xanh đã xác nhận" in page


def test_whose_work_waits_for_its_newsroom_reads_that_and_that_nothing_is_left_to_do(app: Flask, press: Press) -> None:
    key = press.submitted("Đường về bản")
    owner = Visitor(app, press.people["reporter"])
    page = owner.get(f"/iii-2023/tac-pham/{key}").text
    assert "Cơ quan đăng, phát chưa xác nhận" in page
    assert "tác giả không phải làm gì thêm" in page
    with press.at_work():
        begun = press.scene.draft(press.people["reporter"]).public_id
    form = owner.get(f"/iii-2023/tac-pham/{begun}/khai").text
    assert "Đối chiếu với Thể lệ" in form
    assert "Xác nhận của cơ quan đăng, phát" not in form


def test_what_was_refused_stands_on_no_paper_that_the_head_signs(press: Press) -> None:
    kept, refused = press.submitted("Đường về bản"), press.submitted("Người giữ biển")
    with press.at_work() as edition:
        operations.refuse(
            standing=press.standing(),
            edition=edition,
            organ=press.organ(),
            key=refused,
            reason="Không phải bài của ta",
        )
    with press.at_work() as edition:
        works = queries.works(edition.id, press.organ().family, limit=None)
        sent = papers.summary(edition, press.organ(), works)
        rows = [row for block in sent.body if isinstance(block, Table) for row in block.rows]
        listed = signing.print_list(
            standing=press.standing(), edition=edition, organ=press.organ(), appeared=lambda _work: ("", "")
        )
        assert [row[1] for row in rows] == [press.entry(kept).code]
        assert [line["code"] for line in listed.works] == [press.entry(kept).code]
