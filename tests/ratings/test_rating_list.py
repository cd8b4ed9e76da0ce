import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import RatingFactory, new_complaint, skm_answers
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


def test_the_list_names_no_visitor(client_of, kepala, petugas):
    rating = RatingFactory(officer=petugas)

    shown = page(client_of(kepala), "/penilaian/", "Semua penilaian")

    assert rating.visit.ticket in shown
    assert rating.visit.visitor.name not in shown
    assert petugas.name not in shown


def test_a_desk_without_ratings_says_so(client_of, kepala):
    assert "Belum ada penilaian" in client_of(kepala).get("/penilaian/").content.decode()


def test_a_long_list_has_pages_and_needs_no_more_queries(client_of, kepala):
    desk = client_of(kepala)
    for _ in range(2):
        RatingFactory()

    few = queries_of(desk)
    for _ in range(28):
        RatingFactory()

    assert queries_of(desk) == few
    assert "Halaman 1 dari 2" in desk.get("/penilaian/").content.decode()
    assert len(desk.get("/penilaian/?page=2").context["page"].object_list) == 5
    assert desk.get("/penilaian/?page=x").status_code == 200


def queries_of(desk) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert desk.get("/penilaian/").status_code == 200
    return len(queries)
