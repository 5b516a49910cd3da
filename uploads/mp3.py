"""What stands where in an MP3: the tag before the sound, and the frames of which the sound is made."""

from typing import BinaryIO

_TAG_HEADER = 10
_LOOKED_THROUGH = 64 * 1024
_FRAMES = 4
# Kilobits a second by version (1; 2 and 2.5) for layer III, and samples a second by version.
_BIT_RATES = {
    True: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    False: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
_RATES = {3: (44_100, 48_000, 32_000), 2: (22_050, 24_000, 16_000), 0: (11_025, 12_000, 8_000)}
_LAYER_III = 1
_COUNTING = (b"Xing", b"Info", b"VBRI")


def tag_bytes(file: BinaryIO) -> int:
    """How much stands before the sound; none where there is no tag."""
    file.seek(0)
    head = file.read(_TAG_HEADER)
    if head[:3] != b"ID3" or len(head) < _TAG_HEADER:
        return 0
    return _TAG_HEADER + sum((byte & 0x7F) << shift for byte, shift in zip(head[6:10], (21, 14, 7, 0), strict=True))


def has_frames(file: BinaryIO) -> bool:
    """Whether several frames stand one behind the other where the sound is to begin. Chance does not make them."""
    file.seek(tag_bytes(file))
    data = file.read(_LOOKED_THROUGH)
    at = data.find(b"\xff")
    while at >= 0:
        if _follow(data, at):
            return True
        at = data.find(b"\xff", at + 1)
    return False


def counts_its_frames(file: BinaryIO) -> bool:
    """Whether it tells how long it is; otherwise its length is only a guess from its first frames."""
    file.seek(tag_bytes(file))
    frame = file.read(256)
    return any(word in frame for word in _COUNTING)


def _follow(data: bytes, at: int) -> bool:
    for _ in range(_FRAMES):
        length = _frame_length(data[at : at + 4])
        if not length:
            return False
        at += length
    return True


def _frame_length(header: bytes) -> int:
    """Bytes of the frame that begins so; 0 when none does."""
    if len(header) < 4 or header[0] != 0xFF or header[1] & 0xE0 != 0xE0:
        return 0
    version, layer = header[1] >> 3 & 3, header[1] >> 1 & 3
    rate_at, bit_rate_at = header[2] >> 2 & 3, header[2] >> 4
    if version not in _RATES or layer != _LAYER_III or rate_at == 3 or bit_rate_at in (0, 15):
        return 0
    first = version == 3
    bit_rate = _BIT_RATES[first][bit_rate_at] * 1000
    return (144 if first else 72) * bit_rate // _RATES[version][rate_at] + (header[2] >> 1 & 1)
