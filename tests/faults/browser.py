"""A sender that does with a large file what the script of the page does: four parts at once, over the doors."""

import random
import struct
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import Any

import urllib3
from flask import Flask

from award.db import unit_of_work
from award.files import operations
from award.files.answers import upload_answer
from award.people.models import Person
from tests.visitor import Visitor
from uploads import protocol
from uploads.protocol import MAX_BATCH, PART_BYTES

AT_ONCE = 4
_HEADER = struct.Struct("<4sI4s4sIHHIIHH4sI")


class Recording:
    """A WAV of this size. Its bytes are made part by part, so that none of it need be kept."""

    def __init__(self, size: int) -> None:
        self.plan = protocol.plan(size)
        self._noise = random.Random(size).randbytes(PART_BYTES)  # noqa: S311

    def part(self, number: int) -> bytes:
        sound = self.plan.size - _HEADER.size
        head = number.to_bytes(8, "big")
        if number == 1:
            words = (b"RIFF", sound + 36, b"WAVE", b"fmt ", 16, 1, 2, 48_000, 192_000, 4, 16, b"data", sound)
            head = _HEADER.pack(*words)
        return (head + self._noise[len(head) :])[: self.plan.length(number)]

    @cached_property
    def hashes(self) -> list[str]:
        return [sha256(self.part(number)).hexdigest() for number in range(1, self.plan.count + 1)]

    @property
    def sha256(self) -> str:
        whole = sha256()
        for number in range(1, self.plan.count + 1):
            whole.update(self.part(number))
        return whole.hexdigest()


@dataclass
class Browser:
    app: Flask
    person: Person
    recording: Recording

    @cached_property
    def visitor(self) -> Visitor:
        """One session throughout, as a browser has."""
        return Visitor(self.app, self.person)

    def begin(self, place: tuple[int, ...] = ()) -> tuple[int, dict[str, Any]]:
        """The file's number and what the page is told: which parts the store holds, and where the others go."""
        with self.app.test_request_context(), unit_of_work():
            file = operations.begin_or_resume(
                uploader=self.person,
                name="phat-thanh.wav",
                size=self.recording.plan.size,
                part_hashes=self.recording.hashes,
                kinds=["wav"],
                max_bytes=self.recording.plan.size,
                place=place,
            )
            return file.id, upload_answer(file)

    def send(self, told: dict[str, Any]) -> tuple[int, int]:
        """How many of the missing parts arrived, and how many did not."""
        arrived = failed = 0
        http = urllib3.PoolManager(retries=False, timeout=10, maxsize=AT_ONCE)
        with ThreadPoolExecutor(AT_ONCE) as several:
            for batch in self._batches(told["stored_parts"]):
                signed = self.visitor.post_json(told["sign_url"], {"numbers": batch})
                if signed.status_code != 200:
                    return arrived, failed + len(batch)
                for status in several.map(lambda part: self._put(http, part), signed.json["parts"]):
                    arrived, failed = arrived + (status == 200), failed + (status != 200)
                if failed:
                    break
        return arrived, failed

    def finish(self, told: dict[str, Any]) -> Any:
        return self.visitor.post_json(told["finish_url"], {})

    def _batches(self, stored: list[int]) -> Iterator[list[int]]:
        missing = [number for number in range(1, self.recording.plan.count + 1) if number not in set(stored)]
        for at in range(0, len(missing), MAX_BATCH):
            yield missing[at : at + MAX_BATCH]

    def _put(self, http: urllib3.PoolManager, part: dict[str, Any]) -> int:
        body = self.recording.part(part["number"])
        try:
            return http.request("PUT", part["url"], body=body, headers=part["headers"]).status
        except urllib3.exceptions.HTTPError:
            return 0
