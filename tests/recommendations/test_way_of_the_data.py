"""The way from an answer of FS3 to the PDF of the letter enters few rooms, and docs/architecture.md names them."""

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from django.urls import reverse

from recommendations.archive.actions.duplicates import confirm_no_duplicate
from recommendations.examination.actions.examining import verify, write_remark
from recommendations.letter.pdf import pdf_of
from recommendations.letter.tasks import draw_letter
from recommendations.models import Letter, Remark
from recommendations.recording.actions.completing import record_complete
from recommendations.recording.actions.saving import save_answers
from recommendations.results.obligations import count_late
from tests.factories import issue, ready_submission
from tests.test_docs import ARCHITECTURE
from tests.test_rooms import ROOT, rooms_of_recommendations

MOST_ROOMS = 6
GOAL = "Mengetahui kepuasan pengguna layanan di Kota Contoh."


@contextmanager
def files_entered() -> Iterator[set[str]]:
    """Give the set to which every file is added whose code is called inside the block, on this thread."""
    entered: set[str] = set()

    def note(frame: FrameType, event: str, argument: object) -> None:
        if event == "call":
            entered.add(frame.f_code.co_filename)

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        yield entered
    finally:
        sys.setprofile(before)


def rooms_in(files: set[str]) -> set[str]:
    """Return the rooms of recommendations/ in which these files are."""
    top = f"{ROOT / 'recommendations'}/"
    folders = {file.removeprefix(top).partition("/")[0] for file in files if file.startswith(top)}
    return folders & rooms_of_recommendations()


def rooms_named() -> set[str]:
    """Return the rooms that docs/architecture.md names between an answer and the PDF."""
    sentence = re.search(r"From an answer to the PDF the data crosses ([^.]+)\.", ARCHITECTURE)
    return set(re.findall(r"\w+", sentence[1])) - {"and"} if sentence else set()


def test_an_answer_of_fs3_reaches_the_pdf_through_the_few_rooms_that_the_architecture_names(petugas, kepala):
    submission = ready_submission(petugas)
    reverse("login")  # imports every module of a page: what runs once, at the import, is no part of the way

    with files_entered() as files:
        save_answers(submission, {"tujuan_survei": GOAL}, by=petugas)
        record_complete(submission, by=petugas)
        write_remark(submission, item_id="tujuan_survei", kind=Remark.Kind.ADVICE, text="Sebut tahunnya.", by=petugas)
        confirm_no_duplicate(submission, by=petugas)
        verify(submission, by=petugas)
        issue(submission, by=kepala)
        draw_letter(Letter.objects.get(submission=submission).pk)

    assert GOAL in str(Letter.objects.get(submission=submission).content["answers"])
    assert pdf_of(Letter.objects.get(submission=submission)).startswith(b"%PDF")
    assert rooms_in(files) == rooms_named()
    assert len(rooms_named()) <= MOST_ROOMS


def test_a_room_is_seen_as_soon_as_code_of_it_is_called():
    with files_entered() as files:
        count_late([])

    assert rooms_in(files) == {"results"}
