"""The links of the frame: few stand side by side, many under their groups."""

from award.desk.masthead import SIDE_BY_SIDE, Link, Links, grouped


def link(label: str, *, current: bool = False) -> Link:
    return Link(label, f"/{label}", current)


FEW = [("desk", link("Bàn làm việc")), ("editions", link("Thể lệ")), ("screening", link("Kiểm tra hồ sơ"))]
MANY = [
    *FEW,
    ("history", link("Các lần trước")),
    ("results", link("Kết quả")),
    ("ranking", link("Xếp hạng", current=True)),
    ("panels", link("Tiểu ban")),
]


def test_few_links_stand_side_by_side() -> None:
    assert len(MANY) > SIDE_BY_SIDE
    assert grouped(FEW) == [link for _room, link in FEW]
    assert grouped(MANY[:SIDE_BY_SIDE]) == [link for _room, link in MANY[:SIDE_BY_SIDE]]


def test_many_links_stand_in_groups_where_the_first_of_each_would() -> None:
    found = grouped(MANY)
    assert [each.label for each in found] == ["Bàn làm việc", "Thể lệ", "Tác phẩm", "Kết quả", "Chấm giải"]
    works, judging = found[2], found[4]
    assert isinstance(works, Links)
    assert [each.label for each in works.links] == ["Kiểm tra hồ sơ", "Các lần trước"]
    assert (works.current, judging.current) == (False, True)


def test_a_group_of_one_is_its_link() -> None:
    assert grouped(MANY)[3] == link("Kết quả")


def test_every_link_is_still_there() -> None:
    flat = [one for each in grouped(MANY) for one in (each.links if isinstance(each, Links) else (each,))]
    assert sorted(flat) == sorted(link for _room, link in MANY)
