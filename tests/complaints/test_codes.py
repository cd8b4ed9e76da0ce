import re

import pytest

from complaints.codes import CODE_LETTERS, in_groups, new_code, typed_code


def test_a_code_has_sixteen_characters_that_nobody_confuses():
    codes = {new_code() for _ in range(200)}

    assert len(codes) == 200
    assert all(re.fullmatch(r"[2-9A-HJKMNP-Z]{16}", code) for code in codes)
    assert not set("01OIL") & set(CODE_LETTERS)


def test_a_code_is_shown_in_groups_of_four():
    assert in_groups("7KQFM2XD9RTAC4WH") == "7KQF-M2XD-9RTA-C4WH"
    assert in_groups("7KQFM2XD") == "7KQF-M2XD"


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("7KQF-M2XD-9RTA-C4WH", "7KQFM2XD9RTAC4WH"),
        (" 7kqf m2xd.9rta c4wh ", "7KQFM2XD9RTAC4WH"),
        ("7kqf", "7KQF"),
        ("7KQF-M2XD-9RTA-C4WH-2", ""),
        ("7KQ0", ""),
        ("ß٣", ""),
        ("", ""),
    ],
)
def test_a_code_is_read_as_people_type_it(typed, code):
    assert typed_code(typed) == code
