"""Doors of editions. In every world the draft is over, so what freezes at opening is refused to its organiser too."""

from tests.doors.matrix import Row, staff

NOBODY = {"anonymous": 401}
READERS = NOBODY | staff(200, "organiser", "secretary", "auditor")
NOT_FOUND = NOBODY | staff(404, "organiser", "secretary", "auditor")
MAKERS = ("organiser", "stranger_organiser", "administrator")
STANDING_IN = ("organiser", "secretary")
SETUP = "/{slug}/thiet-lap"
NO_OFFICE = f"{SETUP}/nhan-su/khong-co/thoi"


def readable(endpoint: str, address: str, world: str = "open") -> Row:
    """A page of set-up: for those who prepare the edition and for the auditor."""
    return Row(endpoint, "GET", f"{SETUP}{address}", 403, READERS, world)


def locked(endpoint: str, address: str, world: str = "open") -> Row:
    """A deed of set-up whose time is over."""
    return Row(endpoint, "POST", f"{SETUP}{address}", 403, NOBODY, world)


def organisers(endpoint: str, method: str, address: str, status: int, world: str = "open") -> Row:
    return Row(endpoint, method, address, 403, NOBODY | {"organiser": status}, world)


ROWS = [
    *(Row("editions.home", "GET", "/{slug}/", 200, {}, world) for world in ("open", "judging", "closed", "published")),
    *(Row("editions.rules", "GET", "/{slug}/the-le", 200, {}, world) for world in ("open", "published")),
    Row("editions.home", "GET", "/khong-co/", 404),
    Row("editions.new", "GET", "/thiet-lap", 403, NOBODY | staff(200, *MAKERS)),
    Row("editions.new", "POST", "/thiet-lap", 403, NOBODY | staff(422, *MAKERS)),
    Row("editions.days_off", "GET", "/ngay-nghi", 403, NOBODY | {"administrator": 200}),
    Row("editions.record_days_off", "POST", "/ngay-nghi", 403, NOBODY | {"administrator": 422}),
    Row("editions.strike_day_off", "POST", "/ngay-nghi/2024-02-30/bo", 403, NOBODY | {"administrator": 404}),
    Row("editions.extension", "GET", "/{slug}/gia-han", 403, READERS),
    Row("editions.extension", "GET", "/{slug}/gia-han", 403, READERS, "judging"),
    organisers("editions.extension", "POST", "/{slug}/gia-han", 422),
    organisers("editions.extension", "POST", "/{slug}/gia-han", 403, "judging"),
    Row("editions.confirm_extension_", "POST", "/{slug}/gia-han/xac-nhan", 403, NOBODY | staff(404, *STANDING_IN)),
    organisers("editions.withdraw_extension", "POST", "/{slug}/gia-han/rut", 404),
    readable("editions.setup", ""),
    readable("editions.setup", "", "judging"),
    readable("editions.setup", "", "published"),
    readable("editions.general", "/thong-tin-chung"),
    readable("editions.entry_rules", "/the-le"),
    readable("editions.judging_rules", "/quy-che-cham"),
    readable("editions.people", "/nhan-su?tai-ve=xlsx"),
    readable("editions.papers", "/van-ban"),
    readable("editions.papers", "/van-ban", "published"),
    readable("editions.paper", "/van-ban/decision"),
    Row("editions.paper", "GET", f"{SETUP}/van-ban/khong-co", 403, NOT_FOUND),
    # papers are settled until the edition is archived; a bare form knows nothing of what is stored
    *(
        Row("editions.papers", "POST", f"{SETUP}/van-ban", 403, NOBODY | staff(409, "organiser", "secretary"), world)
        for world in ("open", "published")
    ),
    Row("editions.paper", "POST", f"{SETUP}/van-ban/notice", 403, NOBODY | staff(422, "organiser", "secretary")),
    Row("editions.paper", "POST", f"{SETUP}/van-ban/decision", 403, NOBODY, "published"),
    readable("editions.categories", "/loai-hinh"),
    readable("editions.category", "/loai-hinh/{category}"),
    readable("editions.outlet_kinds", "/loai-co-quan"),
    readable("editions.topics", "/noi-dung"),
    readable("editions.prizes", "/co-cau-giai"),
    readable("editions.national", "/giai-trung-uong"),
    readable("editions.people", "/nhan-su"),
    readable("editions.newsrooms", "/co-quan"),
    Row("editions.newsroom", "GET", SETUP + "/co-quan/{newsroom}", 403, NOBODY | staff(200, "organiser", "secretary")),
    Row(
        "editions.rename_newsroom",
        "POST",
        SETUP + "/co-quan/{newsroom}/doi-ten",
        403,
        NOBODY | staff(422, "organiser", "secretary"),
    ),
    Row(
        "editions.merge_newsroom",
        "POST",
        SETUP + "/co-quan/{newsroom}/hop-nhat",
        403,
        NOBODY | staff(422, "organiser", "secretary"),
    ),
    Row(
        "editions.place_newsroom",
        "POST",
        SETUP + "/co-quan/khong-co/chu-quan",
        403,
        NOBODY | staff(404, "organiser", "secretary"),
    ),
    Row(
        "editions.kinds_of_newsroom",
        "POST",
        SETUP + "/co-quan/khong-co/loai",
        403,
        NOBODY | staff(404, "organiser", "secretary"),
    ),
    Row("editions.add_newsroom", "POST", f"{SETUP}/co-quan", 403, NOBODY | staff(422, "organiser", "secretary")),
    Row(
        "editions.license_newsroom",
        "POST",
        f"{SETUP}/co-quan/khong-co/giay-phep",
        403,
        NOBODY | staff(404, "organiser", "secretary"),
    ),
    readable("editions.previews", "/xem-truoc"),
    readable("editions.amendments_made", "/sua-doi"),
    readable("editions.amendments_made", "/sua-doi", "published"),
    organisers("editions.amend", "GET", f"{SETUP}/sua-doi/the-le", 200),
    organisers("editions.amend", "POST", f"{SETUP}/sua-doi/quy-che-cham", 422),
    organisers("editions.amend", "GET", f"{SETUP}/sua-doi/khong-co", 404),
    organisers("editions.amend", "GET", f"{SETUP}/sua-doi/co-cau-giai", 200),
    organisers("editions.amend", "GET", f"{SETUP}/sua-doi/loai-hinh/khong-co", 404),
    Row("editions.amend", "POST", f"{SETUP}/sua-doi/the-le", 403, NOBODY, "published"),
    readable("editions.trial", "/chay-thu"),
    locked("editions.try_out", "/chay-thu"),
    locked("editions.copy", "/lay-tu-lan-truoc"),
    Row("editions.copy", "GET", f"{SETUP}/lay-tu-lan-truoc", 403, NOBODY),
    locked("editions.take", "/lay-tu-tep"),
    Row("editions.take", "GET", f"{SETUP}/lay-tu-tep", 403, NOBODY),
    readable("editions.described", "/tep.json"),
    organisers("editions.ask_again", "POST", f"{SETUP}/nhan-su/moi-lai", 303),
    readable("editions.rounds", "/vong-cham"),
    readable("editions.round", "/vong-cham/1"),
    readable("editions.panels", "/vong-cham/1/tieu-ban"),
    Row("editions.round", "GET", f"{SETUP}/vong-cham/9", 403, NOT_FOUND),
    locked("editions.general", "/thong-tin-chung"),
    locked("editions.entry_rules", "/the-le"),
    locked("editions.add_category", "/loai-hinh"),
    locked("editions.category", "/loai-hinh/{category}"),
    locked("editions.remove_category", "/loai-hinh/{category}/xoa"),
    Row("editions.remove_category", "GET", f"{SETUP}/loai-hinh/{{category}}/xoa", 403, NOBODY),
    locked("editions.outlet_kinds", "/loai-co-quan"),
    locked("editions.topics", "/noi-dung"),
    locked("editions.prizes", "/co-cau-giai"),
    # a bare form of a section that is still open knows nothing of what is stored
    organisers("editions.judging_rules", "POST", f"{SETUP}/quy-che-cham", 409),
    organisers("editions.national", "POST", f"{SETUP}/giai-trung-uong", 409),
    organisers("editions.round", "POST", f"{SETUP}/vong-cham/1", 422),
    organisers("editions.panels", "POST", f"{SETUP}/vong-cham/1/tieu-ban", 409),
    organisers("editions.add_round", "POST", f"{SETUP}/vong-cham", 303),
    organisers("editions.remove_round", "GET", f"{SETUP}/vong-cham/2/xoa", 200),
    organisers("editions.remove_round", "POST", f"{SETUP}/vong-cham/2/xoa", 303),
    organisers("editions.people", "POST", f"{SETUP}/nhan-su", 422),
    Row("editions.end_appointment", "GET", NO_OFFICE, 403, NOT_FOUND),
    Row("editions.end_appointment", "POST", NO_OFFICE, 403, NOT_FOUND),
    organisers("editions.renew_invitation", "POST", f"{SETUP}/nhan-su/khong-co/gui-lai", 404),
    organisers("editions.revoke_invitation", "POST", f"{SETUP}/nhan-su/khong-co/thu-hoi", 404),
    locked("editions.judging_rules", "/quy-che-cham", "judging"),
    locked("editions.round", "/vong-cham/1", "judging"),
    locked("editions.panels", "/vong-cham/1/tieu-ban", "judging"),
    locked("editions.remove_round", "/vong-cham/1/xoa", "judging"),
    locked("editions.add_round", "/vong-cham", "closed"),
    organisers("editions.calendar_page", "GET", "/{slug}/lich/close_entries", 200),
    Row("editions.calendar_page", "GET", "/{slug}/lich/open_entries", 403, NOBODY),
    Row("editions.calendar", "POST", "/{slug}/lich/close_entries", 403, NOBODY),
    Row("editions.calendar", "POST", "/{slug}/lich/open_entries", 403, NOBODY),
    Row("editions.calendar", "POST", "/{slug}/lich/open_round", 403, NOBODY, "judging"),
    Row("editions.calendar", "POST", "/{slug}/lich/start_decision", 403, NOBODY, "judging"),
    organisers("editions.calendar_page", "GET", "/{slug}/lich/archive", 200, "published"),
    organisers("editions.calendar", "POST", "/{slug}/lich/archive", 303, "published"),
]
