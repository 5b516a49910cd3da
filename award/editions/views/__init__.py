"""The doors of editions. Importing this puts every door on the blueprint."""

from award.editions.views import calendar, copying, creation, lists, newsrooms, papers, public, sections, setup, staff
from award.editions.views.doors import blueprint

__all__ = [
    "blueprint",
    "calendar",
    "copying",
    "creation",
    "lists",
    "newsrooms",
    "papers",
    "public",
    "sections",
    "setup",
    "staff",
]
