"""Doors of files: only who sent a file goes on sending it; who reads it is the owner's word. A foreign one is 404."""

from tests.doors.matrix import Row, staff

ANONYMOUS, SENDER = {"anonymous": 401}, "entrant"
SCREENS = ("secretary", "organiser")
READS = staff(302, SENDER, "secretary", "organiser")
SEES = {**ANONYMOUS, **staff(200, SENDER, "secretary", "organiser")}

JUDGES = staff(302, "judge", "other_judge", "chair", "deputy", "judge_and_entrant")
ALLOWED_JUDGES = dict.fromkeys(JUDGES, 200)

ROWS = [
    # The sender is let in: a bare request names no parts (400), and another's file is not there.
    Row("files.sign", "POST", "/tep/{upload}/ky", 404, {**ANONYMOUS, SENDER: 400}),
    Row("files.finish", "POST", "/tep/{file}/xong", 404, {**ANONYMOUS, SENDER: 200}),
    # Who sent it is told that it has its verdict; who screens may ask of what nobody could check, as it stands then.
    Row("files.check_again", "POST", "/tep/{file}/kiem-tra-lai", 404, {**ANONYMOUS, **staff(403, SENDER, *SCREENS)}),
    Row("files.status", "GET", "/tep/{file}/trang-thai", 404, SEES),
    Row("files.read", "GET", "/tep/{file}", 404, READS),
    Row("files.page", "GET", "/tep/{file}/trang/1", 404, READS),
    Row("files.rendition", "GET", "/tep/{file}/ban/nhe", 404, READS),
    Row("files.rendition", "GET", "/tep/{file}/ban/full", 404),
    Row("files.text", "GET", "/tep/{file}/van-ban", 404, staff(200, SENDER, "secretary", "organiser")),
    # Of a draft nobody but its author knows; nothing stands in the store yet that could be read.
    Row("files.status", "GET", "/tep/{upload}/trang-thai", 404, {**ANONYMOUS, SENDER: 200, "co_author": 200}),
    Row("files.read", "GET", "/tep/{upload}", 404),
    # Once the last round is closed the judges are through with it, the staff is not.
    Row("files.read", "GET", "/tep/{file}", 404, READS, world="closed"),
    # A judge reads the works assigned while the round is open; one kept from the work by a connection does not. In a
    # blind round, as this one is, no judge gets the file as it came.
    Row("files.read", "GET", "/tep/{file}", 404, READS, world="judging"),
    Row("files.rendition", "GET", "/tep/{file}/ban/nhe", 404, {**READS, **JUDGES}, world="judging"),
    Row("files.page", "GET", "/tep/{file}/trang/1", 404, {**READS, **JUDGES}, world="judging"),
    Row("files.status", "GET", "/tep/{file}/trang-thai", 404, {**SEES, **ALLOWED_JUDGES}, world="judging"),
]
