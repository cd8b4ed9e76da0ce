"""A request is taken whole and at a time that the clock vouches for, or not at all."""

import io

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.test import Client, RequestFactory
from django.urls import reverse

from office.clock import ClockWentBack
from office.middleware import WITHOUT_TIME
from pst_desk.wsgi import WholeBody, application
from recommendations.models import Submission
from tests.factories import PASSWORD, SubmissionFactory, set_clock_back

pytestmark = pytest.mark.django_db

BEHIND = "Tidak ada yang disimpan"


@pytest.fixture
def submission(office, petugas) -> Submission:
    return SubmissionFactory(officer=petugas)


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("save_item", ["judul_kegiatan"]),
        ("record_block", ["blok_1"]),
        ("romantik_form", []),
        ("phone_open", []),
        ("assign_submission", []),
    ],
)
def test_while_the_clock_is_behind_no_act_of_the_desk_is_saved(client_of, petugas, submission, name, arguments):
    set_clock_back()
    before = submission.rounds.get().answers, submission.events.count()

    answer = client_of(petugas).post(
        reverse(f"recommendations:{name}", args=[submission.pk, *arguments]), {"judul_kegiatan": "Survei Contoh"}
    )

    submission.refresh_from_db()
    assert answer.status_code == 409
    assert BEHIND in answer.content.decode()
    assert (submission.rounds.get().answers, submission.events.count()) == before


def test_a_script_gets_the_refusal_alone_and_when_to_try_again(client_of, petugas, submission):
    set_clock_back()
    place = reverse("recommendations:save_item", args=[submission.pk, "judul_kegiatan"])

    answer = client_of(petugas).post(place, {"judul_kegiatan": "Survei"}, headers={"HX-Request": "true"})

    assert (answer.status_code, answer["Content-Type"]) == (409, "text/plain; charset=utf-8")
    assert answer.content.decode() == str(_refusal())
    assert answer["Retry-After"]


def _refusal() -> ClockWentBack:
    from office import clock

    with pytest.raises(ClockWentBack) as refused:
        clock.now()
    return refused.value


def test_people_read_and_sign_in_while_the_clock_is_behind(client, client_of, petugas, submission):
    set_clock_back()

    signed_in = client.post(reverse("login"), {"username": petugas.username, "password": PASSWORD})
    page = client_of(petugas).get(reverse("recommendations:submission_detail", args=[submission.pk]))

    assert (signed_in.status_code, page.status_code) == (302, 200)


def test_every_address_that_needs_no_time_is_there():
    assert [name for name in WITHOUT_TIME if not reverse(name, args=["R"] if name.endswith("identity") else [])] == []


def sent_to_the_desk(body: bytes, *, announced: int) -> str:
    """Send a sign-in to the desk with this body, and return the status."""
    request = RequestFactory().post("/masuk/", body, content_type="application/x-www-form-urlencoded")
    environ = request.environ | {"wsgi.input": io.BytesIO(body), "CONTENT_LENGTH": str(announced)}
    told: list[str] = []
    list(application(environ, lambda status, headers, *more: told.append(status)))
    return told[0]


def test_a_body_that_is_shorter_than_announced_is_not_taken_for_the_whole(office):
    body = b"username=rina&password=benar"

    assert sent_to_the_desk(body, announced=len(body) + 8).startswith("400")
    assert not sent_to_the_desk(body, announced=len(body)).startswith("400")


def test_a_body_is_read_in_parts_and_lines_and_no_further_than_announced():
    body = WholeBody(io.BytesIO(b"satu\ndua\ntiga empat"), 13)

    assert (body.read(2), body.readline(), body.read(), body.read(), body.readline()) == (
        b"sa",
        b"tu\n",
        b"dua\ntiga",
        b"",
        b"",
    )


@pytest.mark.parametrize("how", ["read", "readline"])
def test_a_lost_connection_is_an_error_however_the_body_is_read(how):
    with pytest.raises(OSError, match="lost"):
        getattr(WholeBody(io.BytesIO(b"satu"), 9), how)()


@pytest.mark.parametrize(
    "fields",
    [
        lambda: {f"isian{number}": "1" for number in range(5001)},
        lambda: {"isian": "x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)},
        lambda: {
            f"berkas{number}": ContentFile(b"x", "foto.jpg")
            for number in range(settings.DATA_UPLOAD_MAX_NUMBER_FILES + 1)
        },
    ],
    ids=["fields", "text", "files"],
)
def test_a_form_with_too_much_is_too_large_and_leaves_no_traceback(client: Client, office, caplog, fields):
    answer = client.post("/masuk/", fields())

    assert answer.status_code == 413
    assert "Kiriman ini terlalu besar" in answer.content.decode()
    assert [line.exc_info for line in caplog.records if line.exc_info] == []


@pytest.mark.parametrize(
    "kind", ["multipart/form-data", f"multipart/form-data; boundary={'x' * 500}", "multipart/form-data; boundary=\xe9"]
)
def test_a_form_without_a_boundary_is_a_bad_request_without_a_traceback(client: Client, office, caplog, kind):
    answer = client.post("/masuk/", b"abc", content_type=kind)

    assert answer.status_code == 400
    assert [line.exc_info for line in caplog.records if line.exc_info] == []


def test_a_body_of_no_announced_length_is_refused_in_words(client: Client, office):
    answer = client.post("/masuk/", HTTP_TRANSFER_ENCODING="chunked", CONTENT_LENGTH="")

    assert answer.status_code == 411
    assert "Ukuran kiriman ini tidak disebut" in answer.content.decode()
