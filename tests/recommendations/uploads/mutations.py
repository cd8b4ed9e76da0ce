"""Damaged files of every accepted kind, each with a fixed seed, and what becomes of them."""

import random
from collections.abc import Sequence

from pst_desk.examples import paper_pdf
from recommendations.instruments import INSTRUMENTS
from recommendations.uploads.apart import CHECK, ask
from recommendations.uploads.refusal import BadFile
from recommendations.workbook.writing import write_workbook
from tests.recommendations.uploads import jobs, samples

WHOLE = {
    "PDF": paper_pdf("Surat"),
    "PDF with packed objects": samples.packed_acting_pdf(b"<< /S /Named /N /FirstPage >>"),
    "JPEG": samples.photo(turned=True),
    "PNG": samples.photo(kind="PNG"),
    "DOCX": samples.office_file(word___rels__document=samples.links("hyperlink", "https://bps.go.id")),
    "XLSX": write_workbook(INSTRUMENTS["FS3"], {"judul_survei": "Survei Contoh"}, about="Uji"),
}
"""A whole file of each kind."""
ENDS = {"refused", "preview", "download", "answers"}
"""What may become of a file."""
BATCH = 20


def mutated(kind: str, seed: int) -> bytes:
    """Return the whole file of that kind after one to eight changes. The same seed gives the same file."""
    return damaged(WHOLE[kind], f"{kind} {seed}")


def damaged(whole: bytes, seed: str) -> bytes:
    """Return a file after one to eight changes. The same seed gives the same changes."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    content = bytearray(whole)
    for _ in range(chance.randint(1, 8)):
        place, length = chance.randrange(len(content) + 1), chance.randint(1, 40)
        change = chance.choice([_noise, _gap, _copy, _flood, _sign])
        change(chance, content, place, length)
    return bytes(content)


def _noise(chance: random.Random, content: bytearray, place: int, length: int) -> None:
    content[place : place + length] = chance.randbytes(length)


def _gap(chance: random.Random, content: bytearray, place: int, length: int) -> None:
    if len(content) > length:
        del content[place : place + length]


def _copy(chance: random.Random, content: bytearray, place: int, length: int) -> None:
    begin = chance.randrange(len(content) + 1)
    content[place:place] = content[begin : begin + length * 20]


def _flood(chance: random.Random, content: bytearray, place: int, length: int) -> None:
    content[place:place] = bytes([chance.choice([0, 60, 255])]) * length * 50


def _sign(chance: random.Random, content: bytearray, place: int, length: int) -> None:
    content[place : place + 1] = bytes([chance.choice([0, 1, 127, 128, 255])])


def ends_of(files: Sequence[bytes]) -> list[str]:
    """Return what becomes of each file: one of ENDS. Many files go into one child; when it dies, each into its own."""
    ends: list[str] = []
    for begin in range(0, len(files), BATCH):
        batch = files[begin : begin + BATCH]
        try:
            ends += ask(f"{jobs.__name__}:ends", *batch, limits=CHECK).value
        except BadFile:
            ends += [_end_of(file) for file in batch]
    return ends


def _end_of(file: bytes) -> str:
    try:
        return str(ask(f"{jobs.__name__}:ends", file, limits=CHECK).value[0])
    except BadFile:
        return "refused"
