"""Authors invited to fill in a dossier too: what the link opens, who writes which row, one submission for two."""

import re

import pytest
from flask import Flask
from sqlalchemy import func, select

from award.clock import now
from award.db import session, unit_of_work
from award.editions.models import Edition
from award.entries import inviting, operations, queries
from award.entries.models import Authorship, Entry, Receipt
from award.messages.models import Message
from award.people.models import Person
from award.verdicts import Refused
from tests import factories
from tests.award.entries.conftest import Browser, Scene
from tests.award.entries.test_races import at_once, field, submitting  # noqa: F401 - the fixture by its name
from uploads.protocol import fingerprint


def entry_now(entry: Entry) -> Entry:
    session.rollback()
    session.expire_all()
    return session.get_one(Entry, entry.id)


@pytest.fixture
def other(scene: Scene) -> Person:
    with unit_of_work():
        return factories.person("Trần Minh", pen_name="Sông Mây", phone="0905 999 888", newsroom_words="Đài Núi Bạc")


@pytest.fixture
def draft(scene: Scene) -> Entry:
    """A complete draft of two authors."""
    with unit_of_work():
        draft = scene.draft(byline="Nguyễn Thị Vân, Trần Minh")
        draft.authors.append(Authorship(ordinal=2, legal_name="Trần Minh"))
        return draft


def invited(scene: Scene, draft: Entry, *, fills: bool = True, email: str = "") -> str:
    """The key of an invitation of the second author."""
    with unit_of_work():
        entry = session.get_one(Entry, draft.id)
        row = inviting.invite(
            by_id=scene.entrant.id,
            edition=scene.edition,
            entry=entry,
            standing=entry,
            row=entry.authors[1],
            fills=fills,
            email=email,
            letter=lambda key: ("Mời cùng khai", f"Đường dẫn: {key}"),
        )
        assert row.invite_key is not None
        return row.invite_key


def joined(scene: Scene, draft: Entry, person: Person, *, fills: bool = True) -> None:
    key = invited(scene, draft, fills=fills)
    with unit_of_work():
        inviting.join(person=session.get_one(Person, person.id), edition=scene.edition, key=key)


def version_in(page: str) -> str:
    found = re.search(r'name="version" value="([^"]*)"', page)
    assert found
    return found[1]


def test_from_the_invitation_to_the_receipt_of_the_co_author(
    app: Flask, scene: Scene, other: Person, draft: Entry
) -> None:
    owner, guest = Browser(app, scene.entrant), Browser(app, other)
    at = f"/{scene.slug}/tac-pham/{draft.public_id}"
    row = draft.authors[1].public_id
    assert guest.get(at).status_code == 404
    page = owner.get(f"{at}/tac-gia/{row}/moi").text
    assert "Chỉ khai phần về bản thân" in page
    bad = owner.post(f"{at}/tac-gia/{row}/moi", {"fills": "whole", "email": "không phải địa chỉ"})
    assert bad.status_code == 422
    assert owner.post(f"{at}/tac-gia/{row}/moi", {"fills": "whole", "email": "tran.minh@example.vn"}).status_code == 303
    letter = session.scalars(select(Message).where(Message.kind == "coauthor")).one()
    link = re.search(rf"/{scene.slug}/cung-khai/\S+", letter.body)
    assert link
    assert link[0] in owner.get(f"{at}/tac-gia/{row}/moi").text

    stranger = Browser(app).get(link[0])
    assert stranger.status_code == 200
    assert "Đăng nhập" in stranger.text
    assert "Nhận lời" not in stranger.text
    assert "Nhận lời, cùng khai hồ sơ" in guest.get(link[0]).text
    assert guest.post(link[0]).headers["Location"] == at
    assert "Cùng khai hồ sơ với Nguyễn Thị Vân." in guest.get(at).text
    assert draft.public_id in guest.get(f"/{scene.slug}/tac-pham").text
    mine = entry_now(draft).authors[1]
    assert (mine.person_id, mine.pen_name, mine.phone, mine.employer_text) == (
        other.id,
        "Sông Mây",
        "0905 999 888",
        "Đài Núi Bạc",
    )

    sent = guest.post(f"{at}/nop")
    assert sent.headers["Location"] == f"{at}/bien-nhan"
    assert owner.post(f"{at}/nop").headers["Location"] == f"{at}/bien-nhan"
    assert session.scalar(select(func.count()).select_from(Receipt)) == 1
    readers = session.scalars(select(Message.to_address).where(Message.kind == "receipt")).all()
    assert other.user is not None and scene.entrant.user is not None
    assert sorted(readers) == sorted([other.user.email, scene.entrant.user.email])
    assert guest.get(f"{at}/rut").status_code == 403
    assert "Rút tác phẩm" not in guest.get(at).text


def test_a_link_serves_one_account_once(app: Flask, scene: Scene, other: Person, draft: Entry) -> None:
    key = invited(scene, draft)
    link = f"/{scene.slug}/cung-khai/{inviting.token_of(key, app.extensions['settings'].secret_key)}"
    with unit_of_work():
        third = factories.person("Lê Hoài Giang")
    assert Browser(app, other).post(link).status_code == 303
    assert Browser(app, other).post(link).status_code == 303, "joining again changes nothing"
    late = Browser(app, third)
    assert "đã được tài khoản khác nhận" in late.get(link).text
    assert late.post(link).status_code == 403
    assert entry_now(draft).authors[1].person_id == other.id
    assert Browser(app, third).get(link[:-1] + ("A" if link[-1] != "A" else "B")).status_code == 404


def test_an_invitation_that_nobody_took_ends_by_itself_and_by_its_maker(
    app: Flask, scene: Scene, other: Person, draft: Entry
) -> None:
    first = invited(scene, draft)
    second = invited(scene, draft)
    with pytest.raises(Refused), unit_of_work():
        inviting.join(person=other, edition=scene.edition, key=first)
    with unit_of_work():
        session.get_one(Authorship, draft.authors[1].id).invited_at = now() - inviting.OPEN_FOR
    with pytest.raises(Refused), unit_of_work():
        inviting.join(person=session.get_one(Person, other.id), edition=scene.edition, key=second)
    third = invited(scene, draft)
    at = f"/{scene.slug}/tac-pham/{draft.public_id}/tac-gia/{draft.authors[1].public_id}"
    assert Browser(app, scene.entrant).post(f"{at}/thoi").status_code == 303
    with pytest.raises(Refused), unit_of_work():
        inviting.join(person=session.get_one(Person, other.id), edition=scene.edition, key=third)


def test_who_joined_writes_the_own_row_and_nobody_else_does(
    app: Flask, scene: Scene, other: Person, draft: Entry
) -> None:
    joined(scene, draft, other)
    owner, guest = Browser(app, scene.entrant), Browser(app, other)
    at = f"/{scene.slug}/tac-pham/{draft.public_id}/tac-gia"
    mine, theirs = (author.public_id for author in draft.authors)
    page = owner.get(at).text
    assert f'name="{theirs}-legal_name"' not in page
    assert f'name="{mine}-legal_name"' in page
    owner.post(at, {"version": version_in(page), f"{theirs}-pen_name": "Tên khác", f"{mine}-role": "viết bài"})
    first, second = entry_now(draft).authors
    assert (first.role, second.pen_name) == ("viết bài", "Sông Mây")
    guest.post(at, {"version": version_in(guest.get(at).text), f"{theirs}-pen_name": "Tên khác"})
    assert entry_now(draft).authors[1].pen_name == "Tên khác"
    with unit_of_work():
        moved = operations.queries.dossier(draft.id, counted=False)
    assert moved.authors[1].joined


def test_who_was_invited_to_the_own_row_changes_nothing_else_and_does_not_submit(
    app: Flask, scene: Scene, other: Person, draft: Entry
) -> None:
    joined(scene, draft, other, fills=False)
    guest = Browser(app, other)
    at = f"/{scene.slug}/tac-pham/{draft.public_id}"
    mine, theirs = (author.public_id for author in draft.authors)
    page = guest.get(f"{at}/tac-gia").text
    assert f'name="{mine}-legal_name"' not in page
    assert "Thêm tác giả" not in page
    said = {"version": version_in(page), f"{theirs}-role": "ảnh", f"{mine}-role": "ảnh", "contact": theirs}
    assert guest.post(f"{at}/tac-gia", said | {"2222aaaa2222-legal_name": "Ai đó"}).status_code == 303
    first, second = entry_now(draft).authors
    assert (first.role, second.role, second.contact) == ("", "ảnh", False)
    assert guest.post(f"{at}/tac-gia", {"version": "", "act": "add"}).status_code == 403
    assert guest.post(f"{at}/khai", {"version": "", "title": "Khác"}).status_code == 403
    assert guest.get(f"{at}/tep").status_code == 302
    assert guest.post(f"{at}/nop").status_code == 403
    assert "Nộp tác phẩm</button>" not in guest.get(f"{at}/kiem-tra").text
    assert entry_now(draft).state == "draft"


def test_two_authors_in_one_field_see_both_texts_and_the_name(
    app: Flask, scene: Scene, other: Person, draft: Entry
) -> None:
    joined(scene, draft, other)
    owner, guest = Browser(app, scene.entrant), Browser(app, other)
    at = f"/{scene.slug}/tac-pham/{draft.public_id}/khai"
    shown = version_in(guest.get(at).text)
    owner.post(at, {"version": version_in(owner.get(at).text), "title": "Của người lập"})
    json = {"Accept": "application/json"}
    told = guest.post(at, {"version": shown, "title": "Của đồng tác giả"}, headers=json)
    assert told.status_code == 409
    assert told.json["conflict"] == {"title": {"yours": "Của đồng tác giả", "theirs": "Của người lập"}}
    assert "Hồ sơ vừa được Nguyễn Thị Vân sửa lúc" in told.json["said"]
    assert entry_now(draft).title == "Của người lập"


def test_a_field_somebody_else_changed_is_not_contested_by_who_left_it_alone(
    app: Flask, scene: Scene, other: Person, draft: Entry
) -> None:
    joined(scene, draft, other)
    owner, guest = Browser(app, scene.entrant), Browser(app, other)
    at = f"/{scene.slug}/tac-pham/{draft.public_id}/khai"
    page = guest.get(at).text
    old = {"title": "Giữ lời hứa với dân", "byline": "Nguyễn Thị Vân, Trần Minh"}
    owner.post(at, {"version": version_in(owner.get(at).text), "title": "Tên mới"})
    json = {"Accept": "application/json"}
    told = guest.post(at, {"version": version_in(page), **old, "summary": "Một xã."}, headers=json)
    assert told.status_code == 200
    assert told.json["others"] == {"title": "Tên mới"}
    entry = entry_now(draft)
    assert (entry.title, entry.summary) == ("Tên mới", "Một xã.")


def test_who_leaves_or_is_removed_sees_the_work_no_more(app: Flask, scene: Scene, other: Person, draft: Entry) -> None:
    joined(scene, draft, other)
    guest = Browser(app, other)
    at = f"/{scene.slug}/tac-pham/{draft.public_id}"
    row = draft.authors[1].public_id
    removed = guest.post(f"{at}/tac-gia", {"version": "", "act": f"remove:{row}"})
    assert removed.status_code == 403, "the owner alone removes who joined"
    assert guest.post(f"{at}/tac-gia/{row}/thoi").headers["Location"] == f"/{scene.slug}/tac-pham"
    assert guest.get(at).status_code == 404
    left = entry_now(draft).authors[1]
    assert (left.legal_name, left.joined_at, left.invite_key) == ("Trần Minh", None, None)


def test_a_revision_keeps_the_hands_and_its_submission_too(
    app: Flask, scene: Scene, other: Person, draft: Entry
) -> None:
    joined(scene, draft, other)
    with unit_of_work():
        entry = session.get_one(Entry, draft.id)
        operations.submit(by=scene.by(), edition=scene.edition, entry=entry, arrived_at=now())
    guest = Browser(app, other)
    at = f"/{scene.slug}/tac-pham/{draft.public_id}"
    assert guest.post(f"{at}/sua").status_code == 303
    guest.post(f"{at}/khai", {"version": version_in(guest.get(f"{at}/khai").text), "title": "Tên sửa"})
    assert guest.post(f"{at}/nop").status_code == 303
    assert entry_now(draft).title == "Tên sửa"
    assert guest.get(at).status_code == 200
    assert session.scalar(select(func.count()).select_from(Receipt)) == 2


def test_an_account_named_in_a_row_has_no_hand_without_joining(app: Flask, scene: Scene, other: Person) -> None:
    with unit_of_work():
        draft = scene.draft()
        draft.authors.append(Authorship(ordinal=2, legal_name="Trần Minh", person_id=other.id))
    assert Browser(app, other).get(f"/{scene.slug}/tac-pham/{draft.public_id}").status_code == 404
    assert queries.own_works(other.id, scene.edition_id) == []


def test_two_co_authors_submitting_at_once_make_one_submission(app: Flask, field: Scene) -> None:  # noqa: F811
    with app.app_context():
        with unit_of_work():
            other = factories.person("Trần Minh")
            entry = field.draft()
            entry.authors.append(
                Authorship(ordinal=2, legal_name="Trần Minh", person_id=other.id, fills=True, joined_at=now())
            )
            both, entry_id = (field.entrant.id, other.id), entry.id
    answers = at_once(app, [submitting(field, entry_id, person_id) for person_id in both * 5])
    assert len(set(answers)) == 1
    with app.app_context():
        assert session.scalar(select(func.count()).select_from(Receipt)) == 1
        assert session.get_one(Edition, field.edition_id).last_dossier_number == 1


def test_a_co_author_sends_files_and_not_the_one_another_is_sending(
    app: Flask, scene: Scene, other: Person, draft: Entry
) -> None:
    joined(scene, draft, other)
    with unit_of_work():
        under_way = scene.attach(
            session.get_one(Entry, draft.id), scene.entrant, "uploading", fingerprint=fingerprint(["1" * 64])
        )
    guest = Browser(app, other)
    at = f"/{scene.slug}/tac-pham/{draft.public_id}/tep"
    place = {"slot": "page", "part": draft.parts[0].public_id, "name": "trang-2.pdf"}
    mine = guest.post_json(f"{at}/bat-dau", {**place, "size": 1000, "part_hashes": ["2" * 64]})
    assert mine.status_code == 200, mine.text
    twin = guest.post_json(f"{at}/bat-dau", {**place, "size": under_way.size, "part_hashes": ["1" * 64]})
    assert twin.status_code == 403
    assert twin.json["code"] == "underway"
    with unit_of_work():
        entry = session.get_one(Entry, draft.id)
        entry.authors[1].fills = False
    assert guest.post_json(f"{at}/bat-dau", {**place, "size": 1, "part_hashes": ["3" * 64]}).status_code == 403
