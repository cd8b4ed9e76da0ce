"""A file is compared with the letter: on the public page, and with `verify_letter`."""

import io
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from recommendations.checking.answers import Verdict
from recommendations.checking.matching import letter_behind
from recommendations.models import Letter
from recommendations.uploads import apart, pages, signatures, slots
from recommendations.uploads.apart import READ_FOR_VISITOR, READ_SIGNED
from recommendations.workflow import LetterStatus
from tests.factories import paper, sign
from tests.recommendations.checking.conftest import verdict, verify
from tests.recommendations.uploads import samples
from tests.recommendations.uploads.hostile import object_bomb
from tests.recommendations.uploads.letters import cloned, copied, drawn_over
from tests.signed_files import rewritten
from tests.signers import signed as signed_file
from tests.signers import signer

LONGEST = 20
MARGIN = (5, 400, 40, 420)
"""A box at the side of a page, where nothing is drawn."""


def test_the_signed_letter_is_reported_with_its_signer_and_day(check, electronic, signed_pdf, take_in, trusted):
    take_in(signed_pdf)

    page = check(electronic, signed_pdf)

    assert verdict(page) == "Surat ini berlaku, dan berkas Anda tidak berubah"
    assert "ditandatangani secara elektronik oleh Siti Contoh pada 23 November 2026" in page.content.decode()
    assert "Berkas ini asli" in page.content.decode()


def test_a_signature_of_an_unknown_issuer_is_never_called_genuine(check, electronic, signed_pdf, take_in):
    take_in(signed_pdf)

    page = check(electronic, signed_pdf)

    words = page.content.decode()
    assert verdict(page) == "Surat ini berlaku, tetapi penanda tangan berkas Anda belum dapat dipastikan"
    assert 'class="verdict warn"' in words
    assert 'class="note ok"' not in words
    assert "Penandatangannya belum dapat dipastikan" in words
    assert "asli" not in words.split("<h1>")[1].split("Yang tercatat")[0]


def test_our_unsigned_file_is_ours_and_unsigned(check, electronic, drawn_pdf, signed_pdf, take_in):
    take_in(signed_pdf)

    page = check(electronic, drawn_pdf)

    assert verdict(page) == "Berkas Anda belum ditandatangani"


@pytest.mark.parametrize("by", ["Siti Contoh", "Saksi Contoh"])
def test_our_letter_with_a_signature_behind_it_is_not_called_genuine(
    check, electronic, signed_pdf, take_in, trusted, tmp_path, by
):
    take_in(signed_pdf)
    written_over = signed_file(signed_pdf, by=signer(by), field="Saksi", visible=MARGIN)

    page = check(electronic, written_over)

    told, code = verify(tmp_path, written_over)
    assert verdict(page) == "Surat ini berlaku, tetapi berkas Anda memuat tambahan yang bukan dari kami"
    assert 'class="verdict warn"' in page.content.decode()
    assert "asli" not in page.content.decode().split("<h1>")[1].split("Yang tercatat")[0]
    assert (told["ours"], told["unchanged"], code) == (False, False, 1)


@pytest.mark.parametrize("change", ["one byte", "drawn over", "cut short", "another file"])
def test_a_forged_file_gets_no_good_word_on_the_page(check, electronic, signed_pdf, take_in, change):
    take_in(signed_pdf)
    forged = {
        "one byte": signed_pdf[:900] + bytes([signed_pdf[900] ^ 1]) + signed_pdf[901:],
        "drawn over": drawn_over(signed_pdf),
        "cut short": signed_pdf[:-200],
        "another file": b"%PDF-1.7\n%%EOF\n",
    }[change]

    page = check(electronic, forged)

    assert verdict(page) == "Berkas ini bukan surat kami"
    assert "Surat ini berlaku" not in page.content.decode()
    assert 'class="verdict late"' in page.content.decode()


def test_the_scan_of_a_letter_signed_with_ink_is_known(check, drawn, petugas, quick_paper):
    signed = sign(drawn, by=petugas)
    scan = Path(signed.copies.get().file.path).read_bytes()

    page = check(signed, scan)

    assert verdict(page) == "Surat ini berlaku, dan berkas Anda tidak berubah"
    assert "pindaian surat yang ditandatangani Siti Contoh" in page.content.decode()


@pytest.mark.parametrize("kind", ["PDF of a scanner", "photo"])
def test_a_holders_own_scan_is_neither_genuine_nor_forged(check, drawn, petugas, quick_paper, kind):
    sign(drawn, by=petugas)
    own = samples.photo() if kind == "photo" else pages.joined_pdf([pages.picture_to_join(samples.photo())])

    page = check(drawn, own).content.decode()

    assert "Surat ini berlaku, tetapi berkas Anda tidak dapat dibandingkan" in page
    assert "Jangan dipakai" not in page


def test_a_rejected_scan_is_not_the_letter(check, drawn, petugas, quick_paper):
    from recommendations.signing.actions.scans import reject_scan, take_scan

    content = paper("lain.pdf", "Surat lain").read()
    reject_scan(take_scan(drawn, file=ContentFile(content, "lain.pdf"), by=petugas), reason="Surat lain.", by=petugas)

    assert verdict(check(drawn, content)) == "Berkas ini bukan surat kami"


def test_a_letter_that_waits_says_so_whatever_file_comes(check, electronic, drawn_pdf):
    page = check(electronic, drawn_pdf)

    assert verdict(page) == "Surat ini menunggu tanda tangan"
    assert "belum ditandatangani secara elektronik" in page.content.decode()


def test_a_letter_from_before_the_signing_is_reported_as_what_it_is(check, electronic, drawn_pdf):
    Letter.objects.update(status=LetterStatus.VALID)

    page = check(electronic, drawn_pdf)

    assert verdict(page) == "Berkas Anda belum ditandatangani"
    assert "sama persis dengan surat yang kami kirimkan" in page.content.decode()


@pytest.fixture
def nobody_waits(monkeypatch, settings, tmp_path):
    """Give up at once when no slot is free."""
    monkeypatch.setattr(slots, "PATIENCE", 0)
    settings.VAR_DIR = tmp_path


@pytest.fixture
def busy():
    """Return a block in which all slots of these limits are taken."""
    return lambda limits: slots.slot(limits.pool, size=limits.at_once, threads=limits.threads)


def test_while_visitors_files_are_read_staff_upload_a_signed_letter(
    nobody_waits, busy, check, electronic, signed_pdf, take_in
):
    with busy(READ_FOR_VISITOR):
        refused = check(electronic, signed_pdf)
        letter = take_in(signed_pdf)

    assert refused.status_code == 503
    assert letter.copies.accepted().exists()


def test_while_staff_upload_the_check_page_and_nothing_else_has_its_own_slot(
    nobody_waits, busy, check, electronic, signed_pdf, take_in, tmp_path
):
    take_in(signed_pdf)

    with busy(READ_SIGNED):
        answer = check(electronic, signed_pdf)
        with pytest.raises(CommandError, match="belum sempat diperiksa") as unknown:
            verify(tmp_path, signed_pdf)

    assert answer.status_code == 200
    assert unknown.value.returncode == 2


@pytest.fixture
def limited(monkeypatch):
    """Return a function that changes the limits of the children that read signed letters."""

    def change(**limits) -> None:
        for name in ("READ_FOR_VISITOR", "READ_OUR_LETTER", "READ_SIGNED"):
            monkeypatch.setattr(signatures, name, replace(getattr(apart, name), **limits))

    return change


def test_a_busy_machine_says_nothing_against_a_letter(check, electronic, signed_pdf, take_in, limited, tmp_path):
    take_in(signed_pdf)
    limited(seconds=0.01)

    refused = check(electronic, signed_pdf)

    assert (refused.status_code, verdict(refused)) == (503, "Berkas belum diperiksa")
    assert "Berkas belum dapat diperiksa sekarang. Coba lagi sebentar" in refused.content.decode()
    with pytest.raises(CommandError, match="belum sempat diperiksa"):
        verify(tmp_path, signed_pdf)


@pytest.mark.parametrize("ours", [True, False])
def test_a_file_too_complex_to_read_is_not_called_forged_when_it_begins_as_ours(
    check, electronic, signed_pdf, take_in, limited, tmp_path, ours
):
    take_in(signed_pdf)
    limited(cpu=0.05)
    file = signed_pdf if ours else b"%PDF-1.6\n" + signed_pdf

    page = check(electronic, file)

    said = "Surat ini berlaku, tetapi berkas Anda tidak dapat dibandingkan" if ours else "Berkas ini bukan surat kami"
    assert verdict(page) == said
    assert ("terlalu rumit untuk diperiksa. Coba lagi" in page.content.decode()) is ours
    assert ("Jangan dipakai" in page.content.decode()) is not ours
    assert 'class="verdict ok"' not in page.content.decode()
    told, code = verify(tmp_path, file)
    assert (told["ours"], code) == (False, 2 if ours else 1)


def test_after_too_many_files_in_a_minute_no_file_is_looked_at(check, electronic, monkeypatch, time_machine):
    time_machine.move_to("2026-11-23T02:00:01Z", tick=False)
    monkeypatch.setattr("recommendations.checking.views.answer_about", lambda letter, file, for_visitor: None)

    codes = [check(electronic, b"%PDF").status_code for _ in range(LONGEST + 1)]

    assert codes == [200] * LONGEST + [429]


def test_no_file_is_asked_for_in_words(client, electronic):
    page = client.post(reverse("check_letter", args=[electronic.token])).content.decode()

    assert "Pilih berkas PDF yang ingin diperiksa." in page


def test_the_command_says_the_same_to_programs(tmp_path, electronic, drawn_pdf, signed_pdf, take_in):
    before = verify(tmp_path, drawn_pdf)
    take_in(signed_pdf)

    told, code = verify(tmp_path, signed_pdf)

    unsigned = {"ours": True, "signed": False, "unchanged": True, "number": electronic.number, "signer": ""}
    assert before == (unsigned | {"state": "menunggu tanda tangan"}, 0)
    assert told == {
        "ours": True,
        "signed": True,
        "unchanged": True,
        "state": "berlaku",
        "number": electronic.number,
        "signer": "Siti Contoh",
    }
    assert code == 0


@pytest.mark.parametrize("change", ["drawn over", "of nobody"])
def test_the_command_fails_for_what_is_not_ours_or_changed(tmp_path, electronic, signed_pdf, take_in, change):
    take_in(signed_pdf)

    told, code = verify(tmp_path, {"drawn over": drawn_over(signed_pdf), "of nobody": b"%PDF-1.7\n%%EOF\n"}[change])

    assert (told["ours"], told["unchanged"], told["number"], code) == (False, False, "", 1)


def written_by_qpdf(pdf: bytes) -> bytes:
    """Return the PDF as qpdf writes it again, with its objects packed."""
    kept = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        opened.save(kept, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return kept.getvalue()


CHANGED = {
    "written again by qpdf": written_by_qpdf,
    "written again by pypdf": cloned,
    "written again by pyHanko": copied,
    "written again and signed elsewhere": rewritten,
    "one byte": lambda pdf: pdf[:900] + bytes([pdf[900] ^ 1]) + pdf[901:],
    "words behind its end": lambda pdf: pdf + b"lagi",
    "cut open": lambda pdf: drawn_over(pdf)[:-9],
}


@pytest.mark.parametrize("change", CHANGED)
def test_a_drawn_letter_is_found_whatever_others_made_of_it(tmp_path, electronic, drawn_pdf, change):
    file = CHANGED[change](drawn_pdf)

    assert electronic.identity_number.encode() not in drawn_pdf
    assert letter_behind(file) == electronic
    assert verify(tmp_path, file)[1] == 1


@pytest.mark.parametrize("written", [written_by_qpdf, cloned, copied])
def test_a_letter_written_again_is_said_to_hold_the_same(electronic, drawn_pdf, written, client):
    file = SimpleUploadedFile("surat.pdf", written(drawn_pdf), "application/pdf")

    answer = client.post(f"/s/{electronic.token}/", {"file": file})

    words = answer.content.decode()
    assert answer.context["answer"].verdict == Verdict.COPY
    assert "Isi berkas ini sama dengan surat kami" in words
    assert "bukan surat kami" not in words
    assert "asli" not in words


def test_a_letter_signed_elsewhere_and_never_taken_in_is_our_letter_with_a_strange_signature(
    tmp_path, electronic, drawn_pdf, capsys
):
    for signed in (signed_file(drawn_pdf), rewritten(drawn_pdf)):
        file = tmp_path / "surat.pdf"
        file.write_bytes(signed)

        with pytest.raises(SystemExit):
            call_command("verify_letter", file)

        assert "Isi berkas ini surat kami, tetapi tanda tangan padanya bukan yang" in capsys.readouterr().out


@pytest.mark.parametrize("file", [b"", b"Surat V-26.6371.001", b"%PDF-1.7\n%%EOF\n", samples.photo(), object_bomb()])
def test_a_file_that_cannot_be_read_is_no_letter(electronic, drawn_pdf, file):
    assert letter_behind(drawn_pdf) == electronic
    assert letter_behind(file) is None
