"""Personal data of people and their accounts: told, and erased with the account itself."""

from collections.abc import Sequence

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from sqlalchemy import ColumnElement, delete, func, select, update

from award.clock import now
from award.db import session
from award.lapsing import older
from award.people.models import (
    FORMS_OF_ADDRESS,
    ApiToken,
    Consent,
    ConsentText,
    EndedSession,
    Invitation,
    Membership,
    Newsroom,
    NewsroomName,
    Passkey,
    Person,
    SignInAttempt,
    User,
    WebSession,
)
from award.people.operations import end_sessions
from award.people.queries import user_of
from award.people.throttle import of_account
from award.personal import Fate, Holding, PersonalData, Subject
from award.verdicts import Verdict


def _account(subject: Subject) -> ColumnElement[int]:
    return select(User.id).where(User.person_id == subject.person_id).scalar_subquery()


HOLDINGS = (
    Holding(
        Person,
        _("Thông tin cá nhân"),
        whose=lambda subject: Person.id == subject.person_id,
        personal="legal_name name_folded name_key family_key pen_name phone press_card form_of_address"
        " newsroom_id newsroom_words",
        plain="id public_id created_at",
    ),
    Holding(
        User,
        _("Tài khoản"),
        whose=lambda subject: User.person_id == subject.person_id,
        personal="email confirmed_at active administrator tf_primary_method large_type",
        number="id person_id",
        credential="password fs_uniquifier tf_totp_secret tf_last_counter mf_recovery_codes fs_webauthn_user_handle",
    ),
    Holding(
        Passkey,
        _("Khóa đăng nhập"),
        whose=lambda subject: Passkey.user_id == _account(subject),
        personal="name create_datetime lastuse_datetime device_type",
        number="user_id",
        credential="credential_id public_key sign_count transports backup_state extensions usage",
        plain="id",
    ),
    Holding(
        WebSession,
        _("Phiên đăng nhập"),
        whose=lambda subject: WebSession.user_id == _account(subject),
        personal="browser created_at seen_at idle_until expires_at",
        number="user_id",
        credential="token_hash data public_id",
    ),
    Holding(
        ApiToken,
        _("Khóa truy cập cho phần mềm"),
        whose=lambda subject: ApiToken.user_id == _account(subject),
        personal="name scopes created_at expires_at seen_at",
        number="user_id",
        credential="token_hash begins public_id",
        plain="id",
    ),
    Holding(EndedSession, _("Phiên đăng nhập đã bị kết thúc"), plain="public_id until"),
    Holding(
        Membership,
        _("Cơ quan báo chí đang tham gia"),
        whose=lambda subject: Membership.person_id == subject.person_id,
        personal="newsroom_id role valid_from valid_to",
        number="person_id",
        plain="id",
    ),
    Holding(
        Invitation,
        _("Lời mời mở tài khoản"),
        whose=lambda subject: Invitation.person_id == subject.person_id,
        personal="email makes_administrator expires_at used_at revoked_at",
        number="person_id by_id",
        credential="token_hash",
        plain="id public_id created_at",
    ),
    Holding(
        Consent,
        _("Đồng ý sử dụng thông tin"),
        whose=lambda subject: Consent.person_id == subject.person_id,
        record="text_id given_at withdrawn_at",
        stays=_("chứng minh việc đồng ý và rút lại đồng ý; chỉ còn mã số, không còn họ tên"),
        number="person_id",
        plain="id",
    ),
    Holding(ConsentText, _("Nội dung xin đồng ý"), plain="id purpose version words since"),
    Holding(
        SignInAttempt,
        _("Lần đăng nhập chưa đúng"),
        whose=lambda subject: SignInAttempt.key_hash.in_(_counters(subject)),
        personal="at",
        credential="scope key_hash",
        plain="id",
    ),
    Holding(Newsroom, _("Cơ quan báo chí"), plain="successor_id parent_id licensed kinds id public_id created_at"),
    Holding(
        NewsroomName, _("Tên cơ quan báo chí"), plain="id newsroom_id name name_folded name_key valid_from valid_to"
    ),
)


def _counters(subject: Subject) -> list[bytes]:
    """Tries are counted under a hash of what was typed; those of a known device bear a mark nobody can go back to."""
    user = user_of(subject.person_id) if subject.person_id else None
    if user is None:
        return []
    keys = (f"password|{user.email}", f"password again|{user.id}", f"code|{user.id}")
    return [of_account(key).digest for key in keys]


def words(subject: Subject) -> Sequence[str]:
    """The names, the address and the telephone number of the person and of their invitations."""
    if not subject.person_id:
        return ()
    person, user = session.get_one(Person, subject.person_id), user_of(subject.person_id)
    invited = session.scalars(select(Invitation.email).where(Invitation.person_id == subject.person_id))
    return (person.legal_name, person.pen_name, person.phone, *([user.email] if user else ()), *invited)


def against_erasing(subject: Subject) -> Verdict | None:
    """An administrator hands the office over first."""
    user = user_of(subject.person_id) if subject.person_id else None
    if user is None or not user.administrator:
        return None
    return Verdict("administrator", gettext("Tài khoản đang là người quản trị hệ thống. Cần giao việc này trước."))


def fates(subject: Subject) -> Sequence[Fate]:
    """The account goes whole; a number without a name stays where deeds are recorded."""
    if not subject.person_id:
        return ()
    return (
        Fate(gettext("Tài khoản, mật khẩu, mã xác nhận, khóa đăng nhập, khóa cho phần mềm và mọi phiên đăng nhập")),
        Fate(gettext("Họ và tên, bút danh, điện thoại, cơ quan công tác trong thông tin cá nhân; lời mời đã gửi")),
        Fate(
            gettext("Mã số của người, thời điểm đồng ý và rút lại đồng ý"),
            gettext("mã số không cho biết là ai; thời điểm đồng ý phải chứng minh được"),
        ),
    )


def erase(subject: Subject) -> None:
    """Nobody can sign in as this person, and their row is a number with no name. Consents are withdrawn and stay."""
    if not subject.person_id:
        return
    person = session.get_one(Person, subject.person_id)
    session.execute(delete(SignInAttempt).where(SignInAttempt.key_hash.in_(_counters(subject))))
    end_sessions(person.id)
    user = user_of(person.id)
    if user is not None:
        session.delete(user)
        session.flush()
        session.refresh(person, ["user"])
    session.execute(delete(Membership).where(Membership.person_id == person.id))
    session.execute(delete(Invitation).where(Invitation.person_id == person.id))
    standing = (Consent.person_id == person.id, Consent.withdrawn_at.is_(None))
    session.execute(update(Consent).where(*standing).values(withdrawn_at=now()))
    person.legal_name = gettext("Người đã xóa dữ liệu (%(code)s)", code=person.public_id[:4].upper())
    person.pen_name = person.phone = person.press_card = person.newsroom_words = ""
    person.form_of_address, person.newsroom_id = FORMS_OF_ADDRESS[0], None
    session.flush()


_ENDED = func.coalesce(Invitation.used_at, Invitation.revoked_at, Invitation.expires_at)

LAPSES = (
    older(
        "invitations",
        _("Lời mời mở tài khoản đã nhận, đã thu hồi hoặc hết hạn"),
        _("từ ngày nhận, thu hồi hoặc hết hạn"),
        365,
        Invitation,
        _ENDED,
    ),
)

personal = PersonalData(
    HOLDINGS,
    purpose=_("Mở và bảo vệ tài khoản; biết ai dự Giải, ai làm việc cho Giải"),
    erase=erase,
    fates=fates,
    against_erasing=against_erasing,
    words=words,
    lapses=LAPSES,
)
