"""Doors of prize money. Who pays is somebody none of these people is: nobody of them reads an account."""

from tests.doors.matrix import Row, staff

ANONYMOUS = {"anonymous": 401}
LIST, OWN = "/{slug}/chi-tra", "/{slug}/tac-pham/{entry}/tien-thuong"
READ = {**ANONYMOUS, **staff(200, "organiser")}

ROWS = [
    # Before the decision there is nothing to pay; the list is the accountant's and, without accounts, the organiser's.
    *(Row("payments.list", "GET", LIST, 403, ANONYMOUS, world=world) for world in ("open", "judging", "closed")),
    Row("payments.list", "GET", LIST, 403, READ, world="published"),
    *(Row("payments.look", "POST", f"{LIST}/xem", 403, ANONYMOUS, world=world) for world in ("closed", "published")),
    *(
        Row("payments.paper", "POST", f"{LIST}/danh-sach.{ending}", 403, ANONYMOUS, world="published")
        for ending in ("pdf", "docx", "xlsx", "exe")
    ),
    Row("payments.pay", "POST", f"{LIST}/da-chi", 403, ANONYMOUS, world="published"),
    Row("payments.undo", "POST", f"{LIST}/xoa-ghi-nhan", 403, ANONYMOUS, world="published"),
    # What is withheld is the organiser's to say, whatever the day; nothing need be said.
    Row("payments.terms", "GET", f"{LIST}/thue", 403, READ, world="open"),
    Row("payments.terms", "POST", f"{LIST}/thue", 403, {**ANONYMOUS, **staff(303, "organiser")}, world="published"),
    # A winner's own page is not there before the results are public, nor ever for anybody else.
    *(Row("payments.account", "GET", OWN, 404, ANONYMOUS, world=world) for world in ("open", "judging", "closed")),
    Row("payments.account", "GET", OWN, 404, {**ANONYMOUS, "entrant": 200}, world="published"),
    Row("payments.account", "POST", OWN, 404, {**ANONYMOUS, "entrant": 422}, world="published"),
    Row("payments.take_back", "POST", f"{OWN}/xoa", 404, ANONYMOUS, world="closed"),
    Row("payments.take_back", "POST", f"{OWN}/xoa", 404, {**ANONYMOUS, "entrant": 303}, world="published"),
]
