"""What came to the secretariat by post and by hand in the demonstration: beside works that were entered, and alone."""

from datetime import timedelta

from sqlalchemy import exists, select

from award.clock import now
from award.dates import local
from award.db import session
from award.editions.models import Edition
from award.entries.models import Entry
from award.entries.queries import submitted
from award.intake import operations
from award.intake.models import Parcel
from award.intake.operations import Sent
from award.intake.pieces import read
from award.people.models import Person
from demonstration.cast import seen_from

SENT = (
    ("post", "1 bì, 3 bản in", "Tủ 1, ngăn 2"),
    ("hand", "1 USB, 1 bản in", "Tủ 1, ngăn 3"),
    ("post", "1 bì", "Tủ 1, ngăn 2"),
)


def write_down(edition: Edition, secretary: Person) -> None:
    """A few lines stand in the ledger, the last without a work; what stands there already is left alone."""
    if session.scalar(select(exists().where(Parcel.edition_id == edition.id))):
        return
    by, works = seen_from(edition, secretary), list(session.scalars(submitted(edition.id).limit(len(SENT) - 1)))
    for n, (channel, things, kept_at) in enumerate(SENT):
        work: Entry | None = works[n] if n < len(works) else None
        sender = work.authors[0].legal_name if work is not None else "Hội Nhà báo tỉnh"
        parcel = operations.register(
            by=by,
            edition=edition,
            sent=Sent(channel, sender, postmark=local(now()).date() - timedelta(days=2) if channel == "post" else None),
            stamped_at=now(),
            pieces=read(things),
            kept_at=kept_at,
        )
        if work is not None:
            operations.attach(by=by, edition=edition, parcel=parcel, entry=work)
