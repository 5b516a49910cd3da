"""What a work of the list lacks is asked for by a letter that tells no outcome; no dossier is made before it came."""

from flask import Flask

from award.db import session, unit_of_work
from award.entries.models import Entry
from award.messages.models import Message
from award.nominations import queries
from award.nominations.models import Dossier
from award.people.models import Person
from tests.award.nominations.conftest import chosen
from tests.award.results.rows import Outcome
from tests.visitor import Visitor

LIST = "/iii-2023/gui-trung-uong"


def test_a_work_that_lacks_something_holds_the_dossier_up_until_it_came(app: Flask, ranked: Outcome) -> None:
    with app.app_context():
        with unit_of_work():
            chosen(ranked, *ranked.works[:2])
        key = queries.nominations(ranked.edition_id)[0].public_id
        owner = session.get_one(Person, session.get_one(Entry, ranked.works[0].id).owner_id)
        assert owner.user is not None
        email = owner.user.email
    secretary = Visitor(app, ranked.secretary)
    here = f"{LIST}/hoan-thien/{key}"
    assert secretary.post(here, {"what": "", "until": "05/11/2023"}).status_code == 422
    said = {"what": "Bản quét trang báo của kỳ 1", "until": "05/11/2023"}
    assert secretary.post(here, said).status_code == 303
    assert "Đang hoàn thiện hồ sơ" in secretary.get(LIST).text
    with app.app_context():
        (letter,) = session.query(Message).filter_by(kind="to_complete").all()
        assert letter.to_address == email
        assert "Bản quét trang báo của kỳ 1" in letter.body
        assert "ngày 05/11/2023" in letter.body
        assert not any(
            word in letter.subject + letter.body for word in ("Trung ương", "Búa liềm vàng", "đoạt", "gửi dự")
        )
    refused = secretary.post(f"{LIST}/ho-so")
    assert refused.status_code == 403
    assert "1 tác phẩm đang hoàn thiện hồ sơ" in refused.text
    assert "Chưa thực hiện việc này" in refused.text, "the headline is about the act, not about who reads"
    assert secretary.post(f"{here}/xong").status_code == 303
    assert secretary.post(f"{LIST}/ho-so").status_code == 303
    with app.app_context():
        assert session.query(Dossier).count() == 1
