"""Who was given which file of a work as it came: told to who watches over the edition, silent of who judges now."""

from datetime import timedelta

from flask import Flask

from award import dates
from award.clock import now
from award.db import session, unit_of_work
from award.editions.models import FileSlot
from award.files import fetches
from award.files.models import Fetch
from tests import factories
from tests.award.oversight.test_log import lines
from tests.judging.rows import bench, file_of, judge
from tests.visitor import Visitor

PAGE = "/iii-2023/nhat-ky/tep"


def test_who_was_given_which_file_is_told_and_of_judges_when_their_round_is_over(app: Flask) -> None:
    with app.app_context(), unit_of_work():
        of = bench(works=2, judges=1, blind=False)
        auditor, secretary = (judge(of.edition, name, name) for name in ("auditor", "secretary"))
        slot = session.query(FileSlot).first()
        assert slot is not None
        one, two = (file_of(entry, slot, entry.parts[0], name=f"{entry.code}.pdf") for entry in of.works)
        of.open()
        fetches.note(file=one, person_id=secretary.id, saved=True)
        fetches.note(file=two, person_id=secretary.id, saved=False)
        fetches.note(file=one, person_id=of.judges[0].id, saved=False)
        administrator = factories.person("Phạm Quản Trị")
        assert administrator.user
        administrator.user.administrator = True
    watching, keeper, code = Visitor(app, auditor), Visitor(app, administrator), of.works[0].code
    asked = lines(watching, f"{PAGE}?ma={code}")
    assert f"{code}.pdf {code} secretary" in asked and "lưu về máy" in asked
    assert f"{of.works[1].code}.pdf" not in asked, "the address narrows it to one work"
    reader = of.judges[0].legal_name
    everywhere = (PAGE, f"{PAGE}?tai-ve=csv", f"{PAGE}?nguoi=nguyen")
    assert not any(reader in watching.get(address).text for address in everywhere)
    assert "secretary" in keeper.get("/kho-tep").text
    assert reader not in keeper.get("/kho-tep").text, "nor on the page of the store"
    assert f'{PAGE}?ma={code}"' in watching.get(f"/iii-2023/kiem-tra/{of.works[0].public_id}").text
    with app.app_context(), unit_of_work():
        session.merge(of.round).state = "closed"
    assert all(reader in watching.get(address).text for address in everywhere)
    assert reader in keeper.get("/kho-tep").text
    before = dates.typed_day(dates.local(now() - timedelta(days=1)).date())
    assert lines(watching, f"{PAGE}?ngay={before}") == ""


def test_the_list_goes_on_by_key_and_a_key_nobody_made_leads_to_its_top(app: Flask) -> None:
    with app.app_context():
        with unit_of_work():
            of = bench(works=1, judges=1, blind=False)
            slot = session.query(FileSlot).first()
            assert slot is not None
            file = file_of(of.works[0], slot, of.works[0].parts[0])
            hour = now().replace(minute=0, second=0, microsecond=0)
            for n in range(55):
                at = hour - timedelta(hours=n)
                session.add(Fetch(file_id=file.id, person_id=of.organiser.id, at=at, saved=bool(n % 2)))
        visitor = Visitor(app, of.organiser)
        first = visitor.get(PAGE).text
        behind = first.split(f"{PAGE}?sau=")[1].split('"')[0]
        assert lines(visitor, f"{PAGE}?sau={behind}").count(of.works[0].code or "") == 5
        for wrong in ("x", "1.2.3.4.5", "9" * 9 + ".a.b.c.1", "²" + behind):
            assert lines(visitor, f"{PAGE}?sau={wrong}").count(of.works[0].code or "") == 50
