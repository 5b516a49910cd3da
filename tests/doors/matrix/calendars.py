"""Doors of calendars: an edition's for everybody, one's own for whoever holds its address."""

from tests.doors.matrix import Row, staff

ANONYMOUS = {"anonymous": 401}

ROWS = [
    *(Row("calendars.edition", "GET", "/{slug}/lich", 200, world=world) for world in ("open", "published")),
    *(Row("calendars.file", "GET", "/{slug}/lich.ics", 200, world=world) for world in ("open", "published")),
    Row("calendars.plan", "POST", "/{slug}/lich", 403, {**ANONYMOUS, **staff(409, "organiser", "secretary")}),
    Row("calendars.own_file", "GET", "/lich/khongphaidiachi.ics", 404),
    Row("calendars.own", "GET", "/tai-khoan/lich", 200, ANONYMOUS),
    Row("calendars.open_own", "POST", "/tai-khoan/lich", 303, ANONYMOUS),
    Row("calendars.close_own", "POST", "/tai-khoan/lich/thu-hoi", 303, ANONYMOUS),
]
