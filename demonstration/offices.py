"""Who issues the papers of an invented edition, and what is settled for each kind."""

from collections.abc import Mapping

from award.editions.issuing import KINDS, usual_form
from award.editions.models import Edition
from award.editions.operations.papers import BodySpec, PaperSpec, set_paper_bodies, settle_paper
from award.editions.permissions import Capacity
from award.editions.queries import paper_bodies

COMMITTEE, COUNCIL = "Ban Tổ chức Giải", "Hội đồng chấm Giải"
SECRETARY_OFFICE = "Lưu Tổ Thư ký (minh họa)"
_ISSUED_BY_COUNCIL = frozenset({"shortlist", "scores", "minutes"})


def settle_papers(hand: Capacity, edition: Edition) -> None:
    """Every kind of paper has its body, its signature and, where the kind asks for them, recitals and recipients."""
    form = usual_form(edition)
    parent = "Tỉnh ủy Khánh Hòa"
    set_paper_bodies(
        by=hand,
        edition=edition,
        bodies=[
            BodySpec(
                COMMITTEE, form, parent=parent, symbol="BTCG", post="Trưởng Ban", signer="Nguyễn Thanh Bình (minh họa)"
            ),
            BodySpec(
                COUNCIL,
                form,
                parent=COMMITTEE,
                symbol="HĐCG",
                authority="T/M Hội đồng",
                post="Chủ tịch",
                signer="Phạm Quốc Vinh (minh họa)",
            ),
        ],
    )
    committee, council = paper_bodies(edition.id)
    for code, kind in KINDS.items():
        body = council if code in _ISSUED_BY_COUNCIL else committee
        spec = PaperSpec(
            body=body,
            symbol=kind.symbol,
            recitals=_recitals(edition).get(code, []),
            recipients=_RECIPIENTS.get(code, []),
            funding="nguồn kinh phí tổ chức Giải năm nay (minh họa)",
            executors="Tổ Thư ký, các cơ quan báo chí và các tác giả có tên tại Điều 1",
            writer="Trần Thu Hiền (minh họa)",
        )
        settle_paper(by=hand, edition=edition, kind=kind, spec=spec)


def _recitals(edition: Edition) -> Mapping[str, list[str]]:
    year = edition.year
    rules = f"Căn cứ Thể lệ Giải, ban hành theo Quyết định số 00-QĐ/BTCG, ngày 15/5/{year} (minh họa)"
    return {
        "decision": [
            rules,
            f"Căn cứ Quy chế chấm Giải, ban hành theo Quyết định số 00-QĐ/BTCG, ngày 20/5/{year} (minh họa)",
        ],
        "submission": [rules, "Căn cứ kết quả làm việc của Hội đồng chấm Giải"],
        "commendation": [rules],
        "notice": ["Căn cứ Quyết định trao giải của Ban Tổ chức Giải"],
        "letter": ["Căn cứ Thể lệ giải Trung ương và kết quả chấm Giải của tỉnh"],
    }


_RECIPIENTS: Mapping[str, list[str]] = {
    "decision": ["Thường trực Tỉnh ủy (báo cáo)", "Như Điều 3", SECRETARY_OFFICE],
    "submission": ["Như trên", SECRETARY_OFFICE],
    "commendation": ["Thường trực Tỉnh ủy (báo cáo)", "Như Điều 3", SECRETARY_OFFICE],
    "notice": ["Các cơ quan báo chí có tác phẩm dự Giải", "Các tác giả, nhóm tác giả", SECRETARY_OFFICE],
    "letter": ["Như trên", SECRETARY_OFFICE],
}
