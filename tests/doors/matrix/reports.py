"""Doors of the statistics: for who runs, heads or audits the edition at any time, for everybody with the results."""

from tests.doors.matrix import Row, staff

READ = staff(200, "organiser", "secretary", "chair", "deputy", "auditor")
DOORS = (
    ("reports.page", "/{slug}/thong-ke"),
    ("reports.workbook", "/{slug}/thong-ke.xlsx"),
    ("reports.table", "/{slug}/thong-ke/tong-hop.csv"),
)

ROWS = [
    *(Row(door, "GET", address, 404, READ, world=world) for door, address in DOORS for world in ("open", "closed")),
    *(Row(door, "GET", address, 200, world="published") for door, address in DOORS),
    *(
        Row("reports.weekly_page", "GET", "/{slug}/thong-ke/bao-cao-nhanh.pdf", 404, READ, world=world)
        for world in ("open", "published")
    ),
    *(
        Row("reports.compared", "GET", "/{slug}/thong-ke/cac-lan", 404, READ, world=world)
        for world in ("open", "closed")
    ),
    Row("reports.compared", "GET", "/{slug}/thong-ke/cac-lan", 200, world="published"),
    Row("reports.progress", "GET", "/{slug}/thong-ke/tien-do", 403, {"anonymous": 401, **READ}, world="closed"),
    Row(
        "reports.newsroom",
        "GET",
        "/{slug}/thong-ke/co-quan/{newsroom}",
        404,
        {"anonymous": 401, "newsroom_contact": 200, **staff(200, "organiser", "secretary", "auditor")},
    ),
]
