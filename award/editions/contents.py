"""The contents of the plan as a tree: what has others below it is a heading, what has none can be chosen. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from award.editions.models import Topic


@dataclass(frozen=True)
class Content:
    """One content with those below it."""

    id: int
    name: str
    focal: bool
    """Marked itself, or below one that is."""
    depth: int
    marked: bool
    """Marked itself."""
    below: tuple["Content", ...] = ()

    @property
    def chosen(self) -> bool:
        """A work can name it: nothing stands below it."""
        return not self.below

    def walk(self) -> Iterator["Content"]:
        """Itself and everything below, in order."""
        yield self
        for each in self.below:
            yield from each.walk()


def tree(topics: Iterable[Topic]) -> tuple[Content, ...]:
    """The contents at the root, with theirs below; those of a parent that is missing stand at the root."""
    listed = list(topics)
    known = {topic.id for topic in listed}
    children: dict[int | None, list[Topic]] = {}
    for topic in listed:
        children.setdefault(topic.parent_id if topic.parent_id in known else None, []).append(topic)

    def below(parent: int | None, depth: int, focal: bool) -> tuple[Content, ...]:
        return tuple(
            Content(
                topic.id,
                topic.name,
                focal or topic.focal,
                depth,
                topic.focal,
                below(topic.id, depth + 1, focal or topic.focal),
            )
            for topic in children.get(parent, ())
        )

    return below(None, 0, False)


def flat(contents: Iterable[Content]) -> list[Content]:
    """Every content, each after what it hangs below."""
    return [each for content in contents for each in content.walk()]
