"""A file is viewed as pictures of its pages, and downloaded exactly as it was attached."""

import io

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from recommendations import uploads
from recommendations.attachments import previews
from recommendations.attachments.actions.attaching import attach
from tests.factories import SubmissionFactory, paper, recorded_submission
from tests.recommendations.uploads import samples


@pytest.fixture(autouse=True)
def _nothing_kept():
    cache.clear()


@pytest.fixture
def attached(office, petugas):
    submission = SubmissionFactory()

    def keep(content, content_type, name="berkas"):
        return attach(
            submission, kind="kak", file=SimpleUploadedFile(name, content), content_type=content_type, by=petugas
        )

    return keep


def look(client, attachment, n=1):
    return client.get(reverse("recommendations:attachment_page", args=[attachment.pk, n]))


def preview(client, attachment, **query):
    return client.get(reverse("recommendations:attachment_preview", args=[attachment.pk]), query)


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


def test_a_page_is_drawn_once(client_p, attached, monkeypatch):
    drawn = []
    attachment = attached(samples.photo(), uploads.JPEG)
    draw = previews.scaled_picture
    monkeypatch.setattr(previews, "scaled_picture", lambda content: drawn.append(1) or draw(content))

    for _ in range(3):
        look(client_p, attachment)

    assert drawn == [1]


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
