"""The evidence as one file that is checked without the house: rules, events, opened sheets, outcome, verifier."""

import io
import zipfile

from flask_babel import lazy_gettext as _

from award.editions.models import Edition
from award.log.checkpoints import signer
from award.log.operations import canonical_json
from judging.proof import opened, queries
from judging.proof.verifier.one_file import assembled

EPOCH = (2000, 1, 1, 0, 0, 0)
"""No clock in the file: the same evidence gives the same bytes."""

README = """\
BỘ KIỂM CHỨNG KẾT QUẢ CHẤM GIẢI

Kiểm tra trên máy không nối mạng, chỉ cần Python 3.11 và thư viện cryptography:

    python verify.py

Từng bước in KHỚP hoặc KHÔNG KHỚP. Đối chiếu thêm khóa và mã mốc với bản in trong biên bản, trong thư đã nhận:

    python verify.py --key "khóa trong biên bản"
    python verify.py --note moc-da-luu.txt          mốc lưu từ thư hoặc từ trang Kiểm chứng
    python verify.py --receipt bien-nhan.txt        biên nhận của một thành viên

Biên nhận kiểm tra được cả khi chỉ có verify.py và khóa, không cần bộ này.

rules.json         quy định của từng vòng đã kết thúc, cơ cấu giải
events.ndjson      sổ sự kiện, chỉ ghi mã số, không ghi họ tên
checkpoints/       các mốc đã ký: số sự kiện và mã của toàn bộ sổ đến lúc ấy
sheets.ndjson      các phiếu đã tính, kèm số ngẫu nhiên để đối chiếu với cam kết trong sổ
revisions.ndjson   nội dung trước khi điều chỉnh của những phiếu được xem lại khi đã khóa phiếu
corrections.ndjson đính chính sau khi kết thúc vòng: phiếu không còn được tính, lý do
zones.ndjson       khả năng vào danh sách khi khóa phiếu, theo phần nghìn; trên 100, dưới 900 là sát ngưỡng
ballots.ndjson     phiếu của các lần bỏ phiếu kín, đã trộn, không gắn với tên người bỏ phiếu
result.json        thứ hạng, danh sách vào vòng sau, kết quả bỏ phiếu, giải; result.json.sig là chữ ký
key.txt            khóa công khai dùng để kiểm tra chữ ký
"""

LABELS = {
    "README-vi.txt": _("Bộ kiểm chứng: cách kiểm tra"),
    "verify.py": _("Bộ kiểm chứng: chương trình kiểm tra"),
    "events.ndjson": _("Sổ sự kiện"),
    "result.json": _("Bộ kiểm chứng: kết quả, có chữ ký"),
}
"""Names of those that somebody looks for; the others are read by the verifier."""


def members(edition: Edition) -> dict[str, bytes]:
    """The evidence of all closed rounds of `edition`, name by name; the same as long as nothing happens."""
    by = signer(edition.award_id)
    outcome = canonical_json(opened.outcome(edition)) + b"\n"
    return {
        "README-vi.txt": README.encode(),
        "verify.py": assembled().encode(),
        "key.txt": f"{by.verifier_key}\n".encode(),
        "rules.json": canonical_json(opened.rules(edition)) + b"\n",
        "events.ndjson": b"".join(payload + b"\n" for payload in queries.payloads(edition.award_id)),
        "sheets.ndjson": b"".join(canonical_json(line) + b"\n" for line in opened.sheets(edition)),
        "revisions.ndjson": b"".join(canonical_json(line) + b"\n" for line in opened.revisions(edition)),
        "zones.ndjson": b"".join(canonical_json(line) + b"\n" for line in opened.zones(edition)),
        "corrections.ndjson": b"".join(canonical_json(line) + b"\n" for line in opened.corrections(edition)),
        "ballots.ndjson": b"".join(canonical_json(line) + b"\n" for line in opened.ballots(edition)),
        "result.json": outcome,
        "result.json.sig": by.sign(outcome.decode()).encode(),
    } | {
        f"checkpoints/{taken.size:07}.txt": taken.note.encode() for taken, _act in queries.checkpoints(edition.award_id)
    }


def bundle(edition: Edition) -> bytes:
    """All of it as a ZIP, byte for byte the same as long as nothing happens."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members(edition).items():
            info = zipfile.ZipInfo(name, EPOCH)
            info.external_attr, info.create_system = 0o644 << 16, 3
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, data)
    return written.getvalue()
