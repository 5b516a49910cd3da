"""Published prizes go down into the record of earlier editions, where entries and screening find them again."""

from award.editions.models import Edition
from award.history.citing import Author
from award.history.operations import Given, keep_published
from award.results import queries
from award.results.works import PrizeWork


def hand_down(edition: Edition) -> None:
    """The record says of the edition what its published results say. Called again, it says what they say then."""
    keep_published(edition=edition, given=[_given(work) for work in queries.prize_works(edition.id, "decided")])


def _given(work: PrizeWork) -> Given:
    return Given(
        entry_key=work.key,
        level=work.level.name,
        level_rank=work.level.rank,
        title=work.title,
        authors=tuple(Author(each.name, each.pen_names) for each in work.authors),
        newsroom=work.newsroom,
        category=work.category.name,
        published_on=min((part.published_on for part in work.parts if part.published_on), default=None),
        link=work.link,
    )
