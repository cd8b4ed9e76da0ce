"""The public page of the service standard, its figures and its paper. Comments show how a figure was computed."""

import html
from datetime import UTC, date, datetime
from itertools import pairwise

import pytest
import time_machine
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from complaints.models import Complaint
from guestbook.actions import call, finish, start
from guestbook.periods import period_around, period_of
from office.models import Office, ServiceStandard, StandardComponent, StandardQuestion
from ratings.report_actions import freeze_report
from recommendations.models import Round
from recommendations.promise.actions.moving import move_due_date
from reports import standard
from reports.standard import (
    ComplaintsInTime,
    KeptPromise,
    PublishedIndex,
    kept_in,
    kept_promise,
    unfilled_words,
)
from reports.views import standard as views
from tests.factories import (
    RatingFactory,
    VisitFactory,
    new_complaint,
    recorded_submission,
    returned_submission,
    skm_answers,
)
from tests.pages import page, pdf_pages
from tests.reports.conftest import WITA

PAGE, PAPER = reverse("reports:service_standard"), reverse("reports:standard_pdf")
LAST_QUARTER = period_of("2026-T4")
SCRIPT = "<script>alert(1)</script>"


def read(client) -> str:
    """Return the public page as one line of text with its HTML."""
    return " ".join(html.unescape(page(client, PAGE, "Cara memperoleh layanan")).split())


def figures_of(answer) -> list[tuple[str, str]]:
    return [(one.value, one.words) for one in answer.context["figures"]]


def test_everybody_reads_the_promise_the_components_the_channels_and_the_questions(client, office):
    text = read(client)

    assert "Standar pelayanan, SK 019/KPA/2024" in text
    assert "Janji kami: hasil pemeriksaan dalam 30 hari kerja, tanpa biaya" in text
    assert "<h3>1. Persyaratan</h3>" in text
    assert "<li>Datang ke unit PST BPS Kota Banjarmasin.</li>" in text
    assert "<h3>4. Biaya/tarif</h3> <p>Tidak dipungut biaya.</p>" in text
    assert "Komponen 8–14 belum diisi kantor." in text
    for channel in ("0812-5050-6371", "0812-1010-6371", "bps6371@bps.go.id", "https://webapps.bps.go.id/pengaduan/"):
        assert channel in text
    assert "Jalan Gatot Subroto No. 5 Banjarmasin 70235" in text
    assert "Siapa yang dapat meminta rekomendasi?" in text
    assert "Maklumat" not in text


def test_the_page_changes_nothing_and_asks_for_few_rows(client, office, django_assert_max_num_queries):
    before = list(ServiceStandard.objects.values())
    read(client)

    with django_assert_max_num_queries(5):  # profile, standard, components, questions; no figures for a minute
        read(client)

    assert list(ServiceStandard.objects.values()) == before
    assert "sessionid" not in client.cookies


def test_the_empty_forms_are_downloaded_without_a_sign_in(client, office):
    text = read(client)

    for form in ("fs3", "fpkpa"):
        address = reverse("recommendations:form_template", args=[form])
        assert f'href="{address}"' in text
        assert client.get(address).status_code == 200


def test_the_figures_of_the_quarter_equal_those_computed_on_paper(november, petugas, counter, at):
    for begin, called in (("09:00", "09:09"), ("10:00", "10:20"), ("11:00", "11:02")):
        at(f"12-14 {begin}")
        visit = VisitFactory()
        at(f"12-14 {called}")
        finish(start(call(visit, counter, by=petugas), by=petugas), by=petugas)
    at("12-15 09:00")

    kept = kept_in(LAST_QUARTER, date(2026, 12, 15))

    # 1, 4, 4, 4, 14, 21, 30, 31, 31, 34 working days: seven within 30, and the middle of 14 and 21. The 34 days are of
    # the due date that the Kepala moved: the recap counts it as kept, the public page does not.
    assert (kept.within, kept.told) == (7, 10)
    assert kept.promises == (30,)
    assert kept.days == 17.5
    assert kept.overdue == 1  # forgotten
    assert kept.minutes == 9.0  # 2, 9, 20
    assert [(one.value, one.words) for one in kept.figures] == [
        ("7 dari 10", "hasil diberitahukan dalam 30 hari kerja"),
        ("17,5 hari kerja", "median sampai hasil"),
        ("9 menit", "median menunggu di PST"),
    ]


def test_each_result_is_measured_by_the_days_promised_when_it_was_recorded(client, office, petugas, kepala, at):
    at("10-05 09:00")
    early, moved_forward = recorded_submission(petugas), recorded_submission(petugas)
    move_due_date(moved_forward.rounds.get(), due_on=date(2026, 10, 20), reason="Diminta walidata.", by=kepala)
    Office.objects.update(promise_days=20)
    late = recorded_submission(petugas)
    at("11-11 09:00")  # after 27 working days: within 30, whatever the moved date, and not within 20
    told_at = datetime(2026, 11, 11, 9, tzinfo=WITA)
    Round.objects.filter(submission__in=[early, moved_forward, late]).update(told_at=told_at)

    kept = kept_in(LAST_QUARTER, date(2026, 11, 11))
    Office.objects.update(promise_days=15)

    assert (kept.within, kept.told, kept.promises) == (2, 3, (20, 30))
    words = "hasil diberitahukan dalam waktu yang dijanjikan ketika terekam lengkap: 20 sampai 30 hari kerja"
    assert ("2 dari 3", words) in figures_of(client.get(PAGE))


def test_a_result_told_on_a_free_day_after_the_due_date_is_not_within_the_promise(office, petugas, at):
    at("10-02 09:00")  # due on Friday 13/11
    submission = recorded_submission(petugas)
    submission.rounds.update(told_at=datetime(2026, 11, 14, 9, tzinfo=WITA))

    kept = kept_in(LAST_QUARTER, date(2026, 11, 16))

    assert submission.rounds.get().due_on == date(2026, 11, 13)
    assert (kept.within, kept.told) == (0, 1)


def test_the_page_shows_this_quarter_and_what_is_past_its_due_date(november, client):
    text = read(client)

    assert "Oktober–Desember 2026, sampai hari ini" in text
    assert "<b>7 dari 10</b>" in text
    assert "1 hasil lain sudah lewat jatuh tempo dan belum diberitahukan." in text


def test_a_quarter_without_results_says_so_and_has_no_empty_card(client, office, at):
    at("07-01 09:00")

    answer = client.get(PAGE)

    assert figures_of(answer) == []
    assert "Belum ada hasil atau kunjungan yang dapat dihitung" in answer.content.decode()
    assert 'class="kept"' not in answer.content.decode()


def test_the_page_shows_the_index_of_the_quarter_from_the_offices_minimum_on(client, office):
    today = timezone.localdate()
    RatingFactory.create_batch(4, visit__day=today)
    RatingFactory(visit__day=today, answers=skm_answers(4, waktu=3))
    RatingFactory.create_batch(4, visit__day=today)
    few = kept_in(period_around(today, 3), today).index
    RatingFactory(visit__day=today)

    shown = read(client)

    assert few is None
    assert "99,44" in shown
    assert "Indeks Kepuasan Masyarakat, n = 5, dihitung setiap 5 penilaian, 5 terakhir menyusul" in shown


def test_the_public_index_of_a_running_quarter_moves_by_five_ratings_only(client, office):
    today = timezone.localdate()
    quarter = period_around(today, 3)
    RatingFactory.create_batch(5, visit__day=today, answers=skm_answers(4))
    RatingFactory.create_batch(5, visit__day=today, answers=skm_answers(1))
    of_ten = kept_in(quarter, today).index
    RatingFactory.create_batch(4, visit__day=today, answers=skm_answers(1))
    of_fourteen = kept_in(quarter, today).index
    RatingFactory(visit__day=today, answers=skm_answers(1))

    of_fifteen = kept_in(quarter, today).index

    assert of_ten == of_fourteen == PublishedIndex("100,00", "A", 5)
    assert of_fifteen == PublishedIndex("62,50", "D", 10)  # 25 * (5 * 4 + 5 * 1) / 10


@pytest.mark.parametrize("count", range(5, 17))
def test_no_two_public_figures_of_a_quarter_differ_by_fewer_than_five_ratings(office, kepala, count):
    quarter, april = period_around(date(2026, 2, 1), 3), date(2026, 4, 20)
    published = set()
    with time_machine.travel(datetime(2026, 4, 20, 4, tzinfo=UTC), tick=False):
        for _ in range(count):
            RatingFactory(visit__day=date(2026, 2, 2))
            index = kept_in(quarter, april).index
            published |= {index.respondents} if index else set()
        freeze_report(quarter, by=kepala)
        published |= {kept_in(quarter.next, april).last_index.respondents}

    numbers = sorted(published)
    assert numbers[-1] == count
    assert all(later - earlier >= 5 for earlier, later in pairwise(numbers))


def test_the_page_shows_the_complaints_answered_in_time_and_leads_to_ones_own(client, office):
    new_complaint()
    Complaint.objects.update(first_due_on=timezone.localdate(), responded_at=timezone.now())

    shown = read(client)

    assert "1 dari 1" in shown
    assert "pengaduan dijawab tepat waktu" in shown
    assert f'href="{reverse("complaints:complain")}"' in shown


def test_index_and_complaints_have_a_card_only_when_they_are_known():
    facts = {
        "period": LAST_QUARTER,
        "within": 0,
        "told": 0,
        "promises": (),
        "overdue": 0,
        "days": None,
        "minutes": None,
    }

    unknown = KeptPromise(**facts)
    nothing_due = KeptPromise(**facts, complaints=ComplaintsInTime(0, 0))
    known = KeptPromise(
        **facts,
        index=PublishedIndex("91,48", "A", 25),
        last_index=PublishedIndex("80,00", "B", 1200, "April–Juni 2026"),
        complaints=ComplaintsInTime(3, 4),
    )

    assert unknown.figures == nothing_due.figures == []
    assert [(one.value, one.grade, one.words) for one in known.figures] == [
        ("91,48", "A", "Indeks Kepuasan Masyarakat, n = 25, dihitung setiap 5 penilaian, 5 terakhir menyusul"),
        ("80,00", "B", "Indeks Kepuasan Masyarakat April–Juni 2026, n = 1.200, laporan akhir"),
        ("3 dari 4", "", "pengaduan dijawab tepat waktu"),
    ]


def test_the_figures_are_counted_once_a_minute_and_anew_on_another_day(office, petugas, at, monkeypatch):
    counted = []
    count = standard.kept_in
    monkeypatch.setattr(standard, "kept_in", lambda *asked: counted.append(asked) or count(*asked))
    at("11-23 09:00")

    for day in (23, 23, 24):
        kept_promise(date(2026, 11, day))
    cache.clear()
    kept_promise(date(2026, 11, 24))

    assert [today.day for _, today in counted] == [23, 24, 24]


def test_a_result_of_today_is_on_the_page(client, office, petugas, at):
    at("11-23 09:00")
    returned_submission(petugas).rounds.filter(number=1).update(told_at=datetime(2026, 11, 23, 9, tzinfo=WITA))

    assert ("1 dari 1", "hasil diberitahukan dalam 30 hari kerja") in figures_of(client.get(PAGE))


@pytest.mark.parametrize(
    ("filled", "words"),
    [
        ([], "Komponen 1–14 belum diisi kantor."),
        (range(1, 8), "Komponen 8–14 belum diisi kantor."),
        ([1, 2, 4, *range(6, 14)], "Komponen 3, 5, dan 14 belum diisi kantor."),
        ([*range(1, 8), 10, 11, 12, 13, 14], "Komponen 8–9 belum diisi kantor."),
        (range(1, 15), ""),
    ],
)
def test_what_is_not_filled_is_named_in_one_line(filled, words):
    assert unfilled_words(filled) == words


def test_the_text_of_the_office_is_never_html(client, office):
    StandardComponent.objects.write({1: f"1. {SCRIPT}", 6: f"- {SCRIPT}", 9: SCRIPT})
    StandardQuestion.objects.replace([(SCRIPT, SCRIPT)])
    ServiceStandard.objects.update(title=SCRIPT, maklumat=SCRIPT, maklumat_by=SCRIPT)

    text = page(client, PAGE, SCRIPT)

    assert SCRIPT not in text
    assert text.count("&lt;script&gt;") == 8


def test_the_maklumat_says_who_made_it_and_since_when(client, office):
    ServiceStandard.objects.update(
        maklumat="Kami sanggup.", maklumat_by="Kepala, Budi Contoh", maklumat_since=date(2026, 1, 2)
    )

    text = read(client)

    assert "Kami sanggup." in text
    assert "<b>Kepala, Budi Contoh</b>" in text
    assert "Berlaku sejak 2 Januari 2026" in text


def test_another_promise_and_number_of_the_profile_are_on_the_page_and_the_paper(client, office):
    Office.objects.update(promise_days=20, standard="SK 001/KPA/2027")

    told = standard.standard_html(
        standard.published_standard(), office=Office.objects.current(), today=date(2027, 1, 4)
    )

    for text in (read(client), told):
        assert "SK 001/KPA/2027" in text
        assert "Janji kami: hasil pemeriksaan dalam 20 hari kerja" in text


def test_the_paper_has_kop_components_and_the_maklumat_on_a_page_of_its_own(client, office):
    without = pdf_pages(client.get(PAPER).content)
    ServiceStandard.objects.update(maklumat="Kami sanggup.", maklumat_by="Kepala, Budi Contoh")

    answer = client.get(PAPER)
    *standing, poster = pdf_pages(answer.content)

    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert len(standing) == len(without)
    assert "BADAN PUSAT STATISTIK KOTA BANJARMASIN" in standing[0]
    assert "Standar pelayanan SK 019/KPA/2024" in standing[0]
    assert "6. Penanganan pengaduan, saran, dan masukan" in " ".join(standing)
    assert "Maklumat pelayanan Kami sanggup. Kepala, Budi Contoh" in poster
    assert "Kami sanggup." not in " ".join([*standing, *without])


def test_the_same_words_are_drawn_once(client, office, monkeypatch):
    drawn = []
    monkeypatch.setattr(views, "draw_pdf", lambda text: drawn.append(text) or b"%PDF-1.7")

    client.get(PAPER)
    client.get(PAPER)
    StandardComponent.objects.write({4: "Gratis."})
    client.get(PAPER)

    assert ["Gratis." in text for text in drawn] == [False, True]


def test_the_ticket_and_the_applicants_page_lead_to_the_standard(client, office, petugas):
    submission = returned_submission(petugas)
    link = f'href="{PAGE}"'

    assert link in page(client, reverse("guestbook:ticket", args=[VisitFactory().token]), "Nomor Antrian Anda")
    assert link in page(client, reverse("recommendations:track", args=[submission.token]), "Kegiatan Anda")


@pytest.mark.parametrize("address", [PAGE, PAPER])
def test_the_page_and_the_paper_are_only_read(client, office, address):
    assert client.post(address).status_code == 405


def test_the_page_shows_the_last_frozen_quarter_beside_the_running_one(client, office, kepala):
    quarter, april = period_around(date(2026, 2, 1), 3), date(2026, 4, 20)
    for _ in range(5):
        RatingFactory(visit__day=date(2026, 2, 2), answers=skm_answers(4))
        RatingFactory.create_batch(2, visit__day=april, answers=skm_answers(2))
    with time_machine.travel(datetime(2026, 4, 20, 4, tzinfo=UTC), tick=False):
        before = figures_of(client.get(PAGE))
        freeze_report(quarter, by=kepala)
        RatingFactory(visit__day=date(2026, 2, 3), answers=skm_answers(1))
        cache.clear()
        after = figures_of(client.get(PAGE))

    running = ("50,00", "Indeks Kepuasan Masyarakat, n = 5, dihitung setiap 5 penilaian, 5 terakhir menyusul")
    assert before == [running]
    assert after == [running, ("100,00", "Indeks Kepuasan Masyarakat Januari–Maret 2026, n = 5, laporan akhir")]


def test_the_last_frozen_quarter_is_neither_a_month_nor_an_older_quarter(office, kepala):
    for day, value in ((date(2025, 11, 3), 1), (date(2026, 2, 2), 3)):
        for _ in range(5):
            RatingFactory(visit__day=day, answers=skm_answers(value))
    with time_machine.travel(datetime(2026, 4, 20, 4, tzinfo=UTC), tick=False):
        for code in ("2026-T1", "2026-02", "2025-T4", "2025"):
            freeze_report(period_of(code), by=kepala)

    assert kept_in(period_of("2026-T2"), date(2026, 4, 20)).last_index.value == "75,00"
