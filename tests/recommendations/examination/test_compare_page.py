"""Any two rounds side by side."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from recommendations.models import Round
from recommendations.recording.actions.saving import save_answers


@pytest.fixture
def page(client_of, petugas):
    def shown(submission, **query):
        answer = client_of(petugas).get(reverse("recommendations:round_compare", args=[submission.pk]), query)
        return " ".join(answer.content.decode().split()) if answer.status_code == 200 else answer.status_code

    return shown


def test_the_round_that_is_being_recorded_stands_beside_the_one_before(asked, petugas, page):
    purpose = asked.rounds.first().answers["tujuan_survei"]
    save_answers(asked, {"tujuan_survei": f"{purpose} Dua indikator."}, by=petugas)

    words = page(asked)

    assert "<ins> Dua indikator.</ins>" in words
    assert "1 rincian berbeda." in words
    assert "Mohon tujuan dirinci." in words
    assert 'id="r5-1"' not in words


def test_all_lines_are_shown_when_asked(asked, page):
    assert 'id="r5-1"' in page(asked, dari=1, ke=2, semua=1)
    assert "Tidak ada yang berbeda" in page(asked, dari=1, ke=2)


def test_any_two_of_three_rounds_are_compared(asked, petugas, page):
    second = asked.rounds.last()
    Round.objects.create(
        submission=asked,
        number=3,
        answers=second.answers | {"walidata_unit": "Hanya pada putaran ketiga.", "uji_coba": 2},
    )

    assert "Hanya pada putaran ketiga." in page(asked, dari=1, ke=3)
    assert "Hanya pada putaran ketiga." in page(asked, dari=3, ke=1)
    assert "Hanya pada putaran ketiga." not in page(asked, dari=1, ke=2)


@pytest.mark.parametrize("query", [{"dari": "9"}, {"ke": "x"}, {"dari": "\u200b"}, {"ke": "-1"}])
def test_a_round_that_is_not_there_is_not_found(asked, page, query):
    assert page(asked, **query) == 404


def test_a_single_round_has_nothing_beside_it(submission, page):
    assert "Tidak ada yang berbeda" in page(submission)


def test_what_was_typed_is_words_and_never_markup(asked, petugas, page):
    script = "<script>alert('x')</script>"
    save_answers(asked, {"tujuan_survei": script}, by=petugas)

    words = page(asked)

    assert script not in words
    assert "&lt;script&gt;" in words


def test_the_pages_of_the_rounds_lead_there(asked, client_of, petugas):
    place = reverse("recommendations:round_compare", args=[asked.pk])

    for name, args in (("round_detail", [asked.pk, 2]), ("submission_detail", [asked.pk])):
        assert f"{place}?ke=2" in client_of(petugas).get(reverse(f"recommendations:{name}", args=args)).content.decode()


def test_more_rounds_ask_the_database_no_more_often(asked, page):
    page(asked)
    with CaptureQueriesContext(connection) as few:
        assert page(asked, dari=1, ke=2) != 500
    for number in (3, 4, 5):
        Round.objects.create(submission=asked, number=number, answers=asked.rounds.first().answers)

    with CaptureQueriesContext(connection) as many:
        page(asked, dari=1, ke=2)

    assert len(many) == len(few)
