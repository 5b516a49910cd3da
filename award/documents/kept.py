"""A paper as plain data that a database keeps, and back again, with nothing lost between."""

from collections.abc import Mapping
from dataclasses import asdict, fields
from datetime import date
from typing import Any

from award.documents.paper import Annex, Block, Column, Head, Heading, Paper, Paragraph, Signature, Table

_BLOCKS: Mapping[str, type[Paragraph | Heading | Table]] = {
    "paragraph": Paragraph,
    "heading": Heading,
    "table": Table,
}


def as_data(paper: Paper) -> dict[str, Any]:
    """Strings, numbers, lists and mappings: the same paper gives the same data."""
    told = asdict(paper)
    told["settled_on"] = paper.settled_on.isoformat()
    told["head"]["day"] = paper.head.day.isoformat() if paper.head.day else None
    told["body"] = [_block(block) for block in paper.body]
    for annex, kept in zip(paper.annexes, told["annexes"], strict=True):
        kept["body"] = [_block(block) for block in annex.body]
    plain: dict[str, Any] = _plain(told)
    return plain


def from_data(told: Mapping[str, Any]) -> Paper:
    """The paper that `as_data` made this of."""
    head = {**told["head"], "day": _day(told["head"]["day"])}
    lines = {name: tuple(told[name]) for name in ("to", "recitals", "recipients")}
    return Paper(
        **{
            **told,
            **lines,
            "head": Head(**head),
            "settled_on": date.fromisoformat(told["settled_on"]),
            "body": tuple(_as_block(block) for block in told["body"]),
            "signatures": tuple(Signature(**each) for each in told["signatures"]),
            "annexes": tuple(
                Annex(**{**each, "body": tuple(_as_block(block) for block in each["body"])}) for each in told["annexes"]
            ),
        }
    )


def _block(block: Block) -> dict[str, Any]:
    kind = next(name for name, made in _BLOCKS.items() if isinstance(block, made))
    return {"kind": kind, **asdict(block)}


def _as_block(told: Mapping[str, Any]) -> Block:
    made = _BLOCKS[told["kind"]]
    values = {each.name: told[each.name] for each in fields(made)}
    if made is Table:
        values["columns"] = tuple(Column(**column) for column in values["columns"])
        values["rows"] = tuple(row if isinstance(row, str) else tuple(row) for row in values["rows"])
    return made(**values)


def _day(told: str | None) -> date | None:
    return date.fromisoformat(told) if told else None


def _plain(value: Any) -> Any:
    """Tuples as lists, as they come back from a database."""
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(each) for each in value]
    return value
