"""The rules of editions name officials, never entrants; appointments tie a person's number to an office."""

from collections.abc import Sequence

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from sqlalchemy import delete, select

from award.db import session
from award.editions.models import (
    Appointment,
    Award,
    Category,
    Clause,
    Countersign,
    Criterion,
    Edition,
    FileSlot,
    Genre,
    NationalEdition,
    Panel,
    PanelScope,
    PaperBody,
    PaperKind,
    PrizeLevel,
    Round,
    Topic,
)
from award.editions.records import Amendment, DayOff, Invitee
from award.personal import Fate, Holding, PersonalData, Subject
from award.verdicts import Verdict

_RULES = _("Thể lệ và thiết lập")
_OFFICIAL = _("tên và điện thoại công vụ in trên văn bản, thông báo của Giải")

HOLDINGS = (
    Holding(Award, _RULES, plain="slug name place id public_id created_at"),
    Holding(
        Edition,
        _RULES,
        record="help_name help_phone",
        stays=_OFFICIAL,
        plain="award_id slug ordinal ordinal_words year name state code_prefix last_dossier_number clock_at window_from"
        " window_to deadline_day deadline_at deadline_words confirmation_day confirmation_at confirmation_words"
        " grace_seconds files_follow_minutes outlet_kinds screening_promise trial_of_id"
        " secretariat_name illustrative version id public_id created_at",
    ),
    Holding(Clause, _RULES, plain="id edition_id code value unregulated source illustrative"),
    Holding(
        Category,
        _RULES,
        plain="edition_id ordinal code name medium needed limits limits_source outlets illustrative"
        " id public_id created_at",
    ),
    Holding(Genre, _RULES, plain="id category_id ordinal name"),
    Holding(
        FileSlot,
        _RULES,
        plain="id category_id ordinal code label kinds at_least at_most max_bytes per_part for_judges blind captions"
        " proof for_minors lengths",
    ),
    Holding(Topic, _RULES, plain="id edition_id parent_id ordinal name focal"),
    Holding(
        Round,
        _RULES,
        plain="edition_id ordinal name state blind scale_max steps_per_point asks_level calibration shortlist_size"
        " unranked_list illustrative opens_on ends_on opened_at frozen_at closed_at counted_rules version"
        " id public_id created_at",
    ),
    Holding(Criterion, _RULES, plain="id round_id ordinal name weight low_words middle_words high_words"),
    Holding(Panel, _RULES, plain="edition_id round_id ordinal name shortlist_size id public_id created_at"),
    Holding(PanelScope, _RULES, plain="id panel_id category_id genre_id"),
    Holding(
        Appointment,
        _("Vai trò được giao"),
        whose=lambda subject: Appointment.person_id == subject.person_id,
        record="role decision ended_at",
        stays=_("ai giữ vai trò gì là một phần của hồ sơ Giải; chỉ còn mã số, không còn họ tên"),
        number="person_id",
        plain="edition_id id public_id created_at",
    ),
    Holding(
        PrizeLevel,
        _RULES,
        plain="edition_id rank code name kind quota money themes categories illustrative id public_id created_at",
    ),
    Holding(
        NationalEdition,
        _RULES,
        plain="id edition_id name recipient deadline_day deadline_words window_from window_to quota one_per_author"
        " barred_prizes groups illustrative",
    ),
    Holding(
        Countersign,
        _("Việc hai người xác nhận"),
        number="proposed_by_id confirmed_by_id",
        plain="edition_id act subject terms proposed_at confirmed_at withdrawn_at id public_id created_at",
    ),
    Holding(
        PaperBody,
        _RULES,
        record="signer",
        stays=_OFFICIAL,
        plain="edition_id ordinal name parent form place symbol authority post term_from id public_id created_at",
    ),
    Holding(
        PaperKind,
        _RULES,
        record="writer",
        stays=_OFFICIAL,
        plain="id edition_id kind body_id symbol number day recitals recipients funding executors",
    ),
    Holding(
        Amendment,
        _("Sửa đổi Thể lệ"),
        number="made_by_id",
        plain="edition_id ordinal number day reason changes at told id public_id created_at",
    ),
    Holding(DayOff, _("Ngày nghỉ"), plain="day words worked"),
    Holding(
        Invitee,
        _("Dự kiến mời tham gia lần sau"),
        whose=lambda subject: Invitee.person_id == subject.person_id,
        personal="role",
        number="person_id",
        plain="edition_id id public_id created_at",
    ),
)


def against_erasing(subject: Subject) -> Verdict | None:
    """Who holds an office in an edition that runs goes on holding it until its end, or is released first."""
    held = (
        select(Edition)
        .join(Appointment, Appointment.edition_id == Edition.id)
        .where(Appointment.person_id == subject.person_id, Appointment.ended_at.is_(None))
        .where(Edition.state.not_in(("published", "archived")))
        .order_by(Edition.id)
        .limit(1)
    )
    edition = session.scalars(held).first()
    if edition is None:
        return None
    sentence = gettext("Đang giữ vai trò trong %(edition)s. Cần kết thúc vai trò trước.", edition=edition.name)
    return Verdict("holds_office", sentence)


def erase(subject: Subject) -> None:
    """Nobody means to invite the person again."""
    session.execute(delete(Invitee).where(Invitee.person_id == subject.person_id))


def fates(subject: Subject) -> Sequence[Fate]:
    """Offices stay under the number."""
    held = select(Appointment.id).where(Appointment.person_id == subject.person_id).limit(1)
    if session.scalar(held) is None:
        return ()
    return (
        Fate(
            gettext("Vai trò được giao trong các lần tổ chức Giải"),
            gettext("một phần của hồ sơ Giải; chỉ còn mã số, không còn họ tên"),
        ),
    )


personal = PersonalData(
    HOLDINGS,
    purpose=_("Ghi ai giữ vai trò gì trong từng lần tổ chức Giải"),
    erase=erase,
    fates=fates,
    against_erasing=against_erasing,
)
