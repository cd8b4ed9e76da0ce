"""Digests made with DATA_KEYS: one key for each purpose, and the first key counts."""

import hashlib
import hmac

import pytest

from office.data_keys import keyed_digest, purpose_key
from tests.test_deploy import clean, manage

FIRST, SECOND = "kunci-pertama-" * 3, "kunci-kedua-" * 3


def test_each_purpose_has_its_own_key_and_the_first_of_the_keys_is_used(settings):
    settings.DATA_KEYS = [FIRST, SECOND]
    code, mail = keyed_digest("pairing code", "ABCD2345"), keyed_digest("mail address", "ABCD2345")

    settings.DATA_KEYS = [FIRST]
    alone = keyed_digest("pairing code", "ABCD2345")
    settings.DATA_KEYS = [SECOND, FIRST]
    renewed = keyed_digest("pairing code", "ABCD2345")

    assert code == alone
    assert len({code, mail, renewed, hashlib.sha256(b"ABCD2345").hexdigest()}) == 4


def test_a_key_is_made_as_rfc_5869_says(settings):
    settings.DATA_KEYS = [FIRST]

    extracted = hmac.digest(bytes(32), FIRST.encode(), "sha256")  # without a salt, as many zeros as the digest has
    expanded = hmac.digest(extracted, b"pairing code" + b"\x01", "sha256")

    assert purpose_key("pairing code") == expanded


@pytest.mark.once
def test_the_desk_does_not_start_with_a_key_that_is_too_short(tmp_path):
    done = manage("check", env=clean(tmp_path, DATA_KEYS="terlalu-pendek"))

    assert done.returncode != 0
    assert "DATA_KEYS" in done.stderr
