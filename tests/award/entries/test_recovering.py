"""What is received again of a work by its receipt; forged ones: tests/faults."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import delete, func, select

from award.clock import now
from award.db import new_public_id, session, unit_of_work
from award.entries import operations, queries, recovering
from award.entries.attesting import Statement
from award.entries.models import Authorship, Entry, Receipt
from award.files.holdings import Nobodys
from award.files.models import File
from award.log.models import Event
from award.people.models import Person
from award.verdicts import Refused
from tests import factories
from tests.award.entries.conftest import Scene
from tests.award.entries.presented import (
    OTHERWISE,
    as_a_draft_again,
    judging_that_has_begun,
    of_no_row,
    staff,
    statement,
)
from uploads import protocol


@pytest.mark.parametrize(
    ("found", "code", "words"),
    [*OTHERWISE, (judging_that_has_begun, "state", "Đã qua bước kiểm tra")],
)
def test_what_stands_otherwise_is_said_and_nothing_changes(
    scene: Scene, found: Callable[[Scene], Statement], code: str, words: str
) -> None:
    with unit_of_work():
        said = found(scene)
        session.flush()
        before = list(session.execute(select(Entry.public_id, Entry.state, Entry.title, Entry.code)).tuples())
        with pytest.raises(Refused) as refused:
            recovering.recover(by=staff(scene), edition=scene.edition, said=said)
        assert (refused.value.verdict.code, words in refused.value.verdict.sentence) == (code, True)
        session.flush()
        assert list(session.execute(select(Entry.public_id, Entry.state, Entry.title, Entry.code)).tuples()) == before
        assert session.scalar(select(func.count()).select_from(Receipt).where(Receipt.public_id == said.receipt)) == 0


def test_a_draft_nobody_has_touched_since_becomes_what_was_received_and_keeps_the_rest(scene: Scene) -> None:
    """As it stood at the moment the database came back to: its files and telephone number are no receipt's."""
    with unit_of_work():
        entry = scene.submitted()
        said, file_id = statement(entry), entry.files[0].file_id
        session.execute(delete(Receipt))
        entry.state, entry.code, entry.submitted_at = "draft", None, None
        entry.title, entry.changed_at = "Bản nháp", said.first_received_at - timedelta(hours=1)
        entry.authors[0].pen_name = ""
        session.flush()
        again = recovering.recover(by=staff(scene), edition=scene.edition, said=said)
    assert (again.state, again.absent) == ("same", ())
    session.expire_all()
    stands = session.scalars(select(Entry)).one()
    assert (stands.state, stands.code, stands.title) == ("submitted", said.code, "Giữ lời hứa với dân")
    assert (stands.parts[0].place, stands.newsroom_id) == ("Số 7520, trang 3", scene.organ_id)
    assert (stands.authors[0].phone, stands.authors[0].person_id) == ("0905 123 456", scene.entrant.id)
    assert [each.file_id for each in stands.files] == [file_id]
    assert stands.files[0].part_id == stands.parts[0].id


def test_where_the_account_is_gone_too_the_work_goes_to_the_one_that_is_named(scene: Scene) -> None:
    with unit_of_work():
        said = of_no_row(scene, owner=new_public_id())
        by, other = staff(scene), factories.person("Nguyễn Thị Vân")
        with pytest.raises(Refused) as refused:
            recovering.recover(by=by, edition=scene.edition, said=said)
        assert refused.value.verdict.code == "owner"
        recovering.recover(by=by, edition=scene.edition, said=said, owner=other)
    stands = session.scalars(select(Entry).where(Entry.code == "KH3-0009")).one()
    assert session.get_one(Person, stands.owner_id) is other
    assert [each.person_id for each in stands.authors] == [other.id]
    with unit_of_work():
        assert scene.submitted().code == "KH3-0010", "no later dossier gets its code"


def test_a_draft_keeps_what_its_co_authors_sent_and_may_do(scene: Scene) -> None:
    """Two of one name among them, one of whom is under age; the file came from a co-author."""
    with unit_of_work():
        entry, other = scene.draft(), factories.person("Trần Minh")
        young = {"minor": True, "guardian": "Trần Lan", "guardian_relation": "mẹ", "phone": "0905 000 001"}
        may = {"fills": True, "invite_key": "0123456789ab", "invited_at": now(), "joined_at": now()}
        named = {"legal_name": "Trần Minh", "employer_id": scene.organ_id}
        entry.authors += [Authorship(ordinal=2, **named, person_id=other.id, phone="0905 000 002", **may)]
        entry.authors += [Authorship(ordinal=3, **named, **young)]
        session.flush()
        sent = scene.attach(entry, other)
        operations.submit(by=scene.by(), edition=scene.edition, entry=entry, arrived_at=now())
        said = statement(entry)
        as_a_draft_again(entry, said.first_received_at - timedelta(hours=1))
        again = recovering.recover(by=staff(scene), edition=scene.edition, said=said)
    assert (again.state, again.absent) == ("same", ())
    session.expire_all()
    stands = session.scalars(select(Entry)).one()
    second, third = stands.authors[1:]
    assert (second.person_id, second.phone, second.fills, second.invite_key) == (
        other.id,
        "0905 000 002",
        True,
        "0123456789ab",
    )
    assert (third.phone, third.minor, third.guardian) == ("0905 000 001", True, "Trần Lan")
    assert sent.id in [each.file_id for each in stands.files]
    assert session.get(File, sent.id) is not None


def test_who_is_under_age_is_so_where_no_draft_is_left_and_by_whom_is_not_told(scene: Scene) -> None:
    with unit_of_work():
        entry = scene.draft()
        young = {"minor": True, "guardian": "Trần Lan", "guardian_relation": "mẹ", "phone": "0905 000 001"}
        entry.authors += [Authorship(ordinal=2, legal_name="Trần Minh", employer_id=scene.organ_id, **young)]
        session.flush()
        operations.submit(by=scene.by(), edition=scene.edition, entry=entry, arrived_at=now())
        said = statement(entry)
        assert "Trần Lan" not in str(said.received)
        unknown = {"entry": new_public_id(), "receipt": new_public_id()}
        said = replace(said, **unknown, received={**said.received, "code": "KH3-0009", "files": []})
        recovering.recover(by=staff(scene), edition=scene.edition, said=said)
    stands = session.scalars(select(Entry).where(Entry.code == "KH3-0009")).one()
    assert [(each.legal_name, each.minor, each.guardian) for each in stands.authors][1] == ("Trần Minh", True, "")


def test_a_work_from_a_parcel_was_typed_after_it_came(scene: Scene) -> None:
    """Its receipt says when the parcel came; nobody changed the draft since it was submitted."""
    with unit_of_work():
        entry = scene.submitted(channel="post", came_at=now() - timedelta(days=3))
        said = statement(entry)
        assert said.first_received_at < said.made_at - timedelta(days=2)
        as_a_draft_again(entry, said.made_at - timedelta(hours=1))
        again = recovering.recover(by=staff(scene), edition=scene.edition, said=said)
    assert again.state == "same"
    told = session.scalars(select(Event).where(Event.kind == "entry.received_again")).one()
    facts = json.loads(told.payload)["facts"]
    assert (facts["person"], facts["owner_named"]) == (scene.entrant.id, 0)


def test_bytes_that_were_there_before_are_not_what_was_only_promised(scene: Scene) -> None:
    """Whoever knows the fingerprint of somebody's file could promise it, and would have it by a receipt."""
    with unit_of_work():
        entry = scene.submitted()
        receipt = queries.last_receipt(entry.id)
        assert receipt is not None
        file = {**receipt.content["files"][0], "key": new_public_id(), "state": "due"}
        receipt.content = {**receipt.content, "files": [file]}
        part = ("a" * 64,)
        file["fingerprint"] = protocol.fingerprint(part)
        found = [Nobodys("originals/x", 1000, receipt.received_at - timedelta(hours=1), part)]
        assert recovering.attach_found(entry=entry, receipt=receipt, found=found) == [file["name"]]
        found = [Nobodys("originals/x", 1000, receipt.received_at + timedelta(hours=1), part)]
        assert recovering.attach_found(entry=entry, receipt=receipt, found=found) == []
