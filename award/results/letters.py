"""Letters that tell of the results. They are written once the results are public, each of them once."""

from collections.abc import Callable, Sequence

from flask_babel import gettext as _

from award import dates
from award.editions.models import Edition
from award.letters.queries import Written, worded
from award.messages.operations import post
from award.people.letters import address, rendered
from award.results.lines import within
from award.results.models import Decision, NameCorrection, Ruling
from award.results.queries import Addressee, title_of
from award.results.works import PrizeWork

WINNER, OTHER = "winner", "without_prize"


def tell_winner(edition: Edition, to: Addressee, works: Sequence[PrizeWork], decision: Decision) -> None:
    """The letter with the prizes of a work, the same work with each of them, goes out after the commit.

    It cites the paper that gave a prize later where one did.
    """
    values, house = winner_words(edition, works, decision)
    subject, body = worded(edition, WINNER, values, house)
    post(kind="result", to_address=to.email, subject=subject, body=body, dedupe_key=_key(edition, to))


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
    subject, body = worded(edition, OTHER, values, house)
    post(kind="result", to_address=to.email, subject=subject, body=body, dedupe_key=_key(edition, to))


def other_words(edition: Edition, title: str) -> tuple[dict[str, str], Callable[[], Written]]:
    """The same of the letter to who has no prize."""
    link = address("results.public", slug=edition.slug)

    def house() -> Written:
        body = rendered("results/mail/other.txt", edition=edition, title=title, link=link)
        return _("%(edition)s đã công bố kết quả", edition=edition.name), body

    return {"ten_tac_pham": title, "lien_ket": link}, house


def tell_of_revocation(edition: Edition, to: Addressee, row: Ruling, level: str) -> None:
    """The letter that says by which paper the prize was taken back, and why."""
    subject = _("Thu hồi %(level)s, %(edition)s", level=within(level), edition=edition.name)
    _after(edition, to, row, subject, what="revoked", level=within(level))


def tell_of_later_prize(edition: Edition, to: Addressee, row: Ruling, level: str) -> None:
    """The letter that says by which paper the work has the prize now."""
    _after(edition, to, row, _("Kết quả %(edition)s", edition=edition.name), what="awarded", level=within(level))


def tell_of_lowering(edition: Edition, to: Addressee, row: Ruling, former: str, level: str) -> None:
    """The letter that says by which paper the prize was lowered, to what, and why."""
    subject = _("Hạ mức giải, %(edition)s", edition=edition.name)
    _after(edition, to, row, subject, what="lowered", level=within(level), former=within(former))


def tell_of_correction(edition: Edition, to: Addressee, row: NameCorrection) -> None:
    """The letter that says which word reads otherwise now, and that there is another certificate."""
    _after(edition, to, row, _("Đính chính kết quả %(edition)s", edition=edition.name), what="corrected", level="")


def _after(
    edition: Edition,
    to: Addressee,
    row: Ruling | NameCorrection,
    subject: str,
    *,
    what: str,
    level: str,
    former: str = "",
) -> None:
    link = address("results.public", slug=edition.slug)
    title = title_of(to.entry_id)
    words = {"edition": edition, "row": row, "what": what, "level": level, "former": former}
    body = rendered("results/mail/later.txt", title=title, link=link, **words)
    post(
        kind="result", to_address=to.email, subject=subject, body=body, dedupe_key=f"{what}:{row.public_id}:{to.email}"
    )


def _key(edition: Edition, to: Addressee) -> str:
    return f"result:{edition.public_id}:{to.entry_id}:{to.email}"
