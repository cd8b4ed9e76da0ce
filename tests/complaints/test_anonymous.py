"""Nothing that a reader sees leads from an anonymous complaint to the visitor who wrote it: no minute and no order."""

import base64
import io
import re
import zlib
from datetime import datetime, timedelta
from io import StringIO

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.utils import timezone
from PIL import Image

from complaints.actions.handling import answer, assign_complaint, close_complaint
from complaints.actions.talking import give_file, rate_handling, reply
from complaints.models import Complaint
from complaints.recaps import complaints_of
from complaints.reporter import Reporter
from guestbook.periods import period_of
from office.models import Mail
from recommendations.attachments.originals import original
from recommendations.uploads import JPEG, PDF, PNG
from reports.day_duties import complaints_received
from tests.complaints.acts import seal_of
from tests.factories import assigned_complaint, new_complaint, paper
from tests.pages import page
from tests.recommendations.uploads.samples import photo

NOON = datetime(2026, 11, 24, 12, 17, tzinfo=timezone.get_default_timezone())
MORNING = datetime(2026, 11, 25, 6, 35, tzinfo=timezone.get_default_timezone())


@pytest.fixture
def noon(office):
    """Stop the clock at noon of a Tuesday."""
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


def mails(words: str) -> list[str]:
    """Return who got a mail with these words, in order."""
    return sorted(Mail.objects.filter(subject__contains=words).values_list("to", flat=True))


def next_morning(clock) -> None:
    """Run the command of the clock, twice, in the morning after."""
    clock.move_to(MORNING)
    for _ in range(2):
        call_command("alert_complaints", stdout=StringIO())


def test_the_head_gets_the_mail_in_the_morning_after(noon, kepala):
    new_complaint()
    assert mails("baru masuk") == []

    next_morning(noon)

    assert mails("baru masuk") == [kepala.email]
    assert timezone.localtime(Mail.objects.get(subject__contains="baru masuk").wanted_at) == MORNING


def test_a_mail_of_a_reporter_with_a_name_is_written_at_once(noon, kepala):
    new_complaint(reporter=Reporter(name="Budi Contoh"))

    assert mails("baru masuk") == [kepala.email]


def test_one_that_was_assigned_meanwhile_is_not_said_to_wait(noon, petugas, kepala):
    assigned_complaint(petugas, by=kepala)

    next_morning(noon)

    assert mails("baru masuk") == []
    assert mails("ditugaskan kepada Anda") == [petugas.email]


def test_one_about_the_head_comes_to_an_officer_when_its_day_is_over(noon, petugas, kepala):
    complaint = new_complaint(about=kepala)
    call_command("alert_complaints", stdout=StringIO())
    complaint.refresh_from_db()
    assert complaint.assigned_to is None

    next_morning(noon)

    complaint.refresh_from_db()
    assert complaint.assigned_to == petugas
    assert mails("ditugaskan kepada Anda") == [petugas.email]


def test_one_about_the_only_officer_is_mailed_to_the_head_in_the_morning(noon, petugas, kepala):
    complaint = new_complaint(about=petugas)
    assert (complaint.assigned_to, Mail.objects.count()) == (kepala, 0)

    next_morning(noon)

    assert mails("ditugaskan kepada Anda") == [kepala.email]


def test_a_message_is_mailed_in_the_morning_unless_it_was_answered(noon, petugas, kepala):
    waits, is_answered = (answer(assigned_complaint(petugas, by=kepala), text="Ya.", by=petugas) for _ in range(2))
    noon.shift(timedelta(minutes=1))
    for complaint in (waits, is_answered):
        reply(complaint, text="Masih.")
    noon.shift(timedelta(minutes=1))
    answer(is_answered, text="Sudah.", by=petugas)
    assert mails("pesan atau berkas baru") == []

    next_morning(noon)

    assert mails("pesan atau berkas baru") == [petugas.email]


def test_a_dissatisfaction_is_mailed_in_the_morning(noon, petugas, kepala):
    first, second = (answer(assigned_complaint(petugas, by=kepala), text="Ya.", by=petugas) for _ in range(2))
    for complaint in (first, second):
        rate_handling(
            close_complaint(complaint, outcome="done", note="Selesai.", by=petugas), is_satisfied=False, text="?"
        )
    answer(second, text="Kami ulangi.", by=petugas)
    rate_handling(close_complaint(second, outcome="done", note="Selesai.", by=petugas), is_satisfied=False)
    assert mails("belum puas") == []

    next_morning(noon)

    assert mails("jadi dibuka lagi") == mails("tetap selesai") == sorted([petugas.email, kepala.email])


def test_the_source_of_the_page_holds_no_minute(noon, client_of, petugas, kepala):
    complaint = answer(assigned_complaint(petugas, by=kepala), text="Ya.", by=petugas)
    noon.shift(timedelta(minutes=6))
    reply(complaint, text="Masih.")
    noon.shift(timedelta(minutes=20))

    seal = seal_of(client_of(petugas), complaint)

    payload = seal.rsplit(":", 2)[0]
    plain = base64.urlsafe_b64decode(payload.lstrip(".") + "=" * (-len(payload.lstrip(".")) % 4))
    words = (zlib.decompress(plain) if payload.startswith(".") else plain).decode()
    assert '"wrote"' in words
    assert "12:23" not in words
    assert "04:23" not in words


def test_no_address_has_a_number_that_counts(noon, client_of, petugas, kepala):
    complaint = assigned_complaint(petugas, by=kepala)

    shown = page(client_of(petugas), "/aduan/", complaint.short_code)

    assert f"/aduan/{complaint.key}/" in shown
    assert re.findall(r"/aduan/\d+/", shown) == []
    assert f"/aduan/{complaint.pk}/" not in Mail.objects.get(to=petugas.email).body
    assert client_of(petugas).get(f"/aduan/{complaint.pk}/").status_code == 404


def test_the_lists_of_a_day_do_not_follow_its_time(noon, client_of, kepala):
    for hour in range(8):
        noon.move_to(NOON - timedelta(hours=hour % 3, minutes=hour))
        new_complaint()
    noon.move_to(NOON - timedelta(days=1))
    earlier = new_complaint()
    noon.move_to(NOON)

    by_code = sorted(Complaint.objects.exclude(pk=earlier.pk).values_list("code", flat=True))

    register = [row["complaint"].code for row in client_of(kepala).get("/aduan/").context["rows"]]
    assert register == [*by_code, earlier.code]
    assert [one.code for one in complaints_of(period_of("2026-11"))] == [earlier.code, *by_code]
    assert [one.code for one in complaints_received(kepala, NOON.date())] == by_code


def test_the_mails_of_a_morning_do_not_follow_the_time_of_the_day_before(noon, kepala):
    for minute in range(6):
        noon.move_to(NOON + timedelta(minutes=minute))
        new_complaint()

    next_morning(noon)

    subjects = list(
        Mail.objects.filter(subject__contains="baru masuk").order_by("pk").values_list("subject", flat=True)
    )
    assert len(subjects) == 6
    assert subjects == sorted(subjects)


def test_an_assignment_by_the_head_is_mailed_at_once(noon, petugas, kepala, simple):
    assign_complaint(new_complaint(), assigned_to=petugas, about=None, term=simple, by=kepala)

    assert mails("ditugaskan kepada Anda") == [petugas.email]


def snapshot(kind: str = "JPEG") -> SimpleUploadedFile:
    """Return a photo of a telephone, with a place, a camera and a name of its own."""
    content = photo((320, 200), turned=True, kind=kind)
    return SimpleUploadedFile(f"IMG_20261124_121702_Budi.{kind.lower()}", content)


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_photo_keeps_only_its_picture_upright_and_a_neutral_name(kind, kepala):
    complaint = new_complaint()

    given = give_file(complaint, file=snapshot(kind), content_type={"JPEG": JPEG, "PNG": PNG}[kind])

    content = original(given)
    kept = Image.open(io.BytesIO(content))
    assert (kept.format, kept.size, dict(kept.getexif())) == ("JPEG", (200, 320), {})
    assert b"Kamera Contoh" not in content
    assert (given.name, given.content_type) == ("foto-1.jpg", JPEG)
    assert complaint.events.last().note == "berkas foto-1.jpg"


def test_files_of_a_message_are_numbered_and_a_photo_that_is_sent_twice_is_one(petugas, kepala):
    complaint = assigned_complaint(petugas, by=kepala)

    reply(complaint, papers=[(snapshot(), JPEG), (paper("Surat Budi.pdf"), PDF)])
    reply(complaint, papers=[(snapshot(), JPEG)])

    assert [file.name for file in complaint.files.all()] == ["foto-1.jpg", "berkas-2.pdf"]
    assert complaint.events.filter(move="reply").get().note == "berkas foto-1.jpg, berkas-2.pdf"


def test_a_photo_of_a_reporter_with_a_name_is_kept_byte_for_byte(kepala):
    complaint, sent = new_complaint(reporter=Reporter(name="Budi Contoh")), snapshot()

    given = give_file(complaint, file=sent, content_type=JPEG)

    sent.seek(0)
    assert original(given) == sent.read()
    assert given.name == "IMG_20261124_121702_Budi.jpeg"
