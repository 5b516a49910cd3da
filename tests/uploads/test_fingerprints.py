import io
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image

from tests.uploads.conftest import Browser
from tests.uploads.corpus import image
from tests.uploads.recordings import made
from uploads import looks
from uploads.fingerprints import of_photo, of_recording, part_hashes_of
from uploads.kinds import BY_CODE
from uploads.protocol import Stored
from uploads.ranges import FileRanges
from uploads.sandbox import ChildFailed
from uploads.storage import NoSuchObject, new_key


def test_a_stored_object_has_the_hashes_that_the_browser_made(browser: Browser, stored: Stored) -> None:
    assert part_hashes_of(browser.storage, stored.key, stored.size) == browser.hashes


def test_what_is_not_there_has_no_hash(browser: Browser) -> None:
    with pytest.raises(NoSuchObject):
        part_hashes_of(browser.storage, new_key("tests"), 1)


def film_of(seed: int, seconds: int = 12, skipped: int = 0) -> bytes:
    """A film whose picture changes every two seconds, without so many at its beginning."""
    out = io.BytesIO()
    with av.open(out, "w", format="mp4") as container:
        stream = container.add_stream("libx264", rate=5)
        stream.width, stream.height, stream.pix_fmt = 320, 180, "yuv420p"
        stream.codec_context.gop_size = 10
        for number in range(skipped * 5, seconds * 5):
            chance = np.random.default_rng([seed, number // 10])
            small = Image.fromarray(chance.integers(0, 255, (5, 8, 3), dtype=np.uint8))
            frame = av.VideoFrame.from_image(small.resize((320, 180), Image.Resampling.BICUBIC)).reformat(
                format="yuv420p"
            )
            frame.pts, frame.time_base = number - skipped * 5, Fraction(1, 5)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return out.getvalue()


def test_a_photo_is_looked_at_in_the_child(tmp_path: Path) -> None:
    picture = tmp_path / "photo"
    picture.write_bytes(image("JPEG", (640, 480)))
    look = of_photo(FileRanges(picture)).look
    with Image.open(picture) as opened:
        assert look is not None and look == looks.look(opened)


def test_a_film_has_a_number_for_each_second(tmp_path: Path) -> None:
    path = tmp_path / "film"
    path.write_bytes(film_of(1))
    prints = of_recording(FileRanges(path), BY_CODE["mp4"], 12)
    assert prints.frames is not None and prints.sound is None and not prints.deaf
    seconds = looks.unpacked(prints.frames).tolist()
    assert len(seconds) == 12 and len(set(seconds[::2])) == 6
    assert all(
        (one ^ other).bit_count() <= looks.SLOPES_APART for one, other in zip(seconds[::2], seconds[1::2], strict=True)
    )


def test_a_recording_is_heard_or_it_is_said_that_it_was_not(tmp_path: Path) -> None:
    """The child has the system's libraries and nothing else, so it tells what this machine can do."""
    path = tmp_path / "voice"
    path.write_bytes(made("wav", audio="pcm_s16le", seconds=20))
    prints = of_recording(FileRanges(path), BY_CODE["wav"], 20)
    assert prints.frames is None
    assert prints.deaf is (prints.sound is None)


def test_what_is_no_picture_has_no_look(tmp_path: Path) -> None:
    path = tmp_path / "photo"
    path.write_bytes(b"GIF89a nothing")
    with pytest.raises(ChildFailed):
        of_photo(FileRanges(path))
