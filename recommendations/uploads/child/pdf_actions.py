"""Find what a PDF does by itself, or when it is pressed: in its objects (ISO 32000-1, 7.11, 12.5 to 12.7).

A name in a text, as in a manual that explains /JavaScript, does nothing. An entry whose value is another object acts
like one with the value in its place.
"""

import io
import re
from collections.abc import Collection, Iterator
from hashlib import sha256
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Stream, String

from recommendations.uploads.child.pdf_names import names_in
from recommendations.uploads.refusal import BadFile

OTHER_FILE, OUTSIDE = "tautan yang membuka berkas lain", "perintah yang mengambil isi dari luar"
FILM, PROGRAM = "film atau suara", "film atau program"
ACTIONS = {
    "/GoToE": OTHER_FILE,
    "/GoToR": OTHER_FILE,
    "/ImportData": OUTSIDE,
    "/JavaScript": "perintah (JavaScript)",
    "/Launch": "perintah yang membuka program",
    "/Movie": FILM,
    "/Rendition": FILM,
    "/RichMediaExecute": PROGRAM,
    "/Sound": FILM,
    "/SubmitForm": "formulir yang mengirim isinya ke luar",
    "/Thread": OTHER_FILE,
    "/URI": "tautan ke alamat web",
}
"""What an action does, by its /S."""
ANNOTATIONS = {
    "/3D": PROGRAM,
    "/FileAttachment": "berkas lain",
    "/Movie": FILM,
    "/RichMedia": PROGRAM,
    "/Screen": FILM,
    "/Sound": FILM,
}
"""What is on a page, by its /Subtype."""
ENTRIES = {
    "/EF": "berkas lain",
    "/JS": "perintah (JavaScript)",
    "/JavaScript": "perintah (JavaScript)",
    "/OnInstantiate": "perintah (JavaScript)",
    "/XFA": "formulir yang berjalan sendiri (XFA)",
}
"""What a dictionary is for that has this entry."""
FILE_NAMES = ("/DOS", "/F", "/Mac", "/UF", "/Unix")
"""A /F that is one of these, or a text, names a file that another reader would fetch (7.11.3)."""

NAMED = ACTIONS | ANNOTATIONS | ENTRIES
ACTING = re.compile(rb"/(?:F|%s)(?![A-Za-z])" % b"|".join(name[1:].encode() for name in NAMED))
PLAIN = frozenset(
    [
        b"JavaScript",
        b"Launch",
        b"RichMedia",
        b"Rendition",
        b"SubmitForm",
        b"ImportData",
        b"GoToR",
        b"GoToE",
        b"URI",
        b"XFA",
    ]
)
"""Names that mean one thing only, wherever they are."""
NEEDED = {"/Thread": "/D"}
"""An action that does nothing without this entry. A tag of a page may be named so."""


def check_actions(pdf: bytes, allowed: Collection[str] = frozenset()) -> None:
    """Raise BadFile when an object of this PDF, packed or not, would act; pikepdf.PdfError when it cannot be read.

    A file inside is refused too, unless its SHA-256 is `allowed`.
    """
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for each in (*document.objects, document.trailer):
            is_allowed = _is_inner_file(each) and _inner_files(each) <= set(allowed)
            _check_object(_without_file(each) if is_allowed else each)


def files_inside(pdf: bytes) -> set[str]:
    """Return the SHA-256 of each file inside a PDF."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return set().union(*(_inner_files(each) for each in document.objects if _is_inner_file(each)))


def _is_inner_file(each: Any) -> bool:
    return isinstance(each, Dictionary) and each.get("/Type") == "/Filespec" and "/EF" in each


def _inner_files(specification: Any) -> set[str]:
    """Return the SHA-256 of the files of one specification (7.11.4). What is no stream is no file that we know: ""."""
    files = specification.EF.as_dict().values() if isinstance(specification.EF, Dictionary) else ()
    return {sha256(file.read_bytes()).hexdigest() if isinstance(file, Stream) else "" for file in files} or {""}


def check_names(pdf: bytes) -> None:
    """Raise BadFile when a PDF has the name of an action, also in an object that our reader passes over.

    `pdf` is the file as it came.
    """
    for name in names_in(pdf, PLAIN):
        _refuse(NAMED.get(f"/{name.decode()}", PROGRAM))


def _without_file(specification: Any) -> Dictionary:
    return Dictionary({name: value for name, value in specification.as_dict().items() if name not in ("/EF", "/F")})


def _check_object(each: Any) -> None:
    if isinstance(each, Name):
        _refuse(NAMED.get(str(each)))
        return
    if not isinstance(each, Dictionary | Stream | Array):
        return
    entries = each.stream_dict if isinstance(each, Stream) else each
    if ACTING.search(entries.unparse(resolved=True)):
        for inner in _dictionaries(entries):
            _refuse(_acts(inner))


def _dictionaries(entries: Object) -> Iterator[Dictionary]:
    """Yield the dictionaries in an object, without those that are objects of their own."""
    waiting = [entries]
    while waiting:
        one = waiting.pop()
        if isinstance(one, Dictionary):
            yield one
        inner = one.as_list() if isinstance(one, Array) else list(one.as_dict().values())
        waiting += [each for each in inner if isinstance(each, Dictionary | Array) and not each.is_indirect]


def _acts(entries: Dictionary) -> str | None:
    """Return the words for what a dictionary does; None when it does nothing."""
    by_entry = next((words for entry, words in ENTRIES.items() if entry in entries), None)
    return (
        by_entry
        or _action(entries)
        or ANNOTATIONS.get(str(entries.get("/Subtype")))
        or (OUTSIDE if _is_file(entries.get("/F")) else None)
    )


def _action(entries: Dictionary) -> str | None:
    name = str(entries.get("/S"))
    return ACTIONS.get(name) if NEEDED.get(name, "/S") in entries else None


def _is_file(value: Any) -> bool:
    """Return whether the value of /F names a file. In annotations it is a number; among resources, a font or form."""
    return isinstance(value, String) or (isinstance(value, Dictionary) and any(name in value for name in FILE_NAMES))


def _refuse(words: str | None) -> None:
    if words:
        raise BadFile(f"PDF ini memuat {words}. Cetak sekali lagi ke PDF (Cetak, Simpan sebagai PDF) lalu pilih lagi.")
