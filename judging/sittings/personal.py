"""Who came, counted, took no part and voted, under their number. What a ballot says belongs to nobody."""

from flask_babel import lazy_gettext as _

from award.personal import Holding, PersonalData
from judging.sittings.models import (
    AgendaItem,
    Attendance,
    Ballot,
    HallCode,
    Recusal,
    ScanFile,
    SealedBallot,
    Sitting,
    SittingRemark,
    Stack,
    StackReading,
    StackScan,
    Teller,
    Vote,
    VoteKey,
    Voter,
)

_MINUTES = _("biên bản phiên họp; chỉ còn mã số, không còn họ tên")

personal = PersonalData(
    (
        Holding(
            HallCode,
            _("Mã vào phiên họp trên máy của phòng họp"),
            whose=lambda subject: HallCode.person_id == subject.person_id,
            record="used_at",
            stays=_MINUTES,
            credential="code_hash",
            number="person_id printed_by_id",
            plain="sitting_id id public_id created_at",
        ),
        Holding(
            Sitting,
            _("Phiên họp Hội đồng"),
            number="prepared_by_id opened_by_id closed_by_id",
            plain="edition_id number state turn quorum opened_at closed_at id public_id created_at",
        ),
        Holding(
            Attendance,
            _("Có mặt tại phiên họp"),
            whose=lambda subject: Attendance.person_id == subject.person_id,
            record="present",
            stays=_MINUTES,
            number="person_id",
            plain="sitting_id",
        ),
        Holding(
            Teller,
            _("Tham gia Ban kiểm phiếu"),
            whose=lambda subject: Teller.person_id == subject.person_id,
            record="sitting_id",
            stays=_MINUTES,
            number="person_id",
        ),
        Holding(
            AgendaItem,
            _("Chương trình phiên họp"),
            plain="sitting_id entry_id ordinal on_table id public_id created_at",
        ),
        Holding(
            Recusal,
            _("Không tham gia xét tác phẩm do có liên quan"),
            whose=lambda subject: Recusal.person_id == subject.person_id,
            record="relation",
            stays=_MINUTES,
            number="person_id",
            plain="item_id",
        ),
        Holding(
            SittingRemark,
            _("Ý kiến ghi tại phiên họp Hội đồng"),
            whose=lambda subject: SittingRemark.person_id == subject.person_id,
            record="words says",
            stays=_MINUTES,
            number="person_id written_by_id",
            plain="item_id prize_level_id id public_id created_at",
        ),
        Holding(
            Vote,
            _("Bỏ phiếu tại phiên họp"),
            free="reason",
            number="opened_by_id closed_by_id",
            plain="sitting_id item_id prize_level_id number method state members present eligible base yes no blank"
            " invalid letters_yes letters_no letters_present passed stack_id begun_anew lost opened_at closed_at id"
            " public_id created_at",
        ),
        Holding(
            Voter,
            _("Danh sách bỏ phiếu"),
            whose=lambda subject: Voter.person_id == subject.person_id,
            record="voted",
            stays=_MINUTES,
            number="person_id",
            plain="vote_id",
        ),
        Holding(VoteKey, _("Khóa của lần bỏ phiếu đang mở"), plain="vote_id key"),
        Holding(SealedBallot, _("Phiếu đang niêm phong"), plain="key vote_id sealed"),
        Holding(Ballot, _("Phiếu đã kiểm"), plain="number vote_id choice"),
        Holding(
            Stack,
            _("Phiếu giấy phát ra"),
            free="called_off_reason",
            number="called_off_by_id given_back_to_id unused_found_by_id",
            plain="sitting_id prize_level_id ordinal codes void given_back unused unused_agreed_at called_off_at id"
            " public_id created_at",
        ),
        Holding(
            StackScan,
            _("Bản quét phiếu giấy thu về"),
            free="dropped_reason",
            plain="stack_id pages nonce scan_id scan_sha256 taken_at dropped_at id public_id created_at",
        ),
        Holding(ScanFile, _("Bản quét phiếu giấy thu về"), plain="id paper_id file_id"),
        Holding(
            StackReading,
            _("Kiểm phiếu giấy"),
            whose=lambda subject: StackReading.person_id == subject.person_id,
            record="ordinal",
            stays=_MINUTES,
            number="person_id",
            plain="id paper_id papers",
        ),
    ),
    purpose=_("Lập biên bản phiên họp Hội đồng, bỏ phiếu"),
)
