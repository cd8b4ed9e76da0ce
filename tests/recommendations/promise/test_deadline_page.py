"""The page that explains a promise, and the page that changes the calendar."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from office.models import CalendarChange, DayOff
from recommendations.models import DueChange, Round
from tests import factories
from tests.pages import page

pytestmark = pytest.mark.django_db
CHANGE = reverse("recommendations:calendar_change", args=[2026])
APPLY = reverse("recommendations:calendar_apply", args=[2026])
ROWS = {"baru-TOTAL_FORMS": "1", "baru-INITIAL_FORMS": "0", "baru-0-kind": "collective"}


@pytest.fixture
def submission(time_machine, office, petugas):
    time_machine.move_to("2026-11-20T14:05:00+08:00")
    return factories.recorded_submission(petugas)


@pytest.fixture
def admin(client_of, admin_user):
    return client_of(admin_user)


def proposed(**given: str) -> dict:
    row = {"baru-0-day": "28/12/2026", "baru-0-name": "Cuti bersama tambahan", "baru-0-kind": "collective"}
    return ROWS | {"cause": "SKB contoh"} | row | given


def test_the_promise_is_explained_to_the_last_day(submission, petugas, client_of):
    page = client_of(petugas).get(reverse("recommendations:deadline", args=[submission.pk])).content.decode()

    assert "Jangka waktu 30 (tiga puluh) hari kerja" in page
    for words in ("Jumat, 20 November 2026", "Senin, 23 November 2026", "Kamis, 7 Januari 2027", "14.05 WITA"):
        assert words in page
    assert "Cuti Bersama" in page
    assert "Belum pernah berubah" in page
    assert "Pindahkan jatuh tempo" not in page


def test_a_submission_not_recorded_complete_has_no_promise_to_explain(office, petugas, client_of):
    submission = factories.SubmissionFactory()

    answer = client_of(petugas).get(reverse("recommendations:deadline", args=[submission.pk]), follow=True)

    assert "Janji mulai dihitung setelah" in answer.content.decode()


def test_the_kepala_moves_a_promise_with_a_reason(submission, kepala, client_of):
    client = client_of(kepala)
    page = reverse("recommendations:deadline", args=[submission.pk])

    client.post(
        reverse("recommendations:move_due_date", args=[submission.pk]),
        {"due_on": "15/01/2027", "reason": "Menunggu <b>walidata</b>"},
    )

    shown = client.get(page).content.decode()
    assert Round.objects.get().due_on == date(2027, 1, 15)
    assert "Menunggu &lt;b&gt;walidata&lt;/b&gt;" in shown
    assert "36 (tiga puluh enam) hari kerja" in shown


def test_a_promise_that_was_moved_meanwhile_is_not_moved_from_an_old_page(submission, kepala, client_of):
    client, address = client_of(kepala), reverse("recommendations:move_due_date", args=[submission.pk])
    form = client.get(reverse("recommendations:deadline", args=[submission.pk])).context["form"]
    shown = {"shown_due_on": str(form["shown_due_on"].value())}
    client.post(address, shown | {"due_on": "15/01/2027", "reason": "Menunggu walidata"})

    answer = client.post(address, shown | {"due_on": "18/01/2027", "reason": "Menunggu rapat"}, follow=True)

    assert "Jatuh tempo kini Jumat, 15 Januari 2027, bukan lagi seperti yang Anda baca." in answer.content.decode()
    assert Round.objects.get().due_on == date(2027, 1, 15)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"due_on": "15/01/2027", "reason": ""}, "Tulis alasan"),
        ({"due_on": "31/02/2027", "reason": "x"}, "tidak ada"),
        ({"due_on": "16/01/2027", "reason": "x"}, "bukan hari kerja"),
    ],
)
def test_an_invalid_decision_is_refused_and_moves_no_promise(submission, kepala, client_of, given, words):
    client = client_of(kepala)

    answer = client.post(reverse("recommendations:move_due_date", args=[submission.pk]), given, follow=True)

    assert words in answer.content.decode()
    assert not DueChange.objects.exists()


def test_a_preview_changes_nothing_and_is_applied_as_shown(submission, admin):
    before = DayOff.objects.count()

    preview = admin.post(CHANGE, proposed())
    unchanged = (DayOff.objects.count(), Round.objects.get().due_on)
    answer = admin.post(APPLY, {"proposal": preview.context["proposal"]}, follow=True)

    assert "1 jatuh tempo akan berpindah" in " ".join(preview.content.decode().split())
    assert unchanged == (before, date(2027, 1, 7))
    assert Round.objects.get().due_on == date(2027, 1, 8)
    assert "1 jatuh tempo berpindah" in answer.content.decode()
    assert "SKB contoh" in answer.content.decode()


def test_when_something_moved_meanwhile_the_new_preview_is_shown(submission, admin, petugas):
    preview = admin.post(CHANGE, proposed())
    factories.recorded_submission(petugas)

    answer = admin.post(APPLY, {"proposal": preview.context["proposal"]})

    assert "berubah sejak pratinjau" in answer.content.decode()
    assert answer.context["moved_count"] == 2
    assert not DueChange.objects.exists()


@pytest.mark.parametrize("proposal", ["", "x", "eyJhIjoxfQ:1:2"])
def test_a_forged_proposal_changes_nothing(office, admin, proposal):
    count = CalendarChange.objects.count()

    answer = admin.post(APPLY, {"proposal": proposal}, follow=True)

    assert "tidak berlaku" in answer.content.decode()
    assert CalendarChange.objects.count() == count


def test_an_uploaded_file_replaces_the_whole_year(submission, admin):
    file = SimpleUploadedFile("libur.csv", b"tanggal;nama;jenis\n25/12/2026;Natal;libur nasional\n")

    preview = admin.post(CHANGE, ROWS | {"cause": "SKB contoh", "file": file})

    removed = preview.context["draft"].removed
    assert date(2026, 12, 24) in removed
    assert date(2026, 12, 25) not in removed
    assert [shift.new_due_on for shift in preview.context["shifts"]] == [date(2027, 1, 6)]


def test_a_bad_file_and_an_incomplete_row_are_refused_at_their_fields(office, admin):
    file = SimpleUploadedFile("libur.csv", b"MZ\x90")

    answer = admin.post(CHANGE, proposed(**{"baru-0-name": ""}) | {"file": file})

    page = answer.content.decode()
    assert "UTF-8" in page
    assert "Tulis nama hari liburnya." in page


def test_an_empty_change_cannot_be_applied(office, admin):
    page = admin.post(CHANGE, ROWS | {"cause": "SKB contoh"}).content.decode()

    assert "tidak mengubah apa-apa" in page
    assert "Terapkan perubahan ini" not in page


@pytest.mark.parametrize(
    ("now", "words"), [("2026-11-24", None), ("2027-08-31", None), ("2027-09-01", "Cuti bersama 2028 belum ditetapkan")]
)
def test_from_september_on_the_page_asks_for_the_next_decree(office, petugas, client_of, time_machine, now, words):
    time_machine.move_to(f"{now}T09:00:00+08:00")

    year = int(now[:4])
    shown = page(client_of(petugas), reverse("office:calendar_year", args=[year]), f"Hari kerja dan hari libur {year}")

    assert (words in shown) if words else ("belum ditetapkan" not in shown)


def test_the_year_page_shows_every_day_off_of_the_year(office, petugas, client_of):
    page = client_of(petugas).get(reverse("office:calendar_year", args=[2026])).content.decode()

    rows = DayOff.objects.filter(day__year=2026)
    assert rows.count() > 20
    assert page.count('class="is-off"') == rows.count()


def test_a_calendar_is_downloaded_as_an_ics_file(office, petugas, client_of):
    answer = client_of(petugas).get(reverse("office:calendar_ics", args=[2026]))

    assert answer["Content-Disposition"] == 'attachment; filename="hari-libur-2026.ics"'
    assert answer.content.startswith(b"BEGIN:VCALENDAR")
