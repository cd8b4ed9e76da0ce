"""Signed in another application: the file counts when it is this letter, signed, whole and unchanged."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone

from office.formats import long_date
from office.models import Head, SigningRoute
from recommendations.checking.matching import answer_about
from recommendations.letter.actions.revoking import revoke_letter
from recommendations.letter.pdf import draw, given_bytes, pdf_of
from recommendations.models import Letter, SignedCopy
from recommendations.signing.acceptance import OtherRoute
from recommendations.signing.actions import direct
from recommendations.signing.actions.signed_files import FileWaits, SignerDoubted
from recommendations.signing.esign import Passphrase, Signed
from recommendations.signing.signed_file_checks import CameTooLate, NotThisLetterSigned
from recommendations.uploads import BadFile, signatures
from recommendations.uploads.apart import ask
from recommendations.workflow import LetterStatus, Move, MoveNotAllowed, Status
from tests.factories import issue, paper, verified_submission
from tests.pages import page, unwrapped
from tests.recommendations.uploads.letters import drawn_over, our_letter
from tests.signers import SIGNED_AT, signed, signer

MARGIN, LOWER = (5, 400, 40, 420), (5, 300, 40, 320)
"""Boxes at the side of a page, where nothing is drawn."""


def test_the_signed_file_counts_at_once(electronic, signed_pdf, take_in):
    take_in(signed_pdf)

    letter, copy = Letter.objects.select_related("submission").get(), SignedCopy.objects.get()
    assert (letter.status, letter.submission.status) == (LetterStatus.VALID, Status.SIGNED)
    assert given_bytes(letter) == signed_pdf
    assert (copy.signer, copy.signatures[0]["intact"], copy.signatures[0]["trusted"]) == ("Siti Contoh", True, False)
    assert copy.signed_at.isoformat() == "2026-11-23T02:30:00+00:00"


def test_with_the_root_of_the_issuer_the_signature_is_trusted(signed_pdf, take_in, trusted):
    take_in(signed_pdf)

    assert SignedCopy.objects.get().signatures[0]["trusted"]


def test_a_letter_signed_twice_is_one_signed_letter(drawn_pdf, take_in):
    take_in(signed(signed(drawn_pdf, field="Satu"), field="Dua"))

    assert len(SignedCopy.objects.get().signatures) == 2


def test_only_the_signatory_puts_a_picture_on_the_letter(drawn_pdf, take_in):
    witnessed = signed(drawn_pdf, visible=MARGIN)

    with pytest.raises(NotThisLetterSigned, match="Saksi Contoh digambar di atas halaman"):
        take_in(signed(witnessed, by=signer("Saksi Contoh"), field="Saksi", visible=LOWER))

    take_in(signed(witnessed, by=signer("Saksi Contoh"), field="Saksi"))
    assert [one["signer"] for one in SignedCopy.objects.get().signatures] == ["Siti Contoh", "Saksi Contoh"]


def test_a_picture_in_the_name_of_the_signatory_needs_a_trusted_certificate(drawn_pdf, take_in, trusted):
    stranger = signer("Siti Contoh", issuer="Balai Asing")

    with pytest.raises(NotThisLetterSigned, match="digambar di atas halaman"):
        take_in(signed(signed(drawn_pdf), by=stranger, field="Lagi", visible=MARGIN))

    take_in(signed(signed(drawn_pdf), by=stranger, field="Lagi", at=SIGNED_AT + timedelta(hours=1)))
    assert SignedCopy.objects.get().signed_at == SIGNED_AT


@pytest.mark.parametrize(
    ("file", "words"),
    [
        ("unsigned", "belum ditandatangani secara elektronik"),
        ("of another letter", "bukan surat ini"),
        ("changed after signing", "tidak dapat diterima"),
        ("one byte flipped", "bukan surat ini"),
    ],
)
def test_another_file_is_refused_in_words(electronic, drawn_pdf, signed_pdf, take_in, file, words):
    content = {
        "unsigned": drawn_pdf,
        "of another letter": signed(our_letter("B-999/63710/HM.310/2026")),
        "changed after signing": drawn_over(signed_pdf),
        "one byte flipped": drawn_pdf[:900] + bytes([drawn_pdf[900] ^ 1]) + signed_pdf[901:],
    }[file]

    with pytest.raises((NotThisLetterSigned, BadFile), match=words):
        take_in(content)

    assert not SignedCopy.objects.exists()
    assert Letter.objects.get().status == LetterStatus.ISSUED


@pytest.fixture
def other(electronic, petugas, kepala) -> Letter:
    """Return a second drawn letter of the office."""
    letter = issue(verified_submission(petugas), by=kepala)
    draw(letter.pk)
    return Letter.objects.get(pk=letter.pk)


@pytest.mark.parametrize("change", [signed, lambda pdf: pdf], ids=["signed", "unsigned"])
def test_a_file_of_another_letter_is_refused_with_its_number(electronic, other, take_in, change):
    with pytest.raises(NotThisLetterSigned) as refusal:
        take_in(change(pdf_of(other)))

    assert str(refusal.value).startswith(f"Ini surat {other.number}, bukan {electronic.number}. ")
    assert not SignedCopy.objects.exists()


@pytest.mark.parametrize("change", [signed, lambda pdf: pdf, lambda pdf: drawn_over(signed(pdf))])
def test_a_visitor_with_another_letter_is_told_to_scan_its_own_code_and_not_which_letter_it_is(
    client, electronic, other, signed_pdf, take_in, change
):
    """The sentence is true of a genuine other letter, and of one that was forged from it."""
    take_in(signed_pdf)
    address = reverse("check_letter", args=[electronic.token])

    shown = client.post(address, {"file": ContentFile(change(pdf_of(other)), "surat.pdf")}).content.decode()

    assert "<h1>Surat ini berlaku, tetapi berkas Anda bukan surat ini</h1>" in shown
    assert "Berkas ini bukan surat ini. Bila ini surat lain, pindai kode QR pada surat itu." in unwrapped(shown)
    assert 'class="verdict warn"' in shown
    assert [words for words in (other.number, "surat kami", "Cetak", "Jangan dipakai") if words in shown] == []


@pytest.fixture
def signed_by_another(drawn_pdf) -> bytes:
    return signed(drawn_pdf, by=signer("Saksi Contoh"))


def test_a_signature_in_another_name_than_the_letters_wants_a_reason(electronic, signed_by_another, take_in):
    with pytest.raises(SignerDoubted, match="atas nama Saksi Contoh, sedangkan surat ini atas nama Siti Contoh"):
        take_in(signed_by_another)
    assert Letter.objects.get().status == LetterStatus.ISSUED

    take_in(signed_by_another, reason="Nama pada sertifikat belum diperbarui.")

    event = Letter.objects.get().submission.events.get(move=Move.SIGN)
    assert event.note.startswith("Saksi Contoh, ")
    assert event.note.endswith(". Nama pada sertifikat belum diperbarui.")


def test_the_head_may_sign_after_somebody_who_signed_for_approval(drawn_pdf, take_in):
    take_in(signed(signed(drawn_pdf), by=signer("Saksi Contoh"), field="Dua"))

    copy = SignedCopy.objects.get()
    assert (copy.signer, copy.signers) == ("Siti Contoh", ["Siti Contoh", "Saksi Contoh"])


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (SIGNED_AT - timedelta(days=1), "sebelum surat ini terbit"),
        (timezone.now() + timedelta(days=1), "belum tiba"),
    ],
)
def test_an_impossible_time_wants_a_reason_and_is_never_genuine(drawn_pdf, take_in, trusted, electronic, moment, words):
    file = signed(drawn_pdf, at=moment)

    with pytest.raises(SignerDoubted, match=words):
        take_in(file)
    take_in(file, reason="Jam komputer penanda tangan salah.")

    answer = answer_about(Letter.objects.get(), file, for_visitor=True)
    assert (answer.kind, words in answer.sentence, "asli" in answer.sentence) == ("warn", True, False)


def test_a_signature_after_the_signatorys_term_wants_a_reason(drawn_pdf, take_in, trusted):
    Head.objects.update(until_on=SIGNED_AT.date() - timedelta(days=1))

    with pytest.raises(SignerDoubted, match="di luar masa jabatan Siti Contoh"):
        take_in(signed(drawn_pdf))


def test_an_issuer_that_the_office_does_not_know_wants_a_reason(drawn_pdf, take_in, trusted):
    with pytest.raises(SignerDoubted, match="bukan dari penerbit yang dikenal kantor"):
        take_in(signed(drawn_pdf, by=signer("Siti Contoh", issuer="Balai Asing")))


def test_a_name_of_any_length_and_signs_is_stored_tidied_and_cut(drawn_pdf, take_in, monkeypatch):
    def with_long_names(*facts, **limits):
        found = ask(*facts, **limits)
        for signature in found.value["signatures"]:
            signature["signer"] = "Siti\x00 Contoh\n" + "Panjang " * 400
        return found

    monkeypatch.setattr(signatures, "ask", with_long_names)
    take_in(signed(drawn_pdf), reason="Nama panjang.")

    name = SignedCopy.objects.get().signer
    assert name.startswith("Siti Contoh Panjang")
    assert len(name) <= 200


def test_the_page_asks_why_the_name_differs_only_after_such_a_file(client_of, petugas, electronic, signed_by_another):
    desk = client_of(petugas)
    place = reverse("recommendations:sign_by_file", args=[electronic.pk])
    before = desk.get(reverse("recommendations:submission_detail", args=[electronic.submission_id]))

    asked = desk.post(place, {"file": ContentFile(signed_by_another, "tte.pdf")}, follow=True)
    reason = {"file": ContentFile(signed_by_another, "tte.pdf"), "reason": "Nama sebelum menikah."}
    done = desk.post(place, reason, follow=True)

    label = "Mengapa tanda tangan ini benar"
    assert label not in before.content.decode()
    assert label in asked.content.decode()
    assert "(surat ini atas nama Siti Contoh, S.ST., M.Si.)" in done.content.decode()
    assert "Nama sebelum menikah." in done.content.decode()


def test_the_reason_for_a_doubted_signature_is_for_staff_and_the_check_page_says_that_there_is_one(
    client, client_of, petugas, electronic, signed_by_another, take_in
):
    take_in(signed_by_another, reason="Nama sebelum menikah.")

    detail = reverse("recommendations:submission_detail", args=[electronic.submission_id])
    staff = " ".join(client_of(petugas).get(detail).content.decode().split())
    public = page(client, reverse("check_letter", args=[electronic.token]), "Surat ini berlaku")
    assert "<dt>Alasan diterima</dt> <dd> Nama sebelum menikah. </dd>" in staff
    assert f"Diterima kantor dengan alasan tertulis, {long_date(timezone.localdate())}" in public
    assert "sebelum menikah" not in public


@pytest.mark.parametrize("knows_root", [True, False])
def test_both_pages_say_whether_the_signer_is_sure_and_staff_see_the_time(
    client, client_of, petugas, electronic, signed_pdf, take_in, request, knows_root
):
    if knows_root:
        request.getfixturevalue("trusted")
    take_in(signed_pdf)

    detail = reverse("recommendations:submission_detail", args=[electronic.submission_id])
    staff = " ".join(page(client_of(petugas), detail, "Penerbit sertifikat").split())
    public = page(client, reverse("check_letter", args=[electronic.token]), "Elektronik oleh Siti Contoh")
    known = "Dikenal kantor" if knows_root else "Belum dapat dipastikan saat berkas diterima"
    assert f"<dt>Penerbit sertifikat</dt> <dd> {known} </dd>" in staff
    assert "<dt>Ditandatangani</dt> <dd> 23/11/2026, 10.30 WITA </dd>" in staff
    assert ("Penandatangannya belum dapat dipastikan" in public) is not knows_root


def test_of_a_signature_beyond_doubt_no_reason_is_kept(client, electronic, signed_pdf, take_in):
    take_in(signed_pdf, reason="Ditulis karena kolomnya terbuka.")

    assert SignedCopy.objects.get().reason == ""
    assert "alasan tertulis" not in page(client, reverse("check_letter", args=[electronic.token]), "Surat ini berlaku")


def test_a_letter_is_signed_once(signed_pdf, take_in):
    take_in(signed_pdf)

    with pytest.raises(MoveNotAllowed):
        take_in(signed_pdf)
    assert SignedCopy.objects.count() == 1


def test_a_letter_that_may_be_signed_at_the_service_can_end_once_its_signed_file_is_here(
    electronic, signed_pdf, take_in, kepala
):
    """Its answer was lost, and the admin of the service has sent the file."""
    Letter.objects.update(maybe_signed_at=timezone.now())

    take_in(signed_pdf)
    revoke_letter(electronic, reason="Nama kegiatan keliru.", by=kepala)

    assert Letter.objects.get().status == LetterStatus.REVOKED


def test_a_file_of_the_service_that_comes_after_another_signed_file_is_rejected(
    electronic, signed_pdf, take_in, kepala, monkeypatch
):
    Letter.objects.update(route=SigningRoute.ESIGN)
    letter = Letter.objects.select_related("submission").get()

    def slow(route, pdfs, *, keep, **facts):
        take_in(signed_pdf)
        keep(0, signed_pdf)
        return [Signed(signed_pdf, "")]

    monkeypatch.setattr(direct, "sign_all", slow)
    monkeypatch.setattr(direct, "must_be_able_to_sign", lambda route, by: None)
    (outcome,) = direct.sign_directly([letter], passphrase=Passphrase("rahasia"), by=kepala)
    revoke_letter(electronic, reason="Nama kegiatan keliru.", by=kepala)

    assert isinstance(outcome.refusal, CameTooLate)
    assert sorted(SignedCopy.objects.values_list("outcome", flat=True)) == ["accepted", "rejected"]
    assert Letter.objects.get().status == LetterStatus.REVOKED


def test_a_signed_file_waits_while_the_one_of_the_service_is_being_checked(electronic, signed_pdf, take_in, kepala):
    direct._keep(electronic, signed_pdf, kepala)

    with pytest.raises(FileWaits):
        take_in(signed_pdf)

    assert SignedCopy.objects.get().is_waiting


def test_no_officer_lets_an_electronic_file_count_that_the_desk_has_not_checked(
    electronic, drawn_pdf, kepala, client_p
):
    copy = direct._keep(electronic, drawn_pdf, kepala)  # it has no signature at all
    panel = page(
        client_p, reverse("recommendations:submission_detail", args=[electronic.submission_id]), "sedang diperiksa"
    )
    check = page(client_p, reverse("recommendations:scan_check", args=[copy.pk]), "Tolak pindaian")

    answer = client_p.post(reverse("recommendations:scan_accept", args=[copy.pk]), {"compared": "on"}, follow=True)

    assert "Cocokkan pindaian" not in panel
    assert "Cocok, surat berlaku" not in check
    assert "Tidak dicocokkan dengan mata." in answer.content.decode()
    assert SignedCopy.objects.get().is_waiting
    assert Letter.objects.get().status == LetterStatus.ISSUED


def test_a_letter_to_be_signed_with_ink_takes_no_signed_file(drawn, petugas, quick_paper):
    from recommendations.signing.actions.signed_files import take_signed_file

    with pytest.raises(OtherRoute, match="Tinta basah"):
        take_signed_file(drawn, file=paper("surat.pdf"), by=petugas)


def test_the_kepala_uploads_the_signed_file_on_the_page(client_of, kepala, electronic, signed_pdf):
    detail = client_of(kepala).get(reverse("recommendations:submission_detail", args=[electronic.submission_id]))
    place = reverse("recommendations:sign_by_file", args=[electronic.pk])

    done = client_of(kepala).post(place, {"file": ContentFile(signed_pdf, "tte.pdf")}, follow=True).content.decode()

    assert "Unduh PDF untuk ditandatangani" in detail.content.decode()
    assert f"Surat {electronic.number} ditandatangani dan berlaku." in unwrapped(done)
    assert "Siti Contoh" in done


def test_the_words_of_a_tte_are_printed_only_on_a_letter_that_gets_one(electronic):
    from recommendations.letter.content import render_html

    printed = render_html(electronic.content, draft=False)
    ink = render_html(electronic.content | {"is_tte": False}, draft=False)

    assert "Balai Besar Sertifikasi Elektronik (BSrE)" in printed
    assert electronic.number in ink
    assert "BSrE" not in ink
