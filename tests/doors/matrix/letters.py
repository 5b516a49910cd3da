"""Doors of letters: the organiser's and the secretariat's."""

from tests.doors.matrix import Row, staff

ANONYMOUS = {"anonymous": 401}
READ = {**ANONYMOUS, **staff(200, "organiser", "secretary")}
TYPED = {**ANONYMOUS, **staff(422, "organiser", "secretary")}
HOME = "/{slug}/thu"

ROWS = [
    *(Row("letters.home", "GET", HOME, 403, READ, world=world) for world in ("open", "judging", "published")),
    *(Row("letters.wording", "GET", f"{HOME}/mau/{kind}", 403, READ) for kind in ("receipt", "correction")),
    Row("letters.wording", "GET", f"{HOME}/mau/winner", 403, READ, world="published"),
    Row("letters.wording", "GET", f"{HOME}/mau/judge_reminder", 403, READ, world="judging"),
    Row("letters.wording", "GET", f"{HOME}/mau/khac", 403, {**ANONYMOUS, **staff(404, "organiser", "secretary")}),
    Row("letters.save_wording", "POST", f"{HOME}/mau/receipt", 403, TYPED),
    Row("letters.switch", "POST", f"{HOME}/nhac/drafts", 403, {**ANONYMOUS, **staff(303, "organiser", "secretary")}),
    *(Row("letters.compose", "GET", f"{HOME}/gui/{one}", 403, READ) for one in ("drafts", "to_mend", "unsaid")),
    Row("letters.compose", "GET", f"{HOME}/gui/behind", 403, READ, world="judging"),
    Row("letters.compose", "GET", f"{HOME}/gui/winners", 403, READ, world="published"),
    Row("letters.send", "POST", f"{HOME}/gui/drafts", 403, TYPED),
    *(
        Row(door, method, f"{HOME}/da-gui/khongco{end}", 403, {**ANONYMOUS, **staff(404, "organiser", "secretary")})
        for door, method, end in (("letters.mailing", "GET", ""), ("letters.send_again", "POST", "/gui-lai"))
    ),
    *(Row("letters.short", "GET", f"{HOME}/tin-nhan", 403, READ, world=world) for world in ("open", "published")),
]
