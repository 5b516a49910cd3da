"""A sitting of the council: who is there, one work on the table, a secret ballot on everybody's own device, the end."""

from collections.abc import Sequence

from demonstration.season.browser import Unexpected
from demonstration.season.person import Person

YES, NO = "Đồng ý", "Không đồng ý"
OPENS = "Mở bỏ phiếu kín"


def sits(chair: Person, slug: str, tellers: Sequence[Person]) -> None:
    """The council sits with everybody on its roll, and these count."""
    address = f"/{slug}/phien-hop"
    page = chair.presses(chair.opens(address), "Chuẩn bị phiên họp")
    roll = page.form(action=f"{address}/diem-danh")
    everybody = [value for value, _name in roll.choices["person"]]
    page = chair.sends(page, roll.fill(person=everybody))
    counting = page.form(action=f"{address}/kiem-phieu")
    page = chair.sends(page, counting.choose("person", *(each.name for each in tellers)))
    chair.presses(page, "Bắt đầu phiên họp")


def asks(chair: Person, slug: str, title: str, level: str) -> None:
    """The work is on the table, and every device shows a ballot: this prize, or not."""
    page = chair.opens(f"/{slug}/phien-hop")
    item = next((href for href, words in page.links() if words.endswith(title)), None)
    if item is None:
        raise Unexpected(f"{title} is not on the agenda: {page.words()[:500]}")
    page = chair.presses(chair.opens(item), "Đưa ra xét")
    form = page.form(button=OPENS)
    value = next(value for value, words in form.choices["level"] if words.startswith(level))
    chair.sends(page, form.fill(level=value), OPENS)


def casts(voter: Person, slug: str, choice: str) -> None:
    """The voter's ballot is in."""
    page = voter.presses(voter.opens(f"/{slug}/phien-hop"), choice)
    if "Đã nhận phiếu" not in page.words():
        raise Unexpected(f"the ballot of {voter.email} was not taken: {page.words()[:500]}")


def counts(chair: Person, slug: str, level: str) -> None:
    """The ballots are counted, enough agreed, and the sitting is over."""
    address = f"/{slug}/phien-hop"
    page = chair.presses(chair.opens(address), "Kết thúc bỏ phiếu")
    if f"{level}: đạt" not in page.words():
        raise Unexpected(f"{level} was not voted: {page.words()[:500]}")
    page = chair.opens(f"{address}/ket-thuc")
    chair.sends(page, page.form(action=f"{address}/ket-thuc"))
