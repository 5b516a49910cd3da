"""Who may see panels, seat judges, pledge and step aside."""

from collections.abc import Collection, Sequence

from flask_babel import lazy_gettext as _

from award.editions.models import Edition, Round
from award.editions.permissions import Capacity, only_for
from award.editions.relations import RELATION_WORDS
from award.entries.models import Entry
from award.screening.permissions import can_read as may_read_dossiers
from award.verdicts import YES, Verdict
from judging.panels.conflicts import ACQUAINTED, Policy
from judging.panels.models import Seat

JUDGING_ROLES = ("judge", "chair", "deputy")
"""Appointments whose holders may take a seat."""

SEAT_WORDS = {"member": _("Thành viên"), "chair": _("Trưởng tiểu ban"), "deputy": _("Phó trưởng tiểu ban")}

READS_NAMES = _(
    "Vòng chấm kín: người xem được tên tác giả trong hồ sơ (thư ký, Ban Tổ chức Giải, giám sát) không tham gia chấm."
)


def can_look(capacity: Capacity) -> Verdict:
    """The staff, those who lead the judging, and the auditor see who sits where."""
    return only_for(capacity, "organiser", "secretary", "chair", "deputy", "auditor")


def may_see_whose(capacity: Capacity, round_: Round, *, seated: bool) -> bool:
    """Codes beside a judge's relation tell whose work is whose: not to who chairs or reads in a blind round."""
    if seated and round_.blind:
        return False
    return capacity.holds("organiser", "secretary", "auditor")


def can_seat(capacity: Capacity, edition: Edition, round_: Round) -> Verdict:
    """The staff seat judges until the round is frozen; a late seat gets its works by dealing again."""
    allowed = only_for(capacity, "organiser", "secretary")
    if not allowed:
        return allowed
    if round_.state not in {"prepare", "open"} or edition.state in {"published", "archived"}:
        return Verdict("round_over", str(_("Vòng chấm đã khóa phiếu, không thay đổi được tiểu ban.")))
    return YES


def can_sit(person: Capacity, round_: Round) -> Verdict:
    """Who reads names on the pages of screening does not judge a round that hides them."""
    if round_.blind and may_read_dossiers(person):
        return Verdict("reads_names", str(READS_NAMES))
    return YES


def can_waive(capacity: Capacity, edition: Edition, round_: Round, *, seated: bool) -> Verdict:
    """Who may seat a judge may also let one read in spite of a tie, but not who would learn there whose is what."""
    allowed = can_waive_late(capacity, edition, round_)
    if not allowed:
        return allowed
    if not may_see_whose(capacity, round_, seated=seated):
        return Verdict("reads_here", str(_("Người chấm vòng ẩn danh không xem được mối liên quan của tác phẩm.")))
    return YES


def can_waive_late(capacity: Capacity, edition: Edition, round_: Round) -> Verdict:
    """A tie may be waived in writing until the round is closed: one found late stands in the way of its end."""
    if round_.state != "frozen":
        return can_seat(capacity, edition, round_)
    return only_for(capacity, "organiser", "secretary")


def can_unseat(capacity: Capacity, edition: Edition, round_: Round) -> Verdict:
    """A seat is given up only before the round opens: afterwards sheets hang on it."""
    allowed = can_seat(capacity, edition, round_)
    if not allowed:
        return allowed
    if round_.state != "prepare":
        return Verdict("round_open", str(_("Vòng chấm đã bắt đầu, không rút thành viên khỏi tiểu ban được nữa.")))
    return YES


def can_deal(capacity: Capacity, round_: Round) -> Verdict:
    """Works are dealt while the round is open."""
    allowed = only_for(capacity, "organiser", "secretary")
    if not allowed:
        return allowed
    if round_.state != "open":
        return Verdict("not_open", str(_("Chỉ phân công tác phẩm khi vòng chấm đang mở.")))
    return YES


def can_plan(capacity: Capacity, edition: Edition, round_: Round) -> Verdict:
    """How works are shared out is chosen before the round opens, like its other rules."""
    allowed = can_seat(capacity, edition, round_)
    if not allowed:
        return allowed
    if round_.state != "prepare":
        return Verdict("round_open", str(_("Vòng chấm đã bắt đầu, không đổi được cách phân công.")))
    return YES


def too_few_readings(least: int) -> str:
    """The rules ask for more sheets than that."""
    return str(_("Theo Quy chế, mỗi tác phẩm có ít nhất %(n)s phiếu chấm.") % {"n": least})


def can_say_expertise(capacity: Capacity, edition: Edition, round_: Round, seat: Seat) -> Verdict:
    """What a judge knows is said by the judge, or noted by the staff, until the round is frozen."""
    if capacity.person_id is None or seat.person_id != capacity.person_id:
        return can_seat(capacity, edition, round_)
    return can_pledge(round_)


def can_pledge(round_: Round) -> Verdict:
    """A seat pledges from its making until the round is frozen."""
    if round_.state not in {"prepare", "open"}:
        return Verdict("round_over", str(_("Vòng chấm đã khóa phiếu.")))
    return YES


def can_declare_ties(round_: Round, seats: Sequence[Seat], *, dealt: bool) -> Verdict:
    """Who has pledged says whom they have to do with until works are dealt to them, and takes it back until then.

    Later it is said of a work: one that vanished from the list once its author was named would tell whose it is.
    """
    if any(seat.pledged_at is None for seat in seats):
        return Verdict("not_pledged", str(_("Đề nghị cam kết trước, rồi khai báo liên quan.")))
    if round_.state not in {"prepare", "open"} or dealt:
        return Verdict("dealt", str(_("Tác phẩm đã được phân công. Có liên quan thì khai báo ở phiếu chấm tác phẩm.")))
    return YES


def can_step_aside(round_: Round) -> Verdict:
    """A judge may step aside from a work at every stage until the round is closed."""
    if round_.state not in {"open", "frozen"}:
        return Verdict("round_over", str(_("Chỉ khai báo có liên quan khi vòng chấm chưa kết thúc.")))
    return YES


def can_state_claim(edition: Edition, entry: Entry) -> Verdict:
    """Of a work that was sent, until the judging is over."""
    if entry.state != "submitted" or edition.state not in {"open", "screening", "judging"}:
        return Verdict("over", str(_("Chỉ nêu khi tác phẩm đã nộp và Giải chưa xét xong.")))
    return YES


def can_decide_claim(capacity: Capacity, *, blind: bool) -> Verdict:
    """The secretariat and the organisers, but for who judges a round that hides whose works are."""
    allowed = only_for(capacity, "organiser", "secretary")
    if allowed and blind:
        return Verdict("reads_blind", str(_("Vòng chấm kín: việc này do người không chấm thực hiện.")))
    return allowed


def relations(policy: Policy) -> dict[str, str]:
    """The kinds of relation for which a judge steps aside under the edition's rules."""
    return _listed(policy.leading_to("block", "waivable") - _one_organ(policy))


def disclosures(policy: Policy) -> dict[str, str]:
    """The kinds that a judge tells, judging the work all the same."""
    return _listed(policy.leading_to("disclose") - _one_organ(policy))


OF_ORGANS = ("newsroom", "successor", "same_parent", "editor", "superior", "other", ACQUAINTED)
"""Ways to have to do with a whole organ; the others are ways to have to do with somebody."""


def relations_with(policy: Policy, parties: Collection[str]) -> dict[str, str]:
    """The kinds that may be said of such parties, authors or organs, whatever follows from each."""
    every = relations(policy) | disclosures(policy)
    return _listed(every.keys() & set(OF_ORGANS) if "organ" in parties else every)


def _one_organ(policy: Policy) -> set[str]:
    """Judges who tell of their organ do not say by which way it is theirs, unless the rules part the two."""
    return set() if policy.parts_successors else {"successor"}


def _listed(codes: Collection[str]) -> dict[str, str]:
    return {code: str(words) for code, words in RELATION_WORDS.items() if code in codes}
