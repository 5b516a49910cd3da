"""Doors for programs: each actor's program brings a key for everything; and the pages around them."""

from tests.doors.matrix import Row, staff

V1 = "/api/v1"
EDITION = f"{V1}/editions/{{slug}}"
DESK = f"{EDITION}/newsrooms/{{newsroom}}"
HOOKS = "/tai-khoan/bao-tu-dong"
ANONYMOUS = {"anonymous": 401}
READERS = ("organiser", "secretary", "auditor")
SEE_DESK = {**ANONYMOUS, "newsroom_contact": 200, **staff(200, *READERS)}

ROWS = [
    Row("programs.described", "GET", "/api", 200),
    Row("programs.keys", "GET", "/tai-khoan/khoa", 200, ANONYMOUS),
    Row("programs.make_key", "POST", "/tai-khoan/khoa/moi", 422, ANONYMOUS),
    Row("programs.end_key", "POST", "/tai-khoan/khoa/{entry}/thu-hoi", 404, ANONYMOUS),
    Row("api.openapi", "GET", f"{V1}/openapi.json", 200),
    Row("api.editions", "GET", f"{V1}/editions", 200),
    Row("api.edition", "GET", EDITION, 200),
    Row("api.rules", "GET", f"{EDITION}/rules", 200),
    Row("api.categories", "GET", f"{EDITION}/categories", 200),
    *(
        Row(endpoint, "GET", f"{EDITION}/results{rest}", 200 if world == "published" else 404, world=world)
        for world in ("open", "judging", "closed", "published")
        for endpoint, rest in (
            ("api.result", ""),
            ("api.prize_works", "/works"),
            ("api.prize_work", "/works/{entry}"),
        )
    ),
    Row("api.me", "GET", f"{V1}/me", 200, ANONYMOUS),
    Row("api.own_entries", "GET", f"{EDITION}/entries", 200, ANONYMOUS),
    Row("api.begin_entry", "POST", f"{EDITION}/entries", 422, ANONYMOUS),
    Row("api.own_entry", "GET", f"{EDITION}/entries/{{entry}}", 404, {**ANONYMOUS, "entrant": 200}),
    Row(
        "api.own_entry", "GET", f"{EDITION}/entries/{{draft}}", 404, {**ANONYMOUS, **staff(200, "entrant", "co_author")}
    ),
    Row("api.receipts", "GET", f"{EDITION}/entries/{{entry}}/receipts", 404, {**ANONYMOUS, "entrant": 200}),
    Row("api.newsroom", "GET", DESK, 404, SEE_DESK),
    Row("api.desk_works", "GET", f"{DESK}/works", 404, SEE_DESK),
    # Whoever is let in sent no works.
    Row("api.confirm", "POST", f"{DESK}/confirmations", 422, ANONYMOUS),
    Row("api.webhooks", "GET", f"{V1}/webhooks", 200, ANONYMOUS),
    Row("api.deliveries", "GET", f"{V1}/webhooks/{{entry}}/deliveries", 404, ANONYMOUS),
    Row("programs.webhooks", "GET", HOOKS, 200, ANONYMOUS),
    Row("programs.make_webhook", "POST", f"{HOOKS}/moi", 422, ANONYMOUS),
    # Nobody's receiver is anybody else's.
    Row("programs.webhook", "GET", f"{HOOKS}/{{entry}}", 404, ANONYMOUS),
    Row("programs.change_secret", "POST", f"{HOOKS}/{{entry}}/doi-ma", 404, ANONYMOUS),
    *(Row("programs.switch", "POST", f"{HOOKS}/{{entry}}/{act}", 404, ANONYMOUS) for act in ("tat", "bat")),
]
