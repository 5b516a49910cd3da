"""Doors of personal data: one's own for whoever is signed in; others' for who answers an award's requests."""

from tests.doors.matrix import Row, staff
from tests.doors.matrix.people import inside

ANONYMOUS = {"anonymous": 401}
OWN, ALL = "/tai-khoan/du-lieu", "/{slug}/du-lieu-ca-nhan"
LETTER, COPY = ALL + "/{letter_request}", ALL + "/{copy_request}"
KEEPERS = ("organiser", "secretary")


def kept(endpoint: str, method: str, address: str, status: int, world: str = "published") -> Row:
    """A door for organiser and secretariat."""
    return Row(endpoint, method, address, 403, {**ANONYMOUS, **staff(status, *KEEPERS)}, world)


ROWS = [
    inside("privacy.own", "GET", OWN, 200),
    inside("privacy.read", "GET", f"{OWN}/xem", 200, "judging"),
    inside("privacy.agree", "POST", f"{OWN}/dong-y", 303),
    inside("privacy.withdraw_consent", "POST", f"{OWN}/dong-y/1/rut", 404),
    inside("privacy.ask_copy", "POST", f"{OWN}/ban-sao", 303),
    inside("privacy.own_copy", "GET", f"{OWN}/ban-sao/khong-co", 404),
    Row("privacy.own_copy", "GET", OWN + "/ban-sao/{own_request}", 404, {**ANONYMOUS, "entrant": 403}, world="judging"),
    inside("privacy.ask_correction", "POST", f"{OWN}/sua", 422),
    inside("privacy.ask_erasure", "GET", f"{OWN}/xoa", 200, "closed"),
    inside("privacy.ask_erasure", "POST", f"{OWN}/xoa", 422, "closed"),
    Row("privacy.withdraw", "POST", OWN + "/yeu-cau/{own_request}/rut", 404, {**ANONYMOUS, "entrant": 303}),
    *(kept("privacy.requests", "GET", ALL, 200, world) for world in ("open", "published")),
    kept("privacy.requests", "POST", ALL, 422),
    kept("privacy.answering", "GET", LETTER, 200),
    kept("privacy.answering", "GET", ALL + "/khong-co", 404),
    kept("privacy.match", "POST", f"{LETTER}/doi-chieu", 303),
    kept("privacy.answer", "POST", f"{COPY}/tra-loi", 422),
    kept("privacy.refuse", "POST", f"{LETTER}/tu-choi", 422),
    # Nobody has said yet who in the dossiers this is.
    kept("privacy.erase", "POST", f"{LETTER}/xoa", 422),
    kept("privacy.make_copy", "POST", f"{LETTER}/ban-sao", 403),
    kept("privacy.make_copy", "POST", f"{COPY}/ban-sao", 303),
    kept("privacy.take_copy", "GET", f"{COPY}/ban-sao", 404),
    kept("privacy.terms", "GET", f"{ALL}/thoi-han", 200),
    Row("privacy.terms", "POST", f"{ALL}/thoi-han", 403, {**ANONYMOUS, "organiser": 422}, "published"),
    kept("privacy.register", "GET", f"{ALL}/so-theo-doi.docx", 200),
    kept("privacy.register", "GET", f"{ALL}/so-theo-doi.pdf", 200),
    kept("privacy.register", "GET", f"{ALL}/so-theo-doi.exe", 404),
]
