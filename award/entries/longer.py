"""Entrants learn that works are taken for longer: everybody who has a draft or a submitted work in the edition."""

from flask_babel import gettext as _
from sqlalchemy import Select, select

from award.db import session
from award.editions.models import Edition
from award.editions.queries import extensions
from award.entries.models import Entry
from award.entries.permissions import changes_allowed
from award.messages.operations import post
from award.people.letters import address
from award.people.models import User


def tell_entrants(edition_id: int, act: str) -> None:
    """Each of them gets one letter for the extension `act`."""
    edition = session.get_one(Edition, edition_id)
    extension = extensions(edition_id)[0]
    lines = [extension.sentence, extension.why]
    if changes_allowed(edition):
        lines.append(_("Hồ sơ đã nộp vẫn có hiệu lực và còn sửa được đến khi hết thời hạn mới."))
    else:
        lines.append(_("Hồ sơ đã nộp vẫn có hiệu lực."))
    lines += [_("Xem hồ sơ: %(address)s", address=address("entries.mine", slug=edition.slug))]
    body = "\n\n".join([*lines, _("Trân trọng.")]) + "\n"
    for person_id, email in session.execute(_entrants(edition_id)).tuples():
        subject = _("Gia hạn nhận tác phẩm dự Giải")
        post(kind="extension", to_address=email, subject=subject, body=body, dedupe_key=f"extension:{act}:{person_id}")


def _entrants(edition_id: int) -> Select[*tuple[int, str]]:
    theirs = select(Entry.owner_id).where(Entry.edition_id == edition_id, Entry.state != "withdrawn")
    return select(User.person_id, User.email).where(User.person_id.in_(theirs)).order_by(User.person_id)
