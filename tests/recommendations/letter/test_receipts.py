"""A letter handed over has a receipt: a signature drawn on the screen, or the scan of the paper."""

import base64
import hashlib
import io
import uuid
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from PIL import Image, ImageDraw

from recommendations.letter.actions.receipts import NotHandedOver, TooManyReceipts, keep_receipt
from recommendations.letter.actions.sending import hand_over
from recommendations.letter.forms.receipts import DRAWN
from recommendations.models import DeliveryReceipt, Dispatch
from recommendations.uploads import JPEG
from recommendations.workflow import Move, Status
from tests.factories import paper
from tests.pages import page
from tests.recommendations.uploads import samples

pytestmark = pytest.mark.usefixtures("quick_paper")


@pytest.fixture
def handed(signed, petugas) -> Dispatch:
    """Return the delivery of a letter that Budi got at the counter."""
    return hand_over(signed.submission, to="Budi Contoh", form_token=uuid.uuid4(), by=petugas)


def canvas(*, strokes: int = 1, background: str | None = "white", size: tuple[int, int] = (640, 240)) -> bytes:
    """Return what the browser makes of a canvas on which somebody drew."""
    picture = Image.new("RGBA", size, background or (0, 0, 0, 0))
    pen = ImageDraw.Draw(picture)
    for number in range(strokes):
        pen.line([(20, 40 + 9 * number), (600, 200)], fill="#10243a", width=3)
    kept = io.BytesIO()
    picture.save(kept, "PNG")
    return kept.getvalue()


def as_text(content: bytes) -> str:
    return DRAWN + base64.b64encode(content).decode()


def post(client, dispatch: Dispatch, **typed):
    return client.post(reverse("recommendations:delivery_receipt", args=[dispatch.pk]), typed)


def receipts(dispatch: Dispatch) -> list[DeliveryReceipt]:
    return list(DeliveryReceipt.objects.filter(dispatch=dispatch))


@pytest.mark.parametrize("background", ["white", None])
def test_a_drawn_signature_is_kept_byte_for_byte(handed, client_p, background):
    drawn = canvas(background=background)

    answer = post(client_p, handed, drawn=as_text(drawn))

    (kept,) = receipts(handed)
    assert answer.status_code == 302
    assert (kept.kind, kept.content_type) == (DeliveryReceipt.Kind.SIGNATURE, "image/png")
    assert Path(kept.file.path).read_bytes() == drawn
    assert kept.sha256 == hashlib.sha256(drawn).hexdigest()
    assert kept.added_by.username == "rina"
    assert "Budi Contoh" in handed.letter.submission.events.get(move=Move.RECEIPT).note


@pytest.mark.parametrize(
    ("name", "content"), [("t.pdf", paper("t.pdf").read()), ("t.jpg", samples.photo()), ("t.exe", samples.photo())]
)
def test_a_scan_or_photo_of_the_paper_is_kept(handed, client_p, name, content):
    answer = post(client_p, handed, file=SimpleUploadedFile(name, content))

    (kept,) = receipts(handed)
    assert answer.status_code == 302
    assert kept.kind == DeliveryReceipt.Kind.SCAN
    assert kept.name.endswith((".pdf", ".jpg"))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Minta penerima menandatangani di layar"),
        (as_text(canvas(strokes=0)), "masih kosong"),
        (as_text(canvas(strokes=0, background=None)), "masih kosong"),
        ("data:image/png;base64,%%%", "tidak terbaca"),
        ("data:image/svg+xml;base64,PHN2Zz4=", "tidak terbaca"),
        (as_text(samples.photo()), "tidak terbaca"),
        (as_text(samples.claiming_png(100_000, 100_000)), "tidak terbaca"),
        (as_text(canvas()[:-40]), "terpotong atau rusak"),
        (as_text(canvas()[:20]), "tidak terbaca"),
        (DRAWN + "A" * 400_000, "terlalu besar"),
        ("\x00", "Minta penerima menandatangani di layar"),
    ],
)
def test_an_empty_or_hostile_signature_is_refused_and_the_hand_over_stays(handed, client_p, text, words):
    answer = post(client_p, handed, drawn=text)

    assert answer.status_code == 200
    assert words in answer.content.decode()
    assert "Budi Contoh" in answer.content.decode()
    assert receipts(handed) == []
    handed.letter.submission.refresh_from_db()
    assert handed.letter.submission.status == Status.SENT


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "kosong"),
        (b"MZ program", "bukan PDF"),
        (samples.acting_pdf(), "JavaScript"),
        (samples.claiming_png(60_000, 60_000), "terlalu besar"),
        (samples.office_file(), "Pilih PDF"),
    ],
)
def test_a_hostile_scan_is_refused_with_what_to_do(handed, client_p, content, words):
    answer = post(client_p, handed, file=SimpleUploadedFile("tanda-terima.pdf", content))

    assert receipts(handed) == []
    assert words in answer.content.decode()


def test_when_the_disk_is_full_the_hand_over_and_the_drawn_signature_stay_on_the_page(handed, client_p, monkeypatch):
    def fail(*args, **kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("recommendations.letter.actions.receipts.kept", fail)
    text = as_text(canvas())

    answer = post(client_p, handed, drawn=text)

    assert "Penyimpanan kantor penuh" in answer.content.decode()
    assert text.replace("+", "&#x2B;") in answer.content.decode() or text in answer.content.decode()
    assert Dispatch.objects.filter(pk=handed.pk).exists()
    assert receipts(handed) == []


def test_both_at_once_are_not_taken(handed, client_p):
    answer = post(client_p, handed, drawn=as_text(canvas()), file=SimpleUploadedFile("t.jpg", samples.photo()))

    assert "Pilih salah satu" in answer.content.decode()
    assert receipts(handed) == []


def test_a_double_press_keeps_one_receipt_and_another_file_does_not_replace_it(handed, client_p):
    for _ in range(2):
        post(client_p, handed, drawn=as_text(canvas()))
    post(client_p, handed, drawn=as_text(canvas(strokes=2)))

    first, second = receipts(handed)
    assert Path(first.file.path).read_bytes() == canvas()
    assert Path(second.file.path).read_bytes() == canvas(strokes=2)


def test_a_hand_over_has_at_most_five_receipts(handed, petugas):
    def keep(number: int) -> None:
        photo = ContentFile(samples.photo((300 + number, 200)), name="t.jpg")
        keep_receipt(handed, kind=DeliveryReceipt.Kind.SCAN, file=photo, content_type=JPEG, by=petugas)

    for number in range(DeliveryReceipt.MOST):
        keep(number)

    with pytest.raises(TooManyReceipts):
        keep(99)


def test_a_mail_has_no_receipt(mail, petugas, client_p):
    photo = ContentFile(samples.photo(), name="t.jpg")

    with pytest.raises(NotHandedOver):
        keep_receipt(mail, kind=DeliveryReceipt.Kind.SCAN, file=photo, content_type=JPEG, by=petugas)

    assert post(client_p, mail, drawn=as_text(canvas())).status_code == 404


def test_the_receipt_is_shown_to_officers_and_to_no_one_else(handed, client_p, client_of, kepala, phone):
    post(client_p, handed, drawn=as_text(canvas()))
    (kept,) = receipts(handed)
    places = [reverse(f"recommendations:{name}", args=[kept.pk]) for name in ("receipt_picture", "receipt_download")]

    answers = {
        who: [browser.get(place).status_code for place in places]
        for who, browser in {"officer": client_p, "head": client_of(kepala), "stranger": phone}.items()
    }

    assert answers == {"officer": [200, 200], "head": [403, 403], "stranger": [302, 302]}
    assert client_p.get(places[0])["Content-Type"] == "image/jpeg"
    assert "attachment" in client_p.get(places[1])["Content-Disposition"]


def test_a_receipt_that_was_changed_in_the_storage_is_not_shown(handed, client_p):
    post(client_p, handed, drawn=as_text(canvas()))
    (kept,) = receipts(handed)
    Path(kept.file.path).write_bytes(canvas(strokes=3))

    picture = client_p.get(reverse("recommendations:receipt_picture", args=[kept.pk]))
    words = client_p.get(reverse("recommendations:receipt_download", args=[kept.pk]), follow=True).content.decode()

    assert picture.status_code == 404
    assert "berubah sejak diterima" in words


def test_after_the_hand_over_comes_the_page_for_its_receipt_and_the_panel_tells_of_it(handed, client_p):
    detail = reverse("recommendations:submission_detail", args=[handed.letter.submission_id])
    without = page(client_p, detail, "Belum ada tanda terima.")
    post(client_p, handed, drawn=as_text(canvas()))

    assert "Tambahkan" in without
    assert "tanda tangan di layar" in page(client_p, detail, "Tanda terima:")


def test_the_printed_form_has_number_date_and_lines_for_the_receiver(signed, client_p):
    shown = page(client_p, reverse("recommendations:receipt_form", args=[signed.pk]), "Nama penerima")

    assert signed.number in shown
    assert signed.identity_number in shown
    assert "Tanda tangan" in shown


def test_an_unsigned_letter_has_no_printed_form(drawn, client_p):
    assert client_p.get(reverse("recommendations:receipt_form", args=[drawn.pk])).status_code == 404


def test_the_database_takes_a_file_once_for_a_hand_over(handed, petugas):
    facts = {"dispatch": handed, "kind": "scan", "content_type": JPEG, "sha256": "0" * 64, "size": 1, "name": "t"}
    DeliveryReceipt.objects.create(**facts, added_by=petugas)

    with pytest.raises(IntegrityError), transaction.atomic():
        DeliveryReceipt.objects.create(**facts, added_by=petugas)
