"""Entrants learn that works are taken for longer: everybody who has a draft or a submitted work in the edition."""

from collections.abc import Callable, Mapping
from functools import partial

from flask_babel import gettext as _
from sqlalchemy import Select, select

from award.db import session
from award.editions.extensions import Extension
from award.editions.models import Edition
from award.editions.queries import extensions
from award.entries.models import Entry
from award.entries.permissions import changes_allowed
from award.letters.operations import write
from award.letters.queries import Written
from award.people.letters import address
from award.people.models import Person, User

EXTENSION = "extension"


def tell_entrants(edition_id: int, act: str) -> None:
    """Each of them gets one letter for the extension `act`."""
    edition = session.get_one(Edition, edition_id)
    extension = extensions(edition_id)[0]
    for person, email in session.execute(entrants(edition_id)).tuples():
        values, house = words_of_extension(edition, extension, person)
        key = f"extension:{act}:{person.id}"
        write(edition, EXTENSION, to_address=email, values=values, house=house, dedupe_key=key)


def words_of_extension(
    edition: Edition, extension: Extension, person: Person
) -> tuple[dict[str, str], Callable[[], Written]]:
    """What an edition's own words may hold, and the letter as the house writes it."""
    if changes_allowed(edition):
        stands = _("Hồ sơ đã nộp vẫn có hiệu lực và còn sửa được đến khi hết thời hạn mới.")
    else:
        stands = _("Hồ sơ đã nộp vẫn có hiệu lực.")
    values = {
        "xung_ho": person.form_of_address,
        "ho_ten": person.legal_name,
        "gia_han": extension.sentence,
        "ly_do": extension.why,
        "ho_so_da_nop": stands,
        "lien_ket": address("entries.mine", slug=edition.slug),
    }

    return values, partial(house_of_extension, edition, values)


def house_of_extension(edition: Edition, values: Mapping[str, str]) -> Written:  # noqa: ARG001 - asked as every house is
    """The letter as the house writes it, from what its event gives."""
    lines = [values["gia_han"], values["ly_do"], values["ho_so_da_nop"]]
    lines += [_("Xem hồ sơ: %(address)s", address=values["lien_ket"]), _("Trân trọng.")]
    return _("Gia hạn nhận tác phẩm dự Giải"), "\n\n".join(lines) + "\n"


def entrants(edition_id: int) -> Select[*tuple[Person, str]]:
    """Everybody with a work in the edition that was not withdrawn, and where letters reach them."""
    theirs = select(Entry.owner_id).where(Entry.edition_id == edition_id, Entry.state != "withdrawn")
    of_account = select(Person, User.email).join(User, User.person_id == Person.id)
    return of_account.where(Person.id.in_(theirs)).order_by(Person.id)
