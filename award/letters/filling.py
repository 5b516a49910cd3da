"""Placeholders in a letter: {ten_tac_pham}. Which are known, and the letter with them filled. Pure."""

import re
from collections.abc import Collection, Mapping

_PLACE = re.compile(r"\{([^{}\n]{1,60})\}")


def placeholders(text: str) -> list[str]:
    """What stands between braces, each once, in the order of the text."""
    return list(dict.fromkeys(match.group(1).strip() for match in _PLACE.finditer(text)))


def unknown(text: str, known: Collection[str]) -> list[str]:
    """The placeholders nobody will ever fill."""
    return [each for each in placeholders(text) if each not in known]


def _labels_nothing(line: str, values: Mapping[str, str]) -> bool:
    places = placeholders(line)
    label = _PLACE.sub("", line).rstrip(" .;")
    return bool(places) and label.endswith(":") and not any(values.get(each, each) for each in places)


def left_out_without(name: str, text: str) -> bool:
    """Every line that holds the placeholder holds nothing else but a label before it, and so goes with its words."""
    lines = [line for line in text.split("\n") if name in placeholders(line)]
    alone = [line for line in lines if placeholders(line) == [name]]
    return lines == alone and all(_PLACE.fullmatch(line.strip()) or _labels_nothing(line, {name: ""}) for line in lines)


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text with every placeholder that has a value filled, once: what a value says is never filled again.

    A line that held nothing but placeholders without words is left out, and so is a label before them ("Hạn trả lời:
    {han}"); no more than one line stays empty.
    """
    lines = []
    for line in text.split("\n"):
        said = _PLACE.sub(lambda match: values.get(match.group(1).strip(), match.group(0)), line)
        if (line.strip() and not said.strip()) or _labels_nothing(line, values):
            continue
        lines.append(said.rstrip())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
