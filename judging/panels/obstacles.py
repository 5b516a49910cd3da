"""What stands in the way of opening a round, in sentences. Reads rows that are loaded, asks for none."""

from flask_babel import gettext as _

from award.editions.models import Edition
from judging.panels.table import Table


def before_opening(edition: Edition, table: Table) -> list[str]:
    """Panels without members, categories without a panel, works without enough judges who may read them."""
    found = []
    if not table.works:
        found.append(_("Chưa có tác phẩm nào đủ điều kiện để chấm."))
    seated = {seat.panel_id for seat in table.seats}
    found += [_("%(panel)s chưa có thành viên.", panel=p.name) for p in table.panels if p.id not in seated]
    covered = {scope.category_id for panel in table.panels for scope in panel.scopes}
    found += [
        _("Loại hình %(name)s chưa thuộc tiểu ban nào.", name=category.name)
        for category in edition.categories
        if category.id not in covered
    ]
    if homeless := sum(table.works[work][0] in covered for work in table.homeless()):
        found.append(_("%(n)s tác phẩm thuộc thể loại chưa có tiểu ban chấm.", n=homeless))
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
    return found
