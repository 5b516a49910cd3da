"""Invented press works: readable Vietnamese titles and texts on the plan's contents, the same for the same seed.

No real person, organ or event is named. Places are words of a landscape ("xã Suối Đá"), organs are invented.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

ORGANS = (
    "Báo Biển Xanh",
    "Đài Phát thanh và Truyền hình Biển Xanh",
    "Tạp chí Đời sống Đảng bộ",
    "Báo Người Miền Núi",
    "Báo Sóng Nam",
    "Đài Tiếng nói Miền Duyên hải",
)

FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương", "Cao", "Mấu", "Pinăng")
MIDDLE = ("Thị", "Văn", "Minh", "Thanh", "Ngọc", "Quốc", "Hoài", "Thu", "Đình", "Khánh", "Bảo", "Xuân")
GIVEN = (
    "An", "Ánh", "Bình", "Châu", "Dũng", "Đạt", "Giang", "Hà", "Hải", "Hiền", "Hường", "Khoa", "Lâm", "Linh", "Mai",
    "Nam", "Nga", "Oanh", "Phúc", "Quyên", "Sơn", "Tâm", "Thảo", "Trang", "Tuấn", "Uyên", "Vân", "Vinh", "Yến", "Ước",
)  # fmt: skip
_PEN = (
    "Hà Vân",
    "Sông Mây",
    "Lam Giang",
    "An Nhiên",
    "Bình Nguyên",
    "Hải Đăng",
    "Thạch Thảo",
    "Mộc Miên",
    "Trường Sơn",
)
_PLACES = (
    "Suối Đá",
    "Đồng Sim",
    "Bãi Dừa",
    "Hòn Lớn",
    "Sông Cạn",
    "Cầu Ván",
    "Gò Mít",
    "Vườn Tràm",
    "Đèo Gió",
    "Bến Cá",
    "Núi Mây",
    "Rừng Sến",
    "Đầm Sen",
    "Cồn Bắp",
    "Hố Giếng",
    "Láng Tròn",
    "Ruộng Muối",
    "Suối Trầu",
    "Bàu Sậy",
    "Mũi Gành",
)


@dataclass(frozen=True)
class Theme:
    """A content of the plan, with what its works are called and what their sentences speak of."""

    content: str
    subjects: Sequence[str]
    actions: Sequence[str]
    results: Sequence[str]


THEMES = (
    Theme(
        "Đổi mới phương thức lãnh đạo, lề lối làm việc của cấp ủy",
        ("Bí thư chi bộ xuống ruộng", "Họp ít, việc nhiều", "Nói đi đôi với làm", "Một cuốn sổ, nghìn lời hứa"),
        (
            "Mỗi lời hứa với dân đều có người nhận, có ngày trả lời và có chữ ký",
            "Ban Thường vụ Đảng ủy chuyển nửa số cuộc họp thành buổi làm việc tại thôn",
            "Chi bộ công khai việc đã làm, việc còn nợ ngay ở nhà sinh hoạt cộng đồng",
        ),
        (
            "Sau một năm, phần việc chưa trả lời mỏng đi thấy rõ",
            "Người dân đã quen hỏi và quen được trả lời",
            "Nghị quyết không còn nằm trong ngăn kéo",
        ),
    ),
    Theme(
        "Thực hiện nghị quyết đại hội đảng bộ các cấp, khơi dậy khát vọng phát triển",
        ("Đường lên vùng cao", "Gỡ “điểm nghẽn” từ cơ sở", "Con nước đổi dòng", "Khát vọng bên đầm tôm"),
        (
            "Tuyến đường liên thôn được mở nhờ hơn bốn mươi hộ hiến đất",
            "Đảng ủy phân công từng đảng viên theo một hộ khó khăn, đi đến cùng một cách làm ăn",
            "Việc nào vướng thẩm quyền được ghi rõ, gửi đúng nơi và theo đến khi có văn bản trả lời",
        ),
        (
            "Thu nhập của các hộ tham gia tăng gần gấp đôi so với ba năm trước",
            "Điều còn lại sau con đường là thói quen bàn bạc",
            "Chỗ vướng cuối cùng đã được tháo sau mười một tháng kiên trì",
        ),
    ),
    Theme(
        "Xây dựng, chỉnh đốn Đảng; phòng, chống tham nhũng, lãng phí, tiêu cực",
        ("Kiểm tra từ sớm, từ xa", "Lời tự phê bình", "Tiền chung, mắt chung", "Chuyện nêu gương ở cơ sở"),
        (
            "Ủy ban kiểm tra chọn những việc dễ sinh vi phạm để xem trước, không đợi có đơn",
            "Buổi kiểm điểm kéo dài ba tiếng, không ai đọc bản viết sẵn",
            "Ban giám sát đầu tư của cộng đồng có cả kế toán đã nghỉ hưu lẫn thợ xây trong thôn",
        ),
        (
            "Ba thiếu sót được sửa trước khi thành khuyết điểm",
            "Số ý kiến thẳng thắn tăng lên, số đơn thư giảm đi",
            "Công trình xong đúng hạn, phần tiền thừa được trả lại quỹ",
        ),
    ),
    Theme(
        "Xây dựng đội ngũ cán bộ, tổ chức bộ máy tinh gọn",
        ("Cán bộ trẻ về làng", "Chọn người từ việc", "Sắp xếp để mạnh hơn", "Người giữ lửa ở Đèo Gió"),
        (
            "Người được chọn phải trình bày cách giải một việc thật của địa phương",
            "Hai thôn nhập làm một nhưng hai nhà sinh hoạt đều giữ lại cho dân",
            "Cán bộ trẻ được giao việc khó kèm một người đi trước",
        ),
        (
            "Hồ sơ trễ hạn giảm còn một phần mười",
            "Chi bộ mới kết nạp được bảy đảng viên trong một năm",
            "Điều dân nhớ không phải chức danh mà là số điện thoại luôn có người nghe",
        ),
    ),
    Theme(
        "Dân vận khéo, phát huy quyền làm chủ của Nhân dân",
        ("Giữ lời hứa với dân", "Dân hỏi, chi bộ trả lời", "Tiếng cồng ở Suối Đá", "Những cánh cửa không khóa"),
        (
            "Tổ dân vận đi từng nhà vào buổi tối, khi mọi người đã về từ rẫy",
            "Già làng và bí thư chi bộ cùng đứng tên trên bản cam kết",
            "Câu hỏi khó nhất của buổi đối thoại được trả lời ngay bằng số liệu",
        ),
        (
            "Không còn hộ nào đứng ngoài tổ tự quản",
            "Bản cam kết treo ở đầu thôn, ai cũng đọc được",
            "Cuộc đối thoại tiếp theo đông gấp ba",
        ),
    ),
    Theme(
        "Bảo vệ nền tảng tư tưởng của Đảng, đấu tranh phản bác quan điểm sai trái",
        ("Giữ trận địa trên mạng", "Sự thật cần người kể", "Khi tin giả gõ cửa", "Trang nhóm của chi đoàn"),
        (
            "Câu lạc bộ lý luận trẻ viết lại những điều khó bằng lời của người đi biển",
            "Mỗi tin sai được đặt cạnh văn bản gốc, không thêm một lời mỉa mai",
            "Giáo viên và học sinh cùng dựng các đoạn phim ngắn về cách kiểm tra một nguồn tin",
        ),
        (
            "Bài viết bình tĩnh nhất lại được chia sẻ nhiều nhất",
            "Sau sáu tháng, trang nhóm trở thành nơi người dân hỏi trước khi tin",
            "Tin giả không biến mất, nhưng sống ngắn hơn",
        ),
    ),
)

OTHER = Theme(
    "Ngoài các nội dung của kế hoạch",
    (
        "Mùa hoa giấy bên bờ kè",
        "Giá tôm hùm giữa vụ",
        "Quán cà phê mở lúc ba giờ sáng",
        "Chuyến tàu đêm qua đèo",
        "Người sửa đồng hồ cuối phố",
        "Lớp học bơi dưới chân cầu",
        "Bún cá và những người dậy sớm",
        "Săn ảnh chim di trú ở cửa sông",
        "Chợ đồ cũ ngày mưa",
        "Đội bóng của xóm chài",
        "Nghề đan lưới qua ba đời",
        "Vườn xoài trên đất cát",
        "Bãi biển sau mùa khách",
        "Tiếng rao trên con hẻm dốc",
        "Con đường gốm nung",
        "Những cánh diều ở bãi bồi",
        "Mẻ nước mắm đầu năm",
        "Ngọn hải đăng và người gác",
    ),
    (
        "Người trong nghề kể lại từng công đoạn, không giấu điều gì",
        "Mỗi sáng, công việc bắt đầu khi phố còn chưa lên đèn",
        "Khách phương xa tìm đến nhiều hơn từ khi có con đường mới",
    ),
    (
        "Thu nhập đủ để con cái học hành",
        "Nghề còn giữ được vì có người trẻ quay về",
        "Điều khách nhớ nhất là cách người ta nói chuyện với nhau",
    ),
)
"""What the secretariat finds off the theme."""

_TITLES = ("{subject}: chuyện ở {place}", "{subject}, nhìn từ {place}")

_OPENINGS = (
    "Năm giờ sáng, sương còn đặc trên cánh đồng xã {place}, một cán bộ cơ sở bắt đầu ngày làm việc.",
    "Cuộc họp ở thôn {place} hôm ấy không có băng rôn, chỉ có ấm trà và cuốn sổ ghi đã sờn góc.",
    "Từ bến {place} nhìn vào, ngôi nhà sinh hoạt cộng đồng sáng đèn muộn nhất xóm.",
    "Muốn đến {place}, phải qua hai con suối; mùa mưa, cán bộ xã đi bộ như mọi người.",
)
_VOICES = (
    "“Trước đây nói nhiều hơn làm, dân nghe rồi về. Bây giờ việc nào chưa xong thì phải nói vì sao”, {name} nói.",
    "{name}, một người dân trong thôn, kể: “Tôi hỏi, tuần sau có người đến trả lời. Lần đầu tiên như vậy.”",
    "Theo {name}, cái khó không nằm ở văn bản mà ở chỗ có ai đi cùng dân đến cuối việc hay không.",
)
_TURNS = (
    "Không phải lúc nào cũng suôn sẻ. Hai lần phương án bị trả lại vì chưa tính hết những hộ ở xa.",
    "Có ý kiến cho rằng cách làm này mất thời gian. Con số cuối năm cho câu trả lời khác.",
    "Bài học rút ra khá giản dị: việc nhỏ làm đến cùng thì việc lớn mới có người tin.",
    "Điều đáng kể là cách làm ấy không tốn thêm biên chế, chỉ thêm những buổi tối.",
)


_DETAILS = (
    "Trên tường nhà sinh hoạt cộng đồng có một tấm bảng hai cột, viết tay: việc đã hứa và việc đã xong.",
    "Tổ công tác chỉ có năm người, nhưng mỗi người nhớ tên từng chủ hộ trong xóm mình phụ trách.",
    "Ban đầu nhiều người e ngại. Đến lần thứ ba, câu hỏi bắt đầu dài hơn và cụ thể hơn.",
    "Số liệu được công bố theo quý; chỗ nào chưa đạt thì ghi rõ lý do và người chịu trách nhiệm.",
    "Một đảng viên cao tuổi giữ thói quen ghi chép từ thời làm thủy lợi; cuốn sổ ấy thành tư liệu của chi bộ.",
    "Buổi tối, loa truyền thanh của thôn đọc lại những câu hỏi trong tuần cùng câu trả lời, không bỏ câu nào khó.",
    "Kinh phí không nhiều, phần lớn là công sức; điều quý nhất theo cán bộ xã là sự tin cậy gây dựng từng chút một.",
    "Có việc mất tám tháng mới xong, vì phải hỏi ý kiến ba cơ quan và chờ một văn bản hướng dẫn.",
    "Khi đoàn kiểm tra đến, hồ sơ được lấy ra trong mười phút, điều mà trước kia phải tìm cả buổi.",
    "Những người trẻ trong thôn lập nhóm giúp người già làm thủ tục trên máy, mỗi tuần hai buổi, không thu tiền.",
    "Cách làm được ba xã lân cận học theo, mỗi nơi sửa một chút cho hợp với mình.",
    "Điều thay đổi nhiều nhất không phải con đường hay mái nhà, mà là cách người ta nói với nhau trong cuộc họp.",
    "Một số kiến nghị vượt thẩm quyền vẫn còn đó; chúng được đánh dấu đỏ và nhắc lại ở mỗi kỳ họp.",
    "Trong mười hai tháng, xã ghi hai trăm mười bốn kiến nghị; một trăm chín mươi bảy kiến nghị đã được trả lời.",
)


@dataclass(frozen=True)
class MadeAuthor:
    legal_name: str
    pen_name: str
    organ: str


@dataclass(frozen=True)
class MadePart:
    title: str
    published_on: date
    place: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class MadeWork:
    title: str
    content: str
    organ: str
    authors: tuple[MadeAuthor, ...]
    parts: tuple[MadePart, ...]
    summary: str


def person_name(random: Random) -> str:
    """An invented full name."""
    return f"{random.choice(FAMILY)} {random.choice(MIDDLE)} {random.choice(GIVEN)}"


def work(seed: int, *, window_from: date, window_to: date, parts: int = 1) -> MadeWork:
    """The work number `seed`: published inside the window, in `parts` parts some days apart."""
    random = Random(seed)  # noqa: S311 - invented works, not secrets
    theme = THEMES[seed % len(THEMES)]
    place = random.choice(_PLACES)
    subject = theme.subjects[(seed // len(THEMES)) % len(theme.subjects)]
    title = subject if random.random() < 0.35 else f"{subject}: chuyện ở {place}"
    organ = ORGANS[seed % len(ORGANS)]
    authors = tuple(
        MadeAuthor(person_name(random), random.choice(_PEN) if random.random() < 0.4 else "", organ)
        for _ in range(1 if random.random() < 0.6 else 2)
    )
    room = (window_to - window_from).days - 7 * parts
    first_day = window_from + timedelta(days=random.randrange(max(room, 1)))
    days = [first_day + timedelta(days=7 * number) for number in range(parts)]
    return told(random, Idea(theme, title, place), organ=organ, authors=authors, days=days)


@dataclass(frozen=True)
class Idea:
    """What a work tells: a content of the plan, under a title, from a place."""

    theme: Theme
    title: str
    place: str


def ideas(random: Random) -> Iterator[Idea]:
    """Every idea there is, in an order of chance, no two with the same title."""
    every = [
        Idea(theme, pattern.format(subject=subject, place=place), place)
        for theme in THEMES
        for subject in theme.subjects
        for place in _PLACES
        for pattern in _TITLES
    ]
    random.shuffle(every)
    yield from every


def off_theme(random: Random) -> Iterator[Idea]:
    """Good stories that have nothing to do with the contents of the plan."""
    every = [Idea(OTHER, title, random.choice(_PLACES)) for title in OTHER.subjects]
    random.shuffle(every)
    yield from every


def pen_name(random: Random) -> str:
    """An invented pen name, which several may bear."""
    return random.choice(_PEN)


def told(
    random: Random, idea: Idea, *, organ: str, authors: tuple[MadeAuthor, ...], days: Sequence[date], where: str = ""
) -> MadeWork:
    """The idea written out, one part for each day. `where` stands in the place of issue and page."""
    made: list[MadePart] = []
    for day in days:
        heading = idea.title if len(days) == 1 else _heading(random, idea.theme, [part.title for part in made])
        page = where or f"Số {1000 + day.timetuple().tm_yday}, trang {random.choice((1, 3, 4, 5))}"
        made.append(MadePart(heading, day, page, _text(random, idea.theme, idea.place)))
    summary = f"{idea.theme.actions[0]}. {idea.theme.results[0]}."
    return MadeWork(idea.title, idea.theme.content, organ, authors, tuple(made), summary)


def _heading(random: Random, theme: Theme, taken: Sequence[str]) -> str:
    """What a part of a series is called, unlike those before it."""
    chosen = random.choice(theme.results)
    free = (words for words in (chosen, *theme.results, *theme.actions) if words not in taken)
    return next(free, chosen)


def _text(random: Random, theme: Theme, place: str) -> tuple[str, ...]:
    opening = random.choice(_OPENINGS).format(place=place)
    actions = random.sample(list(theme.actions), k=len(theme.actions))
    results = random.sample(list(theme.results), k=len(theme.results))
    voices = [voice.format(name=person_name(random)) for voice in random.sample(list(_VOICES), k=2)]
    turns = random.sample(list(_TURNS), k=2)
    details = random.sample(list(_DETAILS), k=8)
    return (
        f"{opening} {actions[0]}.",
        details[0],
        f"{actions[1]}. {turns[0]}",
        voices[0],
        f"{details[1]} {details[2]}",
        f"{actions[2]}. {results[0]}.",
        f"{details[3]} {details[4]}",
        f"{turns[1]} {voices[1]}",
        f"{details[5]} {details[6]}",
        f"{results[1]}. {details[7]} {results[2]}.",
    )
