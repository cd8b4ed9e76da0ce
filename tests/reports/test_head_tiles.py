"""The figures of the office on the Kepala's dashboard, recomputed by hand."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from guestbook.models import Visit
from guestbook.periods import period_of
from guestbook.workflow import Status
from office.models import Office, Service
from ratings.report_actions import freeze_report
from reports.tiles import complaint_tile, index_tile, office_tiles, visit_tiles
from tests.factories import RatingFactory, VisitFactory, assigned_complaint, new_complaint, skm_answers

QUARTER = period_of("2026-T4")


def rated(count: int, day: date, **answers: int) -> None:
    for _ in range(count):
        RatingFactory(visit=VisitFactory(day=day, status=Status.SERVED), answers=skm_answers(3, **answers))


def test_the_visits_of_today_and_of_the_month_and_the_longest_wait(at, office):
    at("11-23 23:59")  # in UTC still 15.59
    for day in (date(2026, 10, 31), date(2026, 11, 1), date(2026, 11, 22)):
        VisitFactory(day=day)
    VisitFactory(status=Status.SERVED)
    VisitFactory(taken_at=timezone.now() - timedelta(minutes=42))
    VisitFactory(taken_at=timezone.now() - timedelta(minutes=7))

    tiles = [(tile.name, tile.value, tile.note) for tile in visit_tiles(timezone.now())]

    assert tiles == [
        ("Kunjungan hari ini", 3, "1 selesai dilayani"),
        ("Menunggu sekarang", 2, "terlama 42 menit"),
        ("Kunjungan bulan ini", "5", "Oktober 2026: 1"),
    ]


def test_below_the_minimum_there_is_no_index_but_that_of_the_quarter_before(at, office):
    at("11-23 09:00")
    rated(office.min_respondents - 1, date(2026, 11, 2))

    tile = index_tile(QUARTER, office)

    assert (tile.value, tile.unit) == ("–", "")
    assert tile.note == f"Responden belum cukup: {office.min_respondents - 1} dari paling sedikit 5."
    rated(office.min_respondents, date(2026, 9, 30))
    assert index_tile(QUARTER, office).note.endswith(" Triwulan III 2026: 75,00 (C)")  # 3 of 4, times 25


def test_a_frozen_quarter_keeps_its_index_with_its_class_and_n(at, kepala):
    at("11-23 09:00")
    quarter = period_of("2026-T3")
    office = Office.objects.current()
    rated(office.min_respondents, date(2026, 9, 2), biaya=4)  # (8 x 3 + 4) / 9 x 25 = 77.777...
    assert index_tile(quarter, office).note == "n = 5, Triwulan III 2026"
    freeze_report(quarter, by=kepala)
    rated(5, date(2026, 9, 3))

    tile = index_tile(quarter, office)

    assert (tile.value, tile.unit, tile.note) == ("77,78", "B", "n = 5, Triwulan III 2026, dibekukan")


def test_the_index_is_one_sum_and_a_frozen_one_is_not_counted_again(at, kepala, django_assert_num_queries):
    at("11-23 09:00")
    quarter, office = period_of("2026-T3"), Office.objects.current()
    rated(office.min_respondents, date(2026, 9, 2))
    freeze_report(quarter, by=kepala)
    rated(office.min_respondents, date(2026, 11, 2))

    with django_assert_num_queries(1):
        assert index_tile(quarter, office).value == "75,00"
    with django_assert_num_queries(3):  # whether it is frozen, how many rated, and the sum of whole fives
        assert index_tile(QUARTER, office).value == "75,00"


def test_complaints_are_numbers_without_those_about_the_kepala(at, petugas, kepala, client_of):
    at("10-05 09:00")
    assigned_complaint(petugas, by=kepala)
    at("11-23 09:00")
    new_complaint(about=kepala, text="Kepala contoh tidak ramah.")

    tile = complaint_tile(kepala, timezone.now())
    page = client_of(kepala).get(reverse("reports:dashboard")).content.decode()

    assert (tile.value, tile.note) == (1, "1 lewat jatuh tempo")
    listed = client_of(kepala).get(tile.url).context["page"].paginator.count
    assert listed == 1
    assert "Pengaduan terbuka" in page
    assert "tidak ramah" not in page


@pytest.mark.parametrize("count", [0, 30])
def test_the_figures_need_sixteen_queries_for_any_number_of_rows(office, kepala, count, django_assert_max_num_queries):
    service = Service.objects.get(prefix="R")
    for number in range(1, count + 1):
        VisitFactory(service=service, number=number, status=Status.SERVED)
    kepala.has_perm("complaints.view_complaint")  # reads the permissions once

    with django_assert_max_num_queries(16):
        tiles = office_tiles(kepala, timezone.now(), QUARTER)

    assert tiles[0].value == Visit.objects.count() == count
