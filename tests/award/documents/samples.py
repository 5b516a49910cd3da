"""Papers of every shape, invented, in each form: articles and an annex, a letter, minutes, a list of many pages."""

from datetime import date

from award.documents.paper import Annex, Column, FormCode, Head, Heading, Paper, Paragraph, Signature, Table

DAY = date(2023, 11, 5)
MARK = "Dữ liệu minh họa, không phải hồ sơ hoặc kết quả của Giải."
AWARD = "Giải báo chí về xây dựng Đảng tỉnh Khánh Hòa lần thứ III - năm 2023"


def decision(form: FormCode, *, number: str = "12", mark: str = "") -> Paper:
    return Paper(
        form=form,
        head=Head(
            parent="Đảng bộ tỉnh Khánh Hòa",
            body="Ban Tổ chức Giải báo chí về xây dựng Đảng",
            kind_symbol="QĐ",
            body_symbol="BTCG",
            number=number,
            place="Khánh Hòa",
            day=DAY if number else None,
        ),
        kind="Quyết định",
        subject=f"về việc trao {AWARD}",
        recitals=(
            "Căn cứ Kế hoạch 142-KH/TU, ngày 21/4/2023 của Ban Thường vụ Tỉnh ủy;",
            "Căn cứ Thể lệ Giải ban hành kèm theo Quyết định 02-QĐ/BTCG, ngày 16/5/2023",
            "Xét đề nghị của Hội đồng chung khảo.",
        ),
        decides="Ban Tổ chức Giải",
        body=(
            Paragraph("Trao giấy chứng nhận và tiền thưởng cho 3 tác phẩm (có Danh sách kèm theo), gồm:", "Điều 1."),
            Paragraph("- 1 giải A, mỗi giải 10.000.000 đồng;"),
            Paragraph("- 2 giải B, mỗi giải 7.000.000 đồng."),
            Paragraph("Tổng số tiền thưởng là 24.000.000 đồng (Hai mươi bốn triệu đồng).", "Điều 2."),
            Paragraph("Quyết định này có hiệu lực kể từ ngày ký.", "Điều 3."),
        ),
        signatures=(Signature("Phó Trưởng Ban", "Nguyễn Văn Hòa", "KT. Trưởng Ban"),),
        recipients=("Thường trực Tỉnh ủy (báo cáo)", "Như Điều 3", "Lưu: Văn phòng Tỉnh ủy."),
        annexes=(
            Annex(
                "Danh sách",
                f"tác phẩm đoạt {AWARD}",
                "Kèm theo Quyết định số 12-QĐ/BTCG, ngày 05/11/2023 của Ban Tổ chức Giải",
                (
                    Heading("I. Báo in"),
                    Paragraph("Có 1 giải A và 1 giải B."),
                    Heading("Giải A", 2),
                    Paragraph("1. Loạt 5 bài “Giữ lời hứa với dân” của tác giả H'Yim Niê (Hà Vân) - Báo Biển Xanh."),
                ),
            ),
        ),
        settled_on=DAY,
        mark=mark,
    )


def letter(form: FormCode, *, to: tuple[str, ...] = ("Tạp chí Cộng sản",)) -> Paper:
    return Paper(
        form=form,
        head=Head("Tỉnh ủy Khánh Hòa", "Ban Tuyên giáo", "CV", "BTGTU", "", place="Khánh Hòa"),
        kind="",
        subject="gửi tác phẩm dự Giải Búa liềm vàng lần thứ VIII - năm 2023",
        to=to,
        body=(Paragraph("Ban Tuyên giáo Tỉnh ủy gửi 12 tác phẩm dự Giải. Đề nghị Tạp chí xem xét."),),
        signatures=(Signature("", "", ""),),
        recipients=("Như trên", "Lưu Ban Tuyên giáo Tỉnh ủy"),
        settled_on=DAY,
    )


def minutes(form: FormCode) -> Paper:
    return Paper(
        form=form,
        head=Head("", "Hội đồng chung khảo", bears_number=False, dated=False),
        kind="Biên bản",
        subject="họp Hội đồng chung khảo",
        body=(
            Paragraph("Hôm nay, ngày 05 tháng 11 năm 2023, Hội đồng chung khảo họp."),
            Heading("I. Thành phần"),
            Heading("a) Có mặt", 3),
            Paragraph("Biên bản được đọc cho mọi người cùng nghe."),
        ),
        signatures=(Signature("Người ghi biên bản", "Lê Thu Hà"), Signature("Chủ trì", "Trần Đức Minh")),
        settled_on=DAY,
    )


def long_list(form: FormCode, *, rows: int = 60) -> Paper:
    columns = (
        Column("STT", 5, "center"),
        Column("Tên tác phẩm", 40),
        Column("Tác giả", 25),
        Column("Điểm", 8, "right"),
    )
    works = [(str(n), f"Đường về bản xa {n}", "Nguyễn Thị Vân (Hà Vân,\nSông Mây)", "8,75") for n in range(1, rows + 1)]
    return Paper(
        form=form,
        head=Head("", "Hội đồng sơ khảo", bears_number=False, place="Khánh Hòa"),
        kind="Danh sách",
        subject="tác phẩm vào vòng chung khảo",
        body=(Table(columns, ("Tiểu ban Báo in", *works)),),
        signatures=(Signature("Chủ tịch", "Trần Đức Minh", "T/M Hội đồng"),),
        settled_on=DAY,
        mark=MARK,
        landscape=True,
    )
