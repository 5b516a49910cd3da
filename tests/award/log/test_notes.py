"""Signatures, checkpoints and canonical forms against RFC 8032, RFC 8785 and a vector of our own."""

import base64
import json

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from award.log.notes import Signer, checkpoint_text
from award.log.operations import canonical_json
from tests.award.log.test_tree import ROOTS

KEY = Ed25519PrivateKey.from_private_bytes(
    bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
)
NAME = "example.org/press-award-2026"


def test_the_first_vector_of_rfc_8032() -> None:
    assert Signer(NAME, KEY).public.hex() == "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
    signature = "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555f"
    signature += "b8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
    assert KEY.sign(b"").hex() == signature


def test_a_checkpoint_is_signed_in_the_form_others_read() -> None:
    signer = Signer(NAME, KEY)
    assert signer.verifier_key == f"{NAME}+895ed1b8+AddamAGCsQq31Uv+08lkBzoO4XLz2qYjJa8CGmj3B1Ea"
    text = checkpoint_text(NAME, 8, bytes.fromhex(ROOTS[8]))
    assert text == f"{NAME}\n8\nXcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=\n"
    signature = "iV7RuAsMmiJt7LIFp8sy/yi861v0HZPLY5LbcMMAn3S3dKzSOjNH//6p4vmjzWsoikeHZNUaCluRnm1Y2yYAt4nr0AI="
    assert signer.sign(text) == f"{text}\n— {NAME} {signature}\n"
    assert len(base64.b64decode(signature)) == 68


def test_vietnamese_text_has_one_canonical_form() -> None:
    value = {"Đ": 0, "b": [1, 2], "a": "Giải Báo chí tỉnh"}
    wanted = "7b2261223a224769e1baa3692042c3a16f206368c3ad2074e1bb896e68222c2262223a5b312c325d2c22c490223a307d"
    assert canonical_json(value).hex() == wanted


def test_the_sample_of_rfc_8785_is_written_as_published_there_but_for_its_fractions() -> None:
    text = '\u20ac$\u000f\nA\'B"\\\\"/'
    published = "7b226c69746572616c73223a5b6e756c6c2c747275652c66616c73655d2c22737472696e67223a22e282ac245c75303030665c"
    published += "6e4127425c225c5c5c5c5c222f227d"
    assert canonical_json({"string": text, "literals": [None, True, False]}).hex() == published


def test_names_stand_in_the_order_of_the_example_of_rfc_8785() -> None:
    """All of one plane; the example's face would stand before its Hebrew letter, and no name we hash has either."""
    names = ["\u20ac", "\r", "\ufb33", "1", "\u0080", "\u00f6"]
    written = json.loads(canonical_json(dict.fromkeys(names, 0)))
    assert list(written) == ["\r", "1", "\u0080", "\u00f6", "\u20ac", "\ufb33"]


@pytest.mark.parametrize("value", [0.5, 2.0, {"a": [1, {"b": (1, 1e3)}]}])
def test_a_number_that_programs_write_in_several_ways_is_refused(value: object) -> None:
    with pytest.raises(TypeError, match="no integer"):
        canonical_json(value)
