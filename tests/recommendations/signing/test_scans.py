"""Wet ink: the scan of the signed paper counts after an officer has compared it with the letter."""

import hashlib
import io
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from office.models import Office, SigningRoute
from recommendations.letter.pdf import NotDrawnYet, NotSignedYet, draw, given_bytes, given_file, pdf_of
from recommendations.models import Dispatch, Letter, SignedCopy
from recommendations.models.drawing_tries import STUCK_AFTER
from recommendations.signing.acceptance import OtherRoute
from recommendations.signing.actions.scans import (
    RejectedBefore,
    ScanDecided,
    ScanNotShown,
    ScanOfAnother,
    ScanWaits,
    accept_scan,
    reject_scan,
    take_scan,
)
from recommendations.signing.tasks import draw_copy
from recommendations.uploads import MAX_BYTES
from recommendations.uploads.pages import own_pages_in_colour
from recommendations.workflow import LetterStatus, Move, MoveNotAllowed, Status
from tests.factories import issued_submission, paper, sign, with_pages
from tests.pages import unwrapped
from tests.recommendations.uploads import samples

pytestmark = pytest.mark.usefixtures("quick_paper")


@pytest.fixture
def scan(drawn, petugas) -> SignedCopy:
    """Return a scan that waits to be compared."""
    return take_scan(drawn, file=paper("pindaian.pdf", "Pindaian"), by=petugas)


def again(letter: Letter) -> Letter:
    return Letter.objects.select_related("submission").get(pk=letter.pk)


def url(name: str, pk: int) -> str:
    return reverse(f"recommendations:{name}", args=[pk])


def upload(client, letter: Letter, *files: SimpleUploadedFile) -> str:
    """Post the files as the scan of the letter, and return the page that follows."""
    return client.post(url("sign_by_scan", letter.pk), {"file": list(files)}, follow=True).content.decode()


def test_a_scan_alone_signs_nothing(scan, drawn):
    assert again(drawn).status == LetterStatus.ISSUED
    assert again(drawn).submission.status == Status.ISSUED
    assert not Dispatch.objects.exists()
    with pytest.raises(NotSignedYet):
        given_file(again(drawn))


def test_a_compared_scan_is_the_signed_letter_and_its_mail_is_owed(scan, drawn, petugas):
    accept_scan(with_pages(scan), by=petugas)

    letter = again(drawn)
    assert (letter.status, letter.submission.status) == (LetterStatus.VALID, Status.SIGNED)
    assert hashlib.sha256(given_bytes(letter)).hexdigest() == scan.sha256
    dispatch = Dispatch.objects.get()
    assert (dispatch.signed, dispatch.to) == (scan, letter.submission.applicant.email)
    assert "Siti Contoh" in letter.submission.events.get(move=Move.SIGN).note


def test_a_scan_whose_pages_are_not_shown_yet_does_not_count(scan, drawn, petugas, client_p):
    before = client_p.get(url("scan_check", scan.pk)).content.decode()
    with pytest.raises(ScanNotShown, match="belum tampil"):
        accept_scan(scan, by=petugas)

    draw_copy(scan.pk)
    after = client_p.get(url("scan_check", scan.pk)).content.decode()

    assert "Pindaian dapat dinyatakan cocok setelah halamannya tampil" in before
    assert "Cocok, surat berlaku" not in before
    assert "Cocok, surat berlaku" in after
    assert again(drawn).status == LetterStatus.ISSUED


def test_a_scan_whose_pages_cannot_be_drawn_is_rejected_and_the_page_says_so(scan, petugas, client_p):
    SignedCopy.objects.update(tries=STUCK_AFTER, tried_at=timezone.now(), problem="Berkas rusak.")

    page = client_p.get(url("scan_check", scan.pk)).content.decode()
    reject_scan(scan, reason="Tidak terbaca.", by=petugas)

    assert "Tolak, lalu unggah pindaian baru atau foto setiap halaman." in page
    assert "Cocok, surat berlaku" not in page


def test_a_file_that_was_rejected_for_this_letter_is_not_taken_again(scan, drawn, petugas, client_p):
    reject_scan(scan, reason="Pindaian surat lain.", by=petugas)

    with pytest.raises(RejectedBefore):
        take_scan(drawn, file=paper("baru.pdf", "Pindaian"), by=petugas)
    page = upload(client_p, drawn, paper("baru.pdf", "Pindaian"))

    assert "Pindaian ini sudah ditolak untuk surat ini: Pindaian surat lain." in page
    assert SignedCopy.objects.get() == scan


def test_a_file_that_counts_as_another_letter_is_taken_for_no_second_one(scan, drawn, petugas, kepala):
    other = issued_submission(petugas, kepala).letter
    draw(other.pk)
    waiting = take_scan(again(other), file=paper("pindaian.pdf", "Pindaian"), by=petugas)
    accept_scan(with_pages(scan), by=petugas)

    with pytest.raises(ScanOfAnother, match=f"sudah menjadi surat {drawn.number}"):
        accept_scan(with_pages(waiting), by=petugas)
    reject_scan(waiting, reason="Pindaian surat lain.", by=petugas)
    third = issued_submission(petugas, kepala).letter
    draw(third.pk)
    with pytest.raises(ScanOfAnother):
        take_scan(again(third), file=paper("pindaian.pdf", "Pindaian"), by=petugas)


def test_the_pdf_of_another_letter_is_no_scan_of_this_one(drawn, petugas, kepala, client_p):
    other = issued_submission(petugas, kepala).letter
    draw(other.pk)

    shown = upload(client_p, drawn, SimpleUploadedFile("surat.pdf", pdf_of(again(other)), "application/pdf"))

    assert f"Ini surat {other.number}, bukan {drawn.number}." in unwrapped(shown)
    assert not SignedCopy.objects.exists()


def test_the_drawn_bytes_stay_beside_the_signed_ones(signed):
    assert hashlib.sha256(pdf_of(again(signed))).hexdigest() == signed.sha256
    assert given_bytes(again(signed)) != pdf_of(again(signed))


def test_the_office_may_send_signed_letters_by_hand(scan, drawn, petugas):
    Office.objects.update(send_when_signed=False)

    accept_scan(with_pages(scan), by=petugas)

    assert again(drawn).submission.status == Status.SIGNED
    assert not Dispatch.objects.exists()


def test_a_mail_that_an_older_desk_asked_for_at_issue_waits_for_the_signature_and_carries_it(drawn, petugas):
    old = Dispatch.objects.create(letter=drawn, channel="email", to="budi@contoh.example", requested_by=petugas)
    before = Dispatch.objects.unmailed().exists()

    sign(drawn, by=petugas)

    old.refresh_from_db()
    assert not before
    assert Dispatch.objects.get() == old
    assert old.signed == SignedCopy.objects.accepted().get()


def test_a_rejected_scan_stays_with_its_reason_and_another_one_can_come(scan, drawn, petugas):
    reject_scan(scan, reason="Pindaian surat lain.", by=petugas)

    other = sign(drawn, by=petugas)

    scan.refresh_from_db()
    assert (scan.outcome, scan.reason) == (SignedCopy.State.REJECTED, "Pindaian surat lain.")
    assert Path(scan.file.path).exists()
    assert other.copies.count() == 2
    assert "Pindaian surat lain." in other.submission.events.get(move=Move.REJECT).note


def test_a_scan_is_decided_once(scan, petugas):
    accept_scan(with_pages(scan), by=petugas)

    with pytest.raises(MoveNotAllowed):
        accept_scan(with_pages(scan), by=petugas)
    with pytest.raises(ScanDecided):
        reject_scan(scan, reason="Terlambat.", by=petugas)
    assert Dispatch.objects.count() == 1


def test_a_second_scan_waits_until_the_first_is_decided(scan, drawn, petugas):
    with pytest.raises(ScanWaits):
        take_scan(drawn, file=paper("lain.pdf"), by=petugas)

    assert SignedCopy.objects.get() == scan


def test_a_letter_without_pdf_is_not_signed(letter, petugas):
    with pytest.raises(NotDrawnYet):
        take_scan(letter, file=paper("pindaian.pdf"), by=petugas)

    assert not SignedCopy.objects.exists()


def test_a_letter_whose_words_promise_an_electronic_signature_takes_no_scan(drawn, petugas):
    Letter.objects.update(route=SigningRoute.ELSEWHERE)

    with pytest.raises(OtherRoute, match="TTE di aplikasi lain"):
        take_scan(again(drawn), file=paper("pindaian.pdf"), by=petugas)


def test_the_database_holds_one_signed_copy_a_letter(signed, petugas):
    copy = signed.copies.get()
    copy.pk = None

    with pytest.raises(IntegrityError), transaction.atomic():
        copy.save(force_insert=True)


def test_photos_of_the_pages_become_one_scan(client_p, drawn):
    photos = [SimpleUploadedFile(f"{n}.jpg", samples.photo(), content_type="image/jpeg") for n in (1, 2)]

    page = upload(client_p, drawn, *photos)

    assert "Cocokkan pindaian dengan surat" in page
    assert SignedCopy.objects.get().name == "Pindaian 2 halaman.pdf"


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"bukan PDF", "PDF"), (b"", "Berkas ini kosong")],
)
def test_a_file_that_is_no_scan_is_refused_in_words(client_p, drawn, content, words):
    page = upload(client_p, drawn, SimpleUploadedFile("pindaian.pdf", content))

    assert words in page
    assert not SignedCopy.objects.exists()


def test_our_own_unsigned_pdf_is_no_scan_and_the_words_say_what_it_is(client_p, drawn):
    page = upload(client_p, drawn, SimpleUploadedFile("surat.pdf", pdf_of(drawn)))

    assert "Ini PDF surat kami, belum ditandatangani." in page
    assert not SignedCopy.objects.exists()


def test_a_pdf_and_a_photo_are_not_mixed(client_p, drawn):
    photo = SimpleUploadedFile("1.jpg", samples.photo(), content_type="image/jpeg")

    page = upload(client_p, drawn, paper("pindaian.pdf"), photo)

    assert "Keduanya tidak dapat dicampur" in page


def test_an_officer_uploads_compares_and_confirms_on_the_pages(client_p, drawn):
    page = upload(client_p, drawn, paper("pindaian.pdf", "Pindaian"))
    scan = SignedCopy.objects.get()
    draw_copy(scan.pk)
    unticked = client_p.post(url("scan_accept", scan.pk), follow=True).content.decode()
    still = again(drawn).status

    done = client_p.post(url("scan_accept", scan.pk), {"compared": "on"}, follow=True).content.decode()

    assert "Apakah ini surat yang sama?" in page
    assert "ditandatangani Siti Contoh" in unticked
    assert "centang pernyataannya" in unticked
    assert still == LetterStatus.ISSUED
    assert f"Surat {drawn.number} ditandatangani dan berlaku." in unwrapped(done)
    assert "Unduh surat bertanda tangan" in done


def test_both_papers_are_shown_page_by_page(client_p, scan, drawn):
    draw_copy(scan.pk)

    page = client_p.get(url("scan_check", scan.pk)).content.decode()

    assert reverse("recommendations:letter_page", args=[drawn.pk, 1]) in page
    assert reverse("recommendations:copy_page", args=[scan.pk, 1]) in page
    for name, pk in (("letter_page", drawn.pk), ("copy_page", scan.pk)):
        assert client_p.get(reverse(f"recommendations:{name}", args=[pk, 1])).status_code == 200
        assert client_p.get(reverse(f"recommendations:{name}", args=[pk, 9])).status_code == 404


def test_the_signed_letter_is_downloaded_byte_for_byte_and_not_before(client_p, drawn, petugas):
    before = client_p.get(url("signed_pdf", drawn.pk), follow=True).content.decode()
    sign(drawn, by=petugas)

    answer = client_p.get(url("signed_pdf", drawn.pk))

    assert "belum ditandatangani" in before
    assert hashlib.sha256(answer.content).hexdigest() == SignedCopy.objects.get().sha256


def test_a_letter_from_before_the_signing_says_what_it_is_and_keeps_its_bytes(client_p, drawn, petugas):
    Letter.objects.update(status=LetterStatus.VALID)
    letter = again(drawn)
    letter.submission.status = Status.SENT
    letter.submission.save()

    page = client_p.get(url("submission_detail", letter.submission_id)).content.decode()

    assert "Surat ini terbit sebelum kantor menyimpan surat bertanda tangan di sini." in page
    assert given_bytes(letter) == pdf_of(letter)


def test_a_large_photo_of_a_telephone_becomes_a_scan_of_usual_size(client_of, petugas, drawn):
    """A page photographed with 108 megapixels, as the camera wrote it."""
    place, content = url("sign_by_scan", drawn.pk), large_photo(12000, 9000)

    client_of(petugas).post(place, {"file": SimpleUploadedFile("halaman 1.jpg", content)})

    with SignedCopy.objects.get(letter=drawn).file.open() as file:
        (picture,) = own_pages_in_colour(file.read(), most=2)
    assert Image.open(io.BytesIO(picture)).getpixel((50, 50)) == (200, 200, 200)


def test_a_photo_above_ten_megabytes_is_refused_in_words(client_of, petugas, drawn):
    content = large_photo(12000, 9000)
    content += bytes(MAX_BYTES + 1 - len(content))

    page = upload(client_of(petugas), drawn, SimpleUploadedFile("halaman 1.jpg", content))

    assert "paling besar 10 MB. Kecilkan lalu pilih lagi." in page
    assert not SignedCopy.objects.exists()


def large_photo(width: int, height: int) -> bytes:
    """Return a JPEG of one colour."""
    made = io.BytesIO()
    Image.new("L", (width, height), 200).save(made, "JPEG", quality=60)
    return made.getvalue()
