"""A resumable upload, interrupted at every place where it can be."""

import hashlib
import socket
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.uploads.conftest import ACCESS_KEY, BUCKET, SECRET_KEY, Browser
from uploads import protocol
from uploads.local import EmbeddedStore
from uploads.protocol import InProgress, PartClaim, Plan, Refused, Stored, Upload
from uploads.storage import MIB, Storage, StoreUnavailable, new_key

GIB = 1024 * MIB


@given(st.integers(min_value=1, max_value=5 * 1024 * GIB))
def test_a_plan_covers_the_file_exactly(size: int) -> None:
    plan = protocol.plan(size)
    assert 1 <= plan.count <= 5000
    assert plan.part_size % MIB == 0
    assert plan.part_size >= 8 * MIB
    assert plan.part_size * (plan.count - 1) + plan.length(plan.count) == size
    assert 1 <= plan.length(plan.count) <= plan.part_size


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        (1, Plan(1, 8 * MIB, 1)),
        (8 * MIB, Plan(8 * MIB, 8 * MIB, 1)),
        (8 * MIB + 1, Plan(8 * MIB + 1, 8 * MIB, 2)),
        (2 * GIB, Plan(2 * GIB, 8 * MIB, 256)),
        (5000 * 8 * MIB, Plan(5000 * 8 * MIB, 8 * MIB, 5000)),
        (5000 * 8 * MIB + 1, Plan(5000 * 8 * MIB + 1, 9 * MIB, 4445)),
    ],
)
def test_parts_grow_only_when_there_would_be_too_many(size: int, expected: Plan) -> None:
    assert protocol.plan(size) == expected


@pytest.mark.parametrize("size", [0, -1, 5000 * 5 * GIB + 1])
def test_what_no_store_takes_has_no_plan(size: int) -> None:
    with pytest.raises(ValueError, match=r"empty|no store"):
        protocol.plan(size)


def test_a_fingerprint_is_the_hash_of_the_raw_part_hashes() -> None:
    parts = [hashlib.sha256(piece) for piece in (b"one", b"two")]
    whole = hashlib.sha256(parts[0].digest() + parts[1].digest()).hexdigest()
    assert protocol.fingerprint([part.hexdigest() for part in parts]) == whole
    assert protocol.fingerprint([part.hexdigest() for part in reversed(parts)]) != whole


def test_an_upload_from_begin_to_end(browser: Browser) -> None:
    browser.send(2)
    browser.send(1)
    key, size = browser.upload.key, len(browser.data)
    assert browser.finish() == Stored(key, size, protocol.fingerprint(browser.hashes))
    assert b"".join(browser.storage.stream(key)) == browser.data
    assert browser.storage.stat(key).content_type == "application/pdf"


def test_a_small_file_is_one_part(storage: Storage, browser: Browser) -> None:
    upload = protocol.begin(storage, new_key("tests"), 5, "image/png")
    small = replace(browser, data=b"small", upload=upload)
    small.send(1)
    assert small.finish() == Stored(upload.key, 5, protocol.fingerprint(small.hashes))


def test_a_small_file_is_taken_once_and_nothing_is_asked_of_the_store_before(
    store: EmbeddedStore, browser: Browser
) -> None:
    nobody = Storage("127.0.0.1:1", BUCKET, ACCESS_KEY, SECRET_KEY, public_endpoint=store.endpoint, secure=False)
    small = replace(
        browser, data=b"small", upload=protocol.begin(nobody, new_key("tests"), 5, "image/png"), storage=nobody
    )
    (part,) = small.sign(1)
    small = replace(small, storage=browser.storage)
    assert protocol.progress(small.storage, small.upload) == InProgress((), (1,))
    assert small.finish() == Refused("parts_missing")
    assert small.put(part, b"other").status == 400
    assert [small.put(part, b"small").status for _twice in range(2)] == [200, 412]
    stands = Stored(small.upload.key, 5, protocol.fingerprint(small.hashes))
    assert protocol.progress(small.storage, small.upload) == stands
    assert small.finish() == stands
    assert protocol.finish(small.storage, small.upload, ["0" * 64]) == Refused("fingerprint_differs")


@pytest.mark.parametrize(
    ("claims", "code"),
    [
        ([], "batch_too_large"),
        ([PartClaim(1, 8 * MIB, "0" * 64)] * 51, "batch_too_large"),
        ([PartClaim(0, 8 * MIB, "0" * 64)], "no_such_part"),
        ([PartClaim(3, 8 * MIB, "0" * 64)], "no_such_part"),
        ([PartClaim(1, 8 * MIB - 1, "0" * 64)], "wrong_length"),
        ([PartClaim(2, 8 * MIB, "0" * 64)], "wrong_length"),
        ([PartClaim(1, 8 * MIB, "0" * 63)], "bad_hash"),
        ([PartClaim(1, 8 * MIB, "0" * 64 + "\n")], "bad_hash"),
        ([PartClaim(1, 8 * MIB, "Z" * 64)], "bad_hash"),
    ],
)
def test_claims_that_do_not_fit_are_not_signed(browser: Browser, claims: list[PartClaim], code: str) -> None:
    assert protocol.sign(browser.storage, browser.upload, claims) == Refused(code)


def test_a_full_batch_is_signed(storage: Storage) -> None:
    upload = Upload(new_key("tests"), "an-id", 50 * 8 * MIB)
    signed = protocol.sign(storage, upload, [PartClaim(each, 8 * MIB, "0" * 64) for each in range(1, 51)])
    assert isinstance(signed, list)
    assert [part.number for part in signed] == list(range(1, 51))


# Interruptions


def test_the_store_says_what_is_missing(browser: Browser) -> None:
    assert protocol.progress(browser.storage, browser.upload) == InProgress((), (1, 2))
    browser.send(2)
    after = protocol.progress(browser.storage, browser.upload)
    assert isinstance(after, InProgress)
    assert ([part.number for part in after.parts], after.missing) == ([2], (1,))


def test_a_resumed_upload_sends_only_what_is_missing(browser: Browser) -> None:
    browser.send(1)
    next_day = replace(browser, upload=Upload(browser.upload.key, browser.upload.upload_id, browser.upload.size))
    state = protocol.progress(next_day.storage, next_day.upload)
    assert isinstance(state, InProgress)
    next_day.send(*state.missing)
    assert isinstance(next_day.finish(), Stored)
    assert b"".join(browser.storage.stream(browser.upload.key)) == browser.data


def test_a_part_whose_answer_was_lost_is_sent_again_and_the_upload_ends(browser: Browser) -> None:
    browser.send(1, 2)
    browser.send(2, 1)
    state = protocol.progress(browser.storage, browser.upload)
    assert isinstance(state, InProgress)
    assert ([part.number for part in state.parts], state.missing) == ([1, 2], ())
    assert isinstance(browser.finish(), Stored)
    assert b"".join(browser.storage.stream(browser.upload.key)) == browser.data


def test_another_file_cannot_finish_an_upload(browser: Browser) -> None:
    browser.send(1, 2)
    other = [browser.hashes[1], browser.hashes[0]]
    assert protocol.finish(browser.storage, browser.upload, other) == Refused("fingerprint_differs")
    assert isinstance(browser.finish(), Stored)
    assert protocol.finish(browser.storage, browser.upload, other) == Refused("fingerprint_differs")


@pytest.mark.parametrize("hashes", [[], ["0" * 64], ["0" * 64, "x"], ["0" * 64] * 3])
def test_lists_of_hashes_that_fit_no_plan_are_refused(browser: Browser, hashes: list[str]) -> None:
    assert protocol.finish(browser.storage, browser.upload, hashes) == Refused("bad_hash")


def test_an_upload_with_a_part_missing_is_not_finished(browser: Browser) -> None:
    browser.send(1)
    assert browser.finish() == Refused("parts_missing")
    browser.send(2)
    assert isinstance(browser.finish(), Stored)


def test_parts_of_another_size_than_planned_do_not_count(browser: Browser) -> None:
    storage, upload = browser.storage, browser.upload
    foreign = storage.sign_part(upload.key, upload.upload_id, 2, 3, hashlib.sha256(b"abc").hexdigest())
    assert browser.put(foreign, b"abc").status == 200
    browser.send(1)
    assert browser.finish() == Refused("wrong_size")
    state = protocol.progress(storage, upload)
    assert isinstance(state, InProgress)
    assert state.missing == (2,)


def test_parts_beyond_the_plan_are_refused(browser: Browser) -> None:
    storage, upload = browser.storage, browser.upload
    foreign = storage.sign_part(upload.key, upload.upload_id, 3, 3, hashlib.sha256(b"abc").hexdigest())
    browser.put(foreign, b"abc")
    browser.send(1, 2)
    assert browser.finish() == Refused("parts_unexpected")


def test_finishing_twice_gives_the_same_answer(browser: Browser, stored: Stored) -> None:
    assert browser.finish() == stored
    assert protocol.progress(browser.storage, browser.upload) == stored


def test_a_crash_after_the_store_joined_the_parts_loses_nothing(browser: Browser) -> None:
    """The process died before its row said so: nothing but the object tells that the upload ended."""
    browser.send(1, 2)
    parts = browser.storage.list_parts(browser.upload.key, browser.upload.upload_id)
    named = [replace(part, sha256=sha256) for part, sha256 in zip(parts, browser.hashes, strict=True)]
    browser.storage.complete(browser.upload.key, browser.upload.upload_id, named)
    assert isinstance(browser.finish(), Stored)


def test_many_who_finish_at_once_all_succeed(storage: Storage, browser: Browser) -> None:
    """The parts vanish from the store's list while it joins them for somebody else."""
    outcomes: list[object] = []

    def finish(small: Browser, ready: threading.Barrier) -> None:
        ready.wait()
        outcomes.append(small.finish())

    for _ in range(10):
        small = replace(browser, data=b"small", upload=protocol.begin(storage, new_key("tests"), 5, "image/png"))
        small.send(1)
        ready = threading.Barrier(8)
        threads = [threading.Thread(target=finish, args=(small, ready)) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert outcomes == [Stored(small.upload.key, 5, protocol.fingerprint(small.hashes))] * 8
        assert b"".join(storage.stream(small.upload.key)) == b"small"
        outcomes.clear()


def test_an_upload_that_is_gone_is_said_to_be(browser: Browser) -> None:
    browser.send(1, 2)
    browser.storage.abort(browser.upload.key, browser.upload.upload_id)
    assert browser.finish() == Refused("upload_gone")
    assert protocol.progress(browser.storage, browser.upload) == Refused("upload_gone")


def test_an_object_of_another_size_is_not_taken_for_the_file(browser: Browser, stored: Stored) -> None:
    longer = Upload(stored.key, browser.upload.upload_id, stored.size + 1)
    assert protocol.finish(browser.storage, longer, browser.hashes) == Refused("object_short")


def test_an_object_that_vanished_after_it_was_joined_is_missed(browser: Browser, stored: Stored) -> None:
    browser.storage.delete(stored.key)
    assert browser.finish() == Refused("upload_gone")


# A line that breaks: a server between us and the store, which spoils the first requests the test tells it to spoil

BUSY = b"HTTP/1.1 503 Slow Down\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
FORBIDDEN = b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


@contextmanager
def line_to(store: EmbeddedStore, word: bytes, *spoiled: bytes | int | None) -> Iterator[str]:
    """A way to the store on which requests beginning with `word` go wrong, one after another, then no more.

    None: the request is lost. A number: its answer breaks off after so many bytes. Bytes: they are the answer.
    """
    host, port = store.endpoint.split(":")
    ahead = list(spoiled)

    class Line(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            asked = self.request.recv(1 << 20)
            spoil = ahead.pop(0) if ahead and asked.startswith(word) else 1 << 40
            if spoil is None:
                return
            if isinstance(spoil, bytes):
                self.request.sendall(spoil)
                return
            with socket.create_connection((host, int(port))) as onward:
                threading.Thread(target=self._pass_on, args=(asked, onward), daemon=True).start()
                while piece := onward.recv(1 << 16):
                    self.request.sendall(piece[:spoil])
                    spoil -= len(piece)
                    if spoil <= 0:
                        return

        def _pass_on(self, asked: bytes, onward: socket.socket) -> None:
            try:
                while asked:
                    onward.sendall(asked)
                    asked = self.request.recv(1 << 20)
            except OSError:
                return

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Line) as server:
        server.daemon_threads = True
        server.block_on_close = False
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield f"127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def storage_over(endpoint: str) -> Storage:
    return Storage(endpoint, BUCKET, ACCESS_KEY, SECRET_KEY, secure=False)


@pytest.mark.parametrize("spoiled", [None, 0, BUSY])
def test_joining_over_a_line_that_breaks_succeeds_the_second_time(
    store: EmbeddedStore, browser: Browser, spoiled: bytes | int | None
) -> None:
    browser.send(1, 2)
    with line_to(store, b"POST ", spoiled) as endpoint:
        storage = storage_over(endpoint)
        with pytest.raises(StoreUnavailable):
            protocol.finish(storage, browser.upload, browser.hashes)
        assert isinstance(protocol.finish(storage, browser.upload, browser.hashes), Stored)


@pytest.mark.parametrize("spoiled", [[None, 0], [BUSY, BUSY], [0, BUSY]])
def test_harmless_questions_are_asked_twice_more(store: EmbeddedStore, stored: Stored, spoiled: list[bytes]) -> None:
    with line_to(store, b"HEAD ", *spoiled) as endpoint:
        assert storage_over(endpoint).stat(stored.key).size == stored.size
    with line_to(store, b"HEAD ", *spoiled, BUSY) as endpoint:
        storage = storage_over(endpoint)
        with pytest.raises(StoreUnavailable):
            storage.stat(stored.key)
        assert storage.stat(stored.key).size == stored.size


def test_a_refusal_is_not_asked_again(store: EmbeddedStore, stored: Stored) -> None:
    with line_to(store, b"HEAD ", FORBIDDEN) as endpoint:
        storage = storage_over(endpoint)
        with pytest.raises(StoreUnavailable) as fault:
            storage.stat(stored.key)
        assert fault.value.code == "AccessDenied"
        assert storage.stat(stored.key).size == stored.size


def test_a_part_spoiled_on_the_way_is_refused_and_can_be_sent_again(browser: Browser) -> None:
    (part,) = browser.sign(2)
    good = browser.pieces[1]
    flipped = bytes([good[0] ^ 1]) + good[1:]
    assert browser.put(part, flipped).status == 400
    assert browser.put(part, good).status == 200
    browser.send(1)
    assert isinstance(browser.finish(), Stored)


def test_a_download_that_breaks_off_is_not_taken_for_the_whole(store: EmbeddedStore, stored: Stored) -> None:
    with line_to(store, b"GET ", 1_000_000) as endpoint:
        with pytest.raises(StoreUnavailable):
            list(storage_over(endpoint).stream(stored.key))
