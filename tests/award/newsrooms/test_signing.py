"""A list signed on paper: what is printed, what its scan says, and all its works attested at once."""

import io
from collections.abc import Collection
from datetime import date

import pypdfium2
import pytest
from PIL import Image

from award.dates import end_of_day
from award.db import session
from award.editions.models import Clause
from award.entries.models import Authorship, Entry
from award.entries.queries import plain_dossiers_of
from award.features import origins_of
from award.files.models import File
from award.newsrooms import operations, papers, queries, showing, signers, signing
from award.newsrooms.models import SignedList
from award.newsrooms.queries import Work
from award.verdicts import Refused
from tests.award.documents.reading import flat, printed_over
from tests.award.entries.conftest import made_file
from tests.award.newsrooms.conftest import Press
from uploads import qr

pytestmark = pytest.mark.db

ADDRESS = "https://giai.example.vn/iii-2023/danh-sach-ky/"


def words(work: Work) -> tuple[str, str]:
    return showing.authors(work.read), showing.appeared(work.read)


def printed(press: Press, who: str = "secretary") -> str:
    with press.at_work() as edition:
        listed = signing.print_list(standing=press.standing(who), edition=edition, organ=press.organ(), appeared=words)
        return listed.public_id


def the(key: str) -> SignedList:
    return session.query(SignedList).filter(SignedList.public_id == key).one()


def scanned(press: Press, key: str, state: str = "ready") -> None:
    with press.at_work():
        the(key).scan_id = made_file(press.people["secretary"], state).id


def back(
    press: Press, key: str, *codes: str, seen: bool = False, who: str = "secretary", signed: Collection[int] = ()
) -> operations.Outcome:
    with press.at_work() as edition:
        return signing.take_back(
            standing=press.standing(who),
            edition=edition,
            organ=press.organ(),
            listed=the(key),
            codes=codes,
            address=ADDRESS + key,
            seen=seen,
            signatory="Trần Minh, Tổng Biên tập",
            signed_on=date(2023, 9, 28),
            signed=signed,
        )


def scan_of(paper: bytes, angle: float) -> list[bytes]:
    """The pages as a scanner gives them back: turned a little, grey, as the house keeps them for reading."""
    pages = []
    for page in pypdfium2.PdfDocument(paper):
        seen = page.render(scale=1600 / max(page.get_size())).to_pil().convert("L")
        out = io.BytesIO()
        seen.rotate(angle, fillcolor=245, resample=Image.Resampling.BICUBIC).save(out, "WEBP", quality=80)
        pages.append(out.getvalue())
    return pages


@pytest.mark.parametrize("angle", [0, 2.5, 180])
def test_the_scan_of_the_paper_says_which_list_it_is(press: Press, angle: float) -> None:
    for n in range(40):
        press.submitted(f"Tác phẩm số {n} viết về việc giữ lời hứa với dân ở vùng đồng bào miền núi")
    key = printed(press)
    with press.at_work() as edition:
        paper = papers.list_pdf(the(key), edition, press.organ(), address=ADDRESS + key)
    pages = scan_of(paper, angle)
    assert len(pages) >= 2
    for page in pages:
        assert qr.read_picture(page) == [ADDRESS + key]


def test_the_paper_names_every_work_and_is_the_same_again(press: Press) -> None:
    press.submitted("Đường về bản")
    key = printed(press)
    with press.at_work() as edition:
        drawn = [papers.list_pdf(the(key), edition, press.organ(), address=ADDRESS + key) for _ in range(2)]
        assert not printed_over(drawn[0])
    assert drawn[0] == drawn[1]
    text = pypdfium2.PdfDocument(drawn[0])[0].get_textpage().get_text_bounded()
    for said in ("BÁO BIỂN XANH", "KH3-0001", "Đường về bản", "Người reporter", "02/3/2023", "LÃNH ĐẠO CƠ QUAN", key):
        assert said in text, text


def test_a_newsroom_that_never_signs_in_attests_all_by_one_signed_list(press: Press) -> None:
    works = [press.submitted(f"Tác phẩm số {n}") for n in range(12)]
    key = printed(press)
    scanned(press, key)
    assert len(back(press, key, ADDRESS + key).done) == 12
    assert all(press.said(work) == [("confirmed", "")] for work in works)
    with press.at_work() as edition:
        listed = the(key)
        assert listed.read_from_scan
        assert (listed.signatory, listed.signed_on) == ("Trần Minh, Tổng Biên tập", date(2023, 9, 28))
        assert queries.standing([press.entry(works[0]).id])[press.entry(works[0]).id].list_id == listed.id
        assert queries.counts(edition.id, press.organ().family) == {"confirmed": 12}
    with pytest.raises(Refused) as again:
        back(press, key, ADDRESS + key)
    assert again.value.verdict.code == "returned"


@pytest.mark.parametrize(("last", "counts"), [(date(2023, 9, 27), False), (date(2023, 9, 28), True)])
def test_a_list_counts_by_the_day_it_was_signed_whenever_it_comes_back(press: Press, last: date, counts: bool) -> None:
    work = press.submitted("Đường về bản")
    key = printed(press)
    scanned(press, key)
    with press.at_work() as edition:
        edition.confirmation_day, edition.confirmation_at = last, end_of_day(last)
    if counts:
        assert back(press, key, ADDRESS + key).done
    else:
        with pytest.raises(Refused, match="late"):
            back(press, key, ADDRESS + key)
    assert press.said(work) == ([("confirmed", "")] if counts else [])


def test_once_the_scan_is_here_the_newsroom_reads_that_nothing_is_left_to_it(press: Press) -> None:
    work = press.submitted("Đường về bản")
    key = printed(press)
    contact, there = press.visitor(), f"/iii-2023/danh-sach-ky/{key}"
    assert "Chờ bản ký" in contact.get(there).text
    assert "Xác nhận 1 tác phẩm" in contact.get("/ban-lam-viec").text
    scanned(press, key)
    assert "Có bản quét, chờ đối chiếu" in contact.get(there).text
    assert "Chờ bản ký" not in contact.get(there).text
    desk = contact.get("/ban-lam-viec").text
    assert "Xác nhận 1 tác phẩm" not in desk
    assert "Đã có bản ký của Báo Biển Xanh: Tổ Thư ký đang đối chiếu" in desk
    shown = contact.get(press.desk()).text
    assert "Xác nhận 1 tác phẩm" not in shown
    assert "Có bản ký, chờ đối chiếu" in shown
    another = press.submitted("Người giữ biển")
    assert "Xác nhận 1 tác phẩm" in contact.get("/ban-lam-viec").text
    asked = contact.get(press.desk("/xac-nhan")).text
    assert f'value="{another}.' in asked
    assert f'value="{work}.' not in asked


def test_the_scan_of_another_list_is_refused(press: Press) -> None:
    press.submitted("Đường về bản")
    one, other = printed(press), printed(press)
    scanned(press, one)
    with pytest.raises(Refused) as refused:
        back(press, one, ADDRESS + other, seen=True)
    assert refused.value.verdict.code == "other_list"


def test_without_a_readable_code_a_person_has_looked(press: Press) -> None:
    work = press.submitted("Đường về bản")
    key = printed(press)
    scanned(press, key)
    with pytest.raises(Refused) as refused:
        back(press, key, "https://dau-khac.vn")
    assert refused.value.verdict.code == "no_code"
    back(press, key, seen=True)
    assert press.said(work) == [("confirmed", "")]
    with press.at_work():
        assert not the(key).read_from_scan


def test_a_work_that_changed_since_the_print_is_left(press: Press) -> None:
    kept, changed = press.submitted("Đường về bản"), press.submitted("Người giữ biển")
    key = printed(press)
    with press.at_work():
        press.entry(changed).title = "Người giữ biển và con thuyền"
    scanned(press, key)
    outcome = back(press, key, ADDRESS + key)
    with press.at_work():
        assert outcome == ((press.entry(kept).code,), (press.entry(changed).code,))


def undeclared(press: Press, title: str, *names: str) -> str:
    """A draft whose authors have no account and have declared nothing yet."""
    with press.at_work():
        entry = press.scene.draft(press.people["contact"], title=title, declared={})
        (first,) = entry.authors
        first.person_id, first.legal_name = None, names[0]
        for n, name in enumerate(names[1:], start=2):
            entry.authors.append(Authorship(ordinal=n, legal_name=name, phone=f"0905 000 00{n}"))
        return entry.public_id


def test_authors_without_an_account_declare_on_the_same_list_and_its_scan_is_the_evidence(press: Press) -> None:
    attested = press.submitted("Đường về bản")
    with press.at_work():  # declared for them when the work came in by a list: nothing is left to sign
        (author,) = press.entry(attested).authors
        author.person_id, author.legal_name = None, "Đỗ Thị Sao"
    both = undeclared(press, "Người giữ biển", "Trần Thị Sóng", "Lê Văn Gió")
    half = undeclared(press, "Sau cơn bão", "Trần Thị Sóng", "Võ Thị Mưa")
    key = printed(press)
    with press.at_work() as edition:
        listed = the(key)
        assert [line["title"] for line in listed.works] == ["Đường về bản", "Người giữ biển", "Sau cơn bão"]
        assert [(each["name"], each["lines"]) for each in listed.people] == [
            ("Trần Thị Sóng", [2, 3]),
            ("Lê Văn Gió", [2]),
            ("Võ Thị Mưa", [3]),
        ]
        drawn = papers.list_pdf(listed, edition, press.organ(), address=ADDRESS + key)
        text = flat("".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(drawn)))
        for said in ("Tôi cam kết tác phẩm", "Tôi đồng ý để Ban Tổ chức", "Võ Thị Mưa", "2, 3", "chưa nộp"):
            assert said in text, text
        listed.scan_id = made_file(press.people["secretary"], "ready", sha256="ab" * 32).id
    back(press, key, ADDRESS + key, signed={0, 1})
    assert press.said(attested) == [("confirmed", "")]
    with press.at_work():
        for code in ("commitment", "consent"):
            declared = press.entry(both).declared[code]
            assert (declared["version"], declared["list"], declared["scan"]) == (1, key, "ab" * 32)
        assert press.entry(half).declared == {}, "one of its authors has not signed"
        assert [each["signed"] for each in the(key).people] == [True, True, False]
        told = origins_of(press.entry(half).id)
        assert [name for name, _words in told] == ["Cam kết, đồng ý trên giấy"]
        assert told[0][1].startswith(f"Trần Thị Sóng ký trên danh sách {key}, ghi nhận ")
        assert "mã kiểm chứng của bản quét: abababababababab" in told[0][1]
        assert "Võ" not in told[0][1]
    page = press.visitor("secretary").get(f"/iii-2023/danh-sach-ky/{key}").text
    assert "ab" * 32 in page
    assert page.count("chưa ký</") == 1


def test_the_list_keeps_the_words_that_were_printed_and_other_words_are_asked_anew(press: Press) -> None:
    def says(words: str) -> None:
        with press.at_work() as edition:
            clause = next((each for each in edition.clauses if each.code == "declare_commitment"), None)
            if clause is None:
                clause = Clause(edition_id=edition.id, code="declare_commitment")
                session.add(clause)
            clause.value = {"text": words}

    def lacks(key: str) -> frozenset[str]:
        with press.at_work():
            entry_id = press.entry(key).id
            return signers.lacking(plain_dossiers_of([entry_id])[entry_id])

    says("Tôi xin cam kết theo Thể lệ.")
    work = undeclared(press, "Người giữ biển", "Trần Thị Sóng")
    first = printed(press)
    says("Tôi xin cam kết theo Thể lệ đã sửa.")
    with press.at_work():
        assert showing.declared_words(the(first))[0] == "Tôi xin cam kết theo Thể lệ."
    scanned(press, first)
    back(press, first, ADDRESS + first, signed={0})
    with press.at_work():
        assert press.entry(work).declared["commitment"]["list"] == first
    assert lacks(work) == {"commitment"}, "what was signed is not what is asked now"
    second = printed(press)
    scanned(press, second)
    back(press, second, ADDRESS + second, signed={0})
    assert lacks(work) == set()
    with press.at_work():
        declared = press.entry(work).declared
        assert (declared["commitment"]["list"], declared["consent"]["list"]) == (second, first)
        assert (the(first).words["commitment"]["version"], declared["commitment"]["version"]) == (1, 2)


def test_what_the_secretariat_ticks_is_who_signed(press: Press) -> None:
    work = undeclared(press, "Người giữ biển", "Trần Thị Sóng", "Lê Văn Gió")
    ticked: list[tuple[dict[str, object], bool]] = [({"nguoi": ["1"]}, False), ({"all_signed": "y"}, True)]
    for form, done in ticked:
        key = printed(press)
        scanned(press, key)
        there = f"/iii-2023/danh-sach-ky/{key}"
        said = {"signatory": "Trần Minh", "signed_on": "28/9/2023", "seen": "y", **form}
        page = press.visitor("secretary").post(there, said, follow_redirects=True).text
        assert f"Đã ghi cam kết, đồng ý của {2 if done else 1} tác giả theo bản ký." in page
        with press.at_work():
            assert bool(press.entry(work).declared) is done


def test_a_draft_that_changed_since_the_print_declares_nothing(press: Press) -> None:
    work = undeclared(press, "Người giữ biển", "Trần Thị Sóng")
    key = printed(press)
    with press.at_work():
        press.entry(work).title = "Người giữ biển và con thuyền"
    scanned(press, key)
    back(press, key, ADDRESS + key, signed={0})
    with press.at_work():
        assert press.entry(work).declared == {}


@pytest.mark.parametrize("state", ["uploading", "verifying", "rejected"])
def test_a_scan_that_is_not_there_yet_attests_nothing(press: Press, state: str) -> None:
    press.submitted("Đường về bản")
    key = printed(press)
    scanned(press, key, state)
    with pytest.raises(Refused) as refused:
        back(press, key, ADDRESS + key)
    assert refused.value.verdict.code == "scan"


def test_who_prints_and_who_records(press: Press) -> None:
    press.submitted("Đường về bản")
    key = printed(press, "contact")
    for who in ("reporter", "outsider", "auditor"):
        with pytest.raises(Refused):
            printed(press, who)
    scanned(press, key)
    for who in ("contact", "auditor"):
        with pytest.raises(Refused):
            back(press, key, ADDRESS + key, who=who)


def test_an_empty_list_is_not_printed(press: Press) -> None:
    with press.at_work():
        press.scene.draft(press.people["reporter"])
    with pytest.raises(Refused) as refused:
        printed(press)
    assert refused.value.verdict.code == "nothing"
    assert press.visitor().post(press.desk("/danh-sach-ky")).status_code == 303
    with press.at_work():
        assert session.query(Entry).count() == 1


def test_what_a_digital_signature_says_is_shown_and_not_vouched_for(press: Press) -> None:
    press.submitted("Đường về bản")
    key = printed(press)
    scanned(press, key)
    said = {
        "name": "Trần Minh",
        "issuer": "CA minh họa",
        "at": "2023-09-28T02:30:00+00:00",
        "reason": "",
        "whole": False,
    }
    with press.at_work():
        file = session.get_one(File, the(key).scan_id)
        file.facts = {**file.facts, "signatures": [said]}
    page = press.visitor("secretary").get(f"/iii-2023/danh-sach-ky/{key}").text
    told = "Chữ ký số ghi tên Trần Minh, chứng thư do CA minh họa cấp, ghi thời điểm 09:30, ngày 28/9/2023."
    assert f"{told} Tệp có phần thêm vào sau chữ ký này." in page
    assert "Hệ thống không kiểm tra chữ ký số, chứng thư số." in page
