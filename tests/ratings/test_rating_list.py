from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from office.formats import short_date
from office.models import Service
from ratings.models import QuickRating, Rating
from ratings.skm_readings import latest_remarks
from tests.factories import RatingFactory, UserFactory, VisitFactory, new_complaint, skm_answers
from tests.pages import page


@pytest.fixture
def december(office):
    """Move to 3 December 2026."""
    with time_machine.travel(datetime(2026, 12, 3, 4, 0, tzinfo=UTC), tick=False):
        yield


def rated_on(day: date, count: int, *, service: str = "R", **facts) -> list[Rating]:
    """Make ratings of visits of a day for a service."""
    of = Service.objects.get(prefix=service)
    return [RatingFactory(visit=VisitFactory(day=day, service=of), **facts) for _ in range(count)]


def yesterday(count: int, **facts) -> list[Rating]:
    return rated_on(timezone.localdate() - timedelta(days=1), count, **facts)


@pytest.mark.parametrize(("role", "status"), [("kepala", 200), ("petugas", 403), ("admin_user", 403), (None, 302)])
def test_only_the_kepala_reads_the_ratings(request, client, client_of, office, role, status):
    signed_in = client_of(request.getfixturevalue(role)) if role else client

    assert signed_in.get("/penilaian/").status_code == status


def test_the_list_shows_how_many_rated_and_the_mean_of_each_unsur(client_of, kepala):
    yesterday(5, remark="Petugas sabar <b>sekali</b>.", answers=skm_answers(4))
    yesterday(5, answers=skm_answers(3, waktu=1))

    answer = client_of(kepala).get("/penilaian/")
    page = answer.content.decode()

    assert answer.context["count"] == 10
    assert dict(answer.context["means"])["Persyaratan"] == 3.5
    assert dict(answer.context["means"])["Waktu"] == 2.5
    assert "3,50" in page
    assert page.count("Petugas sabar &lt;b&gt;sekali&lt;/b&gt;.") == 5


def test_the_list_shows_no_complaint(client_of, kepala):
    new_complaint()

    assert "Antrian panjang." not in page(client_of(kepala), "/penilaian/", "Penilaian layanan")


def test_a_text_has_its_day_and_service_and_no_visitor_ticket_or_minute(client_of, kepala, petugas):
    yesterday(4)
    rating = yesterday(1, officer=petugas, remark="Baik.", source="tablet")[0]

    shown = page(client_of(kepala), "/penilaian/", 'id="remarks"')

    assert "Baik." in shown
    assert shown.count(rating.visit.service.name) == 1
    assert short_date(rating.visit.day) in shown
    main = shown.partition("<main")[2]
    for word in (rating.visit.ticket, rating.visit.visitor.name, petugas.name, "WITA", f"{rating.rated_at:%H:%M}"):
        assert word not in main


def test_the_order_within_a_day_does_not_follow_time_and_stays_the_same(client_of, kepala):
    for number in range(12):
        yesterday(1, remark=f"Saran {number:02}.")
    desk = client_of(kepala)

    first, second = (desk.get("/penilaian/").context for _ in range(2))

    remarks = [one.text for one in first["page"]]
    assert remarks == [one.text for one in second["page"]]
    assert len(remarks) == 12
    assert remarks not in (sorted(remarks), sorted(remarks, reverse=True))


# under which span a remark is shown


def spans(*rows: tuple[int, date], service: str = "R") -> list[str]:
    """Make ratings, so many of each day, each with a remark. Return under which span each remark is shown, sorted."""
    for count, day in rows:
        rated_on(day, count, service=service, remark="Baik.")
    return sorted(one.when for one in latest_remarks())


@pytest.mark.parametrize(
    ("rows", "shown"),
    [
        ([(5, date(2026, 11, 2))], ["02/11/2026"] * 5),
        ([(4, date(2026, 11, 2))], []),
        ([(4, date(2026, 11, 2)), (1, date(2026, 11, 30))], ["November 2026"] * 5),
        ([(4, date(2026, 11, 2)), (1, date(2026, 10, 30))], []),  # the quarter runs until 31 December
        ([(4, date(2026, 8, 3)), (1, date(2026, 9, 30))], ["Triwulan III 2026"] * 5),
        ([(4, date(2026, 6, 1)), (1, date(2026, 1, 2))], ["Semester I 2026"] * 5),
        ([(4, date(2025, 12, 1)), (1, date(2025, 1, 2))], ["Tahun 2025"] * 5),
        ([(4, date(2025, 12, 31)), (1, date(2024, 12, 31))], []),
        ([(5, date(2026, 12, 3))], []),  # today: the one that just came into sight would be of who just left
        ([(2, date(2026, 12, 1)), (3, date(2026, 12, 2))], []),  # the month runs
    ],
)
def test_a_remark_has_the_shortest_span_that_is_over_and_in_which_five_rated(december, rows, shown):
    assert spans(*rows) == shown


def test_a_day_that_is_shown_does_not_hide_the_quiet_days_of_its_month(december):
    shown = spans((6, date(2026, 8, 3)), (1, date(2026, 8, 4)), (4, date(2026, 9, 1)))

    # August would be 7 with its busy day; alone 04/08 would be found out
    assert shown == ["03/08/2026"] * 6 + ["Triwulan III 2026"] * 5


def test_the_ratings_of_another_service_hide_no_remark(december):
    assert spans((4, date(2025, 11, 2)), service="P") == []
    rated_on(date(2025, 11, 2), 5)

    assert spans() == []


def test_ratings_without_a_remark_count(december):
    rated_on(date(2026, 11, 2), 4)

    assert spans((1, date(2026, 11, 2))) == ["02/11/2026"]


def test_a_remark_that_waits_is_counted_and_not_shown(client_of, kepala):
    yesterday(5, remark="Cepat.")
    RatingFactory(remark="Baru saja.")
    assert "saran lain" not in page(client_of(kepala), "/penilaian/", 'id="remarks"')  # it would be of who just left
    for _ in range(4):
        RatingFactory()

    shown = " ".join(page(client_of(kepala), "/penilaian/", 'id="remarks"').split())

    assert "1 saran lain ditampilkan setelah cukup" in shown
    assert shown.count("Cepat.") == 5
    assert "Baru saja." not in shown


def test_the_last_span_comes_first(december, client_of, kepala):
    for count, day in ((5, date(2026, 11, 3)), (5, date(2026, 11, 9)), (2, date(2026, 11, 4)), (3, date(2026, 11, 5))):
        rated_on(day, count, remark="Baik.")

    told = client_of(kepala).get("/penilaian/").context

    assert [one.when for one in told["page"]] == ["November 2026"] * 5 + ["09/11/2026"] * 5 + ["03/11/2026"] * 5


def test_the_list_says_on_which_device_the_ratings_were_given(client_of, kepala):
    for source in ("tablet", "tablet", "tablet", "telephone", "", "telephone"):
        RatingFactory(source=source)

    shown = page(client_of(kepala), "/penilaian/", "Rata-rata per unsur")

    assert (
        "Diisi lewat: tablet di loket 3, tidak dicatat 1, perangkat lain 1. Angka bertambah setiap 5 penilaian"
        in " ".join(shown.split())
    )


def test_one_rating_more_changes_no_figure_of_the_list(client_of, kepala):
    desk = client_of(kepala)
    for _ in range(6):
        QuickRating.objects.create(visit=RatingFactory(answers=skm_answers(4)).visit, face=4)
    shown = ("count", "means", "sources", "faces", "waiting")
    before = [desk.get("/penilaian/").context[name] for name in shown]

    last = RatingFactory(answers=skm_answers(1), source="telephone", remark="Lambat.")
    QuickRating.objects.create(visit=last.visit, face=1)

    assert [desk.get("/penilaian/").context[name] for name in shown] == before
    assert before[0] == 5


def test_who_first_chose_not_to_rate_moves_no_other_face(client_of, kepala):
    faces = [QuickRating.objects.create(visit=VisitFactory(), face=None if number == 0 else 4) for number in range(7)]
    before = QuickRating.objects.by_face()

    QuickRating.objects.filter(pk=faces[0].pk).update(face=1, rated_at=timezone.now())

    assert QuickRating.objects.by_face() == before
    assert before["Sangat puas"] == 5


@pytest.mark.parametrize(("count", "told"), [(0, 0), (4, 0), (5, 5), (9, 5), (10, 10)])
def test_an_officer_sees_own_totals_in_whole_fives(client_of, petugas, count, told):
    for number in range(count):
        RatingFactory(officer=petugas, answers=skm_answers(3 if number < 5 else 1), remark="Rahasia.")
    RatingFactory(officer=UserFactory(), answers=skm_answers(1))
    RatingFactory(answers=skm_answers(1))

    answer = client_of(petugas).get("/penilaian/saya/")
    words = answer.content.decode()

    means = {0: set(), 5: {3}, 10: {2}}[told]
    assert answer.context["count"] == told
    assert {mean for _, mean in answer.context["means"]} == means
    assert ("Belum cukup penilaian" in words) == (told == 0)
    assert "Penilaian kunjungan Anda" in words
    assert "Rahasia." not in words


@pytest.mark.parametrize(("role", "status"), [("kepala", 403), ("petugas", 200), ("admin_user", 403), (None, 302)])
def test_only_an_officer_has_own_totals(request, client, client_of, office, role, status):
    signed_in = client_of(request.getfixturevalue(role)) if role else client

    assert signed_in.get("/penilaian/saya/").status_code == status


def test_a_desk_without_ratings_says_so(client_of, kepala):
    assert "Belum cukup penilaian" in client_of(kepala).get("/penilaian/").content.decode()


def test_a_long_list_has_pages_and_needs_no_more_queries(client_of, kepala):
    desk = client_of(kepala)
    yesterday(5, remark="Baik.")

    few = queries_of(desk)
    yesterday(25, remark="Baik.")

    assert queries_of(desk) == few
    assert "Halaman 1 dari 2" in desk.get("/penilaian/").content.decode()
    assert len(desk.get("/penilaian/?page=2").context["page"].object_list) == 5
    assert desk.get("/penilaian/?page=x").status_code == 200


def queries_of(desk) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert desk.get("/penilaian/").status_code == 200
    return len(queries)
