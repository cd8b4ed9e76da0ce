"""A rating names its instrument, and the database itself refuses answers that the instrument does not have."""

import json

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from ratings.actions import AnswersMissing, rate
from ratings.instruments import INSTRUMENTS, SKM_9
from ratings.models import Rating
from tests.factories import RatingFactory, VisitFactory, skm_answers

WHOLE = skm_answers(4)
INSERT = """
    INSERT INTO ratings_rating (visit_id, rated_at, instrument, edition, answers, source, remark)
    VALUES (%s, %s, %s, 'PermenPANRB 14/2017', %s, '', '')
"""


def insert(instrument: str, answers: object) -> None:
    """Write a rating past Django."""
    values = [VisitFactory().pk, timezone.now(), instrument, json.dumps(answers)]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(INSERT, values)


def test_the_keys_of_the_skm_are_those_of_the_rule():
    assert SKM_9.keys == (
        "persyaratan",
        "prosedur",
        "waktu",
        "biaya",
        "produk",
        "kompetensi",
        "perilaku",
        "sarana",
        "pengaduan",
    )
    assert (SKM_9.code, SKM_9.edition, SKM_9.scale) == ("skm-9", "PermenPANRB 14/2017", (1, 4))
    assert INSTRUMENTS == {"skm-9": SKM_9}


def test_every_aspect_has_a_word_for_each_answer():
    assert {len(aspect.choices) for aspect in SKM_9.aspects} == {len(SKM_9.values)}


@pytest.mark.parametrize("value", [1, 2, 3, 4])
def test_the_database_takes_nine_answers_on_the_scale(office, value):
    insert("skm-9", skm_answers(value))

    assert Rating.objects.get().answers == skm_answers(value)


@pytest.mark.parametrize("key", SKM_9.keys)
@pytest.mark.parametrize("answer", [0, 5, -1, 3.5, "3", "", None, True, [3], {"3": 3}])
def test_the_database_refuses_an_answer_off_the_scale(office, key, answer):
    with pytest.raises(IntegrityError, match="rating_answers_fit_instrument"):
        insert("skm-9", WHOLE | {key: answer})

    assert not SKM_9.accepts(WHOLE | {key: answer})


@pytest.mark.parametrize("key", SKM_9.keys)
def test_the_database_refuses_a_missing_answer(office, key):
    answers = {name: answer for name, answer in WHOLE.items() if name != key}

    with pytest.raises(IntegrityError, match="rating_answers_fit_instrument"):
        insert("skm-9", answers)

    assert not SKM_9.accepts(answers)


@pytest.mark.parametrize("answers", [{}, [], [4] * 9, None, 4, "4", {"requirements": 4}])
def test_the_database_refuses_what_is_no_set_of_answers(office, answers):
    with pytest.raises(IntegrityError, match="rating_answers_fit_instrument"):
        insert("skm-9", answers)


@pytest.mark.parametrize("code", ["", "skd", "SKM-9"])
def test_the_database_refuses_an_unknown_instrument(office, code):
    with pytest.raises(IntegrityError, match="rating_answers_fit_instrument"):
        insert(code, WHOLE)


@pytest.mark.parametrize("answers", [{}, {"waktu": 4}, WHOLE | {"korupsi": 4}, WHOLE | {"waktu": 4.0}])
def test_the_action_takes_no_answers_of_something_else(office, answers):
    with pytest.raises(AnswersMissing, match="Jawab kesembilan pertanyaan"):
        rate(VisitFactory(), answers=answers, remark="", complaint="")

    assert not SKM_9.accepts(answers)


def test_the_sums_of_the_database_are_those_of_the_answers(office):
    RatingFactory(answers=skm_answers(3, waktu=1))
    RatingFactory(answers=skm_answers(4, pengaduan=2))

    tally = Rating.objects.tally()

    assert tally.n == 2
    assert tally.sums == skm_answers(7, waktu=5, pengaduan=5)


def test_without_ratings_there_are_no_sums(db):
    tally = Rating.objects.tally()

    assert (tally.n, tally.sums) == (0, skm_answers(0))
