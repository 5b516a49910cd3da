"""The owner of a work that was received again by its receipt learns of it, and which of its files are gone."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from flask_babel import gettext as _

from award import dates
from award.db import session
from award.editions.models import Edition
from award.entries.models import Entry, Receipt
from award.letters.operations import write
from award.letters.queries import Written
from award.people.letters import address
from award.people.models import Person

RECEIVED_AGAIN = "received_again"


def tell(entry: Entry, receipt: Receipt, lost: Sequence[str]) -> None:
    """The owner gets one letter for the receipt, and another once fewer files are missing.

    `lost`: names of the files that the store had not.
    """
    edition, owner = session.get_one(Edition, entry.edition_id), session.get_one(Person, entry.owner_id)
    if owner.user is None:
        return
    values, house = words_of_recovery(edition, owner, entry, receipt, lost)
    key = f"{RECEIVED_AGAIN}:{receipt.public_id}:{len(lost)}"
    write(edition, RECEIVED_AGAIN, to_address=owner.user.email, values=values, house=house, dedupe_key=key)


def words_of_recovery(
    edition: Edition, owner: Person, entry: Entry, receipt: Receipt, lost: Sequence[str]
) -> tuple[dict[str, str], Callable[[], Written]]:
    """What an edition's own words may hold, and the letter as the house writes it."""
    files = _("Mọi tệp trên biên nhận đều còn.")
    if lost:
        body = edition.secretariat_name
        told = _("Chưa tìm lại được các tệp sau, %(body)s sẽ đề nghị gửi lại:", body=body)
        files = "\n".join([told, *(f"- {name}" for name in lost)])
    values = {
        "xung_ho": owner.form_of_address,
        "ho_ten": owner.legal_name,
        "lien_ket": address("entries.receipt", slug=edition.slug, entry_id=entry.public_id),
        "ma_ho_so": receipt.code,
        "ten_tac_pham": entry.title,
        "luc_nhan": dates.receipt_moment(receipt.received_at),
        "tep": files,
    }
    return values, partial(house_of_recovery, edition, values)


def house_of_recovery(edition: Edition, values: Mapping[str, str]) -> Written:  # noqa: ARG001 - asked as every house is
    """The letter as the house writes it, from what its event gives."""
    told = _(
        "Sau sự cố dữ liệu, hồ sơ dự Giải của tác phẩm “%(title)s” đã được tiếp nhận lại theo biên nhận. "
        "Mã hồ sơ %(code)s và thời điểm tiếp nhận %(moment)s giữ nguyên.",
        title=values["ten_tac_pham"],
        code=values["ma_ho_so"],
        moment=values["luc_nhan"],
    )
    check = _(
        "Đề nghị xem lại hồ sơ; số điện thoại và cha, mẹ hoặc người giám hộ của tác giả dưới 18 tuổi không có trong "
        "biên nhận, nếu thiếu thì bổ sung."
    )
    lines = [told, values["tep"], check, _("Xem hồ sơ: %(address)s", address=values["lien_ket"]), _("Trân trọng.")]
    return str(_("Đã tiếp nhận lại hồ sơ %(code)s", code=values["ma_ho_so"])), "\n\n".join(lines) + "\n"
