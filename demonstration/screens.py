"""The main screens of the demonstration: who sees them, and where they stand."""

from dataclasses import dataclass

from demonstration import cast
from demonstration.cast import Part

OPEN, JUDGED, MET, PAST = "/vi-2026", "/v-2025", "/iv-2024", "/iii-2023"


@dataclass(frozen=True)
class Screen:
    """A page as somebody sees it. With `follow` it is where the first link of `address` that matches leads."""

    name: str
    address: str
    by: Part | None = None
    follow: str = ""
    then: str = ""
    """What is added to the address that was followed."""
    whole: bool = True
    """The whole length of the page, and not what a window shows of it."""

    @property
    def in_english(self) -> bool:
        """Whether its look in English is held too: what everybody sees, and where each role begins."""
        return self.by is None or self.name.endswith("-desk")


SCREENS = (
    Screen("front-open", f"{OPEN}/"),
    Screen("front-archived", f"{PAST}/"),
    Screen("editions", "/cac-lan"),
    Screen("rules", f"{OPEN}/the-le"),
    Screen("may-enter", f"{OPEN}/duoc-du-khong"),
    Screen("proof", f"{PAST}/kiem-chung"),
    Screen("results", f"{PAST}/ket-qua"),
    Screen("prize", f"{PAST}/ket-qua", follow=rf"{PAST}/ket-qua/\w{{12}}"),
    Screen("statistics-public", f"{PAST}/thong-ke"),
    Screen("earlier-works", f"{PAST}/cac-lan-truoc"),
    Screen("sign-in", "/dang-nhap"),
    Screen("components", "/thanh-phan"),
    Screen("components-scoring", "/thanh-phan?trang=cham", whole=False),
    Screen("components-front", "/thanh-phan?trang=trang-dau"),
    Screen("components-confirming", "/thanh-phan?trang=xac-nhan"),
    Screen("register", "/dang-ky"),
    Screen("start-over", "/minh-hoa/lam-lai"),
    Screen("forgotten", "/quen-mat-khau"),
    Screen("letters", "/hop-thu"),
    Screen("entrant-desk", "/ban-lam-viec", cast.AUTHOR),
    Screen("entrant-works", f"{OPEN}/tac-pham", cast.AUTHOR),
    Screen("entrant-new", f"{OPEN}/tac-pham/moi", cast.AUTHOR),
    Screen("entrant-tasks", "/ban-lam-viec", cast.AUTHOR, follow=rf"{OPEN}/tac-pham/\w{{12}}"),
    Screen("entrant-work", "/ban-lam-viec", cast.AUTHOR, follow=rf"{OPEN}/tac-pham/\w{{12}}", then="/khai"),
    Screen("entrant-authors", "/ban-lam-viec", cast.AUTHOR, follow=rf"{OPEN}/tac-pham/\w{{12}}", then="/tac-gia"),
    Screen("entrant-files", "/ban-lam-viec", cast.AUTHOR, follow=rf"{OPEN}/tac-pham/\w{{12}}", then="/tep"),
    Screen("entrant-check", "/ban-lam-viec", cast.AUTHOR, follow=rf"{OPEN}/tac-pham/\w{{12}}", then="/kiem-tra"),
    Screen("entrant-receipt", f"{OPEN}/tac-pham", cast.AUTHOR, follow=rf"{OPEN}/tac-pham/\w{{12}}", then="/bien-nhan"),
    Screen("account", "/tai-khoan", cast.AUTHOR),
    Screen("own-data", "/tai-khoan/du-lieu", cast.AUTHOR),
    Screen("own-data-seen", "/tai-khoan/du-lieu/xem", cast.AUTHOR, whole=False),
    Screen("own-data-erasing", "/tai-khoan/du-lieu/xoa", cast.AUTHOR),
    Screen("newsroom-desk", "/ban-lam-viec", cast.PRESS),
    Screen("newsroom-works", f"{OPEN}/toa-soan", cast.PRESS, follow=rf"{OPEN}/toa-soan/\w{{12}}"),
    Screen("newsroom-attesting", f"{OPEN}/toa-soan", cast.PRESS, follow=rf"{OPEN}/toa-soan/\w{{12}}", then="/xac-nhan"),
    Screen("newsroom-list", f"{OPEN}/toa-soan", cast.PRESS, follow=rf"{OPEN}/toa-soan/\w{{12}}", then="/nap"),
    Screen(
        "newsroom-signed", f"{OPEN}/toa-soan", cast.PRESS, follow=rf"{OPEN}/toa-soan/\w{{12}}", then="/danh-sach-ky"
    ),
    Screen("newsrooms", f"{OPEN}/toa-soan", cast.SECRETARY),
    Screen("secretary-desk", "/ban-lam-viec", cast.SECRETARY),
    Screen("intake", f"{OPEN}/tiep-nhan", cast.SECRETARY),
    Screen("intake-register", f"{OPEN}/tiep-nhan/ghi", cast.SECRETARY),
    Screen("intake-parcel", f"{OPEN}/tiep-nhan", cast.SECRETARY, follow=rf"{OPEN}/tiep-nhan/\w{{12}}"),
    Screen("intake-things", f"{OPEN}/tiep-nhan/hien-vat", cast.SECRETARY),
    Screen("intake-list", f"{OPEN}/tiep-nhan/nap", cast.SECRETARY),
    Screen("intake-scans", f"{OPEN}/tiep-nhan/ban-quet", cast.SECRETARY),
    Screen("screening-queue", f"{OPEN}/kiem-tra", cast.SECRETARY),
    Screen("screening-work", f"{OPEN}/kiem-tra", cast.SECRETARY, follow=rf"{OPEN}/kiem-tra/\w{{12}}"),
    Screen("ineligible", f"{PAST}/khong-du-dieu-kien", cast.SECRETARY),
    Screen("own-deadlines", f"{OPEN}/thoi-han-rieng", cast.SECRETARY),
    Screen("earlier-works-list", f"{OPEN}/cac-lan-truoc/nap", cast.SECRETARY),
    Screen("staff-data", f"{OPEN}/du-lieu-ca-nhan", cast.SECRETARY),
    Screen("mail", f"{OPEN}/thu", cast.SECRETARY),
    Screen("mail-many", f"{OPEN}/thu/gui/drafts", cast.SECRETARY),
    Screen("mail-words", f"{OPEN}/thu/mau/receipt", cast.SECRETARY),
    Screen("mail-chat", f"{OPEN}/thu/tin-nhan", cast.SECRETARY),
    Screen("dates", f"{OPEN}/lich", cast.SECRETARY),
    Screen("panels", f"{JUDGED}/vong/1/tieu-ban", cast.SECRETARY),
    Screen("dealing", f"{JUDGED}/vong/1/phan-cong", cast.SECRETARY),
    Screen("progress", f"{JUDGED}/vong/1/tien-do", cast.CHAIR),
    Screen("judge-desk", "/ban-lam-viec", cast.JUDGE),
    Screen("judge-dates", "/tai-khoan/lich", cast.JUDGE),
    Screen("judge-list", f"{JUDGED}/vong/1/cham", cast.JUDGE),
    Screen("judge-pledge", f"{JUDGED}/vong/1/cam-ket", cast.KEPT_FROM),
    Screen("judge-print", f"{JUDGED}/vong/1/cham", cast.JUDGE, follow="V-IN-", whole=False),
    Screen("judge-online", f"{JUDGED}/vong/1/cham", cast.JUDGE, follow="V-ĐT-", whole=False),
    Screen("judge-radio", f"{JUDGED}/vong/1/cham", cast.JUDGE, follow="V-PT-", whole=False),
    Screen("judge-television", f"{JUDGED}/vong/1/cham", cast.JUDGE, follow="V-TH-", whole=False),
    Screen("judge-photo", f"{JUDGED}/vong/1/cham", cast.JUDGE, follow="V-ẢNH-", whole=False),
    Screen("examination", f"{PAST}/vong/1/doi-chieu", cast.AUDITOR),
    Screen("review", f"{PAST}/vong/1/ra-soat", cast.CHAIR),
    Screen("ranking", f"{PAST}/vong/1/xep-hang", cast.CHAIR),
    Screen("ranking-final", f"{PAST}/vong/2/xep-hang", cast.CHAIR),
    Screen("council", f"{PAST}/de-nghi-giai", cast.CHAIR),
    Screen("sittings", f"{PAST}/phien-hop", cast.CHAIR),
    Screen("sitting-room", f"{MET}/phien-hop", cast.CHAIR),
    Screen("sitting-preparation", f"{MET}/phien-hop/chuan-bi", cast.CHAIR),
    Screen("organiser-desk", "/ban-lam-viec", cast.ORGANISER),
    Screen("setup", f"{OPEN}/thiet-lap", cast.ORGANISER),
    Screen("setup-about", f"{OPEN}/thiet-lap/thong-tin-chung", cast.ORGANISER),
    Screen("setup-clauses", f"{OPEN}/thiet-lap/the-le", cast.ORGANISER),
    Screen("setup-judging", f"{OPEN}/thiet-lap/quy-che-cham", cast.ORGANISER),
    Screen("setup-prizes", f"{OPEN}/thiet-lap/co-cau-giai", cast.ORGANISER),
    Screen("setup-people", f"{OPEN}/thiet-lap/nhan-su", cast.ORGANISER),
    Screen("setup-national", f"{OPEN}/thiet-lap/giai-trung-uong", cast.ORGANISER),
    Screen("setup-amendments", f"{OPEN}/thiet-lap/sua-doi", cast.ORGANISER),
    Screen("amendment-clauses", f"{OPEN}/thiet-lap/sua-doi/the-le", cast.ORGANISER),
    Screen("amendment-prizes", f"{OPEN}/thiet-lap/sua-doi/co-cau-giai", cast.ORGANISER),
    Screen("setup-previews", f"{OPEN}/thiet-lap/xem-truoc", cast.ORGANISER),
    Screen("setup-trial", f"{OPEN}/thiet-lap/chay-thu", cast.ORGANISER),
    Screen("extension", f"{OPEN}/gia-han", cast.ORGANISER),
    Screen("setup-categories", f"{OPEN}/thiet-lap/loai-hinh", cast.ORGANISER),
    Screen("setup-rounds", f"{OPEN}/thiet-lap/vong-cham", cast.ORGANISER),
    Screen("setup-topics", f"{OPEN}/thiet-lap/noi-dung", cast.ORGANISER),
    Screen("setup-organs", f"{OPEN}/thiet-lap/co-quan", cast.ORGANISER),
    Screen("setup-papers", f"{OPEN}/thiet-lap/van-ban", cast.ORGANISER),
    Screen("decision", f"{PAST}/quyet-dinh", cast.ORGANISER),
    Screen("issued", f"{PAST}/van-ban"),
    Screen("publication", f"{PAST}/cong-bo", cast.ORGANISER),
    Screen("national", f"{PAST}/gui-trung-uong", cast.ORGANISER),
    Screen("national-news", f"{PAST}/gui-trung-uong/tin", cast.ORGANISER),
    Screen("dossiers-arrived", f"{OPEN}/ho-so-gui-den", cast.ORGANISER),
    Screen("statistics", f"{PAST}/thong-ke", cast.ORGANISER),
    Screen("statistics-open", f"{OPEN}/thong-ke", cast.ORGANISER),
    Screen("auditor-desk", "/ban-lam-viec", cast.AUDITOR),
    Screen("administrator-desk", "/ban-lam-viec", cast.ADMINISTRATOR),
    Screen("store", "/kho-tep", cast.ADMINISTRATOR),
    Screen("new-edition", "/thiet-lap", cast.ADMINISTRATOR),
)
