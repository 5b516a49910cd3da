"""Who may do what in an edition, from the roles a person holds in it."""

from dataclasses import dataclass

from flask_babel import lazy_gettext as _

from award.editions.models import Countersign, Edition
from award.verdicts import YES, Verdict

STAFF = frozenset({"organiser", "secretary"})
SECONDS = frozenset({"organiser", "secretary", "chair", "deputy"})
"""Roles that may stand in as the second person of an act."""

ROLE_WORDS = {
    "organiser": _("Ban Tổ chức Giải"),
    "secretary": _("Tổ Thư ký"),
    "judge": _("giám khảo"),
    "chair": _("Chủ tịch hội đồng"),
    "deputy": _("Phó Chủ tịch hội đồng"),
    "auditor": _("người giám sát (chỉ xem)"),
}


@dataclass(frozen=True)
class Capacity:
    """A person as seen from one edition: who it is and which roles stand today."""

    person_id: int | None
    edition_id: int
    roles: frozenset[str]
    administrator: bool = False

    def holds(self, *roles: str) -> bool:
        return not self.roles.isdisjoint(roles)


def only_for(capacity: Capacity, *roles: str) -> Verdict:
    """Yes for who holds one of `roles`; otherwise a no that names whose page this is."""
    if capacity.holds(*roles):
        return YES
    return Verdict(
        "role", str(_("Trang này dành cho %(role)s. Nếu cần sử dụng, liên hệ Tổ Thư ký.", role=_names(roles)))
    )


def _names(roles: tuple[str, ...]) -> str:
    return ", ".join(str(ROLE_WORDS[role]) for role in roles)


def can_set_up(capacity: Capacity, edition: Edition) -> Verdict:
    """The organiser edits rules while the edition is a draft; afterwards only an amendment changes them."""
    allowed = only_for(capacity, "organiser")
    if not allowed:
        return allowed
    if edition.state != "draft":
        return Verdict("frozen", str(_("Thể lệ đã khóa khi mở nhận tác phẩm, chỉ sửa được bằng văn bản sửa đổi.")))
    return YES


def can_countersign(capacity: Capacity, waiting: Countersign) -> Verdict:
    """Another person than the proposer, holding a role that may stand in."""
    allowed = only_for(capacity, *sorted(SECONDS))
    if not allowed:
        return allowed
    if capacity.person_id == waiting.proposed_by_id:
        return Verdict("same_person", str(_("Việc này cần người thứ hai xác nhận, không phải người đã đề nghị.")))
    return YES
