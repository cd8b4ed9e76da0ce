import uuid
from datetime import UTC, datetime

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from recommendations.examination.actions.examining import return_to_applicant, write_remark
from recommendations.models import Submission
from recommendations.submissions.actions.opening import cancel
from recommendations.workflow import Move, Status
from tests.factories import ApplicantFactory, SubmissionFactory, VisitFactory, issued_submission, recorded_submission
from tests.pages import page

LIST, OPEN = reverse("recommendations:submission_list"), reverse("recommendations:submission_open")


def detail(submission):
    return reverse("recommendations:submission_detail", args=[submission.pk])


def opening(**changes):
    return {
        "form_token": str(uuid.uuid4()),
        "instrument_code": "FS3",
        "agency_name": "Dinas Contoh",
        "name": "Budi Contoh",
        "position": "Staf",
        "phone": "0812-3456-7890",
        "email": "budi@contoh.example",
        "romantik_username": "budi",
        "romantik_assisted_on": "",
    } | changes


def test_a_submission_is_opened_from_a_visit_with_what_the_visitor_wrote(petugas, client_of):
    visit = VisitFactory(visitor__agency="Dinas Contoh", visitor__name="Budi Contoh")

    page = client_of(petugas).get(OPEN, {"kunjungan": visit.pk}).content.decode()

    assert 'value="Dinas Contoh"' in page
    assert 'value="Budi Contoh"' in page
    assert visit.ticket in page


def test_opening_leads_to_the_recording_and_names_officer_and_account(petugas, client_of):
    visit = VisitFactory()

    answer = client_of(petugas).post(f"{OPEN}?kunjungan={visit.pk}", opening())

    submission = Submission.objects.get()
    assert answer["Location"] == reverse("recommendations:record", args=[submission.pk])
    event = submission.events.get()
    assert (event.move, event.by, submission.visit) == (Move.OPEN, petugas, visit)
    assert "akun budi" in event.note


@pytest.mark.parametrize("other", [{"email": "sari@contoh.example"}, {"instrument_code": "FP-KPA"}])
def test_a_form_that_opened_a_submission_opens_no_other_one(petugas, client_of, other):
    client, facts = client_of(petugas), opening()
    client.post(OPEN, facts)
    opened = Submission.objects.get()

    refused = client.post(OPEN, facts | other)
    client.post(OPEN, opening(**other))

    assert f"Isian ini sudah membuka permohonan {opened.register}." in refused.content.decode()
    assert Submission.objects.count() == 2


def test_the_same_form_sent_twice_opens_one_submission(petugas, client_of):
    client, facts = client_of(petugas), opening()

    client.post(OPEN, facts)
    client.post(OPEN, facts)

    assert Submission.objects.count() == 1


def test_a_known_account_fills_the_form(petugas, client_of):
    account = ApplicantFactory(name="Sari Contoh", romantik_username="sari_6371")

    page = client_of(petugas).get(OPEN, {"akun": account.pk}).content.decode()

    assert 'value="sari_6371"' in page


def test_accounts_are_found_by_agency(petugas, client_of):
    ApplicantFactory(agency__name="Dinas Kesehatan Contoh", email="sehat@contoh.example")
    ApplicantFactory(agency__name="Dinas Sosial Contoh", email="sosial@contoh.example")

    page = client_of(petugas).get(OPEN, {"cari": "kesehatan"}).content.decode()

    assert "sehat@contoh.example" in page
    assert "sosial@contoh.example" not in page


def test_an_incomplete_form_names_what_is_missing_and_opens_no_submission(petugas, client_of):
    answer = client_of(petugas).post(OPEN, opening(romantik_username=""))

    assert answer.status_code == 200
    assert "Isi nama pengguna Romantik" in answer.content.decode()
    assert not Submission.objects.exists()


@pytest.mark.parametrize("number", ["x", "999999", "1'--", "9" * 30, "²"])
def test_an_unknown_visit_in_the_address_is_not_found(petugas, client_of, number):
    assert client_of(petugas).get(OPEN, {"kunjungan": number}).status_code == 404


@pytest.mark.parametrize(
    ("words", "found"), [("literasi", 1), ("dinas satu", 1), ("002/2026", 1), ("tidak ada", 0), ("\u200b", 2)]
)
def test_the_list_is_searched_by_title_agency_and_number(petugas, client_of, words, found):
    SubmissionFactory(number=1, year=2026, title="Survei Literasi")
    SubmissionFactory(number=2, year=2026, title="Survei Gizi", applicant__agency__name="Dinas Satu")

    answer = client_of(petugas).get(LIST, {"cari": words})

    assert answer.context["page"].paginator.count == found


def test_each_tab_shows_the_number_of_its_submissions(petugas, client_of):
    recorded_submission(petugas)
    returned = recorded_submission(petugas)
    write_remark(returned, item_id="tujuan_survei", kind="correction", text="Mohon dilengkapi.", by=petugas)
    return_to_applicant(returned, by=petugas)
    cancel(SubmissionFactory(), reason="Ditarik pemohon", by=petugas)

    answer = client_of(petugas).get(LIST, {"lingkup": "pemohon"})

    counts = {scope["key"]: scope["count"] for scope in answer.context["scopes"]}
    assert counts == {"terbuka": 2, "pemohon": 1, "kepala": 0, "selesai": 1, "semua": 3}
    assert [row["submission"].pk for row in answer.context["rows"]] == [returned.pk]


def test_the_earliest_due_date_comes_first_and_submissions_without_one_last(petugas, client_of):
    SubmissionFactory(title="tanpa tenggat")
    with time_machine.travel(datetime(2026, 11, 20, 2, tzinfo=UTC)):
        first = recorded_submission(petugas)
    with time_machine.travel(datetime(2026, 11, 23, 2, tzinfo=UTC)):
        second = recorded_submission(petugas)

    answer = client_of(petugas).get(LIST)

    assert [row["submission"].pk for row in answer.context["rows"]][:2] == [first.pk, second.pk]


def test_submissions_with_a_sent_letter_come_after_those_with_a_running_promise(petugas, client_of):
    with time_machine.travel(datetime(2026, 11, 20, 2, tzinfo=UTC)):
        sent = recorded_submission(petugas)
    Submission.objects.filter(pk=sent.pk).update(status=Status.SENT)
    with time_machine.travel(datetime(2026, 11, 23, 2, tzinfo=UTC)):
        running = recorded_submission(petugas)

    answer = client_of(petugas).get(LIST)

    assert [row["submission"].pk for row in answer.context["rows"]] == [running.pk, sent.pk]


def test_the_list_asks_the_database_equally_often_for_many_rows(petugas, client_of, django_assert_num_queries):
    client = client_of(petugas)
    recorded_submission(petugas)
    client.get(LIST)
    with time_machine.travel(datetime(2026, 11, 23, 2, tzinfo=UTC), tick=False):
        queries = _count_queries(client)
        for _ in range(5):
            recorded_submission(petugas)
        SubmissionFactory.create_batch(4)

        assert _count_queries(client) == queries


def _count_queries(client):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        assert client.get(LIST).status_code == 200
    return len(asked)


def test_twenty_five_rows_make_a_page(petugas, client_of):
    SubmissionFactory.create_batch(26)

    answer = client_of(petugas).get(LIST, {"page": "2"})

    assert len(answer.context["rows"]) == 1


def test_the_timeline_shows_visit_and_submission_together(petugas, client_of):
    visit = VisitFactory()
    visit.events.create(move="check_in")
    client = client_of(petugas)
    client.post(f"{OPEN}?kunjungan={visit.pk}", opening())

    answer = client.get(detail(Submission.objects.get()))

    told = [event.words for event in answer.context["events"]]
    assert told == ["Permohonan dibuka", f"{visit.ticket}: Ambil nomor"]


def test_the_kepala_sees_it_without_the_buttons_of_the_officer(petugas, kepala, client_of):
    submission = recorded_submission(petugas)

    head, desk = (page(client_of(one), detail(submission), submission.register) for one in (kepala, petugas))

    for button in ("Batalkan permohonan", "Periksa</a>"):
        assert button not in head
        assert button in desk


def test_an_issued_submission_shows_its_letter(petugas, kepala, client_of):
    submission = issued_submission(petugas, kepala)

    page = client_of(petugas).get(detail(submission)).content.decode()

    assert submission.letter.number in page


def test_cancelling_needs_a_reason(petugas, client_of):
    submission = SubmissionFactory()

    address = reverse("recommendations:submission_cancel", args=[submission.pk])
    answer = client_of(petugas).post(address, {"reason": " "}, follow=True)

    assert "Tulis alasan pembatalan, lalu batalkan lagi." in answer.content.decode()
    submission.refresh_from_db()
    assert submission.status == Status.RECORDING


def test_a_cancelled_submission_keeps_its_reason(petugas, client_of):
    submission = SubmissionFactory()

    client_of(petugas).post(reverse("recommendations:submission_cancel", args=[submission.pk]), {"reason": "Ditarik"})

    submission.refresh_from_db()
    event = submission.events.last()
    assert (submission.status, event.note, event.by) == (Status.CANCELLED, "Ditarik", petugas)


def test_cancelling_twice_says_why_not(petugas, client_of):
    submission = SubmissionFactory()
    cancel(submission, reason="Ditarik", by=petugas)

    address = reverse("recommendations:submission_cancel", args=[submission.pk])
    page = client_of(petugas).post(address, {"reason": "Lagi"}, follow=True).content.decode()

    assert "Permohonan ini berstatus Dibatalkan" in page


@pytest.mark.parametrize("name", ["submission_list", "submission_open"])
def test_the_list_and_the_opening_page_require_the_sign_in(client, office, name):
    answer = client.get(reverse(f"recommendations:{name}"))

    assert answer["Location"].startswith(reverse("login"))


# filters


@pytest.fixture
def desk_of_four(petugas, client_of):
    """Yield a signed-in client and five submissions by name, on Thursday 7 January 2027.

    "explained" is late with a reason, "silent" is late without one, "today" is due today, "later" is due later, and
    "open" is not yet recorded complete.
    """
    found = {}
    for name, day in {"explained": 16, "silent": 18, "today": 20, "later": 27}.items():
        with time_machine.travel(datetime(2026, 11, day, 2, tzinfo=UTC), tick=False):
            found[name] = recorded_submission(petugas)
    found["explained"].rounds.update(late_reason="Menunggu walidata.")
    found["open"] = SubmissionFactory(title="Survei Literasi", instrument_code="FP-KPA")
    with time_machine.travel(datetime(2027, 1, 7, 2, tzinfo=UTC), tick=False):
        yield client_of(petugas), found


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        ({"tenggat": "terlambat"}, {"explained", "silent"}),
        ({"tenggat": "tanpa-sebab"}, {"silent"}),
        ({"tenggat": "hari-ini"}, {"today"}),
        ({"tenggat": "2-hari"}, {"today"}),
        ({"tenggat": "5-hari"}, {"today", "later"}),
        ({"tenggat": "lebih"}, set()),
        ({"petugas": "saya"}, {"explained", "silent", "today", "later"}),
        ({"langkah": "recording"}, {"open"}),
        ({"formulir": "FP-KPA"}, {"open"}),
        ({"terekam": "2026-11", "tenggat": "terlambat"}, {"explained", "silent"}),
        ({"terekam": "2026-12"}, set()),
        ({"tenggat": "terlambat", "cari": "tidak ada"}, set()),
        # unknown values do not filter
        ({"tenggat": "x", "petugas": "9999999", "instansi": "1 OR 1", "terekam": "2026-99", "langkah": "\u200b"}, None),
    ],
)
def test_the_list_is_narrowed_by_its_address(desk_of_four, chosen, expected):
    client, rows = desk_of_four

    answer = client.get(LIST, chosen)

    names = {row.pk: name for name, row in rows.items()}
    found = {names[row["submission"].pk] for row in answer.context["rows"]}
    assert found == (set(rows) if expected is None else expected)


def test_the_quick_filters_count_what_they_lead_to(desk_of_four):
    client, _ = desk_of_four

    chips = client.get(LIST).context["chips"]

    counts = {chip["key"]: chip["count"] for chip in chips}
    assert counts == {"terlambat": 2, "hari-ini": 1, "5-hari": 2}
    for key, count in counts.items():
        assert client.get(LIST, {"tenggat": key}).context["page"].paginator.count == count


def test_one_agency_is_picked_and_the_address_keeps_it_from_page_to_page(petugas, client_of):
    agency = SubmissionFactory().applicant.agency
    SubmissionFactory.create_batch(26, applicant__agency=agency)
    SubmissionFactory()

    page = client_of(petugas).get(LIST, {"instansi": agency.pk, "lingkup": "semua"})

    assert page.context["page"].paginator.count == 27
    assert f"instansi={agency.pk}&amp;lingkup=semua&amp;page=2" in page.content.decode()


def test_the_list_filters_by_an_answer_of_the_applicant(petugas, client_of):
    waits, came = recorded_submission(petugas), recorded_submission(petugas)
    for one in (waits, came):
        write_remark(one, item_id="tujuan_survei", kind="correction", text="Mohon dilengkapi.", by=petugas)
        return_to_applicant(one, by=petugas)
    came.rounds.filter(number=1).update(answered_at=timezone.now())

    answer = client_of(petugas).get(LIST, {"langkah": "jawaban"})

    assert [row["submission"].pk for row in answer.context["rows"]] == [came.pk]
    assert "Jawaban masuk" in answer.content.decode()
