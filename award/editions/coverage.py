"""Which panel judges what: every loại hình, and every genre of it, belongs to exactly one panel of a round. Pure."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from award.editions.models import Category, Edition, Round

Scope = tuple[int, int | None]
"""Category, and one genre of it or None for the whole."""


@dataclass(frozen=True)
class Covered:
    """Genres of a loại hình that the same panels judge; no genre where it has none."""

    category: str
    genres: tuple[str, ...]
    whole: bool
    """These are all genres of the loại hình."""
    panels: tuple[str, ...]

    @property
    def words(self) -> str:
        """Báo in (Phóng sự, Điều tra)."""
        return self.category if self.whole else f"{self.category} ({', '.join(self.genres)})"


def coverage(categories: Iterable[Category], panels: Sequence[tuple[str, Collection[Scope]]]) -> list[Covered]:
    """Every loại hình and genre with the panels that judge it, those of the same panels together."""
    found = []
    for category in categories:
        by_panels: dict[tuple[str, ...], list[str]] = {}
        genres: list[tuple[int | None, str]] = [(genre.id, genre.name) for genre in category.genres]
        for genre_id, name in genres or [(None, "")]:
            judging = tuple(
                panel
                for panel, scopes in panels
                if (category.id, None) in scopes or (genre_id is not None and (category.id, genre_id) in scopes)
            )
            by_panels.setdefault(judging, []).append(name)
        for judging, names in by_panels.items():
            named = tuple(name for name in names if name)
            found.append(Covered(category.name, named, len(by_panels) == 1, judging))
    return found


def coverage_of(edition: Edition, in_round: Round) -> list[Covered]:
    """The same of a round whose edition comes with its rules."""
    panels = [
        (panel.name, {(scope.category_id, scope.genre_id) for scope in panel.scopes})
        for panel in edition.panels
        if panel.round_id == in_round.id
    ]
    return coverage(edition.categories, panels)


def fault_of(covered: Covered) -> str:
    """What is wrong with it, in a sentence; empty when one panel judges it."""
    if not covered.panels:
        return str(_("%(what)s chưa có tiểu ban chấm.", what=covered.words))
    if len(covered.panels) > 1:
        names = ", ".join(covered.panels)
        return str(
            _("%(what)s thuộc %(n)s tiểu ban: %(names)s.", what=covered.words, n=len(covered.panels), names=names)
        )
    return ""
