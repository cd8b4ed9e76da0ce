"""A damaged signed letter does not count as ours, unless only bytes that no signature covers were changed."""

import re
from collections import Counter
from dataclasses import replace

from recommendations.uploads.apart import READ_SIGNED, ask
from recommendations.uploads.refusal import BadFile
from tests.recommendations.uploads import jobs
from tests.recommendations.uploads.letters import our_letter
from tests.recommendations.uploads.mutations import damaged
from tests.signers import authority, signed

MANY, BATCH = 300, 50
LIMITS = replace(READ_SIGNED, cpu=60, seconds=300)


def gap(file: bytes) -> slice:
    """Return where the signature itself is in a signed file: no signature covers it."""
    said = re.findall(rb"/ByteRange \[([^\]]*)\]", file)[-1].split()
    return slice(int(said[1]), int(said[2]))


def readings(files: list[bytes]) -> list[str]:
    """Return what the job says of each file. Many files go into one child; when it dies, each into its own."""
    job, root = f"{jobs.__name__}:readings", authority().pem
    told: list[str] = []
    for begin in range(0, len(files), BATCH):
        try:
            told += ask(job, our_letter(pages=1), root, *files[begin : begin + BATCH], limits=LIMITS).value
        except BadFile:
            told += [alone(job, our_letter(pages=1), root, file) for file in files[begin : begin + BATCH]]
    return told


def alone(job: str, *files: bytes) -> str:
    try:
        return str(ask(job, *files, limits=LIMITS).value[0])
    except BadFile:
        return "refused"


def without_gap(file: bytes, place: slice) -> bytes:
    return file[: place.start] + file[place.stop :]


def test_a_damaged_signed_letter_never_counts_as_signed_and_unchanged():
    whole = signed(our_letter(pages=1))
    place = gap(whole)
    files = [damaged(whole, f"signed {seed}") for seed in range(MANY)]

    told = readings(files)
    believed = [file for file, ends in zip(files, told, strict=True) if ends == "signed"]

    assert Counter(told).keys() <= {"refused", "changed", "signed"}
    assert Counter(told)["changed"] > 20
    assert [file for file in believed if without_gap(file, place) != without_gap(whole, place)] == []


def test_the_undamaged_letter_counts():
    assert readings([signed(our_letter(pages=1)), our_letter(pages=1)]) == ["signed", "changed"]


def test_a_letter_with_any_one_byte_changed_does_not_count():
    whole = signed(our_letter(pages=1))
    place = gap(whole)
    places = [one for one in range(0, len(whole), len(whole) // 150) if not place.start <= one < place.stop]
    files = [whole[:one] + bytes([whole[one] ^ 1]) + whole[one + 1 :] for one in places]

    told = readings(files)

    assert len(files) > 60
    assert set(told) <= {"refused", "changed"}
