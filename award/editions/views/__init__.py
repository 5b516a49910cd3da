"""The doors of editions. Importing this puts every door on the blueprint."""

from award.editions.views import (
    amending,
    calendar,
    copying,
    creation,
    daysoff,
    describing,
    extension,
    lists,
    newsrooms,
    papers,
    previews,
    public,
    sections,
    setup,
    staff,
    trials,
)
from award.editions.views.doors import blueprint

__all__ = [
    "amending",
    "blueprint",
    "calendar",
    "copying",
    "creation",
    "daysoff",
    "describing",
    "extension",
    "lists",
    "newsrooms",
    "papers",
    "previews",
    "public",
    "sections",
    "setup",
    "staff",
    "trials",
]
