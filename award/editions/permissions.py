"""Who may do what in an edition, from the roles a person holds in it and from where its calendar stands."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from flask_babel import get_translations
from flask_babel import lazy_gettext as _

from award.editions.calendar import called
from award.editions.clauses import BY_CODE, MOVES_PLACES, MOVES_VOTES
from award.editions.models import Countersign, Edition, Round
from award.verdicts import YES, Verdict

STAFF = frozenset({"organiser", "secretary"})
SECONDS = frozenset({"organiser", "secretary", "chair", "deputy"})
"""Roles that may stand in as the second person of an act."""
RUNNING = frozenset({"organiser", "secretary", "auditor"})
COUNCIL = frozenset({"judge", "chair", "deputy"})
"""Who helps to run the edition, and who sits on a council of it: two rules say whether they may enter works."""
READERS = ("organiser", "secretary", "auditor")
"""Roles that read the set-up of an edition, a draft included."""

ROLE_WORDS = {
    "organiser": _("Ban Tổ chức Giải"),
    "secretary": _("Tổ Thư ký"),
    "judge": _("giám khảo"),
    "chair": _("Chủ tịch hội đồng"),
    "deputy": _("Phó Chủ tịch hội đồng"),
    "auditor": _("người giám sát (chỉ xem)"),
    "accountant": _("kế toán chi trả"),
}


def role_label(role: str) -> str:
    """The role as it stands alone: Giám khảo."""
    words = str(ROLE_WORDS[role])
    return words[:1].upper() + words[1:]


_BEFORE_DECISION = frozenset({"draft", "open", "screening", "judging"})


@dataclass(frozen=True)
class Capacity:
    """A person as seen from one edition: who it is and which roles stand today."""

    person_id: int | None
    edition_id: int
    roles: frozenset[str]
    administrator: bool = False

    def holds(self, *roles: str) -> bool:
        return not self.roles.isdisjoint(roles)


class RoundSeen(NamedTuple):
    """What the frame of a page knows of a round."""

    ordinal: int
    state: str


def only_for(capacity: Capacity, *roles: str) -> Verdict:
    """Yes for who holds one of `roles`; otherwise a no that names whose page this is."""
    if capacity.holds(*roles):
        return YES
    names = _names(roles, get_translations())
    return Verdict("role", str(_("Trang này dành cho %(role)s. Nếu cần sử dụng, liên hệ Tổ Thư ký.", role=names)))


def can_watch(capacity: Capacity) -> Verdict:
    """The organisers and the auditor of the edition learn who did what in it, and who was given which file."""
    return only_for(capacity, "organiser", "auditor")


@lru_cache(maxsize=256)
def _names(roles: tuple[str, ...], _catalogue: object) -> str:
    """The roles as that catalogue names them. The frame of each page asks a dozen times."""
    return ", ".join(str(ROLE_WORDS[role]) for role in roles)


def can_see(capacity: Capacity, edition: Edition) -> Verdict:
    """Everybody sees an edition that is no draft; a draft is hidden from all but those who prepare it."""
    if edition.state != "draft" or capacity.holds(*READERS):
        return YES
    return Verdict("hidden")


def can_create(*, administrator: bool, organises_award: bool) -> Verdict:
    """The administrator, or the organiser of another edition of the same award."""
    if administrator or organises_award:
        return YES
    return Verdict("role", str(_("Việc này dành cho người quản trị và Ban Tổ chức Giải của lần trước.")))


def can_keep_days_off(*, administrator: bool) -> Verdict:
    """The administrator of the house: the days are the same for all of its awards."""
    return YES if administrator else Verdict("role", str(_("Việc này dành cho người quản trị hệ thống.")))


def can_read_setup(capacity: Capacity) -> Verdict:
    return only_for(capacity, *READERS)


def can_set_up(capacity: Capacity, edition: Edition) -> Verdict:
    """The organiser edits rules while the edition is a draft; afterwards only an amendment changes them."""
    sentence = _("Thể lệ đã khóa khi mở nhận tác phẩm, chỉ sửa được bằng văn bản sửa đổi.")
    return _of_a_draft(capacity, edition, str(sentence))


def can_set_national(capacity: Capacity, edition: Edition, *, drops: bool = False) -> Verdict:
    """The organiser, until the edition is archived: another award decides its rules, often after entries opened.

    `drops`: works are no longer forwarded at all; only a draft says so.
    """
    allowed = can_appoint(capacity, edition)
    if allowed and drops and edition.state != "draft":
        return Verdict("name", str(_("Đã mở nhận tác phẩm, không bỏ giải Trung ương: ghi tên giải.")))
    return allowed


def can_try(capacity: Capacity, edition: Edition) -> Verdict:
    """The organiser tries out a draft; what is open already is not tried."""
    return _of_a_draft(capacity, edition, str(_("Chỉ chạy thử được khi lần Giải còn là dự thảo.")))


def _of_a_draft(capacity: Capacity, edition: Edition, sentence: str) -> Verdict:
    allowed = only_for(capacity, "organiser")
    return Verdict("frozen", sentence) if allowed and edition.state != "draft" else allowed


def can_copy(capacity: Capacity, edition: Edition, source: Edition) -> Verdict:
    """The organiser of a draft takes from another edition of the same award; a trial from the draft it tries out."""
    allowed = can_set_up(capacity, edition)
    if not allowed:
        return allowed
    if edition.trial_of_id == source.id:
        return YES
    if source.id == edition.id or source.award_id != edition.award_id:
        return Verdict("source", str(_("Chỉ lấy được từ một lần khác của cùng Giải.")))
    return YES


def can_amend(capacity: Capacity, edition: Edition) -> Verdict:
    """The organiser changes frozen rules by a paper, until the decision on the prizes is prepared."""
    allowed = only_for(capacity, "organiser")
    if not allowed:
        return allowed
    if edition.state == "draft":
        return Verdict("draft", str(_("Dự thảo sửa trực tiếp, chưa cần văn bản sửa đổi.")))
    if edition.state not in _BEFORE_DECISION:
        return Verdict("over", str(_("Việc chấm đã xong, thể lệ không sửa đổi nữa.")))
    return YES


def can_amend_now(edition: Edition, matters: Collection[str]) -> Verdict:
    """What places and votes rest on stands while a round is judged: nobody changes it who may know how sheets lie."""
    judged = next((each for each in edition.rounds if each.state in {"open", "frozen"}), None)
    held = next((each for each in (*MOVES_PLACES, *MOVES_VOTES) if each in matters), None)
    if judged is None or held is None:
        return YES
    words = {"what": BY_CODE[held].label, "round": called(judged)}
    sentence = _(
        "Vòng %(round)s chưa kết thúc: chưa sửa đổi được mục “%(what)s”. Đề nghị sửa đổi sau khi kết thúc vòng.",
        **words,
    )
    return Verdict("being_judged", str(sentence))


def can_appoint(capacity: Capacity, edition: Edition) -> Verdict:
    """The organiser appoints at any time until the edition is archived."""
    allowed = only_for(capacity, "organiser")
    if not allowed:
        return allowed
    if edition.state == "archived":
        return Verdict("archived", str(_("%(edition)s đã lưu trữ, chỉ xem.", edition=edition.name)))
    return YES


def can_keep_newsrooms(capacity: Capacity) -> Verdict:
    """The organiser and the secretariat keep the register of press organs, at any time."""
    return only_for(capacity, "organiser", "secretary")


def can_set_judging_rules(capacity: Capacity, edition: Edition) -> Verdict:
    """The organiser edits what holds for all rounds until the first of them opens."""
    allowed = only_for(capacity, "organiser")
    if not allowed:
        return allowed
    if edition.state not in _BEFORE_DECISION or any(r.state != "prepare" for r in edition.rounds):
        return Verdict("frozen", str(_("Quy chế chấm đã khóa khi bắt đầu vòng chấm.")))
    return YES


def can_settle_papers(capacity: Capacity, edition: Edition) -> Verdict:
    """Organiser and secretariat say how papers are headed and signed until the edition is archived."""
    allowed = only_for(capacity, "organiser", "secretary")
    if not allowed:
        return allowed
    if edition.state == "archived":
        return Verdict("archived", str(_("%(edition)s đã lưu trữ, chỉ xem.", edition=edition.name)))
    return YES


def can_settle_paper(capacity: Capacity, edition: Edition, kind: str) -> Verdict:
    """The decision is fixed with its publication."""
    allowed = can_settle_papers(capacity, edition)
    if allowed and kind == "decision" and edition.state == "published":
        return Verdict("issued", str(_("Quyết định đã ban hành và công bố, chỉ xem.")))
    return allowed


def can_arrange_rounds(capacity: Capacity, edition: Edition) -> Verdict:
    """The organiser adds a round until the decision is prepared."""
    allowed = only_for(capacity, "organiser")
    if not allowed:
        return allowed
    if edition.state not in _BEFORE_DECISION:
        return Verdict("frozen", str(_("Các vòng chấm đã kết thúc.")))
    return YES


def can_set_up_round(capacity: Capacity, edition: Edition, in_round: Round) -> Verdict:
    """The organiser edits a round and its panels while it is prepared."""
    allowed = can_arrange_rounds(capacity, edition)
    if not allowed:
        return allowed
    if in_round.state != "prepare":
        return Verdict("frozen", str(_("Vòng %(name)s đã bắt đầu, không sửa được.", name=in_round.name)))
    return YES


def can_move_calendar(capacity: Capacity) -> Verdict:
    return only_for(capacity, "organiser")


def can_extend(capacity: Capacity, edition: Edition, *, second: bool = False) -> Verdict:
    """The organiser extends the time for entries until that time has been ended; `second`: who may confirm it."""
    allowed = only_for(capacity, *(sorted(SECONDS) if second else ("organiser",)))
    if allowed and edition.state != "open":
        return Verdict("state", str(_("Chỉ gia hạn khi đang nhận tác phẩm.")))
    return allowed


def can_countersign(capacity: Capacity, waiting: Countersign) -> Verdict:
    """Another person than the proposer, holding a role that may stand in."""
    allowed = only_for(capacity, *sorted(SECONDS))
    if not allowed:
        return allowed
    if capacity.person_id == waiting.proposed_by_id:
        return Verdict("same_person", str(_("Việc này cần người thứ hai xác nhận, không phải người đã đề nghị.")))
    return still_waits(waiting)


def still_waits(proposal: Countersign) -> Verdict:
    """Neither confirmed nor withdrawn."""
    if proposal.confirmed_at is not None:
        return Verdict("already_confirmed", str(_("Việc này đã được xác nhận.")))
    if proposal.withdrawn_at is not None:
        return Verdict("withdrawn", str(_("Đề nghị này đã rút.")))
    return YES
