from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from office.formats import short_date
from tests.factories import RatingFactory, UserFactory, VisitFactory, new_complaint, skm_answers
from tests.pages import page


@pytest.mark.parametrize(("role", "status"), [("kepala", 200), ("petugas", 403), ("admin_user", 403), (None, 302)])
def test_only_the_kepala_reads_the_ratings(request, client, client_of, office, role, status):
    signed_in = client_of(request.getfixturevalue(role)) if role else client

    assert signed_in.get("/penilaian/").status_code == status


def test_the_list_shows_how_many_rated_and_the_mean_of_each_unsur(client_of, kepala):
    RatingFactory(remark="Petugas sabar <b>sekali</b>.")
    RatingFactory(answers=skm_answers(3, waktu=1))

    answer = client_of(kepala).get("/penilaian/")
    page = answer.content.decode()

    assert answer.context["count"] == 2
    assert dict(answer.context["means"])["Persyaratan"] == 3.5
    assert dict(answer.context["means"])["Waktu"] == 2.5
    assert "3,50" in page
    assert "Petugas sabar &lt;b&gt;sekali&lt;/b&gt;." in page


def test_the_list_shows_no_complaint(client_of, kepala):
    new_complaint()

    assert "Antrian panjang." not in page(client_of(kepala), "/penilaian/", "Penilaian layanan")


def test_a_text_has_its_day_and_service_and_no_visitor_ticket_or_minute(client_of, kepala, petugas):
    rating = RatingFactory(officer=petugas, remark="Baik.", source="tablet")

    shown = page(client_of(kepala), "/penilaian/", 'id="remarks"')

    assert "Baik." in shown
    assert shown.count(rating.visit.service.name) == 1
    assert short_date(rating.visit.day) in shown
    main = shown.partition("<main")[2]
    for word in (rating.visit.ticket, rating.visit.visitor.name, petugas.name, "WITA", f"{rating.rated_at:%H:%M}"):
        assert word not in main


def test_the_order_within_a_day_does_not_follow_time_and_stays_the_same(client_of, kepala):
    for number in range(12):
        RatingFactory(remark=f"Saran {number:02}.")
    desk = client_of(kepala)

    first, second = (desk.get("/penilaian/").context for _ in range(2))

    remarks = [rating.remark for rating in first["page"]]
    assert remarks == [rating.remark for rating in second["page"]]
    assert len(remarks) == 12
    assert remarks not in (sorted(remarks), sorted(remarks, reverse=True))


def test_the_last_day_comes_first(client_of, kepala):
    for age in (2, 0, 1):
        day = timezone.localdate() - timedelta(days=age)
        RatingFactory(remark=f"Umur {age}.", visit=VisitFactory(day=day))

    told = client_of(kepala).get("/penilaian/").context

    assert [rating.remark for rating in told["page"]] == ["Umur 0.", "Umur 1.", "Umur 2."]


def test_the_list_says_on_which_device_the_ratings_were_given(client_of, kepala):
    for source in ("tablet", "tablet", "telephone", ""):
        RatingFactory(source=source)

    shown = page(client_of(kepala), "/penilaian/", "Rata-rata per unsur")

    assert "Diisi lewat: tablet di loket 2, tidak dicatat 1, ponsel pengunjung 1." in " ".join(shown.split())


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
    assert "Belum ada penilaian" in client_of(kepala).get("/penilaian/").content.decode()


def test_a_long_list_has_pages_and_needs_no_more_queries(client_of, kepala):
    desk = client_of(kepala)
    for _ in range(2):
        RatingFactory(remark="Baik.")

    few = queries_of(desk)
    for _ in range(28):
        RatingFactory(remark="Baik.")

    assert queries_of(desk) == few
    assert "Halaman 1 dari 2" in desk.get("/penilaian/").content.decode()
    assert len(desk.get("/penilaian/?page=2").context["page"].object_list) == 5
    assert desk.get("/penilaian/?page=x").status_code == 200


def queries_of(desk) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert desk.get("/penilaian/").status_code == 200
    return len(queries)
