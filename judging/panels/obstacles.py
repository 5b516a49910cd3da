"""What stands in the way of opening a round, in sentences. Reads rows that are loaded, asks for none."""

from flask_babel import gettext as _

from judging.panels.table import Table


def before_opening(table: Table) -> list[str]:
    """Panels without members, works without a panel or without enough judges who may read them or take so many."""
    found = []
    if not table.works:
        found.append(_("Chưa có tác phẩm nào đủ điều kiện để chấm."))
    seated = {seat.panel_id for seat in table.seats}
    found += [_("%(panel)s chưa có thành viên.", panel=p.name) for p in table.panels if p.id not in seated]
    if homeless := len(table.homeless()):
        found.append(_("%(n)s tác phẩm thuộc loại hình, thể loại chưa có tiểu ban chấm.", n=homeless))
    short = table.shortages()
    if nobody := sum(shortage.readers == 0 for shortage in short):
        found.append(
            _(
                "Chưa phân công được %(n)s tác phẩm: mọi thành viên còn lại của tiểu ban đều có liên quan. "
                "Đề nghị bổ sung thành viên hoặc điều chỉnh quy định.",
                n=nobody,
            )
        )
    if few := sum(shortage.readers > 0 for shortage in short):
        found.append(
            _(
                "%(n)s tác phẩm chưa có đủ %(readings)s thành viên được chấm. Đề nghị bổ sung thành viên của tiểu ban.",
                n=few,
                readings=table.readings,
            )
        )
    names = {panel.id: panel.name for panel in table.panels}
    found += [
        _(
            "%(panel)s cần %(needed)s lượt chấm, các thành viên nhận nhiều nhất %(take)s. Đề nghị bổ sung thành viên "
            "hoặc thống nhất lại số tác phẩm nhận chấm.",
            panel=names[panel],
            needed=needed,
            take=take,
        )
        for panel, (needed, take) in table.beyond().items()
    ]
    return found
