"""The page of the SKM report, against figures computed by hand."""

from collections import Counter
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from guestbook.charts import lying
from guestbook.periods import Period, period_of
from guestbook.workflow import Status
from office.models import Service
from ratings.skm_readings import ShownRemark, read_remarks, read_trend
from ratings.skm_report import read_skm_report
from ratings.skm_tables import target_words
from recommendations.models import RatingLink
from tests.factories import RatingFactory, SubmissionFactory, UserFactory, VisitFactory, VisitorFactory, skm_answers
from tests.pages import page

ADDRESS = "/penilaian/laporan/"
TODAY = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
LANDMARK = "Laporan Survei Kepuasan Masyarakat"


@pytest.fixture
def today():
    with time_machine.travel(TODAY, tick=False):
        yield date(2026, 11, 22)


def rated(day: date, count: int = 1, value: int = 4, **facts) -> None:
    """Make rated visits of `day`, each of a woman with a master's degree."""
    for _ in range(count):
        visitor = VisitorFactory(sex="female", education="master")
        visit = VisitFactory(day=day, status=Status.SERVED, visitor=visitor)
        RatingFactory(visit=visit, answers=skm_answers(value), source="tablet", seconds=40, **facts)


@pytest.fixture
def quarter(office, today) -> None:
    """Make five ratings of the fourth quarter of 2026 and fifteen served visits without one."""
    rated(date(2026, 10, 1), 3)
    rated(date(2026, 12, 31), 2, 3)
    for _ in range(15):
        VisitFactory(day=date(2026, 11, 2), status=Status.SERVED)


def words(text: str) -> str:
    return " ".join(text.split())


def test_the_page_opens_with_this_quarter_and_has_its_figures(quarter, client_of, kepala):
    shown = words(page(client_of(kepala), ADDRESS, LANDMARK))

    assert "<title>Laporan SKM Triwulan IV 2026 | PST 6371</title>" in shown
    assert "Triwulan IV 2026 belum berakhir, jadi angkanya masih berubah." in shown
    # 3 x 4 + 2 x 3 = 18 of each unsur; 18 / 5 = 3.60; 25 x 3.60 = 90.00
    assert "<dd> 90,00 </dd> <dd> Mutu A, Sangat Baik </dd>" in shown
    assert "<dd> 5 </dd> <dd> dari 20 kunjungan selesai dan surat diterima (N) </dd>" in shown
    assert "25,0 <small>%</small>" in shown
    assert "<dd> 19 </dd> <dd> Belum tercapai </dd>" in shown
    assert "100,0 <small>%</small>" in shown
    assert "40,0 <small>detik</small>" in shown
    assert shown.count('<td class="n">3,60</td>') == 9 + 3
    assert '<th scope="row">Perempuan</th> <td class="n">5</td> <td class="n">100,0</td>' in shown
    assert '<th scope="row">tablet di loket</th> <td class="n">5</td>' in shown
    assert '<th scope="row">Rekomendasi Kegiatan Statistik</th> <td class="n">5</td>' in shown


def test_the_chart_of_the_unsur_has_the_same_means_and_ends_at_four(quarter, client_of, kepala):
    shown = page(client_of(kepala), ADDRESS, LANDMARK)

    assert "NRR per unsur, skala 1 sampai 4" in shown
    chart = lying("NRR", [("Waktu", Decimal("2.00")), ("Biaya", Decimal("4.00"))], full=4)
    assert [bar.width for bar in chart.bars] == [128, 256]
    assert lying("NRR", [("Waktu", Decimal("2.00"))], full=4).bars[0].width == 128


def test_below_the_minimum_there_is_no_index_and_no_mean(quarter, client_of, kepala):
    rated(date(2026, 9, 1), 2, 3)

    shown = words(page(client_of(kepala), f"{ADDRESS}?periode=2026-09", LANDMARK))

    assert "Responden belum cukup: 2 dari paling sedikit 5." in shown
    assert "<dt>IKM</dt> <dd> – </dd> <dd> Responden belum cukup </dd>" in shown
    assert "NRR per unsur" not in shown
    assert "75,00" not in shown
    assert "Tiga unsur terendah" not in shown


def test_a_period_without_answers_is_a_calm_page(quarter, client_of, kepala):
    shown = page(client_of(kepala), f"{ADDRESS}?periode=2025-S1", LANDMARK)

    assert "Belum ada penilaian" in shown
    assert "Semester I 2025" in shown
    assert "Responden belum cukup" not in shown


@pytest.mark.parametrize("code", ["2026-T5", "2026-S3", "x"])
def test_an_address_that_names_no_period_is_not_found(client_of, kepala, code):
    assert client_of(kepala).get(ADDRESS, {"periode": code}).status_code == 404


def test_the_trend_has_eight_quarters_and_no_index_of_a_few(quarter, today):
    rated(date(2025, 2, 3), 6, 3)
    rated(date(2025, 12, 31), 1, 1)
    rated(date(2024, 12, 31), 6, 1)

    trend = read_trend(period_of("2026"), 5)

    assert [one.period.code for one in trend] == [
        f"{year}-T{number}" for year in (2025, 2026) for number in range(1, 5)
    ]
    assert [(one.n, one.ikm, one.mutu and one.mutu.letter) for one in trend] == [
        *((6, Decimal("75.00"), "C"), (0, None, None), (0, None, None), (1, None, None)),
        *((0, None, None), (0, None, None), (0, None, None), (5, Decimal("90.00"), "A")),
    ]


def test_remarks_have_neither_ticket_nor_name_nor_the_order_of_time(office, today, client_of, kepala):
    library = Service.objects.get(prefix="P")
    visits = []
    told = (("Zaitun", "R"), ("apel <b>", "R"), ("Mangga", "R"), ("Buku", "P"))
    for remark, service in (*told, *(("", service) for service in "RRPPPP")):
        visit = VisitFactory(day=date(2026, 11, 2), status=Status.SERVED, service=Service.objects.get(prefix=service))
        visits.append(RatingFactory(visit=visit, remark=remark).visit)

    found = read_remarks(Period(2026, 11, 1))
    shown = page(client_of(kepala), ADDRESS, LANDMARK)

    assert [one.text for one in found] == ["Buku", "apel <b>", "Mangga", "Zaitun"]
    assert found[0].service == library.name
    assert "apel &lt;b&gt;" in shown
    assert "02/11/2026" in shown
    assert [visit for visit in visits if str(visit) in shown or visit.visitor.name in shown] == []


def test_a_letter_has_its_rating_remark_and_quarter_by_delivery_and_the_recommendation_service(office, today):
    named = Service.objects.get(takes_submissions=True).name
    submission = SubmissionFactory(visit=VisitFactory(day=date(2026, 9, 30), service=Service.objects.get(prefix="P")))
    RatingLink.objects.create(submission=submission, delivered_on=date(2026, 11, 2))
    RatingFactory(visit=None, submission=submission, answers=skm_answers(3), remark="Jelas.")
    november, third_quarter = Period(2026, 11, 1), Period(2026, 7, 3)

    with time_machine.travel(datetime(2027, 2, 1, 4, tzinfo=UTC), tick=False):
        made = read_skm_report(november, office)

    assert (made.n, made.served, made.services) == (1, 1, Counter({named: 1}))
    assert read_remarks(november) == []  # one rated: the remark waits
    rated(date(2026, 11, 2), 4)
    assert read_remarks(november) == [ShownRemark(date(2026, 11, 2), named, "Jelas.")]
    assert read_remarks(third_quarter) == []
    assert [(one.n, one.ikm) for one in read_trend(november, 1)[-2:]] == [(0, None), (5, Decimal("95.00"))]


def test_the_page_needs_the_same_queries_for_any_number_of_ratings(quarter, client_of, kepala):
    desk = client_of(kepala)

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert desk.get(ADDRESS).status_code == 200
        return len(asked)

    desk.get(ADDRESS)
    few = queries()
    rated(date(2026, 11, 3), 15, remark="Baik", officer=UserFactory())

    assert queries() == few


def test_the_target_is_told_with_its_formula():
    said = target_words(20, 19)

    assert "X² = 3,841, P = 0,5, d = 0,05, dan N = 20 kunjungan selesai dan surat diterima: 19 responden." in said


def test_a_running_period_counts_five_ratings_at_a_time_and_a_closed_one_each(quarter, office):
    rated(date(2026, 10, 1), 4, 1)
    running = read_skm_report(period_of("2026-T4"), office)
    with time_machine.travel(datetime(2027, 2, 1, 4, tzinfo=UTC), tick=False):
        closed = read_skm_report(period_of("2026-T4"), office)

    assert (running.n, str(running.figures.ikm), len(running.figures.rows)) == (5, "90.00", 5)
    assert (closed.n, len(closed.figures.rows)) == (9, 9)
    assert "dihitung setiap 5" in running.method
    assert "dihitung setiap 5" not in closed.method
