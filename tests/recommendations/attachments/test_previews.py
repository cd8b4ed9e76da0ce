"""A file is viewed as pictures of its pages, and downloaded exactly as it was attached."""

import io
from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from office import nudges
from recommendations import uploads
from recommendations.attachments import previews
from recommendations.attachments.actions.attaching import attach, detach
from recommendations.attachments.tasks import draw_attachment
from recommendations.models import Attachment
from recommendations.models.drawing_tries import DRAWING_TAKES_AT_MOST, KILLED, STUCK_AFTER, STUCK_RESTS
from recommendations.models.files import KeptFile
from recommendations.tries import begin_try
from recommendations.uploads import apart, slots
from tests.factories import SubmissionFactory, paper, recorded_submission
from tests.recommendations.uploads import hostile, samples


@pytest.fixture
def attached(office, petugas):
    submission = SubmissionFactory()

    def keep(content, content_type, name="berkas", *, is_drawn=True):
        file = SimpleUploadedFile(name, content)
        attachment = attach(submission, kind="kak", file=file, content_type=content_type, by=petugas)
        if is_drawn:
            draw_attachment(attachment.pk)
        return attachment

    return keep


def look(client, attachment, n=1):
    return client.get(reverse("recommendations:attachment_page", args=[attachment.pk, n]))


def preview(client, attachment, **query):
    return client.get(reverse("recommendations:attachment_preview", args=[attachment.pk]), query)


def full(*_):
    raise OSError(28, "No space left on device")


def download(client, attachment):
    return client.get(reverse("recommendations:attachment_download", args=[attachment.pk]))


def test_a_pdf_is_shown_page_by_page(client_p, attached):
    attachment = attached(samples.long_pdf(3), uploads.PDF)

    page = preview(client_p, attachment, halaman="2").content.decode()
    picture = look(client_p, attachment, 2)

    assert "Halaman 2 dari 3" in page
    assert (picture["Content-Type"], "no-store" in picture["Cache-Control"]) == ("image/jpeg", True)
    assert Image.open(io.BytesIO(picture.content)).width == 1000
    assert look(client_p, attachment, 4).status_code == look(client_p, attachment, 0).status_code == 404


def test_a_page_that_is_very_tall_is_drawn_narrower(client_p, attached):
    tall = samples.acting_pdf(b"<< >>").replace(b"[0 0 595 842]", b"[0 0 2 14000]")

    picture = Image.open(io.BytesIO(look(client_p, attached(tall, uploads.PDF)).content))

    assert picture.height <= 4000


def test_a_photo_is_shown_upright_and_without_what_the_telephone_wrote_into_it(client_p, attached):
    attachment = attached(samples.photo((400, 200), turned=True), uploads.JPEG)

    picture = Image.open(io.BytesIO(look(client_p, attachment).content))

    assert picture.size == (200, 400)
    assert dict(picture.getexif()) == {}


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_every_kind_of_png_is_shown(client_p, attached, mode):
    kept = io.BytesIO()
    Image.new("L", (40, 30), 128).convert(mode).save(kept, "PNG")

    assert look(client_p, attached(kept.getvalue(), uploads.PNG)).status_code == 200


def test_an_office_file_is_only_downloaded(client_p, attached):
    attachment = attached(samples.office_file(), uploads.DOCX)

    page = preview(client_p, attachment).content.decode()

    assert "DOCX dibaca dengan aplikasinya" in page
    assert look(client_p, attachment).status_code == 404


def test_a_page_view_draws_nothing(client_p, attached, monkeypatch):
    attachment = attached(samples.long_pdf(2), uploads.PDF)
    monkeypatch.setattr(apart, "_run", None)

    page = preview(client_p, attachment, halaman="2").content.decode()

    assert "Halaman 2 dari 2" in page
    assert look(client_p, attachment, 2).status_code == 200


def test_the_pages_of_a_new_file_are_owed_and_the_page_says_so_and_asks_again(client_p, attached):
    attachment = attached(samples.photo(), uploads.JPEG, is_drawn=False)

    page = preview(client_p, attachment).content.decode()

    assert list(Attachment.objects.undrawn()) == [attachment]
    assert "Pratinjau sedang disiapkan" in page
    assert 'hx-trigger="every 2s"' in page
    assert look(client_p, attachment).status_code == 404
    assert b"".join(download(client_p, attachment).streaming_content) == samples.photo()


def test_attaching_a_file_nudges_the_worker_to_draw_it(attached, monkeypatch, django_capture_on_commit_callbacks):
    started = []
    monkeypatch.setattr(nudges, "start_task", lambda task, *ids: started.append((task.name, ids)))

    with django_capture_on_commit_callbacks(execute=True):
        attachment = attached(samples.photo(), uploads.JPEG, is_drawn=False)

    assert started == [("recommendations.tasks.draw_attachment", (attachment.pk,))]


def test_the_clock_starts_the_drawing_that_a_stopped_worker_owes(attached, monkeypatch):
    attachment = attached(samples.photo(), uploads.JPEG, is_drawn=False)
    monkeypatch.setattr(draw_attachment, "apply_async", lambda ids, **options: draw_attachment(*ids))

    call_command("catch_up", stdout=io.StringIO())

    attachment.refresh_from_db()
    assert attachment.pages == 1


def test_a_file_that_cannot_be_drawn_says_so_after_three_failures(client_p, attached):
    attachment = attached(b"%PDF-1.4 no pages", uploads.PDF, is_drawn=False)

    for _ in range(2):
        draw_attachment(attachment.pk)
    waiting = preview(client_p, attachment).content.decode()
    draw_attachment(attachment.pk)
    failed = preview(client_p, attachment).content.decode()

    assert "Pratinjau sedang disiapkan" in waiting
    assert "Pratinjau tidak dapat dibuat" in failed
    assert "Sudah dicoba 3 kali." in failed
    assert "every 2s" not in failed
    assert Attachment.objects.stuck().get() == attachment


def test_a_stuck_file_is_tried_no_more_by_any_number_of_messages_or_hours(attached, time_machine):
    attachment = attached(b"%PDF-1.4 no pages", uploads.PDF, is_drawn=False)
    for _ in range(STUCK_AFTER):
        draw_attachment(attachment.pk)
    time_machine.move_to(timezone.now() + STUCK_RESTS * 2, tick=False)

    for _ in range(5):
        draw_attachment(attachment.pk)

    assert Attachment.objects.get().tries == STUCK_AFTER
    assert not Attachment.objects.to_try(timezone.now()).exists()


def test_a_file_that_kills_the_worker_three_times_is_stuck(client_p, attached, time_machine):
    attachment = attached(samples.photo(), uploads.JPEG, is_drawn=False)
    row = Attachment.objects.filter(pk=attachment.pk)
    for _ in range(STUCK_AFTER):
        assert begin_try(row)  # then the worker is killed, and writes nothing more
        time_machine.move_to(timezone.now() + timedelta(minutes=1), tick=False)
    at_once = preview(client_p, attachment).content.decode()

    time_machine.move_to(timezone.now() + DRAWING_TAKES_AT_MOST, tick=False)

    assert "Pratinjau sedang disiapkan" in at_once  # the third try may still be under way
    assert not begin_try(row)
    assert row.stuck().get().why_stuck == KILLED
    assert KILLED in preview(client_p, attachment).content.decode()


def test_coba_lagi_begins_again_and_the_pages_are_drawn(client_p, attached, monkeypatch):
    attachment = attached(samples.photo(), uploads.JPEG, is_drawn=False)
    with monkeypatch.context() as patch:
        patch.setattr(previews, "_keep", full)
        for _ in range(STUCK_AFTER):
            draw_attachment(attachment.pk)
    stuck = preview(client_p, attachment).content.decode()
    again = reverse("recommendations:draw_attachment_again", args=[attachment.pk])

    said = client_p.post(again, follow=True)
    draw_attachment(attachment.pk)

    assert f'action="{again}"' in stuck
    assert "Pratinjau sedang disiapkan" in said.content.decode()
    assert Attachment.objects.get().tries == 1
    assert look(client_p, attachment).status_code == 200


def test_coba_lagi_changes_nothing_while_the_file_is_still_tried(client_p, attached):
    attachment = attached(b"%PDF-1.4 no pages", uploads.PDF, is_drawn=False)
    draw_attachment(attachment.pk)

    client_p.post(reverse("recommendations:draw_attachment_again", args=[attachment.pk]))

    assert Attachment.objects.get().tries == 1


def test_a_fault_that_nobody_foresaw_is_reported(attached, monkeypatch):
    attachment = attached(samples.photo(), uploads.JPEG, is_drawn=False)
    monkeypatch.setattr(previews, "_keep", None)

    draw_attachment(attachment.pk)

    assert Attachment.objects.get().problem.startswith("Programnya gagal (TypeError")


def test_the_migration_dates_the_tries_that_were_counted_before(attached):
    failed = attached(samples.photo(), uploads.JPEG, is_drawn=False)
    new = attached(samples.office_file(), uploads.DOCX)
    Attachment.objects.filter(pk=failed.pk).update(tries=STUCK_AFTER, problem="Rusak.")

    import_module("recommendations.migrations.0022_tries_of_files").say_when_tried(apps, None)

    assert Attachment.objects.get(pk=failed.pk).why_stuck == "Rusak."
    assert Attachment.objects.get(pk=new.pk).tried_at is None


def test_a_page_that_is_too_complex_to_draw_fails_without_harm(client_p, attached):
    attachment = attached(hostile.nested_forms(), uploads.PDF, is_drawn=False)

    draw_attachment(attachment.pk)

    attachment.refresh_from_db()
    assert (attachment.pages, attachment.tries) == (None, 1)
    assert "terlalu rumit" in attachment.problem


def test_a_long_file_shows_its_first_pages_and_says_so(client_p, attached, monkeypatch):
    monkeypatch.setattr(KeptFile, "MOST_SHOWN", 12)
    attachment = attached(samples.long_pdf(14), uploads.PDF)

    page = preview(client_p, attachment, halaman="12").content.decode()

    assert "Berkas ini 14 halaman. Di sini tampil 12 halaman pertama" in page
    assert "Halaman 12 dari 12" in page
    assert (look(client_p, attachment, 12).status_code, look(client_p, attachment, 13).status_code) == (200, 404)


def test_a_file_that_takes_long_to_draw_goes_on_at_the_next_try(client_p, attached, monkeypatch):
    monkeypatch.setattr(previews, "MOST_CPU", 0)  # one child for each try, which draws ten pages
    attachment = attached(samples.long_pdf(14), uploads.PDF)
    first = Attachment.objects.get()

    draw_attachment(attachment.pk)

    assert (first.pages, first.tries) == (None, 1)
    assert "terlalu rumit" in first.problem
    assert Attachment.objects.get().pages == 14
    assert look(client_p, attachment, 14).status_code == 200


def test_a_file_that_would_hold_the_worker_for_minutes_is_stuck_after_three_tries(client_p, attached, monkeypatch):
    monkeypatch.setattr(previews, "MOST_CPU", 0)
    attachment = attached(samples.long_pdf(40), uploads.PDF)

    for _ in range(STUCK_AFTER):
        draw_attachment(attachment.pk)

    assert "Pratinjau tidak dapat dibuat" in preview(client_p, attachment).content.decode()
    assert not previews.is_kept(attachment, 31)


def test_a_lost_picture_is_drawn_again(client_p, attached):
    attachment = attached(samples.photo(), uploads.JPEG)
    previews.forget(attachment)

    page = preview(client_p, attachment).content.decode()
    draw_attachment(attachment.pk)

    assert "Pratinjau sedang disiapkan" in page
    assert look(client_p, attachment).status_code == 200


def test_a_file_that_waits_for_other_files_has_not_failed(attached, monkeypatch):
    attachment = attached(samples.photo(), uploads.JPEG, is_drawn=False)
    monkeypatch.setattr(slots, "PATIENCE", 0)

    with slots.slot("draw", size=1, threads=None), slots.slot("draw", size=2, threads=None):
        draw_attachment(attachment.pk)

    assert Attachment.objects.undrawn().get() == attachment
    assert Attachment.objects.get().tries == 0


def test_a_full_disk_is_noted_and_told(client_p, attached, monkeypatch):
    attachment = attached(samples.photo(), uploads.JPEG, is_drawn=False)
    monkeypatch.setattr(previews, "_keep", full)

    draw_attachment(attachment.pk)

    assert Attachment.objects.get().problem == "Penyimpanan kantor penuh."


def test_a_disk_too_full_to_draw_is_reported_after_three_tries(client_p, attached, monkeypatch):
    attachment = attached(samples.photo(), uploads.JPEG, is_drawn=False)
    monkeypatch.setattr(apart.tempfile, "TemporaryFile", full)

    for _ in range(STUCK_AFTER):
        draw_attachment(attachment.pk)

    assert "Penyimpanan kantor penuh. Berkas ini belum diperiksa" in preview(client_p, attachment).content.decode()


def test_a_detached_file_leaves_no_picture(attached, petugas, django_capture_on_commit_callbacks):
    attachment = attached(samples.photo(), uploads.JPEG)
    assert previews.is_kept(attachment, 1)

    with django_capture_on_commit_callbacks(execute=True):
        detach(attachment, by=petugas)

    assert not previews.is_kept(attachment, 1)


def cannot_delete(*args):
    raise OSError(30, "Read-only file system")


@pytest.mark.parametrize(("owner", "name"), [(FileSystemStorage, "delete"), (previews, "forget")])
def test_a_file_that_cannot_be_deleted_does_not_fail_its_removal(
    owner, name, attached, petugas, monkeypatch, caplog, django_capture_on_commit_callbacks
):
    attachment = attached(samples.photo(), uploads.JPEG)
    monkeypatch.setattr(owner, name, cannot_delete)

    with django_capture_on_commit_callbacks(execute=True):
        detach(attachment, by=petugas)

    assert not Attachment.objects.exists()
    assert "Read-only file system" in caplog.text


@pytest.mark.parametrize("fails", [False, True])
def test_a_file_that_is_detached_while_it_is_drawn_leaves_no_picture(
    attached, petugas, monkeypatch, django_capture_on_commit_callbacks, fails
):
    attachment = attached(samples.long_pdf(2), uploads.PDF, is_drawn=False)
    keep, drawn = previews._keep, []

    def keep_after_detaching(kept, number, picture):
        if number == 1:
            with django_capture_on_commit_callbacks(execute=True):
                detach(Attachment.objects.get(), by=petugas)
        keep(kept, number, picture)
        drawn.append(number)
        if fails and number == 2:
            full()

    monkeypatch.setattr(previews, "_keep", keep_after_detaching)

    draw_attachment(attachment.pk)

    assert drawn == [1, 2]
    assert not Attachment.objects.exists()
    assert not previews.is_kept(attachment, 1)
    assert not previews.is_kept(attachment, 2)


@pytest.mark.parametrize(
    ("came_from", "back"), [("periksa", "examine"), ("lampiran", "attachments"), ("//x", "submission_detail")]
)
def test_the_back_link_leads_to_the_page_the_reader_came_from(client_p, attached, came_from, back):
    attachment = attached(samples.photo(), uploads.JPEG)

    page = preview(client_p, attachment, dari=came_from).content.decode()

    assert f'href="{reverse(f"recommendations:{back}", args=[attachment.submission_id])}"' in page


def test_the_back_link_of_the_kepala_does_not_lead_to_an_officers_page(client_of, kepala, attached):
    attachment = attached(samples.photo(), uploads.JPEG)

    page = preview(client_of(kepala), attachment, dari="periksa").content.decode()

    assert reverse("recommendations:submission_detail", args=[attachment.submission_id]) in page
    assert reverse("recommendations:examine", args=[attachment.submission_id]) not in page


def test_the_examiner_opens_the_first_file(client_p, petugas):
    recorded = recorded_submission(petugas)
    place = reverse("recommendations:attachment_first", args=[recorded.pk])

    examine = client_p.get(reverse("recommendations:examine", args=[recorded.pk])).content.decode()
    answer = client_p.get(place, {"dari": "periksa"})

    first = recorded.attachments.get(kind="surat_pengantar")
    assert f'href="{place}?dari=periksa"' in examine
    assert answer.url == reverse("recommendations:attachment_preview", args=[first.pk]) + "?dari=periksa"


def test_a_submission_without_files_leads_to_its_page(client_p, office):
    submission = SubmissionFactory()

    answer = client_p.get(reverse("recommendations:attachment_first", args=[submission.pk]))

    assert answer.url == reverse("recommendations:submission_detail", args=[submission.pk])


@pytest.mark.parametrize("typed", ["0", "9", "x", "-1", "٣", "9" * 5000])
def test_a_page_number_that_does_not_exist_shows_the_first_page(client_p, attached, typed):
    page = preview(client_p, attached(samples.long_pdf(3), uploads.PDF), halaman=typed).content.decode()

    assert "Halaman 1 dari 3" in page


def test_a_file_leaves_as_a_download_byte_for_byte_under_its_own_name(client_p, attached):
    content = samples.photo(turned=True)

    answer = download(client_p, attached(content, uploads.JPEG, "Surat Pengantar.jpg"))

    assert answer["Content-Disposition"] == 'attachment; filename="Surat Pengantar.jpg"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer["Cache-Control"]
    assert b"".join(answer.streaming_content) == content


def test_a_missing_file_is_explained(client_p, attached):
    attachment = attached(samples.photo(), uploads.JPEG, "foto.jpg")
    attachment.file.storage.delete(attachment.file.name)

    answer = download(client_p, attachment)

    assert answer.status_code == 409
    assert "foto.jpg tidak ada di penyimpanan kantor." in answer.content.decode()
    assert "foto.jpg tidak ada" in preview(client_p, attachment).content.decode()
    assert look(client_p, attachment).status_code == 404


def test_a_changed_file_is_explained_and_not_downloaded(client_p, attached):
    attachment = attached(paper().read(), uploads.PDF, "surat.pdf")
    with attachment.file.open("ab") as file:
        file.write(b" ")

    for answer in (download(client_p, attachment), preview(client_p, attachment)):
        assert answer.status_code == 409
        assert "surat.pdf berubah sejak diterima" in answer.content.decode()


def test_only_users_who_may_see_submissions_view_and_download_files(client, client_of, petugas, kepala, admin_user):
    attachment = recorded_submission(petugas).attachments.first()

    for ask in (look, preview, download):
        allowed = ask(client_of(kepala), attachment)

        assert b"".join(allowed)
        assert ask(client_of(admin_user), attachment).status_code == 403
        assert ask(client, attachment)["Location"].startswith(reverse("login"))
