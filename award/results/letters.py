"""Letters that tell of the results. They are written once the results are public, each of them once."""

from collections.abc import Callable, Sequence

from flask_babel import gettext as _

from award import dates
from award.db import session
from award.editions.models import Edition, PrizeLevel
from award.letters.operations import write
from award.letters.queries import Written
from award.people.letters import address, rendered
from award.results import rulings
from award.results.lines import within
from award.results.models import Decision, NameCorrection, Ruling
from award.results.queries import Addressee, title_of
from award.results.works import PrizeWork

WINNER, OTHER, CORRECTED = "winner", "without_prize", "result_corrected"
LATER = {"revoked": "prize_revoked", "awarded": "prize_later", "lowered": "prize_lowered"}
"""Kind of ruling → code of the letter that tells of it."""


def tell_winner(edition: Edition, to: Addressee, works: Sequence[PrizeWork], decision: Decision) -> None:
    """The letter with the prizes of a work, the same work with each of them, goes out after the commit.

    It cites the paper that gave a prize later where one did.
    """
    values, house = winner_words(edition, works, decision)
    write(edition, WINNER, to_address=to.email, values=values, house=house, dedupe_key=_key(edition, to))


def winner_words(
    edition: Edition, works: Sequence[PrizeWork], decision: Decision
) -> tuple[dict[str, str], Callable[[], Written]]:
    """What an edition's own words for it may hold, and the letter as the house writes it."""
    work = works[0]
    paper = next((each.awarded for each in works if each.awarded is not None), decision)
    levels = _(" và ").join(within(each.level.name) for each in works)
    link = address("results.work", slug=edition.slug, entry_id=work.key)
    values = {
        "tac_gia": work.author_words,
        "ten_tac_pham": work.title,
        "muc_giai": levels,
        "quyet_dinh": _("Quyết định số %(number)s, ngày %(day)s", number=paper.number, day=dates.day(paper.day)),
        "lien_ket": link,
    }

    def house() -> Written:
        told = {"edition": edition, "work": work, "levels": levels, "decision": paper, "link": link}
        return _("Kết quả %(edition)s", edition=edition.name), rendered("results/mail/winner.txt", **told)

    return values, house


def tell_other(edition: Edition, to: Addressee, title: str) -> None:
    """The letter to who took part without a prize goes out after the commit."""
    values, house = other_words(edition, title)
    write(edition, OTHER, to_address=to.email, values=values, house=house, dedupe_key=_key(edition, to))


def other_words(edition: Edition, title: str) -> tuple[dict[str, str], Callable[[], Written]]:
    """The same of the letter to who has no prize."""
    link = address("results.public", slug=edition.slug)

    def house() -> Written:
        body = rendered("results/mail/other.txt", edition=edition, title=title, link=link)
        return _("%(edition)s đã công bố kết quả", edition=edition.name), body

    return {"ten_tac_pham": title, "lien_ket": link}, house


def tell_later(edition: Edition, to: Addressee, row: Ruling | NameCorrection) -> None:
    """The letter about what a paper changed after the decision goes out after the commit, once for each paper.

    Of a prize taken back or lowered it says why; of one given later by which paper; of a word put right both words.
    """
    kind = LATER[row.kind] if isinstance(row, Ruling) else CORRECTED
    values, house = later_words(edition, to.entry_id, row)
    what = row.kind if isinstance(row, Ruling) else "corrected"
    key = f"{what}:{row.public_id}:{to.email}"
    write(edition, kind, to_address=to.email, values=values, house=house, dedupe_key=key)


def later_words(
    edition: Edition, entry_id: int, row: Ruling | NameCorrection
) -> tuple[dict[str, str], Callable[[], Written]]:
    """The same of the letters about what changed after the decision."""
    title, link = title_of(entry_id), address("results.public", slug=edition.slug)
    values = {"ten_tac_pham": title, "lien_ket": link}
    if isinstance(row, Ruling):
        level = within(rulings.level_of(row).name)
        decision = _("Quyết định số %(number)s, ngày %(day)s", number=row.number, day=dates.day(row.day))
        values |= {"muc_giai": level, "quyet_dinh": decision}
        if row.kind != "awarded":
            values["ly_do"] = row.reason
        if row.kind == "lowered":
            values["muc_giai_cu"] = within(session.get_one(PrizeLevel, row.former_level_id).name)
    else:
        empty = _("(để trống)")
        level, values = "", {**values, "truoc": row.stood or empty, "sau": row.reads or empty}

    def house() -> Written:
        what = row.kind if isinstance(row, Ruling) else CORRECTED
        subject = {
            "revoked": _("Thu hồi %(level)s, %(edition)s", level=level, edition=edition.name),
            "awarded": _("Kết quả %(edition)s", edition=edition.name),
            "lowered": _("Hạ mức giải, %(edition)s", edition=edition.name),
            CORRECTED: _("Đính chính kết quả %(edition)s", edition=edition.name),
        }[what]
        said = {"what": what, "title": title, "level": level, "former": values.get("muc_giai_cu", ""), "link": link}
        return subject, rendered("results/mail/later.txt", edition=edition, row=row, **said)

    return values, house


def _key(edition: Edition, to: Addressee) -> str:
    return f"result:{edition.public_id}:{to.entry_id}:{to.email}"
