"""Invented recordings, films, photographs and captures are real files, and the same each time."""

import subprocess
import sys
from datetime import date
from io import BytesIO

import av
import numpy as np
import pypdfium2
import pytest
from PIL import Image, ImageOps

from demonstration import media
from demonstration.speech import RATE, speech
from demonstration.works import work

WORDS = "Khi bí thư chi bộ xuống ruộng. Mỗi lời hứa với dân đều có người nhận, có ngày trả lời và có chữ ký."
MADE = work(3, window_from=date(2023, 1, 1), window_to=date(2023, 9, 1))
_ANOTHER_PROCESS = """
import hashlib, sys
from datetime import date
from demonstration import media
from demonstration.works import work
made = work(3, window_from=date(2023, 1, 1), window_to=date(2023, 9, 1))
words = sys.argv[1]
for data in (media.recording(words, 2), media.film(words, 2), media.photograph(words, 2), media.web_capture(made)):
    print(hashlib.sha256(data).hexdigest())
"""


def test_another_process_makes_the_same_bytes() -> None:
    runs = {
        subprocess.run(
            [sys.executable, "-c", _ANOTHER_PROCESS, WORDS], capture_output=True, check=True, text=True
        ).stdout
        for _ in range(2)
    }
    assert len(runs) == 1
    assert len(set(runs.pop().split())) == 4


def test_a_recording_is_mp3_of_the_asked_length_and_not_silent() -> None:
    data = media.recording(WORDS, 6, author="Sông Mây")
    assert len(data) < 100_000
    with av.open(BytesIO(data)) as found:
        (stream,) = found.streams
        assert (found.format.name, stream.codec_context.name) == ("mp3", "mp3float")
        assert found.metadata["artist"] == "Sông Mây"
        samples = np.concatenate([frame.to_ndarray().reshape(-1) for frame in found.decode(stream)])
    assert len(samples) / RATE == pytest.approx(6, abs=0.2)
    assert float(np.abs(samples).max()) > 0.3


def test_tones_are_heard() -> None:
    assert not np.array_equal(speech("má", 1), speech("mà", 1))


def test_a_film_moves_and_can_be_played_while_it_loads() -> None:
    data = media.film(WORDS, 6)
    assert len(data) < 400_000
    assert data.index(b"moov") < data.index(b"mdat")
    with av.open(BytesIO(data)) as found:
        picture, sound = found.streams.video[0], found.streams.audio[0]
        assert (picture.codec_context.name, sound.codec_context.name) == ("h264", "aac")
        assert (picture.width, picture.height) == media.FILM_SIZE
        frames = [frame.to_ndarray(format="gray").astype(int) for frame in found.decode(picture)]
    assert len(frames) == 6 * media.FRAMES_A_SECOND
    assert np.abs(frames[0] - frames[-1]).mean() > 1


@pytest.mark.parametrize("number", range(3))
def test_a_photograph_carries_what_cameras_write(number: int) -> None:
    data = media.photograph(WORDS, number, author="Hà Vân")
    assert len(data) < 400_000
    with Image.open(BytesIO(data)) as image:
        exif = image.getexif()
        assert exif[0x013B].encode("latin-1").decode() == "Hà Vân"
        assert exif.get_ifd(0x8825)[1] == "N"
        upright = ImageOps.exif_transpose(image)
    assert upright is not None
    assert upright.size == (media.PHOTO_SIZE if number % 3 != 2 else media.PHOTO_SIZE[::-1])


def test_a_captured_article_can_be_read() -> None:
    document = pypdfium2.PdfDocument(media.web_capture(MADE))
    text = "".join(page.get_textpage().get_text_bounded() for page in document)
    assert MADE.organ in text
    assert media.web_address(MADE) in text
    assert MADE.parts[0].published_on.strftime("%d/%m/%Y") in text


def test_a_capture_without_byline_names_nobody() -> None:
    document = pypdfium2.PdfDocument(media.web_capture(MADE, byline=False))
    text = "".join(page.get_textpage().get_text_bounded() for page in document)
    author = MADE.authors[0]
    assert (author.pen_name or author.legal_name) not in text
