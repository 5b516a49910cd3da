"""Doors of the entrant: the owner stands before a work, and the co-author who joined; to all others it is not there."""

from tests.doors.matrix import Row, staff
from tests.doors.matrix.panels import NOBODY, SECRETARIAT

OWN = "/{slug}/thoi-han-rieng"
READERS = {"anonymous": 401, **staff(200, "secretary", "organiser", "auditor")}
HOME = "/{slug}/tac-pham"
DRAFT, ENTRY = HOME + "/{draft}", HOME + "/{entry}"
ROW, INVITE = DRAFT + "/tac-gia/{author}", "/{slug}/cung-khai/{invite}"
AGAIN = "/{slug}/nhan-lai"
PASS, LINK = DRAFT + "/tep/duong-dan/{pass}", "/{slug}/gui-tep/{link}"


def own(endpoint: str, method: str, address: str, status: int, world: str = "open", joined: int | None = None) -> Row:
    """Of the draft, who joined gets what its owner gets, or `joined`."""
    answers = {"anonymous": 401, "entrant": status}
    if address.startswith(DRAFT):
        answers["co_author"] = status if joined is None else joined
    return Row(f"entries.{endpoint}", method, address, 404, answers, world)


ROWS = [
    *(
        Row("entries.preview_form", "GET", "/{slug}/thiet-lap/xem-truoc/ke-khai/{category}/" + page, 403, READERS)
        for page in ("tac-pham", "tep", "chu-thich")
    ),
    Row("entries.own_deadlines", "GET", OWN, 403, READERS),
    Row("entries.own_deadlines", "GET", OWN, 403, READERS, "published"),
    Row("entries.own_deadlines", "POST", OWN, 403, {"anonymous": 401, "organiser": 422}),
    Row("entries.own_deadlines", "POST", OWN, 403, {"anonymous": 401}, "judging"),
    Row(
        "entries.end_own_deadline",
        "POST",
        OWN + "/{entry}/bai-bo",
        403,
        {"anonymous": 401, **staff(404, "secretary", "organiser", "auditor")},
    ),
    Row("entries.may_enter", "GET", "/{slug}/duoc-du-khong", 200),
    Row("entries.may_enter", "GET", "/{slug}/duoc-du-khong?category=nobody&days=hom-qua", 200, {}, "judging"),
    Row("entries.mine", "GET", HOME, 200, {"anonymous": 401}),
    Row("entries.mine", "GET", HOME, 200, {"anonymous": 401}, "published"),
    Row("entries.mine", "GET", f"{HOME}?tai-ve=xlsx", 200, {"anonymous": 401}),
    Row("entries.new", "GET", HOME + "/moi", 200, {"anonymous": 401}),
    Row("entries.new", "POST", HOME + "/moi", 422, {"anonymous": 401}),
    Row("entries.new", "GET", HOME + "/moi", 403, {"anonymous": 401}, "judging"),
    Row("entries.new", "POST", HOME + "/moi", 403, {"anonymous": 401}, "judging"),
    own("tasks", "GET", DRAFT, 200),
    own("tasks", "GET", ENTRY, 200),
    own("tasks", "GET", ENTRY, 200, "published"),
    own("work", "GET", DRAFT + "/khai", 200),
    own("work", "GET", ENTRY + "/khai", 302),
    own("work", "GET", DRAFT + "/khai", 302, "judging"),
    own("work", "POST", DRAFT + "/khai", 303),
    own("work", "POST", ENTRY + "/khai", 403),
    own("work", "POST", DRAFT + "/khai", 403, "judging"),
    own("parts", "GET", DRAFT + "/cac-ky", 200),
    own("parts", "POST", DRAFT + "/cac-ky", 303),
    own("parts", "POST", ENTRY + "/cac-ky", 403),
    own("authors", "GET", DRAFT + "/tac-gia", 200),
    own("authors", "POST", DRAFT + "/tac-gia", 303),
    own("authors", "POST", ENTRY + "/tac-gia", 403),
    own("declarations", "GET", DRAFT + "/cam-ket", 200),
    own("declarations", "POST", DRAFT + "/cam-ket", 303),
    own("declarations", "POST", ENTRY + "/cam-ket", 403),
    own("captions", "GET", DRAFT + "/chu-thich", 200),
    own("captions", "GET", ENTRY + "/chu-thich", 302),
    own("captions", "POST", DRAFT + "/chu-thich", 303),
    own("captions", "POST", ENTRY + "/chu-thich", 403),
    own("files", "GET", DRAFT + "/tep", 200),
    own("files", "GET", ENTRY + "/tep", 302),
    own("begin_file", "POST", DRAFT + "/tep/bat-dau", 400),
    own("remove_file", "POST", DRAFT + "/tep/{upload}/bo", 303),
    own("remove_file", "POST", ENTRY + "/tep/{file}/bo", 403),
    # A link for sending is its owner's; whoever has it sends into its one place, and nobody anywhere else.
    own("open_pass", "POST", DRAFT + "/tep/duong-dan", 404),
    own("show_pass", "GET", PASS, 200),
    own("watch_pass", "GET", PASS + "/tinh-hinh", 200),
    own("end_pass", "POST", PASS + "/thu-lai", 303),
    Row("entries.use_pass", "GET", LINK, 200),
    Row("entries.use_pass", "GET", LINK, 200, world="judging"),
    Row("entries.use_pass", "GET", LINK + "x", 404),
    Row("entries.begin_by_pass", "POST", LINK + "/bat-dau", 400),
    Row("entries.begin_by_pass", "POST", LINK + "x/bat-dau", 404),
    Row("entries.sign_by_pass", "POST", LINK + "/{upload}/ky", 400),
    Row("entries.sign_by_pass", "POST", LINK + "/{upload}/ky", 403, world="judging"),
    Row("entries.sign_by_pass", "POST", LINK + "/{file}/ky", 404),
    Row("entries.finish_by_pass", "POST", LINK + "/{file}/xong", 404),
    Row("entries.status_by_pass", "GET", LINK + "/{upload}/trang-thai", 200),
    Row("entries.status_by_pass", "GET", LINK + "/{file}/trang-thai", 404),
    Row("entries.remove_by_pass", "POST", LINK + "/{upload}/bo", 303),
    own("check", "GET", DRAFT + "/kiem-tra", 200),
    own("check", "GET", ENTRY + "/kiem-tra", 200),
    own("submit", "POST", DRAFT + "/nop", 422),
    own("submit", "POST", DRAFT + "/nop", 403, "judging"),
    own("receipt", "GET", DRAFT + "/bien-nhan", 404),
    own("receipt_paper", "GET", DRAFT + "/bien-nhan.pdf", 404),
    own("entry_form", "GET", DRAFT + "/phieu-dang-ky.pdf", 404),
    own("revise", "POST", DRAFT + "/sua", 403),
    own("revise", "POST", ENTRY + "/sua", 403),
    own("drop_revision", "POST", ENTRY + "/bo-sua", 303),
    # The owner alone invites, and takes a work into another category; an invitation is seen by whoever has its link.
    own("invite_author", "GET", ROW + "/moi", 200, joined=403),
    own("invite_author", "POST", ROW + "/moi", 303, joined=403),
    own("invite_author", "POST", ROW + "/moi", 403, "judging"),
    own("end_invitation", "POST", ROW + "/thoi", 303, joined=403),
    own("end_invitation", "POST", DRAFT + "/tac-gia/{joined}/thoi", 303),
    Row("entries.open_invitation", "GET", INVITE, 200),
    Row("entries.open_invitation", "GET", INVITE + "x", 404),
    Row("entries.join", "POST", INVITE, 303, {"anonymous": 401, "entrant": 403, "co_author": 403}),
    Row("entries.join", "POST", INVITE + "x", 404, {"anonymous": 401}),
    own("copy", "GET", DRAFT + "/loai-hinh", 200, joined=403),
    own("copy", "POST", DRAFT + "/loai-hinh", 422, joined=403),
    own("copy", "GET", ENTRY + "/loai-hinh", 403),
    own("copy", "POST", ENTRY + "/loai-hinh", 403),
    own("delete", "GET", DRAFT + "/xoa", 200, joined=403),
    own("delete", "GET", ENTRY + "/xoa", 403),
    own("delete", "POST", DRAFT + "/xoa", 303, joined=403),
    own("delete", "POST", ENTRY + "/xoa", 403),
    own("withdraw", "GET", ENTRY + "/rut", 200),
    own("withdraw", "POST", ENTRY + "/rut", 422),
    own("withdraw", "GET", ENTRY + "/rut", 403, "judging"),
    own("withdraw", "POST", ENTRY + "/rut", 403, "judging"),
    # The staff put a receipt in and receive its work again; the page says what is wrong with the file.
    Row("entries.presented", "GET", AGAIN, 403, NOBODY | staff(200, *SECRETARIAT)),
    Row("entries.presented", "GET", "/khong-co/nhan-lai", 404, NOBODY),
    Row("entries.look_up", "POST", AGAIN, 403, NOBODY | staff(422, *SECRETARIAT)),
    Row("entries.recover", "POST", f"{AGAIN}/ho-so", 403, NOBODY | staff(422, *SECRETARIAT)),
]
