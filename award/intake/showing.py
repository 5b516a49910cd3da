"""What the pages of the ledger show: how a parcel came, whether it counts, what it holds."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import force_locale
from flask_babel import gettext as _

from award.editions import posting
from award.editions.models import Edition
from award.entries.models import Entry
from award.intake import pieces, queries
from award.intake.codes import code_of
from award.intake.models import Parcel, Piece
from award.intake.queries import Line
from award.languages import OWN


def told(piece: Piece) -> pieces.Told:
    return pieces.Told(piece.kind, piece.count, piece.words)


def held(parcel: Parcel) -> str:
    """The things that are still here, in one line as it is typed: in Vietnamese whoever reads."""
    with force_locale(OWN):
        return pieces.said([told(each) for each in parcel.pieces if each.handover_id is None])


def things(parcel: Parcel) -> str:
    """Everything that came, in one line."""
    return pieces.said([told(each) for each in parcel.pieces])


def kept_at(parcel: Parcel) -> str:
    """Where its things lie."""
    return ", ".join(dict.fromkeys(each.kept_at for each in parcel.pieces if each.kept_at and each.handover_id is None))


def code(edition: Edition, parcel: Parcel) -> str:
    return code_of(edition.code_prefix, parcel.number)


def registered(edition: Edition, line: Line) -> str:
    """What was just written down, in a sentence."""
    said = _("Đã ghi số %(n)s: %(sender)s.", n=line.parcel.number, sender=line.parcel.sender)
    if line.works and not line.works[0].begun:
        said += " " + _("Đã gắn với hồ sơ %(code)s “%(title)s”.", code=line.works[0].code, title=line.works[0].title)
    elif line.works:
        said += " " + _("Đã lập hồ sơ “%(title)s”.", title=line.works[0].title)
    elif not posting.in_time(edition, line.parcel.came):
        said += " " + posting.verdict(edition, line.parcel.came)
    return str(said)


def placed(numbers: Sequence[int], unread: int) -> str:
    """What one act of putting scans to their parcels did."""
    said = []
    if numbers:
        listed = ", ".join(str(number) for number in sorted(numbers))
        said.append(_("Đã gắn %(n)s bản quét: gói số %(numbers)s.", n=len(numbers), numbers=listed))
    if unread:
        said.append(_("%(n)s bản quét chưa đọc được nhãn: ghi số gói cho từng bản.", n=unread))
    return " ".join(said) or str(_("Chưa gắn được: không có gói nào mang số này, hoặc gói đã đủ bản quét."))


@dataclass(frozen=True)
class Came:
    """How a dossier's paper came, as who screens it reads."""

    key: str
    code: str
    way: str
    verdict: str
    in_time: bool
    things: str


def came_with(edition: Edition, entry: Entry) -> Sequence[Came]:
    """The parcels beside a dossier."""
    return [
        Came(
            parcel.public_id,
            code(edition, parcel),
            posting.words(parcel.came),
            posting.verdict(edition, parcel.came),
            posting.in_time(edition, parcel.came),
            things(parcel),
        )
        for parcel in queries.parcels_of(entry.id)
    ]
