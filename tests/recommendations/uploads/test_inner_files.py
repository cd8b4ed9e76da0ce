"""Our letter holds a file of ours. It is allowed with equal bytes and in our letter only; every other file is not."""

import io
from datetime import date
from functools import cache

import pikepdf
import pytest

from office.paper import InnerFile, draw_pdf
from recommendations.uploads import BadFile
from recommendations.uploads.child.kinds import kind_of
from recommendations.uploads.signatures import Kinship
from tests.recommendations.uploads.letters import copied
from tests.recommendations.uploads.reading import seen
from tests.signers import signed

pytestmark = pytest.mark.usefixtures("read_here")
OURS = InnerFile("isian-FS3.json", "Isian", date(2026, 11, 23), '{"number": "B-071"}')


@cache
def letter(*files: InnerFile) -> bytes:
    """Return a letter of one page with these files inside."""
    page = "<html lang='id'><head><title>Surat</title></head><body><h1>Surat</h1><p>Layak.</p></body></html>"
    return draw_pdf(page, files=files, for_everybody=True)


def rewritten(pdf: bytes, change=lambda document: None) -> bytes:
    """Return the PDF as another program writes it, after a change."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        change(document)
        kept = io.BytesIO()
        document.save(kept)
    return kept.getvalue()


def with_another(document: pikepdf.Pdf) -> None:
    document.attachments["lain.json"] = pikepdf.AttachedFileSpec(document, b"{}", mime_type="application/json")


def without(document: pikepdf.Pdf) -> None:
    del document.attachments[OURS.name]


def with_other_words(document: pikepdf.Pdf) -> None:
    document.Root.AF[0].EF.F.write(b'{"number": "B-072"}')


def with_another_name(document: pikepdf.Pdf) -> None:
    document.Root.AF[0].UF = "virus.exe"


def with_a_pin(document: pikepdf.Pdf) -> None:
    """Pin our file to the page, where a press opens it."""
    pin = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.FileAttachment, Rect=[0, 0, 9, 9])
    pin.FS = document.Root.AF[0]
    document.pages[0].Annots = pikepdf.Array([document.make_indirect(pin)])


def with_a_program(document: pikepdf.Pdf) -> None:
    """Let our file be a program too, which runs when the letter is opened."""
    ours = document.Root.AF[0]
    ours.S, ours.JS = pikepdf.Name.JavaScript, "app.alert(1)"
    document.Root.OpenAction = ours


@pytest.mark.parametrize(
    ("written", "kinship"), [(bytes, Kinship.EXTENDED), (copied, Kinship.REWRITTEN), (rewritten, Kinship.REWRITTEN)]
)
def test_our_file_inside_is_allowed_however_the_signer_wrote_the_letter(written, kinship):
    told = seen(signed(written(letter(OURS))), drawn=letter(OURS))

    assert (told.kinship, told.unchanged, told.problem) == (kinship, True, "")


@pytest.mark.parametrize("change", [without, with_another_name])
def test_our_file_taken_away_or_renamed_is_reported_though_the_signature_holds(change):
    told = seen(signed(rewritten(letter(OURS), change)), drawn=letter(OURS))

    assert not told.unchanged
    assert "di luar halaman" in told.problem
    assert [one.intact for one in told.signatures] == [True]


@pytest.mark.parametrize("change", [with_another, with_other_words, with_a_pin, with_a_program])
def test_another_file_inside_is_refused(change):
    with pytest.raises(BadFile, match=r"memuat (berkas lain|perintah)"):
        seen(signed(rewritten(letter(OURS), change)), drawn=letter(OURS))


@pytest.mark.parametrize("change", [with_another, with_other_words])
def test_another_file_is_reported_even_if_it_were_not_refused(change, monkeypatch):
    monkeypatch.setattr("recommendations.uploads.child.pdf_actions.check_actions", lambda pdf, allowed: None)

    told = seen(signed(rewritten(letter(OURS), change)), drawn=letter(OURS))

    assert "di luar halaman" in told.problem


def test_a_file_in_a_letter_that_we_drew_without_one_is_refused():
    with pytest.raises(BadFile, match="memuat berkas lain"):
        seen(signed(rewritten(letter(), with_another)), drawn=letter())


def test_what_strangers_send_may_hold_no_file_not_even_ours():
    with pytest.raises(BadFile, match="memuat berkas lain"):
        kind_of(letter(OURS))


def test_the_same_words_and_files_give_the_same_bytes():
    assert letter(OURS) == letter.__wrapped__(OURS)
    assert letter(OURS) != letter()
