"""Nothing goes on to the national award whose authors did not agree: they are asked, named, and may say so later."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from award.clock import now, stopped_at
from award.db import session, unit_of_work
from award.editions.models import Category, Clause, Edition
from award.entries.models import Entry
from award.log.models import Event
from award.messages.models import Message
from award.nominations.asking import AGAIN_AFTER, lacking, letters
from award.nominations.models import Nomination
from award.nominations.national import Candidate, findings
from award.nominations.queries import rules_of
from award.people.models import Consent, Person
from award.people.operations import REGISTRATION, give_consent
from award.results.models import NameCorrection
from tests import factories
from tests.award.results.rows import Outcome, work
from tests.visitor import Visitor

LIST = "/iii-2023/gui-trung-uong"
WORDS = "Tôi đồng ý gửi tác phẩm dự Giải Búa liềm vàng."


@pytest.fixture
def asking(app: Flask, ranked: Outcome) -> Outcome:
    """The edition asks for the consent; nobody has agreed yet."""
    with app.app_context(), unit_of_work():
        value = {"text": WORDS}
        session.add(Clause(edition_id=ranked.edition_id, code="declare_forwarding", source="Điều 8", value=value))
    return ranked


def chosen(app: Flask) -> set[int]:
    with app.app_context():
        return set(session.scalars(session.query(Nomination.entry_id).statement))


def test_without_consent_a_work_is_listed_for_a_written_one_only(app: Flask, asking: Outcome) -> None:
    organiser, first = Visitor(app, asking.organiser), asking.works[0]
    assert "Chưa đồng ý gửi dự: Nguyễn Thị Vân." in organiser.get(LIST).text
    refused = organiser.post(f"{LIST}/chon/{first.public_id}")
    assert refused.status_code == 422
    assert "Tác giả chưa đồng ý gửi dự" in refused.text
    assert chosen(app) == set()
    assert (
        organiser.post(f"{LIST}/chon/{first.public_id}", {"reason": "Giấy đồng ý ngày 02/10/2023"}).status_code == 303
    )
    assert chosen(app) == {first.id}


def test_whose_work_it_is_agrees_later_and_may_take_it_back_until_it_is_sent(app: Flask, asking: Outcome) -> None:
    work = asking.works[0]
    with app.app_context():
        owner = session.get_one(Person, work.owner_id)
        assert owner.user is not None
    visitor, page = Visitor(app, owner), f"/iii-2023/tac-pham/{work.public_id}/gui-trung-uong"
    assert "Chưa đồng ý gửi dự Giải Trung ương" in visitor.get(page.removesuffix("/gui-trung-uong")).text
    assert WORDS in visitor.get(page).text
    assert Visitor(app, asking.secretary).get(page).status_code == 404
    assert visitor.post(page, {"agreed": "y"}).status_code == 303
    organiser = Visitor(app, asking.organiser)
    assert organiser.post(f"{LIST}/chon/{work.public_id}").status_code == 303
    assert visitor.post(page).status_code == 303
    with app.app_context(), unit_of_work():
        assert "forwarding" not in session.get_one(Entry, work.id).declared
        kinds = session.query(Event.kind).filter(Event.kind.like("entry.forwarding%")).order_by(Event.id)
        assert [kind for (kind,) in kinds] == ["entry.forwarding_agreed", "entry.forwarding_taken_back"]
        session.query(Nomination).one().state = "sent"
    assert visitor.post(page, {"agreed": "y"}).status_code == 403


def test_an_author_who_took_back_the_consent_is_named(app: Flask, ranked: Outcome) -> None:
    with app.app_context(), unit_of_work():
        person = factories.person("Nguyễn Thị Vân")
        session.get_one(Entry, ranked.works[0].id).authors[0].person_id = person.id
        consent: Consent = give_consent(person=person, purpose=REGISTRATION)
        give_consent(person=person, purpose="payment")  # another purpose says nothing of this one
        consent.withdrawn_at = now()
    page = Visitor(app, ranked.organiser).get(LIST).text
    assert page.count("Đã rút lại đồng ý sử dụng thông tin: Nguyễn Thị Vân.") == 1
    assert "Chưa đồng ý gửi dự" not in page, "an edition that does not ask waits for nobody"


@pytest.mark.parametrize(
    ("lacking", "taken_back", "codes"),
    [((), (), []), (("A",), (), ["not_agreed"]), ((), ("B",), ["taken_back"]), (("A",), ("A",), None)],
)
def test_both_bar(lacking: tuple[str, ...], taken_back: tuple[str, ...], codes: list[str] | None) -> None:
    national = rules_of(factories.NationalEdition(name="", barred_prizes=[], one_per_author=False))
    found = findings(Candidate((), (), frozenset(), lacking, taken_back), national)
    assert [each.code for each in found] == (codes if codes is not None else ["not_agreed", "taken_back"])
    assert all(each.bars for each in found)


PAGE, PREVIEW = f"{LIST}/hoi-y-kien", f"{LIST}/hoi-y-kien/xem-truoc"


def corrected_title(entry: Entry, reads: str) -> NameCorrection:
    said = {"field": "title", "stood": entry.title, "reads": reads, "reason": "Ghi sai"}
    return NameCorrection(edition_id=entry.edition_id, entry_id=entry.id, state="confirmed", done_at=now(), **said)


def letters_since(before: set[int]) -> list[Message]:
    return list(session.scalars(select(Message).where(Message.id.not_in(before)).order_by(Message.id)))


def test_who_may_agree_is_written_to_once_after_a_look_at_how_many_and_what(app: Flask, asking: Outcome) -> None:
    with app.app_context(), unit_of_work():
        asking.decide()
        at = now()
        with stopped_at(at - timedelta(hours=1)):
            asking.publish(at)
        first, second, third = (session.get_one(Entry, work.id) for work in asking.works)
        second.owner_id = first.owner_id
        third.channel, third.came_at = "hand", now()
        email, keys = session.get_one(Person, first.owner_id).user.email, [first.public_id, second.public_id]
        session.add(corrected_title(second, "Đường lên bản"))
        before = set(session.scalars(select(Message.id)))
    secretary = Visitor(app, asking.secretary)
    assert PAGE in secretary.get(LIST).text
    shown = secretary.get(PAGE).text
    assert [f'value="{key}" checked' in shown for key in keys] == [True, True]
    assert "Không có tài khoản đã xác nhận: cần giấy đồng ý" in shown
    preview = secretary.post(PREVIEW, {"chon": [*keys, third.public_id]}).text
    assert "1 người nhận thư, về 2 tác phẩm." in preview
    for words in (WORDS, "“Đường lên bản”", f"/iii-2023/tac-pham/{keys[0]}/gui-trung-uong", "Gửi 1 thư"):
        assert words in preview
    assert "Kết quả của Giải chưa công bố" not in preview
    for _twice in range(2):
        assert secretary.post(PAGE, {"chon": [*keys, third.public_id]}).status_code == 303
    with app.app_context():
        sent = letters_since(before)
        assert [(each.kind, each.to_address) for each in sent] == [("forwarding_consent", email)]
        assert all(f"/{key}/gui-trung-uong" in sent[0].body for key in keys)
        asked = session.scalars(select(Event.subject_id).where(Event.kind == "entry.forwarding_asked")).all()
        assert sorted(asked) == sorted([first.id, second.id])
    assert 'name="chon"' not in secretary.get(PAGE).text
    assert "Không có ai để gửi thư" in secretary.post(PREVIEW, {"chon": keys}).text


def test_before_publication_every_eligible_work_is_offered_and_none_is_picked(app: Flask, asking: Outcome) -> None:
    with app.app_context(), unit_of_work():
        kind = session.get_one(Category, asking.category.id)
        owner = session.get_one(Person, asking.works[0].owner_id)
        other = work(asking.edition, kind, "Tác phẩm không có thứ hạng", owner=owner)
        keys = [*(each.public_id for each in asking.works), other.public_id]
    secretary = Visitor(app, asking.secretary)
    shown = secretary.get(PAGE).text
    assert [f'value="{key}">' in shown for key in keys] == [True] * 4
    preview = secretary.post(PREVIEW, {"tat_ca": "1"}).text
    assert all(f'name="chon" value="{key}"' in preview for key in keys)
    assert "Kết quả của Giải chưa công bố; thư này không cho biết kết quả." in preview


def test_only_a_letter_that_was_written_counts_and_one_that_was_lost_is_sent_again(app: Flask, asking: Outcome) -> None:
    with app.app_context(), unit_of_work():
        first, second, third = (session.get_one(Person, each.owner_id) for each in asking.works)
        assert len({first.id, second.id, third.id}) == 3
        first.user.email, second.user.confirmed_at = "nobody@nowhere.invalid", None
        before, email = set(session.scalars(select(Message.id))), third.user.email
    secretary, chosen = Visitor(app, asking.secretary), {"chon": [each.public_id for each in asking.works]}
    assert secretary.post(PAGE, chosen).status_code == 303
    with app.app_context(), unit_of_work():
        (sent,) = letters_since(before)
        assert sent.to_address == email
        asked = session.scalars(select(Event.subject_id).where(Event.kind == "entry.forwarding_asked")).all()
        assert asked == [asking.works[2].id]
        sent.state = "failed"
    assert "không đến" in secretary.get(PAGE).text
    assert secretary.post(PAGE, chosen).status_code == 303
    assert secretary.post(PAGE, chosen).status_code == 303
    with app.app_context():
        assert [each.to_address for each in letters_since(before)] == [email, email]
    with app.app_context():
        nobody = "nobody@nowhere.invalid"
        edition = session.get_one(Edition, asking.edition_id)
        assert [each.to.email for each in letters(lacking(edition, public=False), chosen["chon"])] == [nobody]
        with stopped_at(now() + AGAIN_AFTER):
            assert [each.to.email for each in letters(lacking(edition, public=False), chosen["chon"])] == [
                nobody,
                email,
            ]


def test_an_edition_that_does_not_ask_writes_to_nobody(app: Flask, ranked: Outcome) -> None:
    assert Visitor(app, ranked.secretary).get(f"{LIST}/hoi-y-kien").status_code == 404
    assert "hoi-y-kien" not in Visitor(app, ranked.secretary).get(LIST).text
