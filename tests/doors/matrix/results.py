"""Doors of results. The public ones say the same to everybody; before the instant they are not there."""

from tests.doors.matrix import Row, staff

ANONYMOUS = {"anonymous": 401}
READERS = ("organiser", "secretary", "chair", "deputy", "auditor")
READ = {**ANONYMOUS, **staff(200, *READERS)}
PAPERS = "/{slug}/quyet-dinh/van-ban"
ASIDE = "/{slug}/quyet-dinh/{result}/khong-trao"
CERTIFICATES = "/{slug}/quyet-dinh/giay-chung-nhan.pdf"
PAPER = "/{slug}/van-ban/ABCD-EFGH-JKLM"
AFTER = "/{slug}/sau-cong-bo"
HONOUR_ASIDE = "/{slug}/quyet-dinh/tap-the/{honour}/khong-trao"

ROWS = [
    # What programs read along, the same for everybody.
    *(
        Row("results.feed", "GET", f"/{{slug}}/tin.{end}", 200, world=world)
        for end in ("atom", "json")
        for world in ("open", "published")
    ),
    Row("results.feed", "GET", "/{slug}/tin.exe", 404),
    Row("results.picture", "GET", "/{slug}/chia-se/giai.png", 200),
    *(
        Row("results.picture", "GET", f"/{{slug}}/chia-se/{key}.png", status, world=world)
        for key in ("ket-qua", "{entry}")
        for status, world in ((404, "closed"), (200, "published"))
    ),
    Row("results.site", "GET", "/sitemap.xml", 200, world="published"),
    *(Row("results.openly", "GET", "/{slug}/cong-khai", 404, world=world) for world in ("open", "closed")),
    Row("results.openly", "GET", "/{slug}/cong-khai", 200, world="published"),
    *(
        Row("results.disclose", method, "/{slug}/cong-khai/quyet-dinh", 403, ANONYMOUS, world="closed")
        for method in ("GET", "POST")
    ),
    Row(
        "results.disclose",
        "GET",
        "/{slug}/cong-khai/quyet-dinh",
        403,
        {**ANONYMOUS, **staff(200, "organiser")},
        world="published",
    ),
    Row(
        "results.disclose",
        "POST",
        "/{slug}/cong-khai/quyet-dinh",
        403,
        {**ANONYMOUS, **staff(422, "organiser")},
        world="published",
    ),
    Row("results.robots", "GET", "/robots.txt", 200),
    Row("results.decision", "GET", "/{slug}/quyet-dinh", 403, READ, world="closed"),
    Row("results.decision", "GET", "/{slug}/quyet-dinh?tai-ve=xlsx", 403, READ, world="closed"),
    Row("results.public", "GET", "/{slug}/ket-qua?tai-ve=csv", 404, world="closed"),
    Row("results.public", "GET", "/{slug}/ket-qua?tai-ve=csv", 200, world="published"),
    *(Row("results.paper", "GET", f"{PAPERS}/quyet-dinh.pdf", 403, ANONYMOUS, world=w) for w in ("open", "judging")),
    *(
        Row("results.paper", "GET", f"{PAPERS}/{name}", 403, READ, world=world)
        for name in ("quyet-dinh.pdf", "thong-bao.docx")
        for world in ("closed", "published")
    ),
    Row("results.paper", "GET", f"{PAPERS}/to-trinh.pdf", 403, READ, world="closed"),
    Row("results.paper", "GET", f"{PAPERS}/khong-co.pdf", 403, {**ANONYMOUS, **staff(404, *READERS)}, world="closed"),
    Row("results.paper", "GET", f"{PAPERS}/quyet-dinh.exe", 403, {**ANONYMOUS, **staff(404, *READERS)}, world="closed"),
    # The organiser is let in: a bare request names no paper.
    Row("results.decide", "POST", "/{slug}/quyet-dinh", 403, {**ANONYMOUS, "organiser": 422}, world="closed"),
    Row("results.decide", "POST", "/{slug}/quyet-dinh", 403, ANONYMOUS, world="judging"),
    Row("results.decide", "POST", "/{slug}/quyet-dinh", 403, ANONYMOUS, world="published"),
    Row("results.setting_aside", "GET", ASIDE, 403, {**ANONYMOUS, "organiser": 200}, world="closed"),
    Row("results.set_aside", "POST", ASIDE, 403, {**ANONYMOUS, "organiser": 422}, world="closed"),
    Row("results.setting_aside", "GET", ASIDE, 403, ANONYMOUS, world="published"),
    Row("results.setting_honour_aside", "GET", HONOUR_ASIDE, 403, {**ANONYMOUS, "organiser": 200}, world="closed"),
    Row("results.set_honour_aside", "POST", HONOUR_ASIDE, 403, {**ANONYMOUS, "organiser": 422}, world="closed"),
    Row("results.set_honour_aside", "POST", HONOUR_ASIDE, 403, ANONYMOUS, world="published"),
    Row("results.commendation", "GET", "/{slug}/quyet-dinh/khen-thuong", 403, READ, world="closed"),
    Row("results.record_commendation", "POST", "/{slug}/quyet-dinh/khen-thuong", 403, ANONYMOUS, world="closed"),
    Row(
        "results.choose_apart",
        "POST",
        "/{slug}/quyet-dinh/khen-thuong/rieng",
        403,
        {**ANONYMOUS, "organiser": 303},
        world="closed",
    ),
    Row("results.publish", "GET", "/{slug}/cong-bo", 403, READ, world="closed"),
    # Without a decision nobody sets an instant; with a publication nobody sets another.
    Row("results.propose", "POST", "/{slug}/cong-bo", 403, ANONYMOUS, world="closed"),
    Row("results.propose", "POST", "/{slug}/cong-bo", 403, ANONYMOUS, world="published"),
    Row("results.confirm", "POST", "/{slug}/cong-bo/xac-nhan", 403, ANONYMOUS, world="closed"),
    Row("results.withdraw", "POST", "/{slug}/cong-bo/rut", 403, ANONYMOUS, world="closed"),
    # What authors will read is written by the council's heads and the secretariat where the rules release it.
    *(Row("results.remarks", "GET", "/{slug}/nhan-xet", 403, READ, world=world) for world in ("judging", "closed")),
    *(
        Row("results.remark", method, "/{slug}/nhan-xet/{entry}", 403, ANONYMOUS, world=world)
        for method in ("GET", "POST")
        for world in ("closed", "published")
    ),
    *(Row("results.public", "GET", "/{slug}/ket-qua", 404, world=world) for world in ("open", "judging", "closed")),
    *(
        Row("results.work", "GET", "/{slug}/ket-qua/{entry}", 404, world=world)
        for world in ("open", "judging", "closed")
    ),
    Row("results.public", "GET", "/{slug}/ket-qua", 200, world="published"),
    *(Row("results.certificates", "GET", CERTIFICATES, 403, ANONYMOUS, world=w) for w in ("open", "judging", "closed")),
    Row(
        "results.certificates",
        "GET",
        CERTIFICATES,
        403,
        {**ANONYMOUS, **staff(200, "organiser", "secretary")},
        world="published",
    ),
    # Codes of papers are asked for by everybody, and before the instant nobody learns whether there is one.
    *(
        Row(endpoint, "GET", address, 404, world=world)
        for endpoint, address in (("results.issued", "/{slug}/van-ban"), ("results.issued_paper", PAPER))
        for world in ("open", "judging", "closed")
    ),
    Row("results.issued", "GET", "/{slug}/van-ban", 200, world="published"),
    Row("results.issued", "GET", "/{slug}/van-ban?ma=abcd", 303, world="published"),
    Row("results.issued_paper", "GET", PAPER, 404, world="published"),
    Row("results.work", "GET", "/{slug}/ket-qua/{entry}", 200, world="published"),
    Row("results.work", "GET", "/{slug}/ket-qua/{draft}", 404, world="published"),
    *(Row("results.after", "GET", AFTER, 403, READ, world=world) for world in ("closed", "published")),
    *(
        Row(endpoint, "GET", f"{AFTER}/{address}", 403, {**ANONYMOUS, "organiser": 200}, world="published")
        for endpoint, address in (
            ("results.revoke", "thu-hoi/{result}"),
            ("results.revoke", "thu-hoi/{honour}"),
            ("results.revocation_paper", "thu-hoi/{result}/quyet-dinh.docx"),
            ("results.correct", "dinh-chinh/{result}"),
        )
    ),
    Row(
        "results.revoke",
        "GET",
        f"{AFTER}/thu-hoi/{{result}}",
        403,
        {**ANONYMOUS, **staff(404, *READERS)},
        world="closed",
    ),
    Row(
        "results.revoke", "POST", f"{AFTER}/thu-hoi/{{result}}", 403, {**ANONYMOUS, "organiser": 422}, world="published"
    ),
    Row(
        "results.correct",
        "POST",
        f"{AFTER}/dinh-chinh/{{result}}",
        403,
        {**ANONYMOUS, "organiser": 422},
        world="published",
    ),
    # Nothing was taken back: there is no place to give, and no paper of it.
    Row("results.ruling_paper", "GET", f"{AFTER}/van-ban/khong-co.pdf", 403, {**ANONYMOUS, **staff(404, *READERS)}),
    *(
        Row(endpoint, "GET", f"{AFTER}/{address}", 403, {**ANONYMOUS, "organiser": 200}, world="published")
        for endpoint, address in (
            ("results.lower", "ha-muc/{result}"),
            ("results.lowering_paper", "ha-muc/{result}/quyet-dinh.docx"),
        )
    ),
    Row("results.lower", "POST", f"{AFTER}/ha-muc/{{result}}", 403, {**ANONYMOUS, "organiser": 422}, world="published"),
    *(
        Row(endpoint, method, f"{AFTER}/trao/khong-co{rest}", 403, {**ANONYMOUS, "organiser": 404}, world="published")
        for endpoint, method, rest in (
            ("results.fill", "GET", ""),
            ("results.fill", "POST", ""),
            ("results.filling_paper", "GET", "/quyet-dinh.pdf"),
        )
    ),
    Row(
        "results.succession_paper",
        "GET",
        f"{AFTER}/xet-tiep/khong-co/{{entry}}/quyet-dinh.pdf",
        403,
        {**ANONYMOUS, "organiser": 404},
        world="published",
    ),
    *(
        Row(
            "results.next_in_line",
            method,
            f"{AFTER}/xet-tiep/khong-co",
            403,
            {**ANONYMOUS, "organiser": 404},
            world="published",
        )
        for method in ("GET", "POST")
    ),
    *(
        Row(
            endpoint,
            "POST",
            f"{AFTER}/{address}/khong-co",
            403,
            {**ANONYMOUS, **staff(404, *READERS)},
            world="published",
        )
        for endpoint, address in (("results.confirm_later", "xac-nhan"), ("results.withdraw_later", "rut"))
    ),
    # A certificate of an edition that is not public answers as one that nobody ever had.
    Row("results.certificate_asked", "GET", "/chung-nhan", 200),
    Row("results.certificate_asked", "GET", "/chung-nhan?ma=abcd", 303),
    *(Row("results.certificate", "GET", "/chung-nhan/{certificate}", 404, world=w) for w in ("closed", "open")),
    Row("results.certificate", "GET", "/chung-nhan/{certificate}", 200, world="published"),
]
