"""A telephone sends photos through a short-lived link to one open submission. The link shows no facts of it."""

import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from recommendations import uploads
from recommendations.attachments.actions.attaching import attach
from recommendations.attachments.actions.phone import close_link, open_link
from recommendations.attachments.originals import original
from recommendations.models import UploadLink
from recommendations.submissions.actions.opening import cancel
from recommendations.uploads import apart, pages
from recommendations.uploads.child.kinds import kind_of
from tests.factories import SubmissionFactory, paper
from tests.pages import page
from tests.recommendations.uploads import samples


@pytest.fixture
def link(submission, petugas):
    return open_link(submission, by=petugas)


@pytest.fixture
def phone():
    """Return a test client without a signed-in user."""
    return Client()


def page_of(link):
    return reverse("recommendations:phone_upload", args=[link.token])


def shot(number=0, *, turned=False):
    return SimpleUploadedFile("image.jpg", samples.photo((300 + number, 200), turned=turned))


def send(phone, link, *files, kind="surat_pengantar", script=False):
    facts = {"kind": kind, "file": list(files)}
    return phone.post(page_of(link), facts, headers={"HX-Request": "true"} if script else {})


def join(phone, link, kind="surat_pengantar"):
    place = reverse("recommendations:phone_join", args=[link.token])
    return phone.post(place, {"kind": kind}, follow=True).content.decode()


def test_the_officer_opens_a_link_and_sees_its_code(client_of, petugas, submission, office):
    desk = client_of(petugas)

    desk.post(reverse("recommendations:phone_open", args=[submission.pk]))

    link = submission.upload_links.get()
    page = desk.get(reverse("recommendations:attachments", args=[submission.pk])).content.decode()
    assert len(link.token) >= 22  # 128 bits in base 64
    assert (link.made_by, link.until - link.made_at) == (petugas, timedelta(minutes=30))
    assert f"{office.public_url}{page_of(link)}" in page
    assert "every 2s" in page


def test_the_page_does_not_poll_without_an_open_link(client_of, petugas, submission):
    place = reverse("recommendations:attachments", args=[submission.pk])

    assert "every 2s" not in page(client_of(petugas), place, f"Lampiran {submission.register}")


def test_a_file_from_the_telephone_is_recorded_as_the_officers_and_as_sent_by_telephone(phone, link, petugas):
    answer = send(phone, link, shot(1), shot(2))

    first, second = link.submission.attachments.all()
    link.refresh_from_db()
    assert answer.status_code == 302
    assert (first.kind, first.uploaded_by, first.came_by_phone) == ("surat_pengantar", petugas, True)
    assert (second.link, link.file_count) == (link, 2)
    assert "lewat ponsel" in link.submission.events.filter(move="attach").last().note


def test_the_telephone_shows_no_name_of_a_person_or_a_file(phone, link):
    send(phone, link, SimpleUploadedFile("KTP Budi Contoh.jpg", samples.photo()), kind="lain", script=True)

    page = phone.get(page_of(link)).content.decode()

    people = link.submission.applicant
    for words in ("KTP", "Budi", people.name, people.agency.name, people.email, str(link.made_by), "Judul"):
        assert words not in page
    assert link.submission.register in page


def test_the_script_of_the_telephone_gets_plain_words(phone, link):
    taken, twice = send(phone, link, shot(), script=True), send(phone, link, shot(), script=True)
    bad = send(phone, link, SimpleUploadedFile("x.jpg", b"MZ"), script=True)

    assert (taken.status_code, taken["X-Attached"]) == (200, "1")
    assert (twice.status_code, twice.content.decode()) == (422, "image.jpg sudah dilampirkan.")
    assert bad.content.decode().startswith("Isi berkas ini bukan PDF")


@pytest.mark.parametrize("kind", ["", "ktp"])
def test_a_kind_must_be_chosen_on_the_telephone(phone, link, kind):
    answer = send(phone, link, shot(), kind=kind)

    assert answer.status_code == 200
    assert not link.attachments.exists()


def expired(link):
    UploadLink.objects.filter(pk=link.pk).update(made_at=timezone.now() - timedelta(hours=1), until=timezone.now())


def used_up(link):
    UploadLink.objects.filter(pk=link.pk).update(file_count=30)


@pytest.mark.parametrize(
    ("end", "words"),
    [
        (expired, "sudah habis waktunya"),
        (used_up, "sudah menerima 30 berkas"),
        (lambda link: close_link(link.submission), "sudah ditutup atau diganti"),
        (lambda link: open_link(link.submission, by=link.made_by), "sudah ditutup atau diganti"),
        (lambda link: cancel(link.submission, reason="Batal.", by=link.made_by), "tidak menerima berkas lagi"),
    ],
    ids=["expired", "used up", "closed", "replaced", "cancelled"],
)
def test_nothing_goes_through_a_link_that_has_ended(phone, link, end, words):
    end(link)

    shown, sent, scripted = phone.get(page_of(link)), send(phone, link, shot()), send(phone, link, shot(), script=True)

    assert (shown.status_code, sent.status_code, scripted.status_code) == (410, 410, 422)
    assert words in shown.content.decode()
    assert scripted["X-Attached"] == "0"
    assert not link.attachments.exists()


def test_an_unknown_link_is_not_found(phone, link):
    assert phone.get(reverse("recommendations:phone_upload", args=["A" * 22])).status_code == 404
    assert phone.post(reverse("recommendations:phone_join", args=["A" * 22])).status_code == 404


def test_a_link_leads_to_its_own_submission_only(phone, link, petugas):
    other = SubmissionFactory()
    other_link = open_link(other, by=petugas)

    send(phone, link, shot())

    assert not other.attachments.exists()
    assert "JPEG" not in page(phone, page_of(other_link), f"Kirim berkas {other.register}")
    assert "JPEG" in page(phone, page_of(link), f"Kirim berkas {link.submission.register}")


def test_one_link_of_a_submission_is_open_at_a_time(link, petugas):
    now = timezone.now()

    with pytest.raises(IntegrityError), transaction.atomic():
        UploadLink.objects.create(submission=link.submission, made_by=petugas, until=now + UploadLink.LASTS)


def test_photos_of_a_kind_become_one_pdf(phone, link, petugas):
    send(phone, link, shot(1), shot(2, turned=True))
    send(phone, link, shot(3), kind="instrumen")

    page = join(phone, link)

    made = link.submission.attachments.get(kind="surat_pengantar")
    pdf = PdfReader(io.BytesIO(original(made)))
    assert "Foto digabungkan menjadi satu PDF." in page
    assert (made.name, made.content_type) == ("Surat pengantar, 2 halaman.pdf", uploads.PDF)
    assert [page.mediabox.width > page.mediabox.height for page in pdf.pages] == [True, False]
    assert link.submission.attachments.filter(kind="instrumen").count() == 1


def test_the_joined_pdf_passes_the_checks_for_uploads():
    photos = [pages.scaled_picture(photo) for photo in (samples.photo(), samples.photo((2400, 3600)))]

    content = pages.joined_pdf(photos)

    assert kind_of(content) == uploads.PDF


def test_one_photo_is_not_joined(phone, link):
    send(phone, link, shot())

    page = join(phone, link)

    assert "paling sedikit dua foto" in page
    assert link.attachments.get().content_type == uploads.JPEG


def test_only_photos_of_this_link_are_joined(phone, link, petugas):
    attach(link.submission, kind="surat_pengantar", file=shot(9), content_type=uploads.JPEG, by=petugas)
    attach(link.submission, kind="surat_pengantar", file=paper(), content_type=uploads.PDF, link=link, by=petugas)
    send(phone, link, shot(1))

    assert "paling sedikit dua foto" in join(phone, link)
    assert link.submission.attachments.count() == 3


def test_nothing_is_joined_through_a_link_that_has_ended(phone, link):
    send(phone, link, shot(1), shot(2))
    close_link(link.submission)

    assert "sudah ditutup" in join(phone, link)
    assert link.attachments.filter(content_type=uploads.JPEG).count() == 2


def test_a_link_that_has_ended_draws_no_picture(phone, link, monkeypatch):
    send(phone, link, shot(1), shot(2))
    expired(link)
    monkeypatch.setattr(apart, "_run", None)

    assert "sudah habis waktunya" in join(phone, link)


def test_joining_leaves_threads_for_pages_and_waits_for_no_preview(phone, link, monkeypatch):
    send(phone, link, shot(1), shot(2))
    asked, ask = [], apart.ask
    monkeypatch.setattr(pages, "ask", lambda *args, limits, **facts: asked.append(limits) or ask(*args, limits=limits))

    join(phone, link)

    assert len(asked) == 3
    assert {(limits.pool, limits.threads) for limits in asked} == {("join", 2)}


def test_a_link_is_not_opened_for_a_form_that_is_not_recorded(client_of, petugas, submission):
    cancel(submission, reason="Batal.", by=petugas)

    answer = client_of(petugas).post(reverse("recommendations:phone_open", args=[submission.pk]), follow=True)

    assert "tidak dapat dilakukan" in answer.content.decode()
    assert not submission.upload_links.exists()


def test_the_officer_closes_the_link(client_of, petugas, link):
    client_of(petugas).post(reverse("recommendations:phone_close", args=[link.submission_id]))

    link.refresh_from_db()
    assert link.closed_at
